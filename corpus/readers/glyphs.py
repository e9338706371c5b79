"""Characters as they are drawn → runs on one baseline: doubled ones once, vertical text in order."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

#: A shadow of a character lies within this part of its width and of its size.
_SHADOW_WIDTH, _SHADOW_RISE = 0.5, 0.2
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
_FEWEST_STEPS = 5


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


@dataclass
class Shadows:
    """Finds characters drawn twice or more at one place, to look bold or to cast a shadow.

    「高高兴兴」 and 「11」 stay: two characters of a text never overlap by half.
    """

    _places: dict[tuple[str, int], list[Glyph]]

    def __init__(self) -> None:
        self._places = defaultdict(list)

    def repeats(self, glyph: Glyph) -> bool:
        """Whether the same character was drawn here before; remembers it if not."""
        if glyph.char.isspace():
            return False
        reach = max(1.0, glyph.size)
        column = int(glyph.left // reach)
        for near in (column - 1, column, column + 1):
            if any(_overlaps(other, glyph) for other in self._places[glyph.char, near][-40:]):
                return True
        self._places[glyph.char, column].append(glyph)
        return False


def _overlaps(one: Glyph, other: Glyph) -> bool:
    size = min(one.size, other.size)
    width = max(min(one.right - one.left, other.right - other.left), _LEAST_WIDTH * size)
    return (
        abs(one.left - other.left) < _SHADOW_WIDTH * min(width, size)
        and abs(one.baseline - other.baseline) < _SHADOW_RISE * size
        and max(one.size, other.size) < 1.3 * size
    )


def without_shadows(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Every character once; what stood between a character and its shadow goes with the shadow."""
    shadows = Shadows()
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


def runs_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters in the file's order, parted at line ends, at wide gaps and where the shade changes."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and not _parts(runs[-1][-1], glyph):
            runs[-1].append(glyph._replace(before=glyph.before.replace("\n", "")))
        else:
            runs.append([glyph._replace(before="")])
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
    """Whether most characters stand below the one drawn before them: text set from top to bottom."""
    down = across = 0
    for last, glyph in pairwise(glyphs):
        (x, y), (next_x, next_y) = last.middle, glyph.middle
        size = max(last.size, glyph.size)
        if abs(next_x - x) < 0.3 * size and 0.4 * size < next_y - y < 3 * size:
            down += 1
        elif abs(next_y - y) < 0.3 * size and 0 < next_x - x < 3 * size:
            across += 1
    return down >= _FEWEST_STEPS and down > 2 * across


def vertical_columns(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The columns of a page set from top to bottom, from right to left, each from the top.

    Digits that stand side by side within a column are read from left to right.
    """
    if not glyphs:
        return []
    size = statistics.median(glyph.size for glyph in glyphs)
    columns: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda item: -item.middle[0]):
        if columns and columns[-1][0].middle[0] - glyph.middle[0] < 0.7 * size:
            columns[-1].append(glyph)
        else:
            columns.append([glyph])
    return [_downwards(column, size) for column in columns]


def _downwards(column: Sequence[Glyph], size: float) -> list[Glyph]:
    ordered: list[list[Glyph]] = []
    for glyph in sorted(column, key=lambda item: item.middle[1]):
        if ordered and glyph.middle[1] - ordered[-1][0].middle[1] < 0.3 * size:
            ordered[-1].append(glyph)
        else:
            ordered.append([glyph])
    return [glyph for row in ordered for glyph in sorted(row, key=lambda item: item.left)]
