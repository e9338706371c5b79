"""Which characters of a PDF page a reader of the page sees."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.readers.glyphs import Glyph
from corpus.readers.pdf.characters import ALMOST_WHITE, Characters, PageBox

if TYPE_CHECKING:
    import numpy as np
    import pypdfium2

#: A picture over this part of a page is a scan; invisible text on it is what was recognised.
_SCAN_SHARE = 0.5
#: Pixels a point, and the difference of lightness from which type is seen on its ground.
_SCALE, _CONTRAST = 1.5, 0.08
_DARK = 0.85
_MOST_PIXELS = 3000
_SAMPLES = 12


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
    hidden = _inkless(page, found)
    for number in _without_contrast(page, found, layers, hidden):
        hidden.add(number)
    kept: dict[int, list[Glyph]] = {}
    unseen = 0
    for turns, glyphs in found.glyphs.items():
        kept[turns] = []
        gap = ""
        for glyph, number in zip(glyphs, found.styles[turns], strict=True):
            is_outside = number < 0 and trust_box
            if is_outside or (number if number >= 0 else -1 - number) in hidden:
                unseen += not glyph.char.isspace()
                gap = "\n"
                continue
            kept[turns].append(glyph._replace(before=gap + glyph.before) if gap else glyph)
            gap = ""
    return Seen(kept, unseen)


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


def _without_contrast(
    page: pypdfium2.PdfPage, found: Characters, layers: bool, known: set[int]
) -> list[int]:
    """Styles whose characters cannot be told from the ground they stand on.

    The page is drawn only where there is white type, or where there are layers.
    """
    doubtful = {
        number
        for number, style in enumerate(found.table)
        if number not in known and (layers or style.tone >= ALMOST_WHITE)
    }
    if not doubtful:
        return []
    samples: defaultdict[int, list[tuple[int, Glyph]]] = defaultdict(list)
    for turns, glyphs in found.glyphs.items():
        for glyph, number in zip(glyphs, found.styles[turns], strict=True):
            if number in doubtful and not glyph.char.isspace():
                samples[number].append((turns, glyph))
    picture = _picture(page)
    unseen = [
        number
        for number, drawn in samples.items()
        if not _has_contrast(picture, found.box, drawn[:: max(1, len(drawn) // _SAMPLES)])
    ]
    # Where a font is missing here nothing of it is drawn, which says nothing about the page.
    dark = {number for number in unseen if found.table[number].tone < ALMOST_WHITE}
    drawn_dark = sum(len(samples[n]) for n in samples if found.table[n].tone < ALMOST_WHITE)
    if 2 * sum(len(samples[number]) for number in dark) > drawn_dark:
        return [number for number in unseen if number not in dark]
    return unseen


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


def _has_contrast(
    picture: tuple[np.ndarray, int], box: PageBox, drawn: Sequence[tuple[int, Glyph]]
) -> bool:
    pixels, rotation = picture
    votes: Counter[bool] = Counter()
    for turns, glyph in drawn:
        part = pixels[_area(box, turns, glyph, rotation, pixels.shape)]
        if part.size:
            is_seen = int(part.max()) - int(part.min()) >= _CONTRAST * 255
            # White type on a dark ground is seen, also where its font is missing here.
            votes[is_seen or (glyph.tone >= ALMOST_WHITE and part.mean() < _DARK * 255)] += 1
    return votes[True] >= votes[False] and votes[True] > 0


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
