"""How near the best passage of a search comes to what a passage could reach for its question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import astuple

from qa.scope import Scope
from retriever.hit import Hit
from retriever.question import VALUED, AnswerKind, Question
from retriever.settings import Weights

#: 「…怎么写」, and what asks nothing at all: a heading or a sentence to find the like of.
_WORDING = re.compile(
    "怎么写|如何写|怎样写|写法|[写拟]一段|想写|起草|怎么表述|如何表述|：[^？?]{8,}$"
)
_ASKS = re.compile(
    "[？?吗呢]|什么|哪|谁|多少|几[^乎]|如何|怎么|怎样|是否|何时|何地|多久|多长|多大|为何|为什么|啥|有无|有没有|[能会要可是]不"
)


def asks_wording(question: Question) -> bool:
    """Whether it asks for passages to copy from rather than for an answer."""
    return _WORDING.search(question.text) is not None or not _ASKS.search(question.text)


def reached(question: Question, scope: Scope, hits: Sequence[Hit], weights: Weights) -> float:
    """The best score of the hits over the highest that the question allows; 0 without hits.

    A score is the weighted mean of signs (``retriever.ranking``), some of which a question can leave
    at 0 whatever is found: that of the place when it names none, that of the value when it asks for
    none. So far such a question is measured by the others alone.
    """
    best = max((hit.score for hit in hits), default=0.0)
    total = sum(astuple(weights))
    open_signs = total
    if not scope.places:
        open_signs -= weights.scope
    if question.kind not in VALUED and question.kind is not AnswerKind.LIST:
        open_signs -= weights.value
    return best * total / open_signs if open_signs > 0 else best
