"""Passages by row number (SQLite)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import lru_cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from corpus.document import Metadata
from corpus.errors import PolicyQAError
from indexer.backend import DocumentEntry, check_order
from indexer.passage import BlockSpan, Passage

_METADATA = tuple(f.name for f in fields(Metadata))
_SCHEMA = f"""
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, document_id TEXT, ordinal INTEGER, doc TEXT, path TEXT,
    heading_path TEXT, text TEXT, display TEXT, page INTEGER, blocks TEXT, lead TEXT, is_row INTEGER,
    {", ".join(f"{name} TEXT" for name in _METADATA)});
CREATE INDEX passages_document ON passages(document_id, ordinal);
"""
_COLUMNS = (
    "document_id, ordinal, doc, path, heading_path, text, display, page, blocks, lead, is_row, "
    + ", ".join(_METADATA)
)

#: Passages read at a time.
_PIECE = 500


class PassageStore:
    """Read access to passages; written once with ``create``."""

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
    def create(path: Path, passages: Sequence[Passage]) -> None:
        """Write a new store; a passage's position is its row.

        Raises:
            ValueError: the passages of a document do not follow one another from 0.
        """
        check_order(passages)
        db = sqlite3.connect(path)
        with db:
            db.executescript(_SCHEMA)
            db.executemany(
                f"INSERT INTO passages VALUES ({','.join('?' * (12 + len(_METADATA)))})",
                ((row, *_values(p)) for row, p in enumerate(passages)),
            )
        db.close()

    def close(self) -> None:
        """Release the file."""
        self._db.close()

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """Passages of these rows, in the order given.

        Raises:
            KeyError: there is no such row.
        """
        found: dict[int, Passage] = {}
        for start in range(0, len(rows), _PIECE):
            piece = rows[start : start + _PIECE]
            marks = ",".join("?" * len(piece))
            query = f"SELECT row, {_COLUMNS} FROM passages WHERE row IN ({marks})"
            found |= {r[0]: _passage(r[1:]) for r in self._db.execute(query, piece)}
        return [found[row] for row in rows]

    def documents(self) -> Iterator[DocumentEntry]:
        """Every document, by row."""
        # First rows come from an index alone: reading all passages would read the whole file.
        found = self._db.execute(
            f"SELECT row, document_id, doc, path, {', '.join(_METADATA)} FROM passages WHERE row IN "
            "(SELECT min(row) FROM passages GROUP BY document_id) ORDER BY row"
        )
        ((end,),) = self._db.execute("SELECT max(row) + 1 FROM passages")
        for (first, *named), after in pairwise(chain(found, [(end,)])):
            identifier, doc, path, *values = named
            yield DocumentEntry(identifier, doc, path, after[0] - first, Metadata(*values))


def _values(p: Passage) -> tuple[object, ...]:
    return (
        p.document_id, p.ordinal, p.doc, p.path,
        json.dumps(p.heading_path, ensure_ascii=False), p.text,
        None if p.display == p.text else p.display, p.page, " ".join(map(str, chain(*p.blocks))), p.lead,
        p.is_row,
        *(getattr(p.metadata, name) for name in _METADATA),
    )  # fmt: skip


def _passage(row: Sequence[Any]) -> Passage:
    document, ordinal, doc, path, headings, text, display, page, blocks, lead, is_row = row[:11]
    return Passage(
        id=f"{document}/{ordinal}",
        document_id=document,
        ordinal=ordinal,
        doc=doc,
        path=path,
        heading_path=_heading_path(headings),
        text=text,
        display=text if display is None else display,
        page=page,
        blocks=tuple(map(BlockSpan._make, zip(*[map(int, blocks.split())] * 4, strict=True))),
        metadata=Metadata(*row[11:]),
        lead=lead,
        is_row=bool(is_row),
    )


@lru_cache(maxsize=1024)
def _heading_path(stored: str) -> tuple[str, ...]:
    """Neighbours share theirs."""
    return tuple(json.loads(stored))
