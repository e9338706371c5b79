"""RTF without LibreOffice: the text alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFileError
from corpus.raw import LineKind, RawDocument, RawLine
from corpus.readers.encoding import clean_characters, empty_file_error
from corpus.readers.limits import ReadLimits, refuse_too_long

_MAX_BYTES = 20_000_000
_HIGH = re.compile(rb"[\x80-\xff]")
# The second byte of a Chinese character may be a letter, which some programs write as it is.
_PAIR = re.compile(r"\\'([89a-fA-F][0-9a-fA-F])(?:\\'([0-9a-fA-F]{2})|([@-\[\]-z|~])|\\([\\{}]))")
_FONT = re.compile(r"\\f(\d{1,6})\b[^;{}]{0,200}?\\fcharset(\d{1,3})(?!\d)")
_BRACE = re.compile(r"[{}]")


def read_plain_rtf(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read the text of an RTF file.

    Args:
        path: the file.
        data: its bytes.
        limits: the bounds on the text.

    Returns:
        A document of format ``rtf``, without headings; table rows become 「甲 | 乙」.

    Raises:
        UnreadableFileError: the file is damaged, empty or too long.
    """
    from striprtf import striprtf

    convert: Any = striprtf.rtf_to_text

    if len(data) > _MAX_BYTES:
        raise UnreadableFileError(
            f"{path.name} 有 {len(data)} 字节，没有 LibreOffice 时太大",
            f"不超过 {_MAX_BYTES} 字节的 rtf",
            "安装 LibreOffice，或用 Word 另存为 .docx",
        )
    source = _HIGH.sub(lambda byte: b"\\'%02x" % byte.group()[0], data).decode("ascii")
    if "ansicpg936" in source or "fcharset134" in source or "fcharset136" in source:
        source = _PAIR.sub(_as_hex, source)
    try:
        text = convert(_harmless(source), encoding="gb18030", errors="replace")
    except (ValueError, LookupError, OverflowError, IndexError, TypeError) as error:
        raise UnreadableFileError(
            f"{path.name} 已损坏", "完好的 rtf 文件", "用 Word 或 WPS 打开，另存为 .docx"
        ) from error
    text = clean_characters(_without_lone_halves(text))
    refuse_too_long(path, len(text), limits)
    lines = tuple(_line(line) for line in text.split("\n") if line.strip(" |"))
    if not lines:
        raise empty_file_error(path)
    warning = "没有安装 LibreOffice，只读出了 rtf 的文字，标题层级没有读出"
    return RawDocument(path, "rtf", lines, True, (warning,))


def _harmless(source: str) -> str:
    """The same file without what striprtf's patterns take hours for: links, odd font tables."""
    # A space after a control word means nothing, but keeps 「{\\field{」 from being found.
    source = source.replace("\\field{", "\\field {")
    start = source.find("{\\fonttbl")
    if start < 0:
        return source.replace("\\fonttbl", "\\fonttb ")
    depth, end = 0, len(source)
    for brace in _BRACE.finditer(source, start):
        depth += 1 if brace.group() == "{" else -1
        if depth == 0:
            end = brace.end()
            break
    fonts = dict(_FONT.findall(source[start:end]))
    table = "".join(f"{{\\f{font}\\fcharset{charset} x;}}" for font, charset in fonts.items())
    head = source[:start].replace("\\fonttbl", "\\fonttb ")
    return f"{head}{{\\fonttbl{table}}}{source[end:]}"


def _as_hex(pair: re.Match[str]) -> str:
    second = pair.group(3) or pair.group(4)
    return f"\\'{pair.group(1)}\\'{pair.group(2) or format(ord(second), '02x')}"


def _without_lone_halves(text: str) -> str:
    """Characters past U+FFFF, which RTF writes as two halves, put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _line(text: str) -> RawLine:
    cells = [cell.strip() for cell in text.split("|")]
    if text.endswith("|") and len(cells) > 2:
        return RawLine(" | ".join(filter(None, cells)), kind=LineKind.TABLE_ROW)
    return RawLine(text.rstrip())
