"""The gap of a question: where its question word stands, and what kind of words would fill it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class GapKind(StrEnum):
    """What fills a gap."""

    NOUN = "noun"  # 什么制度, 哪家企业: a phrase
    SEVERAL = "several"  # 哪两个平台, 哪些物资: phrases side by side
    CLAUSE = "clause"  # 如何处理, 什么要求: what is done
    VERDICT = "verdict"  # 是不是, 能否: the words that decide


@dataclass(frozen=True)
class Gap:
    """A question around its gap.

    Attributes:
        kind: what would fill it.
        left: the question's words in front.
        right: the words behind; they begin with the noun asked for, if one is named (「制度」).
        count: how many things are asked for, 0 when that is not said.
        final: the question ends with it, behind 「是」, 「叫」 or the like: 「主办方是谁」.
    """

    kind: GapKind
    left: str
    right: str
    count: int = 0
    final: bool = False

    @property
    def asked(self) -> str:
        """The words that may name what is asked for: those behind the gap, at its end those before."""
        return self.right or (self.left[-4:] if self.final else "")


_VERDICT = re.compile(
    "是不是|能不能|可不可以|可否|能否|是否|有没有|让不让|会不会|要不要|用不用|需不需要|行不行|准不准"
    "|许不许|该不该|管不管|算不算"
)
_ASKS = re.compile(r"(?:吗|么|不)[？?。\s]*$")
_MEASURE = "(?:个|家|项|种|类|份|座|位|部|条|款|届|支|本|张|场|块|大|件|处|所|样|门|句|篇|套)?"
_SEVERAL = re.compile(
    rf"哪(?:些|几|(?P<n>[两二俩三四五六七八九十]|\d{{1,3}})){_MEASURE}|分别是(?:什么|啥)"
)
_DEED = (
    "(?:优惠|具体|应对|新|支持|防控|保障)?(?:要求|措施|规定|政策|工作|做法|准备|行动|情况|作用|用处|意义"
    "|安排|影响|变化|补助|内容|优势|标准|条件|方式|办法|手段|活动|服务)"
)
_HOW = re.compile(
    "(?:是)?(?:怎么样|怎么|怎样|如何|咋样?|为什么|为何|为啥|何种方式)(?:的)?|什么样|啥样"
    f"|何(?![时种处地人])|(?:什么|哪些|啥)(?={_DEED})"
)
_WHAT = re.compile(
    rf"什么|啥|多(?=[大高长远久宽深重快])|何[时处地人]|何种|哪儿|哪里|哪一?{_MEASURE}|谁|多少|几{_MEASURE}"
)
_NUMBERS = {n: i for i, n in enumerate("一二三四五六七八九十", start=1)} | {"两": 2, "俩": 2}
_COPULA = re.compile("(?:[是为有叫指成]|分别|包括|具体|如何|在|名叫|改叫|都|各)$")
_EDGE = "，。？?！!：:、 的了过呢呀啊吗"


def gap_of(question: str) -> Gap | None:
    """The gap of a question, or None when it has no question word.

    Of several question words the first counts: the value of a later one mostly stands beside its.
    """
    if verdict := _VERDICT.search(question):
        return Gap(GapKind.VERDICT, question[: verdict.start()], question[verdict.end() :])
    patterns = ((GapKind.SEVERAL, _SEVERAL), (GapKind.CLAUSE, _HOW), (GapKind.NOUN, _WHAT))
    found = [(m, kind) for kind, pattern in patterns if (m := pattern.search(question))]
    if not found:
        asks = _ASKS.search(question)
        return Gap(GapKind.VERDICT, question.rstrip("？?。 吗么不"), "") if asks else None
    match, kind = min(found, key=lambda f: (f[0].start(), -f[0].end()))
    n = (match["n"] or "") if kind is GapKind.SEVERAL else ""
    left = question[: match.start()].rstrip(_EDGE)
    right = question[match.end() :].strip(_EDGE)
    count = int(n) if n.isdigit() else _NUMBERS.get(n, 0)
    return Gap(kind, left, right, count, not right and _COPULA.search(left) is not None)
