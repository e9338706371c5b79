"""Answers a question from an index without a language model."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.errors import PolicyQAError
from qa.answer import Answer
from qa.compose import ComposeSettings, compose
from qa.evidence import Evidence, confidence, passage_coverage, telling_tokens, weigh
from qa.refusal import DocumentText, Judge, RefusalSettings
from qa.scope import Scope, of_document_year, other_year, scope_of, within_places, years_in
from retriever.hit import Filters, Hit
from retriever.hybrid import HybridRetriever
from retriever.mending import Change
from retriever.question import Question

#: Longer questions are drafts or mistakes; the limit keeps answering time bounded.
LONGEST_QUESTION = 1000
_HITS = 10


@dataclass(frozen=True)
class AnswerSettings:
    """How answers are made.

    Attributes:
        hits: passages searched for an answer.
        compose: sizes of an answer.
        refusal: thresholds of refusing.
    """

    hits: int = _HITS
    compose: ComposeSettings = field(default_factory=ComposeSettings)
    refusal: RefusalSettings = field(default_factory=RefusalSettings)


def check_question(question: str) -> str:
    """The question with its spaces run together.

    Raises:
        PolicyQAError: it is empty, has no letters at all, or is too long.
    """
    text = " ".join(question.split())
    if not text:
        raise PolicyQAError("问题是空的", "一句话的问题", "输入想问的内容")
    if not any(c.isalnum() for c in text):
        raise PolicyQAError("问题里没有文字", "一句话的问题", "用文字输入想问的内容")
    if len(text) > LONGEST_QUESTION:
        raise PolicyQAError(
            f"问题有 {len(text)} 个字",
            f"{LONGEST_QUESTION} 字以内的问题",
            "缩短问题，或用 policyqa precedent 查找相近的写法",
        )
    return text


def mending_notice(changes: Sequence[Change]) -> str:
    """What a person is told when slips of the pen were mended; "" when none were."""
    read = "、".join(f"“{change.read}”" for change in changes)
    return f"已按{read}检索" if read else ""


class Answerer:
    """Extractive answers with citations, or refusals."""

    def __init__(
        self, retriever: HybridRetriever, document_text: DocumentText, settings: AnswerSettings
    ) -> None:
        self._retriever = retriever
        self._settings = settings
        self._document_text = document_text
        self._judge = Judge(settings.refusal, document_text)
        self._regions = tuple(region for region, _ in retriever.filters.counts("region"))

    def ask(self, question: str, filters: Filters = Filters()) -> Answer:
        """Answer a question.

        Raises:
            PolicyQAError: the question is empty or too long, or no document passes the filters.
        """
        began = time.perf_counter()
        found = self._retriever.find(check_question(question), self._settings.hits, filters)
        understood, hits = found.query.question, found.hits
        notice = mending_notice(found.query.changes)
        scope = scope_of(understood, self._regions)
        evidence, elsewhere = self._evidence(understood, scope, hits, filters)
        refusal = self._judge.refuse(understood, scope, evidence, elsewhere)
        if refusal is not None:
            ms = (time.perf_counter() - began) * 1000
            return Answer(question, refusal.message, "", False, (), hits, ms, notice=notice)
        composed = compose(understood, scope, evidence, self._settings.compose)
        ms = (time.perf_counter() - began) * 1000
        return Answer(
            question,
            composed.text,
            composed.short_answer,
            True,
            composed.citations,
            hits,
            ms,
            notice=notice,
            confidence=confidence(evidence),
        )

    def _evidence(
        self, question: Question, scope: Scope, hits: Sequence[Hit], filters: Filters
    ) -> tuple[list[Evidence], float]:
        """Sentences of the hits, those of the places and years asked about alone when there are such.

        A place that none of the hits names is searched for on its own, in its own documents.

        Returns:
            The sentences as evidence, best first, and how much of the question's words the best
            passage of any other place holds.
        """
        pool = list(hits)
        for place in scope.places:
            if not filters.region and not any(
                within_places(h.passage, Scope((place,), ())) for h in hits
            ):
                pool.extend(self._hits_of(question, place, filters))
        inside = [h for h in pool if within_places(h.passage, scope)]
        outside = [h for h in pool if h not in inside] if inside else []
        inside = [h for h in inside if self._of_year(h, scope)] or inside
        sentences = self._retriever.sentences(question.text, inside or pool)
        evidence = weigh(question, sentences, self._retriever.idf)
        return evidence, self._coverage(question, scope, outside)

    def _of_year(self, hit: Hit, scope: Scope) -> bool:
        """Whether it is of a year asked about, or of no year that is told."""
        if scope.of_document:
            return of_document_year(hit.passage, scope)
        text = self._document_text(hit.passage.document_id) if scope.years else ""
        return not other_year(hit.passage, scope, years_in(text))

    def _coverage(self, question: Question, scope: Scope, hits: Sequence[Hit]) -> float:
        """The highest share of the question's words, without its places, that a hit holds."""
        tokens = telling_tokens(question, self._retriever.idf)
        subject = {
            t: w for t, w in tokens.items() if not any(t in p or p in t for p in scope.places)
        }
        return max((passage_coverage(subject, h.passage) for h in hits), default=0.0)

    def _hits_of(self, question: Question, place: str, filters: Filters) -> tuple[Hit, ...]:
        if not any(place in region for region in self._regions):
            return ()
        narrowed = Filters(
            place, filters.year, filters.doc_type, filters.issuer, filters.title, filters.doc
        )
        try:
            return self._retriever.search(question.text, self._settings.hits // 2, narrowed)
        except PolicyQAError:
            return ()  # the other filters leave no document of that place
