"""Which characters are Chinese, which are marks, and what a wrong encoding makes of them.

The strings in capitals that are no patterns yet are parts of a character class: ``f"[{HAN}]"``.
"""

from __future__ import annotations

import re

#: Chinese characters: the basic block, extension A, compatibility, the further planes, and 〇.
HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af〇"
#: A run of Chinese characters.
HAN_RUN = re.compile(f"[{HAN}]+")
#: Tone marks of pinyin.
TONED_VOWELS = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
#: Marks of a Chinese text that a space never belongs beside.
PUNCTUATION = "，。；：！？、“”‘’（）《》〈〉【】〔〕"
#: What may close behind the end of a sentence.
CLOSING = "”’」』）)》】"
#: White space inside a line, without the tab.
SPACES = " \u00a0\u2002-\u200a\u3000"
#: Control, zero-width and direction-changing characters; a tab is none.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc]"
)
#: Half-width marks and the full-width ones of a Chinese text.
HALF_TO_FULL = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}
#: Closing marks by the marks that open.
BRACKETS = {"（": "）", "(": ")", "《": "》", "“": "”", "〔": "〕", "【": "】"}
#: What masks a name or a number: 「××市」, 「20xx年」, 「**区」.
MASK = "xXｘＸ×*＊"

#: The 260 most frequent characters of official simplified Chinese and of traditional Chinese. They
#: make up about 70 % of real prose and a few per cent of text decoded with the wrong table.
FREQUENT_HAN = frozenset(
    "的和人业行工市有政民一理建国会在关设发定年作进法中经部区大规对以管地应条生主公不要当产第务我"
    "实本用保展门制十全为合加您是社化动等现了资学方者改员机施提同出体开事上下成家力于时重三位收通"
    "新日分持安或二好月办其可处路教们高及农场强相水服情能所度各府面单调问到与交个县项组已查育济并"
    "将共监划基目局内题城由义反信代文企自责支况五构村道入委复费物品平后过立计增按权期标系级议证程"
    "房活据向解前金得照技网利商件营革车推性求取表四电小依长报如准决导来护量任正外多结意治心织明他"
    "职元完供就投党运根步科督质点环户专镇整医使案续放范请校造回統國業會發區經對關進為設於學時當產"
    "規條應後實動務與現開門機個體員爲資並之來內將過們這軍義長場處西縣組辦權濟強農電議而也南東世問"
    "單計調戰劃車題項因名構黨特北間都據聯最斯復監級責導結被決次況運標原費海領網報種此式營證口數"
)
#: Marks and digits that only Chinese text has.
WIDE_MARKS = frozenset("，。、；：？！“”‘’「」『』《》〈〉（）【】〔〕…—·　％０１２３４５６７８９")
#: Fonts often name the glyph of 民 as the radical ⺠. These of the supplement block have no
#: decomposition in Unicode.
RADICALS = str.maketrans(
    "⺁⺄⺆⺇⺊⺋⺌⺎⺒⺓⺔⺖⺗⺘⺙⺛⺝⺟⺠⺡⺢⺣⺥⺦⺧⺨⺩⺪⺭⺮⺯⺰⺱⺲⺵⺶⺷⺹⺻⺼⺽⺾⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻲⻳",
    "厂乙冂几卜㔾小兀巳幺彑忄㣺扌攵旡月母民氵氺灬爫丬牛犭王疋礻竹糹纟罓罒网羊羊耂聿肉臼艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙亀龟",
)

#: What a text looks like that was read in a wrong encoding and not repaired.
MISREAD = re.compile(
    "|".join(
        (
            r"\ufffd+",  # bytes that no encoding explains
            r"[\ue000-\uf8ff\U000f0000-\U0010fffd]+",  # private use: shown by one font only
            r"[\x80-\x9f]+",  # control characters, as of GBK read as Latin-1
            r"(?:锟斤拷)+|烫{3,}|屯{3,}",  # replacement characters and empty memory read as GBK
            # Shifted GBK bytes (see cleaning/mojibake.py); a question may really end in ?! or ??.
            rf"(?<![吗呢么吧啊呀嘛谁何]|[?!])\?[!,;?](?=[A-Za-z]?[{HAN}]|\?)",
            rf"\?[a-zü{TONED_VOWELS}]{{1,6}}\s?\)",
            # UTF-8 read as Latin-1: ä¸­å›½ was 中国.
            r"(?:[\u00e2-\u00ef][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]{1,2}){2,}",
        )
    )
)


def has_han(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return HAN_RUN.search(text) is not None


def is_basic_han(character: str) -> bool:
    """Whether a character is of the basic block, as nearly all of a sound text's are."""
    return "\u4e00" <= character <= "\u9fff"
