"""One page of an open PDF: its characters with their places, and what its images cover."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.raw import RawLine
from corpus.readers.encoding import clean_characters, plausibility
from corpus.readers.layout import Piece, halve_doubled, reading_order, repair_glyphs
from corpus.readers.pdf.rules import page_rules
from corpus.readers.readability import READABLE, readability
from corpus.readers.tables.cells import TablePiece
from corpus.readers.tables.finder import TableFinder, with_tables
from corpus.readers.tables.rules import Walls

if TYPE_CHECKING:
    import numpy as np
    import pypdfium2

_MAX_RENDER_PIXELS = 4000
_FEW_CHARACTERS = 30
_MIN_IMAGE_SHARE = 0.3
_MIN_SCAN_SHARE = 0.5
_MIN_PATHS = 30
#: Paths with fewer points are the lines and boxes of tables, no outlines of characters.
_MOST_LINE_POINTS = 5
_MIN_PLAUSIBILITY = 0.1
#: A gap this wide, in sizes of the type, parts two pieces: without and with a space drawn in it.
_WIDE_GAP, _WIDE_SPACE = 0.6, 1.5


def page_pieces(page: pypdfium2.PdfPage, finder: TableFinder | None = None) -> list[Piece]:
    """The text lines and tables of a page in reading order, in points, y downwards."""
    height = page.get_height()
    rules = page_rules(page, lambda x, y: (x, height - y))
    tables: list[TablePiece] = []
    pieces = [
        replace(piece, text=repair_glyphs(clean_characters(piece.text)))
        for piece in _raw_pieces(page, Walls(rules))
    ]
    pieces = [piece for piece in pieces if piece.text.strip()]
    if page.get_rotation() == 0 and not _is_vertical(pieces):
        tables, pieces = (finder or TableFinder()).take(pieces, rules)
        pieces = reading_order(pieces)
    texts = halve_doubled([piece.text for piece in pieces])
    lines = [replace(piece, text=text.rstrip()) for text, piece in zip(texts, pieces, strict=True)]
    return with_tables(lines, tables)


def is_long(lines: Sequence[RawLine]) -> bool:
    """Whether there is more text on a page than a header or a stamp."""
    return sum(len(line.text) for line in lines) > _FEW_CHARACTERS


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


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether one image fills most of a page, as the picture of a scan does."""
    from pypdfium2 import raw

    area = max(1.0, page.get_width() * page.get_height())
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = item.get_bounds()
        if abs((right - left) * (top - bottom)) >= _MIN_SCAN_SHARE * area:
            return True
    return False


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


def _raw_pieces(page: pypdfium2.PdfPage, walls: Walls) -> list[Piece]:
    """Runs of characters in the file's order, broken at line ends and at wide gaps."""
    from pypdfium2 import raw

    textpage = page.get_textpage()
    try:
        builder = _PieceBuilder(page.get_height(), walls)
        box = raw.FS_RECTF()
        for i in range(raw.FPDFText_CountChars(textpage)):
            code = raw.FPDFText_GetUnicode(textpage, i)
            if code in (10, 13):
                builder.end()
            elif raw.FPDFText_IsGenerated(textpage, i) == 1 or not raw.FPDFText_GetLooseCharBox(
                textpage, i, ctypes.byref(box)
            ):
                builder.add(code, None)
            elif not _is_slanted(raw.FPDFText_GetCharAngle(textpage, i)):
                builder.add(code, (box.left, box.top, box.right, box.bottom))
        builder.end()
        return builder.pieces
    finally:
        textpage.close()


def _is_slanted(angle: float) -> bool:
    """Whether a character runs across the page, as those of a watermark do (radians)."""
    off = angle % (math.pi / 2)
    return min(off, math.pi / 2 - off) > 0.1


def _is_vertical(pieces: list[Piece]) -> bool:
    """Whether most lines run from top to bottom; their order in the file is then kept."""
    tall = sum(piece.height > 2 * piece.width for piece in pieces if len(piece.text) > 3)
    return tall > len(pieces) / 2


class _PieceBuilder:
    """Collects the characters of one piece after the other."""

    def __init__(self, page_height: float, walls: Walls) -> None:
        self._walls = walls
        self._last = 0.0
        self._spaced = False
        self.pieces: list[Piece] = []
        self._page_height = page_height
        self._codes: list[int] = []
        self._places: list[tuple[float, float] | None] = []
        self._box: tuple[float, float, float, float] | None = None

    def add(self, code: int, box: tuple[float, float, float, float] | None) -> None:
        """Add a character (UTF-16 unit) with its box (left, top, right, bottom; y upwards), None if it has none."""
        if box is not None and self._box is not None:
            left, top, right, bottom = self._box
            size = min(top - bottom, box[1] - box[3])
            y = self._page_height - (box[1] + box[3]) / 2
            middle = (box[0] + box[2]) / 2
            if middle < self._last and self._fill_hole(code, box):
                return
            wide = _WIDE_SPACE if self._spaced else _WIDE_GAP
            wall = middle > self._last and self._walls.between(self._last, middle, y)
            if box[0] - right > wide * size > 0 or middle < left or wall:
                self.end()
        self._codes.append(code)
        self._places.append((box[0], box[2]) if box else None)
        self._spaced = box is not None and code in (0x20, 0x3000)
        if box is None or self._spaced:
            return
        self._last = (box[0] + box[2]) / 2
        left, top, right, bottom = self._box or box
        self._box = (min(left, box[0]), max(top, box[1]), max(right, box[2]), min(bottom, box[3]))

    def _fill_hole(self, code: int, box: tuple[float, float, float, float]) -> bool:
        """Put a character drawn late into the gap left for it: some programs draw quotes last."""
        reach = 0.2 * (box[1] - box[3])
        known = [(i, place) for i, place in enumerate(self._places) if place is not None]
        for (i, (_, end)), (j, (start, _)) in pairwise(known):
            if end - reach <= box[0] and box[2] <= start + reach and start - end > reach:
                # A space guessed from the gap goes.
                self._codes[i + 1 : j] = [code]
                self._places[i + 1 : j] = [(box[0], box[2])]
                return True
        return False

    def end(self) -> None:
        """Close the open piece."""
        if self._box is not None:
            units = b"".join(code.to_bytes(4, "little")[:2] for code in self._codes)
            # Characters past U+FFFF come as two units; a lone half is damage.
            text = units.decode("utf-16-le", "replace")
            left, top, right, bottom = self._box
            height = self._page_height
            self.pieces.append(Piece(text.rstrip(), left, height - top, right, height - bottom))
        self._codes = []
        self._places = []
        self._box = None
