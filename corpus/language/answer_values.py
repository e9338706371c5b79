"""Shapes of values in a text: numbers with units, dates, durations, contacts, bodies, titles."""

from __future__ import annotations

import re

from corpus.language import dates, quantities
from corpus.language import function_words as words
from corpus.language.numerals import FACTORS, NUMERAL, ORDINAL

#: What stands in front of a share in characters.
PERCENT = "百分之"
_OF = PERCENT.removeprefix("百")
#: What counts the articles and points of a document says nothing.
ENUMERATOR = re.compile(rf"第?(?:\d+|[{ORDINAL}]+)[条款项是、.]?")
#: A single Chinese numeral counts only in front of one of these: 三项, not 三农.
COUNTED_BY_NUMERAL = frozenset(quantities.COMMON_COUNTERS + "元岁亩天日年月周层轮批季")
#: 35个工作日 = 35工作日; but 35个月 is not the month 35.
_MEASURE = f"(?:个(?={quantities.WITH_MEASURE_WORD}))?"
#: A word of a statement, for comparing: a date, a time, a number with its unit, a mark, a character.
STATEMENT_WORD = re.compile(
    rf"(?P<date>{dates.SHORT_DATE})"
    r"|(?<![\d.:：])(?P<hour>[01]?\d|2[0-4])[:：](?P<minute>[0-5]\d)(?![\d:：])"
    rf"|{PERCENT}(?P<share>\d+(?:\.\d+)?|[{NUMERAL}]{{1,16}})"
    rf"|(?P<number>\d{{1,3}}(?:,\d{{3}})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?P<more>{quantities.MORE}?)(?P<times>{quantities.TIMES})?(?P<over>{quantities.MORE}?){_MEASURE}"
    rf"|(?P<numeral>[{NUMERAL}]{{1,16}})(?P<beyond>{quantities.MORE}?){_MEASURE}"
    r"|(?P<latin>[a-z]+)"
    r"|(?P<range>(?<=[^\W_%％])[-—－–―~～]+(?=\s?\d)|(?<=[%％])[-—－–―~～]+(?=\s?\d))"
    r"|(?P<minus>[-−－](?=\d))"
    r"|(?P<stop>[，,；;。！？!?…]+)"
    r"|(?P<colon>[:：])"
    r"|(?P<percent>[%％])"
    r"|(?P<character>\S)"
)  # fmt: skip

