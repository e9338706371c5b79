"""Systems side by side on the same questions: means with intervals, paired tests, wins and losses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from corpus.errors import PolicyQAError
from eval.datasets.golden import QUESTION_TYPES, GoldenItem
from eval.datasets.runs import RunRecord
from eval.datasets.scale_points import ScalePoint
from eval.datasets.trec import Qrels, Run
from eval.metrics.judged import judged_measures
from eval.metrics.measures import median_and_p95
from eval.metrics.refusal import RefusalScores, outcomes_of, refusal_scores
from eval.metrics.score import OVERALL, score_run
from eval.metrics.significance import (
    Interval,
    bootstrap_interval,
    holm,
    paired_t_test,
    randomisation_test,
)

#: Scores closer than this are a tie.
_TIE = 1e-9


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
class SystemScores:
    """A system's scores on a set of questions.

    Attributes:
        name: unique among those compared, as given on the command line.
        label: its name in tables.
        scores: measure → question id → score, for the questions of which it is defined.
        times: milliseconds of each question; empty when the run does not say.
        missing: questions that its run lacks; they score as badly as can be.
        refusals: how well it knows what it does not know; None when it only searches.
    """

    name: str
    label: str
    scores: Mapping[str, Mapping[str, float]]
    times: tuple[float, ...] = ()
    missing: tuple[str, ...] = ()
    refusals: RefusalScores | None = None


@dataclass(frozen=True)
class ScoredSystem(SystemScores):
    """A system ready to be compared, with what it returned for each question, for people to read."""

    records: tuple[RunRecord, ...] = ()


@dataclass(frozen=True)
class Cell:
    """A system's mean over the questions of one type.

    Attributes:
        measure: the measure's name.
        questions: for how many of the questions it is defined.
        interval: mean and bounds; None where it is defined for none.
    """

    measure: str
    questions: int
    interval: Interval | None


@dataclass(frozen=True)
class TypeRow:
    """A system's means over the questions of one type, or over all (``all``)."""

    type: str
    questions: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class SystemResult(SystemScores):
    """How one system does.

    Attributes:
        rows: a row for each type that occurs, the last over all questions.
        median_ms: median milliseconds a question; None when the run does not say.
        p95_ms: the 95th percentile (nearest rank).
    """

    rows: tuple[TypeRow, ...]
    median_ms: float | None
    p95_ms: float | None

    def mean(self, measure: str) -> float | None:
        """The mean of a measure over all questions; None where it is not defined."""
        cells = {cell.measure: cell.interval for cell in self.rows[-1].cells}
        interval = cells.get(measure)
        return interval.mean if interval else None


@dataclass(frozen=True)
class PValue:
    """A p value, and the same corrected for the number of systems compared (Holm)."""

    raw: float
    corrected: float


