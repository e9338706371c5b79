"""Tables among the lines of pages: the parts of one that goes over pages joined, then written out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.language.documents import CONTINUED, UNIT_LINE
from corpus.raw import LineKind, RawLine
from corpus.readers.layout import Piece, join_pieces
from corpus.readers.tables.cells import TablePiece
from corpus.structure.tables import Table, TableCell, table_lines

#: Columns of two parts differ by so much of the table's width at most.
_SHIFT = 0.03
_MOST_HEAD_ROWS = 4


@dataclass(frozen=True)
class TableLine(RawLine):
    """A table among the lines of a page, until its parts on other pages are known.

    Attributes:
        piece: the table as it was found.
        last_page: the last page with a part of it, where that is not ``page``.
    """

    piece: TablePiece = field(default=TablePiece("", 0, 0, 0, 0))
    last_page: int | None = None


def page_line(piece: Piece, page: int | None) -> RawLine:
    """A piece of a page as a line; a table as one line."""
    if isinstance(piece, TablePiece):
        return TableLine(piece.text, page, LineKind.TABLE_ROW, 0, piece.confidence, piece)
    return RawLine(piece.text, page, piece.kind, confidence=piece.confidence)


def written_out(pages: Sequence[Sequence[RawLine]]) -> Iterator[RawLine]:
    """The lines of all pages, tables as their caption and rows.

    A table that begins a page goes on from one that ends the page before when both have the same
    columns.
    """
    open_table: TableLine | None = None
    for line in (line for page in pages for line in page):
        if open_table is not None and not line.text.strip():
            continue
        joined = _joined(open_table, line)
        if joined is not None:
            open_table = joined
            continue
        if open_table is not None:
            yield from _rows(open_table)
        open_table = line if isinstance(line, TableLine) else None
        if open_table is None:
            yield line
    if open_table is not None:
        yield from _rows(open_table)


def _rows(line: TableLine) -> Iterator[RawLine]:
    for row in table_lines(line.piece.table):
        page = row.page if row.page is not None else line.page
        yield replace(row, page=page, confidence=line.confidence)


def _joined(first: TableLine | None, second: RawLine) -> TableLine | None:
    """Both as one table, or None where they are two."""
    if first is None or not isinstance(second, TableLine):
        return None
    last = first.last_page or first.page
    if last is None or second.page != last + 1 or not _one_table(first.piece, second.piece):
        return None
    table = _continued(first, second)
    return replace(first, piece=replace(second.piece, table=table), last_page=second.page)


def _one_table(first: TablePiece, second: TablePiece) -> bool:
    if len(first.columns) != len(second.columns) or first.is_ruled is not second.is_ruled:
        return False
    caption = second.table.caption
    if caption and CONTINUED.sub("", caption) not in ("", CONTINUED.sub("", first.table.caption)):
        return CONTINUED.search(caption) is not None
    pairs = zip(first.columns, second.columns, strict=True)
    if not first.is_ruled:
        return all(min(a[1], b[1]) > max(a[0], b[0]) for a, b in pairs)
    reach = _SHIFT * max(first.width, second.width)
    # The second page may be set further in than the first.
    shift = second.left - first.left
    return all(
        abs(b[0] - a[0] - shift) <= reach and abs(b[1] - a[1] - shift) <= reach for a, b in pairs
    )


def _by_row(cells: Sequence[TableCell]) -> list[list[TableCell]]:
    rows: dict[int, list[TableCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return [sorted(rows[row], key=lambda cell: cell.column) for row in sorted(rows)]


def _key(row: Sequence[TableCell]) -> list[tuple[int, str]]:
    return [(cell.column, "".join(cell.text.split())) for cell in row if cell.text]


def _continued(first: TableLine, second: TableLine) -> Table:
    """The cells of both parts; a head that the second repeats once, a torn row in one piece."""
    head = [replace(c, page=c.page or first.page) for c in first.piece.table.cells]
    rows = _by_row(second.piece.table.cells)
    own_head = [_key(row) for row in _by_row(head)]
    if rows and _is_unit(rows[0]):
        rows = rows[1:]
    skip = 1 if own_head and _is_unit_key(own_head[0]) else 0
    repeated = 0
    while (
        repeated < min(_MOST_HEAD_ROWS, len(rows), len(own_head) - skip)
        and _key(rows[repeated]) == own_head[skip + repeated]
    ):
        repeated += 1
    rows = rows[repeated:]
    cells = list(head)
    end = max(cell.row + cell.rows for cell in cells)
    if rows and rows[0]:
        cells, rows = _mended(cells, rows)
    if not rows:
        return replace(first.piece.table, cells=tuple(cells))
    shift = end - rows[0][0].row
    cells += [replace(c, row=c.row + shift, page=second.page) for row in rows for c in row]
    return replace(first.piece.table, cells=tuple(cells))


def _is_unit(row: Sequence[TableCell]) -> bool:
    return _is_unit_key(_key(row))


def _is_unit_key(key: Sequence[tuple[int, str]]) -> bool:
    return len(key) == 1 and UNIT_LINE.match(key[0][1]) is not None


def _mended(
    cells: list[TableCell], rows: list[list[TableCell]]
) -> tuple[list[TableCell], list[list[TableCell]]]:
    """A row that a page's end tore, or a cell that spans rows on both pages, made whole.

    The first row of the new page then has empty cells in front. Where all the others are written it
    is a row of its own beside a cell that began on the page before.
    """
    first = rows[0]
    written = [cell for cell in first if cell.text]
    if not written or written[0].column == 0:
        return cells, rows
    start = written[0].column
    after = [cell for cell in first if cell.column >= start]
    last_row = max(cell.row + cell.rows for cell in cells) - 1
    if len(written) > 1 and len(written) == len(after):
        leading = {
            c.column: c for c in cells if c.row + c.rows - 1 == last_row and c.column < start
        }
        span = (
            max(cell.rows for cell in first if cell.column < start)
            if first[0].column < start
            else 1
        )
        kept = [replace(c, rows=c.rows + span) if c in leading.values() else c for c in cells]
        # Copies of what spans rows on both pages would be read twice: it only grows.
        rest = [
            [c for c in row if not (c.column < start and not c.text and row is first)]
            for row in rows
        ]
        return kept, [row for row in rest if row]
    torn = {cell.column: cell.text for cell in written}
    mended = [
        replace(cell, text=join_pieces((cell.text, torn.pop(cell.column))))
        if cell.row + cell.rows - 1 == last_row and cell.column in torn
        else cell
        for cell in cells
    ]
    if torn:
        return cells, rows
    return mended, rows[1:]
