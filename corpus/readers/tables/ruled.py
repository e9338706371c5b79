"""Ruled tables: lines that meet → a grid of cells, merged where no line parts them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.readers.layout import Piece
from corpus.readers.tables.cells import Found, cell_text, text_lines
from corpus.readers.tables.rows import Columns, Line, column_of, row_groups
from corpus.readers.tables.rules import NEAR, Rule
from corpus.structure.tables import TableCell

#: A side of a cell is drawn where so much of it is.
_DRAWN = 0.6
#: No more than this part of a table may be cells of another shape than a rectangle.
_MOST_ODD = 0.3
_FEWEST_CELLS = 3
_MOST_PLACES = 40_000
_FEWEST_ROWS = 3


#: Reads what stands in a box of the page: left, top, right and bottom edge → its text, or "".
ReadCell = Callable[[float, float, float, float], str]


@dataclass(frozen=True)
class Grid:
    """Places of a table's lines.

    Attributes:
        xs: x of the lines between columns, both edges included, from left to right.
        ys: y of the lines between rows, both edges included, from top to bottom.
        rules: the lines.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rules: tuple[Rule, ...]

    @property
    def area(self) -> float:
        """How much of the page it covers."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def box(self, region: Region) -> tuple[float, float, float, float]:
        """Left, top, right and bottom edge of places of the grid."""
        right, bottom = region.column + region.columns, region.row + region.rows
        return self.xs[region.column], self.ys[region.row], self.xs[right], self.ys[bottom]

    def holds(self, other: Grid) -> bool:
        """Whether another grid lies inside this one."""
        return (
            self.xs[0] <= other.xs[0]
            and other.xs[-1] <= self.xs[-1]
            and self.ys[0] <= other.ys[0]
            and other.ys[-1] <= self.ys[-1]
        )


@dataclass(frozen=True)
class Region:
    """Places of a grid that no line parts.

    Attributes:
        row: first row.
        column: first column.
        rows: how many rows.
        columns: how many columns.
        is_odd: whether it is only a strip of a larger shape that is no rectangle.
    """

    row: int
    column: int
    rows: int
    columns: int
    is_odd: bool = False


def ruled_tables(
    pieces: Sequence[Piece],
    rules: Sequence[Rule],
    size: float,
    read: ReadCell | None = None,
    before: Columns = (),
) -> tuple[list[Found], list[Rule], list[Piece]]:
    """The ruled tables of a page, the lines that belong to none, and the pieces outside them.

    Args:
        pieces: text, parted at upright lines.
        rules: whole lines.
        size: the size of the page's type.
        read: reads what stands in a box where no piece was found.
        before: the columns of the table that ends the page before; a single row may go on with it.
    """
    found: list[Found] = []
    used: list[Grid] = []
    taken: set[int] = set()
    grids = [grid for group in _meeting(rules, NEAR * size) if (grid := _grid(group, size))]
    for grid in sorted(grids, key=lambda item: -item.area):
        # What is drawn inside a table's cell belongs to the cell.
        if any(outer.holds(grid) for outer in used):
            continue
        inside = [i for i in _inside(pieces, grid, size) if i not in taken]
        columns = tuple(pairwise(grid.xs))
        goes_on = not used and len(columns) == len(before) and _near(columns, before, size)
        table = _table([pieces[i] for i in inside], grid, size, read, goes_on)
        if table is not None:
            found.append(table)
            used.append(grid)
            taken.update(inside)
    spent = {id(rule) for grid in used for rule in grid.rules}
    free = [rule for rule in rules if id(rule) not in spent]
    return found, free, [piece for i, piece in enumerate(pieces) if i not in taken]


def _near(columns: Columns, before: Columns, size: float) -> bool:
    return all(
        abs(one[0] - other[0]) <= size and abs(one[1] - other[1]) <= size
        for one, other in zip(columns, before, strict=True)
    )


def _inside(pieces: Sequence[Piece], grid: Grid, size: float) -> list[int]:
    reach = NEAR * size
    return [
        i
        for i, piece in enumerate(pieces)
        if grid.xs[0] - reach <= (piece.left + piece.right) / 2 <= grid.xs[-1] + reach
        and grid.ys[0] <= (piece.top + piece.bottom) / 2 <= grid.ys[-1]
    ]


def _meeting(rules: Sequence[Rule], reach: float) -> list[list[Rule]]:
    """Lines that meet each other, directly or over others."""
    level = [rule for rule in rules if rule.is_level]
    upright = [rule for rule in rules if not rule.is_level]
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, one in enumerate(level):
        for j, other in enumerate(upright, start=len(level)):
            if (
                one.start - reach <= other.at <= one.end + reach
                and other.start - reach <= one.at <= other.end + reach
            ):
                parent[root(i)] = root(j)
    groups: dict[int, list[Rule]] = {}
    for i, rule in enumerate([*level, *upright]):
        groups.setdefault(root(i), []).append(rule)
    return [group for group in groups.values() if len(group) > 2]


def _grid(rules: Sequence[Rule], size: float) -> Grid | None:
    """The grid of lines that meet; sides left open are closed where the other lines end."""
    level = [rule for rule in rules if rule.is_level]
    upright = [rule for rule in rules if not rule.is_level]
    if not level or not upright or len(level) + len(upright) < 3:
        return None
    xs = _closed([rule.at for rule in upright], level, size)
    ys = _closed([rule.at for rule in level], upright, size)
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_PLACES:
        return None
    return Grid(tuple(xs), tuple(ys), tuple(rules))


def _closed(places: Sequence[float], across: Sequence[Rule], size: float) -> list[float]:
    """Places of lines in order, near ones once, with the open ends of the lines across them."""
    closed: list[float] = []
    for place in sorted(places):
        if not closed or place - closed[-1] > NEAR * size:
            closed.append(place)
    starts, ends = sorted(r.start for r in across), sorted(r.end for r in across)
    # One line that sticks out is none of the table's.
    few = min(1, len(across) - 1)
    if starts[few] < closed[0] - size:
        closed.insert(0, starts[few])
    if ends[-1 - few] > closed[-1] + size:
        closed.append(ends[-1 - few])
    return closed


def _table(
    pieces: Sequence[Piece], grid: Grid, size: float, read: ReadCell | None, goes_on: bool
) -> Found | None:
    if len(pieces) < (1 if goes_on else _FEWEST_CELLS):
        return None
    grid = _with_rows_of_text(pieces, grid, size)
    filled: list[tuple[Region, list[Piece]]] = [(region, []) for region in _regions(grid, size)]
    owner = {
        (row, column): own
        for region, own in filled
        for row in range(region.row, region.row + region.rows)
        for column in range(region.column, region.column + region.columns)
    }
    for piece in pieces:
        row = _place(grid.ys, (piece.top + piece.bottom) / 2)
        column = _place(grid.xs, (piece.left + piece.right) / 2)
        owner[row, column].append(piece)
    if not _is_table(grid, filled, goes_on):
        return None
    cells = tuple(
        TableCell(
            region.row,
            region.column,
            cell_text(own, grid.xs[region.column + region.columns])
            if own or read is None
            else read(*grid.box(region)),
            region.rows,
            region.columns,
        )
        for region, own in filled
    )
    columns = tuple(pairwise(grid.xs))
    return Found(cells, grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1], columns, True)


def _is_table(grid: Grid, filled: Sequence[tuple[Region, list[Piece]]], goes_on: bool) -> bool:
    """Whether written cells stand side by side and below each other, and lines bound them all."""
    written = [region for region, own in filled if own]
    if goes_on and written:
        return True
    odd = 0.0
    for region in (region for region, _ in filled if region.is_odd):
        left, top, right, bottom = grid.box(region)
        odd += (right - left) * (bottom - top)
    return (
        len(written) >= _FEWEST_CELLS
        and odd <= _MOST_ODD * grid.area
        and len({region.row for region in written}) > 1
        and _has_columns(written)
    )


def _has_columns(written: Sequence[Region]) -> bool:
    """Whether some row holds two written cells side by side."""
    rows: dict[int, int] = {}
    for region in written:
        for row in range(region.row, region.row + region.rows):
            rows[row] = rows.get(row, 0) + 1
    return sum(count > 1 for count in rows.values()) >= 2 or max(rows.values()) > 2


def _place(edges: Sequence[float], at: float) -> int:
    inner = edges[1:-1]
    return sum(at >= edge for edge in inner)


def _regions(grid: Grid, size: float) -> Iterator[Region]:
    """The cells of a grid: places joined where no line parts them."""
    rows, columns = len(grid.ys) - 1, len(grid.xs) - 1
    upright, level = _drawn(grid, False, size), _drawn(grid, True, size)
    parent = list(range(rows * columns))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for row in range(rows):
        for column in range(columns):
            i = row * columns + column
            if column + 1 < columns and (column + 1, row) not in upright:
                parent[root(i)] = root(i + 1)
            if row + 1 < rows and (row + 1, column) not in level:
                parent[root(i)] = root(i + columns)
    members: dict[int, list[tuple[int, int]]] = {}
    for i in range(rows * columns):
        members.setdefault(root(i), []).append(divmod(i, columns))
    for places in members.values():
        yield from _rectangles(places)


def _rectangles(places: Sequence[tuple[int, int]]) -> Iterator[Region]:
    top, left = min(row for row, _ in places), min(column for _, column in places)
    height = max(row for row, _ in places) - top + 1
    width = max(column for _, column in places) - left + 1
    if height * width == len(places):
        yield Region(top, left, height, width)
        return
    # A line is missing somewhere: each row of the shape is a cell.
    for row in sorted({row for row, _ in places}):
        own = sorted(column for place, column in places if place == row)
        start = own[0]
        for column, following in zip(own, [*own[1:], -1], strict=True):
            if following != column + 1:
                yield Region(row, start, 1, column - start + 1, True)
                start = following


def _drawn(grid: Grid, is_level: bool, size: float) -> set[tuple[int, int]]:
    """(line, place) of every side between two places of the grid that is drawn."""
    lines, steps = (grid.ys, grid.xs) if is_level else (grid.xs, grid.ys)
    drawn: set[tuple[int, int]] = set()
    for i, at in enumerate(lines):
        own = [
            r for r in grid.rules if r.is_level is is_level and abs(r.at - at) <= NEAR * size * 1.5
        ]
        for j, (start, end) in enumerate(pairwise(steps)):
            covered = sum(max(0.0, min(r.end, end) - max(r.start, start)) for r in own)
            if covered >= _DRAWN * (end - start):
                drawn.add((i, j))
    return drawn


def _with_rows_of_text(pieces: Sequence[Piece], grid: Grid, size: float) -> Grid:
    """A grid with lines added between rows of text that only their places part.

    Some tables rule their columns and not their rows: several lines then begin with a first cell
    that does not fill its column and have most of the others.
    """
    ys = list(grid.ys)
    added: list[Rule] = []
    columns = tuple(pairwise(grid.xs))
    for top, bottom in pairwise(grid.ys):
        lines = text_lines([p for p in pieces if top <= (p.top + p.bottom) / 2 < bottom])
        if len(lines) < _FEWEST_ROWS or not _are_rows(lines, columns):
            continue
        rows = row_groups(lines, columns, size)
        for above, below in pairwise(rows):
            at = (max(p.bottom for p in above[-1]) + min(p.top for p in below[0])) / 2
            ys.append(at)
            added.append(Rule(True, at, grid.xs[0], grid.xs[-1]))
    return Grid(grid.xs, tuple(sorted(ys)), (*grid.rules, *added)) if added else grid


def _are_rows(lines: Sequence[Line], columns: Columns) -> bool:
    first = [p for line in lines for p in line if column_of(p, columns) == 0]
    whole = [
        line
        for line in lines
        if (places := {column_of(p, columns) for p in line}) and 0 in places
        and len(places) >= max(2, 0.75 * len(columns))
    ]  # fmt: skip
    full = sum(columns[0][1] - p.right < 1.5 * p.height and len(p.text) > 4 for p in first)
    return len(whole) >= max(_FEWEST_ROWS, 0.5 * len(first)) and full <= len(first) / 3
