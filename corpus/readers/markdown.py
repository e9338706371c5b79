"""Markdown: its marks become line kinds, the rest is plain text.

A small reader of the marks that policy documents use; it is not a CommonMark renderer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from corpus.language.boilerplate import FRONT_MATTER_KEYS, FRONT_MATTER_TITLE
from corpus.language.documents import PARAGRAPH_START
from corpus.language.place_names import PLACE_KINDS
from corpus.raw import Declared, DeclaredField, LineKind, RawDocument, RawLine
from corpus.readers.captions import with_captions
from corpus.readers.encoding import decode_bytes, empty_file_error
from corpus.readers.labelled_head import declared_pairs, pairs_of, table_pairs
from corpus.readers.layout import join_pieces
from corpus.readers.limits import ReadLimits, refuse_too_long
from corpus.readers.literal_markup import decode_entities, html_table_lines, read_raised
from corpus.readers.marked_notes import note_mark, place_notes, raised
from corpus.structure.tables import Table, TableCell, table_lines

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t\u3000]+(.*?))??(?:[ \t]+#+)?[ \t]*$")
_UNSPACED_HEADING = re.compile(r" {0,3}(#{1,6})([^#\s\d].*)$")
_SETEXT = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_TABLE_SEPARATOR = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELL_EDGE = re.compile(r"(?<!\\)\|")
_HTML_TABLE = re.compile(r"\s*<table(?:\s[^<>]{0,500})?>", re.IGNORECASE)
_LONGEST_MARKUP = 5000
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
    r"(\*\*\*|\*\*|___|__)(?=[^\s*_])"
    rf"(?!([{PLACE_KINDS}])[^*\n]{{0,500}}\1[{PLACE_KINDS}])"
    r"([^\n]{0,500}?[^\s*_])\1(?!\*)"
)
_STRUCK = re.compile(
    r"~~(?=[^\s~])[^\n~]{0,500}~~|<(del|s|strike)>[^<>\n]{0,500}</\1>", re.IGNORECASE
)
#: 「[^1]」 in a text, and 「[^1]: …」 that says it; 「$^{[1]}$」, 「10^6^」 for raised type.
_NOTE_MARK, _NOTE = (
    re.compile(r"\[\^([^\]\s]{1,20})\](?!:)"),
    re.compile(r" {0,3}\[\^([^\]\s]{1,20})\]:[ \t]*"),
)
_RAISED = re.compile(r"\$\s?\^\{?([^{}$^\n]{1,12})\}?\s?\$|(?<=[^\s^])\^([^\s^]{1,8})\^")
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


def read_markdown(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read a Markdown file: a line a paragraph.

    The first ``#`` heading is the title, or the ``title:`` of the front matter where there is one;
    other headings keep their level, rows of tables become records, list items are lines of their
    own. Lines wrapped at a width are joined, without a space between Chinese characters.
    """
    decoded = decode_bytes(path, data)
    refuse_too_long(path, len(decoded.text), limits)
    front, body = _split_front_matter(_without_comments(decoded.text).split("\n"))
    titles = (found.group(1) for line in front if (found := FRONT_MATTER_TITLE.match(line)))
    parser = _MarkdownParser(next(titles, "").strip("\"'"))
    parser.feed(body)
    lines = tuple(with_captions(place_notes(parser.lines, parser.notes)))
    if not lines:
        raise empty_file_error(path)
    declared = (*_front_matter(front), *parser.declared)
    return RawDocument(path, "md", lines, True, decoded.warnings, decoded.encoding, declared)


def _raise(text: str) -> str:
    """The text with raised type and marks of notes read."""
    text = _NOTE_MARK.sub(lambda found: note_mark(found[1]), read_raised(text))

    def read(found: re.Match[str]) -> str:
        return raised(found[1] or found[2], text[max(0, found.start() - 16) : found.start()])

    return _RAISED.sub(read, text) if "^" in text else text


def strip_inline_marks(text: str) -> str:
    """Remove the marks of emphasis, links, code and inline tags from a paragraph of Markdown.

    「见**附件**[名单](a.html)」 becomes 「见附件名单」.
    """
    text = _raise(_STRUCK.sub("", decode_entities(text)))
    for pattern, kept in _INLINE:
        text = pattern.sub(kept, text)
    return text.strip()


def _without_comments(text: str) -> str:
    """Drop ``<!-- … -->``; a comment that is never closed stays, for it may be half the file."""
    # Nothing is looked for behind the last end: many comments never closed would take hours.
    end = text.rfind("-->") + 3
    return _COMMENT.sub("", text[:end]) + text[end:]


