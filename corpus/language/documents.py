"""What official documents are called, and the set forms around and inside their texts.

Kinds of document (文种), titles, numbers (文号), mastheads, sign-offs, greetings, headings, items,
lead-ins, and how one document speaks of another.
"""

from __future__ import annotations

import re

from corpus.language import boilerplate
from corpus.language import function_words as words
from corpus.language import organisations as bodies
from corpus.language.characters import CLOSING, HAN
from corpus.language.dates import ANY_YEAR, DAY, DAY_OR_MONTH, MONTH, SINCE, YEAR
from corpus.language.labels import LABELS_OF_HEADS, REPORTER
from corpus.language.numerals import ORDINAL
from corpus.language.persons import POSTS
from corpus.language.quantities import WITH_MEASURE_WORD

# ---- kinds of document
#: 文种 as in 党政机关公文处理工作条例 (2012), and the other kinds an office keeps.
_KINDS = (
    *words.ALL_KINDS.split("|"),
    *f"决议 {words.ORDER} 公报 通告 请示 批复 议案 纪要 {words.RULE} 规程 预案 致辞 总结 {words.STANDARD} 规范 清单 章程 倡议书 函".split(),
)
#: Kinds that end too many other lines to show that one is a title.
_PLAIN_KINDS = f"{words.NOTICE} 公开信 告知书 {words.EXPLANATION} {words.REPLY} 解读 指引 {words.OUTLINE} 准则".split()
#: 措施 alone is no 文种: 「出台12条措施」 is news.
_MEASURES = ("若干措施", "政策措施", "工作措施")
#: What ends a title and is filed under no kind of its own, or under its last word.
_TITLE_WORDS = (
    "实施方案 工作方案 行动方案 应急预案 实施意见 指导意见 实施细则 管理办法 暂行办法 工作总结 工作报告 自查报告 调研报告 工作汇报 "
    "工作要点 行动计划 反馈意见摘要 整改情况概览 反馈情况 巡视情况 整改情况 进展情况 情况概览 会议纪要 条令 摘要 概览 通稿"
).split()
#: Kinds of their own, though their last word is one, too.
_LONG_KINDS = f"政府工作{words.REPORT} 行动计划 {words.PLANS}{words.OUTLINE} 问答实录 常见{words.PROBLEM}".split()
#: Kinds of pages, by words that end their titles.
_PAGE_KINDS = ("问答", words.PROCESS)
#: 文种 under which the longer names are filed: 「工作方案」 is a 方案.
DOCUMENT_KINDS: tuple[str, ...] = (
    *_LONG_KINDS,
    *_KINDS,
    *_PLAIN_KINDS,
    words.ACTIONS,
    *_PAGE_KINDS,
)
#: Words in a title that show its 文种.
KIND_WORDS: tuple[str, ...] = (
    *_TITLE_WORDS,
    *_LONG_KINDS,
    *_KINDS,
    *_PLAIN_KINDS,
    *_MEASURES,
    *_PAGE_KINDS,
)
#: Pages that are no official documents: what they are called.
LIST_PAGE, NEWS, QUESTIONS, SERVICE_GUIDE = "目录页", "新闻报道", "问答", "办事指引"
#: A title that asks, or counts its questions: 「热点13问」, 「如何申领？」.
ASKING_TITLE = re.compile(rf"问答|\d{{1,3}}问|常见{words.PROBLEM}|[?？]$|[\d{ORDINAL}]问$")
COMMON_QUESTIONS = re.compile(rf"问答实录|常见{words.PROBLEM}")
#: 「…隆重开幕」, 「…1月1日起实施」, 「…细则公布」: what a newspaper says of documents and meetings.
NEWS_TITLE = re.compile(
    rf"(?:开幕|闭幕|{words.MEETING}|揭牌|发布会|出炉|来了|落地|投用|亮相|{words.PUBLISHING}|(?<=起){words.TAKING_EFFECT.replace('|', '|(?<=起)')})[！!。]?$"
)
NEWS_OPENING = re.compile(
    rf"本报讯|本报{REPORTER}|(?:新华社|中新社|中新网|央视网)[^。]{{0,12}}电|{REPORTER}(?:[^。，]{{0,12}}(?:从|获悉)|日前|近日|昨日|今日)"
    rf"|\d{{1,2}}月\d{{1,2}}日.{{0,2}}，[^。]{{4,60}}(?:开幕|闭幕|{words.MEETING})"
)
#: 「【聚焦两会】…」 opens a headline; 「新华社北京2月13日电」 on a line of its own, a report.
HEADLINE = re.compile(r"[【\[][^【】\[\]]{2,8}[】\]].{6,}")
#: Below a photograph: 「张三作政府工作报告。本报记者李四摄」.
PHOTO_CREDIT = re.compile(
    rf".{{0,60}}(?:{REPORTER}.{{1,12}}|[\s/])摄[影)）]?$|(?:左|右|上|下)?图[为：].*"
)
DATELINE = re.compile(r"(?:新华社|中新社|本报|中新网).{0,20}(?:电|讯)$")
#: Headings under which a service is explained.
SERVICE_HEADING = re.compile(
    rf"(?:{words.SERVICE_DEEDS}|{words.ENTITLED}|{words.SUBSIDY}|申领|缴费|参保)(?:{words.SERVICE_PARTS}|{words.PERIODS}|{words.STANDARD}|{words.DEMAND}|{boilerplate.TIME_LABEL}|地点)"
    r"|所需材料|温馨提示|注意事项|小贴士|线上办|线下办"
)
#: 「…的通知[ 2025-01-14 ]」: a title of a list, with its day.
LISTED_DAY = re.compile(rf"[\[（(【\s]\s?{YEAR}[-./年]\d{{1,2}}[-./月]\d{{1,2}}日?\s?[\]）)】]?$")

