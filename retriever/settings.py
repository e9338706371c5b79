"""How a search weighs its parts."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Weights:
    """What each feature of a passage that answers a query weighs; 0 leaves it out.

    Learned on the dev questions and on lay questions about statutes (pairwise logistic regression,
    checked by cross-validation and by leaving out one at a time; docs/measurements.md). Weights of
    their own for short and long queries, or for queries that ask for a value, found nothing more.
    Each feature is a share between 0 and 1, but for ``scope``, which also speaks against a passage; its
    weight was raised from a learned 1.0, as the dev questions hardly ask for one of several twins.

    Attributes:
        passage: cosine of the passage behind its title and headings.
        sentence: cosine of its best two sentences.
        lexical: BM25.
        characters: share of the query's characters that it holds.
        run: its longest piece of the query.
        scope: of the place and the year that the query names, or of others; in a document that it
            names, or in the very article.
        value: holds the kind of value asked for.
        before: the passage before it is good.
    """

    passage: float = 1.4
    sentence: float = 1.8
    lexical: float = 3.0
    characters: float = 2.2
    run: float = 1.5
    scope: float = 1.4
    value: float = 0.85
    before: float = 1.25


@dataclass(frozen=True)
class RetrieverSettings:
    """How a search works.

    Attributes:
        weights: of what speaks for a passage.
        candidates: passages taken from each of meaning and words, to be looked at closely.
        correct_typos: correct typos in queries by the index's own words.
    """

    weights: Weights = field(default_factory=Weights)
    candidates: int = 100
    correct_typos: bool = True


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
