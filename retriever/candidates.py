"""The passages that a search looks at closely: the nearest by meaning and the best by words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.local.index import IndexReader

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float32]]
    Rows = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Candidates:
    """Passages with their normalised scores, in order of rows.

    Attributes:
        rows: shape (n,).
        passage: of their vectors, in [0, 1], shape (n,).
        sentence: of their best two sentences, in [0, 1], shape (n,).
        lexical: of their words, in [0, 1], shape (n,).
    """

    rows: Rows
    passage: Floats
    sentence: Floats
    lexical: Floats


def find_candidates(
    index: IndexReader,
    query: str,
    vector: Floats | None,
    depth: int,
    allowed: Rows | None = None,
    named: Sequence[int] = (),
) -> Candidates:
    """The ``depth`` nearest passages, the ``depth`` best by BM25, and those that the query names.

    Each score is scaled so that the best passage of all has 1 and the ``depth``-th has 0, or the last
    where fewer are found; whoever is worse has 0 too. Min–max scaling of a candidate list is the
    "convex combination" of Bruch et al. 2023, "An Analysis of Fusion Functions for Hybrid Retrieval",
    who found it better than ranks.
    Sentences are looked at within the candidates alone: searching all of them finds nothing more
    (docs/measurements.md).

    Args:
        index: what is searched.
        query: its words; "" to search by meaning alone.
        vector: of the query; None to search by words alone.
        depth: of each list.
        allowed: the rows that may be found, or all.
        named: rows that are candidates in any case.
    """
    import numpy as np

    pool = [np.asarray(named, dtype=np.int64)]
    near = told = _Scale(0.0, 0.0)
    lexical = index.lexical.scores(query) if query else None
    if vector is not None:
        found, nearest = index.passage_vectors.nearest(vector, depth, allowed)
        near, pool = _Scale.of(found), [*pool, nearest]
    if lexical is not None:
        best = _best(lexical, depth, allowed)
        told, pool = _Scale.of(lexical[best]), [*pool, best]
    rows = np.unique(np.concatenate(pool))
    nothing = np.zeros(len(rows), dtype=np.float32)
    if len(rows) == 0:
        return Candidates(rows, nothing, nothing, nothing)
    passage = sentence = nothing
    if vector is not None:
        passage = near.scaled(index.passage_vectors.at(rows) @ vector)
        means = _best_two(index, rows, vector)
        # Without sentence vectors the passage's own stands in, so that meaning keeps its weight.
        sentence = passage if means is None else _Scale.of(_highest(means, depth)).scaled(means)
    words = nothing if lexical is None else told.scaled(lexical[rows])
    return Candidates(rows, passage, sentence, words)


def _highest(scores: Floats, count: int) -> Floats:
    import numpy as np

    return np.sort(scores)[::-1][:count]


@dataclass(frozen=True)
class _Scale:
    """What becomes 0 and what 1."""

    low: float
    high: float

    @classmethod
    def of(cls, scores: Floats) -> _Scale:
        return cls(float(scores.min()), float(scores.max())) if len(scores) else cls(0.0, 0.0)

    def scaled(self, scores: Floats) -> Floats:
        import numpy as np

        if self.high <= self.low:  # all alike: what reaches them is the best there is
            return np.asarray(scores >= self.high, dtype=np.float32) * np.float32(self.high != 0)
        shares = (scores - self.low) / (self.high - self.low)
        return np.asarray(np.clip(shares, 0.0, 1.0), dtype=np.float32)


def _best(scores: Floats, depth: int, allowed: Rows | None) -> Rows:
    """Rows of the highest scores above 0."""
    import numpy as np

    rows = np.flatnonzero(scores) if allowed is None else allowed[scores[allowed] > 0]
    if len(rows) > depth:
        rows = rows[np.argpartition(-scores[rows], depth - 1)[:depth]]
    return rows.astype(np.int64)


#: What a passage's only sentence is taken to stand above a second one: the usual distance.
_SECOND = 0.03


def _best_two(index: IndexReader, rows: Rows, vector: Floats) -> Floats | None:
    """Mean cosine of each passage's best two sentences, shape (n,); None where none has a vector."""
    import numpy as np

    vectors, owners = index.sentence_vectors.of_passages(rows)
    if len(owners) == 0:
        return None
    first = np.full(len(rows), -1.0, dtype=np.float32)
    cosines = vectors @ vector
    np.maximum.at(first, owners, cosines)
    # The best of each passage is taken out once, then the best of the rest is the second.
    order = np.lexsort((-cosines, owners))
    leads = np.r_[True, owners[order][1:] != owners[order][:-1]]
    rest = order[~leads]
    second = np.full(len(rows), -1.0, dtype=np.float32)
    np.maximum.at(second, owners[rest], cosines[rest])
    return np.where(second > -1.0, (first + second) / 2, first - _SECOND / 2).astype(np.float32)
