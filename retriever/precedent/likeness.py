"""How like two sentences are, and from where on one is a precedent of the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Protocol

from corpus.language.characters import HAN
from indexer.passage import Passage
from indexer.tokens import tokenise
from retriever.hit import Hit, SentenceHit

#: Least likeness of a precedent. Chosen on 120 invented sentences, half of them paraphrases of what
#: two corpora hold and half on other subjects (docs/measurements.md).
LEAST = 0.32
#: Shorter sentences are headings and lead-ins: nothing to copy.
_SHORTEST = 8
_MARKS = re.compile(rf"[^0-9A-Za-z{HAN}]+")
#: Chance similarity 1 would leave nothing to compare.
_HIGHEST_CHANCE = 0.99


def without_marks(text: str) -> str:
    """Its letters, digits and Chinese characters alone."""
    return _MARKS.sub("", text)


class SentenceSearch(Protocol):
    """What is needed of ``HybridRetriever``."""

    def sentences(self, query: str, hits: Sequence[Hit]) -> tuple[SentenceHit, ...]:
        """Every sentence of ``hits`` with its cosine to the query."""

    def idf(self, token: str) -> float:
        """How telling a search token is."""


@dataclass(frozen=True)
class Match:
    """A sentence of a passage that is like one of a draft.

    Attributes:
        passage: where it stands.
        start: where it begins in ``passage.text``.
        end: where it ends, exclusive.
        meaning: cosine of the two vectors, rescaled so that 0 is what any two sentences of the
            corpus have and 1 the same meaning.
        wording: share of the draft's character pairs that it has too, weighted by how telling each
            is.
        others: passages of other documents that have the very same sentence.
    """

    passage: Passage
    start: int
    end: int
    meaning: float
    wording: float
    others: tuple[Passage, ...] = ()

    @property
    def likeness(self) -> float:
        """Mean of meaning and wording, from 0 to 1."""
        return (self.meaning + self.wording) / 2

    @property
    def is_precedent(self) -> bool:
        """Whether it is like enough to copy from."""
        return self.likeness >= LEAST

    @property
    def text(self) -> str:
        """Its words in simplified characters."""
        return self.passage.text[self.start : self.end]

    @property
    def display(self) -> str:
        """Its words as in the file."""
        return self.passage.display[self.start : self.end]


class Likeness:
    """Compares sentences with those of found passages.

    Cosines of one embedding model crowd between .8 and .95, those of another between .3 and .8, so
    they are measured from the median of a sample of the corpus.

    Args:
        search: the retriever.
        sample: passages from all over the corpus.
    """

    def __init__(self, search: SentenceSearch, sample: Sequence[Hit]) -> None:
        self._search = search
        self._sample = sample

    def matches(self, sentence: str, hits: Sequence[Hit]) -> tuple[Match, ...]:
        """The different sentences of ``hits``, the most like first.

        Of the same words in several documents the first found stands for all.
        """
        chance = self._chance(sentence)
        pairs = set(tokenise(sentence))
        total = sum(map(self._search.idf, pairs)) or 1.0
        found = []
        for one in self._search.sentences(sentence, hits):
            for start, end in _lines(one):
                shared = pairs & set(tokenise(one.hit.passage.text[start:end]))
                meaning = max(0.0, (one.cosine - chance) / (1 - chance))
                wording = sum(map(self._search.idf, shared)) / total
                found.append(Match(one.hit.passage, start, end, meaning, wording))
        return tuple(sorted(_different(found), key=lambda match: -match.likeness))

    def _chance(self, sentence: str) -> float:
        cosines = [
            one.cosine
            for one in self._search.sentences(sentence, self._sample)
            if len(one.text.strip()) >= _SHORTEST
        ]
        return min(median(cosines), _HIGHEST_CHANCE) if cosines else 0.0


def _different(matches: Iterable[Match]) -> list[Match]:
    first: dict[str, Match] = {}
    others: dict[str, dict[str, Passage]] = {}
    for match in matches:
        words = without_marks(match.text)
        first.setdefault(words, match)
        others.setdefault(words, {}).setdefault(match.passage.document_id, match.passage)
    return [
        replace(match, others=tuple(p for p in others[words].values() if p != match.passage))
        for words, match in first.items()
    ]


def _lines(sentence: SentenceHit) -> list[tuple[int, int]]:
    """Spans of its lines in the passage: a heading may share a sentence's vector with what follows."""
    spans, at = [], sentence.start
    for line in sentence.text.splitlines(keepends=True):
        words = line.strip()
        begin = at + line.find(words)
        if len(words) >= _SHORTEST:
            spans.append((begin, begin + len(words)))
        at += len(line)
    return spans
