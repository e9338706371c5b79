"""The report of a comparison: HTML for people, Markdown for a page, JSON for programs.

The HTML file is whole: style, plots and texts are in it, it runs no script and asks for nothing. It
shows each question with what every system found and answered, side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from importlib.resources import files
from pathlib import Path

from eval.comparison.comparison import Comparison, ComparisonRun
from eval.datasets.golden import QUESTION_TYPES, Evidence, GoldenItem
from eval.datasets.lines import json_text, write_lines
from eval.datasets.runs import Extract, RunRecord
from eval.metrics.matching import bare
from eval.metrics.measures import supports
from eval.report.plots import difference_plot, latency_plot, quality_plot, risk_plot, scale_plots
from eval.report.tables import comparison_tables, findings, markdown_text, remarks, type_name
from retriever.hit import Span

_OUTCOMES = (("win", "有系统胜出"), ("loss", "有系统落后"), ("none", "都没找到"))
_TAGS = {"win": "有胜", "loss": "有负", "none": "都没找到"}
#: A passage without evidence is shown so far: enough to see why it was found.
_SHOWN = 140
#: More questions would make a page that no browser opens gladly.
MOST_QUESTIONS = 400
_PASSAGES = 10

#: Words, and whether they are marked.
Piece = tuple[str, bool]


def write_report(run: ComparisonRun, folder: Path) -> Path:
    """Write ``report.html``, ``report.md`` and ``report.json``; returns the path of the first.

    Raises:
        PolicyQAError: the folder cannot be written to.
    """
    write_lines([markdown_text(run.comparison, run.conditions)], folder / "report.md")
    write_lines([report_json(run)], folder / "report.json")
    write_lines([report_html(run)], folder / "report.html")
    return folder / "report.html"


def report_json(run: ComparisonRun) -> str:
    """All figures as one JSON object, question by question; no texts."""
    data = {
        "conditions": dict(run.conditions),
        "comparison": asdict(run.comparison),
        "scale": [asdict(point) for point in run.scale],
    }
    return json_text(data)


def report_html(run: ComparisonRun) -> str:
    """The page."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    comparison = run.comparison
    views = question_views(run) if run.items else ()
    kinds = [kind for kind in QUESTION_TYPES if any(view.item.type == kind for view in views)]
    assets = files("eval").joinpath("assets")
    template = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).from_string(assets.joinpath("report.html.jinja").read_text(encoding="utf-8"))
    return template.render(
        css=Markup(assets.joinpath("report.css").read_text(encoding="utf-8")),
        systems=[system.label for system in comparison.systems],
        conditions=run.conditions,
        findings=findings(comparison),
        tables=comparison_tables(comparison),
        remarks=remarks(comparison),
        plots=[(t, [Markup(p) for p in pictures if p]) for t, pictures in _plots(run)],
        questions=views,
        left_out=len(run.items) - len(views),
        kinds=[(kind, type_name(kind)) for kind in kinds],
        outcomes=[(o, label) for o, label in _OUTCOMES if any(o in v.outcomes for v in views)],
        outcome_tags=_TAGS,
    )


def _plots(run: ComparisonRun) -> Sequence[tuple[str, Sequence[str]]]:
    """(title, pictures); pictures may be empty."""
    comparison = run.comparison
    measure = listed_measure(comparison)
    answers = [m.name for m in comparison.measures if m.name == "answer"]
    return (
        (f"各题型质量 · {measure} by type", [quality_plot(comparison, measure)]),
        ("各题型答案正确 · answers by type", [quality_plot(comparison, name) for name in answers]),
        (f"与第一个系统之差 · {measure} difference", [difference_plot(comparison, measure)]),
        ("风险与覆盖 · risk and coverage", [risk_plot(comparison)]),
        ("耗时分布 · latency", [latency_plot(comparison)]),
        ("代价随规模 · cost against corpus size", scale_plots(run.scale)),
    )


@dataclass(frozen=True)
class PassageView:
    """A passage of a system, the evidence in it marked."""

    rank: int
    doc: str
    pieces: tuple[Piece, ...]
    supports: bool


@dataclass(frozen=True)
class SystemView:
    """What a system did with one question.

    Attributes:
        label: the system's name.
        outcome: ``win``, ``loss``, ``tie`` against the first system, or empty for the first.
        scores: (title, score) of each measure that is defined.
        answer: its answer, gold answers marked; empty when it only searches.
        answered: False on refusal.
        passages: best first.
    """

    label: str
    outcome: str
    scores: tuple[tuple[str, str], ...]
    answer: tuple[Piece, ...]
    answered: bool
    passages: tuple[PassageView, ...]


