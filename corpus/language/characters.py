"""Which characters are Chinese, which are marks, and which are taken for others.

The strings in capitals that are no patterns yet are parts of a character class: ``f"[{HAN}]"``.
"""

from __future__ import annotations

import re
import unicodedata

#: Chinese characters: the basic block, extension A, compatibility, the further planes, and 〇.
HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af〇"
#: A run of Chinese characters.
HAN_RUN = re.compile(f"[{HAN}]+")
#: Words set with a space behind every character: 「关 于 养 老 的 通 知」.
LETTER_SPACED = re.compile(rf"(?<![{HAN}])[{HAN}](?:\s{{1,4}}[{HAN}]){{3,}}(?![{HAN}])")
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
#: decomposition in Unicode; source: EquivalentUnifiedIdeograph of the Unicode Character Database, with
#: the everyday form where a radical is written as one (⺟ 母, ⻁ 虎).
_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乛乚乙亻冂几刀刂卜㔾小小兀尣尢巳幺彑忄㣺扌攵旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒网羊羊羊耂肀聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
_BY_RADICAL = dict(zip(*_RADICALS, strict=True))
#: Radicals, compatibility ideographs and the ligatures of Latin letters.
_COMPATIBLE = re.compile(
    "[\u2e80-\u2ef3\u2f00-\u2fd5\uf900-\ufad9\ufb00-\ufb06\U0002f800-\U0002fa1d]"
)

#: Marks as they are drawn in text set from top to bottom.
VERTICAL_MARKS = str.maketrans(
    "︐︑︒︓︔︕︖︗︘︙︰︱︲︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄",
    "，、。：；！？〖〗…：—–（）｛｝〔〕【】《》〈〉「」『』",
)

#: Replacement characters and empty memory read as GBK: what stood there is lost.
MISREAD_BYTES = re.compile("(?:锟斤拷)+|烫{3,}|屯{3,}")
#: What a text looks like that was read in a wrong encoding and not repaired.
MISREAD = re.compile(
    "|".join(
        (
            r"\ufffd+",  # bytes that no encoding explains
            r"[\ue000-\uf8ff\U000f0000-\U0010fffd]+",  # private use: shown by one font only
            r"[\x80-\x9f]+",  # control characters, as of GBK read as Latin-1
            MISREAD_BYTES.pattern,
            # Shifted GBK bytes (see cleaning/mojibake.py); a question may really end in ?! or ??.
            rf"(?<![吗呢么吧啊呀嘛谁何]|[?!])\?[!,;?](?=[A-Za-z]?[{HAN}]|\?)",
            rf"\?[a-zü{TONED_VOWELS}]{{1,6}}\s?\)",
            # UTF-8 read as Latin-1: ä¸­å›½ was 中国.
            r"(?:[\u00e2-\u00ef][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]{1,2}){2,}",
        )
    )
)
#: Taken for each other most often; within a group each for any other.
CONFUSED = tuple(
    (
        "己已 末未 土士 日曰 干千 侯候 辩辨辫 帐账 部陪 治冶 折拆 贷货 幕暮募 密蜜 籍藉 洽恰 竞竟 蓝篮 历厉 村材 "
        "效郊 妨防 情清晴请 住往 待侍 科料 项顶 检捡 拨拔 管菅 责贵 准淮 抵低 列例 偿尝 载栽 购构 援缓 培陪 "
        "担但 级极 提堤 网冈 补朴 纳钠 析折 拟似 缴激 券卷 官宫 徽微 戴载 冲仲 稍梢"
    ).split()
)
#: With a part in common but of another width, which their pictures do not show.
SAME_PART = (
    "青清情晴请精睛静靖猜倩 倍剖赔焙 裂烈咧 较校胶绞狡皎郊 偏编遍骗篇扁匾 狠很恨限根跟艰银 杨扬场肠汤畅 "
    "沟钩构 胡湖糊葫 峰锋蜂逢缝 经径茎劲轻 抢枪沧苍仓创舱 坚紧贤 险检验签脸俭剑 征证政整 "
    "低底抵邸 何河荷阿呵 洋样详祥羊养 抱饱炮泡跑包胞袍 洪供共拱哄 徐除叙余途涂 俊峻骏竣酸 "
    "档挡当铛 副福幅富逼 磨摩魔麻 博搏缚傅膊 慢漫蔓曼 绵棉锦帛 援暖缓媛 绩积债渍 "
    "借错措惜腊猎 伦论轮抡沦 议仪义蚁 沿铅船 晓浇绕烧挠饶 诉斥拆 喝渴揭竭歇葛 剂济挤齐 "
    "拖施 拥佣 护炉庐沪驴 任凭 堆推唯准维难谁 植值置直殖 职织积识帜 彻切砌 绿禄录碌 "
    "营劳荣莹 漏露 赢瀛嬴 苦若 免兔 洒酒 凤风 壁璧 傲徼 缀辍 撤撒澈 概慨溉 即既 喻愉输 "
    "囗口 艮良 戌戍戊 亳毫 睢雎 汨汩 祇祗 丐丏 冼洗 郗郤 昊吴 衍衔 晢晰 盱肝 邳丕 泗酒四"
).split()
#: Usual readings of characters that have several, or whose first one in the table is rare. The
#: table's others are of old texts: 包 is no fu today, nor 承 a zheng.
USUAL_READINGS = (
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


def unified(text: str) -> str:
    """The characters that radicals, compatibility ideographs and ligatures stand for: ⼯⺠ → 工民, ﬁ → fi."""
    return _COMPATIBLE.sub(
        lambda m: _BY_RADICAL.get(m[0]) or unicodedata.normalize("NFKC", m[0]), text
    )


def has_han(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return HAN_RUN.search(text) is not None


def is_basic_han(character: str) -> bool:
    """Whether a character is of the basic block, as nearly all of a sound text's are."""
    return "\u4e00" <= character <= "\u9fff"
