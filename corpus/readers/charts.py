"""Charts and diagrams inside an office file: the numbers a chart was drawn from, the words of a diagram."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.raw import LineKind, RawLine
from corpus.readers.encoding import clean_characters
from corpus.structure.tables import Table, TableCell, table_lines

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
"""The namespace of drawings."""
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_MOST_POINTS = 2_000
_MOST_SERIES = 60


def chart_lines(root: Any) -> list[RawLine]:
    """A chart as a table: a row a category, a column a series; without saved numbers its title."""
    title = drawn_text(root.find(f"{_C}chart/{_C}title"))
    series = list(root.iter(f"{_C}ser"))[:_MOST_SERIES]
    names: dict[int, str] = {}
    cells = [TableCell(0, 0, "")]
    for column, one in enumerate(series, start=1):
        name = drawn_text(one.find(f"{_C}tx")) or "".join(_points(one.find(f"{_C}tx")).values())
        cells.append(TableCell(0, column, name, is_head=True))
        names |= _points(one.find(f"{_C}cat"))
        values = _points(one.find(f"{_C}val"))
        cells += [TableCell(at + 1, column, value) for at, value in values.items()]
    cells += [TableCell(at + 1, 0, name) for at, name in names.items()]
    if names and len(cells) > len(names) + 1 + len(series):
        return table_lines(Table(tuple(cells), title))
    return [RawLine(title, kind=LineKind.CAPTION)] if title else []


def _points(parent: Any) -> dict[int, str]:
    """Number from 0 → text of the points that were saved with the chart."""
    found: dict[int, str] = {}
    for point in parent.iter(f"{_C}pt") if parent is not None else ():
        number = point.get("idx") or ""
        if number.isdigit() and len(number) < 6 and len(found) < _MOST_POINTS:
            found[int(number)] = clean_characters(point.findtext(f"{_C}v") or "").strip()
    return found


def diagram_lines(root: Any) -> Iterator[RawLine]:
    """The words of a diagram (SmartArt), a line a box, in the order in which they were typed."""
    for point in root.iter(f"{_DIAGRAM}pt"):
        text = drawn_text(point.find(f"{_DIAGRAM}t"))
        if text:
            yield RawLine(text)


def drawn_text(element: Any) -> str:
    """The words of a drawing's text on one line."""
    if element is None:
        return ""
    paragraphs = ("".join(t.text or "" for t in p.iter(f"{A}t")) for p in element.iter(f"{A}p"))
    return clean_characters(" ".join(text.strip() for text in paragraphs if text.strip())).strip()
