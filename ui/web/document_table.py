"""A table of a document's page: its rows under their heads, groups across."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from corpus.document import Block, BlockKind
from corpus.structure.tables import row_cells
from retriever.hit import Span
from ui.web.markup import marked

#: How cells are joined in a row that a reader gave without heads.
CELL = " | "
#: Rows with more different heads than this are no table a person can look at.
_MOST_COLUMNS = 60

#: A column: its head, and which of those of the same head it is.
_Column = tuple[str, int]
#: Where a cell stands in the row's display.
_Cells = dict[_Column, Span]


def is_part_of_table(block: Block) -> bool:
    """Whether a block stands in a table: a row, or a name of the rows below it."""
    return block.kind is BlockKind.TABLE_ROW or (
        block.kind is BlockKind.CAPTION and block.level > 0
    )


def table_html(
    numbered: Iterable[tuple[int, Block]], spans: Mapping[int, Span], anchor: str
) -> str:
    """Rows as a table with their heads; the first highlighted words get the anchor."""
    blocks = list(numbered)
    cells = {number: _cells(block) for number, block in blocks}
    columns = _columns([cells[n] for n, b in blocks if b.kind is BlockKind.TABLE_ROW])
    first = min((n for n, _ in blocks if n in spans), default=-1)
    rows = "".join(
        _row(
            number,
            block,
            cells[number],
            columns,
            spans.get(number),
            anchor if number == first else "",
        )
        for number, block in blocks
    )
    named = any(head for head, _ in columns)
    heads = "".join(f"<th>{escape(head)}</th>" for head, _ in columns)
    head = f"<thead><tr>{heads}</tr></thead>" if named else ""
    return f'<div class="table"><table>{head}<tbody>{rows}</tbody></table></div>'


def _cells(block: Block) -> _Cells:
    found = row_cells(block.text)
    spans = [(cell.head, (cell.start, cell.end)) for cell in found]
    if len(spans) == 1 and not spans[0][0]:
        spans = []
        at = 0
        for text in block.text.split(CELL):
            spans.append(("", (at, at + len(text))))
            at += len(text) + len(CELL)
    cells: _Cells = {}
    for head, span in spans:
        n = 0
        while (head, n) in cells:
            n += 1
        cells[head, n] = span
    return cells


def _columns(rows: Sequence[_Cells]) -> list[_Column]:
    """All columns in an order that fits the rows, each of which lacks those it has nothing in."""
    columns: list[_Column] = []
    known: set[_Column] = set()
    for cells in rows:
        at = 0
        if len(known) < _MOST_COLUMNS:
            for column in cells:
                if column in known:
                    at = columns.index(column) + 1
                else:
                    columns.insert(at, column)
                    known.add(column)
                    at += 1
    return columns


def _row(
    number: int,
    block: Block,
    cells: _Cells,
    columns: Sequence[_Column],
    span: Span | None,
    anchor: str,
) -> str:
    if block.kind is not BlockKind.TABLE_ROW:
        text = marked(block.display, (span,) if span else (), anchor)
        return f'<tr id="b{number}"><th colspan="{max(len(columns), 1)}">{text}</th></tr>'
    made: list[str] = []
    for column in columns:
        at, end = cells.get(column, (0, 0))
        start, stop = (max(span[0], at), min(span[1], end)) if span else (0, 0)
        inside = ((start - at, stop - at),) if start < stop else ()
        made.append(f"<td>{marked(block.display[at:end], inside, anchor)}</td>")
        anchor = "" if inside else anchor
    others = [block.display[slice(*cells[c])] for c in cells if c not in columns]
    made += [f"<td>{escape(text)}</td>" for text in others]
    return f'<tr id="b{number}">{"".join(made)}</tr>'
