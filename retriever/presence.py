"""Which documents' files were deleted since they were indexed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence

from indexer.backend import DocumentEntry
from indexer.changes import indexed_folder

#: Seconds that one search may wait for one folder; a drive that does not answer takes longer.
_PATIENCE = 0.5
#: Seconds for which such a folder is not asked again.
_REST = 30.0


class Presence:
    """Tells which documents' files were deleted since they were indexed.

    A file is gone when it does not exist while the folder it was indexed under does and holds
    something. An index on another machine, or whose drive is not mounted, thus loses nothing.
    """

    def __init__(self, documents: Iterable[DocumentEntry]) -> None:
        self._documents: dict[str, list[str]] = {}
        for document in documents:
            self._documents.setdefault(document.path, []).append(document.id)
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
        for path in self._documents if paths is None else set(paths):
            folder = _folder(path, self._documents.get(path, ()))
            began = time.monotonic()
            if folder and began >= self._resting.get(folder, began):
                self._look(path, folder)
                now = time.monotonic()
                spent[folder] = spent.get(folder, 0.0) + now - began
                if spent[folder] > _PATIENCE:
                    self._resting[folder] = now + _REST
            if path in self._gone:
                found.extend(self._documents.get(path, ()))
        return frozenset(found)

    def _look(self, path: str, folder: str) -> None:
        if _exists(path) or not _holds_something(_folder_of_target(path) or folder):
            self._gone.discard(path)
        else:
            self._gone.add(path)


def _folder(path: str, documents: Sequence[str]) -> str:
    """The folder that a file was indexed under, by its documents: ``附件.zip/名单.docx#0``."""
    parts = documents[0].rpartition("#")[0].split("/") if documents else []
    names = ("/".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((folder for name in names if (folder := indexed_folder(path, name))), "")


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
