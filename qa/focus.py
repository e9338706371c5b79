"""The thing whose value a question asks for: 「满意率达到多少」 → 满意率."""

from __future__ import annotations

import re

from corpus.lexicon import common_words
from indexer.tokens import tokenise
from retriever.question import Question

_BEFORE = re.compile(
    r"(?P<noun>[\u4e00-\u9fffA-Za-z]{2,8}?)(?:分别|各|最终|一共|共|总共|大概|约)?(?:是|为|达到|达|有|安排在|定在|排)?(?:了)?"
    r"(?:百分之多少|多少|几|什么时候|何时|哪天|哪一天|是谁|谁)[^\u4e00-\u9fff]*$"
)
_AFTER = re.compile(r"多少(?P<noun>[\u4e00-\u9fff]{2,6})[？?]?$")
_WEAK = re.compile(
    r"^(?:[条份家件项户名位篇张次]|的|了|在|是|会|被|把|从|由|到|要|能|给|和|与|年|月|日|个)+|(?:的|了|在|是|会|被)+$"
)

#: Only nouns that measure something: what else stands before 多少 is as often a verb.
_MEASURE = re.compile(
    r"(?:率|额|量|资金|投资|经费|比例|占比|补贴|产值|收入|面积|成本|费用|总分|得分)$"
)
#: Measures that texts use for each other.
_SYNONYMS = (
    ("补贴", "补助", "奖补", "奖励", "资助"),
    ("资金", "投资", "经费", "费用", "成本"),
    ("比例", "占比", "率"),
    ("总分", "得分"),
)
#: Of a long noun the end is the head: 「行政诉讼一审败诉率」 → 审败诉率.
_LONGEST = 4


def focus_of(question: Question) -> str:
    """The noun next to the question word, or "" when it cannot be told or measures nothing."""
    text = question.text.rstrip("？?。 呀啊呢吗")
    match = _AFTER.search(text) or _BEFORE.search(text)
    noun = _WEAK.sub("", match["noun"])[-_LONGEST:] if match else ""
    return noun if _MEASURE.search(noun) else ""


def holds_focus(focus: str, text: str) -> bool:
    """Whether a text has the thing measured (half of its character pairs), or the bare measure."""
    measure = _MEASURE.search(focus)
    word = measure.group() if measure else ""
    synonyms = next((s for s in _SYNONYMS if word in s), (word,))
    thing = focus.removesuffix(word)
    pairs = [t for t in tokenise(thing) if len(t) > 1]
    if not pairs:
        return any(s in text for s in synonyms)
    return sum(p in text for p in pairs) * 2 >= len(pairs)


def shown_focus(focus: str) -> str:
    """The focus from its first whole word on: of 「项目总投资」 cut to 「目总投资」, 投资."""
    words = common_words()
    start = next((i for i in range(len(focus) - 1) if focus[i : i + 2] in words), 0)
    return focus[start:]
