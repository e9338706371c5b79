"""The report of a comparison: HTML for people, Markdown for a page, JSON for programs.

The HTML file is whole: style, plots and texts are in it, it runs no script and asks for nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path

from eval.benchmarks.scale import ScalePoint
from eval.comparison.comparison import Comparison
from eval.comparison.scored_systems import Contestant
from eval.datasets.golden import QUESTION_TYPES, GoldenItem
from eval.datasets.lines import write_lines
from eval.report.plots import difference_plot, latency_plot, quality_plot, risk_plot, scale_plots
from eval.report.questions import listed_measure, question_views
from eval.report.tables import comparison_tables, findings, markdown_text, remarks, type_name

_OUTCOMES = (("win", "有系统胜出"), ("loss", "有系统落后"), ("none", "都没找到"))
_TAGS = {"win": "有胜", "loss": "有负", "none": "都没找到"}


@dataclass(frozen=True)
class Report:
    """Everything a report shows.

    Attributes:
        comparison: the figures.
        contestants: the systems with what they returned.
        items: the questions; empty where documents were judged and no question is known.
        conditions: (name, value) pairs on how the figures came about.
        scale: costs against the size of the corpus; may be empty.
    """

    comparison: Comparison
    contestants: tuple[Contestant, ...]
    items: tuple[GoldenItem, ...] = ()
    conditions: tuple[tuple[str, str], ...] = ()
    scale: tuple[ScalePoint, ...] = ()


def write_report(report: Report, folder: Path) -> Path:
    """Write ``report.html``, ``report.md`` and ``report.json``; returns the path of the first.

    Raises:
        PolicyQAError: the folder cannot be written to.
    """
    write_lines([markdown_text(report.comparison, report.conditions)], folder / "report.md")
    write_lines([report_json(report)], folder / "report.json")
    write_lines([report_html(report)], folder / "report.html")
    return folder / "report.html"


def report_json(report: Report) -> str:
    """All figures as one JSON object, question by question; no texts."""
    data = {
        "conditions": dict(report.conditions),
        "comparison": asdict(report.comparison),
        "scale": [asdict(point) for point in report.scale],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def report_html(report: Report) -> str:
    """The page."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    comparison = report.comparison
    views = question_views(comparison, report.items, report.contestants) if report.items else ()
    kinds = [kind for kind in QUESTION_TYPES if any(view.item.type == kind for view in views)]
    assets = files("eval").joinpath("assets")
    template = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).from_string(assets.joinpath("report.html.jinja").read_text(encoding="utf-8"))
    return template.render(
        css=Markup(assets.joinpath("report.css").read_text(encoding="utf-8")),
        systems=[system.label for system in comparison.systems],
        conditions=report.conditions,
        findings=findings(comparison),
        tables=comparison_tables(comparison),
        remarks=remarks(comparison),
        plots=[(t, [Markup(p) for p in pictures if p]) for t, pictures in _plots(report)],
        questions=views,
        left_out=len(report.items) - len(views),
        kinds=[(kind, type_name(kind)) for kind in kinds],
        outcomes=[(o, label) for o, label in _OUTCOMES if any(o in v.outcomes for v in views)],
        outcome_tags=_TAGS,
    )


def _plots(report: Report) -> Sequence[tuple[str, Sequence[str]]]:
    """(title, pictures); pictures may be empty."""
    comparison = report.comparison
    measure = listed_measure(comparison)
    answers = [m.name for m in comparison.measures if m.name == "answer"]
    return (
        (f"各题型质量 · {measure} by type", [quality_plot(comparison, measure)]),
        ("各题型答案正确 · answers by type", [quality_plot(comparison, name) for name in answers]),
        (f"与第一个系统之差 · {measure} difference", [difference_plot(comparison, measure)]),
        ("风险与覆盖 · risk and coverage", [risk_plot(comparison)]),
        ("耗时分布 · latency", [latency_plot(comparison)]),
        ("代价随规模 · cost against corpus size", scale_plots(report.scale)),
    )
