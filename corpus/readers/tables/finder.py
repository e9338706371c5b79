"""The tables of a page: found, with caption and unit line, and put back at their place in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.language.documents import TABLE_CAPTION, UNIT_LINE
from corpus.readers.layout import Piece
from corpus.readers.tables.aligned import aligned_tables
from corpus.readers.tables.cells import Found, TablePiece, text_lines
from corpus.readers.tables.rows import Columns
from corpus.readers.tables.ruled import ReadCell, ruled_tables
from corpus.readers.tables.rules import Rule, type_size, whole_rules
from corpus.structure.tables import Table, TableCell

#: Caption and unit line stand so near above their table, in sizes of the type.
_NEAR = 2.5
_MOST_ABOVE = 3
_SPACES = re.compile(r"\s+")


def take_tables(
    pieces: Sequence[Piece],
    rules: Sequence[Rule],
    before: TablePiece | None = None,
    read: ReadCell | None = None,
) -> tuple[list[TablePiece], list[Piece]]:
    """The tables of a page, and the pieces of text outside them in the order given.

    Args:
        pieces: the text of the page, parted at wide gaps and at upright lines.
        rules: lines as they are drawn, in the unit of the pieces.
        before: the table at the end of the page before, which may go on here without a head.
        read: reads what stands in a box (left, top, right, bottom) where no piece was found.
    """
    size = type_size(pieces)
    ruled: Columns = before.columns if before and before.is_ruled else ()
    free_standing: Columns = before.columns if before and not before.is_ruled else ()
    found, free, rest = ruled_tables(pieces, whole_rules(rules, size), size, read, ruled)
    aligned, rest = aligned_tables(rest, free, size, free_standing)
    tables = []
    for table in sorted([*found, *aligned], key=lambda item: (item.top, item.left)):
        piece, rest = _named(table, rest, size)
        tables.append(piece)
    return tables, rest


@dataclass
class TableFinder:
    """Finds the tables of a file's pages one after the other.

    Attributes:
        last: the last table of the page before.
    """

    last: TablePiece | None = None

    def take(
        self, pieces: Sequence[Piece], rules: Sequence[Rule]
    ) -> tuple[list[TablePiece], list[Piece]]:
        """The tables of the next page, and the pieces of text outside them."""
        tables, rest = take_tables(pieces, rules, self.last)
        self.last = tables[-1] if tables else None
        return tables, rest


def with_tables(lines: Sequence[Piece], tables: Sequence[TablePiece]) -> list[Piece]:
    """The lines of a page in reading order with its tables at their places among them."""
    placed = list(lines)
    for table in tables:
        placed.insert(_place(placed, table), table)
    return placed


def _place(lines: Sequence[Piece], table: TablePiece) -> int:
    """Before the first line below it that stands in its column, else behind the last above it."""
    last = 0
    for i, line in enumerate(lines):
        beside = min(line.right, table.right) <= max(line.left, table.left)
        if beside and not isinstance(line, TablePiece):
            continue
        if (line.top + line.bottom) / 2 > table.top and line.top >= table.top:
            return i
        last = i + 1
    return last if last else len(lines)


def _named(table: Found, pieces: Sequence[Piece], size: float) -> tuple[TablePiece, list[Piece]]:
    """A table with the caption and the unit line above it, and the pieces without these."""
    above = [
        piece
        for piece in pieces
        if piece.bottom <= table.top + 0.5 * size
        and min(piece.right, table.right) > max(piece.left, table.left)
    ]
    caption, unit = "", ""
    used: set[int] = set()
    edge = table.top
    for line in list(reversed(text_lines(above)))[:_MOST_ABOVE]:
        if edge - max(piece.bottom for piece in line) > _NEAR * size:
            break
        named = [piece for piece in line if _is_unit(piece) or _is_caption(piece)]
        if not named:
            break
        for piece in named:
            used.add(id(piece))
            if _is_unit(piece):
                unit = unit or piece.text.strip()
            else:
                caption = caption or _caption(piece)
        edge = min(piece.top for piece in line)
        if caption:
            break
    cells = table.cells
    if unit:
        width = max(cell.column + cell.columns for cell in cells)
        cells = (
            TableCell(0, 0, unit, 1, width),
            *(replace(cell, row=cell.row + 1) for cell in cells),
        )
    texts = (caption, *(cell.text for cell in cells))
    piece = TablePiece(
        " ".join(filter(None, texts)),
        table.left,
        table.top,
        table.right,
        table.bottom,
        size=size,
        table=Table(cells, caption),
        columns=table.columns,
        is_ruled=table.is_ruled,
    )
    return piece, [piece for piece in pieces if id(piece) not in used]


def _is_unit(piece: Piece) -> bool:
    return UNIT_LINE.match(piece.text.strip()) is not None


def _caption(piece: Piece) -> str:
    """A caption; recognition loses the space in 「表1 2024年…」."""
    found = TABLE_CAPTION.fullmatch(piece.text.strip())
    if found and found["name"] and found["name"][-1].isdigit() and found["rest"][:1].isdigit():
        return f"{found['name']} {found['rest']}"
    return piece.text.strip()


def _is_caption(piece: Piece) -> bool:
    return TABLE_CAPTION.fullmatch(piece.text.strip()) is not None