#: Kinds of inspection text that bear no 文种 of their own, by a word of the title.
INSPECTION_KINDS = (("反馈", "巡视反馈"), (words.RECTIFYING, "整改情况"))

#: 「2024年优化营商环境工作方案」: the year is the document's, whatever years its text names.
DOCUMENT_YEAR = re.compile(rf"(?:19|20)\d{{2}}年[^，。？?；]{{0,24}}(?:{words.ALL_KINDS}|总结)")

# ---- titles
#: How a title ends.
TITLE_END = re.compile(
    rf"(?:{'|'.join((*_TITLE_WORDS, *_KINDS))})(?:范文|集合|稿|全文|{words.STATE})?"
    r"\s*(?:[（(\[【〔].{0,20}[）)\]】〕]|\d{0,2}|年)?$"
)
#: What a title says of a document that it passes on.
FORWARDING = f"转发|{words.PRINTING}|批转"
FORWARDS = re.compile(FORWARDING)
#: What a title begins with, behind its issuer.
_COUNT = r"第\s*\d{1,5}\s*号"
_NUMBER_TAIL = rf"[〔\[［（(【]\s*{YEAR}\s*[〕\]］）)】]\s*第?\s*\d{{1,5}}\s*号"
#: A document's number (文号) by its code, year and count: 「霖政办发〔2024〕9号」.
DOCUMENT_NUMBER = rf"[{HAN}A-Z]{{1,12}}\s?{_NUMBER_TAIL}"
#: 「霖川市民政局关于…」, 「霖川市民政局 霖川市财政局印发…」, 「霖川市民政局公告」.
TITLE_ISSUER = re.compile(
    rf"(?:{DOCUMENT_NUMBER}[\s—-]*)?(?P<issuer>(?!{words.ABOUT}|在|对|致|就|{FORWARDING})"
    rf"[^《》“”。，！？：〔〕\[\]—]{{1,80}}?{bodies.TITLE_ISSUER_END})\s*"
    rf"(?:(?:{words.JOINTLY})?(?:{words.ABOUT}|{FORWARDING}|{words.PUBLISHING})|(?:{words.ANNOUNCEMENTS}|通告|{words.ORDER}|令)(?:[（(第].{{0,12}})?$)"
)

#: An editor's words in front of a sample text.
EDITOR_INTRO = re.compile(
    rf"(?:演讲稿|范文).{{0,200}}(?:书面材料|希望能够|{boilerplate.EDITOR_PHRASE})"
    rf"|(?:范文|总结|{words.REPORT}).{{0,40}}(?:欢迎.{{0,6}}阅读|{boilerplate.EDITOR_PHRASE})"
)
#: What collections of samples add behind a title.
COLLECTION_MARK = re.compile(
    rf"(?:\[\]|【】|[（(](?:汇总|精选|通用|合集|共).{{0,8}}[)）])\s*\d{{0,2}}$|(?<={words.SPEECH})[年\d]+$"
)