#: A year that a statement is about.
YEAR_STATED = re.compile(r"(?<!\d)(?:19|20)\d\d(?=[年至])")
#: Lengths are bounded so that a run of digits or numerals is not tried over and over.
_N = r"\d{1,12}(?:[.,]\d{1,6}){0,3}"
_HAN_N = f"[{NUMERAL}]{{1,12}}"
_RANGE = r"\s*(?:[-—－~～–]+|至|到)\s*"
#: What counts or measures.
_UNIT = f"(?:{quantities.UNIT}|月)"
#: 「1800余万元」, 「100多亿元」, 「9000余次」, 「80万标准箱」: the multiplier with its 余 or 多.
_MULTIPLES = f"(?:[余多几来]?[十百千万亿]{{0,2}}{quantities.MORE}?)"
_QUANTITY = rf"{_N}(?:\s?[%％‰]|{_MULTIPLES}{_UNIT})"
_AROUND, _BOUND = (
    f"(?:{'|'.join(bounds)})" for bounds in (quantities.ABOUT_BEFORE, quantities.ABOUT_BEHIND)
)
#: A number in characters that counts places, so that no word is taken for one: 二百, 三千五百, 十二; one
#: digit alone where a bound stands before it or a unit that only amounts have.
_FACTORS = "".join(FACTORS)
_DIGIT = "[一二两三四五六七八九]"
_WRITTEN = rf"(?:{_DIGIT}[{_FACTORS}][{NUMERAL}]{{0,14}}|十{_DIGIT}?(?:[万亿]|(?![{NUMERAL}])))"
_AMOUNTS_ONLY = "|".join(
    ("元", "亩", "吨", "岁", *(quantities.UNITS[sign].name for sign in ("km", "hm²", "㎡")))
)
_HAN_QUANTITY = (
    rf"(?<![第其之{NUMERAL}]){_WRITTEN}{quantities.MORE}?{_UNIT}{_BOUND}?"
    rf"|(?<![第其之{NUMERAL}]){_DIGIT}(?:{_AMOUNTS_ONLY})(?![角旦]){_BOUND}?"
    rf"|{_AROUND}{_DIGIT}{_UNIT}|{_HAN_N}{_OF}{_HAN_N}(?:点{_HAN_N})?|{_DIGIT}成(?:{_DIGIT}|半)?(?![立员本])|半数"
)
#: A number, with its unit and what makes it a bound.
NUMBER = re.compile(
    rf"{_AROUND}?{_N}(?:[%％‰]|{_MULTIPLES}{_UNIT})?{_RANGE}{_QUANTITY}{_BOUND}?"
    rf"|{_AROUND}?(?:{_QUANTITY}|{_N}{quantities.MORE}?{quantities.LARGE}+){_BOUND}?"
    rf"|第(?:{_N}|{_HAN_N})(?:位|名|批|期)?|{_HAN_QUANTITY}"
    rf"|{PERCENT}{_HAN_N}|(?<![第其之\u4e00-\u9fff]){_HAN_N}{_UNIT}|{_N}{_RANGE}{_N}|(?<![\d.])\d+\.\d+(?![\d.])"
)
_MONTH = r"\d{1,2}月"
_DAY = r"\d{1,2}日"
_YEAR = r"(?:(?:19|20)\d{2}|20[xX×*]{2})年"
_PART = f"(?:{dates.THIRD_OF_MONTH}|[年月]?[底初末])"
#: 「每月5日前」, 「每季度末月25日前」, 「每月第一个星期一」, 「每周二」.
_REPEATED = (
    rf"每个?(?:年|{dates.QUARTER}(?:末月|首月)?|月|{quantities.WEEK})(?:第[{ORDINAL}]个?(?:{quantities.WEEK})[一二三四五六日天](?:、(?:{quantities.WEEK})[一二三四五六日天])*|\d{{1,2}}月\d{{1,2}}日|\d{{1,2}}日"
    r"|[一二三四五六日](?:[、和](?:每?周)?[一二三四五六日])*)"
)
_DATE = (
    rf"{_REPEATED}|{_YEAR}(?:{_MONTH})?(?:{_DAY})?{_PART}?|{_MONTH}(?:{_DAY})?{_PART}?"
    rf"|{dates.HAN_YEAR}年(?:[{ORDINAL}]+月)?(?:[{ORDINAL}]+日)?"
)
#: 「早上5时30分至8时」; 「7时」 alone is as often a part of something else and counts all the same.
_CLOCK = r"(?<!\d)(?:[01]?\d|2[0-4])(?:[时点](?!间|段|候|位)(?:\d{1,2}分|半)?|[:：][0-5]\d(?!\d))"
_BEFORE = f"(?:以?前|{dates.BEFORE_THEN})?"
#: A day, a month, a year, a time of day, or a span of them.
DATE = re.compile(
    rf"(?:{_DATE}|{_DAY}(?=至))(?:{_RANGE}(?:{dates.FOLLOWING_YEAR}|当年|次月)?(?:{_DATE}|{_DAY}))?{_BEFORE}"
    rf"|(?:19|20)\d{{2}}{_RANGE}{_YEAR}|(?:次日)?{_CLOCK}(?:{_RANGE}(?:次日)?{_CLOCK})?|[年月]底前"
)
#: How long something takes, or how often it comes.
DURATION = re.compile(
    rf"每(?:{dates.QUARTER}|半月|{dates.HALF_YEAR}|周|月|年|天|日)(?:[一二两三\d]次)?"
    rf"|(?:连续|最长|{_AROUND})?(?:{_N}|(?<![第{ORDINAL}]){_HAN_N}|半)(?:{_RANGE}{_N})?"
    rf"(?:多|余)?(?:个?(?:{quantities.LONG_TIMES})|个(?:多|半)?月|天|日|年|周(?!岁))(?:内|{_BOUND})?"
)
#: What may stand behind a unit.
MEASURE_BOUND = re.compile(f"(?:内|{_BOUND})$")

