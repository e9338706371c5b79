"""What a cosine means in a corpus: no model's cosines are like another's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Vectors = np.ndarray[Any, np.dtype[np.float32]]
Rows = np.ndarray[Any, np.dtype[np.int64]]

#: Sentences that are compared with others, and those of them that are asked with.
_SAMPLE, _ASKED = 400, 32
#: Characters of a sentence that is asked with, about as many as a question has. Measured on three
#: sets of questions, such beginnings have the cosines that the questions have: means within .004,
#: deviations within a tenth (docs/measurements.md).
_QUESTION = 25
#: Of fewer sentences chance cannot be distinguished from meaning: the nearest one counts as near.
_FEW = 16
#: What the nearest stands above chance then, in deviations.
_NEAR = 4.0
#: Least deviation as a share of what is left to 1: equal sentences throughout have none.
_LEAST = 0.05


@dataclass(frozen=True)
class SimilarityScale:
    """The cosines that a question has with sentences of a corpus whatever they say.

    Those of one embedding model crowd between .8 and .95, those of another lie between .1 and .7. How
    far above chance a cosine is can be compared between them.

    Attributes:
        mean: of the cosines.
        deviation: their standard deviation, above 0.
    """

    mean: float = 0.0
    deviation: float = 1.0

    def above(self, cosine: float) -> float:
        """How many standard deviations a cosine is above the mean."""
        return (cosine - self.mean) / self.deviation

    @classmethod
    def of(cls, cosines: Vectors, sentences: int) -> SimilarityScale:
        """From cosines of any sentences with each other, shape (n,), of so many sentences."""
        if len(cosines) == 0:
            return cls()
        mean = float(cosines.mean())
        deviation = max(float(cosines.std()), _LEAST * (1 - mean), 1e-5)
        if sentences < _FEW:
            mean = float(cosines.max()) - _NEAR * deviation
        return cls(round(mean, 5), round(deviation, 5))


def sample(count: int) -> Rows:
    """Rows of at most ``_SAMPLE`` of so many sentences, spread over them."""
    return np.unique(np.linspace(0, max(count - 1, 0), min(_SAMPLE, count)).astype(np.int64))


def measure(
    vectors: Vectors, texts: Sequence[str], encode_query: Callable[[str], Vectors]
) -> SimilarityScale:
    """The scale of a corpus, by the beginnings of its sentences as questions.

    A model may treat questions and texts apart, so that two texts are more alike than either is to a
    question; therefore sentences are encoded as questions.

    Args:
        vectors: of a sample of sentences, shape (n, dimension).
        texts: the sentences.
        encode_query: encodes one as a question, shape (dimension,).
    """
    asked = np.unique(np.linspace(0, max(len(texts) - 1, 0), min(_ASKED, len(texts))).astype(int))
    cosines = [
        np.delete(vectors @ encode_query(texts[i].strip()[:_QUESTION]), i) for i in asked.tolist()
    ]
    return SimilarityScale.of(np.concatenate([np.zeros(0, np.float32), *cosines]), len(texts))


def measure_pairs(vectors: Vectors) -> SimilarityScale:
    """The scale where nothing can be encoded: by a sample of sentences with each other."""
    chosen = vectors[sample(len(vectors))].astype(np.float32)
    return SimilarityScale.of((chosen @ chosen.T)[np.triu_indices(len(chosen), 1)], len(vectors))
