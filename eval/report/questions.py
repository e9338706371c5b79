"""Each question of a report: what was asked, and what every system found and said, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from eval.comparison.comparison import Comparison
from eval.comparison.scored_systems import Contestant
from eval.datasets.golden import Evidence, GoldenItem
from eval.datasets.runs import Extract, RunRecord
from eval.metrics.matching import bare
from eval.metrics.measures import supports
from eval.report.tables import type_name
from retriever.hit import Span

#: A passage without evidence is shown so far: enough to see why it was found.
_SHOWN = 140
#: More questions would make a page that no browser opens gladly.
MOST_QUESTIONS = 400
_PASSAGES = 10

#: Words, and whether they are marked.
Piece = tuple[str, bool]


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


def question_views(
    comparison: Comparison, items: Sequence[GoldenItem], contestants: Sequence[Contestant]
) -> tuple[QuestionView, ...]:
    """The questions to show: all, or of a large set those on which systems differ first."""
    records = [{record.id: record for record in c.records} for c in contestants]
    measure = listed_measure(comparison)
    outcomes = _outcomes(comparison, measure)
    chosen = list(items)
    if len(items) > MOST_QUESTIONS:
        # Sorting keeps the order of the set among those alike.
        chosen.sort(key=lambda item: set(outcomes.get(item.id, {}).values()) <= {"tie"})
    return tuple(
        _view(comparison, item, outcomes.get(item.id, {}), records)
        for item in chosen[:MOST_QUESTIONS]
    )


def listed_measure(comparison: Comparison) -> str:
    """By which measure wins and losses of a question are told."""
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
    told = [outcome for outcome in ("win", "loss") if outcome in outcomes.values()]
    if item.evidence and not any(p.supports for s in systems for p in s.passages):
        told.append("none")
    return QuestionView(item, type_name(item.type), tuple(told), tuple(systems))


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
