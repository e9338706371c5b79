"""The plots of a report, each an SVG picture or empty where there is nothing to draw."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from eval.comparison.comparison import Cell, Comparison, SystemResult, TypeRow
from eval.datasets.scale_points import ScalePoint
from eval.metrics.significance import Interval
from eval.report.tables import significant, type_name

_WIDTH = 760
_ROW = 13
_MARGIN = 24
_LEFT = 60
_PLOT_HEIGHT = 260
_COSTS = (
    ("index_seconds", "建索引（秒）"),
    ("memory_mb", "内存（MB）"),
    ("median_ms", "检索中位（毫秒）"),
    ("p95_ms", "检索 p95（毫秒）"),
    ("index_mb", "索引大小（MB）"),
)


def quality_plot(comparison: Comparison, measure: str) -> str:
    """Each system's mean with its interval, type by type."""
    drawn = [(i, s) for i, s in enumerate(comparison.systems) if s.mean(measure) is not None]
    if not drawn:
        return ""
    key, top = _legend(drawn)
    axis = Axis(0, 1, 90, _WIDTH - _MARGIN)
    body, y = [], top + 8
    for i, row in enumerate(drawn[0][1].rows):
        cells = [(n, s, _cell(s.rows[i], measure)) for n, s in drawn]
        if not cells[0][2].questions:
            continue
        body.append(line(axis.start, y, axis.end, y, "rule"))
        middle = y + 8 + len(cells) * _ROW / 2
        body.append(text(axis.start - 8, middle, type_name(row.type), "end"))
        for place, (number, system, cell) in enumerate(cells):
            what = f"{system.label} {type_name(row.type)}，{cell.questions} 题"
            body += _whisker(number, axis, y + 10 + place * _ROW, cell.interval, what)
        y += 8 + len(cells) * _ROW
    title = next(m.title for m in comparison.measures if m.name == measure)
    grid = horizontal_axis(axis, top + 8, y, f"{title}，横线为 95% 区间", ".1f")
    return drawing(_WIDTH, y + 44, f"各题型：{title}", [key, grid, *body])


def difference_plot(comparison: Comparison, measure: str) -> str:
    """Each system's mean difference from the first, with its interval; hollow when not significant."""
    pairs = [(s, p) for s in comparison.systems if (p := comparison.pair(measure, s.name))]
    if not pairs:
        return ""
    widest = max(max(abs(p.difference.low), abs(p.difference.high)) for _, p in pairs)
    reach = max(0.05, widest * 1.1)
    axis = Axis(-reach, reach, 40 + max(width_of(s.label) for s, _ in pairs), _WIDTH - _MARGIN)
    numbers = {system.name: i for i, system in enumerate(comparison.systems)}
    body, y = [], 20.0
    for system, pair in pairs:
        what = f"{system.label}，校正后 p = {pair.randomisation.corrected:.4f}"
        body.append(text(axis.start - 8, y + 4, system.label, "end"))
        number = numbers[system.name]
        body += _whisker(number, axis, y, pair.difference, what, hollow=not significant(pair))
        y += 26
    zero = axis.at(0)
    first = comparison.systems[0].label
    grid = horizontal_axis(axis, 6, y - 8, f"{measure} 与“{first}”之差，空心为不显著", "+.2g")
    zero_line = line(zero, 6, zero, y - 8, "zero")
    return drawing(_WIDTH, y + 36, f"{measure} 之差", [grid, zero_line, *body])


def latency_plot(comparison: Comparison) -> str:
    """The share of questions answered within a time, for each system."""
    timed = [(i, s) for i, s in enumerate(comparison.systems) if any(t > 0 for t in s.times)]
    if not timed:
        return ""
    curves = []
    for number, system in timed:
        times = sorted(system.times)
        points = [(times[0], 0.0)]
        for done, t in enumerate(times, start=1):
            points += [(t, points[-1][1]), (t, done / len(times))]
        median, p95 = system.median_ms or 0.0, system.p95_ms or 0
        tip = f"{system.label}：中位 {median:.0f} 毫秒，p95 {p95:.0f} 毫秒"
        curves.append(_Curve(number, system, points, (median, 0.5), tip))
    low, high = around(t for _, s in timed for t in s.times)
    across = Axis(low, high, _LEFT, _WIDTH - _MARGIN, log=True)
    return _curves("耗时分布", curves, (across, "每题毫秒（对数），标记处为中位", "g"), 1)


