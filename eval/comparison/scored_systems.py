"""Systems ready to be compared: the scores of every question, from golden sets or judgements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.datasets.golden import GoldenItem
from eval.datasets.runs import RunRecord
from eval.datasets.trec import Qrels, Run
from eval.metrics.judged import judged_measures
from eval.metrics.refusal import RefusalScores, outcomes_of, refusal_scores
from eval.metrics.score import score_run


@dataclass(frozen=True)
class Measure:
    """Something measured of each question, between 0 and 1.

    Attributes:
        name: in programs and in ``--fail-under``.
        title: in tables, Chinese.
        higher: more is better.
        tested: systems are tested on it; not where the questions it is defined for depend on the
            system.
        answers: of the answer, not of the search.
    """

    name: str
    title: str
    higher: bool = True
    tested: bool = True
    answers: bool = False


#: What golden questions measure, and the field of ``Scores`` that holds it.
_GOLDEN: tuple[tuple[Measure, str], ...] = (
    (Measure("success@5", "命中@5"), "success_at_5"),
    (Measure("recall@10", "召回@10"), "recall_at_10"),
    (Measure("nDCG@10", "nDCG@10"), "ndcg_at_10"),
    (Measure("success@1500", "1500字内命中"), "success_in_1500"),
    (Measure("answer", "答案正确", answers=True), "contains"),
    (Measure("short-F1", "短答F1", answers=True), "short_f1"),
    (Measure("items", "列出项", answers=True), "items_found"),
    (Measure("citation", "引文可证", tested=False, answers=True), "citation_supports"),
    (Measure("refused-noans", "该拒且拒", answers=True), "refused_noans"),
    (Measure("refused-wrongly", "误拒", higher=False, answers=True), "refused_answerable"),
)
GOLDEN_MEASURES = tuple(measure for measure, _ in _GOLDEN)


@dataclass(frozen=True)
class ScoredSystem:
    """A system's scores on a set of questions.

    Attributes:
        name: unique among those compared.
        label: its name in tables.
        scores: measure → question id → score, for the questions of which it is defined.
        times: milliseconds a question; empty when the run does not say.
        missing: ids of the questions that the run lacks.
        records: what it returned for each question, for people to read.
        refusals: how well it knows what it does not know; None when it only searches.
    """

    name: str
    label: str
    scores: Mapping[str, Mapping[str, float]]
    times: tuple[float, ...] = ()
    missing: tuple[str, ...] = ()
    records: tuple[RunRecord, ...] = ()
    refusals: RefusalScores | None = None


def golden_system(
    name: str, label: str, items: Sequence[GoldenItem], records: Sequence[RunRecord]
) -> ScoredSystem:
    """A run scored against golden questions.

    Raises:
        PolicyQAError: the set is empty, or no id of the run is in it.
    """
    table = score_run(items, records)
    scores: dict[str, dict[str, float]] = {}
    for measure, field in _GOLDEN:
        values = {q.id: getattr(q.scores, field) for q in table.questions}
        scores[measure.name] = {each: v for each, v in values.items() if v is not None}
    times = tuple(q.ms for q in table.questions if q.ms)
    return ScoredSystem(
        name=name,
        label=label,
        scores=scores,
        times=times,
        missing=tuple(q.id for q in table.questions if q.missing),
        records=tuple(records),
        refusals=None if table.search_only else refusal_scores(outcomes_of(items, records)),
    )


def judged_system(
    name: str, label: str, qrels: Qrels, run: Run, measures: Sequence[str]
) -> ScoredSystem:
    """A ranking of documents scored against relevance judgements.

    Raises:
        PolicyQAError: see ``eval.metrics.judged.judged_measures``.
    """
    found = judged_measures(qrels, run, measures)
    return ScoredSystem(name, label, found.per_query, missing=found.missing)


def judged_measure(name: str) -> Measure:
    """A measure of ``ir_measures`` as a measure of a comparison."""
    return Measure(name, name, tested=not name.startswith("Judged"))
