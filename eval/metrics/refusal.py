"""Does a system refuse where it should, and is it right where it is sure?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from eval.datasets.golden import GoldenItem
from eval.datasets.runs import RunRecord
from eval.metrics import measures as metrics

_BINS = 10


@dataclass(frozen=True)
class Outcome:
    """What became of one question.

    Attributes:
        answerable: the documents answer it.
        answered: the system gave an answer.
        right: the answer is right, or refusing was.
        confidence: in [0, 1], how sure the system was of its answer; None when it does not say.
    """

    answerable: bool
    answered: bool
    right: bool
    confidence: float | None = None


@dataclass(frozen=True)
class RefusalScores:
    """How well a system knows what it does not know; None where a measure is not defined.

    Attributes:
        precision: share of the refusals that were right.
        recall: share of the unanswerable questions that were refused.
        aurc: area under the risk–coverage curve; lower is better.
        calibration_error: expected calibration error of the answers; lower is better.
        curve: (coverage, risk) points, coverage rising.
    """

    precision: float | None
    recall: float | None
    aurc: float | None
    calibration_error: float | None
    curve: tuple[tuple[float, float], ...] = ()


def refusal_scores(outcomes: Sequence[Outcome]) -> RefusalScores:
    """All measures of refusing."""
    return RefusalScores(
        precision=refusal_precision(outcomes),
        recall=refusal_recall(outcomes),
        aurc=risk_coverage_area(outcomes),
        calibration_error=calibration_error(outcomes),
        curve=risk_coverage_curve(outcomes),
    )


def outcomes_of(golden: Sequence[GoldenItem], run: Sequence[RunRecord]) -> tuple[Outcome, ...]:
    """What became of each question, in the order of the set.

    An answer is right when it contains a gold answer (``metrics.contains_answer``) or, where the set
    gives none, when a citation supports it; answering what the documents do not answer is wrong. A
    question with neither answers nor evidence is left out: nobody can tell. A question that the run
    lacks counts as refused where refusing is wrong and as answered wrongly where it is right.
    """
    records = {record.id: record for record in run}
    found = (_outcome(item, records.get(item.id)) for item in golden)
    return tuple(outcome for outcome in found if outcome)


def _outcome(item: GoldenItem, record: RunRecord | None) -> Outcome | None:
    if record is None:
        return Outcome(item.answerable, not item.answerable, right=False)
    if not record.answered:
        return Outcome(item.answerable, False, not item.answerable, record.confidence)
    if not item.answerable:
        return Outcome(False, True, False, record.confidence)
    score = metrics.contains_answer(item, record.answer)
    if score is None:
        score = metrics.citation_supports(item, record)
    return None if score is None else Outcome(True, True, score == 1, record.confidence)


def refusal_precision(outcomes: Sequence[Outcome]) -> float | None:
    """Share of the refusals that were right; None when nothing was refused."""
    refused = [outcome for outcome in outcomes if not outcome.answered]
    return sum(not o.answerable for o in refused) / len(refused) if refused else None


def refusal_recall(outcomes: Sequence[Outcome]) -> float | None:
    """Share of the unanswerable questions that were refused; None when there is none."""
    unanswerable = [outcome for outcome in outcomes if not outcome.answerable]
    return sum(not o.answered for o in unanswerable) / len(unanswerable) if unanswerable else None


def risk_coverage_curve(outcomes: Sequence[Outcome]) -> tuple[tuple[float, float], ...]:
    """(coverage, risk) if only the surest answers had been given, one point a confidence that occurs.

    Coverage is the share of all questions that would be answered, risk the share of wrong answers
    among these; the last point is what the system did. Answers without a confidence are left out.
    Source: R. El-Yaniv and Y. Wiener, "On the foundations of noise-free selective classification",
    JMLR 11, 2010.
    """
    points: list[tuple[float, float]] = []
    given = wrong = 0
    for count, errors in _surest_first(outcomes):
        given += count
        wrong += errors
        points.append((given / len(outcomes), wrong / given))
    return tuple(points)


def risk_coverage_area(outcomes: Sequence[Outcome]) -> float | None:
    """Area under the risk–coverage curve: the mean risk of the k surest answers, k = 1 … all.

    0 is perfect; a confidence that says nothing gives about the share of wrong answers. Answers of
    equal confidence count as in the mean of all their orders. None without a confidence. Source:
    Y. Geifman and R. El-Yaniv, "Selective classification for deep neural networks", NeurIPS 2017;
    Y. Geifman, G. Uziel and R. El-Yaniv, "Bias-reduced uncertainty estimation", ICLR 2019.
    """
    risks: list[float] = []
    given = 0
    wrong = 0.0
    for count, errors in _surest_first(outcomes):
        risks += [(wrong + errors * k / count) / (given + k) for k in range(1, count + 1)]
        given += count
        wrong += errors
    return sum(risks) / len(risks) if risks else None


def calibration_error(outcomes: Sequence[Outcome], bins: int = _BINS) -> float | None:
    """Expected calibration error of the answers' confidences; None without a confidence.

    Σ over ``bins`` equal intervals of [0, 1], open below, of the share of answers in the interval
    × |share of right ones − mean confidence|. Source: C. Guo, G. Pleiss, Y. Sun and K. Weinberger,
    "On calibration of modern neural networks", ICML 2017.
    """
    sure = np.array(list(_sure(outcomes)), dtype=np.float64).reshape(-1, 2)
    if not len(sure):
        return None
    confidences, rights = sure.T
    edges = np.arange(1, bins) / bins  # the first interval takes 0 in
    gaps = np.bincount(np.digitize(confidences, edges, right=True), rights - confidences)
    return float(np.abs(gaps).sum() / len(sure))


def _sure(outcomes: Sequence[Outcome]) -> Iterator[tuple[float, bool]]:
    """Confidence and rightness of each answer that has a confidence."""
    return (
        (outcome.confidence, outcome.right)
        for outcome in outcomes
        if outcome.answered and outcome.confidence is not None
    )


def _surest_first(outcomes: Sequence[Outcome]) -> Iterator[tuple[int, int]]:
    """(answers, wrong ones) of each confidence that occurs, from high to low."""
    ordered = sorted(_sure(outcomes), reverse=True)
    for _, group in groupby(ordered, key=lambda pair: pair[0]):
        rights = [right for _, right in group]
        yield len(rights), len(rights) - sum(rights)
