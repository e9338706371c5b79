"""Answers a question from an index without a language model."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.errors import PolicyQAError
from qa.answer import Answer
from qa.compose import ComposeSettings, compose
from qa.confidence import confidence
from qa.gathering import Gatherer
from qa.refusal import DocumentText, Judge, RefusalSettings
from retriever.hit import Filters
from retriever.hybrid import HybridRetriever
from retriever.mending import Change

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
        self._judge = Judge(settings.refusal, document_text)
        regions = tuple(region for region, _ in retriever.filters.counts("region"))
        self._gatherer = Gatherer(retriever, document_text, regions, settings.hits // 2)

    def ask(self, question: str, filters: Filters = Filters()) -> Answer:
        """Answer a question.

        Raises:
            PolicyQAError: the question is empty or too long, or no document passes the filters.
        """
        began = time.perf_counter()
        found = self._retriever.find(check_question(question), self._settings.hits, filters)
        understood, hits = found.query.question, found.hits
        notice = mending_notice(found.query.changes)
        known = self._gatherer.gather(understood, hits, filters)
        refusal = self._judge.refuse(understood, known)
        if refusal is not None:
            ms = (time.perf_counter() - began) * 1000
            return Answer(question, refusal.message, "", False, (), hits, ms, notice=notice)
        composed = compose(understood, known.scope, known.evidence, self._settings.compose)
        ms = (time.perf_counter() - began) * 1000
        return Answer(
            question,
            composed.text,
            composed.short_answer,
            True,
            composed.citations,
            hits,
            ms,
            notice="；".join(n for n in (notice, known.notice) if n),
            confidence=confidence(understood, known.evidence[0]),
        )
