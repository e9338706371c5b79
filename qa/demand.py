"""Which value a sentence must have to answer a question at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.evidence import Evidence, like_best
from qa.values import find_values
from retriever.question import VALUED, AnswerKind, Question

#: 「是否受70%的限制」, 「是高还是低」, 「要交吗」 name a measure and are answered by yes, no or a choice.
_CHOICE = re.compile(
    r"是否|能否|可否|是不是|[能会要可]不[能会要可]|有没有|还是[^，。？?]{1,8}[？?]?$|吗[？?]?$"
)
#: Who does a thing may be a body: 「由谁兜底」; only a post is always a person's.
_ANY_DOER = re.compile(r"由谁(?!担任|兼任|出任|任|牵头|主持)|谁来|谁(?:负责|承担|出资|支付|兜底)")
_SITE = re.compile(r"网址|网站|网页|链接")
_SITES = re.compile(r"https?://|www\.|[A-Za-z0-9-]+\.(?:cn|com|org|net)")
_COUNT = re.compile(r"[一二三四五六七八九十两百千万\d]+(?:个|大|项|条|种|类|方面|点)")
#: 「结束后办理」 and 「自发布之日起」 say when without a date.
_EVENT = re.compile(
    r"(?:结束|解除|届满|期满|到期|恢复|复工|开学|完成|发布|公布|印发|批准|受理|收到)[^，。；]{0,4}[后起内前]|之日起|同时|随时|全天|即日"
)
#: 「当日启用」: the date stands before.
_SAME_DAY = re.compile("当[日天]|同日|昨[日天]|今[日天]|即日")
_RANGE = re.compile(r"\d[年月日][^，。；]{0,6}[至到—-][^，。；]{0,6}\d")
#: Contacts stand on lines of their own beside what they belong to.
_LOOKED_AT = 3


def lacks_value(question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether none of the sentences nearly as good as the best has what the question asks for."""
    if question.kind not in VALUED or _CHOICE.search(question.text):
        return False
    near = like_best(evidence)
    if any(e.has_value for e in near):
        return False
    return not any(_says_otherwise(question, e.sentence.text) for e in near) and not _beside(
        question, evidence
    )


def _says_otherwise(question: Question, text: str) -> bool:
    """Whether a sentence answers without a value of the usual shape."""
    if question.kind is AnswerKind.NUMBER:
        return _COUNT.search(text) is not None
    if question.kind is AnswerKind.PERSON:
        return _ANY_DOER.search(question.text) is not None
    if question.kind is AnswerKind.DATE:
        return not question.asks_day and _EVENT.search(text) is not None
    return question.kind is AnswerKind.DURATION and _RANGE.search(text) is not None


def _beside(question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether it stands in the lines beside the best sentence, where such things stand."""
    best = evidence[0].sentence
    passage = best.hit.passage
    if question.kind is AnswerKind.CONTACT:
        if _SITE.search(question.text):
            return _SITES.search(passage.text) is not None
        near = (e.sentence.hit.passage for e in evidence[:_LOOKED_AT])
        return any(find_values(question.kind, p.text) for p in near)
    if question.kind is AnswerKind.DATE and _SAME_DAY.search(best.text):
        return bool(find_values(question.kind, passage.text[: best.start]))
    return False
