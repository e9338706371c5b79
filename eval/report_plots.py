"""The plots of a report, each an SVG picture or empty where there is nothing to draw."""

from __future__ import annotations

from collections.abc import Sequence

from eval.compare import Cell, Comparison, SystemResult, TypeRow
from eval.report_svg import (
    COLOURS,
    Axis,
    around,
    drawing,
    horizontal_axis,
    legend,
    line,
    mark,
    polyline,
    text,
    vertical_axis,
    width_of,
)
from eval.report_tables import significant, type_name
from eval.scale import ScalePoint
from eval.significance import Interval

_WIDTH = 760
_ROW = 13
_MARGIN = 24
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
    low, high = around(t for _, s in timed for t in s.times)
    key, top = _legend(timed)
    across = Axis(low, high, 60, _WIDTH - _MARGIN, log=True)
    up = Axis(0, 1, top + _PLOT_HEIGHT, top + 8)
    curves = []
    for number, system in timed:
        times = sorted(system.times)
        points = [(across.at(times[0]), up.at(0))]
        for done, t in enumerate(times, start=1):
            points += [(across.at(t), points[-1][1]), (across.at(t), up.at(done / len(times)))]
        curves.append(polyline(points, f"curve c{number % COLOURS}"))
        curves.append(_median_mark(number, system, across, up))
    axes = horizontal_axis(across, top + 8, up.start, "每题毫秒（对数），标记处为中位")
    return drawing(
        _WIDTH,
        up.start + 44,
        "耗时分布",
        [key, axes, vertical_axis(up, 60, _WIDTH - _MARGIN, ".0%"), *curves],
    )


def _median_mark(number: int, system: SystemResult, across: Axis, up: Axis) -> str:
    middle = system.median_ms or 0.0
    tip = f"{system.label}：中位 {middle:.0f} 毫秒，p95 {system.p95_ms or 0:.0f} 毫秒"
    return mark(number, across.at(middle), up.at(0.5), tip)


def risk_plot(comparison: Comparison) -> str:
    """How wrong each system is when only its surest answers are given."""
    drawn = [
        (i, s, s.refusals.curve)
        for i, s in enumerate(comparison.systems)
        if s.refusals and len(s.refusals.curve) > 1
    ]
    if not drawn:
        return ""
    key, top = _legend([(i, s) for i, s, _ in drawn])
    across = Axis(0, 1, 60, _WIDTH - _MARGIN)
    highest = max(risk for _, _, curve in drawn for _, risk in curve)
    up = Axis(0, max(0.1, highest * 1.1), top + _PLOT_HEIGHT, top + 8)
    curves = []
    for number, system, curve in drawn:
        points = [(across.at(coverage), up.at(risk)) for coverage, risk in curve]
        curves.append(polyline(points, f"curve c{number % COLOURS}"))
        coverage, risk = curve[-1]
        tip = f"{system.label}：回答 {coverage:.0%} 的题，其中错 {risk:.1%}"
        curves.append(mark(number, *points[-1], tip))
    axes = horizontal_axis(
        across, top + 8, up.start, "只答最有把握的题：横为回答的比例，纵为其中答错的比例", ".0%"
    )
    return drawing(
        _WIDTH,
        up.start + 44,
        "风险与覆盖",
        [key, axes, vertical_axis(up, 60, _WIDTH - _MARGIN, ".0%"), *curves],
    )


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
