"""Tables without lines, or with level ones only: columns by the white between them.

A table is taken only where much speaks for one: two columns of prose, signatures side by side, names
set in columns and contents with page numbers are none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.language.documents import CLOSED
from corpus.readers.layout import Piece
from corpus.readers.tables.cells import Found, cell_text, line_text, text_lines
from corpus.readers.tables.rows import (
    WRAPPED,
    Columns,
    Line,
    begins_row,
    column_of,
    is_value,
    may_be_head,
    middle,
    row_groups,
)
from corpus.readers.tables.rules import NEAR, Rule
from corpus.structure.tables import TableCell

#: The white between two columns is at least so wide, in sizes of the type.
_GAP = 0.5
#: Rows of a table lie no further apart.
_FAR = 3.0
_FEWEST_LINES = 3
#: A line is held against so many lines above it.
_NEAR_LINES = 40
#: A table goes on from the page before in one of the first lines: a header may stand above it.
_AT_TOP = 4
#: So many of a column's cells are values; so many of all cells are written.
_VALUES, _WRITTEN = 0.7, 0.6
_LONG_CELL = 25
_LEADERS = re.compile(r"[.·…‥．]{4,}|(?:[.·…‥．] ){4,}|…{2,}")
_PAGE = re.compile(r"[-—(（]?\d{1,3}[-—)）]?")


@dataclass
class _Block:
    """Lines that may be a table."""

    lines: list[Line] = field(default_factory=list)
    #: How many lines at its top stand above the line under the head; 0 where none is drawn.
    head: int = 0
    #: y of the level lines inside it.
    ruled: tuple[float, ...] = ()
    #: How many level lines bound it and part it.
    rules: int = 0
    #: Level lines that are shorter than the table: they show which columns a head spans.
    partial: tuple[Rule, ...] = ()


def aligned_tables(
    pieces: Sequence[Piece], rules: Sequence[Rule], size: float, before: Columns = ()
) -> tuple[list[Found], list[Piece]]:
    """The tables of a page whose columns no line parts, and the pieces outside them.

    Args:
        pieces: text outside ruled tables.
        rules: lines outside ruled tables.
        size: the size of the page's type.
        before: the columns of the table that ends the page before, which may go on without a head.
    """
    lines = [_words(line, size) for line in text_lines(pieces)]
    if sum(len(line) > 1 for line in lines) < (1 if before else 2):
        return [], list(pieces)
    found: list[Found] = []
    for block in [*_ruled_blocks(lines, rules, size), *_free_blocks(lines, size, before)]:
        taken = {id(line) for line in block.lines}
        if not taken <= {id(line) for line in lines}:
            continue
        table = _table(block, size, before)
        if table is not None:
            found.append(table)
            lines = [line for line in lines if id(line) not in taken]
    if not found:
        return [], list(pieces)
    inside = [
        piece
        for piece in pieces
        if any(
            t.left - size <= (piece.left + piece.right) / 2 <= t.right + size
            and t.top <= (piece.top + piece.bottom) / 2 <= t.bottom
            for t in found
        )
    ]
    left = {id(piece) for piece in inside}
    return found, [piece for piece in pieces if id(piece) not in left]


def _words(line: Sequence[Piece], size: float) -> Line:
    """A line with pieces that only a small gap parts put together."""
    joined: Line = []
    for piece in line:
        if joined and piece.left - joined[-1].right < _GAP * size:
            last = joined[-1]
            joined[-1] = Piece(
                line_text((last, piece)),
                min(last.left, piece.left),
                min(last.top, piece.top),
                max(last.right, piece.right),
                max(last.bottom, piece.bottom),
            )
        else:
            joined.append(piece)
    return joined


# ---- where tables may be


def _ruled_blocks(lines: Sequence[Line], rules: Sequence[Rule], size: float) -> list[_Block]:
    """Text between level lines of one width, where it stands in columns: 三线表."""
    blocks: list[_Block] = []
    level = sorted((r for r in rules if r.is_level and r.length > 8 * size), key=lambda r: r.at)
    done: set[int] = set()
    for i, first in enumerate(level):
        if i in done:
            continue
        group = [
            j
            for j in range(i, len(level))
            if abs(level[j].start - first.start) <= size and abs(level[j].end - first.end) <= size
        ]
        done.update(group)
        bounds = [level[j] for j in group]
        open_block: list[tuple[Rule, Rule, list[Line]]] = []
        for above, below in pairwise(bounds):
            own = _between(lines, above, below, size)
            if own and _in_columns(own):
                open_block.append((above, below, own))
                continue
            blocks += _block_of(open_block, rules)
            open_block = []
        blocks += _block_of(open_block, rules)
    return blocks


def _between(lines: Sequence[Line], above: Rule, below: Rule, size: float) -> list[Line]:
    return [
        line
        for line in lines
        if above.at - NEAR * size < (line[0].top + line[0].bottom) / 2 < below.at + NEAR * size
        and line[0].left > above.start - size
        and line[-1].right < above.end + size
    ]


def _in_columns(lines: Sequence[Line]) -> bool:
    return sum(len(line) > 1 for line in lines) > 0.5 * len(lines) or (
        len(lines[0]) > 1 and len(lines) <= 4
    )


def _block_of(
    parts: Sequence[tuple[Rule, Rule, list[Line]]], rules: Sequence[Rule]
) -> list[_Block]:
    if not parts:
        return []
    lines = [line for _, _, own in parts for line in own]
    top, bottom = parts[0][0], parts[-1][1]
    partial = tuple(
        r for r in rules
        if r.is_level and top.at < r.at < bottom.at and r.length < 0.9 * top.length
    )  # fmt: skip
    head = len(parts[0][2]) if len(parts) > 1 else 0
    inner = tuple(below.at for _, below, _ in parts[:-1])
    return [_Block(lines, head, inner, len(parts) + 1, partial)]


def _free_blocks(lines: Sequence[Line], size: float, before: Columns) -> list[_Block]:
    """Lines below each other that stand in the same columns; one alone at the top of a page where
    it stands in those of the table ``before``."""
    blocks: list[_Block] = []
    current: list[Line] = []
    for line in lines:
        if current and _goes_on(current, line, size):
            current.append(line)
            continue
        blocks.append(_Block(current))
        current = [line] if len(line) > 1 else []
    blocks.append(_Block(current))
    top = {id(line) for line in lines[:_AT_TOP]}
    return [
        block
        for block in blocks
        if sum(len(line) > 1 for line in block.lines) >= 2
        or (
            block.lines
            and id(block.lines[0]) in top
            and _same_columns(_columns(block.lines, size), before)
        )
    ]


def _goes_on(block: Sequence[Line], line: Line, size: float) -> bool:
    gap = min(p.top for p in line) - max(p.bottom for p in block[-1])
    if gap > _FAR * size or any(_LEADERS.search(piece.text) for piece in line):
        return False
    near = block[-_NEAR_LINES:]
    columns = _columns(near, size)
    if len(line) == 1:
        # The next line of a wrapped cell, not of the first column, where a new text would begin.
        return gap <= WRAPPED * size and _fits(line[0], columns, size)
    joined = _columns([*near, line], size)
    return len(joined) >= max(2, len(columns) - 1)


def _fits(piece: Piece, columns: Columns, size: float) -> bool:
    """Whether a piece stands in one of the columns but the first, and leaves the next one free."""
    ends = [left for left, _ in columns[2:]] + [columns[-1][1] + 2 * size]
    return any(
        left - size <= piece.left and piece.right <= end - _GAP * size
        for (left, _), end in zip(columns[1:], ends, strict=True)
    )


def _columns(lines: Sequence[Line], size: float) -> Columns:
    """The strips of text between strips of white, which a few lines may cross."""
    allowed = len(lines) // 6
    steps = sorted(
        [(piece.left, 1) for line in lines for piece in line]
        + [(piece.right, -1) for line in lines for piece in line]
    )
    columns: list[list[float]] = []
    depth = 0
    for x, step in steps:
        before, depth = depth, depth + step
        if before <= allowed < depth:
            if columns and x - columns[-1][1] < _GAP * size:
                continue
            columns.append([x, x])
        if columns and before > allowed >= depth:
            columns[-1][1] = x
    return tuple((left, right) for left, right in columns)


# ---- the table of a block


def _table(block: _Block, size: float, before: Columns) -> Found | None:
    lines = block.lines
    columns = _columns(lines[block.head :] or lines, size)
    goes_on = _same_columns(columns, before)
    if not goes_on and len(lines) < (2 if block.rules else _FEWEST_LINES):
        return None
    if len(columns) < 2 or any(_LEADERS.search(p.text) for line in lines for p in line):
        return None
    rows = _rows_of(block, columns, size)
    head_rows = sum(middle(row[0]) < middle(lines[block.head]) for row in rows) if block.head else 0
    cells = [
        cell
        for number, row in enumerate(rows)
        for cell in _cells(row, number, columns, block, number < head_rows)
    ]
    cells = _with_names_below(_with_spans(cells, len(columns)), len(rows), len(columns))
    if not _is_table(block, cells, len(rows), columns, goes_on):
        return None
    pieces = [piece for line in lines for piece in line]
    return Found(
        tuple(cells),
        min(p.left for p in pieces),
        min(p.top for p in pieces),
        max(p.right for p in pieces),
        max(p.bottom for p in pieces),
        columns,
        False,
    )


def _same_columns(columns: Columns, before: Columns) -> bool:
    """Whether two tables stand in the same columns: each overlaps the other's of the same number."""
    return len(columns) == len(before) and all(
        min(one[1], other[1]) > max(one[0], other[0])
        for one, other in zip(columns, before, strict=True)
    )


