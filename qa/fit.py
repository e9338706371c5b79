"""Is a value the one asked for: does it bear the unit, or the name the post, of the question?"""

from __future__ import annotations

import re

from retriever.hit import Span
from retriever.question import AnswerKind, Question

_COUNTED = re.compile(r"(?:多少|几)(?:个(?!工作日|月|小时|百分点))?([\u4e00-\u9fff]{1,3})")
#: Measure words that settle what is counted, whatever else the question speaks of.
_MEASURE_WORDS = "人名位个家件条项户处次份篇张辆亩分岁"
#: What a question asks for without naming a unit → how such values end.
_MEASURES = (
    (re.compile("多少钱|补助|补贴|资金|经费|投资|费用|奖励|罚款|金额|标的额|出资|花"), re.compile("元$")),
    (re.compile("率|比例|占比|百分之|活跃度|满意度|知晓度"), re.compile("[%％‰]$|^百分之")),
    (re.compile("得分|分数|总分|分值|测评分"), re.compile(r"分$|^\d+\.\d+$")),
    (re.compile("排名|排在|第几|名次|位居"), re.compile("^第|[位名]$")),
)  # fmt: skip
_LASTS = re.compile("(?:多少|几)(个?(?:工作日|月|小时|季度)|[天日年分周])")
_BOUND = re.compile("(?:以内|之内|内|以上|以下|左右)$")
_POST = re.compile(
    "(?:办公室)?副?(?:总指挥|总协调人|指挥长|组长|主任|书记|省长|市长|县长|区长|镇长|乡长|州长|局长|厅长|部长|主席|院长|校长|董事长|总经理|理事长|会长|队长|所长|站长|科长|股长|处长"
    "|秘书长|专员|行长|联系人|负责人|联络员|河长|路长|街长|巷长)"
)


def fits(question: Question, text: str, span: Span) -> bool:
    """Whether a value of a text fits the question's unit or post; False when it names none."""
    if question.kind is AnswerKind.NUMBER:
        return fits_measure(question, text[span[0] : span[1]])
    if question.kind is AnswerKind.DURATION:
        unit = _LASTS.search(question.text)
        return unit is not None and _BOUND.sub("", text[span[0] : span[1]]).endswith(unit[1])
    return question.kind is AnswerKind.PERSON and _holds_post(question, text, span)


def fits_measure(question: Question, value: str) -> bool:
    """Whether a number bears the unit asked for: 「多少户」 户, 「多少钱」 元, 「满意率」 %."""
    counted = _COUNTED.search(question.text)
    if counted and _BOUND.sub("", value).endswith(tuple(counted[1][:n] for n in (1, 2, 3))):
        return True
    if counted and counted[1][0] in _MEASURE_WORDS:
        return False
    return any(asks.search(question.text) and ends.search(value) for asks, ends in _MEASURES)


def _holds_post(question: Question, text: str, name: Span) -> bool:
    """Whether a name stands by the post asked for: 「组长：韩松岳」, 「韩松岳任组长」, but no 副组长."""
    posts = _POST.findall(question.text)
    if not posts:
        return False
    post = rf"(?<!副){posts[-1]}"
    before, after = text[max(0, name[0] - 16) : name[0]], text[name[1] : name[1] + 24]
    return bool(
        re.search(rf"{post}(?:[:： ]|由?[\u4e00-\u9fff]{{0,8}})$", before)
        or re.match(rf"(?:同志)?(?:兼任|担任|任| )[^，。；\n]{{0,16}}?{post}", after)
    )