# ---- numbers
#: Announcements and orders count without brackets: 「霖川市民政局公告2023年第4号」.
OWN_NUMBER = re.compile(
    rf"{DOCUMENT_NUMBER}|(?<!\d)[{HAN}]{{2,40}}(?:{words.ANNOUNCEMENTS}|通告|令)\s*(?:{YEAR}年)?\s*{_COUNT}"
)
#: 「（第8号）」 behind or below the title of an announcement.
PLAIN_NUMBER = re.compile(rf"(?:^|[（(])\s*(?P<number>(?:{YEAR}年)?\s*{_COUNT})\s*[）)]?$")
#: 「发文字号霖政发…」, 「…的通知霖政发…」: what ran into a number before its code.
BEFORE_CODE = re.compile(
    rf"[{HAN}]*(?:(?:文|字)号|{words.ALL_TITLED}|批复|的)(?=[{HAN}A-Z]+\s?[〔\[［（(【])"
)
#: Around another document's number: 「《…意见》（霖政发〔2023〕5号）」, 「贯彻霖政发〔2023〕5号文件」.
CITES = re.compile(f"{words.ABOUT}|{words.ACCORDING}|{words.IMPLEMENTING}|转发")
CITED_BEFORE = re.compile(r"》\s*[（(]?$")
CITED_AFTER = re.compile(rf"\s*[）)]?(?:{words.FILE}|精神|{words.DEMAND}|的)")