_DATE_BELOW = (
    rf"(?:\d{{4}}|20[xX×*]{{2}}|{dates.HAN_YEAR})年[\d{ORDINAL}]{{1,3}}月[\d{ORDINAL}]{{1,3}}日"
)
#: 「临漪市人民政府办公室 2024年3月18日」, 「枫街通〔2024〕18号」, 「各县、区人民政府，市政府各部门：」.
SIGN_OFF = re.compile(
    rf"^[\u4e00-\u9fffxX×*（）()、 \n]{{0,40}}{_DATE_BELOW}[）){words.PRINTING}\s]*$"
    r"|^[\u4e00-\u9fff\s]{0,30}〔\d{4}〕\s*\d+\s*号$|^[^。；]{0,40}各[^。；]{2,60}[：:]$"
)
#: A year in a title, a span of years in one piece.
YEAR_OF_DOCUMENT = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|[-—－~至]\s*(?:19|20)\d{2}|\.\d)")

_FULL_YEAR = f"{dates.YEAR}年"
#: 「截至目前」 says no more than the document's date does.
_UNTIL = rf"截[至止](?!到?(?:目前|{dates.NOW}|此|当前))[^，。；：！？\n]{{2,24}}"
_PERIOD = rf"{_FULL_YEAR}(?:上半年|下半年|[前第]?[{ORDINAL}]{dates.QUARTER}|\d{{1,2}}\s*[-—－~～至]\s*\d{{1,2}}月|{dates.SINCE}|全年|度)"
#: 「2022年，」 at the beginning of a sentence; elsewhere a year is as often a plan's.
_OPENING = rf"(?:^|(?<=[，。；\n])){_FULL_YEAR}(?=，)"
#: As of when something holds.
AS_OF = re.compile(f"{_UNTIL}|{_PERIOD}|{_OPENING}")
#: Rough signs that a text may hold a date, a length of time, a contact or a list.
SIGNS_OF_DATE = re.compile(rf"\d{{1,2}}[月日]|\d{{4}}年|[年月]底|{dates.THIRD_OF_MONTH}")
SIGNS_OF_NUMBER = re.compile(rf"\d|{_DIGIT}[{_FACTORS}]|[{NUMERAL}]{_OF}")
SIGNS_OF_DURATION = re.compile(
    rf"[\d{NUMERAL}半](?:多)?个?(?:天|日|年|月|周|{quantities.LONG_TIMES})"
)
SIGNS_OF_CONTACT = re.compile(r"\d{7,}|\d{3,4}-\d{7,8}|@|[路街巷道]\d+号|\d{6}")
SIGNS_OF_LIST = re.compile(rf"[、；]|[{ORDINAL}]是|（一）|1\.")
#: Things named one behind the other: 「甲、乙、丙和丁」.
LISTED_IN_A_ROW = re.compile(r"[^、，。；：\n]{1,40}(?:、[^、，。；：\n]{1,40}){1,60}")
#: A title, and a quoted name.
TITLE = re.compile(
    rf"《[^》]{{2,80}}》(?:{words.SPECIAL_ISSUE}|{words.BULLETIN})?|“[^”]{{2,30}}”[\u4e00-\u9fff]{{0,6}}"
)
#: A telephone number, a post code, a mail address, an address.
CONTACT = re.compile(
    r"(?<!\d)\d{3,4}[-—－–]{1,2}(?:\d{7,8}|1\d{4})(?!\d)|(?<!\d)1\d{10}(?!\d)|(?<!\d)\d{5,8}(?![\d.%％]"
    rf"|{quantities.MORE}?[万亿元个件条项人户次家份])"
    r"|[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9.-]{1,80}[A-Za-z0-9]|[\u4e00-\u9fff]{2,12}(?:路|街|大街|大道|巷)[\u4e00-\u9fff]{0,2}\d+号"
)
#: Which one of a series.
NTH = re.compile(rf"第[{ORDINAL}\d]{{1,3}}(?:{words.STAGES})|[{ORDINAL}]{{2,3}}届")
#: How many of a kind.
COUNT = re.compile(rf"[{NUMERAL}\d]+(?:个|大|项|条|种|类|{words.PIECES}|点)")
#: 「当日启用」: the date stands before.
SAME_DAY = re.compile(f"当[日天]|同日|昨[日天]|今[日天]|{dates.FROM_TODAY}")
#: From one day to another.
DATE_RANGE = re.compile(r"\d[年月日][^，。；]{0,6}[至到—-][^，。；]{0,6}\d")
