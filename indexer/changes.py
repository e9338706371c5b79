"""What differs between the files of a folder and an index: new, changed, gone."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path

from corpus.catalogue import FileRecord
from corpus.load import located
from corpus.readers import ARCHIVE_SUFFIXES, SUPPORTED_SUFFIXES
from indexer.backend import DocumentEntry

_READ = SUPPORTED_SUFFIXES | ARCHIVE_SUFFIXES
#: What keeps files of one name in two folders apart.
_NUMBERED = re.compile(r"~\d+$")


class Again(Enum):
    """Which unchanged files are to be read again: settings have changed."""

    NOTHING = auto()
    INCOMPLETE = auto()
    EVERYTHING = auto()


@dataclass(frozen=True)
class Changes:
    """What to do to a catalogue.

    Attributes:
        load: (file, name) of new and changed files, and of those worth another try.
        touch: records of files that were only touched.
        remove: catalogue paths of files that are gone.
        unchanged: files that need nothing.
        renamed: (name, new name) of files that are gone here and turned up there.
    """

    load: tuple[tuple[Path, str], ...]
    touch: tuple[FileRecord, ...]
    remove: tuple[str, ...]
    unchanged: int
    renamed: tuple[tuple[str, str], ...] = ()


def catalogue_path(path: Path | str) -> str:
    """``path`` as the catalogue keeps it: bytes that are no UTF-8 stand there as ``\\udcxx``."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def find_changes(
    files: Sequence[tuple[Path, str]],
    known: Mapping[str, FileRecord],
    roots: Sequence[Path],
    again: Again = Again.NOTHING,
) -> Changes:
    """Sort files into new or changed, merely touched, gone and unchanged ones.

    Args:
        files: what is under ``roots`` now: (path, name under its root).
        known: the catalogue's records by path.
        roots: the folders and files asked for; known files elsewhere are left alone, but for links
            to ``files`` and for what has moved from there.
        again: which files to read again although they are the same.
    """
    present = {catalogue_path(path) for path, _ in files}
    folders = [catalogue_path(located(root)) for root in roots]
    gone = {
        path
        for path in known
        if path not in present and (_is_under(path, folders) or _leads_to(path, present))
    }
    kept = known.keys() - gone
    new = [f for f in files if catalogue_path(f[0]) not in known and not _leads_to(f[0], kept)]
    origins = _origins(new, [r for path, r in known.items() if path not in present], gone)
    gone |= {record.path for record in origins.values()}
    taken = {record.name for path, record in known.items() if path not in gone}
    named = [(path, _free_name(catalogue_path(name), taken)) for path, name in new]
    renamed = ((origins[path].name, name) for path, name in named if path in origins)
    load, touch = _changed([path for path, _ in files], known, again)
    return Changes(
        load=(*named, *load),
        touch=tuple(touch),
        remove=tuple(path for path in known if path in gone),
        unchanged=len(files) - len(named) - len(load),
        renamed=tuple((old, name) for old, name in renamed if old != name),
    )


def files_elsewhere(
    files: Sequence[tuple[Path, str]], known: Mapping[str, FileRecord], roots: Sequence[Path]
) -> list[tuple[Path, str]]:
    """Known files that are under none of ``roots``, nor the same as one of ``files``, and there."""
    same = {catalogue_path(p) for path, _ in files for p in (path, path.resolve())}
    folders = [catalogue_path(located(root)) for root in roots]
    return [
        (Path(path), record.name)
        for path, record in known.items()
        if path not in same and not _is_under(path, folders) and Path(path).is_file()
    ]


def _is_under(path: str, folders: Sequence[str]) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)


def _leads_to(path: Path | str, others: Set[str]) -> bool:
    """Whether it is a link to one of the files."""
    return os.path.islink(path) and catalogue_path(os.path.realpath(path)) in others


def _origins(
    new: Sequence[tuple[Path, str]], missing: Sequence[FileRecord], gone: Set[str]
) -> dict[Path, FileRecord]:
    """Which of the ``missing`` files each new one was, by content, its own name preferred."""
    by_size: dict[int, list[FileRecord]] = {}
    for record in missing:
        if record.sha256:
            by_size.setdefault(record.size, []).append(record)
    origins = {}
    for path, _ in new:
        state = _state(path)
        same_size = by_size.get(state[0], []) if state else []
        same_size = [r for r in same_size if r.path in gone or not os.path.lexists(r.path)]
        digest = sha256(path) if same_size else ""
        same = [record for record in same_size if record.sha256 == digest]
        if same and state:
            origins[path] = min(same, key=lambda r: Path(r.path).name != path.name)
            by_size[state[0]].remove(origins[path])
    return origins


def _changed(
    files: Sequence[Path], known: Mapping[str, FileRecord], again: Again
) -> tuple[list[tuple[Path, str]], list[FileRecord]]:
    """Which of the known files are to be read again, and which were merely touched."""
    load: list[tuple[Path, str]] = []
    touch: list[FileRecord] = []
    for path in files:
        record = known.get(catalogue_path(path))
        unread = path.suffix.lower() not in _READ and again is not Again.EVERYTHING
        if record is None or unread:
            continue
        state = _state(path)
        if _worth_a_try(record, again) or state is None or state[0] != record.size:
            load.append((path, record.name))
        elif state[1] != record.mtime_ns:
            if not record.error and record.sha256 and sha256(path) == record.sha256:
                touch.append(replace(record, mtime_ns=state[1]))
            else:
                load.append((path, record.name))
    return load, touch


def _worth_a_try(record: FileRecord, again: Again) -> bool:
    """Whether a file may read better now although it is the same: a right given, OCR turned on, LibreOffice
    installed.
    """
    could_not_open = bool(record.error) and (not record.sha256 or "LibreOffice" in record.error)
    incomplete = again is Again.INCOMPLETE and bool(record.error or record.warnings)
    return could_not_open or incomplete or again is Again.EVERYTHING


def _free_name(name: str, taken: set[str]) -> str:
    """``name``, or with ``~2``, ``~3`` … where another folder holds a file of that name."""
    candidate, count = name, 1
    while candidate in taken:
        count += 1
        candidate = f"{name}~{count}"
    taken.add(candidate)
    return candidate


def indexed_folder(path: str, name: str) -> str:
    """The folder that a file was indexed under, by its path and its name there; "" when unknown.

    It ends in a separator. A file indexed on its own was indexed under its parent.
    """
    tail = name.replace("/", os.sep)
    tails = (os.sep + own for own in (tail, _NUMBERED.sub("", tail)))
    return next((path[: 1 - len(own)] for own in tails if path.endswith(own)), "")


def _state(path: Path) -> tuple[int, int] | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns


def sha256(path: Path) -> str:
    """Digest of a file's content in hexadecimal, or "" when it cannot be opened or need not be.

    Files of other kinds (films, installers) are never read, whatever their size.
    """
    if path.suffix.lower() not in _READ:
        return ""
    try:
        with path.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest()
    except OSError:
        return ""


#: Seconds that one search may wait for one folder; a drive that does not answer takes longer.
_PATIENCE = 0.5
#: Seconds for which such a folder is not asked again.
_REST = 30.0


class Presence:
    """Knows which documents' files were deleted since they were indexed.

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
