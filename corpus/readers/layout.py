"""Pieces of text with their places on a page → lines in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_MIN_COLUMN_LINES = 5
_MIN_COLUMN_FILL = 0.6
_MAX_CROSSING_SHARE = 0.25
_MIN_DOUBLED_PAIRS = 3
_CJK = re.compile("[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—]")


@dataclass(frozen=True)
class Piece:
    """Text on one baseline with its box; x grows rightwards and y grows downwards.

    Edges are in any unit that the whole page shares (points, pixels); ``confidence`` is how sure the
    recognition is, in [0, 1].
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float = 1.0

    @property
    def height(self) -> float:
        """Height of the box."""
        return self.bottom - self.top

    @property
    def width(self) -> float:
        """Width of the box."""
        return self.right - self.left


def reading_order(pieces: Sequence[Piece]) -> list[Piece]:
    """Sort the pieces of a page into lines, top to bottom, and two columns one after the other.

    Pieces on one baseline (the cells of a table row) are joined from left to right, by a space where
    there is a gap between them.
    """
    gutter = _gutter(pieces)
    if gutter is None:
        return _rows(pieces)
    ordered: list[Piece] = []
    band: list[Piece] = []
    # A line across both columns (a title) closes the band of columns above it.
    for row in sorted(pieces, key=lambda piece: piece.top):
        if row.left < gutter < row.right:
            ordered += [*_columns(band, gutter), row]
            band = []
        else:
            band.append(row)
    return ordered + _columns(band, gutter)


def _columns(band: Sequence[Piece], gutter: float) -> list[Piece]:
    left = [piece for piece in band if piece.right <= gutter]
    return _rows(left) + _rows([piece for piece in band if piece.right > gutter])


def _rows(pieces: Sequence[Piece]) -> list[Piece]:
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda item: (item.top + item.bottom) / 2):
        # Only the last few rows can be on the same baseline.
        for row in rows[-3:]:
            if _same_baseline(row[0], piece) and not _covers(row, piece):
                row.append(piece)
                break
        else:
            rows.append([piece])
    return [_joined(sorted(row, key=lambda item: item.left)) for row in rows]


def _same_baseline(one: Piece, other: Piece) -> bool:
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return overlap > 0.5 * min(one.height, other.height)


def _covers(row: Sequence[Piece], piece: Piece) -> bool:
    """Whether the piece lies on top of the row's text (a stamp), not beside it."""
    return any(
        min(piece.right, other.right) - max(piece.left, other.left)
        > 0.5 * min(piece.width, other.width)
        for other in row
    )


def _joined(row: Sequence[Piece]) -> Piece:
    text = row[0].text
    for before, piece in pairwise(row):
        gap = piece.left - before.right > 0.5 * min(before.height, piece.height)
        text += (" " if gap else "") + piece.text
    letters = sum(len(piece.text) for piece in row) or 1
    return Piece(
        text,
        row[0].left,
        min(piece.top for piece in row),
        max(piece.right for piece in row),
        max(piece.bottom for piece in row),
        sum(piece.confidence * len(piece.text) for piece in row) / letters,
    )


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """The x of the blank strip between two columns of prose, or None.

    The lines of a column fill it; the cells of a table, which must be read row by row, do not.
    """
    if len(pieces) < 2 * _MIN_COLUMN_LINES:
        return None
    left = min(piece.left for piece in pieces)
    width = max(piece.right for piece in pieces) - left
    candidates = (left + width * step / 100 for step in range(35, 66))
    crossing, gutter = min((sum(p.left < x < p.right for p in pieces), x) for x in candidates)
    if crossing > _MAX_CROSSING_SHARE * len(pieces):
        return None
    on_left = [piece for piece in pieces if piece.right <= gutter]
    on_right = [piece for piece in pieces if piece.left >= gutter]
    for side in (on_left, on_right):
        if len(side) < _MIN_COLUMN_LINES:
            return None
        span = max(piece.right for piece in side) - min(piece.left for piece in side)
        full = sum(piece.width >= 0.8 * span for piece in side)
        if span < 0.25 * width or full < _MIN_COLUMN_FILL * len(side):
            return None
    return gutter


def halve_doubled(lines: Sequence[str]) -> list[str]:
    """Halve the lines of a page in which every character stands twice (bold faked by printing twice).

    A short doubled line may be a word (高高兴兴); it is halved only where the page also holds a
    doubled line of at least three different pairs, e.g. 「通通知知如如下下」.
    """
    bare = ["".join(line.split()) for line in lines]
    doubled = [len(line) >= 4 and line[::2] == line[1::2] for line in bare]
    certain = any(
        is_doubled and len(set(filter(str.isalpha, line))) >= _MIN_DOUBLED_PAIRS
        for line, is_doubled in zip(bare, doubled, strict=True)
    )
    if not certain:
        return list(lines)
    return [
        short[::2] if is_doubled else line
        for line, short, is_doubled in zip(lines, bare, doubled, strict=True)
    ]


def join_pieces(pieces: Iterable[str]) -> str:
    """Join pieces of one paragraph in order.

    A space goes between two pieces only where neither side is Chinese, so that English words stay
    apart and 「加快」 torn into 「加」 and 「快」 becomes one word again.
    """
    joined = ""
    for piece in filter(None, map(str.strip, pieces)):
        if joined and not _CJK.match(joined[-1]) and not _CJK.match(piece[0]):
            joined += " "
        joined += piece
    return joined
