"""Drawing in SVG: axes, marks and legends, with text that stays text.

Drawn by hand and not by matplotlib: text keeps the page's own Chinese fonts, nothing is installed
for it, and every mark tells its value when pointed at.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

#: Size of all text, in pixels; the style sheet sets the same.
FONT = 13
_SHAPES = (
    "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0Z",  # circle
    "M-4 -4H4V4H-4Z",  # square
    "M0 -5L5 4H-5Z",  # triangle
    "M0 -5.5L5.5 0L0 5.5L-5.5 0Z",  # diamond
    "M0 5L5 -4H-5Z",  # triangle on its head
    "M-1.5 -5H1.5V-1.5H5V1.5H1.5V5H-1.5V1.5H-5V-1.5H-1.5Z",  # plus
    "M-5 -3L-3 -5L0 -2L3 -5L5 -3L2 0L5 3L3 5L0 2L-3 5L-5 3L-2 0Z",  # cross
    "M0 -5L5 -1.5L3 4.5H-3L-5 -1.5Z",  # pentagon
)
#: As many colours, that most colour-blind people tell apart (after M. Okabe and K. Ito, 2008).
COLOURS = len(_SHAPES)


@dataclass(frozen=True)
class Axis:
    """Where values lie between two pixels.

    Attributes:
        low: value at ``start``.
        high: value at ``end``; above ``low``.
        start: pixel.
        end: pixel; may be below ``start``, as for an axis that points up.
        log: equal steps are equal factors.
    """

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def at(self, value: float) -> float:
        """The pixel of a value; values outside lie at the ends."""
        low, high, given = (
            (math.log10(v) for v in (self.low, self.high, max(value, self.low)))
            if self.log
            else (self.low, self.high, value)
        )
        share = min(1.0, max(0.0, (given - low) / (high - low)))
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(self) -> list[float]:
        """Round values to label, about five."""
        if self.log:
            # Over more than 1.6 decades the labels between powers of ten would touch.
            steps = (1, 2, 5) if math.log10(self.high / self.low) <= 1.6 else (1,)
            first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
            every = [s * 10.0**e for e in range(first, last + 1) for s in steps]
            inside = [v for v in every if self.low * 0.999 <= v <= self.high * 1.001]
            if len(inside) >= 3:
                return inside
        size = self.high - self.low
        lowest = math.floor(math.log10(size)) - 1
        rounds = (m * 10.0**e for e in range(lowest, lowest + 3) for m in (1, 2, 5))
        step = next(each for each in rounds if size / each <= 6)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [round(i * step, 10) for i in range(first, last + 1)]


def around(values: Iterable[float]) -> tuple[float, float]:
    """Bounds of a logarithmic axis that holds positive values with some room."""
    given = [v for v in values if v > 0] or [1.0]
    return min(given) / 1.3, max(given) * 1.3


def drawing(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """A picture; ``title`` is what screen readers read."""
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" style="max-width:{width:g}px" role="img" '
        f'aria-label="{escape(title)}">{"".join(parts)}</svg>'
    )


def text(x: float, y: float, words: str, anchor: str = "start", css: str = "") -> str:
    """Words with their baseline at ``y``; ``anchor`` is start, middle or end."""
    kind = f' class="{css}"' if css else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{kind}>{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, css: str) -> str:
    """A straight line."""
    return f'<path class="{css}" d="M{x1:g} {y1:g}L{x2:g} {y2:g}"/>'


def polyline(points: Sequence[tuple[float, float]], css: str) -> str:
    """A line through points."""
    return f'<path class="{css}" d="M' + "L".join(f"{x:g} {y:g}" for x, y in points) + '"/>'


def mark(number: int, x: float, y: float, tip: str = "", hollow: bool = False) -> str:
    """The mark of the ``number``-th system, with what is shown when it is pointed at."""
    css = f"m c{number % COLOURS}" + (" hollow" if hollow else "")
    shape = _SHAPES[number % len(_SHAPES)]
    told = f"<title>{escape(tip)}</title>" if tip else ""
    return f'<path class="{css}" transform="translate({x:g} {y:g})" d="{shape}">{told}</path>'


def legend(
    labels: Iterable[tuple[int, str]], left: float, right: float, y: float
) -> tuple[str, float]:
    """Marks by number with their names, in as many lines as needed, and where the lines end."""
    parts = []
    x = left
    for number, label in labels:
        wide = 16 + width_of(label) + 18
        if x > left and x + wide > right:
            x, y = left, y + FONT + 8
        parts += [mark(number, x + 5, y - 4), text(x + 16, y, label)]
        x += wide
    return "".join(parts), y + 12


def horizontal_axis(axis: Axis, top: float, bottom: float, name: str, form: str = "g") -> str:
    """Grid lines, their values below, and the axis's name."""
    parts = []
    for value in axis.ticks():
        x = axis.at(value)
        parts += [
            line(x, top, x, bottom, "grid"),
            text(x, bottom + 17, _label(value, form), "middle"),
        ]
    middle = (axis.start + axis.end) / 2
    return "".join([*parts, text(middle, bottom + 36, name, "middle", "name")])


def vertical_axis(axis: Axis, left: float, right: float, form: str = "g") -> str:
    """Grid lines with their values on the left."""
    parts = []
    for value in axis.ticks():
        y = axis.at(value)
        parts += [
            line(left, y, right, y, "grid"),
            text(left - 6, y + 4, _label(value, form), "end"),
        ]
    return "".join(parts)


def _label(value: float, form: str) -> str:
    return f"{value:{form}}" if value else f"{0:{form.lstrip('+')}}"


def width_of(words: str) -> float:
    """About how many pixels words take: a Chinese character is as wide as it is high."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in words)
    return FONT * (wide + 0.56 * (len(words) - wide))
