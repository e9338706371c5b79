"""The catalogue: which files are known, the documents in them, and their blocks (SQLite)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import astuple, dataclass, fields, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from corpus.cleaning.report import Dropped
from corpus.document import (
    Block,
    BlockKind,
    DateKind,
    Document,
    DocumentDate,
    FieldSource,
    Metadata,
)
from corpus.errors import PolicyQAError
from corpus.relations.families import Family
from corpus.relations.lineage import Reference, Relation
from corpus.structure.character_map import Origin

_SCHEMA = """
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, size INTEGER, mtime_ns INTEGER,
    sha256 TEXT, error TEXT NOT NULL, counts TEXT NOT NULL, warnings TEXT NOT NULL,
    dropped TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, path TEXT NOT NULL REFERENCES files(path) ON DELETE CASCADE,
    file TEXT NOT NULL, part INTEGER NOT NULL,
    title TEXT, issuer TEXT, number TEXT, doc_type TEXT, date TEXT, year TEXT, region TEXT,
    addressees TEXT, date_kind TEXT, sources TEXT NOT NULL, dates TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS blocks (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL, text TEXT NOT NULL, display TEXT, heading_path TEXT NOT NULL,
    page INTEGER, line INTEGER NOT NULL, level INTEGER NOT NULL, origin TEXT,
    PRIMARY KEY (document_id, ordinal)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documents_path ON documents(path, part);
CREATE TABLE IF NOT EXISTS lineage (
    document_id TEXT NOT NULL, relation TEXT NOT NULL, title TEXT NOT NULL, number TEXT NOT NULL,
    block INTEGER NOT NULL, target_id TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS lineage_target ON lineage(target_id);
CREATE TABLE IF NOT EXISTS families (document_id TEXT PRIMARY KEY, head TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS corrections (
    document_id TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (document_id, field)) WITHOUT ROWID;
"""
#: Names of the metadata a document has, each a column.
FIELDS = tuple(f.name for f in fields(Metadata))


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
                self._db.executescript(_SCHEMA)
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
        rows = self._db.execute("SELECT * FROM files ORDER BY name")
        return {row[0]: _file_record(row) for row in rows}

    def put(self, record: FileRecord, documents: Sequence[Document]) -> None:
        """Add a file with its documents, in place of what was known of it."""
        self.remove(record.path)
        # Counts, warnings and dropped lines are tuples, which JSON keeps as lists.
        *plain, counts, warnings, dropped = astuple(record)
        lists = (json.dumps(value, ensure_ascii=False) for value in (counts, warnings, dropped))
        self._db.execute("INSERT INTO files VALUES (?,?,?,?,?,?,?,?,?)", (*plain, *lists))
        for document in documents:
            values = astuple(document.metadata)
            sources = json.dumps([astuple(s) for s in document.sources])
            dates = json.dumps([astuple(d) for d in document.dates])
            self._db.execute(
                f"INSERT INTO documents (id, path, file, part, {', '.join(FIELDS)}, sources, dates)"
                f" VALUES ({','.join('?' * (6 + len(FIELDS)))})",
                (document.id, record.path, document.file, document.part, *values, sources, dates),
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
            f"SELECT id, file, path, part, sources, dates, {', '.join(FIELDS)}"
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
        identifier, file, path, part, sources, dates = row[:6]
        corrected = self.relations.corrections(identifier)
        # What a person's date is a date of, only the person can say.
        kind = {"date_kind": ""} if "date" in corrected else {}
        metadata = replace(Metadata(*row[6:]), **{**kind, **corrected})
        read = (FieldSource(*source) for source in json.loads(sources))
        return Document(
            identifier, file, path, part, metadata, tuple(_block(r) for r in blocks),
            (*(s for s in read if s.field not in corrected),
             *(FieldSource(field, "person") for field in corrected)),
            tuple(DocumentDate(value, DateKind(kind), *rest) for value, kind, *rest in json.loads(dates)),
        )  # fmt: skip


def _file_record(row: Sequence[Any]) -> FileRecord:
    counts, warnings, dropped = map(json.loads, row[6:])
    return replace(
        FileRecord(*row[:6]),
        counts=tuple((rule, times) for rule, times in counts),
        warnings=tuple(warnings),
        dropped=tuple(Dropped(*line) for line in dropped),
    )


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
        tuple(json.loads(path)), page, line, level, _origin(*json.loads(origin)) if origin else None,
    )  # fmt: skip


def _origin(text: str, column: int, spans: Sequence[Sequence[int]]) -> Origin:
    return Origin(text, column, tuple((s[0], s[1], s[2], s[3]) for s in spans))


class Relations:
    """Lineage, families and corrections of a catalogue."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    def replace(self, references: Sequence[Reference], families: Sequence[Family]) -> None:
        """Put new lineage and families in place of the old; corrections stay."""
        self._db.execute("DELETE FROM lineage")
        self._db.execute("DELETE FROM families")
        self._db.executemany(
            "INSERT INTO lineage VALUES (?,?,?,?,?,?)",
            map(astuple, references),
        )
        self._db.executemany(
            "INSERT INTO families VALUES (?,?)",
            ((i, f.head) for f in families for i in (f.head, *f.copies)),
        )

    def references_from(self, document_id: str) -> tuple[Reference, ...]:
        """What a document names, in order."""
        return self._references("document_id", document_id)

    def references_to(self, document_id: str) -> tuple[Reference, ...]:
        """Who names a document."""
        return self._references("target_id", document_id)

    def _references(self, column: str, document_id: str) -> tuple[Reference, ...]:
        rows = self._db.execute(
            f"SELECT * FROM lineage WHERE {column} = ? ORDER BY document_id, block", (document_id,)
        )
        return tuple(Reference(source, Relation(kind), *rest) for source, kind, *rest in rows)

    def families(self) -> tuple[Family, ...]:
        """All families, by head."""
        rows = self._db.execute("SELECT head, document_id FROM families ORDER BY head, document_id")
        return tuple(
            Family(head, tuple(identifier for _, identifier in members if identifier != head))
            for head, members in groupby(rows, key=itemgetter(0))
        )

    def correct(self, document_id: str, field: str, value: str) -> None:
        """Keep a person's value for a metadata field; an empty one takes the correction back.

        Raises:
            PolicyQAError: there is no such field.
        """
        if field not in FIELDS:
            raise PolicyQAError(f"没有元数据项 {field}", "、".join(FIELDS), "改正项名")
        self._db.execute(
            "DELETE FROM corrections WHERE document_id = ? AND field = ?", (document_id, field)
        )
        if value:
            self._db.execute("INSERT INTO corrections VALUES (?,?,?)", (document_id, field, value))

    def corrections(self, document_id: str) -> dict[str, str]:
        """A document's corrected fields."""
        rows = self._db.execute(
            "SELECT field, value FROM corrections WHERE document_id = ?", (document_id,)
        )
        return {field: value for field, value in rows if field in FIELDS}

    def restore(self, corrections: Iterable[tuple[str, str, str]]) -> None:
        """Take over (document, field, value) from another catalogue."""
        self._db.executemany("INSERT OR REPLACE INTO corrections VALUES (?,?,?)", corrections)

    def move(self, names: Mapping[str, str]) -> None:
        """Let corrections follow renamed files: those of file ``old`` become ``names[old]``'s.

        Whatever was kept for an earlier file of the new name is dropped.
        """
        if not names:
            return
        involved = {*names, *names.values()}
        kept = self._db.execute("SELECT document_id, field, value FROM corrections").fetchall()
        self._db.executemany(
            "DELETE FROM corrections WHERE document_id = ?",
            {(i,) for i, _, _ in kept if _file_of(i, involved)},
        )
        owners = [(_file_of(i, names.keys()), i, field, value) for i, field, value in kept]
        self.restore((names[o] + i[len(o) :], f, v) for o, i, f, v in owners if o)


def _file_of(document_id: str, files: Set[str]) -> str:
    """Which of ``files`` a document is in (``附件.zip/名单.docx#0`` in ``附件.zip``), or ""."""
    parts = document_id.rpartition("#")[0].split("/")
    names = ("/".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((name for name in names if name in files), "")
