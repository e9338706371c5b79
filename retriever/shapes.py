"""Which characters are taken for each other by eye."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

#: Taken for each other most often; within a group each for any other.
CONFUSED = tuple(
    (
        "己已 末未 土士 日曰 干千 侯候 辩辨辫 帐账 部陪 治冶 折拆 贷货 幕暮募 密蜜 籍藉 洽恰 竞竟 蓝篮 历厉 村材 "
        "效郊 妨防 情清晴请 住往 待侍 科料 项顶 检捡 拨拔 管菅 责贵 准淮 抵低 列例 偿尝 载栽 购构 援缓 培陪 "
        "担但 级极 提堤 网冈 补朴 纳钠 析折 拟似 缴激 券卷 官宫 徽微 戴载 冲仲 稍梢"
    ).split()
)
#: With a part in common but of another width, which their pictures do not show.
_SAME_PART = (
    "青清情晴请精睛静靖猜倩 倍剖赔焙 裂烈咧 较校胶绞狡皎郊 偏编遍骗篇扁匾 狠很恨限根跟艰银 杨扬场肠汤畅 "
    "沟钩构 胡湖糊葫 峰锋蜂逢缝 经径茎劲轻 抢枪沧苍仓创舱 坚紧贤 险检验签脸俭剑 征证政整 "
    "低底抵邸 何河荷阿呵 洋样详祥羊养 抱饱炮泡跑包胞袍 洪供共拱哄 徐除叙余途涂 俊峻骏竣酸 "
    "档挡当铛 副福幅富逼 磨摩魔麻 博搏缚傅膊 慢漫蔓曼 绵棉锦帛 援暖缓媛 绩积债渍 "
    "借错措惜腊猎 伦论轮抡沦 议仪义蚁 沿铅船 晓浇绕烧挠饶 诉斥拆 喝渴揭竭歇葛 剂济挤齐 "
    "拖施 拥佣 护炉庐沪驴 任凭 堆推唯准维难谁 植值置直殖 职织积识帜 彻切砌 绿禄录碌 "
    "营劳荣莹 漏露 赢瀛嬴 苦若 免兔 洒酒 凤风 壁璧 傲徼 缀辍 撤撒澈 概慨溉 即既 喻愉输 "
    "囗口 艮良 戌戍戊 亳毫 睢雎 汨汩 祇祗 丐丏 冼洗 郗郤 昊吴 衍衔 晢晰 盱肝 邳丕 泗酒四"
).split()
_TABLE = Path(__file__).with_name("assets") / "shapes.txt"


@lru_cache(maxsize=1)
def look_alikes() -> Mapping[str, str]:
    """Characters → those that look like them, in both directions.

    From pictures (``shape_table``) and from lists of what these do not show.
    """
    found: dict[str, dict[str, None]] = {}

    def add(one: str, other: str) -> None:
        found.setdefault(one, {})[other] = None

    groups = [line[0] + other for line in _lines() for other in line[1:]]
    for group in (*groups, *CONFUSED, *_SAME_PART):
        for one in group:
            for other in group:
                if one != other:
                    add(one, other)
    return {character: "".join(others) for character, others in found.items()}


def are_confused(one: str, other: str) -> bool:
    """Whether two characters are often taken for each other."""
    return (one, other) in _confused()


@lru_cache(maxsize=1)
def _confused() -> frozenset[tuple[str, str]]:
    return frozenset((a, b) for group in CONFUSED for a in group for b in group if a != b)


def _lines() -> list[str]:
    return _TABLE.read_text(encoding="utf-8").splitlines()
