"""Exact values in a sentence: dates, numbers with units, bodies, titles, contacts."""

from __future__ import annotations

import re

from qa.persons import find_persons
from retriever.hit import Span
from retriever.question import AnswerKind

#: What a person calls a value of a kind.
VALUE_NAMES = {
    AnswerKind.DATE: "具体日期",
    AnswerKind.DURATION: "具体时长",
    AnswerKind.NUMBER: "具体数字",
    AnswerKind.PERSON: "人名",
    AnswerKind.CONTACT: "联系方式",
}

#: Lengths are bounded so that a run of digits or numerals is not tried over and over.
_N = r"\d{1,12}(?:[.,]\d{1,6}){0,3}"
_HAN_N = "[一二三四五六七八九十百千万两零〇]{1,12}"
_RANGE = r"\s*(?:[-—－~～–]+|至|到)\s*"

_UNITS = (
    "个工作日 个百分点 百分点 个小时 个月 个季度 平方公里 平方千米 平方米 立方米 公里 千米 厘米 毫米 公顷 公斤 千克 兆瓦 千瓦"
    " 小时 分钟 标准箱 标箱 人次 户次 件次 批次 车次 班次 场次 周岁 课时 学时 家庭"
)
_UNIT = "(?:{}|[个人名位次家件条项起份篇期场户所处种类倍元岁支辆亩桶套台张天日年月周层轮批块吨米字部座间段本棵株盏眼册只艘枚顶宗例成对幢栋门级步关卡国省市县区镇乡村局组队站点]|分(?![担配别布类之工管级步批])|度(?!假))".format(
    "|".join(_UNITS.split())
)
#: 「1800余万元」, 「100多亿元」, 「9000余次」, 「80万标准箱」: the multiplier with its 余 or 多.
_TIMES = "(?:[余多几来]?[十百千万亿]{0,2}[余多]?)"
_QUANTITY = rf"{_N}(?:\s?[%％‰]|{_TIMES}{_UNIT})"
_AROUND = "(?:超过|近|约|不少于|不低于|不超过|不高于|至少|最多|最高|最低)"
_BOUND = "(?:以内|之内|以上|以下|左右)"
_NUMBER = (
    rf"{_AROUND}?{_N}(?:[%％‰]|{_TIMES}{_UNIT})?{_RANGE}{_QUANTITY}{_BOUND}?"
    rf"|{_AROUND}?(?:{_QUANTITY}|{_N}[余多]?[万亿]+){_BOUND}?"
    rf"|第(?:{_N}|{_HAN_N})(?:位|名|批|期)?"
    rf"|百分之{_HAN_N}|(?<![第其之\u4e00-\u9fff]){_HAN_N}{_UNIT}|{_N}{_RANGE}{_N}|(?<![\d.])\d+\.\d+(?![\d.])"
)

