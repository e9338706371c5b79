"""Which passages a search may return."""

from __future__ import annotations

import os
import time
from array import array
from collections.abc import Iterable, Set
from dataclasses import asdict, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from corpus.catalogue import Catalogue
from corpus.document import Metadata
from corpus.errors import PolicyQAError
from corpus.language.simplification import to_simplified
from indexer.changes import indexed_folder
from indexer.local.store import PassageStore
from retriever.hit import Filters

if TYPE_CHECKING:
    import numpy as np

    Rows = np.ndarray[Any, np.dtype[np.int64]]
    Codes = np.ndarray[Any, np.dtype[np.int32]]
    Mask = np.ndarray[Any, np.dtype[np.bool_]]

_EXACT = ("year", "doc")
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

    def counts(self, kept: Mask) -> dict[str, int]:
        """How many of the documents have each value."""
        import numpy as np

        totals = np.bincount(self._by_document()[kept], minlength=len(self._numbers)).tolist()
        return dict(zip(self._numbers, totals, strict=True))

    def _documents(self, passes: list[bool]) -> Mask:
        import numpy as np

        mask: Mask = np.array(passes, dtype=bool)[self._by_document()]
        return mask

    def _by_document(self) -> Codes:
        import numpy as np

        return np.frombuffer(self._codes, dtype=np.int32)


class FilterTable:
    """Metadata of all documents, read once, and the rows of their passages."""

    def __init__(self, store: PassageStore) -> None:
        import numpy as np

        self._columns = {name: _Column() for name in (*_METADATA, "doc")}
        self._shown = _Column()
        self._numbers: dict[str, int] = {}
        passages = []
        for number, document in enumerate(store.document_rows()):
            for name in _METADATA:
                self._columns[name].append(getattr(document.metadata, name))
            self._columns["doc"].append(document.doc)
            # A document without a title is shown under its file's name.
            self._shown.append(document.metadata.title or document.doc)
            self._numbers[document.document_id] = number
            passages.append(document.last - document.first + 1)
        self._passages = np.array(passages, dtype=np.int64)

    def rows(self, filters: Filters, without: Set[str] = frozenset()) -> Rows | None:
        """Rows that pass and are of no document in ``without``, or None when all are.

        Raises:
            PolicyQAError: filters are set and no passage at all passes.
        """
        import numpy as np

        asked = {name: value for name, value in asdict(filters).items() if value.strip()}
        if not asked and not without:
            return None
        documents = self._kept(without)
        for name, value in asked.items():
            documents &= self._passing(name, value.strip())
        rows = np.flatnonzero(np.repeat(documents, self._passages))
        if asked and not len(rows):
            listed = "，".join(f"{k}={v}" for k, v in asked.items())
            raise PolicyQAError(
                f"没有文档符合筛选条件 {listed}", "索引里有的值", "放宽或去掉筛选条件"
            )
        return rows.astype(np.int64)

    def counts(self, field: str, without: Set[str] = frozenset()) -> tuple[tuple[str, int], ...]:
        """(value, number of documents) of a metadata field, most frequent first."""
        totals = self._columns[field].counts(self._kept(without))
        found = [(value, count) for value, count in totals.items() if value and count]
        return tuple(sorted(found, key=lambda item: (-item[1], item[0])))

    def size(self, without: Set[str] = frozenset()) -> tuple[int, int]:
        """Number of documents and of passages."""
        kept = self._kept(without)
        return int(kept.sum()), int(self._passages[kept].sum())

    def _kept(self, without: Set[str]) -> Mask:
        """Documents that are not in ``without``, shape (documents,)."""
        import numpy as np

        mask = np.ones(len(self._passages), dtype=bool)
        mask[[self._numbers[each] for each in without if each in self._numbers]] = False
        return mask

    def _passing(self, name: str, wanted: str) -> Mask:
        if name in _EXACT:
            return self._columns[name].equal(wanted)
        column = self._shown if name == "title" else self._columns[name]
        return column.holding(wanted)


#: Seconds that one search may wait for one folder; a drive that does not answer takes longer.
_PATIENCE = 0.5
#: Seconds for which such a folder is not asked again.
_REST = 30.0


class Presence:
    """Tells which documents' files were deleted since they were indexed.

    A file is gone when it does not exist while the folder it was indexed under does and holds
    something. An index on another machine, or whose drive is not mounted, thus loses nothing.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._names = catalogue.names()
        self._gone: set[str] = set()
        self._resting: dict[str, float] = {}

    def gone(self, paths: Iterable[str] | None = None) -> frozenset[str]:
        """Identifiers of the documents in files that are gone.

        Every file is looked at each time, once, so that the very next search is right. Only where
        that takes long is the last answer kept for a while.

        Args:
            paths: the files to look at, or all of the index; an archive for what is in it.
        """
        spent: dict[str, float] = {}
        found: list[str] = []
        for path in self._names if paths is None else set(paths):
            folder = indexed_folder(path, self._names.get(path, ""))
            began = time.monotonic()
            if folder and began >= self._resting.get(folder, began):
                self._look(path, folder)
                now = time.monotonic()
                spent[folder] = spent.get(folder, 0.0) + now - began
                if spent[folder] > _PATIENCE:
                    self._resting[folder] = now + _REST
            if path in self._gone:
                found.extend(self._catalogue.document_ids(path))
        return frozenset(found)

    def _look(self, path: str, folder: str) -> None:
        if _exists(path) or not _holds_something(_folder_of_target(path) or folder):
            self._gone.discard(path)
        else:
            self._gone.add(path)


def _folder_of_target(path: str) -> str:
    """Where a link leads, perhaps to a drive that is not mounted; "" for what is no link."""
    return os.path.dirname(os.path.realpath(path)) if os.path.islink(path) else ""


def _exists(path: str) -> bool:
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True  # no right to look, or the drive fails: not known to be gone
    return True


def _holds_something(folder: str) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is not None
    except OSError:
        return False
