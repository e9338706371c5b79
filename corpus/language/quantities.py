"""Units as they are written, and amounts read once: 「二百元」 and 「200元」 are one ``Quantity``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from corpus.language.dates import QUARTER, SPAN_MARK, find_dates
from corpus.language.numerals import (
    FACTORS,
    NUMERAL,
    YEAR_DIGIT,
    ZEROS,
    multiplier,
    read_decimal,
    read_digits,
    read_numeral,
)
from corpus.language.simplification import to_simplified


class Unit(NamedTuple):
    """What a written unit stands for.

    Attributes:
        name: the unit that amounts are compared in, 「平方米」.
        factor: how many of it one is.
    """

    name: str
    factor: Decimal = Decimal(1)


#: The unit compared in, then its other spellings.
_SPELLINGS = (
    "% ％; 百分点 个百分点; 元 块钱 元人民币; 美元 美金; 欧元; 港元 港币; 平方米 ㎡ m² m2 平米; 立方米 ㎥ m³ m3; "
    "平方公里 平方千米 km² km2; 公里 千米 km; 米; 厘米 cm; 毫米 mm; 公顷 hm²; 亩; "
    "微克/立方米 μg/m³ μg/m3 ug/m³ ug/m3 μg/㎥ 微克/㎥ 微克每立方米; 毫克/立方米 mg/m³ mg/m3 mg/㎥ 毫克/㎥ 毫克每立方米; "
    "毫克/升 mg/L 毫克每升; 分贝 dB; 公斤 千克 kg; 吨; 吨标准煤 吨标煤; 千瓦时 kWh; 千瓦 kW; 兆瓦 MW; 摄氏度 ℃; 标箱 标准箱; "
    f"天 日; 小时 个小时; 分钟; 工作日 个工作日; 周 星期 个星期; 个月; {QUARTER} 个{QUARTER}; 周岁 岁; 人次; 户次; 件次; 批次; "
    "车次; 班次; 场次; 课时; 学时; 家庭 个家庭"
).split("; ")
_SHARES = {"‰": Decimal("0.1"), "成": Decimal(10)}
#: Measure words, each a unit of its own; those that questions ask with.
COMMON_COUNTERS = "个人名位次家件条项起份篇期场户所处种类倍支辆"
COUNTERS = COMMON_COUNTERS + (
    "桶套台张年层轮批块吨米字部座间段本棵株盏眼册只艘枚顶宗例对幢栋门级步关卡国省"
    "市县区镇乡村局组队站点床度分"
)
#: Every way to write a unit.
UNITS: dict[str, Unit] = {
    **{word: Unit(word) for word in COUNTERS},
    **{word: Unit(spelled.split()[0]) for spelled in _SPELLINGS for word in spelled.split()},
    **{word: Unit("%", factor) for word, factor in _SHARES.items()},
}
#: What follows where the character is no unit: 「三成立」, 「度假」, 「分配」.
_NO_UNIT = {
    "成": "立员本果效为功长都熟就绩因份交人品型",
    "度": "假",
    "分": "担配别布类之工管级步批",
}
#: A unit, for patterns; the longest spelling first.
UNIT = "(?:{})".format(
    "|".join(
        re.escape(word) + (f"(?![{_NO_UNIT[word]}])" if word in _NO_UNIT else "")
        for word in sorted(UNITS, key=len, reverse=True)
    )
)
#: For how much of what an amount is: 「每人每月」.
FOR_EACH = re.compile("[每一]个?[人户月年天日次亩]")
#: What a row or column is called that adds up others.
TOTALS = ("合计", "总计", "小计")
#: A unit as the head of a column or the line above a table gives it: 「万元」, 「元/月」, 「元/人·月」.
MULTIPLIED_UNIT = re.compile(rf"[十百千万亿]{{0,2}}{UNIT}(?:[/每·][^，；、]{{1,6}})?")
#: Units of time of two characters or more, which 个 may precede.
LONG_TIMES = f"工作日|小时|分钟|星期|{QUARTER}"
#: The same with what else 个 may precede; a week.
WITH_MEASURE_WORD = f"{LONG_TIMES}|百分点"
WEEK = "周|星期"
#: Words that make an amount an estimate or a bound: before it, and behind its unit.
EXCEEDING, ROUGHLY = "超过", "大概|大约|约"
ABOUT_BEFORE = tuple(
    f"{EXCEEDING} 近 不少于 不低于 不超过 不高于 至少 最多 最高 最低 接近".split()
) + tuple(ROUGHLY.split("|"))
ABOUT_BEHIND = tuple("以内 之内 以上 以下 左右".split())
#: What stands behind digits and multiplies them, or adds a little; 「3千克」 is no 3000克.
LARGE, MORE = "[万亿]", "[余多]"
TIMES = f"[十百千](?![克米瓦分帕]){LARGE}?|{LARGE}{{1,2}}"
#: Longer runs of digits are identifiers.
_DIGITS = r"\d{1,3}(?:,\d{3}){1,4}(?!\d)(?:[.．]\d{1,8})?|\d{1,15}(?!\d)(?:[.．]\d{1,8})?"
_QUANTITY = re.compile(
    r"(?:(?P<share>[百千万])分之)?(?P<minus>零下|负|(?<![^\s，。、：；（(为是达至到约])[-−])?"
    rf"(?:(?<![\d.．A-Za-z])(?P<digits>{_DIGITS})(?P<more>{MORE})?(?P<times>{TIMES})?"
    r"(?:(?P<rest>\d{1,4})(?P<rest_times>[百千万]))?"
    rf"|(?<![第{NUMERAL}])(?P<numeral>[{NUMERAL}]{{1,23}}(?:点[{NUMERAL}]{{1,8}})?))"
    rf"(?P<over>{MORE})?[ ]?(?P<unit>{UNIT})?(?:(?<=成)(?P<tenths>[{YEAR_DIGIT}]))?"
)
_RANGE = re.compile(rf"\s?(?:{SPAN_MARK}|到)\s?")
#: A line that ends with an amount of something: 「低保标准 1309元/人·月」; a day or a number in order is none.
ENDS_WITH_AMOUNT = re.compile(
    rf"(?<![第\d.．])\d[\d,.．]{{0,15}}\s?(?:{TIMES})?{MORE}?(?:(?=\D)个)?(?!日){UNIT}"
    rf"(?:[/／每][^\s，。；]{{1,8}})?(?:{'|'.join(ABOUT_BEHIND)})?[）)]?。?$"
)
_FRACTIONS = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}


@dataclass(frozen=True)
class Quantity:
    """An amount as a text states it.

    Attributes:
        value: in ``unit``: 12000 for 「1.2万㎡」.
        unit: the unit that amounts are compared in, 「平方米」; "" for a bare number.
        start: offset of its first character.
        end: offset after its last one, which is mostly the unit's.
        approximate: whether 约, 余, 以上 or the like make it an estimate or a bound.
    """

    value: Decimal
    unit: str
    start: int
    end: int
    approximate: bool = False

    def equals(self, other: Quantity) -> bool:
        """Whether both are the same amount of the same unit, wherever they stand."""
        return (self.value, self.unit) == (other.value, other.unit)


def find_quantities(text: str) -> list[Quantity]:
    """The amounts in ``text`` in order; dates, ordinals and numerals that count nothing are none.

    The lower end of a range has the unit of the upper one: 「3至5万元」 is 30000元 and 50000元.
    """
    form = to_simplified(text)
    dates = iter([(d.start, d.end) for d in find_dates(form) if d.value])
    date = next(dates, None)
    found: list[tuple[Quantity, re.Match[str]]] = []
    for match in _QUANTITY.finditer(form):
        while date and date[1] <= match.start():
            date = next(dates, None)
        ordinal = form.endswith("第", 0, match.start())
        value = None if ordinal else _value(match)
        if value is not None and not (date and date[0] < match.end()):
            found.append((_quantity(form, match, value), match))
    return list(_with_ranges(form, found))


def read_quantity(text: str) -> Quantity | None:
    """The one amount that ``text`` is, or None: 「200元」, not 「补助200元」."""
    found = find_quantities(text)
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(text))
    return found[0] if whole else None


def _value(match: re.Match[str]) -> Decimal | None:
    """The number in front of the unit, or None where the characters write none."""
    if match["digits"]:
        value = read_digits(match["digits"], match["times"])
        return value + read_digits(match["rest"] or "0", match["rest_times"])
    numeral = match["numeral"]
    if match["share"] and numeral == "百":
        return Decimal(100)
    # Two digits side by side mostly count both: 「二三季度」.
    if len(numeral) > 1 and not set(numeral) & {*FACTORS, "点", *ZEROS}:
        return None
    return read_decimal(numeral)


def _quantity(form: str, match: re.Match[str], value: Decimal) -> Quantity:
    start, end = match.span()
    unit = UNITS.get(match["unit"] or "")
    name = unit.name if unit else ""
    if match["tenths"]:
        value += Decimal(read_numeral(match["tenths"]) or 0) / 10
    if match["share"]:
        value, name = value * _FRACTIONS[match["share"]], "%"
        end = match.start("unit") if unit else end
    elif unit:
        value *= unit.factor
    about = (
        match["more"] or match["over"] or form.endswith(ABOUT_BEFORE, 0, start)
        or form.startswith(ABOUT_BEHIND, end)
    )  # fmt: skip
    return Quantity(-value if match["minus"] else value, name, start, end, bool(about))


def _with_ranges(form: str, found: list[tuple[Quantity, re.Match[str]]]) -> Iterator[Quantity]:
    """The amounts, the lower end of a range with its unit; numerals that count nothing left out."""
    for (own, match), (other, above) in pairwise([*found, *found[-1:]]):
        joined = own.end < other.start and _RANGE.fullmatch(form, own.end, other.start)
        if not own.unit and other.unit and joined:
            factor = multiplier(above["times"])
            scaled = not match["times"] and own.value * factor < other.value
            yield replace(own, unit=other.unit, value=own.value * (factor if scaled else 1))
        elif own.unit or match["digits"]:
            yield own
