"""Characters as they are drawn → runs on one baseline: doubled ones once, vertical text in order."""

from __future__ import annotations

import statistics
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

#: A shadow of a character lies within this part of its width and of its size.
_SHADOW_WIDTH, _NARROW_SHADOW, _SHADOW_RISE = 0.5, 0.8, 0.2
_LEAST_WIDTH = 0.2
#: Characters of one size differ by less than this part.
SAME_SIZE = 0.1
_SAME_BASELINE = 0.3
#: Between characters of two sizes the baseline may shift so far: a raised mark.
_RAISED_SHIFT = 0.8
#: A gap this wide, in sizes, parts two pieces: without and with a space drawn in it.
_WIDE_GAP, _WIDE_SPACE = 0.6, 1.5
#: Above this lightness, from 0 (black) to 1 (white), type is a shade that watermarks have.
LIGHT = 0.55
_MOST_AT_A_PLACE = 40
_FEWEST_STEPS, _FEWEST_SHADOWS = 5, 3
#: Where fewer neighbours in the file's order than this are neighbours on the page, only places count.
_MOST_SCATTERED = 0.3


class Glyph(NamedTuple):
    """A character with its place on the page; x grows rightwards along the text, y downwards.

    Attributes:
        char: the character.
        left: where its advance begins.
        right: where its advance ends.
        baseline: y of its baseline.
        size: size of its type.
        before: what the file puts between it and the character drawn before it: nothing, spaces,
            or a line break.
        guessed: whether those spaces are not in the file but the work of the program that reads it.
        tone: lightness against the paper, from 0 (black) to 1 (white).
    """

    char: str
    left: float
    right: float
    baseline: float
    size: float
    before: str = ""
    guessed: bool = False
    tone: float = 0.0

    @property
    def top(self) -> float:
        """Upper edge of the type's body."""
        return self.baseline - 0.85 * self.size

    @property
    def middle(self) -> tuple[float, float]:
        """Centre of the type's body."""
        return (self.left + self.right) / 2, self.baseline - 0.35 * self.size


