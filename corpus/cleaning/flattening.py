"""Texts whose line breaks were turned into spaces: copied from a web page, exported from a database.

Chinese writes no spaces, so one behind 「。」 was a line break. Where a whole text came on one line,
its title, headings and paragraphs can only be told apart by these spaces, which would else be taken
for stray ones. Breaks that were none («切实 做好») are mended by the rule for broken lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.cleaning.report import Tally
from corpus.headings import find_marker
from corpus.raw import LineKind, RawLine

_SPACES = re.compile(r"(?<=\S)[ \t\u00a0\u2002-\u200a\u3000]+(?=\S)")
_AFTER_SENTENCE = re.compile(r"[。！？：；][”’）)》]?[ \t\u00a0\u2002-\u200a\u3000]+(?=\S)")
_WORD = re.compile(r"[A-Za-z0-9%.,:/@—-]")
#: In the real files a sound line has one such space at most, and a flattened one three and more.
_FEWEST = 3
_SHORTEST = 80


@dataclass(frozen=True)
class Piece:
    """A line of a file or a part of one.

    Attributes:
        source: the line.
        number: its number from 1.
        text: the part's characters.
        column: offset from 0 where they begin in the line.
    """

    source: RawLine
    number: int
    text: str
    column: int = 0


def whole_lines(lines: Sequence[RawLine]) -> list[Piece]:
    """Every line as it is."""
    return [Piece(line, number, line.text) for number, line in enumerate(lines, start=1)]


def split_flattened(lines: Sequence[RawLine], tally: Tally) -> list[Piece]:
    """Every line, in parts at its spaces where it is a flattened text."""
    only = sum(bool(line.text.strip()) for line in lines) == 1
    pieces: list[Piece] = []
    for whole in whole_lines(lines):
        if not _is_flattened(whole.source, only):
            pieces.append(whole)
            continue
        parts = list(_parts(whole))
        tally.add("flattened paragraphs", len(parts) - 1)
        pieces += parts
    return pieces


def _is_flattened(line: RawLine, only: bool) -> bool:
    if line.kind is not LineKind.TEXT:
        return False
    if only and len(line.text) >= _SHORTEST:
        return True
    return len(_AFTER_SENTENCE.findall(line.text)) >= _FEWEST


def _parts(whole: Piece) -> Iterator[Piece]:
    start = 0
    text = whole.text
    for match in _SPACES.finditer(text):
        if _is_break(text, match):
            yield Piece(whole.source, whole.number, text[start : match.start()], start)
            start = match.end()
    yield Piece(whole.source, whole.number, text[start:], start)


def _is_break(text: str, spaces: re.Match[str]) -> bool:
    """Whether a space was a line break: not one beside a Latin word or number, as in 「使用 APP」."""
    if len(spaces.group().expandtabs(2)) > 1 or "\u3000" in spaces.group():
        return True
    if find_marker(text[spaces.end() : spaces.end() + 8]):
        return True
    before, behind = text[spaces.start() - 1], text[spaces.end()]
    return not (_WORD.match(before) or _WORD.match(behind))
