"""Build or update an index: read what changed, encode what is new, switch over at the end."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue import Catalogue, FileRecord
from corpus.errors import IndexStateError, PolicyQAError
from corpus.load import LoadResult, find_files, load_file
from corpus.readers import ReadLimits
from indexer.generations import FORMAT, Generation, Manifest, current, publish, writing
from indexer.passage import Passage
from indexer.passages import split_passages
from indexer.settings import IndexSettings
from indexer.write import write_generation


@dataclass(frozen=True)
class SkippedFile:
    """A file that is not in the index, and why."""

    path: Path
    reason: str


@dataclass(frozen=True)
class BuildReport:
    """What building did.

    Attributes:
        files: readable files in the index now.
        documents: texts in them.
        passages: passages of these.
        unchanged: files taken over as they were.
        removed: files that are gone from the folder and so from the index.
        skipped: files that could not be read.
        seconds: wall-clock time.
    """

    files: int
    documents: int
    passages: int
    unchanged: int
    removed: int
    skipped: tuple[SkippedFile, ...]
    seconds: float


@dataclass(frozen=True)
class _Changes:
    """What differs between the folder and the catalogue."""

    load: tuple[tuple[Path, str], ...]
    touch: tuple[FileRecord, ...]
    remove: tuple[str, ...]
    unchanged: int


def build_index(
    paths: Sequence[Path], index_dir: Path, settings: IndexSettings, progress: bool = True
) -> BuildReport:
    """Bring the index at ``index_dir`` up to date with the files under ``paths``.

    Files unchanged since the last time cost nothing. A file that cannot be read is reported and
    never stops the rest. Files of other folders indexed earlier stay. When nothing at all can be
    read the report has no documents and an existing index stays as it is.

    Raises:
        PolicyQAError: a path is missing or empty, the index folder is locked, damaged, not
            writable, or was made with another model.
    """
    began = time.perf_counter()
    files = find_files(paths)
    if not files:
        raise PolicyQAError(
            f"{'、'.join(map(str, paths))} 里没有文件",
            "至少一个 txt、md、html、docx 或 pdf 文件",
            "换一个文件夹再试",
        )
    with writing(index_dir) as building:
        old = current(index_dir)
        if old is not None:
            _check_settings(old.manifest(), settings, index_dir)
            shutil.copyfile(old.catalogue, building / "catalogue.sqlite")
        catalogue = Catalogue(building / "catalogue.sqlite", writable=True)
        try:
            changes = _compare(files, catalogue.files(), paths)
            if old is not None and not changes.load and not changes.remove and not changes.touch:
                return _report(catalogue, old.manifest(), changes, began)
            _apply(changes, catalogue, settings, progress)
            passages = _passages(catalogue, settings)
        finally:
            catalogue.close()
        if not passages:
            return _nothing_readable(building, changes, began)
        manifest = write_generation(Generation(building), passages, old, settings, progress)
        published = publish(index_dir, building)
    return _read_report(published, manifest, changes, began)


def _check_settings(manifest: Manifest, settings: IndexSettings, index_dir: Path) -> None:
    if manifest.model != settings.model:
        raise IndexStateError(
            f"索引 {index_dir} 是用向量模型 {manifest.model} 建的，设置里是 {settings.model}",
            "同一个模型",
            "改回设置，或用 --index 指定新的文件夹重建",
        )
    if manifest.passage_target != settings.passages.target:
        raise IndexStateError(
            f"索引 {index_dir} 的段落长度是 {manifest.passage_target}，设置里是 {settings.passages.target}",
            "相同的段落长度",
            "改回设置，或用 --index 指定新的文件夹重建",
        )


def _compare(
    files: Sequence[tuple[Path, str]], known: dict[str, FileRecord], roots: Sequence[Path]
) -> _Changes:
    """Sort the files into new or changed, merely touched, gone and unchanged ones."""
    load: list[tuple[Path, str]] = []
    touch: list[FileRecord] = []
    taken = {record.name for record in known.values()}
    unchanged = 0
    for path, name in files:
        record = known.get(str(path))
        if record is None:
            load.append((path, _free_name(name, taken)))
            continue
        state = path.stat()
        if (state.st_size, state.st_mtime_ns) == (record.size, record.mtime_ns):
            unchanged += 1
        elif state.st_size == record.size and _sha256(path) == record.sha256:
            unchanged += 1
            touch.append(_record(path, record.name, record.sha256))
        else:
            load.append((path, record.name))
    present = {str(path) for path, _ in files}
    inside = tuple(p.resolve() for p in roots)
    remove = tuple(
        path
        for path in known
        if path not in present and any(Path(path).is_relative_to(r) for r in inside)
    )
    return _Changes(tuple(load), tuple(touch), remove, unchanged)


def _free_name(name: str, taken: set[str]) -> str:
    """``name``, or with ``~2``, ``~3`` … where another folder holds a file of that name."""
    candidate, count = name, 1
    while candidate in taken:
        count += 1
        candidate = f"{name}~{count}"
    taken.add(candidate)
    return candidate


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest()
    except OSError:
        return ""


def _record(path: Path, name: str, sha256: str, result: LoadResult | None = None) -> FileRecord:
    state = path.stat()
    return FileRecord(
        path=str(path),
        name=name,
        size=state.st_size,
        mtime_ns=state.st_mtime_ns,
        sha256=sha256,
        error=result.error if result else "",
        counts=result.report.counts if result and result.report else (),
        warnings=result.report.warnings if result and result.report else (),
    )


def _apply(
    changes: _Changes, catalogue: Catalogue, settings: IndexSettings, progress: bool
) -> None:
    """Bring the catalogue up to date."""
    for gone in changes.remove:
        catalogue.remove(gone)
    for record in changes.touch:
        catalogue.touch(record)
    limits = ReadLimits(max_bytes=settings.max_file_mb * 1_000_000, ocr=settings.ocr)
    for path, name in _watched(changes.load, progress):
        try:
            digest = _sha256(path)
            result = load_file(path, name, limits)
            catalogue.put(_record(path, name, digest, result), result.documents)
        except FileNotFoundError:
            catalogue.remove(str(path))  # deleted while we were at work
    catalogue.commit()


def _watched(files: Sequence[tuple[Path, str]], progress: bool) -> Iterable[tuple[Path, str]]:
    from tqdm import tqdm

    bar: Iterable[tuple[Path, str]] = tqdm(
        files, desc="读取文件", unit="个", disable=not progress, leave=False
    )
    return bar


def _passages(catalogue: Catalogue, settings: IndexSettings) -> list[Passage]:
    return [p for d in catalogue.documents() for p in split_passages(d, settings.passages)]


def _report(
    catalogue: Catalogue, manifest: Manifest, changes: _Changes, began: float
) -> BuildReport:
    skipped = tuple(
        SkippedFile(Path(r.path), r.error) for r in catalogue.files().values() if r.error
    )
    return BuildReport(
        files=manifest.files,
        documents=manifest.documents,
        passages=manifest.passages,
        unchanged=changes.unchanged,
        removed=len(changes.remove),
        skipped=skipped,
        seconds=time.perf_counter() - began,
    )


def _read_report(
    generation: Generation, manifest: Manifest, changes: _Changes, began: float
) -> BuildReport:
    catalogue = Catalogue(generation.catalogue)
    try:
        return _report(catalogue, manifest, changes, began)
    finally:
        catalogue.close()


def _nothing_readable(building: Path, changes: _Changes, began: float) -> BuildReport:
    empty = Manifest(FORMAT, "", 0, 0, 0, 0, 0, 0)
    return _read_report(Generation(building), empty, changes, began)
