"""RTF files without LibreOffice: their text, with the notes and without the raised marks of notes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFileError
from corpus.raw import LineKind, RawDocument, RawLine
from corpus.readers.encoding import clean_characters, empty_file_error
from corpus.readers.limits import ReadLimits, refuse_too_long
from corpus.readers.raised import raised_text
from corpus.structure.tables import record

_MAX_BYTES = 20_000_000
_HIGH = re.compile(rb"[\x80-\xff]")
# The second byte of a Chinese character may be a letter, which some programs write as it is.
_PAIR = re.compile(r"\\'([89a-fA-F][0-9a-fA-F])(?:\\'([0-9a-fA-F]{2})|([@-\[\]-z|~])|\\([\\{}]))")
_FONT = re.compile(r"\\f(\d{1,6})\b[^;{}]{0,200}?\\fcharset(\d{1,3})(?!\d)")
_BRACE = re.compile(r"\\[\\{}]|[{}]")
_NOTE = re.compile(r"\{\s*(?:\\\*\s*)?\\footnote(?![a-z])")
#: A group of raised text without groups in it.
_RAISED = re.compile(r"\{(?P<before>[^{}]{0,200}?)\\super(?![a-z])(?P<text>[^{}]{0,100})\}")
_CONTROL = re.compile(r"\\[a-z]{1,32}-?\d{0,10} ?|\\\*")
#: A note's place in the text is kept by a character of the private use area.
_FIRST_MARK = 0xE000
_MOST_NOTES = 2000
_MARKS = re.compile(f"[{chr(_FIRST_MARK)}-{chr(_FIRST_MARK + _MOST_NOTES)}]")


def read_plain_rtf(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read the text of an RTF file, without headings; table rows become 「甲；乙」.

    Footnotes and endnotes stand as notes behind their line.
    """
    if len(data) > _MAX_BYTES:
        raise UnreadableFileError(
            f"{path.name} 有 {len(data)} 字节，没有 LibreOffice 时太大",
            f"不超过 {_MAX_BYTES} 字节的 rtf",
            "安装 LibreOffice，或用 Word 另存为 .docx",
        )
    source = _HIGH.sub(lambda byte: b"\\'%02x" % byte.group()[0], data).decode("ascii")
    if "ansicpg936" in source or "fcharset134" in source or "fcharset136" in source:
        source = _PAIR.sub(_as_hex, source)
    head, source = _font_table(source)
    source, notes = _without_notes(_without_marks(source))
    text = _converted(path, head + source)
    written = [" ".join(_converted(path, f"{head}{note}}}").split()) for note in notes]
    refuse_too_long(path, len(text) + sum(map(len, written)), limits)
    lines = tuple(line for raw in text.split("\n") for line in _lines(raw, written))
    if not lines:
        raise empty_file_error(path)
    warning = "没有安装 LibreOffice，只读出了 rtf 的文字，标题层级没有读出"
    return RawDocument(path, "rtf", lines, True, (warning,))


def _converted(path: Path, source: str) -> str:
    from striprtf import striprtf

    convert: Any = striprtf.rtf_to_text
    try:
        text = convert(source, encoding="gb18030", errors="replace")
    except (ValueError, LookupError, OverflowError, IndexError, TypeError) as error:
        raise UnreadableFileError(
            f"{path.name} 已损坏", "完好的 rtf 文件", "用 Word 或 WPS 打开，另存为 .docx"
        ) from error
    return clean_characters(_without_lone_halves(text))


def _font_table(source: str) -> tuple[str, str]:
    """The beginning of the file up to its fonts, and the rest.

    Left out is what striprtf's patterns take hours for: links, odd font tables.
    """
    # A space after a control word means nothing, but keeps 「{\\field{」 from being found.
    source = source.replace("\\field{", "\\field {")
    start = source.find("{\\fonttbl")
    if start < 0:
        return "", source.replace("\\fonttbl", "\\fonttb ")
    end = _group_end(source, start)
    fonts = dict(_FONT.findall(source[start:end]))
    table = "".join(f"{{\\f{font}\\fcharset{charset} x;}}" for font, charset in fonts.items())
    head = source[:start].replace("\\fonttbl", "\\fonttb ")
    return f"{head}{{\\fonttbl{table}}}", source[end:]


def _group_end(source: str, start: int) -> int:
    """Behind the brace that closes the group which opens at ``start``."""
    depth = 0
    for brace in _BRACE.finditer(source, start):
        if len(brace.group()) == 1:
            depth += 1 if brace.group() == "{" else -1
            if depth == 0:
                return brace.end()
    return len(source)


def _without_notes(source: str) -> tuple[str, list[str]]:
    """The text with a mark for each note, and the notes."""
    kept: list[str] = []
    notes: list[str] = []
    at = 0
    while len(notes) < _MOST_NOTES and (found := _NOTE.search(source, at)):
        end = _group_end(source, found.start())
        notes.append(source[found.end() : end - 1])
        kept += (source[at : found.start()], f"\\u{_FIRST_MARK + len(notes) - 1 - 0x10000}?")
        at = end
    return "".join((*kept, source[at:])), notes


def _without_marks(source: str) -> str:
    def kept(found: re.Match[str]) -> str:
        text = _CONTROL.sub("", found["before"] + found["text"]).strip()
        if not text or "\\" in text:
            return found.group()
        start, end = found.span()
        before = _CONTROL.sub("", source[max(0, start - 40) : start])
        after = _CONTROL.sub("", source[end : end + 40])
        made = raised_text(text, before, after)
        return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in made or "")

    return _RAISED.sub(kept, source)


def _as_hex(pair: re.Match[str]) -> str:
    second = pair.group(3) or pair.group(4)
    return f"\\'{pair.group(1)}\\'{pair.group(2) or format(ord(second), '02x')}"


def _without_lone_halves(text: str) -> str:
    """Characters past U+FFFF, which RTF writes as two halves, put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _lines(text: str, notes: list[str]) -> list[RawLine]:
    marks = [ord(mark) - _FIRST_MARK for mark in _MARKS.findall(text)] if notes else []
    text = _MARKS.sub("", text) if notes else text
    made = [_line(text)] if text.strip(" |") else []
    return made + [
        RawLine(f"注{at + 1}：{notes[at]}", kind=LineKind.NOTE)
        for at in marks
        if at < len(notes) and notes[at]
    ]


def _line(text: str) -> RawLine:
    cells = [cell.strip() for cell in text.split("|")]
    if text.endswith("|") and len(cells) > 2:
        return RawLine(record([("", cell) for cell in cells]), kind=LineKind.TABLE_ROW)
    return RawLine(text.rstrip())
