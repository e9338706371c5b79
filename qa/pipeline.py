"""Answers a question from an index without a language model."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from corpus.errors import PolicyQAError
from corpus.language.equivalents import plain_values
from indexer.passage import Passage
from qa.answer import Answer, Nearest
from qa.answerability.decision import (
    UNSUPPORTED,
    Answerability,
    AnswerabilitySettings,
    EvidenceSet,
)
from qa.answerability.evidence_set import EvidenceCollector
from qa.answerability.nearest import nearest_facts
from qa.answerability.scope import DocumentText
from qa.composition.annotations import annotated
from qa.composition.answer_text import Composed, ComposeSettings, compose, supported_only
from qa.composition.comparison import Side, is_comparison, side_by_side, sides_of, together
from qa.composition.table_answers import rows_to_show
from qa.reading.reader import Reader, RuleReader
from retriever.hit import Filters
from retriever.search import Found, HybridRetriever
from retriever.spelling.corrector import Change

#: Longer questions are drafts or mistakes; the limit keeps answering time bounded.
LONGEST_QUESTION = 1000
#: Characters of a row of a table, which is never cut.
_WHOLE = 2000
#: A list may begin and end so many passages before and behind the one found.
_BEFORE, _BEHIND = 3, 8


@dataclass(frozen=True)
class AnswerSettings:
    """How answers are made.

    Attributes:
        hits: passages searched for an answer.
        compose: sizes of an answer.
        answerability: thresholds of answering and refusing.
    """

    hits: int = 10
    compose: ComposeSettings = field(default_factory=ComposeSettings)
    answerability: AnswerabilitySettings = field(default_factory=AnswerabilitySettings)


def check_question(question: str) -> str:
    """The question with its spaces run together.

    Raises:
        PolicyQAError: it is empty, has no letters at all, or is too long.
    """
    text = " ".join(question.split())
    if not text:
        raise PolicyQAError("问题是空的", "一句话的问题", "输入想问的内容")
    if not any(c.isalnum() for c in plain_values(text)):
        raise PolicyQAError("问题里没有文字", "一句话的问题", "用文字输入想问的内容")
    if len(text) > LONGEST_QUESTION:
        raise PolicyQAError(
            f"问题有 {len(text)} 个字",
            f"{LONGEST_QUESTION} 字以内的问题",
            "缩短问题，或用 policyqa precedent 查找相近的写法",
        )
    return text


def correction_notice(changes: Sequence[Change]) -> str:
    """What a person is shown when typos were corrected; "" when none were."""
    read = "、".join(f"“{change.read}”" for change in changes)
    return f"已按{read}检索" if read else ""


class Answerer:
    """Extractive answers with citations, or refusals."""

    def __init__(
        self,
        retriever: HybridRetriever,
        document_text: DocumentText,
        settings: AnswerSettings,
        reader: Reader | None = None,
    ) -> None:
        """``reader``: reads the passages found; by rules when none is given."""
        self._retriever = retriever
        self._settings = settings
        self._document_text = document_text
        self._answerability = Answerability(settings.answerability, document_text)
        self._collector = EvidenceCollector(
            retriever, reader or RuleReader(retriever), document_text, settings.hits // 2
        )

    def ask(self, question: str, filters: Filters = Filters()) -> Answer:
        """Answer a question; one that sets places or years side by side is asked of each.

        Raises:
            PolicyQAError: the question is empty or too long, or no document passes the filters.
        """
        began = time.perf_counter()
        asked = self._retriever.analyse(check_question(question))
        found = self._retriever.find(asked, self._settings.hits, filters)
        answer = self._compared(found, filters) or self._answered(found, filters)
        ms = (time.perf_counter() - began) * 1000
        return replace(answer, question=question, analysis=asked, ms=ms)

    def _answered(self, found: Found, filters: Filters, side: Side | None = None) -> Answer:
        known = self._collector.gather(found.question, found.hits, filters)
        decision = self._answerability.decide(found.question, known)
        composed = self._composed(found, known, side) if decision.answered else None
        if composed is None:
            refused = UNSUPPORTED if decision.answered else decision
            near = self._nearest(found, known)
            notice = correction_notice(found.question.changes)
            return Answer("", refused.message, hits=found.hits, notice=notice, nearest=near)
        notices = (correction_notice(found.question.changes), known.notice, composed.notice)
        return Answer(
            found.question.text,
            composed.text,
            composed.short_answer,
            True,
            composed.citations,
            found.hits,
            notice="；".join(n for n in notices if n),
            confidence=decision.probability,
        )

    def _composed(self, found: Found, known: EvidenceSet, side: Side | None) -> Composed | None:
        """What is shown and supported, or None when nothing is."""
        sizes, scope = self._settings.compose, known.scope
        if side:
            # A row of a table: 「这五个辽宁城市」 compares no more.
            sizes = replace(
                sizes, longest=sizes.clause, longest_unsure=sizes.clause, longest_list=sizes.longest
            )
            scope = replace(scope, places=scope.places and side.places[-1:])
        evidence = known.evidence
        if rows := rows_to_show(evidence):
            evidence, sizes = rows, replace(sizes, clause=_WHOLE, longest=sizes.longest_list)
        composed = compose(found.question, scope, evidence, sizes, self._around)
        supported = supported_only(composed, known.scope, self._document_text)
        return supported and annotated(found.question, known.evidence, supported)

    def _around(self, passage: Passage) -> Sequence[Passage]:
        """A passage with those before and behind it in its document, in order."""
        counts = self._passages_of
        at, last = passage.ordinal, counts.get(passage.document_id, passage.ordinal + 1)
        numbers = range(max(0, at - _BEFORE), min(last, at + _BEHIND + 1))
        beside = self._retriever.backend.passages([f"{passage.document_id}/{n}" for n in numbers])
        return [passage if other.id == passage.id else other for other in beside]

    @cached_property
    def _passages_of(self) -> dict[str, int]:
        return {entry.id: entry.passages for entry in self._retriever.backend.documents()}

    def _nearest(self, found: Found, known: EvidenceSet) -> tuple[Nearest, ...]:
        beside = self._collector.beside(found.question, found.hits, known)
        idf = self._retriever.idf
        return nearest_facts(found.question, known, beside, self._document_text, idf)

    def _compared(self, found: Found, filters: Filters) -> Answer | None:
        """The answers of what is set side by side, or None when nothing is or none has any."""
        asked = found.question
        if len(asked.place_spans) < 2 and len(asked.years) < 2:
            return None
        sides = sides_of(asked)
        if not sides or not found.hits or not is_comparison(asked, sides, found.hits[0].passage):
            return None
        answers = [self._side(side, filters) for side in sides]
        if not any(answer.answered for answer in answers):
            return None
        text, citations, rows = side_by_side(sides, answers)
        notices = (correction_notice(asked.changes), *(a.notice for a in answers))
        return Answer(
            asked.text,
            text,
            "；".join(row.value for row in rows if row.value),
            True,
            citations,
            together([answer.hits for answer in answers]),
            notice="；".join(dict.fromkeys(n for n in notices if n)),
            confidence=min(a.confidence for a in answers if a.answered),
            comparison=rows,
        )

    def _side(self, side: Side, filters: Filters) -> Answer:
        """The answer for one place, out of its own documents where there are any, or one year."""
        place = next((p for p in reversed(side.places) if self._retriever.has_documents_of(p)), "")
        own = replace(filters, region=place) if place and not filters.region else filters
        try:
            found = self._retriever.find(side.question, self._settings.hits, own)
        except PolicyQAError:  # the other filters leave no document of that place
            return Answer("", "")
        if not side.places:
            passages = ((h, h.passage) for h in found.hits)
            of_year = tuple(
                h for h, p in passages if side.words == p.metadata.year or side.words in p.text
            )
            found = replace(found, hits=of_year or found.hits)
        return self._answered(found, own, side)
