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


@dataclass(frozen=True)
class RerankSettings:
    """A second ranking of the best passages by a cross-encoder; off unless a model is named.

    Attributes:
        model: a folder, or a name that sentence-transformers loads as ``CrossEncoder``, e.g.
            ``BAAI/bge-reranker-v2-m3``; empty for none.
        device: ``cpu``, ``cuda`` or ``""`` for what sentence-transformers picks.
        candidates: how many of the best passages it reads.
        budget_ms: milliseconds it may take a search; the last candidates go without when they are
            not enough.
        weight: its say against the search's own score, above 0; 1 leaves the order to it alone.
        max_length: tokens of a question with a passage; the rest is not read.
        batch: passages read at once.
    """

    model: str = ""
    device: str = "cpu"
    candidates: int = 30
    budget_ms: int = 1500
    weight: float = 0.5
    max_length: int = 512
    batch: int = 4
