"""What a search returns."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.filters import Filters
from indexer.passage import Passage

__all__ = ["Filters", "Hit", "SentenceHit", "Span", "trimmed"]

Span = tuple[int, int]


def trimmed(text: str, span: Span) -> Span:
    """A span of ``text`` without the white space at its ends."""
    words = text[slice(*span)]
    start = span[0] + len(words) - len(words.lstrip())
    return start, start + len(words.strip())


@dataclass(frozen=True)
class Hit:
    """A ranked passage.

    Attributes:
        rank: from 1.
        score: fused score, higher is better; comparable within one search only.
        passage: the passage.
        highlights: half-open character spans of ``passage.display`` that match the query, in
            order, not overlapping.
        copies: passages of other files with the same words, which are not listed themselves.
    """

    rank: int
    score: float
    passage: Passage
    highlights: tuple[Span, ...] = ()
    copies: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class SentenceHit:
    """One sentence of a found passage.

    Attributes:
        hit: the passage it is in.
        start: where it begins in ``hit.passage.text``.
        end: where it ends, exclusive.
        cosine: of its vector and the query's.
        similarity: standard deviations by which the cosine is above the mean that the query has with
            sentences from all over the index: comparable between embedding models.
    """

    hit: Hit
    start: int
    end: int
    cosine: float
    similarity: float = 0.0

    @property
    def text(self) -> str:
        """Its words in simplified characters."""
        return self.hit.passage.text[self.start : self.end]
