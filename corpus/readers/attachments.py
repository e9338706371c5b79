"""Files inside a file: read behind its own text where there is a reader, else named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from corpus.errors import UnreadableFileError
from corpus.raw import Attached, LineKind, RawDocument, RawLine
from corpus.readers.limits import ReadLimits

_MOST_READ = 20
_LONGEST_NAME = 80


Read = Callable[[Path, ReadLimits], RawDocument]
"""Reads one file."""


def with_attachments(
    document: RawDocument, limits: ReadLimits, read: Read, suffixes: frozenset[str]
) -> RawDocument:
    """The document with what its attachments say behind its own lines.

    An attachment is read by ``read`` where its name has one of the ``suffixes``, but for attachments
    of its own. A warning names each one, and says of those not read why.
    """
    lines: list[RawLine] = []
    warnings: list[str] = []
    for file in dict.fromkeys(document.attached):
        if len(warnings) >= _MOST_READ:
            warnings.append(f"还有 {len(document.attached) - _MOST_READ} 个附件没有读入")
            break
        if not limits.attachments:
            warnings.append(f"附件“{_shown(file)}”没有读入")
            continue
        try:
            inside = _read(file, limits, read, suffixes)
        except UnreadableFileError as error:
            warnings.append(f"附件“{_shown(file)}”没有读入：{error.got}")
            continue
        lines.append(RawLine("", kind=LineKind.TEXT))
        lines.append(RawLine(f"附件：{_shown(file)}", kind=LineKind.HEADING, level=1))
        lines += [replace(line, page=None) for line in inside.lines]
        warnings.append(f"附件“{_shown(file)}”的内容接在正文后面")
    if not warnings:
        return document
    return replace(
        document,
        lines=(*document.lines, *lines),
        warnings=(*document.warnings, *warnings),
        attached=(),
    )


def _read(file: Attached, limits: ReadLimits, read: Read, suffixes: frozenset[str]) -> RawDocument:
    suffix = PurePosixPath(_shown(file)).suffix.lower()
    if suffix not in suffixes:
        got = f"不支持的格式 {suffix or '（无扩展名）'}"
        raise UnreadableFileError(got, "能读取的格式", "另存为其中一种格式")
    if not file.content:
        raise UnreadableFileError("附件缺失或已损坏", "完好的附件", "用阅读器打开检查")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"附件{suffix}"
        path.write_bytes(file.content)
        return read(path, replace(limits, attachments=False))


def _shown(file: Attached) -> str:
    """The name without folders, for people."""
    name = PurePosixPath(file.name.replace("\\", "/")).name.strip()
    return name[-_LONGEST_NAME:] or "附件"
