"""Shapes of values in a text: numbers with units, dates, durations, contacts, bodies, titles."""

from __future__ import annotations

import re

from corpus.language.dates import SHORT_DATE

#: What counts the articles and points of a document says nothing.
ENUMERATOR = re.compile(r"第?(?:\d+|[一二三四五六七八九十]+)[条款项是、.]?")
_NUMERALS = "〇○零一二两三四五六七八九十百千万亿"
#: A single Chinese numeral counts only in front of one of these: 三项, not 三农.
COUNTED_BY_NUMERAL = frozenset(
    "个人名位次家件条项起份篇期场户所处种类倍元岁支辆亩天日年月周层轮批季"
)
_MORE = "[余多]"
#: 3千克 are no 3000克.
_TIMES = "[十百千]?[万亿]{1,2}|[百千](?![克米瓦分帕])"
#: 35个工作日 = 35工作日; but 35个月 is not the month 35.
_MEASURE = "(?:个(?=工作日|小时|百分点|季度|星期))?"
STATEMENT_WORD = re.compile(
    rf"(?P<date>{SHORT_DATE})"
    r"|(?<![\d.:：])(?P<hour>[01]?\d|2[0-4])[:：](?P<minute>[0-5]\d)(?![\d:：])"
    rf"|百分之(?P<share>\d+(?:\.\d+)?|[{_NUMERALS}]{{1,16}})"
    rf"|(?P<number>\d{{1,3}}(?:,\d{{3}})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?P<more>{_MORE}?)(?P<times>{_TIMES})?(?P<over>{_MORE}?){_MEASURE}"
    rf"|(?P<numeral>[{_NUMERALS}]{{1,16}})(?P<beyond>{_MORE}?){_MEASURE}"
    r"|(?P<latin>[a-z]+)"
    r"|(?P<range>(?<=[^\W_%％])[-—－–―~～]+(?=\s?\d)|(?<=[%％])[-—－–―~～]+(?=\s?\d))"
    r"|(?P<minus>[-−－](?=\d))"
    r"|(?P<stop>[，,；;。！？!?…]+)"
    r"|(?P<colon>[:：])"
    r"|(?P<percent>[%％])"
    r"|(?P<character>\S)"
)  # fmt: skip
FACTORS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


YEAR_STATED = re.compile(r"(?<!\d)(?:19|20)\d\d(?=[年至])")
#: 「全市」, 「各县」 and 「设在市」 name no place.
_NO_PLACE_NAME = "全各本我该每两此在到由对为把向和与及是的等从至不无未设建按据并将了个位名"
PLACE_STATED = re.compile(
    rf"(?![{_NO_PLACE_NAME}])[\u4e00-\u9fff](?![{_NO_PLACE_NAME}])[\u4e00-\u9fff](?:街道|社区|[省市州县区旗镇乡村])"
)


#: Lengths are bounded so that a run of digits or numerals is not tried over and over.
_N = r"\d{1,12}(?:[.,]\d{1,6}){0,3}"
_HAN_N = "[一二三四五六七八九十百千万两零〇]{1,12}"
_RANGE = r"\s*(?:[-—－~～–]+|至|到)\s*"
_LONG_UNITS = (
    "个工作日 个百分点 百分点 个小时 个月 个季度 平方公里 平方千米 平方米 立方米 公里 千米 厘米 毫米 公顷 公斤 千克 兆瓦 千瓦"
    " 小时 分钟 标准箱 标箱 人次 户次 件次 批次 车次 班次 场次 周岁 课时 学时 家庭"
)
_UNIT = "(?:{}|[个人名位次家件条项起份篇期场户所处种类倍元岁支辆亩桶套台张天日年月周层轮批块吨米字部座间段本棵株盏眼册只艘枚顶宗例成对幢栋门级步关卡国省市县区镇乡村局组队站点]|分(?![担配别布类之工管级步批])|度(?!假))".format(
    "|".join(_LONG_UNITS.split())
)
#: 「1800余万元」, 「100多亿元」, 「9000余次」, 「80万标准箱」: the multiplier with its 余 or 多.
_MULTIPLES = "(?:[余多几来]?[十百千万亿]{0,2}[余多]?)"
_QUANTITY = rf"{_N}(?:\s?[%％‰]|{_MULTIPLES}{_UNIT})"
_AROUND = "(?:超过|近|约|不少于|不低于|不超过|不高于|至少|最多|最高|最低)"
_BOUND = "(?:以内|之内|以上|以下|左右)"
NUMBER = re.compile(
    rf"{_AROUND}?{_N}(?:[%％‰]|{_MULTIPLES}{_UNIT})?{_RANGE}{_QUANTITY}{_BOUND}?"
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
DATE = re.compile(
    rf"(?:{_DATE}|{_DAY}(?=至))(?:{_RANGE}(?:次年|当年|次月)?(?:{_DATE}|{_DAY}|验收结束))?{_BEFORE}"
    rf"|(?:19|20)\d{{2}}{_RANGE}{_YEAR}|(?:次日)?{_CLOCK}(?:{_RANGE}(?:次日)?{_CLOCK})?|[年月]底前"
)
DURATION = re.compile(
    r"每(?:季度|半月|半年|周|月|年|天|日)(?:[一二两三\d]次)?"
    rf"|(?:连续|不超过|不少于|不低于|最长|最多|至少)?(?:{_N}|(?<![第一二三四五六七八九十]){_HAN_N}|半)(?:{_RANGE}{_N})?"
    rf"(?:多|余)?(?:个工作日|个小时|个(?:多|半)?月|个季度|小时|分钟|工作日|天|日|年|周(?!岁)|季度)(?:以内|之内|内|以上|左右)?"
)
#: What a body's name does not hold: the verb or preposition in front of it.
_NO_BODY_NAME = "的了是将并把被向对由在以及与为让请经按从于送报给或各该本其"
#: Words that end like a body: 「管大局」.
NO_BODIES = re.compile("[大全格布结开]局$|内部$|全部$|[公共]用站$")
BODY = re.compile(
    rf"(?:(?![{_NO_BODY_NAME}])[\u4e00-\u9fff（）]){{2,24}}?(?:(?:银行|集团)?(?:股份有限|有限责任|有限)公司|银行|集团|公司|管理局|监督局|委员会|领导小组|办公室|指挥部|工作专班|专班"
    r"|人民政府|党委|党组|纪委监委|纪委|巡视[一二三四五六七八九十]+组|巡视组|检察院|法院|协会|联合会|中心|街道办事处|街道|大队|支队|股|科|[厅局委院社所站部](?![\u4e00-\u9fff]))"
)
MEASURE_BOUND = re.compile("(?:以内|之内|内|以上|以下|左右)$")


_DATE_BELOW = r"(?:\d{4}|20[xX×*]{2}|[二一][〇○零一二三四五六七八九]{3})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
#: 「临漪市人民政府办公室 2024年3月18日」, 「枫街通〔2024〕18号」, 「各县、区人民政府，市政府各部门：」.
SIGN_OFF = re.compile(
    rf"^[\u4e00-\u9fffxX×*（）()、 \n]{{0,40}}{_DATE_BELOW}[）)印发\s]*$"
    r"|^[\u4e00-\u9fff\s]{0,30}〔\d{4}〕\s*\d+\s*号$|^[^。；]{0,40}各[^。；]{2,60}[：:]$"
)


YEAR_OF_DOCUMENT = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|[-—－~至]\s*(?:19|20)\d{2}|\.\d)")


