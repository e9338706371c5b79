"""Put several rankings of passages together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: Passage row → score of one part of the search.
Ranking = Mapping[int, float]


def normalise(ranking: Ranking, depth: int) -> dict[int, float]:
    """Scores scaled so that the best is 1 and the ``depth``-th best (or the last) is 0.

    Min–max scaling of the candidate list ("convex combination", Bruch et al. 2023, "An Analysis of
    Fusion Functions for Hybrid Retrieval", which found it better than reciprocal ranks).
    A ranking in which all scores are equal gives 1 to each.
    """
    best = sorted(ranking.items(), key=lambda item: (-item[1], item[0]))[:depth]
    if not best:
        return {}
    high, low = best[0][1], best[-1][1]
    if high <= low:
        return dict.fromkeys((row for row, _ in best), 1.0)
    return {row: (score - low) / (high - low) for row, score in best}


def weighted_sum(rankings: Sequence[tuple[Ranking, float]], depth: int) -> list[tuple[int, float]]:
    """Rows by the weighted sum of their normalised scores, best first.

    A row that a ranking does not hold gets 0 from it; equal sums are ordered by row, so that a
    search gives the same order every time.
    """
    sums: dict[int, float] = {}
    for ranking, weight in rankings:
        for row, score in normalise(ranking, depth).items():
            sums[row] = sums.get(row, 0.0) + weight * score
    return sorted(sums.items(), key=lambda item: (-item[1], item[0]))