_MONTH = r"\d{1,2}月"
_DAY = r"\d{1,2}日"
_YEAR = r"(?:(?:19|20)\d{2}|20[xX×*]{2})年"
_HAN_YEAR = "[二一][〇○零一二三四五六七八九]{3}年"
_PART = "(?:[上中下]旬|[年月]?[底初末])"
#: 「每月5日前」, 「每季度末月25日前」, 「每月第一个星期一」, 「每周二」.
_REPEATED = (
    r"每(?:个)?(?:年|季度(?:末月|首月)?|月|周|星期)(?:第[一二三四五](?:个)?(?:星期|周)[一二三四五六日天](?:、(?:星期|周)[一二三四五六日天])*|\d{1,2}月\d{1,2}日|\d{1,2}日"
    r"|[一二三四五六日](?:[、和](?:每?周)?[一二三四五六日])*)"
)
_DATE = (
    rf"{_REPEATED}|{_YEAR}(?:{_MONTH})?(?:{_DAY})?{_PART}?|{_MONTH}(?:{_DAY})?{_PART}?"
    rf"|{_HAN_YEAR}(?:[一二三四五六七八九十]+月)?(?:[一二三四五六七八九十]+日)?"
)
#: 「早上5时30分至8时」; 「7时」 alone is as often a part of something else and counts all the same.
_CLOCK = r"(?<!\d)(?:[01]?\d|2[0-4])(?:[时点](?!间|段|候|位)(?:\d{1,2}分|半)?|[:：][0-5]\d(?!\d))"
_BEFORE = "(?:以?前|之前)?"
_DATES = (
    rf"(?:{_DATE}|{_DAY}(?=至))(?:{_RANGE}(?:次年|当年|次月)?(?:{_DATE}|{_DAY}|验收结束))?{_BEFORE}"
    rf"|(?:19|20)\d{{2}}{_RANGE}{_YEAR}|(?:次日)?{_CLOCK}(?:{_RANGE}(?:次日)?{_CLOCK})?|[年月]底前"
)
_DURATION = (
    r"每(?:季度|半月|半年|周|月|年|天|日)(?:[一二两三\d]次)?"
    rf"|(?:连续|不超过|不少于|不低于|最长|最多|至少)?(?:{_N}|(?<![第一二三四五六七八九十]){_HAN_N}|半)(?:{_RANGE}{_N})?"
    rf"(?:多|余)?(?:个工作日|个小时|个(?:多|半)?月|个季度|小时|分钟|工作日|天|日|年|周(?!岁)|季度)(?:以内|之内|内|以上|左右)?"
)
#: What a body's name does not hold: the verb or preposition in front of it.
_NO_NAME = "的了是将并把被向对由在以及与为让请经按从于送报给或各该本其"
#: Words that end like a body: 「管大局」.
_NO_BODY = re.compile("[大全格布结开]局$|内部$|全部$|[公共]用站$")
_LEADING_VERB = re.compile(
    "^.*(?:发挥|委托|成立|设立|组建|调整|融入|会同|联合(?!会)|协调|督促|要求|推动|引导|支持|开展|落实|全面|报请|抄送)"
)
_BODY = (
    rf"(?:(?![{_NO_NAME}])[\u4e00-\u9fff（）]){{2,24}}?(?:(?:银行|集团)?(?:股份有限|有限责任|有限)公司|银行|集团|公司|管理局|监督局|委员会|领导小组|办公室|指挥部|工作专班|专班"
    r"|人民政府|党委|党组|纪委监委|纪委|巡视[一二三四五六七八九十]+组|巡视组|检察院|法院|协会|联合会|中心|街道办事处|街道|大队|支队|股|科|[厅局委院社所站部](?![\u4e00-\u9fff]))"
)
_PATTERNS: dict[AnswerKind, re.Pattern[str]] = {
    AnswerKind.DATE: re.compile(_DATES),
    AnswerKind.DURATION: re.compile(_DURATION),
    AnswerKind.NUMBER: re.compile(_NUMBER),
    AnswerKind.TITLE: re.compile(r"《[^》]{2,80}》(?:专刊|简报)?|“[^”]{2,30}”[\u4e00-\u9fff]{0,6}"),
    AnswerKind.CONTACT: re.compile(
        r"(?<!\d)\d{3,4}[-—－–]{1,2}(?:\d{7,8}|1\d{4})(?!\d)|(?<!\d)1\d{10}(?!\d)|(?<!\d)\d{5,8}(?![\d.%％]|[余多]?[万亿元个件条项人户次家份])"
        r"|[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9.-]{1,80}[A-Za-z0-9]|[\u4e00-\u9fff]{2,12}(?:路|街|大街|大道|巷)[\u4e00-\u9fff]{0,2}\d+号"
    ),
    AnswerKind.ORGANISATION: re.compile(_BODY),
}


def find_values(kind: AnswerKind, text: str) -> tuple[Span, ...]:
    """Spans of values of a kind, in order; empty for kinds without a shape of their own."""
    if kind is AnswerKind.PERSON:
        return find_persons(text)
    pattern = _PATTERNS.get(kind)
    if pattern is None:
        return ()
    spans = [m.span() for m in pattern.finditer(text) if m.end() > m.start()]
    if kind in (AnswerKind.NUMBER, AnswerKind.DURATION):
        # 「2024年」 is a date, no number of years.
        dates = [m.span() for m in _PATTERNS[AnswerKind.DATE].finditer(text)]
        spans = [s for s in spans if not any(a <= s[0] < b for a, b in dates)]
    if kind is AnswerKind.ORGANISATION:
        # 「充分发挥城市商业银行职能」: the verb is no part of the name.
        cuts = [_LEADING_VERB.match(text[a:b]) for a, b in spans]
        spans = [(a + (c.end() if c else 0), b) for (a, b), c in zip(spans, cuts, strict=True)]
        spans = [(a, b) for a, b in spans if b - a > 2 and not _NO_BODY.search(text[a:b])]
    return tuple(spans)
