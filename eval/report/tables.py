"""The tables of a comparison, once for the terminal, Markdown and HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.comparison.comparison import Cell, Comparison, Measure, PairedResult, PValue, SystemResult
from eval.metrics.layout import NO_FIGURE, aligned, share, whole
from eval.metrics.score import TYPE_NAMES
from eval.metrics.significance import Interval

#: By what wins and losses are listed: the one measure that sees every change of order.
_LISTED = ("nDCG@10", "answer")
#: With more systems a terminal's lines would break, so intervals are left to the report.
_MOST_WITH_INTERVALS = 4
_IDS_SHOWN, _IDS_IN_BRIEF = 200, 12


@dataclass(frozen=True)
class Table:
    """Cells of text under a title; the first row holds the names of the columns.

    Attributes:
        title: Chinese, then English.
        cells: rows of equal length.
        note: how to read it, or empty.
        by_type: its rows are types of question.
        prose: its cells are words, not figures.
    """

    title: str
    cells: tuple[tuple[str, ...], ...]
    note: str = ""
    by_type: bool = False
    prose: bool = False


def comparison_tables(
    comparison: Comparison, intervals: bool = True, brief: bool = False
) -> tuple[Table, ...]:
    """Overall scores with latency, each measure by type, paired tests, wins and losses.

    Args:
        comparison: what is shown.
        intervals: with the bounds of each mean in the tables by type.
        brief: of the measures of answers only whether they are right by type.
    """
    search = [m for m in comparison.measures if not m.answers]
    answers = [m for m in comparison.measures if m.answers]
    tables = [_overall(comparison, search, "总体 · overall")]
    if answers:
        answering = [
            s for s in comparison.systems if any(s.mean(m.name) is not None for m in answers)
        ]
        tables.append(_overall(comparison, answers, "回答 · answers", answering))
        tables.append(_refusals(answering))
    if any(len(system.rows) > 1 for system in comparison.systems):
        tables += [
            _by_type(comparison, measure, intervals)
            for measure in comparison.measures
            if not (brief and measure.answers and measure.name not in _LISTED)
        ]
    if comparison.pairs:
        tables.append(_tests(comparison))
        tables.append(_wins(comparison, _IDS_IN_BRIEF if brief else _IDS_SHOWN))
    return tuple(tables)


def terminal_text(comparison: Comparison) -> str:
    """The tables aligned for a terminal; no final newline."""
    few = len(comparison.systems) <= _MOST_WITH_INTERVALS
    parts = []
    for table in comparison_tables(comparison, intervals=few, brief=True):
        shown = _lines(table) if table.prose else aligned(table.cells)
        parts += [table.title, shown, *([table.note] if table.note else []), ""]
    return "\n".join([*parts, *remarks(comparison)]).rstrip()


def _lines(table: Table) -> str:
    """A row of words a line: aligned columns of them would be too wide."""
    head, *rows = table.cells
    return "\n".join(
        f"{row[0]} {row[1]}  "
        + "；".join(f"{name}：{cell}" for name, cell in zip(head[2:], row[2:], strict=True))
        for row in rows
    )


def markdown_text(comparison: Comparison, conditions: Sequence[tuple[str, str]] = ()) -> str:
    """The findings and tables in Markdown; no final newline."""
    parts = ["# 评测对比 · comparison\n"]
    parts += [f"- {name}：{value}" for name, value in conditions]
    parts += ["", *(f"**{sentence}**\n" for sentence in findings(comparison))]
    for table in comparison_tables(comparison):
        head, *rows = table.cells
        lines = [head, tuple(["---", *["---:"] * (len(head) - 1)]), *rows]
        parts.append(f"## {table.title}\n")
        parts.append("\n".join("| " + " | ".join(map(_escaped, r)) + " |" for r in lines) + "\n")
        if table.note:
            parts.append(table.note + "\n")
    return "\n".join([*parts, *remarks(comparison)]).rstrip()


def findings(comparison: Comparison) -> list[str]:
    """One sentence a system: how it differs from the first, and whether that may be luck."""
    tested = {pair.measure for pair in comparison.pairs}
    shown = next((name for name in _LISTED if name in tested), "")
    first = comparison.systems[0].label
    sentences = []
    for system in comparison.systems[1:]:
        pair = comparison.pair(shown, system.name)
        if pair is None:
            continue
        higher = "高" if pair.difference.mean >= 0 else "低"
        verdict = "显著" if significant(pair) else "不显著"
        sentences.append(
            f"{system.label}的 {shown} 比“{first}”{higher} {abs(pair.difference.mean):.3f}"
            f"（95% 区间 {pair.difference.low:+.3f} 到 {pair.difference.high:+.3f}，"
            f"胜 {len(pair.wins)} 题、负 {len(pair.losses)} 题，"
            f"校正后 p {_equals(pair.randomisation.corrected)}，{verdict}）。"
        )
    return sentences or [
        f"{s.label}：{len(comparison.questions)} 道题。" for s in comparison.systems
    ]


def _overall(
    comparison: Comparison,
    measures: Sequence[Measure],
    title: str,
    systems: Sequence[SystemResult] | None = None,
) -> Table:
    head = ("系统", *(m.title for m in measures), "中位ms", "p95ms")
    rows = [
        (
            system.label,
            *(_interval(_cell(system.rows[-1].cells, m)) for m in measures),
            whole(system.median_ms),
            whole(system.p95_ms),
        )
        for system in systems or comparison.systems
    ]
    return Table(title, (head, *rows), "方括号里是均值的 95% 自助法区间。")


def _by_type(comparison: Comparison, measure: Measure, intervals: bool) -> Table:
    systems = [s for s in comparison.systems if s.mean(measure.name) is not None]
    rows = []
    for i, row in enumerate(systems[0].rows):
        cells = [_cell(s.rows[i].cells, measure) for s in systems]
        if cells[0].questions:
            shown = [
                _interval(c) if intervals else share(c.interval.mean if c.interval else None)
                for c in cells
            ]
            rows.append((type_name(row.type), str(cells[0].questions), *shown))
    head = ("题型", "题数", *(s.label for s in systems))
    title = measure.title if measure.title == measure.name else f"{measure.title} · {measure.name}"
    return Table(title, (head, *rows), by_type=True)


def _refusals(systems: Sequence[SystemResult]) -> Table:
    head = ("系统", "拒得对", "该拒且拒", "风险-覆盖面积", "校准误差")
    rows = [
        (s.label, *map(share, (r.precision, r.recall, r.aurc, r.calibration_error)))
        for s in systems
        if (r := s.refusals)
    ]
    note = "风险-覆盖面积（AURC）和校准误差（ECE）越小越好；系统不报把握时没有。"
    return Table("拒答 · refusal", (head, *rows), note)


def _tests(comparison: Comparison) -> Table:
    labels = {system.name: system.label for system in comparison.systems}
    titles = {measure.name: measure.title for measure in comparison.measures}
    head = ("系统", "指标", "均值之差", "胜/负/平", "随机化p", "校正后", "t检验p", "校正后")
    rows = [
        (
            labels[pair.system],
            titles[pair.measure],
            _signed(pair.difference),
            f"{len(pair.wins)}/{len(pair.losses)}/{len(pair.ties)}",
            p_text(pair.randomisation.raw),
            _corrected(pair.randomisation),
            p_text(pair.t_test.raw) if pair.t_test else NO_FIGURE,
            _corrected(pair.t_test),
        )
        for pair in comparison.pairs
    ]
    first = comparison.systems[0].label
    note = (
        f"每个系统与“{first}”逐题配对比较：Fisher 随机化检验和 t 检验，双侧；"
        "“校正后”是同一指标下按系统个数作的 Holm 校正，* 表示小于 0.05。"
    )
    return Table(f"与“{first}”配对检验 · paired tests", (head, *rows), note)


def _wins(comparison: Comparison, most: int) -> Table:
    labels = {system.name: system.label for system in comparison.systems}
    tested = {pair.measure for pair in comparison.pairs}
    listed = [name for name in _LISTED if name in tested] or [comparison.pairs[0].measure]
    rows = [
        (labels[pair.system], pair.measure, _ids(pair.wins, most), _ids(pair.losses, most))
        for pair in comparison.pairs
        if pair.measure in listed
    ]
    first = comparison.systems[0].label
    head = ("系统", "指标", "胜", "负")
    return Table(f"对“{first}”的胜负题 · wins and losses", (head, *rows), prose=True)


def remarks(comparison: Comparison) -> list[str]:
    """What a reader must know of runs that lack questions."""
    return [
        f"注：{system.label}的运行结果缺 {len(system.missing)} 道题，按最差计：{_ids(system.missing, _IDS_IN_BRIEF)}"
        for system in comparison.systems
        if system.missing
    ]


def type_name(kind: str) -> str:
    """A type of question in Chinese."""
    return TYPE_NAMES.get(kind, kind)


def significant(pair: PairedResult | None) -> bool:
    """Whether a system differs from the first by the randomisation test, corrected, at 0.05."""
    return pair is not None and pair.randomisation.corrected < 0.05


def p_text(p: float) -> str:
    """A p value as papers print it."""
    return "<.001" if p < 0.001 else f"{p:.3f}"


def _equals(p: float) -> str:
    return p_text(p) if p < 0.001 else f"= {p:.3f}"


def _corrected(p: PValue | None) -> str:
    if p is None:
        return NO_FIGURE
    return p_text(p.corrected) + ("*" if p.corrected < 0.05 else "")


def _cell(cells: Sequence[Cell], measure: Measure) -> Cell:
    return next(cell for cell in cells if cell.measure == measure.name)


def _interval(cell: Cell) -> str:
    if cell.interval is None:
        return NO_FIGURE
    low, high = cell.interval.low, cell.interval.high
    return f"{cell.interval.mean:.3f} [{low:.2f},{high:.2f}]"


def _signed(interval: Interval) -> str:
    return f"{interval.mean:+.3f} [{interval.low:+.2f},{interval.high:+.2f}]"


def _ids(ids: Sequence[str], most: int) -> str:
    if not ids:
        return NO_FIGURE
    return " ".join(ids[:most]) + (f" 等{len(ids)}题" if len(ids) > most else "")


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")
