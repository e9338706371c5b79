"""Labels by which files say of a document who issued it, when, and under which number and title.

「发文机关：…」 in a header table, 「【成文日期】…」 above a text, 「检索时间：…」 in the head of a saved page.
"""

from __future__ import annotations

import re

from corpus.language import boilerplate
from corpus.language import function_words as words
from corpus.language import organisations as bodies
from corpus.language.characters import HAN
from corpus.language.dates import DAY_OR_MONTH
from corpus.language.numerals import ORDINAL

#: What may stand between the parts of a label that is set apart.
_GAP = r"[ \u3000\xa0]{0,4}"
_DAY = f"(?:{boilerplate.DAY_LABELS})"
_BODY = f"(?:{bodies.NAMELESS}|处室|者|人)"


def _spaced(label: str) -> str:
    """The label also with its characters set apart: 「文　　号」."""
    return re.sub(rf"(?<=[{HAN}])(?=[{HAN}])", lambda _: _GAP, label)


#: Labels of nothing that a document's metadata hold, the saved page's own among them.
_OTHER = (*boilerplate.HEAD_LABELS["other"].split(), *boilerplate.PAGE_LABELS.split(), "URL")

#: What is labelled → how the label reads, the most telling first. Names are those of
#: ``corpus.raw.DeclaredField`` and ``corpus.document.DateKind``.
_LABELS = {
    "title": f"{boilerplate.TITLE_LABEL}|题名|题目|(?:{words.FILE}|公文|{boilerplate.MESSAGES}|{words.POLICY})(?:{words.FULL_NAME}|{boilerplate.TITLE_LABEL})",
    "number": f"(?:{words.SENDING_OUT}|{words.POSTING}|{words.FILE}|公文)?(?:{words.NUMBER_NAMES})|(?:{words.FILE}|公文|{words.SENDING_OUT})(?:编号|号)",
    "issuer": f"(?:{words.WRITING}|{words.SENDING_OUT}|{words.MAKING_OUT}|{words.LAYING_DOWN}|{words.PUBLISHING}|{words.PRINTING}|颁布){_GAP}{_BODY}",
    "source": f"(?:{boilerplate.MESSAGES}|消息|{words.CONTENT}|{boilerplate.THIS_TEXT}|{words.DATA})?{boilerplate.SOURCE_LABEL}|转载自|转自|供稿",
    "written": f"(?:{words.SIGNING}|{words.MAKING_OUT}|{words.PUTTING_NAMES}|生成){_GAP}{_DAY}",
    "printed": f"{words.PRINTING}{_GAP}{_DAY}",
    "promulgated": f"(?:{words.PROMULGATING}|颁布){_GAP}{_DAY}",
    "adopted": f"(?:{words.ADOPTING}){_GAP}{_DAY}",
    "effective": f"(?:{words.TAKING_EFFECT}|{words.IN_FORCE}|{words.EXECUTING}){_GAP}{_DAY}",
    "published": f"(?:{boilerplate.MESSAGES})?(?:{words.POSTING}|发表|添加|上传|录入|上网|公开){_GAP}{_DAY}",
    "saved": f"(?:{boilerplate.FETCHING}|更新|{words.CHANGING_WORDS}|{boilerplate.PRINT_BUTTON}|导出){_GAP}{_DAY}",
    "vague": _DAY,
    "other": "|".join(sorted(_OTHER, key=len, reverse=True)),
}  # fmt: skip
_ALL = "|".join(f"(?P<{name}>{_spaced(label)})" for name, label in _LABELS.items())
#: A label where it may stand, with what separates it from its value: a colon, a bracket, the bar
#: or the tab between two cells; nothing before a figure.
LABEL = re.compile(
    rf"(?:^|(?<=[\s；;|｜】\]）)，]))[-*•●#]{{0,3}}\s?\**[【\[]?\s?(?:{_ALL})\s?"
    r"(?:\**\s?[：:]\**\s?[|｜]?|\s?[】\]]\s?[：:]?|\s?[|｜\t]|(?=\d{4}\s?[年/.-]))"
)
#: Labels that stand in no sentence.
LABELS_OF_HEADS = "|".join(
    label for name, label in _LABELS.items() if name not in ("vague", "other", "effective")
)
#: A word that stands for 「nothing」 where a value is expected.
FILLER = re.compile(
    rf"(?:无|暂无|未知|不详|未定|空|略|其它|待定|未标明|未注明|null|none|nan|n/?a|undefined|[-—－_/\\.*×xX?？…]{{1,6}}|(?:{words.RELATED})?(?:{bodies.NAMELESS}))",
    re.IGNORECASE,
)
#: Who shows documents of others: newspapers and broadcasters; accounts and sites.
REPORTER = boilerplate.REPORTER
PRESS = re.compile(
    rf"日报|晚报|早报|时报|晨报|周报|都市报|商报|报社|[^通公]报$|新华|央视|电视|广播|央广|{boilerplate.NEWS}|传媒|融媒|杂志|网易|腾讯|搜狐|新浪|头条|澎湃|[+＋]$|{REPORTER}"
)
MEDIA_NAME = re.compile(
    PRESS.pattern
    + r"|客户端|微信公众|公众平台|微博号|百度|^本[站网报刊]|^网络$|^转载$|原创|[A-Za-z]{3}"
)
#: What ends the name of a site: 「…局官网」, 「…人民政府门户网站」.
SITE_END = re.compile(rf"(?:(?:{boilerplate.SITE_NAMES}|官方|政务)?网[站]?|官网|官方)$")
#: 「…（加挂…牌子）」 behind a body's name; the section of a bureau behind it.
NAME_NOTE = re.compile(r"[（(][^（）()]{0,60}[)）]$")
SECTION = re.compile(
    rf"(?P<body>[{HAN}]{{2,30}}?(?:{bodies.COMMITTEE}|[局厅委]))(?:[{HAN}]{{2,14}}[处科室股])$"
)
#: What stands in front of a title and is none of it: 「附件3：」, 「【转载】」, 「标题：」, 「#」.
TITLE_LEAD = re.compile(
    rf"(?:\s*(?:#{{1,6}}\s+|[【\[][^【】\[\]]{{1,8}}[】\]]|{words.SOURCE}\s*[：:]|附[件录]?\s*[\d{ORDINAL}]{{0,3}}\s*[：:.．、]|(?:{_LABELS['title']})\s*[：:]))+\s*"
)
#: Behind a title: the mark of a note, the name of the site.
TITLE_TAIL = re.compile(
    rf"\s*(?:[①-⑳*＊†‡¹²³⁴-⁹]+|[\[【〔]\s*\d{{1,2}}\s*[\]】〕]|[（(]\s*{DAY_OR_MONTH}\s*[)）])$"
)
SITE_TAIL = re.compile(
    rf"\s*[-_—–|｜]+\s*[^-_—–|｜]{{2,40}}(?:网|{boilerplate.SITE_NAMES}|站|{bodies.GOVERNMENT}|局|会)$"
)
#: A line that only says that the text begins.
TEXT_BEGINS = re.compile(r"\S{0,2}[正全原]文\s*[：:]?$")
