"""The catalogue: which files are known, the documents in them, and their blocks (SQLite)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

from corpus.cleaning.report import Dropped
from corpus.document import Block, BlockKind, Document, FieldSource, Metadata
from corpus.errors import PolicyQAError
from corpus.origin import Origin
from corpus.relations import SCHEMA, Relations

_SCHEMA = """
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, size INTEGER, mtime_ns INTEGER,
    sha256 TEXT, error TEXT NOT NULL, counts TEXT NOT NULL, warnings TEXT NOT NULL,
    dropped TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, path TEXT NOT NULL REFERENCES files(path) ON DELETE CASCADE,
    file TEXT NOT NULL, part INTEGER NOT NULL,
    title TEXT, issuer TEXT, number TEXT, doc_type TEXT, date TEXT, year TEXT, region TEXT,
    addressees TEXT, sources TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS blocks (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL, text TEXT NOT NULL, display TEXT, heading_path TEXT NOT NULL,
    page INTEGER, line INTEGER NOT NULL, level INTEGER NOT NULL, origin TEXT,
    PRIMARY KEY (document_id, ordinal)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documents_path ON documents(path, part);
"""
_METADATA = tuple(f.name for f in fields(Metadata))


@dataclass(frozen=True)
class FileRecord:
    """What the catalogue keeps about a file, readable or not.

    Attributes:
        path: absolute path.
        name: its name under the indexed folder; unique.
        size: bytes.
        mtime_ns: time of last change, in nanoseconds.
        sha256: of its content, in hexadecimal.
        error: why it could not be read, or "".
        counts: (cleaning rule, times used).
        warnings: one line each.
        dropped: what cleaning left out.
    """

    path: str
    name: str
    size: int
    mtime_ns: int
    sha256: str
    error: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    warnings: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()


class Catalogue:
    """A SQLite catalogue; one writer while it is built, any number of readers afterwards."""

    def __init__(self, path: Path, writable: bool = False) -> None:
        """Open the catalogue at ``path``; ``writable`` creates it when missing.

        Raises:
            PolicyQAError: the file is missing or no catalogue.
        """
        self.path = path
        uri = f"{path.resolve().as_uri()}?mode={'rwc' if writable else 'ro'}"
        try:
            # Gradio answers from several threads; readers only read, so sharing is safe.
            self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._db.execute("PRAGMA foreign_keys = ON")
            if writable:
                self._db.executescript(_SCHEMA + SCHEMA)
            self._db.execute("SELECT count(*) FROM files").fetchone()
            self.relations = Relations(self._db)
        except sqlite3.Error as error:
            raise PolicyQAError(
                f"目录库 {path} 打不开（{error}）", "完整的索引", "重新运行 policyqa index"
            ) from error

    def close(self) -> None:
        """Release the file."""
        self._db.close()

    def commit(self) -> None:
        """Write what was changed."""
        self._db.commit()

    def files(self) -> dict[str, FileRecord]:
        """All files by path."""
        rows = self._db.execute(
            "SELECT path, name, size, mtime_ns, sha256, error, counts, warnings, dropped FROM files ORDER BY name"
        )
        return {
            r[0]: FileRecord(
                path=r[0],
                name=r[1],
                size=r[2],
                mtime_ns=r[3],
                sha256=r[4],
                error=r[5],
                counts=tuple((n, c) for n, c in json.loads(r[6])),
                warnings=tuple(json.loads(r[7])),
                dropped=tuple(Dropped(*d) for d in json.loads(r[8])),
            )
            for r in rows
        }

    def names(self) -> dict[str, str]:
        """Name of every file under its folder, by path."""
        return dict(self._db.execute("SELECT path, name FROM files"))

    def document_ids(self, path: str) -> tuple[str, ...]:
        """The documents in a file."""
        rows = self._db.execute("SELECT id FROM documents WHERE path = ? ORDER BY part", (path,))
        return tuple(identifier for (identifier,) in rows)

    def put(self, record: FileRecord, documents: Sequence[Document]) -> None:
        """Add a file with its documents, in place of what was known of it."""
        self.remove(record.path)
        self._db.execute(
            "INSERT INTO files VALUES (?,?,?,?,?,?,?,?,?)",
            (
                *astuple(record)[:6],
                json.dumps(record.counts, ensure_ascii=False),
                json.dumps(record.warnings, ensure_ascii=False),
                json.dumps([astuple(d) for d in record.dropped], ensure_ascii=False),
            ),
        )
        for document in documents:
            values = [getattr(document.metadata, name) for name in _METADATA]
            self._db.execute(
                f"INSERT INTO documents (id, path, file, part, {', '.join(_METADATA)}, sources)"
                f" VALUES ({','.join('?' * (5 + len(_METADATA)))})",
                (
                    document.id,
                    record.path,
                    document.file,
                    document.part,
                    *values,
                    json.dumps([astuple(s) for s in document.sources]),
                ),
            )
            self._db.executemany(
                "INSERT INTO blocks VALUES (?,?,?,?,?,?,?,?,?,?)",
                (_block_row(document.id, i, b) for i, b in enumerate(document.blocks)),
            )

    def touch(self, record: FileRecord) -> None:
        """Note a new time of change of a file whose content is the same."""
        self._db.execute(
            "UPDATE files SET mtime_ns = ? WHERE path = ?", (record.mtime_ns, record.path)
        )

    def remove(self, path: str) -> None:
        """Forget a file and everything in it."""
        self._db.execute("DELETE FROM files WHERE path = ?", (path,))

    def documents(self) -> Iterator[Document]:
        """All documents with their blocks, in the order of file names and parts."""
        ids = self._db.execute(
            "SELECT d.id FROM documents d JOIN files f ON d.path = f.path ORDER BY f.name, d.part"
        ).fetchall()
        for (identifier,) in ids:
            yield self.document(identifier)

    def document(self, identifier: str) -> Document:
        """One document, with what people corrected in its metadata.

        Raises:
            PolicyQAError: no such document.
        """
        row = self._db.execute(
            f"SELECT id, file, path, part, sources, {', '.join(_METADATA)}"
            " FROM documents WHERE id = ?",
            (identifier,),
        ).fetchone()
        if row is None:
            raise PolicyQAError(f"索引里没有文档 {identifier}", "索引里的文档", "重新检索后再打开")
        blocks = self._db.execute(
            "SELECT kind, text, display, heading_path, page, line, level, origin FROM blocks"
            " WHERE document_id = ? ORDER BY ordinal",
            (identifier,),
        )
        identifier, file, path, part, sources = row[:5]
        corrected = self.relations.corrections(identifier)
        metadata = replace(Metadata(*row[5:]), **corrected)
        read = (FieldSource(*source) for source in json.loads(sources))
        return Document(
            identifier, file, path, part, metadata, tuple(_block(r) for r in blocks),
            (*(s for s in read if s.field not in corrected),
             *(FieldSource(field, "person") for field in corrected)),
        )  # fmt: skip


def _block_row(identifier: str, ordinal: int, block: Block) -> tuple[object, ...]:
    # Most documents are simplified already: their display text is not stored twice.
    display = None if block.display == block.text else block.display
    path = json.dumps(block.heading_path, ensure_ascii=False)
    origin = json.dumps(astuple(block.origin), ensure_ascii=False) if block.origin else None
    return (
        identifier, ordinal, block.kind.value, block.text, display, path,
        block.page, block.line, block.level, origin,
    )  # fmt: skip


def _block(row: tuple[str, str, str | None, str, int | None, int, int, str | None]) -> Block:
    kind, text, display, path, page, line, level, origin = row
    return Block(
        BlockKind(kind), text, display if display is not None else text,
        tuple(json.loads(path)), page, line, level, _origin(origin),
    )  # fmt: skip


def _origin(stored: str | None) -> Origin | None:
    if stored is None:
        return None
    text, column, spans = json.loads(stored)
    return Origin(text, column, tuple((s[0], s[1], s[2], s[3]) for s in spans))
