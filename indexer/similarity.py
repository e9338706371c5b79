"""What a cosine means in a corpus: no model's cosines are like another's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Vectors = np.ndarray[Any, np.dtype[np.float32]]

#: Sentences that are compared, each with each: 80,000 pairs.
_SAMPLE = 400
_HIGH = 0.999
#: Passages of one text so far apart are about different things.
_APART = 10


@dataclass(frozen=True)
class SimilarityScale:
    """How similar sentences of a corpus are by chance.

    Attributes:
        chance: median cosine of two sentences of different documents.
        high: the cosine that one such pair in a thousand exceeds.
    """

    chance: float = 0.0
    high: float = 1.0

    def relative(self, cosine: float) -> float:
        """A cosine with 0 for what any two sentences have or less, and 1 for the same."""
        return max(0.0, (cosine - self.chance) / (1.0 - self.chance))


def measure(vectors: Vectors, documents: np.ndarray[Any, np.dtype[np.int64]]) -> SimilarityScale:
    """The scale of a corpus, from at most ``_SAMPLE`` sentences spread over it.

    Args:
        vectors: of sentences in the corpus's order, shape (n, dimension).
        documents: for each a number of its document, shape (n,).
    """
    rows = np.unique(np.linspace(0, len(vectors) - 1, min(_SAMPLE, len(vectors))).astype(int))
    one, other = np.triu_indices(len(rows), 1)
    pairs = documents[rows[one]] != documents[rows[other]]
    if not pairs.any():
        pairs = rows[other] - rows[one] >= _APART
    if not pairs.any():
        return SimilarityScale()
    sample = vectors[rows].astype(np.float32)
    cosines = (sample @ sample.T)[one[pairs], other[pairs]]
    chance, high = np.quantile(cosines, (0.5, _HIGH)).tolist()
    # Equal vectors throughout would leave nothing to compare.
    return SimilarityScale(round(min(chance, 0.99), 4), round(min(high, 1.0), 4))
