"""Fusion of rankings: expected values are worked out in the tests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.fusion import normalise, weighted_sum


def test_scores_are_scaled_between_the_best_and_the_last() -> None:
    # best 9 → 1, last 1 → 0, and 3 lies (3 − 1) / (9 − 1) of the way up
    assert normalise({4: 9.0, 7: 3.0, 2: 1.0}, 10) == {4: 1.0, 7: (3 - 1) / (9 - 1), 2: 0.0}


def test_only_the_first_of_a_ranking_count() -> None:
    # to a depth of two the second best, 3, is the last
    assert normalise({4: 9.0, 7: 3.0, 2: 1.0}, 2) == {4: 1.0, 7: 0.0}


def test_equal_scores_are_all_the_best() -> None:
    assert normalise({1: 0.5, 2: 0.5}, 10) == {1: 1.0, 2: 1.0}
    assert normalise({1: -3.0}, 10) == {1: 1.0}


def test_an_empty_ranking_gives_nothing() -> None:
    assert normalise({}, 10) == {}
    assert weighted_sum([], 10) == []
    assert weighted_sum([({}, 1.0)], 10) == []


def test_the_sum_is_weighted() -> None:
    vectors = {1: 0.9, 2: 0.8, 3: 0.7}  # → 1, (.8 − .7) / (.9 − .7) = ½, 0
    words = {3: 12.0, 2: 9.0, 5: 2.0}  # → 1, (9 − 2) / (12 − 2) = 7/10, 0
    fused = weighted_sum([(vectors, 1.0), (words, 0.5)], 10)
    expected = [(1, 1.0), (2, 1 / 2 + 0.5 * 7 / 10), (3, 0 + 0.5 * 1), (5, 0.0)]
    assert [row for row, _ in fused] == [row for row, _ in expected]
    assert [s for _, s in fused] == pytest.approx([s for _, s in expected])


def test_a_row_of_one_ranking_gets_nothing_from_the_other() -> None:
    fused = dict(weighted_sum([({1: 2.0, 2: 1.0}, 1.0), ({9: 2.0, 8: 1.0}, 1.0)], 10))
    assert fused == {1: 1.0, 9: 1.0, 2: 0.0, 8: 0.0}


def test_equal_sums_are_ordered_by_row() -> None:
    rankings = [({9: 1.0, 3: 1.0}, 1.0), ({5: 1.0}, 1.0)]
    assert weighted_sum(rankings, 10) == [(3, 1.0), (5, 1.0), (9, 1.0)]


def test_equal_scores_at_the_depth_keep_the_lower_row() -> None:
    assert set(normalise({8: 1.0, 5: 1.0, 3: 2.0}, 2)) == {3, 5}


_RANKING = st.dictionaries(st.integers(0, 60), st.integers(-40, 40).map(float), max_size=25)


@given(_RANKING, st.integers(1, 30))
def test_scaled_scores_lie_between_0_and_1(ranking: dict[int, float], depth: int) -> None:
    scaled = normalise(ranking, depth)
    assert len(scaled) == min(depth, len(ranking))
    assert all(0 <= score <= 1 for score in scaled.values())
    assert not ranking or max(scaled.values()) == 1


@given(_RANKING, _RANKING, st.integers(-50, 50), st.sampled_from([0.25, 0.5, 2.0, 8.0]))
def test_shift_and_scale_of_a_ranking_change_nothing(
    one: dict[int, float], other: dict[int, float], shift: int, scale: float
) -> None:
    moved = {row: score * scale + shift for row, score in one.items()}
    fused = weighted_sum([(one, 1.0), (other, 0.7)], 10)
    again = weighted_sum([(moved, 1.0), (other, 0.7)], 10)
    assert [row for row, _ in again] == [row for row, _ in fused]
    assert [s for _, s in again] == pytest.approx([s for _, s in fused])


@given(_RANKING, _RANKING, st.randoms())
def test_the_order_of_rows_in_a_ranking_changes_nothing(
    one: dict[int, float], other: dict[int, float], random: object
) -> None:
    rows = list(one.items())
    random.shuffle(rows)  # type: ignore[attr-defined]
    assert weighted_sum([(dict(rows), 1.0), (other, 1.0)], 8) == weighted_sum(
        [(one, 1.0), (other, 1.0)], 8
    )


@given(_RANKING, st.integers(1, 30))
def test_one_ranking_alone_keeps_its_order(ranking: dict[int, float], depth: int) -> None:
    expected = sorted(ranking, key=lambda row: (-ranking[row], row))[:depth]
    assert [row for row, _ in weighted_sum([(ranking, 3.0)], depth)] == expected


@given(_RANKING, _RANKING, st.integers(0, 60))
def test_the_best_of_both_is_first(
    one: dict[int, float], other: dict[int, float], best: int
) -> None:
    fused = weighted_sum([({**one, best: 99.0}, 1.0), ({**other, best: 99.0}, 1.0)], 50)
    assert fused[0] == (best, 2.0)