class Shadows:
    """Finds characters drawn twice or more at one place, to look bold or to cast a shadow.

    「高高兴兴」 and 「11」 stay: two characters of a text never overlap by half. ``known`` is how far the
    shadows of a page lie from their characters, for marks so narrow that these do not overlap.
    """

    def __init__(self, known: Sequence[tuple[float, float]] = ()) -> None:
        self._places: defaultdict[tuple[str, int, int], list[Glyph]] = defaultdict(list)
        self._known = known
        self.offsets: Counter[tuple[float, float]] = Counter()

    def repeats(self, glyph: Glyph) -> bool:
        """Whether the same character was drawn here before; remembers it if not."""
        char, left, _, baseline, size, *_ = glyph
        if char.isspace():
            return False
        cell = 2.0 * max(4.0, size)
        reach = 0.5 * size
        rows = {int((baseline - reach) // cell), int((baseline + reach) // cell)}
        columns = {int((left - reach) // cell), int((left + reach) // cell)}
        for column in columns:
            for row in rows:
                for other in self._places.get((char, column, row), ()):
                    if _overlaps(other, glyph) or self._is_shadow(other, glyph):
                        self.offsets[_offset(other, glyph)] += 1
                        return True
        place = self._places[char, int(left // cell), int(baseline // cell)]
        if len(place) < _MOST_AT_A_PLACE:
            place.append(glyph)
        return False

    def _is_shadow(self, one: Glyph, other: Glyph) -> bool:
        if not self._known:
            return False
        x, y = _offset(one, other)
        return any(abs(x - a) < 0.11 and abs(y - b) < 0.11 for a, b in self._known)


def _offset(one: Glyph, other: Glyph) -> tuple[float, float]:
    return round(other.left - one.left, 1), round(other.baseline - one.baseline, 1)


def _overlaps(one: Glyph, other: Glyph) -> bool:
    size = min(one.size, other.size)
    width = max(min(one.right - one.left, other.right - other.left), _LEAST_WIDTH * size)
    # Wide marks may be set half into each other: 「））」.
    share = _SHADOW_WIDTH if width >= 0.8 * size else _NARROW_SHADOW
    return (
        abs(one.left - other.left) < share * min(width, size)
        and abs(one.baseline - other.baseline) < _SHADOW_RISE * size
        and max(one.size, other.size) < 1.3 * size
    )


def without_shadows(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Every character once; what stood between a character and its shadow goes with the shadow."""
    shadows = Shadows()
    kept = _without(glyphs, shadows)
    known = [o for o, n in shadows.offsets.most_common(4) if n >= _FEWEST_SHADOWS and any(o)]
    narrow = sum(glyph.right - glyph.left < 0.8 * glyph.size for glyph in kept)
    if not known or 2 * shadows.offsets.total() < narrow:
        return kept
    return _without(glyphs, Shadows(known))


def _without(glyphs: Sequence[Glyph], shadows: Shadows) -> list[Glyph]:
    kept: list[Glyph] = []
    dropped = False
    for glyph in glyphs:
        if shadows.repeats(glyph):
            dropped = True
            continue
        glued = dropped and kept and _goes_on(kept[-1], glyph)
        kept.append(glyph._replace(before="", guessed=False) if glued else glyph)
        dropped = False
    return kept


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    """Whether a character stands right behind another one."""
    size = max(last.size, glyph.size)
    level = abs(glyph.baseline - last.baseline) <= _SAME_BASELINE * size
    return level and -_SAME_BASELINE * size <= glyph.left - last.right <= 0.3 * size


def runs_of(
    glyphs: Sequence[Glyph], between: Callable[[Glyph, Glyph], bool] | None = None
) -> list[list[Glyph]]:
    """Characters in the file's order, parted at line ends, at wide gaps and where the shade changes.

    ``between`` says whether something else parts two neighbours: a line of a table.
    """
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        last = runs[-1][-1] if runs else None
        if last and not _parts(last, glyph) and not (between and between(last, glyph)):
            before = glyph.before
            runs[-1].append(glyph._replace(before=before.replace("\n", "")) if before else glyph)
        else:
            runs.append([glyph._replace(before="") if glyph.before else glyph])
    return runs


def _parts(last: Glyph, glyph: Glyph) -> bool:
    size = max(last.size, glyph.size)
    gap = glyph.left - last.right
    rise = abs(glyph.baseline - last.baseline)
    other_size = abs(glyph.size - last.size) > SAME_SIZE * size
    if (last.tone >= LIGHT) is not (glyph.tone >= LIGHT):
        return True
    if "\n" in glyph.before:
        # A raised mark is no new line, whatever its baseline.
        return not (other_size and rise <= _RAISED_SHIFT * size and -0.5 * size < gap < 0.7 * size)
    if glyph.right < last.left or rise > (_RAISED_SHIFT if other_size else _SAME_BASELINE) * size:
        return True
    spaced = bool(glyph.before) and not glyph.guessed
    return gap > (_WIDE_SPACE if spaced else _WIDE_GAP) * min(last.size, glyph.size)


def is_vertical(glyphs: Sequence[Glyph]) -> bool:
    """Whether most characters stand close below another one: text set from top to bottom."""
    if not glyphs:
        return False
    level = sum(a.baseline == b.baseline and a.left < b.left for a, b in pairwise(glyphs))
    if 2 * level > len(glyphs):
        return False
    down = across = 0
    for last, glyph in pairwise(glyphs):
        (x, y), (next_x, next_y) = last.middle, glyph.middle
        size = max(last.size, glyph.size)
        if abs(next_x - x) < 0.3 * size and 0.4 * size < next_y - y < 3 * size:
            down += 1
        elif abs(next_y - y) < 0.3 * size and 0 < next_x - x < 1.4 * size:
            across += 1
    if down + across >= _MOST_SCATTERED * len(glyphs):
        return down >= _FEWEST_STEPS and down > 2 * across
    return len(glyphs) > _FEWEST_STEPS and _stand_in_columns(glyphs)


def _stand_in_columns(glyphs: Sequence[Glyph]) -> bool:
    """Whether characters drawn in no order have others close below them and none close beside."""
    size = max(1.0, statistics.median(glyph.size for glyph in glyphs))
    cells: defaultdict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for glyph in glyphs:
        x, y = glyph.middle
        cells[int(x // size), int(y // size)].append((x, y))
    below = beside = 0
    for glyph in glyphs:
        x, y = glyph.middle
        column, row = int(x // size), int(y // size)
        near = [
            (other_x - x, other_y - y)
            for i in (column - 1, column, column + 1, column + 2)
            for j in (row - 1, row, row + 1, row + 2)
            for other_x, other_y in cells.get((i, j), [])[:8]
        ]
        below += any(abs(a) < 0.2 * size and 0.5 * size < b < 1.35 * size for a, b in near)
        beside += any(abs(b) < 0.2 * size and 0.4 * size < a < 1.35 * size for a, b in near)
    return 2 * below > len(glyphs) and below > 2 * beside


def vertical_columns(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The columns of a page set from top to bottom, from right to left, each from the top.

    Digits that stand side by side within a column are read from left to right.
    """
    if not glyphs:
        return []
    size = statistics.median(glyph.size for glyph in glyphs)
    # Characters of full size say where the columns are; digits in a row do not.
    middles: list[float] = []
    for glyph in sorted(glyphs, key=lambda item: -item.middle[0]):
        wide = glyph.right - glyph.left >= 0.8 * size
        if wide and (not middles or middles[-1] - glyph.middle[0] >= 0.7 * size):
            middles.append(glyph.middle[0])
    rising = middles[::-1] or [glyphs[0].middle[0]]
    columns: list[list[Glyph]] = [[] for _ in rising]
    for glyph in glyphs:
        x = glyph.middle[0]
        at = min(bisect_left(rising, x), len(rising) - 1)
        if at and x - rising[at - 1] < rising[at] - x:
            at -= 1
        columns[at].append(glyph)
    return [_downwards(column, size) for column in columns[::-1] if column]


def lying_in_columns(glyphs: Sequence[Glyph], width: float) -> list[Glyph]:
    """Characters of text turned to the right, placed as they lie on an upright page of that width.

    So numbers stand in columns of text set from top to bottom.
    """
    placed = []
    for glyph in glyphs:
        half = glyph.size / 2
        x, y = width - glyph.baseline + 0.35 * glyph.size, (glyph.left + glyph.right) / 2
        placed.append(
            glyph._replace(left=x - half, right=x + half, baseline=y + 0.35 * glyph.size, before="")
        )
    return placed


def _downwards(column: Sequence[Glyph], size: float) -> list[Glyph]:
    ordered: list[list[Glyph]] = []
    for glyph in sorted(column, key=lambda item: item.middle[1]):
        if ordered and glyph.middle[1] - ordered[-1][0].middle[1] < 0.3 * size:
            ordered[-1].append(glyph)
        else:
            ordered.append([glyph])
    return [glyph for row in ordered for glyph in sorted(row, key=lambda item: item.left)]
