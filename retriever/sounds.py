"""How characters sound, tones apart, and which sounds are taken for each other."""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from corpus.errors import PolicyQAError

#: Beginnings and ends of syllables that speakers of many regions do not tell apart.
_BEGINNINGS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_ENDS = (("ang", "an"), ("eng", "en"), ("ing", "in"))
#: Usual readings of characters that have several, or whose first one in the table is rare. The
#: table's others are of old texts: 包 is no fu today, nor 承 a zheng.
_USUAL = (
    "乐le/yue 乘cheng/sheng 了le/liao 什shen/shi 仔zi/zai 会hui/kuai 传chuan/zhuan 便bian/pian 俩lia/liang "
    "刹cha/sha 削xue/xiao 剥bo/bao 劲jin/jing 匙chi/shi 卜bu/bo 卡ka/qia 参can/shen/cen 叨dao/tao 吓xia/he "
    "否fou/pi 呢ni/ne 和he/huo 咳ke/hai 咽yan/ye 嗒da/ta 嚼jiao/jue 圈quan/juan 埋mai/man 堡bao/bu/pu "
    "塞sai/se 壳ke/qiao 奇qi/ji 宿su/xiu 屏ping/bing 属shu/zhu 差cha/chai/ci 度du/duo 弄nong/long 弹dan/tan "
    "强qiang/jiang 得de/dei 恶e/wu 扎zha/za 扒pa/ba 扛gang/kang 折zhe/she 抹mo/ma 拓tuo/ta 拗niu/ao 择ze/zhai "
    "攒cuan/zan 数shu/shuo 暴bao/pu 曾zeng/ceng 朝zhao/chao 朴pu/piao 柏bai/bo 栅shan/zha 校xiao/jiao "
    "槛jian/kan 模mo/mu 没mei/mo 泊bo/po 澄cheng/deng 爪zhao/zhua 牟mu/mou 率lv/shuai 畜chu/xu 的de/di "
    "盛sheng/cheng 省sheng/xing 着zhe/zhuo/zhao 磅pang/bang 称cheng/chen 粘nian/zhan 系xi/ji 纤xian/qian "
    "给gei/ji 绿lv/lu 耙pa/ba 脉mai/mo 臭chou/xiu 色se/shai 艾ai/yi 落luo/lao/la 蔓man/wan 薄bo/bao 藉jie/ji "
    "藏cang/zang 蛤ha/ge 血xue/xie 行xing/hang 见jian/xian 觉jue/jiao 角jiao/jue 解jie/xie 识shi/zhi "
    "调diao/tiao 贾gu/jia 车che/ju 辟pi/bi 还huan/hai 迫po/pai 遗yi/wei 都du/dou 重zhong/chong 钥yao/yue "
    "铛cheng/dang 长chang/zhang 阿a/e 陆lu/liu 降jiang/xiang 雀que/qiao 露lu/lou 颤chan/zhan 似si/shi 佛fo/fu "
    "沓ta/da 驮tuo/duo 莞wan/guan 肋lei/le 勒le/lei 伺si/ci 轧zha/ya 琢zhuo/zuo 蹊xi/qi 疟nve/yao 囤tun/dun "
    "娜na/nuo 掺chan/can 柚you/zhou 桔ju/jie 辗zhan 茄qie/jia 茜qian/xi 莎sha/suo 单dan/shan 查cha/zha "
    "尉wei/yu 仇chou/qiu 翟zhai/di 区qu/ou 臂bi/bei 擘bo 漯luo/ta 玢bin/fen 隗wei/kui 褚chu/zhu 郗xi/chi "
    "种zhong/chong"
).split()


@lru_cache(maxsize=8192)
def sounds(character: str) -> frozenset[str]:
    """Usual readings without tones, none for what is no Chinese character: 行 → xing, hang.

    Raises:
        PolicyQAError: pypinyin is not installed.
    """
    usual = _several().get(character)
    if usual is not None:
        return usual
    return frozenset(_plain(reading) for reading in _readings(character)[:1])


@lru_cache(maxsize=8192)
def _toned(character: str) -> frozenset[str]:
    return frozenset(r for r in _readings(character) if _plain(r) in sounds(character))


def sound_the_same(one: str, other: str) -> bool:
    """Whether two characters have a usual reading in common, tone and all."""
    return not _toned(one).isdisjoint(_toned(other))


def _readings(character: str) -> list[str]:
    """All readings in the table with their tones, the most usual one mostly first."""
    return list(filter(None, _table().get(str(ord(character)), "").split(",")))


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    """Code points → readings, as pypinyin has them."""
    # Only the table of characters is read: importing the package loads one of phrases, ten times
    # as long.
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise PolicyQAError("没有安装读音表 pypinyin", "pypinyin 0.55", "pip install pypinyin")
    source = Path(spec.origin).with_name("pinyin_dict.json").read_text(encoding="utf-8")
    table: dict[str, str] = json.loads(source)
    return table


@lru_cache(maxsize=1)
def _several() -> dict[str, frozenset[str]]:
    return {usual[0]: frozenset(usual[1:].split("/")) for usual in _USUAL}


@lru_cache(maxsize=4096)
def _plain(reading: str) -> str:
    """Without tones: 「lǜ」 → lv; ü is typed as v."""
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(c for c in letters if not unicodedata.combining(c))


@lru_cache(maxsize=1024)
def near_sounds(sound: str) -> frozenset[str]:
    """Syllables taken for this one, itself not among them: ling → lin, ning, nin."""
    ends = {_swapped(sound, _ENDS, at_end=True), sound}
    both = {_swapped(end, _BEGINNINGS, at_end=False) for end in ends} | ends
    return frozenset(both - {sound})


def _swapped(sound: str, pairs: tuple[tuple[str, str], ...], at_end: bool) -> str:
    for pair in pairs:
        for old, new in (pair, pair[::-1]):
            if at_end and sound.endswith(old):
                return sound.removesuffix(old) + new
            if not at_end and sound.startswith(old):
                return new + sound.removeprefix(old)
    return sound