def _split_front_matter(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines of the front matter, and those after it."""
    if not lines or lines[0].rstrip() != "---":
        return [], lines
    end = next(
        (i for i in range(1, min(len(lines), 200)) if lines[i].rstrip() in ("---", "...")), 0
    )
    if not end or not any(":" in line or "：" in line for line in lines[1:end]):
        return [], lines
    return lines[1:end], lines[end + 1 :]


def _front_matter(lines: list[str]) -> Iterator[Declared]:
    """What the front matter says, by labels in Chinese or the usual keys in English."""
    for line in lines:
        key, colon, value = line.replace("：", ":", 1).partition(":")
        field = FRONT_MATTER_KEYS.get(key.strip().lower())
        if said := value.strip().strip("\"'"):
            if field:
                yield Declared(DeclaredField(field), said, "front matter", key.strip())
            elif colon and (pairs := pairs_of(f"{key}：{said}")):
                yield from declared_pairs(pairs, "front matter")


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
        # A label of a saved page's head begins a line of its own, and ends with it.
        labelled = bool(pairs_of(strip_inline_marks(line)))
        if goes_on and not PARAGRAPH_START.match(line) and not labelled:
            blocks[-1].append(line)
        else:
            blocks.append([line])
        goes_on = width >= least and not labelled and not _SENTENCE_END.search(line)
    return [join_pieces(block) for block in blocks]


def _width(text: str) -> int:
    """Width on a screen: a Chinese character counts as two."""
    return sum(1 if char < "\u2e80" else 2 for char in text)


class _MarkdownParser:
    """Collects lines; ``_pending`` holds the pieces of the paragraph being read."""

    def __init__(self, title: str) -> None:
        self.lines = [RawLine(title, kind=LineKind.TITLE)] if title else []
        self.notes: dict[str, str] = {}
        self.declared: list[Declared] = []
        self._pending: list[str] = []
        self._rows: list[list[str]] = []
        self._has_head = False
        self._note = ""
        self._in_item = False
        self._title = title
        self._has_title = bool(title)

    def feed(self, lines: list[str]) -> None:
        """Read all lines of the body."""
        fence = ""
        markup: list[str] = []
        for i, line in enumerate(lines):
            if markup or (not fence and _HTML_TABLE.match(line)):
                self._end_paragraph()
                markup.append(line)
                if "</table" in line.lower() or len(markup) > _LONGEST_MARKUP:
                    self.lines += html_table_lines("\n".join(markup))
                    markup = []
            elif fence:
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
        self.lines += html_table_lines("\n".join(markup)) if markup else []

    def _feed_line(self, line: str, following: str) -> None:
        if not line.strip():
            self._end_paragraph()
            return
        if self._is_note(line):
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
            self._end_table()
            self._add_text(line)

    def _is_note(self, line: str) -> bool:
        """Whether a line is a note at the file's end, or goes on with one."""
        if found := _NOTE.match(line):
            self._end_paragraph()
            self._note = found[1]
            self.notes[self._note] = strip_inline_marks(line[found.end() :])
        elif self._note and line.startswith(("    ", "\t")):
            more = strip_inline_marks(line)
            self.notes[self._note] = join_pieces((self.notes[self._note], more))
        else:
            self._note = ""
        return bool(self._note)

    def _is_table_row(self, line: str, following: str) -> bool:
        if "|" not in line:
            return False
        stripped = line.strip()
        return bool(
            self._rows
            or ("|" in following and _TABLE_SEPARATOR.match(following))
            or (stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1)
        )

    def _add_table_row(self, line: str) -> None:
        if not self._rows:
            self._end_paragraph()
        if _TABLE_SEPARATOR.match(line):
            self._has_head = len(self._rows) == 1
            return
        inner = line.strip().removeprefix("|").removesuffix("|")
        self._rows.append(
            [strip_inline_marks(_LINE_BREAK_TAG.sub(" ", c)) for c in _CELL_EDGE.split(inner)]
        )

    def _end_table(self) -> None:
        rows, self._rows = self._rows, []
        if pairs := table_pairs(rows):
            self.declared += declared_pairs(pairs, "header table")
        elif rows:
            cells = tuple(
                TableCell(i, j, text, is_head=self._has_head and i == 0)
                for i, row in enumerate(rows)
                for j, text in enumerate(row)
            )
            self.lines += table_lines(Table(cells))
        self._has_head = False

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
        self._end_table()
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
