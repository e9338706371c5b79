"""Exact values in a sentence: dates, numbers with units, bodies, titles, contacts."""

from __future__ import annotations

import re

from retriever.hit import Span
from retriever.query.analysis import AnswerKind, Question

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


#: The 250 or so commonest surnames and those of the Hundred Family Surnames that are no everyday
#: word at the head of another: 「书记全面负责」 names nobody.
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷"
    "罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟"
    "徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧"
    "隗山谷车侯宓蓬郗班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司韶黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍"
    "璩桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越夔隆师巩厍聂晁勾敖融冷辛阚那简饶空"
    "曾沙乜养鞠须丰巢关蒯相查后荆红游竺权盖益桓公肖涂麦佟付代覃苟楼年闫邸仝逯苑樑沐宇楚"
)
_DOUBLE = "欧阳|司马|上官|诸葛|皇甫|令狐|尉迟|慕容|司徒|夏侯|东方|南宫|公孙|长孙|宇文|端木|乐正|闻人|钟离|轩辕|呼延"
_NAME = rf"(?:(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{2,3}})"
#: As short as what follows allows: 「方砚」 of 「方砚同志」.
_LAZY_NAME = rf"(?:(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}?|[\u4e00-\u9fff]{{2,3}}?)"
_POST = (
    "书记|主任|组长|局长|厅长|省长|市长|县长|区长|镇长|乡长|州长|部长|主席|总指挥|指挥长|总协调人|协调人|联络员|联系人|负责人|院长|委员|常委|成员"
    "|组员|校长|董事长|总经理|理事长|会长|队长|所长|站长|科长|股长|处长|秘书长|专员|行长|主编|总编"
)
_SAYS = "同志|兼任|担任|任|表示|指出|强调|介绍|要求|主持|带领|出席|参加|率|说|代表|(?:具体)?负责"
_PERSON_PATTERNS = (
    # 「书记蔡洪峰表示」, 「组长：陈建国」, 「总协调人:李家军 范希征」.
    re.compile(rf"(?:{_POST})[:： ]?(?P<name>{_LAZY_NAME})(?={_SAYS}|[，,。；;、） \n]|$)"),
    # 「郝晶 阳光社区 党委书记」, 「秘书长方砚 市发展改革委主任」 (two lines of a list run together).
    re.compile(
        rf"(?:^|[\n：: ]|{_POST})(?P<name>{_NAME})[ \n](?=[\u4e00-\u9fff、 ]{{0,30}}(?:{_POST}))"
    ),
    re.compile(rf"(?:由|(?<![\u4e00-\u9fff]))(?P<name>{_LAZY_NAME})(?:同志)?(?:具体)?(?:兼任|担任|任|负责|牵头)"),
    re.compile(rf"(?<![\u4e00-\u9fff])(?P<name>{_LAZY_NAME})同志"),
)  # fmt: skip
#: Names listed behind one post: 「总协调人:李家军 范希征 姜立晗」.
_LISTED = re.compile(rf"(?:{_POST})[:：](?P<names>[^\n。；:：]*)")
_ONE_LISTED = re.compile(rf"(?:^|(?<=[ 、，])){_NAME}(?=[ 、，]|$)")
#: Words that begin with a surname's character.
_NO_NAMES = re.compile(
    "^(?:和|于|从|向|任|应|常务|党|文明|国家|公司|公安|关于|广泛|安全|高|平安|成员|全|相关|方面|时|都|能|强化|明确|连续|利用|后|解决|单位|金融|农业|农村|东|红|养老|通|许可|管理|计划|万|空|满|利|广|丰|毛|年|国|查|别|简|盖|宣传|项目|房|居民|路|水|商务|华|余|同|纪|司法)$"
    "|^(?:党|市|公|文明|宣传|国家|综合|安全|居民|商务|司法|金融|农业|农村|纪|党工|管理|计划|项目|成员|应急|强化|关于|单位|养老|明确|相关|任务|别|华中|常务|房管|解决|公安|纪委|水务|国资|党建|党员|应当|通过|通信|融媒)"
)


def find_persons(text: str) -> tuple[Span, ...]:
    """Spans of names, in order."""
    found = {m.span("name") for pattern in _PERSON_PATTERNS for m in pattern.finditer(text)}
    for listed in _LISTED.finditer(text):
        start = listed.start("names")
        found |= {
            (start + m.start(), start + m.end()) for m in _ONE_LISTED.finditer(listed["names"])
        }
    names = [s for s in sorted(found) if _is_name(text[s[0] : s[1]])]
    # 「方砚」 out of 「方砚同」 or the like: where two overlap the one found first in the text stays.
    return tuple(s for i, s in enumerate(names) if i == 0 or s[0] >= names[i - 1][1])


def _is_name(words: str) -> bool:
    known = words[0] in _SURNAMES or words[:2] in _DOUBLE.split("|")
    return known and not _NO_NAMES.match(words) and not re.search(rf"(?:{_POST})$", words)


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
_MEASURE_BOUND = re.compile("(?:以内|之内|内|以上|以下|左右)$")
_ASKED_POST = re.compile(
    "(?:办公室)?副?(?:总指挥|总协调人|指挥长|组长|主任|书记|省长|市长|县长|区长|镇长|乡长|州长|局长|厅长|部长|主席|院长|校长|董事长|总经理|理事长|会长|队长|所长|站长|科长|股长|处长"
    "|秘书长|专员|行长|联系人|负责人|联络员|河长|路长|街长|巷长)"
)


def fits(question: Question, text: str, span: Span) -> bool:
    """Whether a value of a text fits the question's unit or post; False when it names none."""
    if question.kind is AnswerKind.NUMBER:
        return fits_measure(question, text[span[0] : span[1]])
    if question.kind is AnswerKind.DURATION:
        unit = _LASTS.search(question.text)
        return unit is not None and _MEASURE_BOUND.sub("", text[span[0] : span[1]]).endswith(
            unit[1]
        )
    return question.kind is AnswerKind.PERSON and _holds_post(question, text, span)


def fits_measure(question: Question, value: str) -> bool:
    """Whether a number bears the unit asked for: 「多少户」 户, 「多少钱」 元, 「满意率」 %."""
    counted = _COUNTED.search(question.text)
    if counted and _MEASURE_BOUND.sub("", value).endswith(tuple(counted[1][:n] for n in (1, 2, 3))):
        return True
    if counted and counted[1][0] in _MEASURE_WORDS:
        return False
    return any(asks.search(question.text) and ends.search(value) for asks, ends in _MEASURES)


def _holds_post(question: Question, text: str, name: Span) -> bool:
    """Whether a name stands by the post asked for: 「组长：韩松岳」, 「韩松岳任组长」, but no 副组长."""
    posts = _ASKED_POST.findall(question.text)
    if not posts:
        return False
    post = rf"(?<!副){posts[-1]}"
    before, after = text[max(0, name[0] - 16) : name[0]], text[name[1] : name[1] + 24]
    return bool(
        re.search(rf"{post}(?:[:： ]|由?[\u4e00-\u9fff]{{0,8}})$", before)
        or re.match(rf"(?:同志)?(?:兼任|担任|任| )[^，。；\n]{{0,16}}?{post}", after)
    )