# ---- mastheads
_COMPILED = f"(?:编|编印|编发|{words.PRINTING})"
_ADOPTED = rf"[（(](?:{DAY}|{DAY_OR_MONTH})[^。；]{{2,60}}(?:{words.ADOPTING}|{words.PUBLISHING}|{words.PRINTING})[^。；]{{0,80}}[）)]"
_ISSUE = rf"[（(]?(?:\d{{4}}年)?总?第\s*[\d{ORDINAL}]{{1,4}}\s*期"
#: What stands around a title and heads nothing: number, issue, date, name of the issuing body.
MASTHEAD = re.compile(
    rf"{DOCUMENT_NUMBER}|[（(]?(?:\d{{4}}年)?\s*{_COUNT}[）)]?|{_ISSUE}[）)]?"
    rf"|[（(]?(?:{DAY}|{MONTH}|\d{{4}}([./-])\d{{1,2}}\1\d{{1,2}})[）)]?|{_ADOPTED}"
    rf"|.{{2,40}}{_COMPILED}\s*(?:{DAY}|{MONTH})|.{{2,40}}{bodies.ORGAN_END}{words.FILE}"
    r"|[（(]?(?:内部交流|内部资料|征求意见稿|试行|草案|此件.{2,8})[）)]?"
)
#: Secrecy, urgency, a special issue: what may stand above a title besides ``MASTHEAD``.
BANNER = re.compile(
    rf"{_ISSUE}.*|[（(].{{0,40}}(?:{words.SPECIAL_ISSUE}|增刊|第.{{1,4}}期|\d{{4}}年).{{0,12}}[）)]|{MONTH}\d{{0,2}}日?"
    rf"|.{{2,12}}{_NUMBER_TAIL}|\S{{0,4}}{words.SOURCE}\s*注意保存|【.{{2,12}}】|机密.*|特急|急件"
)
#: 「霖川市民政局文件」, 「霖川市文明办编 2023年8月14日」.
MASTHEAD_ISSUER = re.compile(
    rf"(?P<issuer>[{HAN}]{{2,28}}{bodies.ORGAN_END})(?:{words.FILE}|\s*{_COMPILED}(?:\s*{MONTH}(?:\d{{1,2}}日)?)?)?"
)
RED_HEAD = re.compile(
    rf"(?P<issuer>[{HAN}]{{2,28}}{bodies.ORGAN_END})(?:{words.FILE}|\s*{_COMPILED}(?:\s*{MONTH}(?:\d{{1,2}}日)?)?)"
)
#: A line that is little more than a date: in brackets, after who wrote or compiled it, or before
#: who adopted it.
DATE_LINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[（(【]?\s*{DAY_OR_MONTH}\s*[）)】]?(?:\s*[{words.PRINTING}]{{1,2}})?",
        rf"[（(]?[^：:，。；]{{2,40}}?\s*{_COMPILED}?\s*[（(]?{DAY_OR_MONTH}\s*[）)]?",
        _ADOPTED,
        rf"[（(]?\s*{YEAR}([.．/-])\s?\d{{1,2}}\1\s?\d{{1,2}}\s*[）)]?",
    )
)
_EVENTS = f"期间|{SINCE}|{words.TAKING_EFFECT}|{words.MEETING}"
#: 「截至2023年4月」, 「自2023年4月1日起」: a date of something else than the text.
OTHER_DATE = re.compile(f"{words.UNTIL}|自|从|于|到|起|止|前|后|至|{_EVENTS}|{words.EXECUTING}")
_ANY_DAY = (
    rf"{ANY_YEAR}\s*[年.．/-]\s*[\d{ORDINAL}]{{1,3}}\s*[月.．/-]\s*[\d{ORDINAL}]{{1,3}}\s*日?"
)
#: 「——2026年1月26日在临川市第十四届人民代表大会第五次会议上」: when and where a report was given.
DELIVERED = re.compile(
    rf"[—－―–（(\s-]{{0,6}}(?P<date>{_ANY_DAY})\s*[，,]?\s*在(?P<where>[^。；;！？]{{2,80}}?(?:届|次|{words.CONFERENCE}|大会|会上))"
)
#: 「2月4日，市长张三在市十六届人大七次会议上作政府工作报告」.
REPORTED = re.compile(
    rf"(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日[^。；]{{0,40}}在[^。；]{{2,40}}(?:{words.CONFERENCE}|大会|会)上?[^。；]{{0,6}}作[^。；]{{0,12}}{words.REPORT}"
)
SOME_REPORT = re.compile(f"{words.REPORT}|{words.SPEECH}")
#: The same without the day, and a subtitle of any kind.
AT_MEETING = re.compile(
    rf"[—－―–（(\s-]{{0,6}}在(?P<where>[^。；，;！？]{{4,60}}?(?:{words.CONFERENCE}|大会|次会|会)上)"
)
#: 「2026年1月26日临川市第十四届人民代表大会第五次会议」 on a line of its own.
DAY_AND_MEETING = re.compile(rf"{_ANY_DAY}[^。；;！？]{{2,60}}(?:{words.CONFERENCE}|大会)")
SUBTITLE = re.compile(r"\s*[—－―–-]{1,4}\s*\S")
#: 「近日，中共中央、国务院印发了《扩大内需战略规划纲要》，并发出通知」 in a newspaper.
ANNOUNCED = re.compile(
    rf"(?P<issuers>[{HAN}、]{{2,60}}){words.PRINTING}了?《(?P<title>[^《》]{{4,80}})》"
)
#: 「现在，我代表临川市人民政府，向大会报告工作」.
REPORTS_FOR = re.compile(
    rf"我代表(?P<issuer>[{HAN}]{{1,20}}?(?:{bodies.GOVERNMENT}|{bodies.COURT}|{bodies.PROCURATORATE}|{bodies.COMMITTEE}|{bodies.STANDING_COMMITTEE}))"
)
#: 「临川市市长 张三」, 「临川市人民政府市长张三」 on a line of its own.
SPEAKER = re.compile(
    rf"(?P<place>[{HAN}]{{1,14}}?[省市县区州盟旗])?(?:{bodies.PEOPLES_GOVERNMENT}|{bodies.GOVERNMENT}|{bodies.COMMITTEE})?"
    rf"代?理?(?:{POSTS})\s*[{HAN}·\s]{{2,16}}"
)
#: 「（2023年1月2日）」 at the end of a title.
DATE_BELOW = re.compile(rf"[（(]\s*{_ANY_DAY}\s*[）)]$")
#: A whole day, and what happened on it: 「2021年4月14日…通过」.
WHOLE_DAY = re.compile(_ANY_DAY)
DEED = re.compile(
    rf"(?P<adopted>{words.ADOPTING})|(?P<promulgated>{words.PUBLISHING})|(?P<printed>{words.PRINTING})"
    rf"|(?P<effective>{words.TAKING_EFFECT})"
)
IN_FORCE_FROM = re.compile(
    rf"自(?P<date>{_ANY_DAY})起(?:{words.TAKING_EFFECT}|{words.EXECUTING}|{words.IN_FORCE})"
)
#: A web page's line: a day with the time of day, or in figures alone.
PAGE_DATE = re.compile(
    rf"{YEAR}\s?(?:年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日\s?\d{{1,2}}\s?(?:[:：]|时).{{0,12}}|([/-])\d{{1,2}}\1\d{{1,2}}(?:\s.{{0,40}})?)"
)
#: 「广州市人民政府令」 over 「第179号」.
ORDER_HEAD = re.compile(rf"(?P<issuer>[{HAN}]{{2,30}}?)(?:令|{words.ORDER})")
#: 「临川市人民政府公告」 over 「2024年第4号」: the order or announcement, whose title may follow.
COUNTED_HEAD = re.compile(rf"[{HAN}]{{2,40}}(?:令|{words.ORDER}|{words.ANNOUNCEMENTS}|通告)")
ORDER_OF = re.compile(rf"(?P<issuer>[{HAN}]{{2,30}}?)令(?:{YEAR}年)?\s*{_COUNT}")
ORDER_NUMBER = re.compile(rf"(?:令|{words.ORDER})(?:{YEAR}年)?\s*{_COUNT}")
PLAIN_COUNT = re.compile(rf"(?:{YEAR}年)?\s*{_COUNT}")
#: The year of an issue: 「（2024年第5期）」.
ISSUE_YEAR = re.compile(rf"[（(]?(?P<year>{YEAR})年(?:总)?第\s*\d{{1,4}}\s*期.{{0,20}}")

