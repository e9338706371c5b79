"""One model of a table for every format: cells with spans → a record a row, with its heads.

A reader says which cells there are and what its format knows about them; which rows are heads, what
is caption and unit line, and whether it is a table at all, is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.language.documents import TABLE_NOTES, UNIT_LINE
from corpus.raw import LineKind, RawLine

#: Between the fields of a record, and between a field's head and its value.
FIELD, VALUE = "；", "："
_LONGEST_HEAD = 40
_MOST_HEAD_ROWS = 4
_LONGEST_CAPTION = 80
#: A cell of more characters than this holds prose: the table lays out a page.
_LONGEST_CELL = 600
_QUANTITY = re.compile(r"[-+−]?[\d,，.．]+\s*[%％‰]?")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
#: A record's field: where one begins, its head is short and holds neither sign.
_FIELD = re.compile(rf"(?:^|(?<={FIELD}))(?P<head>[^{FIELD}{VALUE}\n]{{1,{_LONGEST_HEAD}}}){VALUE}")


@dataclass(frozen=True)
class TableCell:
    """A cell where it begins; rows and columns count from 0.

    Attributes:
        row: its first row.
        column: its first column.
        text: its words on one line.
        rows: how many rows it spans.
        columns: how many columns it spans.
        is_head: whether the format says that it names a row or column (``<th>``, 标题行重复).
        page: the page it stands on, from 1, or None.
    """

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    is_head: bool = False
    page: int | None = None


@dataclass(frozen=True)
class Table:
    """A table as a reader found it; a reader joins the parts of one that goes over pages.

    Attributes:
        cells: its cells, in any order; places without one are empty.
        caption: what it is called, where the format says so (``<caption>``, 题注).
        nested: whether a cell holds another table: such a table mostly lays out a page.
    """

    cells: tuple[TableCell, ...]
    caption: str = ""
    nested: bool = False


class RowCell(NamedTuple):
    """A field of a record 「县区：北山县；床位数：2100张」.

    Attributes:
        head: the names of its column, outermost first; "" without any.
        text: its value.
        start: offset of the value in the record's text.
        end: offset after it.
    """

    head: str
    text: str
    start: int
    end: int


def row_cells(record: str) -> tuple[RowCell, ...]:
    """The fields of a table row's text, in order; of a text without heads one field."""
    found = list(_FIELD.finditer(record))
    if not found:
        return (RowCell("", record, 0, len(record)),)
    ends = [*(match.start() - 1 for match in found[1:]), len(record)]
    cells = [
        RowCell(match["head"], record[match.end() : end], match.end(), end)
        for match, end in zip(found, ends, strict=True)
    ]
    if found[0].start() > 0:
        before = found[0].start() - 1
        cells.insert(0, RowCell("", record[:before], 0, before))
    return tuple(cells)


def record(fields: Sequence[tuple[str, str]]) -> str:
    """The text of a row of (head, value): empty values left out, one under two heads named once."""
    parts: list[str] = []
    last = ""
    for head, value in fields:
        if value and not (parts and value == last and not head):
            parts.append(f"{head}{VALUE}{value}" if head and head != value else value)
        last = value
    return FIELD.join(parts)


def table_lines(table: Table) -> list[RawLine]:
    """The lines of a table: caption and unit line, then a record a row.

    What only lays out a page (one column, prose in its cells, a table in a cell) gives its cells as
    lines of text, row by row.
    """
    grid, pages, heads = _expanded(table.cells)
    if not grid:
        return []
    caption = [RawLine(table.caption, pages[0], LineKind.CAPTION)] if table.caption else []
    if is_layout(table, grid):
        return caption + [
            RawLine(cell.text, cell.page)
            for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column))
            if cell.text
        ]
    return caption + list(_lines(grid, pages, heads))


def is_layout(table: Table, grid: Sequence[Sequence[str]]) -> bool:
    """Whether a table only lays out a page."""
    widest = max(len({*filter(None, row)}) for row in grid)
    return table.nested or widest < 2 or any(len(c.text) > _LONGEST_CELL for c in table.cells)


def _expanded(
    cells: Sequence[TableCell],
) -> tuple[list[list[str]], list[int | None], list[bool]]:
    """Rows of texts with spans filled, the page of each, and whether the format calls it a head."""
    filled: dict[tuple[int, int], TableCell] = {}
    for cell in cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                filled.setdefault((row, column), cell)
    numbers = sorted({row for (row, _), cell in filled.items() if cell.text})
    columns = sorted({column for (_, column), cell in filled.items() if cell.text})
    grid, pages, heads = [], [], []
    for row in numbers:
        own = [filled.get((row, column)) for column in columns]
        grid.append([cell.text if cell else "" for cell in own])
        pages.append(next((cell.page for cell in own if cell), None))
        heads.append(all(cell.is_head for cell in own if cell and cell.text))
    return grid, pages, heads


def _lines(
    grid: Sequence[Sequence[str]], pages: Sequence[int | None], heads: Sequence[bool]
) -> Iterator[RawLine]:
    at = 0
    while at < len(grid) and _spans_all(grid[at]):
        yield _across(grid[at], pages[at])
        at += 1
    end = at + _head_rows(grid[at:], heads[at:])
    names = _joined([grid[row] for row in range(at, end)])
    repeated = {tuple(row) for row in grid[at:end]}
    for row, page in zip(grid[end:], pages[end:], strict=True):
        if tuple(row) in repeated:
            continue
        if _spans_all(row) and len(row) > 1:
            yield _across(row, page)
        else:
            fields = [*zip(names or [""] * len(row), row, strict=True)]
            yield RawLine(record(fields), page, LineKind.TABLE_ROW)


def _spans_all(row: Sequence[str]) -> bool:
    return len(set(row)) == 1


def _across(row: Sequence[str], page: int | None) -> RawLine:
    """A cell across the table: its caption, its unit, a name of the rows below, or a note."""
    text = row[0]
    if text.startswith(TABLE_NOTES) and not UNIT_LINE.match(text):
        return RawLine(text, page, LineKind.NOTE)
    return RawLine(text, page, LineKind.CAPTION if len(text) <= _LONGEST_CAPTION else LineKind.TEXT)


def _head_rows(grid: Sequence[Sequence[str]], heads: Sequence[bool]) -> int:
    """How many rows name the columns: those the format says, else those that look like names."""
    said = next((i for i, is_head in enumerate(heads) if not is_head), len(heads))
    if said:
        return min(said, _MOST_HEAD_ROWS) if said < len(grid) else 0
    if len(grid) < 2 or not _names_columns(grid[0]):
        return 0
    count = 1
    # Two columns under one name are told apart by the row below.
    while (
        count < min(len(grid) - 1, _MOST_HEAD_ROWS)
        and len({*_joined(grid[:count])}) < len(grid[0])
        and _names_columns(grid[count])
    ):
        count += 1
    return count


def _names_columns(row: Sequence[str]) -> bool:
    texts = [text for text in row if text]
    return (
        len(set(texts)) > 1
        and all(len(text) <= _LONGEST_HEAD for text in texts)
        and not any(_QUANTITY.fullmatch(text) and not _YEAR.fullmatch(text) for text in texts)
    )


def _joined(rows: Sequence[Sequence[str]]) -> list[str]:
    """The names of each column from the outermost, each named once."""
    columns = zip(*rows, strict=True)
    return [" ".join(dict.fromkeys(filter(None, names))) for names in columns]
