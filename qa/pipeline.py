"""Answers a question from an index without a language model."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.errors import PolicyQAError
from indexer.passage import Passage
from qa.answer import CANNOT_ANSWER, Answer, Nearest
from qa.answerability.decision import Answerability, DocumentText, RefusalSettings, confidence
from qa.answerability.evidence_set import EvidenceCollector, EvidenceSet
from qa.answerability.nearest import nearest_facts
from qa.composition.annotations import annotated
from qa.composition.answer_text import Composed, ComposeSettings, compose
from qa.composition.comparison import Side, is_comparison, side_by_side, sides_of
from qa.composition.sub_questions import together
from qa.verification.support import supported_only
from retriever.hit import Filters
from retriever.search import Found, HybridRetriever
from retriever.spelling.corrector import Change

#: Longer questions are drafts or mistakes; the limit keeps answering time bounded.
LONGEST_QUESTION = 1000
_HITS = 10
UNPROVED = f"{CANNOT_ANSWER}能够逐字核对的答案。"


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


def correction_notice(changes: Sequence[Change]) -> str:
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
        self._judge = Answerability(settings.refusal, document_text)
        self._regions = tuple(region for region, _ in retriever.backend.facets().counts["region"])
        self._gatherer = EvidenceCollector(
            retriever, document_text, self._regions, settings.hits // 2
        )

    def ask(self, question: str, filters: Filters = Filters()) -> Answer:
        """Answer a question; one that sets places or years side by side is asked of each.

        Raises:
            PolicyQAError: the question is empty or too long, or no document passes the filters.
        """
        began = time.perf_counter()
        found = self._retriever.find(check_question(question), self._settings.hits, filters)
        answer = self._compared(question, found, filters) or self._answered(
            question, found, filters
        )
        return replace(answer, ms=(time.perf_counter() - began) * 1000)

    def _answered(
        self, question: str, found: Found, filters: Filters, side: Side | None = None
    ) -> Answer:
        known = self._gatherer.gather(found.query.question, found.hits, filters)
        refusal = self._judge.refuse(found.query.question, known)
        composed = None if refusal else self._composed(found, known, side)
        notice = correction_notice(found.query.changes)
        if composed is None:
            message = refusal.message if refusal else UNPROVED
            near = self._nearest(found, known)
            return Answer(
                question, message, "", False, (), found.hits, 0.0, notice=notice, nearest=near
            )
        return Answer(
            question,
            composed.text,
            composed.short_answer,
            True,
            composed.citations,
            found.hits,
            0.0,
            notice="；".join(n for n in (notice, known.notice) if n),
            confidence=confidence(found.query.question, known.evidence[0]),
        )

    def _composed(self, found: Found, known: EvidenceSet, side: Side | None) -> Composed | None:
        """What is shown and holds, or None when nothing does."""
        sizes, scope = self._settings.compose, known.scope
        if side:
            # A row of a table: 「这五个辽宁城市」 compares no more.
            sizes = replace(
                sizes, longest=sizes.clause, longest_unsure=sizes.clause, longest_list=sizes.longest
            )
            scope = replace(scope, places=scope.places and side.places[-1:])
        composed = compose(found.query.question, scope, known.evidence, sizes)
        held = supported_only(composed, known.scope, self._document_text)
        return held and annotated(found.query.question, known.evidence, held)

    def _nearest(self, found: Found, known: EvidenceSet) -> tuple[Nearest, ...]:
        question = found.query.question
        beside = self._gatherer.beside(question, found.hits, known)
        return nearest_facts(question, known, beside, self._document_text, self._retriever.idf)

    def _compared(self, question: str, found: Found, filters: Filters) -> Answer | None:
        """The answers of what is set side by side, or None when nothing is or none has any."""
        text = found.query.question.text
        sides = sides_of(text, self._retriever.known_places)
        if not sides or not found.hits or not is_comparison(text, sides, found.hits[0].passage):
            return None
        answers = [self._side(side, filters) for side in sides]
        if not any(answer.answered for answer in answers):
            return None
        text, citations, rows = side_by_side(sides, answers)
        notices = (correction_notice(found.query.changes), *(a.notice for a in answers))
        return Answer(
            question,
            text,
            "；".join(row.value for row in rows if row.value),
            True,
            citations,
            together([answer.hits for answer in answers]),
            0.0,
            notice="；".join(dict.fromkeys(n for n in notices if n)),
            confidence=min(a.confidence for a in answers if a.answered),
            comparison=rows,
        )

    def _side(self, side: Side, filters: Filters) -> Answer:
        """The answer for one place, out of its own documents where there are any, or one year."""
        place = next((p for p in reversed(side.places) if any(p in r for r in self._regions)), "")
        own = replace(filters, region=place) if place and not filters.region else filters
        try:
            found = self._retriever.find(side.question, self._settings.hits, own)
        except PolicyQAError:  # the other filters leave no document of that place
            return Answer(side.question, "", "", False, (), (), 0.0)
        if not side.places:
            of_year = tuple(h for h in found.hits if _is_of_year(h.passage, side.words))
            found = replace(found, hits=of_year or found.hits)
        return self._answered(side.question, found, own, side)


def _is_of_year(passage: Passage, year: str) -> bool:
    return year == passage.metadata.year or year in passage.text