def risk_plot(comparison: Comparison) -> str:
    """How wrong each system is when only its surest answers are given."""
    curves = []
    for number, system in enumerate(comparison.systems):
        points = list(system.refusals.curve) if system.refusals else []
        if len(points) > 1:
            coverage, risk = points[-1]
            tip = f"{system.label}：回答 {coverage:.0%} 的题，其中错 {risk:.1%}"
            curves.append(_Curve(number, system, points, points[-1], tip))
    if not curves:
        return ""
    highest = max(risk for curve in curves for _, risk in curve.points)
    across = Axis(0, 1, _LEFT, _WIDTH - _MARGIN)
    name = "只答最有把握的题：横为回答的比例，纵为其中答错的比例"
    return _curves("风险与覆盖", curves, (across, name, ".0%"), max(0.1, highest * 1.1))


@dataclass(frozen=True)
class _Curve:
    """A system's (across, up) values, and where it is marked with what."""

    number: int
    system: SystemResult
    points: Sequence[tuple[float, float]]
    marked: tuple[float, float]
    tip: str


def _curves(
    title: str, curves: Sequence[_Curve], bottom: tuple[Axis, str, str], highest: float
) -> str:
    """A curve a system above an axis with its name and form; shares upwards from 0."""
    key, top = _legend([(curve.number, curve.system) for curve in curves])
    across, name, form = bottom
    up = Axis(0, highest, top + _PLOT_HEIGHT, top + 8)
    parts = [
        key,
        horizontal_axis(across, top + 8, up.start, name, form),
        vertical_axis(up, _LEFT, _WIDTH - _MARGIN, ".0%"),
    ]
    for curve in curves:
        drawn = [(across.at(x), up.at(y)) for x, y in curve.points]
        parts.append(polyline(drawn, f"curve c{curve.number % COLOURS}"))
        x, y = curve.marked
        parts.append(mark(curve.number, across.at(x), up.at(y), curve.tip))
    return drawing(_WIDTH, up.start + 44, title, parts)


def _legend(systems: Sequence[tuple[int, SystemResult]]) -> tuple[str, float]:
    return legend([(n, s.label) for n, s in systems], _MARGIN, _WIDTH - _MARGIN, 18)


def _cell(row: TypeRow, measure: str) -> Cell:
    return next(cell for cell in row.cells if cell.measure == measure)


def _whisker(
    number: int, axis: Axis, y: float, interval: Interval | None, what: str, *, hollow: bool = False
) -> list[str]:
    """A mean with its interval."""
    if interval is None:
        return []
    low, mean, high = (axis.at(v) for v in (interval.low, interval.mean, interval.high))
    tip = f"{what}：{interval.mean:.3f} [{interval.low:.3f}, {interval.high:.3f}]"
    bar = line(low, y, high, y, f"bar c{number % COLOURS}")
    return [bar, mark(number, mean, y, tip, hollow=hollow)]


def scale_plots(points: Sequence[ScalePoint]) -> tuple[str, ...]:
    """One picture a cost against the number of passages; hollow where it was worked out."""
    return tuple(plot for name, title in _COSTS if (plot := _cost_plot(points, name, title)))


def _cost_plot(points: Sequence[ScalePoint], name: str, title: str) -> str:
    known = [(p, value) for p in points if (value := getattr(p, name))]
    if len(known) < 2:
        return ""
    width = _WIDTH / 2
    low, high = around(value for _, value in known)
    across = Axis(*around(p.passages for p, _ in known), 60, width - 20, log=True)
    up = Axis(low, high, 200, 30, log=True)
    marks = [
        mark(
            0,
            across.at(p.passages),
            up.at(value),
            f"{p.passages:,} 段：{value:g}" + ("（推算）" if name in p.extrapolated else ""),
            hollow=name in p.extrapolated,
        )
        for p, value in known
    ]
    parts = [
        text(60, 18, title, css="name"),
        horizontal_axis(across, 30, 200, "段落数（对数），空心为推算"),
        vertical_axis(up, 60, width - 20),
        polyline([(across.at(p.passages), up.at(v)) for p, v in known], "curve c0"),
        *marks,
    ]
    return drawing(width, 244, title, parts)


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
    title = f"<title>{escape(tip)}</title>" if tip else ""
    return f'<path class="{css}" transform="translate({x:g} {y:g})" d="{shape}">{title}</path>'


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
