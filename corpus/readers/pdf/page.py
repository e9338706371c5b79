"""One page of an open PDF: its characters with their places, and what its images cover."""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING

from corpus.readers.encoding import clean_characters, plausibility
from corpus.readers.layout import Piece, halve_doubled, reading_order

if TYPE_CHECKING:
    import numpy as np
    import pypdfium2

_MAX_RENDER_PIXELS = 4000
_FEW_CHARACTERS = 30
_MIN_IMAGE_SHARE = 0.3
_MIN_PATHS = 30
_MIN_PLAUSIBILITY = 0.1


def page_pieces(page: pypdfium2.PdfPage) -> list[Piece]:
    """The text lines of a page in reading order, in points, y downwards."""
    pieces = _raw_pieces(page)
    if page.get_rotation() == 0 and not _is_vertical(pieces):
        pieces = reading_order(pieces)
    texts = halve_doubled([clean_characters(piece.text) for piece in pieces])
    return [
        Piece(text.rstrip(), piece.left, piece.top, piece.right, piece.bottom)
        for text, piece in zip(texts, pieces, strict=True)
        if text.strip()
    ]


def is_scanned(page: pypdfium2.PdfPage, pieces: list[Piece]) -> bool:
    """Whether a page's text is to be read off its picture.

    That is where there is little text beside large images or many drawn shapes (text turned into
    outlines), or where the font's character table is so wrong that the text is gibberish.
    """
    from pypdfium2 import raw

    text = "".join(piece.text for piece in pieces)
    if len(text) > _FEW_CHARACTERS:
        return plausibility(text) < _MIN_PLAUSIBILITY
    area = max(1.0, page.get_width() * page.get_height())
    covered = 0.0
    paths = 0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH]):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            covered += abs((right - left) * (top - bottom))
        else:
            paths += 1
        if covered >= _MIN_IMAGE_SHARE * area or paths >= _MIN_PATHS:
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


def _raw_pieces(page: pypdfium2.PdfPage) -> list[Piece]:
    """Runs of characters in the file's order, broken at line ends and at wide gaps."""
    from pypdfium2 import raw

    textpage = page.get_textpage()
    try:
        builder = _PieceBuilder(page.get_height())
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

    def __init__(self, page_height: float) -> None:
        self.pieces: list[Piece] = []
        self._page_height = page_height
        self._codes: list[int] = []
        self._box: tuple[float, float, float, float] | None = None

    def add(self, code: int, box: tuple[float, float, float, float] | None) -> None:
        """Add a character (UTF-16 unit) with its box (left, top, right, bottom; y upwards), None if it has none."""
        if box is not None and self._box is not None:
            left, top, right, bottom = self._box
            size = min(top - bottom, box[1] - box[3])
            if box[0] - right > 1.5 * size > 0:
                self.end()
        self._codes.append(code)
        if box is None or code in (0x20, 0x3000):
            return
        left, top, right, bottom = self._box or box
        self._box = (min(left, box[0]), max(top, box[1]), max(right, box[2]), min(bottom, box[3]))

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
        self._box = None
