"""Exact values in a sentence: dates, numbers with units, names, bodies, titles, contacts."""

from __future__ import annotations

import re

from qa.question import AnswerKind
from retriever.hit import Span

_N = r"\d+(?:[.,]\d+)*"
_HAN_N = "[一二三四五六七八九十百千万两零〇]+"
_UNIT = (
    "个工作日|个百分点|个小时|个月|平方公里|平方米|立方米|公里|万元|亿元|万吨|万人次|人次|万户|万人|小时|分钟|标准箱|万标准箱"
    "|余万元|余个|余处|余项|余家|余件|多万元|多亿元|万余元|[余多]?[个人名位次家件条项起份篇期场户所处种类倍元岁支辆亩桶套台张天日年月周层轮批块吨米字部座间段期本棵盏眼册]"
)
_DATE = (
    r"(?:(?:19|20)\d{2}|20[xX×*]{2})年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[上中下]旬|[年月]?底|初|末)?|\d{1,2}月(?:\d{1,2}日)?(?:[上中下]旬|底|初|末)?"
    r"|每月\d{1,2}日前?|[二一][〇○零一二三四五六七八九]{3}年(?:[一二三四五六七八九十]+月)?(?:[一二三四五六七八九十]+日)?"
)
_RANGE = r"\s*(?:[-—－~～–]+|至|到)\s*"
_BODY = (
    r"[\u4e00-\u9fff（）]{2,24}?(?:有限责任公司|股份有限公司|有限公司|集团|公司|银行|管理局|监督局|委员会|领导小组|办公室|指挥部|工作专班|专班"
    r"|人民政府|党委|党组|纪委监委|纪委|巡视[一二三四五六七八九十]+组|巡视组|检察院|法院|协会|联合会|中心|街道|大队|支队|[厅局委部院社所站股科])"
)
_PATTERNS: dict[AnswerKind, re.Pattern[str]] = {
    AnswerKind.DATE: re.compile(rf"(?:{_DATE})(?:{_RANGE}(?:{_DATE}|验收结束))?"),
    AnswerKind.DURATION: re.compile(
        rf"(?:连续|每|不超过|不少于|不低于|最长|至少)?(?:{_N}|{_HAN_N}|半)(?:{_RANGE}{_N})?(?:个工作日|个小时|个月|个季度|小时|分钟|天|日|年|周|季度)(?:以?内|以上|之内)?|每(?:季度|半月|半年|周|月|年|天|日)(?:[一二两三\d]次)?"
    ),
    AnswerKind.NUMBER: re.compile(
        rf"(?:第|超过|近|约|不少于|不低于|达)?(?:{_N}(?:{_RANGE}{_N})?)(?:[%％‰]|[万亿千百]?(?:{_UNIT}))|{_N}[%％]|第(?:{_N}|{_HAN_N})(?:位|名|批|期)?"
        rf"|(?<![\d.])\d+\.\d+(?!\d)|(?<![第其之\u4e00-\u9fff]){_HAN_N}(?:{_UNIT})|(?:{_N}){_RANGE}(?:{_N})(?:{_UNIT})?"
    ),
    AnswerKind.TITLE: re.compile(r"《[^》]{2,80}》(?:专刊|简报)?|“[^”]{2,30}”[\u4e00-\u9fff]{0,6}"),
    AnswerKind.CONTACT: re.compile(
        r"\d{3,4}[-—－–]\d{7,8}|(?<!\d)\d{5,6}(?!\d)|(?<!\d)\d{7,8}(?!\d)|(?<!\d)1\d{10}(?!\d)|[\w.+-]+@[\w.-]+\w"
        r"|[\u4e00-\u9fff]{2,12}(?:路|街|大街|大道|巷)\d+号"
    ),
    AnswerKind.ORGANISATION: re.compile(_BODY),
}
_NAME = "[\u4e00-\u9fff]{2,3}"
_POST = r"书记|主任|组长|副组长|局长|厅长|市长|县长|区长|部长|主席|总指挥|指挥长|协调人|联络员|负责人|院长|委员|常委|成员|组员|校长|董事长|总经理|理事长|队长|所长|站长|科长|处长|秘书长|专员"
#: 「书记蔡洪峰表示」, 「组长：陈建国」, 「郝晶 阳光社区 党委书记」.
_PERSON = (
    re.compile(rf"(?:{_POST})[:： ]?(?P<name>{_NAME}?)(?=同志|兼任|担任|表示|指出|强调|介绍|要求|主持|带领|[，,。；、 \n]|$)"),
    re.compile(rf"(?:^|[\n：: ])(?P<name>{_NAME})[ \n](?=[\u4e00-\u9fff ]*(?:{_POST}))"),
    re.compile(rf"(?:由|(?<![\u4e00-\u9fff]))(?P<name>{_NAME}?)(?:同志)?(?:兼任|担任|负责|牵头)"),
    re.compile(rf"(?<![\u4e00-\u9fff])(?P<name>{_NAME})同志"),
)  # fmt: skip


def find_values(kind: AnswerKind, text: str) -> tuple[Span, ...]:
    """Spans of values of a kind, in order; empty for kinds without a shape of their own."""
    if kind is AnswerKind.PERSON:
        names = {m.span("name") for pattern in _PERSON for m in pattern.finditer(text)}
        return tuple(sorted(names))
    pattern = _PATTERNS.get(kind)
    if pattern is None:
        return ()
    spans = [m.span() for m in pattern.finditer(text) if m.end() > m.start()]
    if kind is AnswerKind.NUMBER:
        dates = [m.span() for m in _PATTERNS[AnswerKind.DATE].finditer(text)]
        spans = [s for s in spans if not any(a <= s[0] < b for a, b in dates)]
    return tuple(spans)
