"""Passages and their sentences by row number (SQLite)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import chain, groupby, pairwise
from pathlib import Path

from corpus.document import Metadata
from corpus.errors import PolicyQAError
from indexer.passage import Passage

_METADATA = tuple(f.name for f in fields(Metadata))
_SCHEMA = f"""
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, id TEXT UNIQUE, document_id TEXT, ordinal INTEGER, doc TEXT, path TEXT,
    heading_path TEXT, text TEXT, display TEXT, page INTEGER, first_block INTEGER,
    last_block INTEGER, lead TEXT, {", ".join(f"{name} TEXT" for name in _METADATA)});
CREATE TABLE sentences (row INTEGER PRIMARY KEY, passage INTEGER, start INTEGER, end INTEGER);
CREATE INDEX sentences_passage ON sentences(passage);
CREATE INDEX passages_document ON passages(document_id, ordinal);
"""
_COLUMNS = (
    "id, document_id, ordinal, doc, path, heading_path, text, display, page, first_block, last_block, lead, "
    + ", ".join(_METADATA)
)


@dataclass(frozen=True)
class Sentence:
    """One sentence of a passage: its row among the sentence vectors and its span in the text."""

    row: int
    passage: int
    start: int
    end: int


@dataclass(frozen=True)
class DocumentRows:
    """The passages of one document, which follow one another.

    Attributes:
        first: row of its first passage.
        last: row of its last passage.
        doc: its file's name.
        document_id: its identifier.
        metadata: what is known about it.
    """

    first: int
    last: int
    doc: str
    document_id: str
    metadata: Metadata


class PassageStore:
    """Read access to passages and sentences; written once with ``create``."""

    def __init__(self, path: Path) -> None:
        try:
            self._db = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False
            )
            self._db.execute("SELECT count(*) FROM passages").fetchone()
        except sqlite3.Error as error:
            raise PolicyQAError(
                f"段落库 {path} 打不开（{error}）", "完整的索引", "重新运行 policyqa index"
            ) from error

    @staticmethod
    def create(path: Path, passages: Sequence[Passage], sentences: Iterable[Sentence]) -> None:
        """Write a new store; a passage's position is its row.

        Raises:
            ValueError: the passages of a document do not follow one another.
        """
        documents = [identifier for identifier, _ in groupby(p.document_id for p in passages)]
        if len(set(documents)) < len(documents):
            raise ValueError("the passages of a document do not follow one another")
        db = sqlite3.connect(path)
        with db:
            db.executescript(_SCHEMA)
            db.executemany(
                f"INSERT INTO passages VALUES ({','.join('?' * (13 + len(_METADATA)))})",
                ((row, *_values(p)) for row, p in enumerate(passages)),
            )
            db.executemany(
                "INSERT INTO sentences VALUES (?,?,?,?)",
                ((s.row, s.passage, s.start, s.end) for s in sentences),
            )
        db.close()

    def close(self) -> None:
        """Release the file."""
        self._db.close()

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """Passages of these rows, in the order given."""
        marks = ",".join("?" * len(rows))
        found = {
            r[0]: _passage(r[1:])
            for r in self._db.execute(
                f"SELECT row, {_COLUMNS} FROM passages WHERE row IN ({marks})",
                [int(r) for r in rows],
            )
        }
        return [found[int(row)] for row in rows]

    def sentences(self, passage: int) -> list[Sentence]:
        """The sentences of a passage row, in order."""
        rows = self._db.execute(
            "SELECT row, passage, start, end FROM sentences WHERE passage = ? ORDER BY row",
            (int(passage),),
        )
        return [Sentence(*r) for r in rows]

    def row_of(self, passage_id: str) -> int:
        """Row of a passage by its identifier; -1 when unknown."""
        row = self._db.execute("SELECT row FROM passages WHERE id = ?", (passage_id,)).fetchone()
        return int(row[0]) if row else -1

    def openings(self, rows: Sequence[int]) -> list[tuple[int, str]]:
        """(row, headings and text) of passages, to find clauses by their numbers."""
        marks = ",".join("?" * len(rows))
        found = self._db.execute(
            f"SELECT row, heading_path, text FROM passages WHERE row IN ({marks})", list(rows)
        )
        return [(r, " ".join((*json.loads(headings), text))) for r, headings, text in found]

    def document_rows(self) -> Iterator[DocumentRows]:
        """Every document with its rows and what filters and facets ask for, by row."""
        # First rows come from an index alone: reading all passages would read the whole file.
        found = self._db.execute(
            f"SELECT row, doc, document_id, {', '.join(_METADATA)} FROM passages WHERE row IN "
            "(SELECT min(row) FROM passages GROUP BY document_id) ORDER BY row"
        )
        ((end,),) = self._db.execute("SELECT max(row) + 1 FROM passages")
        for (first, doc, identifier, *values), after in pairwise(chain(found, [(end, "", "")])):
            yield DocumentRows(first, after[0] - 1, doc, identifier, Metadata(*values))


def _values(p: Passage) -> tuple[object, ...]:
    return (
        p.id, p.document_id, p.ordinal, p.doc, p.path,
        json.dumps(p.heading_path, ensure_ascii=False), p.text,
        None if p.display == p.text else p.display, p.page, p.first_block, p.last_block, p.lead,
        *(getattr(p.metadata, name) for name in _METADATA),
    )  # fmt: skip


def _passage(row: Sequence[object]) -> Passage:
    identifier, document, ordinal, doc, path, headings, text, display, page, first, last, lead = (
        row[:12]
    )
    return Passage(
        id=str(identifier),
        document_id=str(document),
        ordinal=int(str(ordinal)),
        doc=str(doc),
        path=str(path),
        heading_path=tuple(json.loads(str(headings))),
        text=str(text),
        display=str(text if display is None else display),
        page=None if page is None else int(str(page)),
        first_block=int(str(first)),
        last_block=int(str(last)),
        metadata=Metadata(*(str(v) for v in row[12:])),
        lead=str(lead),
    )
