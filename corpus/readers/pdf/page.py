"""One page of an open PDF: its text with its places, and what its images cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from corpus.raw import RawLine
from corpus.readers.encoding import plausibility
from corpus.readers.glyphs import (
    Glyph,
    is_vertical,
    lying_in_columns,
    runs_of,
    vertical_columns,
    without_shadows,
)
from corpus.readers.layout import Piece, halve_doubled, join_full_lines, reading_order
from corpus.readers.pdf.annotations import without_drawn
from corpus.readers.pdf.characters import page_box, page_characters
from corpus.readers.pdf.rules import page_rules
from corpus.readers.pdf.visibility import picture_share, seen_glyphs
from corpus.readers.readability import READABLE, readability
from corpus.readers.tables.finder import TableFinder, with_tables
from corpus.readers.tables.rules import Rule, Walls
from corpus.readers.type_lines import pieces_of, pieces_of_columns
from corpus.readers.watermarks import split_watermarks

if TYPE_CHECKING:
    import numpy as np
    import pypdfium2

_MAX_RENDER_PIXELS = 4000
_FEW_CHARACTERS = 30
_MIN_IMAGE_SHARE = 0.3
_MIN_PATHS = 30
#: Paths with fewer points are the lines and boxes of tables, no outlines of characters.
_MOST_LINE_POINTS = 5
_MIN_SCAN_SHARE = 0.5
_MIN_PLAUSIBILITY = 0.1


@dataclass(frozen=True)
class PageText:
    """The text of a page.

    Attributes:
        pieces: its lines in reading order, in points, y downwards from the top of the page as its
            text is read (a page whose text lies turned is turned back).
        height: height of the page, as it is read.
        turns: quarter turns to the left by which its text is turned.
        hidden: how many characters that nobody sees were left out.
        watermarks: how many pieces of watermarks were left out.
    """

    pieces: list[Piece]
    height: float
    turns: int = 0
    hidden: int = 0
    watermarks: int = 0


def page_text(
    page: pypdfium2.PdfPage,
    layers: bool = False,
    added: Sequence[Piece] = (),
    finder: TableFinder | None = None,
) -> PageText:
    """Read a page.

    Args:
        page: the page.
        layers: whether the file has layers that may be hidden.
        added: what stands on the page besides its own text (values of a form), in points from the
            upper left corner of the page before it is turned.
        finder: finds the tables, page after page.
    """
    found = page_characters(page)
    seen = seen_glyphs(page, found, layers)
    main = found.main_turns
    turned = dict(seen.glyphs)
    body = turned.pop(main, [])
    if found.main_turns == 0 and is_vertical(body):
        body = [*body, *lying_in_columns(turned.pop(3, []), found.box.right - found.box.left)]
    rules = page_rules(page, partial(found.box.placed, main))
    tables = _Tables(finder or TableFinder(), rules)
    pieces, watermarks = _pieces(body, added if main == 0 else (), tables)
    pieces += list(added) if main else []
    # Text turned otherwise than most (a note in the margin) is read after it.
    for turns in sorted(turned):
        others, faint = _pieces(turned[turns])
        pieces += others
        watermarks += faint
    box = found.box
    texts = halve_doubled([piece.text for piece in pieces])
    pieces = [replace(p, text=text) for p, text in zip(pieces, texts, strict=True) if text.strip()]
    height = box.top - box.bottom if main % 2 == 0 else box.right - box.left
    return PageText(pieces, height, main, seen.hidden, watermarks + (found.slanted > 0))


class _Tables(NamedTuple):
    """What finds the tables of a page, and the straight lines drawn on it."""

    finder: TableFinder
    rules: Sequence[Rule]


def _pieces(
    glyphs: Sequence[Glyph], added: Sequence[Piece] = (), tables: _Tables | None = None
) -> tuple[list[Piece], int]:
    """The lines of text in one direction in reading order, and how many watermarks are left out."""
    once = without_shadows(glyphs)
    if is_vertical(once):
        columns = pieces_of_columns(vertical_columns(once))
        return [*join_full_lines(columns, vertical=True), *added], 0
    walls = Walls(tables.rules if tables else ())

    def between(last: Glyph, glyph: Glyph) -> bool:
        return walls.between(last.middle[0], glyph.middle[0], glyph.middle[1])

    pieces, watermarks = split_watermarks(pieces_of(runs_of(once, between)))
    pieces += without_drawn(added, pieces)
    if tables is None:
        return reading_order(pieces), len(watermarks)
    found, rest = tables.finder.take(pieces, tables.rules)
    return with_tables(reading_order(rest), found), len(watermarks)


def is_scanned(page: pypdfium2.PdfPage, pieces: list[Piece]) -> bool:
    """Whether a page's text is to be read off its picture.

    That is where there is little text beside large images or many drawn shapes (text turned into
    outlines), or where the font's character table is so wrong that the text is gibberish.
    """
    from pypdfium2 import raw

    text = "\n".join(piece.text for piece in pieces)
    if len(text) > _FEW_CHARACTERS:
        return plausibility(text) < _MIN_PLAUSIBILITY or (
            _has_picture(page) and readability(text) < READABLE
        )
    area = max(1.0, page.get_width() * page.get_height())
    covered = 0.0
    paths = 0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH]):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            covered += abs((right - left) * (top - bottom))
        elif raw.FPDFPath_CountSegments(item.raw) > _MOST_LINE_POINTS:
            paths += 1
        if covered >= _MIN_IMAGE_SHARE * area or paths >= _MIN_PATHS:
            return True
    return False


def is_long(lines: Sequence[RawLine]) -> bool:
    """Whether there is more text on a page than a header or a stamp."""
    return sum(len(line.text) for line in lines) > _FEW_CHARACTERS


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether pictures cover most of a page, as that of a scan does."""
    return picture_share(page, page_box(page)) >= _MIN_SCAN_SHARE


def render(page: pypdfium2.PdfPage, dpi: int) -> np.ndarray:
    """The picture of a page: height × width × 3, 8 bits a channel, blue, green, red.

    A page so large that it would not fit in memory is drawn with less than ``dpi`` dots an inch.
    """
    scale = min(dpi / 72, _MAX_RENDER_PIXELS / max(1.0, page.get_width(), page.get_height()))
    bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=False)
    try:
        pixels = bitmap.to_numpy()
        if pixels.ndim == 2 or pixels.shape[2] == 1:
            pixels = pixels.reshape(*pixels.shape[:2], 1).repeat(3, axis=2)
        picture: np.ndarray = pixels[:, :, :3].copy()
        return picture
    finally:
        bitmap.close()
