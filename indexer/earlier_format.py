"""What is kept of an index of an earlier format: its files' names and what people corrected."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import Any

from corpus.catalogue import Catalogue, FileRecord
from indexer.changes import indexed_folder
from indexer.generations import Generation

#: Shown for a file until it is read again.
NOT_FOUND = "旧索引里的这个文件，重建时没有找到；找到后重新运行 policyqa index"


def carry_over(old: Generation, catalogue: Catalogue) -> None:
    """Put what an index of an earlier format knew into a new catalogue.

    Files keep their names, so that documents keep their identifiers and these their corrections.
    They are there as not found, without documents, and are all to be read again. Of a damaged
    catalogue is taken what can be read.
    """
    for path, name, size, digest in _rows(old, "SELECT path, name, size, sha256 FROM files"):
        # A path that does not end in the name is where a link led to, which now has its own path.
        if indexed_folder(str(path), str(name)):
            catalogue.put(FileRecord(str(path), str(name), size, -1, digest or "", NOT_FOUND), ())
    catalogue.relations.restore(_rows(old, "SELECT document_id, field, value FROM corrections"))
    catalogue.commit()


def _rows(old: Generation, query: str) -> list[tuple[Any, ...]]:
    """Plain SQL: the classes know the present format only."""
    try:
        address = f"{old.catalogue.resolve().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as db:
            return db.execute(query).fetchall()
    except sqlite3.Error:
        return []  # no such file or table: formats before corrections were kept
