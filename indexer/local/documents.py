"""All documents of an index in columns: which pass a selection, and where their passages are."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import cached_property
from itertools import compress
from typing import Any

import numpy as np

from corpus.document import Metadata
from corpus.language.simplification import to_simplified
from indexer.backend import DocumentEntry, Rows
from indexer.filters import EXACT, Selection
from indexer.passage import passage_place

Mask = np.ndarray[Any, np.dtype[np.bool_]]

_METADATA = tuple(field.name for field in fields(Metadata))


class _Column:
    """A value of every document, each different one held once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._codes = array("i")  # of each document: the number of its value

    def append(self, value: str) -> None:
        """The value of the next document."""
        self._codes.append(self._numbers.setdefault(value, len(self._numbers)))

    @cached_property
    def _simplified(self) -> tuple[str, ...]:
        return tuple(to_simplified(value) for value in self._numbers)

    def equal(self, wanted: str) -> Mask:
        """Documents whose value is this one."""
        return self._documents([value == wanted for value in self._numbers])

    def holding(self, wanted: str) -> Mask:
        """Documents in whose value this one stands, in whichever characters."""
        part = to_simplified(wanted)
        return self._documents([part in value for value in self._simplified])

    def values(self) -> list[str]:
        """Of all documents, in order."""
        different = list(self._numbers)
        return [different[code] for code in self._codes]

    def _documents(self, passes: list[bool]) -> Mask:
        mask: Mask = np.array(passes, dtype=bool)[np.frombuffer(self._codes, dtype=np.int32)]
        return mask


class DocumentTable:
    """Metadata of all documents, read once, and the rows of their passages, which are consecutive."""

    def __init__(self, documents: Iterable[DocumentEntry]) -> None:
        self._columns = {name: _Column() for name in (*_METADATA, "doc", "path")}
        self._shown = _Column()
        self._numbers: dict[str, int] = {}
        counts = array("q")
        for number, document in enumerate(documents):
            for name in _METADATA:
                self._columns[name].append(getattr(document.metadata, name))
            self._columns["doc"].append(document.doc)
            self._columns["path"].append(document.path)
            # A document without a title is shown under its file's name.
            self._shown.append(document.metadata.title or document.doc)
            self._numbers[document.id] = number
            counts.append(document.passages)
        self._ids = tuple(self._numbers)
        self._passages = np.array(counts, dtype=np.int64)
        self._ends = np.cumsum(self._passages)

    def rows(self, selection: Selection) -> Rows | None:
        """Rows of the passages of the documents that pass, or None when all do.

        Raises:
            PolicyQAError: filters are set and no document passes.
        """
        if not selection.asked and not selection.without:
            return None
        return np.flatnonzero(np.repeat(self._kept(selection), self._passages)).astype(np.int64)

    def entries(self, selection: Selection) -> list[DocumentEntry]:
        """The documents that pass, by row."""
        columns = [self._columns[name].values() for name in ("doc", "path", *_METADATA)]
        rows = zip(self._ids, self._passages.tolist(), *columns, strict=True)
        return [
            DocumentEntry(identifier, doc, path, passages, Metadata(*values))
            for identifier, passages, doc, path, *values in compress(rows, self._kept(selection))
        ]

    def ids(self, rows: Rows) -> list[str]:
        """Of the passages of these rows."""
        documents = np.searchsorted(self._ends, rows, side="right")
        ordinals = rows - (self._ends - self._passages)[documents]
        pairs = zip(documents.tolist(), ordinals.tolist(), strict=True)
        return [f"{self._ids[document]}/{ordinal}" for document, ordinal in pairs]

    def rows_of(self, ids: Sequence[str]) -> Rows:
        """Of passages, -1 for one that is not there."""
        return np.array([self._row(*passage_place(each)) for each in ids], dtype=np.int64)

    def _row(self, document: str, ordinal: int) -> int:
        number = self._numbers.get(document)
        if number is None or not 0 <= ordinal < self._passages[number]:
            return -1
        return int(self._ends[number] - self._passages[number]) + ordinal

    def _kept(self, selection: Selection) -> Mask:
        """Documents that pass, shape (documents,)."""
        mask = np.ones(len(self._ids), dtype=bool)
        mask[[self._numbers[each] for each in selection.without if each in self._numbers]] = False
        for name, value in selection.asked.items():
            column = self._shown if name == "title" else self._columns[name]
            mask &= column.equal(value) if name in EXACT else column.holding(value)
        if selection.asked and not mask.any():
            raise selection.nothing()
        return mask