_FULL_YEAR = r"(?:19|20)\d{2}年"
#: 「截至目前」 says no more than the document's date does.
_UNTIL = r"截[至止](?!到?(?:目前|现在|此|当前))[^，。；：！？\n]{2,24}"
_PERIOD = rf"{_FULL_YEAR}(?:上半年|下半年|前[一二三四]季度|第?[一二三四]季度|\d{{1,2}}\s*[-—－~～至]\s*\d{{1,2}}月|以来|全年|度)"
#: 「2022年，」 at the beginning of a sentence; elsewhere a year is as often a plan's.
_OPENING = rf"(?:^|(?<=[，。；\n])){_FULL_YEAR}(?=，)"
AS_OF = re.compile(f"{_UNTIL}|{_PERIOD}|{_OPENING}")


#: Rough signs that a text may hold a date, a length of time, a contact or a list.
SIGNS_OF_DATE = re.compile(r"\d{1,2}[月日]|\d{4}年|[年月]底|[上中下]旬")
SIGNS_OF_DURATION = re.compile(
    r"[\d一二三四五六七八九十百千万两半](?:多)?个?(?:天|日|年|月|周|季度|工作日|小时|分钟)"
)
SIGNS_OF_CONTACT = re.compile(r"\d{7,}|\d{3,4}-\d{7,8}|@|[路街巷道]\d+号|\d{6}")
SIGNS_OF_LIST = re.compile(r"[、；]|一是|（一）|1\.")

TITLE = re.compile(r"《[^》]{2,80}》(?:专刊|简报)?|“[^”]{2,30}”[\u4e00-\u9fff]{0,6}")
CONTACT = re.compile(
    r"(?<!\d)\d{3,4}[-—－–]{1,2}(?:\d{7,8}|1\d{4})(?!\d)|(?<!\d)1\d{10}(?!\d)|(?<!\d)\d{5,8}(?![\d.%％]|[余多]?[万亿元个件条项人户次家份])"
    r"|[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9.-]{1,80}[A-Za-z0-9]|[\u4e00-\u9fff]{2,12}(?:路|街|大街|大道|巷)[\u4e00-\u9fff]{0,2}\d+号"
)


ORDINAL = re.compile(
    r"第[一二三四五六七八九十\d]{1,3}(?:轮|期|批|季度|届|阶段)|[一二三四五六七八九十]{2,3}届"
)
LOCAL_BODY = re.compile(
    r"(?:省|市(?!场)|县|区)([\u4e00-\u9fff]{2,6}?(?:厅|局|委员会|法院|检察院|公司|银行|集团))"
)
COUNT = re.compile(r"[一二三四五六七八九十两百千万\d]+(?:个|大|项|条|种|类|方面|点)")
#: 「当日启用」: the date stands before.
SAME_DAY = re.compile("当[日天]|同日|昨[日天]|今[日天]|即日")
DATE_RANGE = re.compile(r"\d[年月日][^，。；]{0,6}[至到—-][^，。；]{0,6}\d")
