"""Tables of a page through the model of tables; what only lays out a page is told apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from corpus.raw import LineKind, RawLine
from corpus.structure.tables import Table, TableCell, table_lines

if TYPE_CHECKING:
    from bs4.element import Tag

_MOST_SPANNED = 1000
_MOST_PLACES = 200_000
_LONGEST_NAME = 40
#: Tables of data one in another, beyond which only their words are read.
_DEEPEST = 8
#: A cell of more characters, or with more paragraphs, holds prose.
_LONGEST_CELL, _MOST_PARAGRAPHS = 400, 6
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: Where a table inside a cell stands in the record of its row, until it is taken out.
_INNER = re.compile("\ufdd3(\\d+)\ufdd4")
_INNER_FIELD = re.compile("(?:^|；)[^；：]*(?:：)?\ufdd3\\d+\ufdd4(?=；|$)")


@dataclass(frozen=True)
class HtmlCell:
    """A cell of a page's table.

    Attributes:
        tag: the element.
        row: its row from 0.
        column: its first column from 0.
        rows: rows it spans.
        columns: columns it spans.
        text: its words on one line, without those of tables in it.
    """

    tag: Tag
    row: int
    column: int
    rows: int
    columns: int
    text: str


def table_cells(table: Tag, text_of: Callable[[Tag], str]) -> list[HtmlCell]:
    """The cells of a table itself, each where its spans put it; hidden rows are gone before."""
    cells: list[HtmlCell] = []
    taken: set[tuple[int, int]] = set()
    for row, tr in enumerate(_rows(table)):
        column = 0
        for tag in tr.find_all(["td", "th"], recursive=False):
            while (row, column) in taken:
                column += 1
            rows, columns = _span(tag, "rowspan"), _span(tag, "colspan")
            if len(taken) + rows * columns > _MOST_PLACES:
                rows = columns = 1
            taken.update((row + i, column + j) for i in range(rows) for j in range(columns))
            cells.append(HtmlCell(tag, row, column, rows, columns, text_of(tag)))
            column += columns
    # 「rowspan=0」 and spans beyond the last row end with the table.
    last = max((cell.row for cell in cells), default=0)
    return [replace(cell, rows=min(cell.rows, last - cell.row + 1)) for cell in cells]


def _rows(table: Tag) -> Iterator[Tag]:
    """The rows of a table, not those of tables in it."""
    from bs4.element import Tag

    for child in table.children:
        if isinstance(child, Tag):
            if child.name == "tr":
                yield child
            elif child.name in ("thead", "tbody", "tfoot"):
                yield from child.find_all("tr", recursive=False)


def _span(tag: Tag, name: str) -> int:
    value = re.match(r"\s*(\d{1,5})", str(tag.get(name) or ""))
    number = int(value[1]) if value else 1
    # 「rowspan=0」 reaches to the end of the table.
    return min(number or _MOST_SPANNED, _MOST_SPANNED)


def caption_of(table: Tag, text_of: Callable[[Tag], str]) -> str:
    """What ``<caption>`` says."""
    caption = table.find("caption", recursive=False)
    return text_of(caption) if caption is not None else ""


def data_lines(
    table: Tag, cells: list[HtmlCell], text_of: Callable[[Tag], str], depth: int = 0
) -> list[RawLine]:
    """The lines of a table of data; none for one that lays out a page.

    ``depth`` is in how many tables of data it stands.
    """
    inside = [_survey(cell.tag) for cell in cells]
    if _lays_out(cells, inside):
        return []
    inner = [table for found in inside for table in found.tables]
    place = {id(table): f"\ufdd3{number}\ufdd4" for number, table in enumerate(inner)}
    described = tuple(
        TableCell(
            cell.row,
            cell.column,
            cell.text + "".join(place[id(t)] for t in found.tables),
            cell.rows,
            cell.columns,
            is_head=cell.tag.name == "th" or _in_head(cell.tag),
        )
        for cell, found in zip(cells, inside, strict=True)
    )
    lines = table_lines(Table(described, caption_of(table, text_of)))
    if not any(line.kind is LineKind.TABLE_ROW for line in lines):
        return []
    return [x for line in lines for x in _with_inner(line, inner, text_of, depth)]


def _in_head(cell: Tag) -> bool:
    row = cell.parent
    return row is not None and row.parent is not None and row.parent.name == "thead"


def _with_inner(
    line: RawLine, inner: list[Tag], text_of: Callable[[Tag], str], depth: int
) -> Iterator[RawLine]:
    """A row, and behind it the tables of its cells, each called by the row's first words."""
    found = [inner[int(number)] for number in dict.fromkeys(_INNER.findall(line.text))]
    text = _INNER.sub("", _INNER_FIELD.sub("", line.text)).strip("；") if found else line.text
    if text:
        yield replace(line, text=text)
    name = text.partition("；")[0].rpartition("：")[2]
    for table in found:
        if depth >= _DEEPEST:
            yield RawLine(" ".join(table.get_text(" ").split()))
            continue
        cells = table_cells(table, text_of)
        if name and not caption_of(table, text_of) and len(name) <= _LONGEST_NAME:
            yield RawLine(name, line.page, LineKind.CAPTION)
        own = data_lines(table, cells, text_of, depth + 1)
        yield from own or [RawLine(cell.text) for cell in cells if cell.text]


class _Inside(NamedTuple):
    """What a cell holds beside words; tables in it are not looked into."""

    tables: list[Tag]
    paragraphs: int
    has_heading: bool


def _survey(cell: Tag) -> _Inside:
    from bs4.element import Tag

    tables: list[Tag] = []
    paragraphs, has_heading = 0, False
    stack = [cell]
    while stack:
        for child in stack.pop().children:
            if not isinstance(child, Tag):
                continue
            if child.name == "table":
                tables.append(child)
                continue
            paragraphs += child.name == "p"
            has_heading = has_heading or child.name in _HEADINGS
            stack.append(child)
    return _Inside(tables, paragraphs, has_heading)


def _lays_out(cells: list[HtmlCell], inside: list[_Inside]) -> bool:
    """Whether cells hold parts of a page: prose, headings, several tables; or a frame around one."""
    for cell, found in zip(cells, inside, strict=True):
        if len(cell.text) > _LONGEST_CELL or found.paragraphs > _MOST_PARAGRAPHS:
            return True
        if found.has_heading or len(found.tables) > 1:
            return True
    if not any(found.tables for found in inside):
        return False
    filled = [cell.row for cell in cells if cell.text]
    return len(set(filled)) < 2 or max(map(filled.count, set(filled))) < 2