@dataclass(frozen=True)
class QuestionView:
    """A question with all systems.

    Attributes:
        item: the golden question.
        type: its type in Chinese.
        outcomes: ``win``, ``loss``, ``none`` (nobody finds it) as far as they hold: what one can
            filter by.
        systems: in the order of the comparison.
    """

    item: GoldenItem
    type: str
    outcomes: tuple[str, ...]
    systems: tuple[SystemView, ...]


def question_views(run: ComparisonRun) -> tuple[QuestionView, ...]:
    """The questions to show: all, or of a large set those on which systems differ first."""
    records = [{record.id: record for record in each.records} for each in run.systems]
    outcomes = _outcomes(run.comparison, listed_measure(run.comparison))
    chosen = list(run.items)
    if len(chosen) > MOST_QUESTIONS:
        # Sorting keeps the order of the set among those alike.
        chosen.sort(key=lambda item: set(outcomes.get(item.id, {}).values()) <= {"tie"})
    return tuple(
        _view(run.comparison, item, outcomes.get(item.id, {}), records)
        for item in chosen[:MOST_QUESTIONS]
    )


def listed_measure(comparison: Comparison) -> str:
    """By which measure wins and losses of a question are shown."""
    names = [measure.name for measure in comparison.measures]
    return "nDCG@10" if "nDCG@10" in names else names[0]


def _outcomes(comparison: Comparison, measure: str) -> dict[str, dict[str, str]]:
    """Question id → system → win, loss or tie."""
    found: dict[str, dict[str, str]] = {}
    for pair in comparison.pairs:
        if pair.measure == measure:
            for outcome, ids in (("win", pair.wins), ("loss", pair.losses), ("tie", pair.ties)):
                for each in ids:
                    found.setdefault(each, {})[pair.system] = outcome
    return found


def _view(
    comparison: Comparison,
    item: GoldenItem,
    outcomes: Mapping[str, str],
    records: Sequence[Mapping[str, RunRecord]],
) -> QuestionView:
    systems = []
    for system, given in zip(comparison.systems, records, strict=True):
        record = given.get(item.id, RunRecord(item.id))
        scores = tuple(
            (m.title, f"{system.scores[m.name][item.id]:.2f}")
            for m in comparison.measures
            if item.id in system.scores.get(m.name, {})
        )
        systems.append(
            SystemView(
                label=system.label,
                outcome=outcomes.get(system.name, ""),
                scores=scores,
                answer=_marked_answer(record.answer, item),
                answered=record.answered,
                passages=tuple(
                    _passage(rank, passage, item.evidence)
                    for rank, passage in enumerate(record.passages[:_PASSAGES], start=1)
                ),
            )
        )
    shown = [outcome for outcome in ("win", "loss") if outcome in outcomes.values()]
    if item.evidence and not any(p.supports for s in systems for p in s.passages):
        shown.append("none")
    return QuestionView(item, type_name(item.type), tuple(shown), tuple(systems))


def _passage(rank: int, passage: Extract, evidence: Sequence[Evidence]) -> PassageView:
    spans = [
        span
        for entry in evidence
        if supports(passage, entry) and (span := quote_span(passage.text, entry.quote))
    ]
    if spans:
        return PassageView(rank, passage.doc, pieces(passage.text, spans), True)
    supported = any(supports(passage, entry) for entry in evidence)
    shown = (
        passage.text if supported or len(passage.text) <= _SHOWN else passage.text[:_SHOWN] + "…"
    )
    return PassageView(rank, passage.doc, ((shown, False),), supported)


def _marked_answer(answer: str, item: GoldenItem) -> tuple[Piece, ...]:
    if not answer:
        return ()
    golds = (*item.answers, *item.must_include)
    spans = [span for gold in golds if (span := quote_span(answer, gold, whole=True))]
    return pieces(answer, spans)


def quote_span(text: str, quote: str, whole: bool = False) -> Span | None:
    """Where a quote stands in a text, both compared in bare form; its longest piece if not whole.

    Args:
        text: what is searched.
        quote: what is looked for.
        whole: a piece of it will not do.
    """
    wanted = bare(quote)
    characters, places = [], []
    for place, character in enumerate(text):
        for each in bare(character):
            characters.append(each)
            places.append(place)
    searched = "".join(characters)
    start, length = searched.find(wanted), len(wanted)
    if start < 0 and not whole:
        matcher = SequenceMatcher(None, searched, wanted, autojunk=False)
        start, _, length = matcher.find_longest_match()
    if start < 0 or length == 0:
        return None
    return places[start], places[start + length - 1] + 1


def pieces(text: str, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """A text cut at spans, which may overlap; those inside them are marked."""
    marked = [False] * len(text)
    for start, end in spans:
        marked[start:end] = [True] * (end - start)
    cut: list[Piece] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or marked[end] != marked[start]:
            cut.append((text[start:end], marked[start]))
            start = end
    return tuple(cut)
