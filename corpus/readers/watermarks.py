"""Watermarks printed level with the text: over it, between its lines, in a shade or far larger."""

from __future__ import annotations

import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from corpus.readers.glyphs import LIGHT
from corpus.readers.layout import Piece, usual_leading

#: A shade so much lighter than most of the page is faint; so light it is hardly to be read.
_FAINTER, _HARDLY_READ = 0.3, 0.78
_LARGE = 1.8
#: Nearer to both neighbours than this part of the usual distance of lines, it is between them.
_BETWEEN = 0.75
_COVERED = 0.15
_MOST_FAINT = 500


def split_watermarks(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The pieces of a page, before they are put in order, and those that are watermarks.

    A word of the text that is set in grey stays: it stands in a line of text.
    """
    usual = _usual_tone(pieces)
    faint = [p for p in pieces if p.tone >= max(LIGHT, usual + _FAINTER)]
    if not faint or len(faint) > _MOST_FAINT:
        return list(pieces), []
    text = [piece for piece in pieces if piece.tone < max(LIGHT, usual + _FAINTER)]
    page = _Lines(text)
    marks = {id(piece) for piece in faint if page.is_watermark(piece)}
    return (
        [piece for piece in pieces if id(piece) not in marks],
        [piece for piece in faint if id(piece) in marks],
    )


def _usual_tone(pieces: Sequence[Piece]) -> float:
    tones = [piece.tone for piece in pieces for _ in range(min(len(piece.text), 50))]
    return statistics.median(tones) if tones else 0.0


class _Lines:
    """The lines of text on a page, to compare a faint piece with."""

    def __init__(self, text: Sequence[Piece]) -> None:
        self._text = sorted(text, key=lambda piece: piece.bottom)
        self._bottoms = [piece.bottom for piece in self._text]
        self._tallest = max((piece.height for piece in text), default=0.0)
        self._leading = usual_leading([self._text])
        self._size = statistics.median(piece.size for piece in text) if text else 0.0

    def is_watermark(self, piece: Piece) -> bool:
        """Whether a faint piece is none of the text."""
        near = self._near(piece)
        if any(_in_line(piece, other) for other in near):
            return False
        if piece.tone >= _HARDLY_READ or piece.size >= _LARGE * self._size > 0:
            return True
        return any(_covers(piece, other) for other in near) or self._is_between(piece, near)

    def _near(self, piece: Piece) -> list[Piece]:
        reach = max(self._leading, piece.height)
        first = bisect_left(self._bottoms, piece.top - reach)
        last = bisect_right(self._bottoms, piece.bottom + reach + self._tallest)
        return self._text[first:last]

    def _is_between(self, piece: Piece, near: Sequence[Piece]) -> bool:
        least = _BETWEEN * self._leading
        beside = [p for p in near if p.left < piece.right and piece.left < p.right]
        above = [piece.bottom - p.bottom for p in beside if p.bottom <= piece.bottom]
        below = [p.bottom - piece.bottom for p in beside if p.bottom > piece.bottom]
        return bool(above and below) and min(above) < least and min(below) < least


def _in_line(piece: Piece, other: Piece) -> bool:
    """Whether a piece stands beside another one on its baseline, in like type."""
    small, large = sorted((piece.size, other.size))
    level = abs(piece.bottom - other.bottom) <= 0.15 * large and small >= 0.75 * large
    gap = max(piece.left - other.right, other.left - piece.right)
    return level and -0.3 * large <= gap <= 1.5 * large


def _covers(piece: Piece, other: Piece) -> bool:
    high = min(piece.bottom, other.bottom) - max(piece.top, other.top)
    wide = min(piece.right, other.right) - max(piece.left, other.left)
    return wide > 0 and high > _COVERED * min(piece.height, other.height)
