"""Markup that stands in a text as characters: 「&nbsp;」, 「<br>」, 「\\r\\n」.

Digits stay as they are: what only looks like markup (「a<b」, 「&1;」) is left alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from corpus.raw import RawLine
from corpus.readers.marked_notes import place_notes, raised
from corpus.readers.raised import subscript

_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[a-zA-Z]{2,8}[1-4]{0,2});")
# 「\r\n」 as four characters; 「\n」 not in a path, 「C:\new」.
_LINE_END = re.compile(r"\\r\\n|(?<![A-Za-z:\\])\\n(?![A-Za-z])|(?<![A-Za-z:\\])\\r(?![A-Za-z])")
_SPACE = re.compile(r"\\u(?:3000|00[aA]0)|(?<![A-Za-z:\\])\\t(?![A-Za-z])")
_TABLE = re.compile(r"<table(?:\s[^<>]{0,500})?>", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
_BREAK = re.compile(
    r"<br\s*/?>|</?(?:p|div|li|ul|ol|tr|h[1-6]|section|blockquote|table|tbody|thead|center|dl|dt|dd)"
    r"(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_CELL_END = re.compile(r"</?t[dh](?:\s[^<>]{0,500})?>", re.IGNORECASE)
_STRUCK = re.compile(r"<(del|s|strike)>[^<>]{0,500}</\1>", re.IGNORECASE)
_RAISED = re.compile(r"<(su[pb])>([^<>]{0,40})</\1>", re.IGNORECASE)
_INLINE = re.compile(
    r"</?(span|strong|b|em|i|u|font|a|sup|sub|ins|small|big|img|hr|o:p)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"</([a-zA-Z:]{1,8})\s*>")
_ALONE = frozenset(("img", "hr"))
_COMMENT = re.compile(r"<!--[^<>]{0,500}-->")


def plain_lines(text: str) -> Iterator[RawLine]:
    """The lines of a text; those of a table written as ``<table>`` are rows of it."""
    text = decode_entities(text)
    if "<" not in text:
        yield from (RawLine(line) for line in _LINE_END.sub("\n", text).split("\n"))
        return
    lines: list[RawLine] = []
    for piece, is_table in _pieces(text):
        if is_table:
            lines += html_table_lines(piece)
        else:
            lines += (RawLine(line) for line in without_tags(piece).split("\n"))
    yield from place_notes(lines, {})


def decode_entities(text: str) -> str:
    """The text with entities as the characters they stand for; 「&amp;nbsp;」 is one, too."""
    text = _SPACE.sub(" ", text) if "\\" in text else text
    for _ in range(2):
        if "&" in text:
            text = _ENTITY.sub(_character, text)
    return text


def _character(entity: re.Match[str]) -> str:
    character = html.unescape(entity[0]).replace("\xa0", " ")
    return character if character.isprintable() else " "


def without_tags(text: str) -> str:
    """The text with tags of HTML resolved: lines broken, raised type read, struck-out text gone."""
    text = _COMMENT.sub("", _STRUCK.sub("", _LINE_END.sub("\n", text)))
    text = _CELL_END.sub(" ", _BREAK.sub("\n", text))
    # 「标签 <b> 表示」 speaks of a tag, which nothing closes.
    closed = _ALONE.union(name.lower() for name in _CLOSED.findall(text))

    def drop(tag: re.Match[str]) -> str:
        return "" if tag[1].lower() in closed else tag[0]

    return _INLINE.sub(drop, read_raised(text))


def read_raised(text: str) -> str:
    """The text with ``<sup>`` and ``<sub>`` read."""
    pieces, at = [], 0
    for found in _RAISED.finditer(text):
        pieces.append(text[at : found.start()])
        before = "".join(pieces[-4:])[-16:].rpartition("\n")[2]
        is_high = found[1].lower() == "sup"
        pieces.append(raised(found[2], before) if is_high else subscript(found[2]))
        at = found.end()
    return "".join([*pieces, text[at:]]) if at else text


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and whether each is a table."""
    at = 0
    while start := _TABLE.search(text, at):
        end = _TABLE_END.search(text, start.end())
        if end is None:
            break
        yield text[at : start.start()], False
        yield text[start.start() : end.end()], True
        at = end.end()
    yield text[at:], False


def html_table_lines(markup: str) -> list[RawLine]:
    """The lines of tables written in HTML."""
    from bs4 import BeautifulSoup

    from corpus.readers.html.inline import resolve_marks
    from corpus.readers.html.lines import content_lines

    soup = BeautifulSoup(markup, "lxml")
    resolve_marks(soup)
    return content_lines(soup)
