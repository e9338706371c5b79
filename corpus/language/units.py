"""Units of measure: how each is written, and which words count things."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple


class Unit(NamedTuple):
    """What a written unit stands for.

    Attributes:
        name: the unit that amounts are compared in, 「平方米」.
        factor: how many of it one is.
    """

    name: str
    factor: Decimal = Decimal(1)


QUARTER = "季度"
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
#: Measure words: each a unit of its own.
COUNTERS = (
    "个人名位次家件条项起份篇期场户所处种类倍支辆桶套台张年层轮批块吨米字部座间段本棵株盏眼册只艘枚顶宗例对幢栋门级步关卡国省"
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
#: Units of time of two characters or more, which 个 may precede.
LONG_TIMES = f"工作日|小时|分钟|星期|{QUARTER}"
#: The same with what else 个 may precede; a week.
WITH_MEASURE_WORD = f"{LONG_TIMES}|百分点"
WEEK = "周|星期"
#: Words that make an amount an estimate or a bound: before it, and behind its unit.
ROUGHLY = "大概|大约|约"
ABOUT_BEFORE = tuple(
    "超过 近 不少于 不低于 不超过 不高于 至少 最多 最高 最低 接近".split()
) + tuple(ROUGHLY.split("|"))
ABOUT_BEHIND = tuple("以内 之内 以上 以下 左右".split())
