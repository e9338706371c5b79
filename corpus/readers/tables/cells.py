"""The text of a cell, and a table as it was found on a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.language.characters import CLOSING, PUNCTUATION
from corpus.readers.layout import Piece, join_pieces
from corpus.structure.tables import Table, TableCell

#: A line that leaves so much more room, in sizes of the type, than what the next one begins with
#: ended on purpose. A number stays whole, and no line begins with a closing mark.
_ROOM = 0.2
_UNPARTED = re.compile(rf"(?:[A-Za-z0-9.,%/:-]+|.)[{re.escape(CLOSING + PUNCTUATION)}]*")


@dataclass(frozen=True)
class Found:
    """A table found on a page.

    Attributes:
        cells: its cells.
        left: left edge of what it covers, in the page's unit, y downwards.
        top: upper edge.
        right: right edge.
        bottom: lower edge.
        columns: left and right edge of each column.
        is_ruled: whether lines say where its columns are.
    """

    cells: tuple[TableCell, ...]
    left: float
    top: float
    right: float
    bottom: float
    columns: tuple[tuple[float, float], ...]
    is_ruled: bool


@dataclass(frozen=True)
class TablePiece(Piece):
    """A table among the pieces of a page; its text is that of all its cells.

    Attributes:
        table: its cells, with caption and unit line.
        columns: left and right edge of each column.
        is_ruled: whether lines say where its columns are.
    """

    table: Table = field(default=Table(()))
    columns: tuple[tuple[float, float], ...] = ()
    is_ruled: bool = False


def text_lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces by the baselines they stand on, from top to bottom, each from left to right."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda item: (item.top + item.bottom) / 2):
        if lines and _on_one_line(lines[-1], piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda item: item.left) for line in lines]


def _on_one_line(line: Sequence[Piece], piece: Piece) -> bool:
    first = line[0]
    overlap = min(first.bottom, piece.bottom) - max(first.top, piece.top)
    return overlap > 0.5 * min(first.height, piece.height)


def line_text(line: Sequence[Piece]) -> str:
    """The text of pieces side by side, with a space where there is room for one."""
    text = line[0].text.strip()
    for before, piece in pairwise(line):
        gap = piece.left - before.right > 0.4 * min(before.height, piece.height)
        text += (" " if gap else "") + piece.text.strip()
    return text


def cell_text(pieces: Sequence[Piece], right: float) -> str:
    """The text of a cell on one line: wrapped lines joined, those ended on purpose by a space.

    Args:
        pieces: what stands in the cell.
        right: the right edge that its lines may reach.
    """
    lines = text_lines(pieces)
    if not lines:
        return ""
    # What a line may reach is seen from the longest one: cells are padded.
    reach = max(*(line[-1].right for line in lines), right - 1.5 * lines[0][0].height)
    text = line_text(lines[0])
    for before, line in pairwise(lines):
        size = max(piece.height for piece in before)
        own = line_text(line)
        start = _UNPARTED.match(own)
        width = sum(0.5 if char.isascii() else 1.0 for char in (start.group() if start else ""))
        broken = reach - before[-1].right > (_ROOM + width) * size
        text = f"{text} {own}" if broken else join_pieces((text, own))
    return text
