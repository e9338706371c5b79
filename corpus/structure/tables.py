"""One model of a table for every format: cells with spans → a record a row, with its heads.

A reader says which cells there are and what its format knows about them; which rows are heads, what
is caption and unit line, and whether it is a table at all, is decided here and in ``table_heads``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.language.documents import TABLE_NOTES, UNIT_LINE
from corpus.language.quantities import TOTALS
from corpus.raw import LineKind, RawLine
from corpus.structure.headings import find_marker
from corpus.structure.table_heads import (
    LONGEST_NAME,
    Grid,
    TableCell,
    column_names,
    counts_columns,
    expanded,
    form_labels,
    head_rows,
    is_quantity,
    leading_columns,
)

__all__ = ["RowCell", "Table", "TableCell", "is_layout", "record", "row_cells", "table_lines"]

_FIGURE = re.compile(r"\d+")
#: Between the fields of a record, and between a field's head and its value.
FIELD, VALUE = "；", "："
_LONGEST_CAPTION = 80
#: A cell of more characters than this holds prose.
_LONGEST_CELL = 600
#: A frame around text, a letterhead or a signature block has no more rows than this.
_FEW_ROWS = 2
#: No document has a table of more places than this; what claims one is read as lines.
_LARGEST = 4_000_000
#: A record's field: where one begins, its head is short and holds neither sign.
_FIELD = re.compile(rf"(?:^|(?<={FIELD}))(?P<head>[^{FIELD}{VALUE}\n]{{1,{LONGEST_NAME}}}){VALUE}")
_SIGNS = str.maketrans({FIELD: " ", VALUE: " ", "\n": " "})


@dataclass(frozen=True)
class Table:
    """A table as a reader found it; a reader joins the parts of one that goes over pages.

    Attributes:
        cells: its cells, in any order; places without one are empty.
        caption: what it is called, where the format says so (``<caption>``, 题注).
        nested: whether a cell holds another table: without heads such a table lays out a page.
    """

    cells: tuple[TableCell, ...]
    caption: str = ""
    nested: bool = False


class RowCell(NamedTuple):
    """A field of a record 「县区：北山县；床位数：2100张」.

    Attributes:
        head: the names of its column, outermost first, 「·」 between them; "" without any.
        text: its value.
        start: offset of the value in the record's text.
        end: offset after it.
    """

    head: str
    text: str
    start: int
    end: int


def row_cells(record: str) -> tuple[RowCell, ...]:
    """The fields of a table row's text, in order.

    What stands in front of the first head, or all of a text without heads, is cells without a head.
    """
    found = list(_FIELD.finditer(record))
    first = found[0].start() if found else len(record) + 1
    cells: list[RowCell] = []
    at = 0
    while at < first - 1:
        end = record.find(FIELD, at, first - 1)
        end = end if end >= 0 else first - 1
        if at < end:
            cells.append(RowCell("", record[at:end], at, end))
        at = end + 1
    for match, behind in zip(found, [*found[1:], None], strict=False):
        end = behind.start() - 1 if behind else len(record)
        cells.append(RowCell(match["head"], record[match.end() : end], match.end(), end))
    return tuple(cells)


def record(fields: Sequence[tuple[str, str]]) -> str:
    """The text of a row of (head, value); empty values are left out."""
    return FIELD.join(
        f"{name}{VALUE}{value}" if (name := head.translate(_SIGNS).strip()) else value
        for head, value in fields
        if value
    )


def table_lines(table: Table) -> list[RawLine]:
    """The lines of a table: caption and unit line, then a record a row.

    A row across the table that names the rows below it is a caption of level 1 or, numbered, deeper;
    captions of the whole table have level 0. What only lays out a page (one column, a letterhead,
    prose without heads) gives its cells as lines of text, row by row.
    """
    grid = expanded(table.cells, _LARGEST)
    pages = [cell.page for cell in table.cells[:1]]
    caption = [RawLine(table.caption, pages[0], LineKind.CAPTION)] if table.caption else []
    if grid is None or is_layout(table, grid):
        ordered = sorted(table.cells, key=lambda cell: (cell.row, cell.column))
        return caption + [RawLine(cell.text, cell.page) for cell in ordered if cell.text]
    return caption + list(_lines(grid))


def is_layout(table: Table, grid: Grid) -> bool:
    """Whether a table only lays out a page."""
    widest = max((len(row.distinct) for row in grid.rows), default=0)
    if widest < 2:
        return True
    start = _opening(grid)
    if form_labels(grid, start) or head_rows(grid, start):
        return False
    has_prose = any(len(cell.text) > _LONGEST_CELL for cell in table.cells)
    few = len(grid.rows) - start <= _FEW_ROWS and not any(
        is_quantity(cell.text) for row in grid.rows[start:] for cell in row.distinct
    )
    return table.nested or has_prose or few


def _lines(grid: Grid) -> Iterator[RawLine]:
    start = _opening(grid)
    for row in grid.rows[:start]:
        for cell in row.distinct:
            yield _above(cell)
    rows = grid.rows[start:]
    if labels := form_labels(grid, start):
        for row in rows:
            yield RawLine(record(row.labelled(labels)), row.page, LineKind.TABLE_ROW)
        return
    count = head_rows(grid, start)
    names = column_names(rows[:count], grid.width)
    heads = {row.texts for row in rows[:count]}
    told: set[str] = set()
    for line in _body(grid, start + count, names, heads):
        told.update(_FIGURE.findall(line.text))
        yield line
    # A figure in the name of an empty column (「2025年」) is not lost.
    for name in names:
        if not told.issuperset(_FIGURE.findall(name)):
            yield RawLine(name, rows[0].page, LineKind.NOTE)


def _opening(grid: Grid) -> int:
    """How many rows stand above the heads: what the table is called, its unit, who filled it in."""
    at = 0
    while at < len(grid.rows) - 1 and (
        grid.rows[at].is_across or _is_caption(grid, at) or _is_unit_row(grid.rows[at].texts)
    ):
        at += 1
    return at


def _is_caption(grid: Grid, at: int) -> bool:
    """Whether a row's only text is the table's name or unit rather than an upper head."""
    row = grid.rows[at]
    if len(row.distinct) != 1:
        return False
    return bool(row.texts[0]) or UNIT_LINE.match(row.distinct[0].text) is not None


def _is_unit_row(texts: Sequence[str]) -> bool:
    """「填报单位：…」 and 「单位：万元」 side by side."""
    filled = [text for text in texts if text]
    labelled = all(VALUE in text[:12] or ":" in text[:12] for text in filled)
    return labelled and any(UNIT_LINE.match(text) for text in filled)


def _above(cell: TableCell) -> RawLine:
    is_note = cell.text.startswith(TABLE_NOTES) and not UNIT_LINE.match(cell.text)
    if is_note or len(cell.text) > _LONGEST_CAPTION:
        return RawLine(cell.text, cell.page, LineKind.NOTE if is_note else LineKind.TEXT)
    return RawLine(cell.text, cell.page, LineKind.CAPTION)


def _body(
    grid: Grid, start: int, names: Sequence[str], heads: set[tuple[str, ...]]
) -> Iterator[RawLine]:
    """The rows below the heads; heads printed again on another page are left out."""
    rows = grid.rows[start:]
    keys = leading_columns(rows)
    last = max((i for i, row in enumerate(rows) if len(row.distinct) > 1), default=-1)
    above: tuple[str, ...] = ()
    for i, row in enumerate(rows):
        if row.texts in heads:
            continue
        if counts_columns(row):
            yield RawLine(" ".join(filter(None, row.texts)), row.page, LineKind.NOTE)
            continue
        if grid.width > 1 and len(row.distinct) == 1 and (row.is_across or _names_group(row.texts)):
            above = ()
            yield _across(row.distinct[0], names_rows=i < last)
            continue
        texts = row.texts
        is_total = any(text in TOTALS for text in texts[: max(keys, 1)])
        if keys and above and not is_total:
            # 「类别」 written once for the rows below it.
            blank = next((n for n, text in enumerate(texts[:keys]) if text), keys)
            texts = (*above[:blank], *texts[blank:])
        above = texts
        yield RawLine(record(row.fields(names, texts)), row.page, LineKind.TABLE_ROW)


def _names_group(texts: Sequence[str]) -> bool:
    """「一、市级」 in the first column with nothing beside it."""
    return bool(texts[0]) and (find_marker(texts[0]) is not None or texts[0][-1] in "：:")


def _across(cell: TableCell, names_rows: bool) -> RawLine:
    """A cell across the table: a name of the rows below, or a note."""
    text = cell.text
    if text.startswith(TABLE_NOTES):
        return RawLine(text, cell.page, LineKind.NOTE)
    if not names_rows or len(text) > _LONGEST_CAPTION:
        return RawLine(text, cell.page)
    if UNIT_LINE.match(text):
        return RawLine(text, cell.page, LineKind.CAPTION)
    marker = find_marker(text)
    return RawLine(text, cell.page, LineKind.CAPTION, level=1 + (marker.depth if marker else 0))
