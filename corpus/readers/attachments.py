"""Files inside a file: read behind its own text where there is a reader, else named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from corpus.errors import UnreadableFileError
from corpus.raw import LineKind, RawDocument, RawLine
from corpus.readers.limits import ReadLimits

_MOST_READ = 20
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Attached:
    """A file inside another one: its name, and its bytes (none where they cannot be had)."""

    name: str
    content: bytes

    @property
    def shown(self) -> str:
        """The name without folders, for people."""
        name = PurePosixPath(self.name.replace("\\", "/")).name.strip()
        return name[-_LONGEST_NAME:] or "附件"


def with_attachments(
    document: RawDocument, attached: Sequence[Attached], limits: ReadLimits
) -> RawDocument:
    """The document with what its attachments say behind its own lines.

    An attachment is read where its name's end and its content are of a format that is read, but for
    attachments of its own. A warning names each one, and says of those not read why.
    """
    lines: list[RawLine] = []
    warnings: list[str] = []
    for file in dict.fromkeys(attached):
        if len(warnings) >= _MOST_READ:
            warnings.append(f"还有 {len(attached) - _MOST_READ} 个附件没有读入")
            break
        if not limits.attachments:
            warnings.append(f"附件“{file.shown}”没有读入")
            continue
        try:
            read = _read(file, limits)
        except UnreadableFileError as error:
            warnings.append(f"附件“{file.shown}”没有读入：{error.got}")
            continue
        lines.append(RawLine("", kind=LineKind.TEXT))
        lines.append(RawLine(f"附件：{file.shown}", kind=LineKind.HEADING, level=1))
        lines += [replace(line, page=None) for line in read.lines]
        warnings.append(f"附件“{file.shown}”的内容接在正文后面")
    if not warnings:
        return document
    return replace(
        document, lines=(*document.lines, *lines), warnings=(*document.warnings, *warnings)
    )


def _read(file: Attached, limits: ReadLimits) -> RawDocument:
    # The registry names this module's readers, so it cannot be imported above.
    from corpus.readers.registry import SUPPORTED_SUFFIXES, read_file

    suffix = PurePosixPath(file.shown).suffix.lower()
    if suffix not in SUPPORTED_SUFFIXES:
        raise UnreadableFileError(
            f"不支持的格式 {suffix or '（无扩展名）'}", "能读取的格式", "另存"
        )
    if not file.content:
        raise UnreadableFileError("附件缺失或已损坏", "完好的附件", "用阅读器打开检查")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"attached{suffix}"
        path.write_bytes(file.content)
        return read_file(path, replace(limits, attachments=False))
