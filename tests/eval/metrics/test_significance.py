"""Intervals and tests: values worked out by hand, and the same from scipy."""

from __future__ import annotations

import math
import random

import pytest
from scipy import stats

from corpus.errors import PolicyQAError
from eval.metrics.significance import bootstrap_interval, holm, paired_t_test, randomisation_test


def _scores(seed: int, count: int) -> tuple[list[float], list[float]]:
    draw = random.Random(seed)
    first = [draw.random() for _ in range(count)]
    return first, [min(1.0, each + draw.gauss(0.04, 0.15)) for each in first]


def test_the_interval_surrounds_the_mean() -> None:
    interval = bootstrap_interval([0.0] * 50 + [1.0] * 50)
    # The mean of 100 throws of a coin: 0.5 ± 1.96 × √(0.25 / 100) = 0.5 ± 0.098.
    assert interval.mean == 0.5
    assert interval.low == pytest.approx(0.5 - 1.96 * math.sqrt(0.25 / 100), abs=0.01)
    assert interval.high == pytest.approx(0.5 + 1.96 * math.sqrt(0.25 / 100), abs=0.01)


def test_the_interval_agrees_with_scipy() -> None:
    values, _ = _scores(1, 60)
    theirs = stats.bootstrap(
        (values,), lambda x, axis: x.mean(axis=axis), method="percentile", n_resamples=20_000
    ).confidence_interval
    ours = bootstrap_interval(values)
    assert ours.low == pytest.approx(theirs.low, abs=0.005)
    assert ours.high == pytest.approx(theirs.high, abs=0.005)


def test_the_interval_is_the_same_every_time() -> None:
    values, _ = _scores(2, 30)
    assert bootstrap_interval(values) == bootstrap_interval(values)


def test_the_interval_of_equal_values_has_no_width() -> None:
    interval = bootstrap_interval([0.25] * 7)
    assert (interval.mean, interval.low, interval.high) == (0.25, 0.25, 0.25)
    one = bootstrap_interval([1.0])
    assert (one.mean, one.low, one.high) == (1.0, 1.0, 1.0)


def test_many_questions_are_drawn_in_portions() -> None:
    # 10,000 × 2,000 numbers do not fit into one portion.
    interval = bootstrap_interval([0.0, 1.0] * 1000)
    assert interval.low == pytest.approx(0.5 - 1.96 * math.sqrt(0.25 / 2000), abs=0.003)


def test_all_swaps_of_few_questions_are_gone_through() -> None:
    # Five questions, all better: of the 2⁵ swaps only "none" and "all" differ as much.
    assert randomisation_test([0.0] * 5, [1.0] * 5) == 2 / 2**5
    # Sums of ±1 ±2 ±3: 6, 4, 2, 0, 0, -2, -4, -6; seen 4 (1 is a loss), reached by four of eight.
    assert randomisation_test([1, 0, 0], [0, 2, 3]) == 4 / 8


def test_questions_without_a_difference_do_not_matter_to_the_randomisation() -> None:
    assert randomisation_test([0.0] * 5 + [1.0] * 9, [1.0] * 5 + [1.0] * 9) == 2 / 2**5


def test_the_randomisation_of_many_questions_agrees_with_scipy() -> None:
    first, second = _scores(3, 60)
    theirs = stats.permutation_test(
        (second, first),
        lambda x, y, axis: (x - y).mean(axis=axis),
        permutation_type="samples",
        n_resamples=20_000,
        rng=5,
    ).pvalue
    assert randomisation_test(first, second) == pytest.approx(theirs, abs=0.01)
    assert 0.0 < randomisation_test(first, second) < 0.2


def test_no_drawn_p_value_is_zero() -> None:
    # Thirty wins: no drawn swap comes near, but the one seen counts among them.
    assert randomisation_test([0.0] * 30, [1.0] * 30) == 1 / 10_001


def test_the_order_of_the_systems_does_not_change_a_p_value() -> None:
    first, second = _scores(4, 40)
    assert randomisation_test(first, second) == randomisation_test(second, first)
    assert paired_t_test(first, second) == pytest.approx(paired_t_test(second, first))


def test_the_t_test_by_hand() -> None:
    # Differences 1, 2, 3: mean 2, standard error 1 / √3, t = 2√3 with two degrees of freedom,
    # where p = 1 - t / √(t² + 2).
    t = 2 * math.sqrt(3)
    assert paired_t_test([0, 0, 0], [1, 2, 3]) == pytest.approx(1 - t / math.sqrt(t**2 + 2))


def test_the_t_test_agrees_with_scipy() -> None:
    first, second = _scores(5, 60)
    assert paired_t_test(first, second) == pytest.approx(stats.ttest_rel(second, first).pvalue)


def test_two_systems_that_are_one_do_not_differ() -> None:
    scores = [0.0, 0.5, 1.0]
    assert randomisation_test(scores, scores) == 1.0
    assert paired_t_test(scores, scores) == 1.0


def test_a_constant_difference_has_no_spread() -> None:
    assert paired_t_test([0.1, 0.2, 0.3], [0.4, 0.5, 0.6]) == 0.0


def test_one_question_proves_nothing() -> None:
    assert randomisation_test([0.0], [1.0]) == 1.0
    assert paired_t_test([0.0], [1.0]) is None


def test_holm_multiplies_by_what_is_left() -> None:
    assert holm([0.01, 0.04, 0.03]) == (0.01 * 3, 0.03 * 2, 0.03 * 2)
    assert holm([0.5, 0.9]) == (1.0, 1.0)
    assert holm([0.02]) == (0.02,)
    assert holm([]) == ()


@pytest.mark.parametrize("values", [[], [0.5, math.nan], [math.inf]])
def test_values_that_cannot_be_averaged_are_refused(values: list[float]) -> None:
    for call in (bootstrap_interval, lambda v: randomisation_test(v, v)):
        with pytest.raises(PolicyQAError):
            call(values)


def test_scores_of_different_questions_are_refused() -> None:
    with pytest.raises(PolicyQAError, match="一个系统有 2 题的分数，另一个有 1 题"):
        paired_t_test([0.1, 0.2], [0.1])
