"""How a search weighs its parts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RetrieverSettings:
    """Weights of normalised scores, chosen on the dev questions (docs/measurements.md).

    Attributes:
        passage_weight: cosine of the passage behind its title and headings.
        sentence_weight: cosine of the passage's best two sentences.
        lexical_weight: BM25.
        candidates: passages taken from each part.
    """

    passage_weight: float = 1.0
    sentence_weight: float = 1.0
    lexical_weight: float = 1.0
    candidates: int = 100
