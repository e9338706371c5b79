"""A table of Word → cells with their rows, columns and spans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from corpus.readers.docx.numbering import W, value_of
from corpus.readers.docx.styles import is_on
from corpus.readers.layout import join_pieces
from corpus.structure.tables import TableCell

_MOST_COLUMNS = 500
#: What stands around paragraphs, rows and cells and says nothing about them.
WRAPPERS = frozenset(f"{W}{name}" for name in ("ins", "smartTag", "customXml", "moveTo"))
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES = f"{_MC}AlternateContent"
"""The same content in several forms."""


def rows_of(table: Any) -> list[Any]:
    """The rows of a ``w:tbl`` that a reader sees: not those deleted or hidden."""
    return [row for row in unwrapped(table, "tr") if not _is_gone(row)]


def unwrapped(parent: Any, name: str) -> Iterator[Any]:
    """Children of one tag, also those inside content controls and insertions."""
    for child in parent.iterchildren():
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag == f"{W}sdt":
            if (content := child.find(f"{W}sdtContent")) is not None:
                yield from unwrapped(content, name)
        elif child.tag in WRAPPERS:
            yield from unwrapped(child, name)
        elif child.tag == ALTERNATIVES:
            yield from unwrapped(chosen(child), name)


def chosen(alternatives: Any) -> Any:
    """The form that is read: the first, which is for programs of today."""
    choice = alternatives.find(f"{_MC}Choice")
    return choice if choice is not None else next(alternatives.iterchildren(), alternatives)


def cells_of(rows: list[Any], read: Callable[[Any], list[str]]) -> list[TableCell]:
    """The cells of the rows, those merged with a neighbour added to its span.

    Args:
        rows: ``w:tr`` elements.
        read: gives the texts of a cell's paragraphs, asked for in order.
    """
    cells: list[TableCell] = []
    # Column → index in ``cells`` of the cell that spans downwards through it.
    open_cells: dict[int, int] = {}
    head_rows = 1
    for number, row in enumerate(rows):
        said = is_on(row, f"trPr/{W}tblHeader") or False
        column = _count(value_of(row, "trPr", "gridBefore"), 0)
        for cell in unwrapped(row, "tc"):
            width = max(1, _count(value_of(cell, "tcPr", "gridSpan"), 1))
            texts = read(cell)
            if _continues(cell, "hMerge") and cells and cells[-1].row == number:
                cells[-1] = _spanning(cells[-1], columns=column + width - cells[-1].column)
            elif _continues(cell, "vMerge") and column in open_cells:
                above = cells[open_cells[column]]
                cells[open_cells[column]] = _spanning(above, rows=number - above.row + 1)
            else:
                is_name = said or number < head_rows
                text = join_pieces(texts) if is_name else " ".join(filter(None, texts))
                cells.append(TableCell(number, column, text, columns=width, is_head=said))
                for at in range(column, column + width):
                    open_cells.pop(at, None)
                if cell.find(f"{W}tcPr/{W}vMerge") is not None:
                    open_cells[column] = len(cells) - 1
                    head_rows = max(head_rows, 2 if number == 0 else head_rows)
            column = min(column + width, _MOST_COLUMNS)
    return cells


def _is_gone(row: Any) -> bool:
    properties = row.find(f"{W}trPr")
    if properties is None:
        return False
    return properties.find(f"{W}del") is not None or bool(is_on(properties, "hidden"))


def _continues(cell: Any, name: str) -> bool:
    """Whether a cell goes on with a neighbour; only the first of them says 「restart」."""
    merge = cell.find(f"{W}tcPr/{W}{name}")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _spanning(cell: TableCell, rows: int = 0, columns: int = 0) -> TableCell:
    return TableCell(
        cell.row,
        cell.column,
        cell.text,
        max(cell.rows, rows),
        max(cell.columns, columns),
        cell.is_head,
        cell.page,
    )


def _count(text: str, default: int) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < 6
    return min(int(text), _MOST_COLUMNS) if is_number else default
