"""Which lines of text make up a row of a table that no lines part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.readers.layout import Piece

Line = list[Piece]
Columns = tuple[tuple[float, float], ...]

#: A wrapped cell's next line lies no further below, in sizes of the type.
WRAPPED = 0.9
#: A row begins with a line that has a first cell, or so many of the cells.
_MOST_CELLS = 0.6
_DIGITS = 0.4
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)年?")


def middle(line: Line) -> float:
    """The y of a line."""
    return (line[0].top + line[0].bottom) / 2


def column_of(piece: Piece, columns: Columns) -> int:
    """The column that a piece shares most with, or lies nearest to."""

    def shared(i: int) -> float:
        left, right = columns[i]
        return min(piece.right, right) - max(piece.left, left)

    return max(range(len(columns)), key=shared)


def begins_row(line: Line, columns: Columns) -> bool:
    """Whether a row begins with a line: it has a first cell, or most of the others."""
    places = {column_of(piece, columns) for piece in line}
    return 0 in places or len(places) >= _MOST_CELLS * len(columns)


def is_value(text: str) -> bool:
    """Whether a cell holds a number, an amount, a date, a telephone number: digits for the most part."""
    bare = "".join(text.split())
    return sum(char.isdigit() for char in bare) > _DIGITS * len(bare)


def may_be_head(text: str) -> bool:
    """Whether a cell may name a column: it is no value, a year apart (「2024年预算数」)."""
    return not is_value(_YEAR.sub("", text, count=1))


def second_head(lines: Sequence[Line], columns: Columns) -> bool:
    """Whether the second line names columns that the first leaves unnamed, as under 「其中」."""
    if len(lines) < 2:
        return False
    first, second = ({column_of(p, columns) for p in line} for line in lines[:2])
    return (
        0 not in second
        and len(second) > 1
        and bool(second - first)
        and first | second == set(range(len(columns)))
        and all(may_be_head(piece.text) for line in lines[:2] for piece in line)
    )


def row_groups(lines: Sequence[Line], columns: Columns, size: float) -> list[list[Line]]:
    """The lines of each row: one that begins a row, and what wrapped cells add above and below it."""
    begins = [begins_row(line, columns) for line in lines]
    if second_head(lines, columns):
        begins[1] = True
    for i in range(1, len(lines)):
        begins[i] = begins[i] and not _is_rest(lines[i - 1], lines[i], columns, size)
    if not any(begins):
        return [[line] for line in lines]
    owner = [_owner(i, begins, lines) for i in range(len(lines))]
    return [
        [line for line, own in zip(lines, owner, strict=True) if own == i]
        for i in range(len(lines))
        if i in owner
    ]


def _is_rest(above: Line, line: Line, columns: Columns, size: float) -> bool:
    """Whether a line holds only the rest of a first cell that filled its column."""
    if len(line) > 1 or column_of(line[0], columns) or column_of(above[0], columns):
        return False
    gap = line[0].top - above[0].bottom
    return gap <= WRAPPED * size and columns[0][1] - above[0].right < size


def _owner(i: int, begins: Sequence[bool], lines: Sequence[Line]) -> int:
    """The line with which the row of a line begins: from each line to the nearer neighbour."""
    at, seen = i, {i}
    while not begins[at]:
        above = middle(lines[at]) - middle(lines[at - 1]) if at else None
        below = middle(lines[at + 1]) - middle(lines[at]) if at + 1 < len(lines) else None
        step = -1 if below is None or (above is not None and above <= below * 1.05) else 1
        at += step
        if at in seen:
            near = [j for j in range(len(lines)) if begins[j]]
            return min(near, key=lambda j: (abs(middle(lines[j]) - middle(lines[i])), j))
        seen.add(at)
    return at
