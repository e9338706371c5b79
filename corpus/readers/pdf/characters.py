"""The characters of a PDF page as PDFium gives them, with their places as the text runs."""

from __future__ import annotations

import ctypes
import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus.readers.glyphs import Glyph

if TYPE_CHECKING:
    import pypdfium2

_SLANT = 0.1
_SPACES = frozenset((0x20, 0xA0, 0x3000))
_BREAKS = frozenset((10, 13))
#: Type this light may be white on white.
ALMOST_WHITE = 0.95
_SMALLEST = 1.0
_MOST_CHARACTERS = 500_000


class PageBox(NamedTuple):
    """The part of a page that is shown, in points; y grows upwards."""

    left: float
    bottom: float
    right: float
    top: float

    def placed(self, turns: int, x: float, y: float) -> tuple[float, float]:
        """Where (x, y) lies from the upper left corner when text that runs upwards after ``turns``
        quarter turns to the left is read upright."""
        if turns == 0:
            return x - self.left, self.top - y
        if turns == 1:
            return y - self.bottom, x - self.left
        if turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x


@dataclass(frozen=True)
class Style:
    """What one drawing instruction says about all of its characters.

    Attributes:
        turns: quarter turns to the left by which its text is turned; None where it runs askew.
        size: size of its type in points.
        tone: lightness, from 0 (black) to 1 (white or transparent).
        invisible: whether it is drawn without ink (render mode 3 or 7), or too small to be seen.
    """

    turns: int | None
    size: float
    tone: float
    invisible: bool


@dataclass(frozen=True)
class Characters:
    """The characters of a page in the file's order.

    Attributes:
        box: the part of the page that is shown.
        glyphs: the characters by the quarter turns of their text, upright for a reader of it.
        styles: the number of each glyph's style, beside ``glyphs``; negative (-1 for the first)
            where it lies outside the page.
        table: the styles by their number.
        slanted: how many characters run askew, as those of watermarks do.
        numbers: the numbers of styles by the address of what draws them.
    """

    box: PageBox
    glyphs: dict[int, list[Glyph]]
    styles: dict[int, list[int]]
    table: list[Style]
    slanted: int
    numbers: dict[int, int]

    @property
    def main_turns(self) -> int:
        """The quarter turns of most of the text."""
        counts = Counter({turns: len(glyphs) for turns, glyphs in self.glyphs.items()})
        return counts.most_common(1)[0][0] if counts else 0


def address(drawn: Any) -> int:
    """What tells a drawn object from others of its page."""
    return ctypes.cast(drawn, ctypes.c_void_p).value or 0


