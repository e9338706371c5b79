"""Tables laid out once and drawn as PDF (reportlab), OFD or picture (Pillow), for tests.

Places are in points from the upper left corner of an A4 page.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from corpus.raw import LineKind, RawDocument
from corpus.structure.tables import row_cells
from tests.corpus.readers.ofd_writer import make_ofd, page_xml, text_object

WIDTH, HEIGHT = 595.0, 842.0
TOP, BOTTOM, LEFT = 72.0, 770.0, 60.0
PAD = 4.0
FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


@dataclass(frozen=True)
class Cell:
    """A cell's paragraphs (parted by line feeds) and how many rows and columns it spans."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass
class Sheet:
    """What stands on one page."""

    texts: list[tuple[float, float, float, str]] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 10.5) -> None:
        """A line of text; y is its baseline."""
        self.texts.append((x, y, size, text))


@dataclass(frozen=True)
class Style:
    """How a table is drawn: ``grid``, ``open`` (no outer sides), ``three`` level lines, ``level``
    lines only between rows, ``columns`` (upright lines only below the head) or ``none``."""

    name: str = "grid"
    size: float = 10.5
    leading: float = 1.35
    centred: bool = False
    pad_y: float = 3.0


def width_of(text: str, size: float) -> float:
    return sum(size if unicodedata.east_asian_width(c) in "WFA" else size / 2 for c in text)


def wrapped(text: str, width: float, size: float) -> list[str]:
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for char in paragraph:
            if line and width_of(line + char, size) > width:
                lines.append(line)
                line = ""
            line += char
        lines.append(line)
    return lines


