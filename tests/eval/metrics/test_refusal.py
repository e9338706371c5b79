"""Refusing, risk against coverage, and calibration, worked out by hand."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.datasets.golden import Evidence, GoldenItem
from eval.datasets.runs import Extract, RunRecord
from eval.metrics.refusal import (
    Outcome,
    RefusalScores,
    calibration_error,
    outcomes_of,
    refusal_precision,
    refusal_recall,
    refusal_scores,
    risk_coverage_area,
    risk_coverage_curve,
)

RIGHT = Outcome(answerable=True, answered=True, right=True)
WRONG = Outcome(answerable=True, answered=True, right=False)
REFUSED_RIGHTLY = Outcome(answerable=False, answered=False, right=True)
REFUSED_WRONGLY = Outcome(answerable=True, answered=False, right=False)
INVENTED = Outcome(answerable=False, answered=True, right=False)


def _answers(*pairs: tuple[float, bool]) -> list[Outcome]:
    return [Outcome(True, True, right, confidence) for confidence, right in pairs]


def test_precision_and_recall_of_refusing() -> None:
    outcomes = [RIGHT, WRONG, *[REFUSED_RIGHTLY] * 3, REFUSED_WRONGLY, INVENTED]
    assert refusal_precision(outcomes) == 3 / 4  # of four refusals
    assert refusal_recall(outcomes) == 3 / 4  # of four unanswerable questions
    assert refusal_precision([RIGHT, INVENTED]) is None
    assert refusal_recall([RIGHT, REFUSED_WRONGLY]) is None


def test_the_curve_gives_the_surest_answers_first() -> None:
    outcomes = [*_answers((0.9, True), (0.5, False), (0.7, True)), REFUSED_RIGHTLY]
    assert risk_coverage_curve(outcomes) == ((1 / 4, 0 / 1), (2 / 4, 0 / 2), (3 / 4, 1 / 3))


def test_the_area_is_the_mean_risk_of_the_surest() -> None:
    outcomes = _answers((0.9, True), (0.8, False), (0.7, True), (0.6, False))
    assert risk_coverage_area(outcomes) == pytest.approx((0 / 1 + 1 / 2 + 1 / 3 + 2 / 4) / 4)
    assert risk_coverage_area(_answers((0.9, True), (0.1, True))) == 0


def test_equal_confidences_count_as_the_mean_of_their_orders() -> None:
    orders = [(0 / 1 + 1 / 2) / 2, (1 / 1 + 1 / 2) / 2]  # right first, wrong first
    tied = _answers((0.5, True), (0.5, False))
    assert risk_coverage_area(tied) == pytest.approx(sum(orders) / 2)
    assert risk_coverage_curve(tied) == ((2 / 2, 1 / 2),)


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=12))
def test_order_in_the_file_changes_nothing(pairs: list[tuple[int, bool]]) -> None:
    outcomes = _answers(*((level / 4, right) for level, right in pairs))
    shuffled = random.Random(3).sample(outcomes, len(outcomes))
    assert refusal_scores(shuffled) == refusal_scores(outcomes)


def test_calibration_compares_confidence_and_success_by_tenths() -> None:
    outcomes = _answers((0.95, True), (0.91, True), (0.85, False), (0.81, True), (0.3, False))
    # (0.9, 1]: 2 answers, all right, mean confidence 0.93; (0.8, 0.9]: 2, half right, 0.83;
    # (0.2, 0.3]: 1, none right, 0.3.
    expected = 2 / 5 * abs(1 - 0.93) + 2 / 5 * abs(1 / 2 - 0.83) + 1 / 5 * abs(0 - 0.3)
    assert calibration_error(outcomes) == pytest.approx(expected)


def test_the_first_tenth_holds_zero_and_the_last_one() -> None:
    assert calibration_error(_answers((0.0, False), (1.0, True))) == 0
    assert calibration_error(_answers((0.0, True), (1.0, False))) == 1


def test_without_confidences_only_the_shares_are_known() -> None:
    scores = refusal_scores([RIGHT, REFUSED_RIGHTLY])
    assert (scores.precision, scores.recall) == (1, 1)
    assert (scores.aurc, scores.calibration_error, scores.curve) == (None, None, ())


def test_nothing_at_all_has_no_score() -> None:
    assert refusal_scores([]) == RefusalScores(None, None, None, None)


def test_outcomes_follow_the_rules_of_the_golden_set() -> None:
    evidence = (Evidence("a.txt", "表彰好干部九十七人"),)
    golden = [
        GoldenItem("hit", "fact", "问", ("97人",), evidence=evidence),
        GoldenItem("miss", "fact", "问", ("97人",), evidence=evidence),
        GoldenItem("cited", "precedent", "问", evidence=evidence),
        GoldenItem("unjudged", "fact", "问"),
        GoldenItem("refused", "fact", "问", ("97人",)),
        GoldenItem("noans", "noans", "问"),
        GoldenItem("invented", "noans", "问"),
        GoldenItem("absent", "fact", "问", ("97人",)),
        GoldenItem("absent noans", "noans", "问"),
    ]
    cited = (Extract("a.txt", "共表彰好干部九十七人。"),)
    run = [
        RunRecord("hit", answer="97人[1]", answered=True, confidence=0.9),
        RunRecord("miss", answer="79人[1]", answered=True, confidence=0.4),
        RunRecord("cited", answer="可参考[1]", answered=True, citations=cited),
        RunRecord("unjudged", answer="甲", answered=True),
        RunRecord("refused", answer="资料中没有", confidence=0.0),
        RunRecord("noans", answer="资料中没有"),
        RunRecord("invented", answer="97人", answered=True, confidence=0.3),
    ]
    assert outcomes_of(golden, run) == (
        Outcome(True, True, True, 0.9),
        Outcome(True, True, False, 0.4),
        Outcome(True, True, True),
        Outcome(True, False, False, 0.0),
        Outcome(False, False, True),
        Outcome(False, True, False, 0.3),
        Outcome(True, False, False),
        Outcome(False, True, False),
    )
