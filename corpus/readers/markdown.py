"""Plain text, and Markdown: its marks become line kinds, the rest is plain text.

A small reader of the marks that policy documents use; it is not a CommonMark renderer.
"""

from __future__ import annotations

import re
from pathlib import Path

from corpus.language.boilerplate import FRONT_MATTER_TITLE
from corpus.language.documents import PARAGRAPH_START
from corpus.language.place_names import PLACE_KINDS
from corpus.raw import LineKind, RawDocument, RawLine
from corpus.readers.encoding import decode_bytes, empty_file_error
from corpus.readers.layout import join_pieces
from corpus.readers.limits import ReadLimits, refuse_too_long

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t\u3000]+(.*?))??(?:[ \t]+#+)?[ \t]*$")
_UNSPACED_HEADING = re.compile(r" {0,3}(#{1,6})([^#\s\d].*)$")
_SETEXT = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_TABLE_SEPARATOR = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELL_EDGE = re.compile(r"(?<!\\)\|")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?")
_NUMBER = re.compile(r"[ \t]*\d{1,9}[.)、．][ \t]*(?=\S)")
_QUOTE = re.compile(r"(?: {0,3}>[ \t]?)+")
_REFERENCE = re.compile(r" {0,3}\[[^\]]+\]:[ \t]*\S")
_SENTENCE_END = re.compile(r"[。！？；：!?;:.…][”’」』）)*_]*\s*$")
_MIN_WRAPPED_WIDTH = 40
_IMAGE = re.compile(r"!\[([^\]\n]*)\]\([^()\n]*\)")
_LINK = re.compile(r"\[([^\[\]\n]+)\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\])")
_AUTOLINK = re.compile(r"<((?:https?|mailto|ftp):[^<>\s]+)>")
_CODE = re.compile(r"(?<!`)(`{1,3})([^`\n]{1,500})\1(?!`)")
_COMMENT = re.compile("<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]{0,20}(?:\s[^<>]*)?/?>")
_LINE_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
# Marks pair up within 500 characters, which also keeps a line of 100,000 asterisks cheap.
# The masks of anonymised documents look like emphasis (**市委…**县): where a place word follows
# both marks they are masks and stay.
_STRONG = re.compile(
    r"(\*\*\*|\*\*|___|__|~~)(?=[^\s*_])"
    rf"(?!([{PLACE_KINDS}])[^*\n]{{0,500}}\1[{PLACE_KINDS}])"
    r"([^\n]{0,500}?[^\s*_])\1(?!\*)"
)
_STAR_EMPHASIS = re.compile(
    rf"(?<![A-Za-z0-9*\\])\*(?=[^\s*])(?!([{PLACE_KINDS}])[^*\n]{{0,500}}\*[{PLACE_KINDS}])"
    r"([^\n*]{0,500}[^\s*\\])\*(?![A-Za-z0-9*])"
)
_LINE_EMPHASIS = re.compile(r"(?<![\w\\])_(?=[^\s_])([^\n_]{0,500}[^\s_])_(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
#: Marks inside a line and what stays of each, in this order; strong emphasis may be nested.
_INLINE = (
    (_IMAGE, r"\1"), (_LINK, r"\1"), (_AUTOLINK, r"\1"), (_CODE, r"\2"), (_TAG, ""),
    (_STRONG, r"\3"), (_STRONG, r"\3"), (_STAR_EMPHASIS, r"\2"), (_LINE_EMPHASIS, r"\1"),
    (_ESCAPE, r"\1"),
)  # fmt: skip


def read_text(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read a plain text file, a line for a line, with its blank lines.

    A line may be a torn piece of a sentence, so paragraphs are not reliable.
    """
    decoded = decode_bytes(path, data)
    refuse_too_long(path, len(decoded.text), limits)
    lines = tuple(RawLine(line) for line in decoded.text.removesuffix("\n").split("\n"))
    return RawDocument(path, "txt", lines, False, decoded.warnings, decoded.encoding)


def read_markdown(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read a Markdown file: a line a paragraph.

    The first ``#`` heading is the title, or the ``title:`` of the front matter where there is one;
    other headings keep their level, table rows become 「甲 | 乙」, list items are lines of their
    own. Lines wrapped at a width are joined, without a space between Chinese characters.
    """
    decoded = decode_bytes(path, data)
    refuse_too_long(path, len(decoded.text), limits)
    title, body = _split_front_matter(_without_comments(decoded.text).split("\n"))
    parser = _MarkdownParser(title)
    parser.feed(body)
    lines = tuple(parser.lines)
    if not lines:
        raise empty_file_error(path)
    return RawDocument(path, "md", lines, True, decoded.warnings, decoded.encoding)


def strip_inline_marks(text: str) -> str:
    """Remove the marks of emphasis, links, code and inline tags from a paragraph of Markdown.

    「见**附件**[名单](a.html)」 becomes 「见附件名单」.
    """
    for pattern, kept in _INLINE:
        text = pattern.sub(kept, text)
    return text.strip()


def _without_comments(text: str) -> str:
    """Drop ``<!-- … -->``; a comment that is never closed stays, for it may be half the file."""
    # Nothing is looked for behind the last end: many comments never closed would take hours.
    end = text.rfind("-->") + 3
    return _COMMENT.sub("", text[:end]) + text[end:]


def _split_front_matter(lines: list[str]) -> tuple[str, list[str]]:
    """The title named in the front matter (or ""), and the lines after it."""
    if not lines or lines[0].rstrip() != "---":
        return "", lines
    end = next(
        (i for i in range(1, min(len(lines), 200)) if lines[i].rstrip() in ("---", "...")), 0
    )
    if not end or not any(":" in line or "：" in line for line in lines[1:end]):
        return "", lines
    titles = (found.group(1) for line in lines[1:end] if (found := FRONT_MATTER_TITLE.match(line)))
    return next(titles, "").strip("\"'"), lines[end + 1 :]


def _unwrapped(lines: list[str]) -> list[str]:
    """The paragraphs that a block of lines without blank lines holds.

    Markdown takes such lines for one paragraph; writers of Chinese policy text seldom leave blank
    lines and mean a paragraph each. A line goes on in the next one only where it looks wrapped: it
    is about as long as the longest of the block and ends inside a sentence.
    """
    widths = [_width(line) for line in lines]
    least = max(_MIN_WRAPPED_WIDTH, 0.6 * max(widths, default=0))
    blocks: list[list[str]] = []
    goes_on = False
    for line, width in zip(lines, widths, strict=True):
        if goes_on and not PARAGRAPH_START.match(line):
            blocks[-1].append(line)
        else:
            blocks.append([line])
        goes_on = width >= least and not _SENTENCE_END.search(line)
    return [join_pieces(block) for block in blocks]


def _width(text: str) -> int:
    """Width on a screen: a Chinese character counts as two."""
    return sum(1 if char < "\u2e80" else 2 for char in text)


class _MarkdownParser:
    """Collects lines; ``_pending`` holds the pieces of the paragraph being read."""

    def __init__(self, title: str) -> None:
        self.lines = [RawLine(title, kind=LineKind.TITLE)] if title else []
        self._pending: list[str] = []
        self._in_item = False
        self._title = title
        self._has_title = bool(title)

    def feed(self, lines: list[str]) -> None:
        """Read all lines of the body."""
        fence = ""
        for i, line in enumerate(lines):
            if fence:
                if line.strip().startswith(fence):
                    fence = ""
                elif line.strip():
                    self.lines.append(RawLine(line.rstrip()))
            elif opened := _FENCE.match(line):
                self._end_paragraph()
                fence = opened.group(1)
            else:
                self._feed_line(line, lines[i + 1] if i + 1 < len(lines) else "")
        self._end_paragraph()

    def _feed_line(self, line: str, following: str) -> None:
        if not line.strip():
            self._end_paragraph()
            return
        line = _QUOTE.sub("", line, count=1) if line.lstrip().startswith(">") else line
        if heading := _HEADING.match(line) or _UNSPACED_HEADING.match(line):
            self._end_paragraph()
            self._add_heading(heading.group(2) or "", len(heading.group(1)))
        elif self._pending and (underline := _SETEXT.match(line)):
            text = self._pending.pop()
            self._end_paragraph()
            self._add_heading(text, 1 if underline.group(1)[0] == "=" else 2)
        elif _RULE.match(line) or _REFERENCE.match(line):
            self._end_paragraph()
        elif self._is_table_row(line, following):
            self._add_table_row(line)
        else:
            self._add_text(line)

    def _is_table_row(self, line: str, following: str) -> bool:
        if "|" not in line:
            return False
        in_table = not self._pending and self.lines and self.lines[-1].kind is LineKind.TABLE_ROW
        stripped = line.strip()
        return bool(
            in_table
            or ("|" in following and _TABLE_SEPARATOR.match(following))
            or (stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1)
        )

    def _add_table_row(self, line: str) -> None:
        self._end_paragraph()
        if _TABLE_SEPARATOR.match(line):
            return
        inner = line.strip().removeprefix("|")
        cells = [strip_inline_marks(_LINE_BREAK_TAG.sub(" ", c)) for c in _CELL_EDGE.split(inner)]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            self.lines.append(RawLine(" | ".join(cells), kind=LineKind.TABLE_ROW))

    def _add_text(self, line: str) -> None:
        bullet = _BULLET.match(line)
        if bullet or _NUMBER.match(line):
            self._end_paragraph()
            self._in_item = True
        elif self._in_item and self._pending and line.startswith(("  ", "\t")):
            self._pending[-1] = join_pieces((self._pending[-1], line))
            return
        # The bullet says nothing; a number (3. …) is part of the text.
        self._pending.append(line[bullet.end() :] if bullet else line)
        if line.endswith(("  ", "\\")):
            self._pending[-1] = self._pending[-1].removesuffix("\\")
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        lines, self._pending = self._pending, []
        self._in_item = False
        pieces = (p for paragraph in _unwrapped(lines) for p in _LINE_BREAK_TAG.split(paragraph))
        self.lines += [RawLine(text) for p in pieces if (text := strip_inline_marks(p))]

    def _add_heading(self, raw: str, level: int) -> None:
        text = strip_inline_marks(_LINE_BREAK_TAG.sub("", raw))
        if not text or text == self._title:
            return
        if level == 1 and not self._has_title:
            self._has_title = True
            self.lines.append(RawLine(text, kind=LineKind.TITLE))
        else:
            self.lines.append(RawLine(text, kind=LineKind.HEADING, level=level))
