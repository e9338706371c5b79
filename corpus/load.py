"""From a path to clean documents: read, clean, split into texts, structure, describe."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from corpus.cleaning.page_head import without_head
from corpus.cleaning.pipeline import Switches, clean_lines
from corpus.cleaning.report import CleaningReport, Dropped, Tally
from corpus.document import Block, Document
from corpus.errors import PolicyQAError, UnreadableFileError
from corpus.language.function_words import BULLETIN
from corpus.language.simplification import bare
from corpus.metadata.extraction import inherit, read_metadata
from corpus.metadata.labels import read_labels, values_of
from corpus.raw import RawDocument
from corpus.readers import SUPPORTED_SUFFIXES, ReadLimits, read_file
from corpus.readers.archive import ARCHIVE_SUFFIXES, unpack
from corpus.readers.labelled_head import head_lines
from corpus.structure.blocks import build_blocks
from corpus.structure.titles import split_texts


@dataclass(frozen=True)
class LoadResult:
    """What became of one file: its texts and what cleaning did, or only why it is unreadable."""

    path: Path
    documents: tuple[Document, ...] = ()
    report: CleaningReport | None = None
    error: str = ""


def find_files(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """All files under ``paths`` in a stable order, each with its name relative to the path given.

    Hidden files, files of programs (``~$…``) and folders reached through links are passed over, so
    that a loop of links ends. A file reached through a link stands under the link's path, so that it
    is gone when the link is; one that has several names stands there once, under its own if it can.

    Raises:
        PolicyQAError: a path does not exist.
    """
    found: dict[Path, tuple[Path, str]] = {}
    for path in paths:
        if not path.exists():
            raise PolicyQAError(f"找不到 {path}", "存在的文件或文件夹", "检查路径有没有写错")
        root = located(path)
        if path.is_file():
            _note(found, root, path.name)
            continue
        for folder, folders, names in os.walk(root, followlinks=False):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            for name in sorted(names):
                file = Path(folder) / name
                if not name.startswith((".", "~$")) and file.is_file():
                    _note(found, file, file.relative_to(root).as_posix())
    return list(found.values())


def located(path: Path) -> Path:
    """``path`` from the root down, without links but for the file itself when that is one."""
    return path.resolve() if path.is_dir() else path.parent.resolve() / path.name


def _note(found: dict[Path, tuple[Path, str]], file: Path, name: str) -> None:
    """Add a file by where its links lead, its own name in place of a link's."""
    target = file.resolve()
    if target not in found or file == target != found[target][0]:
        found[target] = (file, name)


def load_path(
    path: Path, limits: ReadLimits = ReadLimits(), switches: Switches = Switches()
) -> Iterator[LoadResult]:
    """Load a file, or every file of a folder; a bad file gives a result with ``error`` set."""
    for file, name in find_files([path]):
        yield load_file(file, name, limits, switches)


def load_file(
    path: Path, name: str, limits: ReadLimits = ReadLimits(), switches: Switches = Switches()
) -> LoadResult:
    """Load one file; its ``name`` under the indexed folder becomes part of the documents' ids."""
    if path.suffix.lower() in ARCHIVE_SUFFIXES:
        return _load_archive(path, name, limits, switches)
    if path.suffix.lower() not in SUPPORTED_SUFFIXES:
        kinds = "、".join(sorted(s.lstrip(".") for s in SUPPORTED_SUFFIXES))
        got = f"不支持的格式 {path.suffix or '（无扩展名）'}"
        return LoadResult(path, error=f"{got}；支持：{kinds}")
    try:
        return clean(read_file(path, limits), name, switches)
    except PolicyQAError as error:
        return LoadResult(path, error=str(error))


def _load_archive(path: Path, name: str, limits: ReadLimits, switches: Switches) -> LoadResult:
    """The documents of an archive's files: ``附件.zip/名单.docx#0``.

    What is left out is named in the warnings; the archive counts as one file.
    """
    documents: list[Document] = []
    counts: Counter[str] = Counter()
    dropped: list[Dropped] = []
    with TemporaryDirectory() as folder:
        try:
            unpacked = unpack(path, Path(folder), limits)
        except PolicyQAError as error:
            return LoadResult(path, error=str(error))
        warnings = [f"{inner}：{reason}" for inner, reason in unpacked.skipped]
        for member, inner in unpacked.files:
            result = load_file(member, f"{name}/{inner}", limits, switches)
            shown = PurePosixPath(inner).name
            documents += [replace(d, file=shown, path=str(path)) for d in result.documents]
            if result.error:
                warnings.append(f"{inner}：{result.error}")
            if result.report:
                counts.update(dict(result.report.counts))
                warnings += [f"{inner}：{warning}" for warning in result.report.warnings]
                dropped += [replace(d, file=inner) for d in result.report.dropped]
    if not documents:
        reason = warnings[0] if warnings else "里面没有文件"
        return LoadResult(path, error=f"{path.name} 里没有能读的文件（{reason}）")
    report = CleaningReport(tuple(counts.most_common()), tuple(warnings), tuple(dropped))
    return LoadResult(path, tuple(documents), report)


def clean(raw: RawDocument, name: str, switches: Switches = Switches()) -> LoadResult:
    """Clean and structure what a reader found.

    Raises:
        UnreadableFileError: nothing is left after cleaning.
    """
    tally = Tally(raw.warnings)
    cleaned = clean_lines(raw, tally, switches)
    file_lines = [line.text for line in raw.lines]
    stated = read_labels(raw)
    named = frozenset(bare(one.value) for one in values_of(stated, "title") if not one.line)
    splits = not raw.paragraphs_reliable
    texts = split_texts(cleaned.lines, cleaned.titles, splits, named)
    texts = without_head(texts, head_lines(raw.lines), file_lines)
    documents: list[Document] = []
    for part, text in enumerate(texts):
        blocks = build_blocks(text, file_lines, switches.form)
        _count_search_form(blocks, tally)
        # What a file says of its document is said of its first text.
        read = read_metadata(text, blocks, () if documents else stated)
        if documents and documents[0].metadata.doc_type == BULLETIN:
            read = inherit(read, documents[0].metadata)
        identity = (f"{name}#{part}", raw.path.name, str(raw.path), part)
        documents.append(Document(*identity, read.metadata, blocks, read.sources, read.dates))
    if not documents:
        raise UnreadableFileError(
            f"{raw.path.name} 清理后没有剩下文字", "含正文的文件", "打开原件看看内容"
        )
    return LoadResult(raw.path, tuple(documents), tally.report())


def _count_search_form(blocks: Sequence[Block], tally: Tally) -> None:
    """Count the characters that are searched as others than they are shown."""
    for block in blocks:
        if block.text != block.display:
            changed = [b for a, b in zip(block.display, block.text, strict=True) if a != b]
            marks = sum(not character.isalnum() for character in changed)
            tally.add("half-width punctuation", marks)
            tally.add("traditional characters", len(changed) - marks)