def _rows_of(block: _Block, columns: Columns, size: float) -> list[list[Line]]:
    """The lines of each row: lines drawn between rows say it, else where the first column begins."""
    lines = block.lines
    if len(block.ruled) + 1 >= max(3, 0.7 * len([ln for ln in lines if begins_row(ln, columns)])):
        bands: list[list[Line]] = [[] for _ in range(len(block.ruled) + 1)]
        for line in lines:
            bands[sum(middle(line) > at for at in block.ruled)].append(line)
        return [band for band in bands if band]
    head = lines[: block.head]
    return [
        *(row_groups(head, columns, size) if head else []),
        *row_groups(lines[block.head :], columns, size),
    ]


def _cells(
    row: Sequence[Line], number: int, columns: Columns, block: _Block, is_head: bool
) -> list[TableCell]:
    own: dict[tuple[int, int], list[Piece]] = {}
    for piece in (piece for line in row for piece in line):
        own.setdefault(_span(piece, columns, block), []).append(piece)
    return [
        TableCell(number, first, cell_text(pieces, columns[last][1]), 1, last - first + 1, is_head)
        for (first, last), pieces in sorted(own.items())
    ]


def _span(piece: Piece, columns: Columns, block: _Block) -> tuple[int, int]:
    """The first and the last column that a piece stands over."""
    left, right = piece.left, piece.right
    for rule in block.partial:
        if (
            0 <= rule.at - piece.bottom < piece.height
            and rule.start <= (left + right) / 2 <= rule.end
        ):
            left, right = rule.start, rule.end
    touched = [
        i for i, (start, end) in enumerate(columns)
        if min(right, end) - max(left, start) > 0.3 * min(end - start, right - left)
    ]  # fmt: skip
    if len(touched) > 1:
        return touched[0], touched[-1]
    at = column_of(piece, columns)
    return at, at