# ---- sign-offs and greetings
#: 「中共德州市委2023年4月24日」: who signs and when, at the end of a text.
SIGN_OFF = re.compile(rf"(?:.{{2,40}}{bodies.ORGAN_END})?\s*{DAY}")
#: One or several bodies on a line of their own: 「霖川市民政局 霖川市财政局」.
SIGNER = re.compile(
    rf"[{HAN}]{{2,30}}{bodies.ORGAN_END}(?:\s[{HAN}]{{2,30}}{bodies.ORGAN_END}){{0,5}}"
)
#: 「截至2023年4月24日」, 「召开时间2023年4月24日」: no name stands before the day.
NO_SIGNER = re.compile(
    rf"{words.UNTIL}|{boilerplate.DAY_LABELS}|{_EVENTS}|编|{words.LEADING}|[自从于到至前后](?:$|\s)"
)
SEAL = re.compile(r"\s*[（(](?:代章|盖章|公章|印章|印|章)[）)]$")
#: 「霖川市人民政府办公室 2023年4月24日印发」 at the foot of the last page.
PRINTED = re.compile(rf".{{0,40}}?年.{{1,3}}月.{{1,3}}日\s*{words.PRINTING}")
#: 「同志们：」 on a line of its own opens a speech; a web page may have damaged its first character.
GREETING = re.compile(
    rf"[?？]?(?:(?:各位)?(?:尊敬的|亲爱的)?(?:{words.COMRADE}们|朋友们)|各位(?:{bodies.LEADERS}|代表|委员|来宾|同事|{words.COMRADE})[^。，；：]{{0,20}})[：:]。?"
)
#: Words for people, who are greeted and not addressed.
GREETED = re.compile(
    f"{words.COMRADE}|朋友|代表|来宾|嘉宾|老师|同学|家长|女士|先生|各位|尊敬|亲爱|大家|{bodies.LEADERS}[们]?$"
)
#: 「各县（市、区）人民政府，市直各单位：」 below a title.
ADDRESSEES = re.compile(r"[各全省市县区][^。；]{1,200}[：:]")
#: Words by which an enumeration means all bodies of some kind.
ALL_OF = re.compile(f"各|{words.RELATED}")

