"""What differs between the files of a folder and the catalogue of an index."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path

from corpus.catalogue import FileRecord
from corpus.readers import ARCHIVE_SUFFIXES, SUPPORTED_SUFFIXES

_READ = SUPPORTED_SUFFIXES | ARCHIVE_SUFFIXES


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
    """

    load: tuple[tuple[Path, str], ...]
    touch: tuple[FileRecord, ...]
    remove: tuple[str, ...]
    unchanged: int


def catalogue_path(path: Path | str) -> str:
    """``path`` as the catalogue keeps it: bytes that are no UTF-8 stand there as ``\\udcxx``."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def find_changes(
    files: Sequence[tuple[Path, str]],
    known: dict[str, FileRecord],
    roots: Sequence[Path],
    again: Again = Again.NOTHING,
) -> Changes:
    """Sort files into new or changed, merely touched, gone and unchanged ones.

    Args:
        files: what is under ``roots`` now: (path, name under its root).
        known: the catalogue's records by path.
        roots: the folders and files asked for; known files elsewhere are left alone.
        again: which files to read again although they are the same.
    """
    load: list[tuple[Path, str]] = []
    touch: list[FileRecord] = []
    present = {catalogue_path(path) for path, _ in files}
    inside = [catalogue_path(at) for root in roots for at in (root.absolute(), root.resolve())]
    remove = tuple(
        path
        for path in known
        if path not in present and any(Path(path).is_relative_to(root) for root in inside)
    )
    taken = {record.name for path, record in known.items() if path not in remove}
    unchanged = 0
    for path, name in files:
        record = known.get(catalogue_path(path))
        if record is None:
            load.append((path, _free_name(catalogue_path(name), taken)))
        elif path.suffix.lower() not in _READ:
            unchanged += 1
        elif _worth_a_try(record, again):
            load.append((path, record.name))
        else:
            state = _state(path)
            if state == (record.size, record.mtime_ns):
                unchanged += 1
            elif state is not None and state[0] == record.size and _same_content(path, record):
                unchanged += 1
                touch.append(replace(record, mtime_ns=state[1]))
            else:
                load.append((path, record.name))
    return Changes(tuple(load), tuple(touch), remove, unchanged)


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


def _state(path: Path) -> tuple[int, int] | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns


def _same_content(path: Path, record: FileRecord) -> bool:
    return record.sha256 != "" and sha256(path) == record.sha256


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
