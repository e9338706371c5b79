"""Which characters of a PDF page a reader of the page sees."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus.readers.glyphs import LIGHT, Glyph
from corpus.readers.pdf.characters import ALMOST_WHITE, Characters, PageBox, address

if TYPE_CHECKING:
    import numpy as np
    import pypdfium2

#: A picture over this part of a page is a scan; invisible text on it is what was recognised.
_SCAN_SHARE = 0.5
#: Pixels a point, and the difference of lightness from which type is seen on its ground.
_SCALE, _CONTRAST = 1.5, 0.08
_DARK = 0.6
_MOST_PIXELS = 3000
_SAMPLES = 12
#: Boxes smaller than this, in points, hide no text; how many objects and texts are looked at.
_LEAST_COVER, _MOST_OBJECTS, _MOST_UNDER = 6.0, 3_000, 500


@dataclass(frozen=True)
class Seen:
    """The characters that are seen, by the quarter turns of their text; how many are not."""

    glyphs: dict[int, list[Glyph]]
    hidden: int


def seen_glyphs(page: pypdfium2.PdfPage, found: Characters, layers: bool = False) -> Seen:
    """The characters of a page without those that nobody sees.

    These are drawn without ink on a page that is no scan, white on white, outside the page, in a
    hidden layer or too small. ``layers``: whether the file has layers that may be hidden.
    """
    outside = sum(number < 0 for numbers in found.styles.values() for number in numbers)
    # A page whose text lies outside for the most part has a wrong box.
    trust_box = 2 * outside < sum(map(len, found.styles.values()))
    inkless = _inkless(page, found)
    against = _against_ground(page, found, layers, inkless)
    hidden = inkless | against.unseen
    if not hidden and not against.on_dark and not (outside and trust_box):
        return Seen(found.glyphs, 0)
    kept: dict[int, list[Glyph]] = {}
    unseen = 0
    for turns, glyphs in found.glyphs.items():
        kept[turns] = []
        gap = ""
        for glyph, number in zip(glyphs, found.styles[turns], strict=True):
            style = number if number >= 0 else -1 - number
            if (number < 0 and trust_box) or style in hidden:
                unseen += not glyph.char.isspace()
                gap = "\n"
                continue
            if gap or style in against.on_dark:
                tone = 0.0 if style in against.on_dark else glyph.tone
                glyph = glyph._replace(before=gap + glyph.before, tone=tone)  # noqa: PLW2901
                gap = ""
            kept[turns].append(glyph)
    return Seen(kept, unseen)


class _Against(NamedTuple):
    """Styles compared with the ground: those that cannot be told from it, those on a dark one."""

    unseen: set[int]
    on_dark: set[int]


def _inkless(page: pypdfium2.PdfPage, found: Characters) -> set[int]:
    """Styles without ink, but for the recognised text of a scan."""
    inkless = {number for number, style in enumerate(found.table) if style.invisible}
    return set() if inkless and picture_share(page, found.box) >= _SCAN_SHARE else inkless


def picture_share(page: pypdfium2.PdfPage, box: PageBox) -> float:
    """The part of a page that pictures cover."""
    from pypdfium2 import raw

    covered = 0.0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = item.get_bounds()
        width = min(right, box.right) - max(left, box.left)
        height = min(top, box.top) - max(bottom, box.bottom)
        covered += max(0.0, width) * max(0.0, height)
    return covered / max(1.0, (box.right - box.left) * (box.top - box.bottom))


def _against_ground(
    page: pypdfium2.PdfPage, found: Characters, layers: bool, known: set[int]
) -> _Against:
    """What is white on white, covered or in a hidden layer, and what is light on a dark ground.

    The page is drawn only where there is light or covered type, or where there are layers.
    """
    table = found.table
    doubtful = {
        number
        for number, style in enumerate(table)
        if number not in known and (layers or style.tone >= LIGHT)
    }
    covered = _covered(page, found) - known
    doubtful |= covered
    if not doubtful:
        return _Against(set(), set())
    samples: defaultdict[int, list[tuple[int, Glyph]]] = defaultdict(list)
    for turns, glyphs in found.glyphs.items():
        for glyph, number in zip(glyphs, found.styles[turns], strict=True):
            if number in doubtful and not glyph.char.isspace():
                samples[number].append((turns, glyph))
    picture = _picture(page)
    unseen: set[int] = set()
    on_dark: set[int] = set()
    for number, drawn in samples.items():
        is_seen, is_dark = _on_picture(picture, found.box, drawn[:: 1 + len(drawn) // _SAMPLES])
        # White type on a dark ground is seen, also where its font is missing here.
        if is_dark and table[number].tone >= LIGHT:
            on_dark.add(number)
        elif not is_seen and (layers or number in covered or table[number].tone >= ALMOST_WHITE):
            unseen.add(number)
    # Where a font is missing here nothing of it is drawn, which says nothing about the page.
    dark = {number for number in unseen if table[number].tone < LIGHT}
    missing = sum(len(samples[number]) for number in dark)
    if 2 * missing > sum(glyph.tone < LIGHT for own in found.glyphs.values() for glyph in own):
        unseen -= dark
    return _Against(unseen, on_dark)


def _covered(page: pypdfium2.PdfPage, found: Characters) -> set[int]:
    """Styles of text that boxes or pictures drawn after it may hide."""
    from pypdfium2 import raw

    count = raw.FPDFPage_CountObjects(page.raw)
    if count > _MOST_OBJECTS:
        return set()
    texts: list[tuple[int, tuple[float, ...]]] = []
    covered: set[int] = set()
    for i in range(count):
        item = raw.FPDFPage_GetObject(page.raw, i)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            number = found.numbers.get(address(item))
            if number is not None:
                texts.append((number, _bounds(item)))
        elif texts and kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            left, bottom, right, top = _bounds(item)
            if min(right - left, top - bottom) < _LEAST_COVER or not _is_filled(item, kind):
                continue
            for number, (own_left, own_bottom, own_right, own_top) in texts[-_MOST_UNDER:]:
                x, y = (own_left + own_right) / 2, (own_bottom + own_top) / 2
                if left <= x <= right and bottom <= y <= top:
                    covered.add(number)
    return covered


def _bounds(item: Any) -> tuple[float, float, float, float]:
    from pypdfium2 import raw

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _is_filled(item: Any, kind: int) -> bool:
    from pypdfium2 import raw

    if kind == raw.FPDF_PAGEOBJ_IMAGE:
        return True
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(item, fill, stroke)) and fill.value != 0


def _picture(page: pypdfium2.PdfPage) -> tuple[np.ndarray, int]:
    """The page as people see it, lightness by row and column, and its quarter turns."""
    scale = min(_SCALE, _MOST_PIXELS / max(1.0, page.get_width(), page.get_height()))
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        pixels: np.ndarray = bitmap.to_numpy().copy()
    finally:
        bitmap.close()
    if pixels.ndim == 3:
        pixels = pixels[:, :, 0]
    return pixels, page.get_rotation() // 90


def _on_picture(
    picture: tuple[np.ndarray, int], box: PageBox, drawn: Sequence[tuple[int, Glyph]]
) -> tuple[bool, bool]:
    """Whether most of these characters can be told from their ground, and whether that is dark."""
    pixels, rotation = picture
    seen = dark = parts = 0
    for turns, glyph in drawn:
        part = pixels[_area(box, turns, glyph, rotation, pixels.shape)]
        if part.size:
            parts += 1
            seen += int(part.max()) - int(part.min()) >= _CONTRAST * 255
            dark += part.mean() < _DARK * 255
    return 2 * seen >= max(1, parts), 2 * dark >= max(1, parts)


def _area(
    box: PageBox, turns: int, glyph: Glyph, rotation: int, shape: Sequence[int]
) -> tuple[slice, slice]:
    """The rows and columns of the picture where a character stands."""
    width, height = box.right - box.left, box.top - box.bottom
    # From the frame of its text to that of the page as it is shown, a quarter turn at a time.
    sizes = (width, height) if turns % 2 == 0 else (height, width)
    corners = [(glyph.left, glyph.top), (glyph.right, glyph.baseline)]
    for _ in range((turns - rotation) % 4):
        corners = [(y, sizes[0] - x) for x, y in corners]
        sizes = sizes[1], sizes[0]
    scale_x, scale_y = shape[1] / max(1.0, sizes[0]), shape[0] / max(1.0, sizes[1])
    (x, y), (other_x, other_y) = corners
    columns = sorted((round(x * scale_x), round(other_x * scale_x)))
    rows = sorted((round(y * scale_y), round(other_y * scale_y)))
    return slice(max(0, rows[0]), rows[1] + 1), slice(max(0, columns[0]), columns[1] + 1)
