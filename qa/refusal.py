"""When the documents do not answer, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.simplify import search_form
from indexer.tokens import tokenise
from qa.answer import CANNOT_ANSWER
from qa.evidence import Evidence
from qa.focus import focus_of, holds_focus
from qa.question import AnswerKind, Question
from qa.scope import Scope, other_year, within_places, years_in


@dataclass(frozen=True)
class RefusalSettings:
    """Thresholds of refusing, chosen on the dev questions (docs/measurements.md).

    Attributes:
        cosine: the best sentence's cosine below which it must share words with the question.
        coverage: share of the question's words that it must then share.
        worded: share of the question's words in the passage from which on the question is taken
            to use the document's own wording.
    """

    cosine: float = 0.862
    coverage: float = 0.12
    worded: float = 0.28


_VALUED = {
    AnswerKind.DATE: "具体日期",
    AnswerKind.DURATION: "具体时长",
    AnswerKind.NUMBER: "具体数字",
    AnswerKind.PERSON: "人名",
    AnswerKind.CONTACT: "联系方式",
}
_ORGANISATION = re.compile(r"(?:省|市|县|区)([\u4e00-\u9fff]{2,6}?(?:厅|局|委员会|法院|检察院|公司|银行|集团))")


@dataclass(frozen=True)
class Refusal:
    """Why there is no answer.

    Attributes:
        message: for the person, beginning with ``资料中没有``.
    """

    message: str


DocumentText = Callable[[str], str]


class Judge:
    """Decides whether evidence answers a question."""

    def __init__(self, settings: RefusalSettings, document_text: DocumentText) -> None:
        """``document_text`` gives the whole search text of a document by its identifier."""
        self._settings = settings
        self._document_text = document_text

    def refuse(
        self, question: Question, scope: Scope, evidence: Sequence[Evidence]
    ) -> Refusal | None:
        """The reason to refuse, or None when the evidence answers."""
        if not evidence:
            return _refusal("与这个问题有关的内容")
        best = evidence[0]
        s = self._settings
        if best.sentence.cosine < s.cosine and best.context_coverage < s.coverage:
            return _refusal("与这个问题有关的内容")
        passage = best.sentence.hit.passage
        if not within_places(passage, scope):
            return _refusal(f"关于{'、'.join(scope.places)}的相关内容")
        text = self._document_text(passage.document_id)
        year = other_year(passage, scope, years_in(text))
        if year:
            return _refusal(f"{'、'.join(scope.years)}年的相关内容，只有{year}年的")
        if best.context_coverage < s.worded:
            return None
        return self._missing_word(question, evidence, text) or self._missing_value(question, evidence)

    def _missing_word(
        self, question: Question, evidence: Sequence[Evidence], text: str
    ) -> Refusal | None:
        """A quoted word, a body or the thing asked for that the document never mentions."""
        for quoted in question.quoted:
            if not _nearly_in(quoted, text):
                return _refusal(f"“{quoted}”的相关内容")
        for body in _ORGANISATION.findall(question.text):
            if body[-3:] not in text and not _nearly_in(body, text):
                return _refusal(f"关于{body}的相关内容")
        focus = focus_of(question)
        around = "\n".join(_around(e) for e in evidence[:3])
        if focus and question.kind in _VALUED and not holds_focus(focus, around):
            return _refusal(f"“{focus}”的{_VALUED[question.kind]}")
        return None

    def _missing_value(self, question: Question, evidence: Sequence[Evidence]) -> Refusal | None:
        """The kind of value asked for stands in none of the best sentences."""
        if question.kind not in _VALUED or any(e.has_value for e in evidence[:3]):
            return None
        return _refusal(f"所问的{_VALUED[question.kind]}，只提到了有关的事")


def _around(evidence: Evidence) -> str:
    passage = evidence.sentence.hit.passage
    return search_form("\n".join((passage.title, *passage.heading_path, passage.text)))


def _nearly_in(words: str, text: str) -> bool:
    """Whether the words, or most of their character pairs, stand in the text."""
    pairs = [t for t in tokenise(words) if len(t) > 1]
    return words in text or (bool(pairs) and sum(p in text for p in pairs) >= 0.7 * len(pairs))


def _refusal(what: str) -> Refusal:
    return Refusal(f"{CANNOT_ANSWER}{what}。")