def _with_spans(cells: Sequence[TableCell], columns: int) -> list[TableCell]:
    """Cells with the spans of a head of two rows, the second of which names parts of the first."""
    first = {cell.column: cell for cell in cells if cell.row == 0}
    second = {cell.column for cell in cells if cell.row == 1}
    covered = {c + k for c, cell in first.items() for k in range(cell.columns)}
    if (
        (not second - covered and all(cell.columns == 1 for cell in first.values()))
        or 0 in second
        or covered | second != set(range(columns))
        or not all(may_be_head(cell.text) for cell in cells if cell.row < 2)
    ):  # fmt: skip
        return list(cells)
    spanned: list[TableCell] = []
    for cell in cells:
        end = cell.column + cell.columns
        if cell.row == 0 and cell.column in second:
            while end < columns and end not in covered and end in second:
                end += 1
            spanned.append(replace(cell, columns=end - cell.column))
        elif cell.row == 1 and any(other.is_head for other in first.values()):
            spanned.append(replace(cell, is_head=True))
        elif cell.row == 0 and cell.column not in second:
            spanned.append(replace(cell, rows=2))
        else:
            spanned.append(cell)
    return spanned


def _with_names_below(cells: Sequence[TableCell], rows: int, columns: int) -> list[TableCell]:
    """Cells with the first column's names also for the full rows below them that have none."""
    names = {row: cell for cell in cells if cell.column == 0 for row in [cell.row]}
    count = Counter(cell.row for cell in cells for _ in range(cell.columns))
    spans: dict[int, int] = {}
    last = None
    for row in range(rows):
        if row in names:
            last = None if names[row].is_head or row == 0 else row
        elif last is not None and count[row] == columns - 1:
            spans[last] = row - last + 1
        else:
            last = None
    return [
        replace(cell, rows=spans[cell.row]) if cell.column == 0 and cell.row in spans else cell
        for cell in cells
    ]