@dataclass(frozen=True)
class PairedResult:
    """A system against the first one, by one measure.

    Attributes:
        measure: the measure's name.
        system: the system's name.
        against: the first system's name.
        difference: mean of the paired differences with its bootstrap interval.
        randomisation: of Fisher's paired randomisation test.
        t_test: of the paired t test; None for one question.
        wins: ids of the questions on which the system is better.
        losses: on which it is worse.
        ties: on which both are the same.
    """

    measure: str
    system: str
    against: str
    difference: Interval
    randomisation: PValue
    t_test: PValue | None
    wins: tuple[str, ...]
    losses: tuple[str, ...]
    ties: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Several systems on one set of questions.

    Attributes:
        questions: question id → type, in the order of the set.
        measures: what was measured; only what is defined for at least one system.
        systems: in the order given; the first is what the others are tested against.
        pairs: measure by measure, system by system.
    """

    questions: Mapping[str, str]
    measures: tuple[Measure, ...]
    systems: tuple[SystemResult, ...]
    pairs: tuple[PairedResult, ...]

    def pair(self, measure: str, system: str) -> PairedResult | None:
        """The result of one test; None where there was nothing to test."""
        for result in self.pairs:
            if (result.measure, result.system) == (measure, system):
                return result
        return None


@dataclass(frozen=True)
class ComparisonRun:
    """What came of comparing: everything a report shows.

    Attributes:
        comparison: the figures.
        systems: the systems with what they returned.
        items: the questions; empty where documents were judged and no question is known.
        conditions: (name, value) pairs on how the figures came about.
        scale: costs against the size of the corpus; may be empty.
    """

    comparison: Comparison
    systems: tuple[ScoredSystem, ...]
    items: tuple[GoldenItem, ...] = ()
    conditions: tuple[tuple[str, str], ...] = ()
    scale: tuple[ScalePoint, ...] = ()


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


def compare(
    questions: Mapping[str, str], measures: Sequence[Measure], scored: Sequence[ScoredSystem]
) -> Comparison:
    """Compare systems; each is tested against the first.

    P values are corrected for the number of systems tested by one measure: each measure is a
    family of its own.

    Args:
        questions: question id → type.
        measures: what to show, in this order.
        scored: the systems.

    Raises:
        PolicyQAError: there is no question or no system, or two systems bear one name.
    """
    if not questions or not scored:
        raise PolicyQAError("没有可比的题或系统", "至少一道题和一个系统", "检查题集和系统的名字")
    names = [each.name for each in scored]
    for name in names:
        if names.count(name) > 1:
            raise PolicyQAError(f"{name} 写了两次", "各不相同的系统", "去掉一个再试")
    defined = tuple(m for m in measures if any(each.scores.get(m.name) for each in scored))
    systems = tuple(_system(questions, defined, each) for each in scored)
    pairs = tuple(pair for m in defined if m.tested for pair in _pairs(m, scored[0], scored[1:]))
    return Comparison(questions, defined, systems, pairs)


def _system(
    questions: Mapping[str, str], measures: Sequence[Measure], scored: ScoredSystem
) -> SystemResult:
    kinds = [*dict.fromkeys((*QUESTION_TYPES, *questions.values()))]
    rows = []
    for kind in (*kinds, OVERALL):
        ids = [each for each, type_ in questions.items() if kind in (type_, OVERALL)]
        if ids and not (kind != OVERALL and len(ids) == len(questions)):
            cells = tuple(_cell(measure.name, ids, scored) for measure in measures)
            rows.append(TypeRow(kind, len(ids), cells))
    median, p95 = median_and_p95(scored.times)
    own = {field.name: getattr(scored, field.name) for field in fields(SystemScores)}
    return SystemResult(**own, rows=tuple(rows), median_ms=median, p95_ms=p95)


def _cell(measure: str, ids: Sequence[str], scored: ScoredSystem) -> Cell:
    scores = scored.scores.get(measure, {})
    values = [scores[each] for each in ids if each in scores]
    return Cell(measure, len(values), bootstrap_interval(values) if values else None)


def _pairs(
    measure: Measure, first: ScoredSystem, others: Sequence[ScoredSystem]
) -> list[PairedResult]:
    """The tests of one measure, corrected together."""
    found: list[tuple[ScoredSystem, list[str], list[float], list[float]]] = []
    for other in others:
        ours, theirs = first.scores.get(measure.name, {}), other.scores.get(measure.name, {})
        ids = [each for each in ours if each in theirs]
        if ids:
            found.append((other, ids, [ours[i] for i in ids], [theirs[i] for i in ids]))
    drawn = [randomisation_test(a, b) for _, _, a, b in found]
    students = [paired_t_test(a, b) for _, _, a, b in found]
    drawn_corrected = holm(drawn)
    # With one question there is no t test, for any of the systems.
    t_corrected = holm([p for p in students if p is not None])
    results = []
    for i, (other, ids, a, b) in enumerate(found):
        differences = [y - x for x, y in zip(a, b, strict=True)]
        better = differences if measure.higher else [-d for d in differences]
        t_value = students[i]
        results.append(
            PairedResult(
                measure=measure.name,
                system=other.name,
                against=first.name,
                difference=bootstrap_interval(differences),
                randomisation=PValue(drawn[i], drawn_corrected[i]),
                t_test=None if t_value is None else PValue(t_value, t_corrected[i]),
                wins=tuple(q for q, d in zip(ids, better, strict=True) if d > _TIE),
                losses=tuple(q for q, d in zip(ids, better, strict=True) if d < -_TIE),
                ties=tuple(q for q, d in zip(ids, better, strict=True) if abs(d) <= _TIE),
            )
        )
    return results