def place(rows: Sequence[Sequence[Cell]], columns: int) -> list[tuple[int, int, Cell]]:
    """(row, column, cell) of each cell, spans kept free."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for i, row in enumerate(rows):
        j = 0
        for cell in row:
            while (i, j) in taken:
                j += 1
            placed.append((i, j, cell))
            taken |= {(i + a, j + b) for a in range(cell.rows) for b in range(cell.columns)}
        assert all((i, k) in taken for k in range(columns)), (i, row)
    return placed


def draw(
    sheets: list[Sheet],
    rows: Sequence[Sequence[Cell | str]],
    widths: Sequence[float],
    style: Style = Style(),
    heads: int = 1,
    *,
    y: float = TOP,
    repeat: bool = False,
) -> float:
    """Draw a table from ``y`` on the last sheet on, over pages where it is long; returns the end."""
    full = [[c if isinstance(c, Cell) else Cell(c) for c in row] for row in rows]
    placed = place(full, len(widths))
    xs = [LEFT]
    for width in widths:
        xs.append(xs[-1] + width)
    heights = [style.size * style.leading + 2 * style.pad_y] * len(full)
    for i, j, cell in placed:
        lines = wrapped(cell.text, xs[j + cell.columns] - xs[j] - 2 * PAD, style.size)
        need = len(lines) * style.size * style.leading + 2 * style.pad_y
        if cell.rows == 1:
            heights[i] = max(heights[i], need)
    start = 0
    while start < len(full):
        end, bottom = start, y
        shown = list(range(heads)) if repeat and start else []
        bottom += sum(heights[i] for i in shown)
        while end < len(full) and (bottom + heights[end] <= BOTTOM or end == start):
            bottom += heights[end]
            end += 1
        _part(
            sheets[-1],
            [*shown, *range(start, end)],
            placed,
            xs=xs,
            heights=heights,
            style=style,
            heads=heads,
            y=y,
        )
        y = bottom
        start = end
        if start < len(full):
            sheets.append(Sheet())
            y = TOP
    return y


def _part(sheet, numbers, placed, *, xs, heights, style, heads, y) -> None:
    tops: dict[int, float] = {}
    at = y
    for number in numbers:
        tops[number] = at
        at += heights[number]
    for i, j, cell in placed:
        own = [number for number in range(i, i + cell.rows) if number in tops]
        if not own:
            continue
        top = tops[own[0]]
        height = sum(heights[number] for number in own)
        left, right = xs[j], xs[j + cell.columns]
        lines = wrapped(cell.text, right - left - 2 * PAD, style.size)
        step = style.size * style.leading
        first = top + style.pad_y
        if style.centred:
            first = top + (height - len(lines) * step) / 2
        for number, line in enumerate(lines if i in own else []):
            x = left + PAD
            if style.centred and cell.rows + cell.columns > 2:
                x = (left + right - width_of(line, style.size)) / 2
            sheet.text(x, first + number * step + style.size * 0.9, line, style.size)
        _sides(
            sheet,
            (left, top, right, top + height),
            cell,
            column=j,
            columns=len(xs) - 1,
            style=style,
            is_head=i < heads,
        )
    left, right = xs[0], xs[-1]
    if style.name in ("three", "level", "columns"):
        body = [number for number in numbers if number >= heads]
        places = {y, at} | ({tops[body[0]]} if body else set())
        if style.name == "level":
            places |= set(tops.values())
        sheet.lines += [(left, place, right, place) for place in sorted(places)]


def _sides(sheet, box, cell, *, column, columns, style, is_head) -> None:
    left, top, right, bottom = box
    if style.name in ("grid", "open"):
        sheet.lines += [(left, top, right, top), (left, bottom, right, bottom)]
    if style.name in ("grid", "open", "columns"):
        if column > 0 or style.name != "open":
            sheet.lines.append((left, top, left, bottom))
        if column + cell.columns < columns or style.name != "open":
            sheet.lines.append((right, top, right, bottom))
    if style.name == "three" and is_head and cell.columns > 1:
        sheet.lines.append((left + PAD, bottom, right - PAD, bottom))


def as_pdf(sheets: Sequence[Sheet]) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT))
    for sheet in sheets:
        canvas.setLineWidth(0.6)
        for x1, y1, x2, y2 in sheet.lines:
            canvas.line(x1, HEIGHT - y1, x2, HEIGHT - y2)
        for x, y, size, text in sheet.texts:
            canvas.setFont("STSong-Light", size)
            canvas.drawString(x, HEIGHT - y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def as_ofd(sheets: Sequence[Sheet]) -> bytes:
    """An OFD file with the lines as path objects."""
    mm = 25.4 / 72
    pages = []
    for sheet in sheets:
        objects = [
            text_object(i, x * mm, y * mm, text, size * mm)
            for i, (x, y, size, text) in enumerate(sheet.texts, start=10)
        ]
        for i, line in enumerate(sheet.lines, start=5000):
            x1, y1, x2, y2 = (place * mm for place in line)
            width, height = x2 - x1, y2 - y1
            objects.append(
                f'<ofd:PathObject ID="{i}" Boundary="{x1:.3f} {y1:.3f} {width or 0.2:.3f} '
                f'{height or 0.2:.3f}" LineWidth="0.2"><ofd:AbbreviatedData>M 0 0 L {width:.3f} '
                f"{height:.3f}</ofd:AbbreviatedData></ofd:PathObject>"
            )
        pages.append(page_xml(objects))
    return make_ofd(pages)


def as_picture(sheet: Sheet, dpi: int = 150, turn: float = 0.0):
    """The page as a grey picture of Pillow, turned by degrees against the clock."""
    from PIL import Image, ImageDraw, ImageFont

    if not FONT.exists():
        pytest.skip("no Noto CJK font installed, so no page picture can be drawn")
    scale = dpi / 72
    picture = Image.new("L", (int(WIDTH * scale), int(HEIGHT * scale)), 255)
    pen = ImageDraw.Draw(picture)
    for x1, y1, x2, y2 in sheet.lines:
        pen.line([x1 * scale, y1 * scale, x2 * scale, y2 * scale], fill=0, width=2)
    for x, y, size, text in sheet.texts:
        font = ImageFont.truetype(str(FONT), int(size * scale), index=2)
        pen.text((x * scale, y * scale), text, font=font, fill=0, anchor="ls")
    return picture.rotate(turn, fillcolor=255, expand=turn % 90 == 0)


def as_png(sheet: Sheet, dpi: int = 150, turn: float = 0.0) -> bytes:
    buffer = io.BytesIO()
    as_picture(sheet, dpi, turn).save(buffer, "PNG")
    return buffer.getvalue()


def values(document: RawDocument) -> list[list[tuple[str, str]]]:
    """(head, value) of each cell of each row of the tables of a document, without spaces and
    without what stands between the names of a head."""
    return [
        [(re.sub(r"[\s·]", "", c.head), re.sub(r"\s", "", c.text)) for c in row_cells(line.text)]
        for line in document.lines
        if line.kind is LineKind.TABLE_ROW
    ]


def cells_right(document: RawDocument, rows: Sequence[Sequence[tuple[str, str]]]) -> float:
    """The share of expected cells (head, value) that stand in the row of their number."""
    found = values(document)
    right = total = 0
    for i, row in enumerate(rows):
        own = found[i] if i < len(found) else []
        for head, value in row:
            total += 1
            right += ("".join(head.split()), "".join(value.split())) in own
    return right / total
