"""Is a difference more than luck? Intervals of a mean, paired tests and Holm's correction.

Every number drawn comes from one fixed seed, so that a report can be made again to the last digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from corpus.errors import PolicyQAError

Values = np.ndarray[Any, np.dtype[np.float64]]

RESAMPLES = 10_000
SEED = 20_260_101
CONFIDENCE = 0.95
#: Random numbers held at once: 32 MB, whatever the number of questions.
_DRAWN_AT_ONCE = 4_000_000
#: Means that are equal on paper differ in their last bits.
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Interval:
    """A mean and the bounds between which it lies with 95 % confidence."""

    mean: float
    low: float
    high: float


def bootstrap_interval(values: Sequence[float], resamples: int = RESAMPLES) -> Interval:
    """The mean with its percentile bootstrap interval.

    Source: B. Efron and R. Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13. One
    value gives an interval of no width: it says nothing of how others would differ.

    Raises:
        PolicyQAError: there is no value, or one is no finite number.
    """
    given = _finite(values)
    draw = np.random.default_rng(SEED)
    means = []
    for count in _portions(resamples, len(given)):
        means.append(given[draw.integers(0, len(given), (count, len(given)))].mean(axis=1))
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(np.concatenate(means), (tail, 1 - tail))
    return Interval(float(given.mean()), float(low), float(high))


def randomisation_test(
    first: Sequence[float], second: Sequence[float], permutations: int = RESAMPLES
) -> float:
    """Two-sided p value of Fisher's paired randomisation test of the means.

    If the two systems were one, each question's scores could as well be swapped: the p value is
    the share of such swaps whose means differ at least as much as those seen. All 2ⁿ swaps are
    gone through where there are no more than ``permutations``; otherwise that many are drawn and
    the one seen counts among them. Source: M. Smucker, J. Allan and B. Carterette, "A comparison
    of statistical significance tests for information retrieval evaluation", CIKM 2007.

    Raises:
        PolicyQAError: no values, not as many of both, or one that is no finite number.
    """
    differences = _differences(first, second)
    # Swapping equal scores changes nothing.
    moving = differences[differences != 0]
    if len(moving) == 0:
        return 1.0
    seen = abs(moving.sum()) - _ROUNDING
    if 2 ** len(moving) <= permutations:
        swaps = np.arange(2 ** len(moving))[:, None] >> np.arange(len(moving)) & 1
        return float(np.mean(np.abs((1 - 2 * swaps) @ moving) >= seen))
    draw = np.random.default_rng(SEED)
    reached = 0
    for count in _portions(permutations, len(moving)):
        signs = 1 - 2 * draw.integers(0, 2, (count, len(moving)), dtype=np.int8)
        reached += int(np.sum(np.abs(signs @ moving) >= seen))
    return (reached + 1) / (permutations + 1)


def paired_t_test(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Two-sided p value of Student's paired t test; None for one question, which has no spread.

    1 where no score differs, 0 where all differ by the same.

    Raises:
        PolicyQAError: no values, not as many of both, or one that is no finite number.
    """
    differences = _differences(first, second)
    if len(differences) == 1:
        return None
    if float(differences.max() - differences.min()) <= _ROUNDING:
        return 1.0 if abs(float(differences[0])) <= _ROUNDING else 0.0
    from scipy.stats import ttest_1samp

    return float(ttest_1samp(differences, 0.0).pvalue)


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """P values corrected for making several comparisons, in the order given.

    The i-th smallest of m, i from 0, is multiplied by m - i, is never below the one before it and
    never above 1. Source: S. Holm, "A simple sequentially rejective multiple test procedure",
    Scandinavian Journal of Statistics 6, 1979.
    """
    given = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(given, kind="stable")
    corrected = np.empty_like(given)
    factors = len(given) - np.arange(len(given))
    corrected[order] = np.minimum(1.0, np.maximum.accumulate(factors * given[order]))
    return tuple(corrected.tolist())


def _portions(total: int, width: int) -> list[int]:
    """``total`` split so that a portion times ``width`` numbers fit into memory."""
    most = max(1, _DRAWN_AT_ONCE // width)
    return [most] * (total // most) + ([total % most] if total % most else [])


def _differences(first: Sequence[float], second: Sequence[float]) -> Values:
    if len(first) != len(second):
        raise PolicyQAError(
            f"一个系统有 {len(first)} 题的分数，另一个有 {len(second)} 题",
            "同一批题的分数",
            "用同一个题集给两个系统打分",
        )
    return _finite(second) - _finite(first)


def _finite(values: Sequence[float]) -> Values:
    given = np.asarray(values, dtype=np.float64)
    if len(given) == 0:
        raise PolicyQAError("没有一道题有这项分数", "至少一道题的分数", "换一个题集或指标再试")
    if not np.isfinite(given).all():
        raise PolicyQAError("分数里有 NaN 或无穷大", "有限的数", "检查打分的文件")
    return given
