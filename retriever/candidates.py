"""The passages that a search looks at closely: the nearest by meaning and the best by words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.backend import Floats, SearchBackend
from indexer.filters import Selection
from indexer.passage import passage_place


@dataclass(frozen=True)
class Candidates:
    """Passages with their normalised scores, in order of documents and within these.

    Attributes:
        ids: theirs.
        passage: of their vectors, in [0, 1], shape (n,).
        sentence: of their best two sentences, in [0, 1], shape (n,).
        lexical: of their words, in [0, 1], shape (n,).
    """

    ids: tuple[str, ...]
    passage: Floats
    sentence: Floats
    lexical: Floats


def find_candidates(
    backend: SearchBackend,
    query: str,
    vector: Floats | None,
    depth: int,
    selection: Selection = Selection(),
    named: Sequence[str] = (),
) -> Candidates:
    """The ``depth`` nearest passages, the ``depth`` best by BM25, and those that the query names.

    Each score is scaled so that the best passage of all has 1 and the ``depth``-th has 0, or the last
    where fewer are found; whoever is worse has 0 too. Min–max scaling of a candidate list is the
    "convex combination" of Bruch et al. 2023, "An Analysis of Fusion Functions for Hybrid Retrieval",
    who found it better than ranks.
    Sentences are looked at within the candidates alone: searching all of them finds nothing more
    (docs/measurements.md).

    Args:
        backend: what is searched.
        query, vector: words and meaning of what is asked; "" or None to search by the other alone.
        depth, selection: of each list.
        named: passages that are candidates in any case.
    """
    pool = set(named)
    near = worded = _Scale(0.0, 0.0)
    if vector is not None:
        nearest = backend.dense(vector, depth, selection)
        near, pool = _Scale.of(nearest.scores), pool.union(nearest.ids)
    if query:
        best = backend.lexical(query, depth, selection)
        worded, pool = _Scale.of(best.scores), pool.union(best.ids)
    # Neighbours together: their vectors are read at once.
    ids = tuple(sorted(pool, key=passage_place))
    nothing = np.zeros(len(ids), dtype=np.float32)
    if not ids:
        return Candidates(ids, nothing, nothing, nothing)
    passage = sentence = nothing
    if vector is not None:
        passage = near.scaled(backend.cosines(vector, ids))
        means = _best_two(backend, ids, vector)
        # Without sentence vectors the passage's own stands in, so that meaning keeps its weight.
        sentence = passage if means is None else _Scale.of(np.sort(means)[-depth:]).scaled(means)
    words = worded.scaled(backend.lexical_scores(query, ids)) if query else nothing
    return Candidates(ids, passage, sentence, words)


@dataclass(frozen=True)
class _Scale:
    """What becomes 0 and what 1."""

    low: float
    high: float

    @classmethod
    def of(cls, scores: Floats) -> _Scale:
        return cls(float(scores.min()), float(scores.max())) if len(scores) else cls(0.0, 0.0)

    def scaled(self, scores: Floats) -> Floats:
        if self.high <= self.low:  # all alike: what reaches them is the best there is
            return np.asarray(scores >= self.high, dtype=np.float32) * np.float32(self.high != 0)
        shares = (scores - self.low) / (self.high - self.low)
        return np.asarray(np.clip(shares, 0.0, 1.0), dtype=np.float32)


#: What a passage's only sentence is taken to stand above a second one, in deviations of chance: the
#: usual distance.
_SECOND = 1.7


def _best_two(backend: SearchBackend, ids: Sequence[str], vector: Floats) -> Floats | None:
    """Mean cosine of each passage's best two sentences, shape (n,); None where none has a vector."""
    sentences = backend.sentences(ids)
    owners = sentences.owners
    if len(owners) == 0:
        return None
    first = np.full(len(ids), -1.0, dtype=np.float32)
    cosines = sentences.vectors @ vector
    np.maximum.at(first, owners, cosines)
    # The best of each passage is taken out once, then the best of the rest is the second.
    order = np.lexsort((-cosines, owners))
    leads = np.r_[True, owners[order][1:] != owners[order][:-1]]
    rest = order[~leads]
    second = np.full(len(ids), -1.0, dtype=np.float32)
    np.maximum.at(second, owners[rest], cosines[rest])
    alone = first - _SECOND * backend.similarity.deviation / 2
    return np.where(second > -1.0, (first + second) / 2, alone).astype(np.float32)
