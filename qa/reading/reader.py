"""What passages say in answer to a question: the seam for a reader, and today's rules as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from indexer.passage import Passage
from qa.reading.evidence import Evidence, weigh
from retriever.hit import Hit, SentenceHit
from retriever.query.analysis import Question


@dataclass(frozen=True)
class AnswerSpan:
    """Words of a passage that may be the answer.

    Attributes:
        start: offset of their first character in ``passage.text``.
        end: offset behind the last one.
        probability: in [0, 1], that they are.
    """

    start: int
    end: int
    probability: float


@dataclass(frozen=True)
class PassageReading:
    """What a reader says of one passage.

    Attributes:
        passage: the passage.
        relevance: how much it is about the question; higher is better, comparable within a call.
        answers: in [0, 1], the probability that it answers.
        spans: what may be the answer, most probable first.
    """

    passage: Passage
    relevance: float
    answers: float
    spans: tuple[AnswerSpan, ...] = ()


@dataclass(frozen=True)
class Readings:
    """What a reader says of all passages.

    Attributes:
        passages: one a hit, in their order.
        evidence: every sentence of them weighed, best first: what is decided and composed from.
    """

    passages: tuple[PassageReading, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Reader(Protocol):
    """Reads a question together with each passage; called from several threads."""

    def read(self, question: Question, hits: Sequence[Hit]) -> Readings:
        """What the hits' passages say; the hits bring the search's own scores."""


class SentenceSearch(Protocol):
    """What ``RuleReader`` needs of the search (``HybridRetriever``)."""

    def sentences(self, query: str, hits: Sequence[Hit]) -> tuple[SentenceHit, ...]:
        """Every sentence of ``hits`` with its similarity to the query."""

    def idf(self, token: str) -> float:
        """How telling a search token is."""


class RuleReader:
    """Reads by rules: sentences weighed by words, similarity and the kind of value asked for.

    Its probabilities are shares, not calibrated: a passage answers as much as its best sentence is
    nearer the best of all, and the values of a sentence are as likely as each other.
    """

    def __init__(self, search: SentenceSearch) -> None:
        self._search = search

    def read(self, question: Question, hits: Sequence[Hit]) -> Readings:
        """Weigh every sentence of the hits."""
        evidence = weigh(question, self._search.sentences(question.text, hits), self._search.idf)
        best: dict[str, Evidence] = {}
        for one in evidence:
            best.setdefault(one.sentence.hit.passage.id, one)
        highest = max((one.score for one in evidence), default=0.0)
        return Readings(
            tuple(_reading(hit.passage, best.get(hit.passage.id), highest) for hit in hits),
            tuple(evidence),
        )


def _reading(passage: Passage, best: Evidence | None, highest: float) -> PassageReading:
    if best is None:
        return PassageReading(passage, 0.0, 0.0)
    share = min(max(best.score / highest, 0.0), 1.0) if highest > 0 else 0.0
    start, values = best.sentence.start, best.values
    spans = tuple(AnswerSpan(start + a, start + b, share / len(values)) for a, b in values)
    return PassageReading(passage, best.score, share, spans)