# ---- headings and items
_NUMERAL = f"[{ORDINAL}]{{1,4}}"
#: Numbering of headings, outermost first: the order says which encloses which (GB/T 9704 for
#: 一、（一）1.（1）).
NUMBERING: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第{_NUMERAL}(?:编|{words.PART}|篇)")),
    ("chapter", re.compile(rf"第{_NUMERAL}章")),
    ("section", re.compile(rf"第{_NUMERAL}节")),
    ("article", re.compile(rf"第{_NUMERAL}条")),
    ("numeral", re.compile(rf"{_NUMERAL}[、．.]\s*")),
    ("bracketed numeral", re.compile(rf"[（(]{_NUMERAL}[）)]\s*、?")),
    ("digit", re.compile(rf"\d{{1,2}}[、．.](?:(?!\d)|(?={YEAR}年))\s*")),
    ("bracketed digit", re.compile(r"[（(]\d{1,2}[）)]\s*|\d{1,2}[)）]\s*")),
    ("circled digit", re.compile(r"[①-⑳]\s*")),
)
#: How a line of an enumeration begins: 「一是…」, 「第二，…」, 「• …」.
ITEM = re.compile(
    rf"(?:{_NUMERAL}|\d{{1,2}})(?:是|要|则)|第{_NUMERAL}(?:个是|[，,]|是)|[·•●■◆▪\-—]\s*(?=[^\d—])"
)
#: What an item of a list may begin with, by kind: at the head of a line, or inside one behind a mark.
#: Points (「一是」, 「第二，」) also stand behind a comma; a bullet only begins a line.
_BEHIND_MARK = r"(?<![^\n：:；;。！？!?\s])"
ITEM_MARK = re.compile(
    rf"{_BEHIND_MARK}(?:"
    rf"(?P<numeral>{_NUMERAL})[、．.]"
    rf"|[（(](?P<bracketed_numeral>{_NUMERAL})[）)]"
    rf"|(?P<digit>\d{{1,2}})[、．.](?:(?!\d)|(?={YEAR}年))"
    rf"|[（(](?P<bracketed_digit>\d{{1,2}})[）)]|(?P<half_bracketed>\d{{1,2}})[)）])"
    r"|(?P<circled>[①-⑳])"
    rf"|(?<![^\n：:；;。！？!?\s，,])(?:(?P<point>[{ORDINAL}]{{1,3}})(?:是|要|则)(?!否)"
    rf"|第(?P<nth>[{ORDINAL}]{{1,3}})(?:[，,、]|个?是))"
    r"|(?<![^\n])(?P<bullet>[·•●■◆▪]|[-*—–](?=\s))"
)
#: How an item ends that another follows.
ITEM_END = re.compile(rf"[；;]\s*(?:{words.JOINING}|或(?:者)?)?\s*$")
#: A numbered or indented line begins a paragraph.
PARAGRAPH_START = re.compile(
    rf"\u3000|[{ORDINAL}]{{1,3}}、|[（(][{ORDINAL}\d]{{1,3}}[)）]|第[{ORDINAL}\d]{{1,5}}[编章节条款]"
)
#: Where a number begins a piece of its own inside a line: behind no mark, or behind a sentence.
GLUED_NUMBER = re.compile(rf"(?<=[^\d\s.．（(第、，,《“—－-])(?=\d{{1,2}}[.．][{HAN}“《])")
GLUED_AFTER_SENTENCE = re.compile(
    rf"(?<=。)(?=(?:\d{{1,2}}[.．]|[（(][{ORDINAL}]{{1,3}}[）)])[{HAN}“《])"
)
#: 「问题：学习不深入」: a heading of inspection texts.
PROBLEM_HEADING = re.compile(rf"{words.PROBLEM}[:：].{{4,60}}")
#: How the text below a heading begins when it lists points.
FOLLOWED_BY_ITEMS = re.compile(rf"第?一(?:是|[，,])|{words.AIMED_AT}[“\"]|1[.．、]|（1）")