# ---- is it one


def _is_table(
    block: _Block, cells: Sequence[TableCell], rows: int, columns: Columns, goes_on: bool
) -> bool:
    count = len(columns)
    written = sum(min(cell.columns, count) for cell in cells if cell.text)
    if (
        (rows < 2 and not goes_on)
        or written < _WRITTEN * 0.8 * rows * count
        or _is_prose(cells, count)
    ):
        return False
    body = [cell for cell in cells if cell.row > 0 or rows == 1]
    values = sum(_is_value_column(body, column, 1 if goes_on else 2) for column in range(count))
    first = [cell.text for cell in cells if cell.row == 0]
    has_head = len(first) > 1 and all(map(may_be_head, first))
    if block.rules > 2:
        return True
    if goes_on and values:
        return True
    if not has_head or not values or rows < _FEWEST_LINES or written < _WRITTEN * rows * count:
        return False
    if count > 2 or block.rules:
        return True
    return rows > 3 and values == 1 and not _are_page_numbers(body)


def _is_value_column(cells: Sequence[TableCell], column: int, least: int) -> bool:
    texts = [c.text for c in cells if c.column == column and any(map(str.isalnum, c.text))]
    values = sum(is_value(text) for text in texts)
    return len(texts) >= least and values >= _VALUES * len(texts)


def _is_prose(cells: Sequence[TableCell], columns: int) -> bool:
    """Whether the cells are the lines of columns of prose."""
    texts = [cell.text for cell in cells if cell.text]
    long = sum(len(text) > _LONG_CELL for text in texts)
    ended = sum(CLOSED.search(text) is not None for text in texts)
    return columns == 2 and (long > 0.6 * len(texts) or ended > 0.4 * len(texts))


def _are_page_numbers(cells: Sequence[TableCell]) -> bool:
    """Whether the last column holds page numbers, each no smaller than the one before."""
    texts = [cell.text for cell in cells if cell.column == 1]
    if not all(_PAGE.fullmatch(text) for text in texts):
        return False
    numbers = [int(re.sub(r"\D", "", text)) for text in texts]
    return numbers == sorted(numbers)