def page_box(page: pypdfium2.PdfPage) -> PageBox:
    """The part of a page that is shown."""
    left, bottom, right, top = page.get_bbox()
    return PageBox(min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def page_characters(page: pypdfium2.PdfPage) -> Characters:
    """All characters of a page; those that run askew are only counted."""
    textpage = page.get_textpage()
    try:
        return _Reader(textpage.raw, page_box(page)).read()
    finally:
        textpage.close()


class _Reader:
    """Reads a text page character by character."""

    def __init__(self, textpage: object, box: PageBox) -> None:
        from pypdfium2 import raw

        self._textpage = textpage
        self._get_box, self._get_origin = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
        # One of each for all characters: to make them anew would take longer than to read.
        self._corners, self._x, self._y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        self._at_corners = ctypes.byref(self._corners)
        self._at_x, self._at_y = ctypes.byref(self._x), ctypes.byref(self._y)
        self._box = box
        self._glyphs: defaultdict[int, list[Glyph]] = defaultdict(list)
        self._styles: defaultdict[int, list[int]] = defaultdict(list)
        self._table: list[Style] = []
        self._known: dict[int, int] = {}
        self._slanted = 0
        self._before, self._guessed = "", False

    def read(self) -> Characters:
        """Read all characters."""
        from pypdfium2 import raw

        get_code, get_object = raw.FPDFText_GetUnicode, raw.FPDFText_GetTextObject
        high = 0
        for i in range(min(raw.FPDFText_CountChars(self._textpage), _MOST_CHARACTERS)):
            code = get_code(self._textpage, i)
            if code in _BREAKS:
                self._before += "\n"
                continue
            drawn = get_object(self._textpage, i)
            if code in _SPACES or not drawn:
                self._guessed = not drawn and not self._before.strip("\n")
                self._before += chr(code)
                continue
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                # Characters past U+FFFF may come as two units; a lone half is damage.
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
            high = 0
            self._add(i, chr(code), address(drawn))
        glyphs, styles = dict(self._glyphs), dict(self._styles)
        return Characters(self._box, glyphs, styles, self._table, self._slanted, self._known)

    def _add(self, i: int, char: str, key: int) -> None:
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = len(self._table)
            self._table.append(self._style(i))
        style = self._table[number]
        if style.turns is None:
            self._slanted += not char.isspace()
            return
        box, x, y = self._corners, self._x, self._y
        if not self._get_box(self._textpage, i, self._at_corners):
            return
        self._get_origin(self._textpage, i, self._at_x, self._at_y)
        turns, page = style.turns, self._box
        if turns:
            one_x, one_y = page.placed(turns, box.left, box.bottom)
            other_x, other_y = page.placed(turns, box.right, box.top)
            left, right = (one_x, other_x) if one_x < other_x else (other_x, one_x)
            high = max(one_y, other_y)
            low = min(one_y, other_y)
            origin = page.placed(turns, x.value, y.value)[1]
        else:
            left, right = box.left - page.left, box.right - page.left
            low, high = page.top - box.top, page.top - box.bottom
            origin = page.top - y.value
        middle_x, middle_y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        inside = page.left - 1 <= middle_x <= page.right + 1
        if not (inside and page.bottom - 1 <= middle_y <= page.top + 1):
            number = -1 - number
        # The origin of a character set from top to bottom is no baseline.
        baseline = min(max(origin, low + 0.5 * style.size), high)
        glyph = Glyph(
            char, left, right, baseline, style.size, self._before, self._guessed, style.tone
        )
        self._before, self._guessed = "", False
        self._glyphs[turns].append(glyph)
        self._styles[turns].append(number)

    def _style(self, i: int) -> Style:
        from pypdfium2 import raw

        matrix = raw.FS_MATRIX()
        if not raw.FPDFText_GetMatrix(self._textpage, i, matrix):
            matrix = raw.FS_MATRIX(1, 0, 0, 1, 0, 0)
        drawn = raw.FPDFText_GetTextObject(self._textpage, i)
        mode = raw.FPDFTextObj_GetTextRenderMode(drawn)
        size = raw.FPDFText_GetFontSize(self._textpage, i) * math.hypot(matrix.c, matrix.d)
        quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        askew = abs(quarters - round(quarters)) * math.pi / 2 > _SLANT
        turns = None if askew else round(quarters) % 4
        invisible = mode in (3, 7) or size < _SMALLEST
        return Style(turns, size, self._tone(i, mode), invisible)

    def _tone(self, i: int, mode: int) -> float:
        """Lightness of a character's colour laid over white paper."""
        from pypdfium2 import raw

        of_fill, of_stroke = raw.FPDFText_GetFillColor, raw.FPDFText_GetStrokeColor
        tones = []
        for colour in {1: (of_stroke,), 2: (of_fill, of_stroke)}.get(mode % 4, (of_fill,)):
            red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
            if colour(self._textpage, i, red, green, blue, alpha):
                # A strong colour is not light: yellow on red is meant to be read.
                lightness = min(red.value, green.value, blue.value) / 255
                tones.append(1 - (1 - lightness) * alpha.value / 255)
        return min(tones, default=0.0)