# ---- lines inside a text
#: Words that need something after them: no heading ends so.
DANGLING = re.compile(
    rf"[对和与及将为以向把被由按从或并在]$|(?:{words.PRINTING}|{words.MAKING_OUT}|{words.PASSING_DOWN}|{words.BRINGING_OUT}|{words.FURTHER}|{words.AND_ALSO})$|[{ORDINAL}]是$"
)
#: Labels and openings that begin a line of their own.
LINE_START = re.compile(
    rf"[—－―–（(]{{1,3}}\s*{_ANY_DAY}\s*在|(?:{LABELS_OF_HEADS}|{words.PROBLEM}|{words.RECTIFYING}|整改意见|{boilerplate.ANY_CONTACT_LABELS}|附件|{words.SENDING}|发|报|副?(?:{words.TEAM_POSTS})"
    rf"|(?:{words.RESPONSIBLE})(?:{bodies.NAMELESS}|{bodies.LEADERS})|完成时限|工作职责)[:：]|{words.AIMED_AT}[“\"]|{words.ABOUT}.{{2,60}}(?:{words.PROBLEM}|{words.PIECES})[。：]"
)
#: 「共分为七个阶段：」, 「要抓好以下四项工作：」: says of how many things a list is made.
COUNTED_LEAD_IN = re.compile(
    rf"(?:[{ORDINAL}两几]{{1,3}}|\d{{1,2}})(?:个|项|类|条|点|种|大|步|件)?(?:{words.COUNTED_NOUNS})?"
    r"[^，。；]{0,10}[：:]$"
)
#: The number in it, where it counts the things themselves and no months or days.
PROMISED = re.compile(
    rf"(?<![第\d.{ORDINAL}])(?P<n>[{ORDINAL}两]{{1,3}}|\d{{1,2}})"
    rf"(?:个(?!月|{WITH_MEASURE_WORD})|项|类|条|点|种|大|步|件|家|名)[^，。；\d]{{0,10}}[：:]$"
)
#: What ends with a colon like a list of bodies and is none.
LEAD_IN = re.compile(
    f"[如以]下|下列|{words.SPEAKING}|{words.ANNOUNCEMENTS}|通告|事项|职责|{words.EXPLANATION}|附件|{boilerplate.DAY_LABELS}|地点|{words.CAUSE}|名单|{boilerplate.ANY_CONTACT_LABELS}"
    f"|{words.POINTS}|责任人|{words.IN_CHARGE}|{words.FOUNDING}|{words.COMPRISING}|构成|{words.MEETING}|^[由将把请从在被是]"
)
#: A label of a form that names a role and a body: 「责任单位」.
FORM_LABEL = re.compile(
    f"[省市县区镇]?级?(?:{words.BODY_ROLES}|{boilerplate.SOURCE_LABEL})(?:{bodies.BODY_NOUNS})"
)
#: The end of a sentence or clause, with what closes behind it; the second where none goes on.
_CREDIT = f"{REPORTER}.{{1,12}}摄$"
CLOSED = re.compile(rf"[。！？!?；;：:…][{CLOSING}]*$|[.。]{{3,}}$|{_CREDIT}")
RUNS_OUT = re.compile(rf"[。！？!?…：:][{CLOSING}]*$|{_CREDIT}")

#: How a note above or below a table begins.
TABLE_NOTES = (
    "注", "备注", words.EXPLANATION, "填表", "制表", words.CHECKING, f"{bodies.WORKPLACE}：", f"{bodies.WORKPLACE}:", f"{words.DATA}{boilerplate.SOURCE_LABEL}", boilerplate.SOURCE_LABEL,
)  # fmt: skip
#: 「单位：万元」, 「（金额单位：元）」 above a table.
UNIT_LINE = re.compile(
    rf"[（(]?[{HAN}]{{0,4}}{bodies.WORKPLACE}\s*[：:]\s*(?P<unit>[^：:]{{1,20}}?)\s*[）)]?$"
)
#: 「表1 各县区床位」, 「附表2-1：…」, 「续表」 above a table.
TABLE_CAPTION = re.compile(
    rf"(?P<name>(?:[（(]?续)?附?表\s*(?:\d{{1,2}}(?=(?:19|20)\d\d\s*年)|[\d{ORDINAL}]{{1,3}}(?:[-—–.．]\d{{1,3}})*(?!\d)))"
    r"(?P<rest>[^。；]{0,60})|[（(]?续表[）)]?"
)
#: The same caption on the next page.
CONTINUED = re.compile(r"[（(]?续(?=附?表)[）)]?|[（(]续表?[）)]$|[（(]?续表[）)]?")

# ---- one document in another
#: 《印发《方案》的通知》: a title may hold another one.
_CITED_TITLE = r"《(?P<title>(?:[^《》]|《[^《》]*》){2,120})》"
#: Another document by its title, its number, or both.
REFERENCE = re.compile(
    rf"{_CITED_TITLE}(?:的(?:{words.ALL_KINDS}))?\s*(?:[（(](?P<behind>{DOCUMENT_NUMBER})[）)])?"
    rf"|(?P<alone>{DOCUMENT_NUMBER})"
)
REPEALS_BEFORE = re.compile(rf"(?:{words.REPEALING}|废除|不再执行)[^。；]{{0,12}}$")
REPEALS_BEHIND = re.compile(
    rf"^[^。；《]{{0,20}}(?:{words.AT_ONCE}|即行|予以)?(?:{words.REPEALING}|不再执行|停止执行)"
)
#: 「新修订的《反垄断法》」 was amended by somebody else.
AMENDS = re.compile(rf"(?<!新)(?:{words.AMENDING}|修正)(?!{words.BUILDING})[^。；，、的后]{{0,6}}$")
PASSES_ON = re.compile(r"(?:转发|现将|批转)[^。；]{0,30}$")
