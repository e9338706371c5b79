"""What a query asks for and restricts itself to: computed once, passed on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.language.gazetteer import places_in
from corpus.language.simplification import search_form
from retriever.query.places import spans_of
from retriever.spelling.corrector import Change, SpellCorrector


class AnswerKind(StrEnum):
    """The kind of value that answers a question."""

    DATE = "date"
    DURATION = "duration"
    NUMBER = "number"
    PERSON = "person"
    ORGANISATION = "organisation"
    TITLE = "title"
    CONTACT = "contact"
    LIST = "list"
    TEXT = "text"


#: Kinds whose answer is a value with a shape of its own.
VALUED = frozenset(
    (
        AnswerKind.DATE,
        AnswerKind.DURATION,
        AnswerKind.NUMBER,
        AnswerKind.PERSON,
        AnswerKind.CONTACT,
    )
)
_KINDS: tuple[tuple[AnswerKind, re.Pattern[str]], ...] = (
    (AnswerKind.CONTACT, re.compile(r"电话|号码|邮箱|地址|邮编|邮政编码|传真|网址")),
    (AnswerKind.DATE, re.compile(r"哪[几两三四五六七八九十][天日年]|(?:什么|啥|哪个)(?:钟点|时段|时点)")),
    (AnswerKind.LIST, re.compile(r"哪(?:[两三四五六七八九十几\d]+)(?:个|项|种|类|方面|件|样|条|大|份|步|阶段|环节)?|哪些|有哪几|分别是(?:什么|哪)|列一下|列举|都有(?:谁|什么|哪)|包括(?:哪|什么)")),
    (AnswerKind.DURATION, re.compile(r"多久|多长时间|几天|几年|几个?(?:月(?!几)|工作日|小时|分钟|季度|星期|周(?!岁))|多少(?:天|年|个月|个工作日|日|小时)|工作日内|(?:期限|时限)(?!.*(?:哪|谁|怎么|怎样|如何|什么(?!时)))")),
    (AnswerKind.DATE, re.compile(r"什么时候|何时|哪天|哪一天|哪年|哪一年|几月|几号|什么时间|几[点时](?!间)|几月几|哪个月|日期|截止(?:到)?(?:什么|何)|多会儿|啥时")),
    (AnswerKind.NUMBER, re.compile(r"多少|多(?=[大高重宽深](?:[？?呀啊呢]|$))|几(?:个|人|名|位|次|家|件|条|项|起|份|篇|期|场|户|公里|所|处|种|类|倍|成|万|元|岁|支|辆|亩|桶|套|台|张|月|分|米|层|轮|批)|百分之几|比例|第几|几[条个]|占比|率(?:是|为|达)|几偏|数量|金额")),
    (AnswerKind.ORGANISATION, re.compile(r"哪(?:个|家|一家|一个|些)?(?:单位|部门|机构|公司|银行|企业|委员会|局|办|党组|党委|巡视组|专班|集团|组|机关)|主办方|牵头单位|由哪|哪家|哪个股|设在哪")),
    (AnswerKind.PERSON, re.compile(r"是谁|谁(?:来|是|负责|担任|当|提|任|讲|说|表)|哪位|哪个人|(?:书记|长|主任|主席|人)叫(?:什么|啥)|姓名|由谁|组长(?:是|由)|书记(?:是|叫)")),
    (AnswerKind.TITLE, re.compile(r"(?:什么|哪个|哪份|哪部|哪一份|啥|哪项)(?:文件|方案|意见|规划|通知|条例|指南|规定|制度|计划|法|名称)|(?:哪个|哪份|哪部)办法|文件(?:名|叫)|叫什么")),
)  # fmt: skip
_CONTACTS = (
    ("address", re.compile("地址|哪条[路街]|在哪儿?$")),
    ("mail", re.compile("邮箱|邮件")),
    ("post code", re.compile("邮编|邮政编码")),
)
#: 「…公布联系电话怎么写」 wants a wording, not a number.
_DRAFTING = re.compile("怎么写|如何写|怎样写|写法|[写拟]一段|想写|起草|怎么表述|如何表述")
_DAY = re.compile(r"哪一?天|几号|几日")
_YEAR = re.compile(r"((?:19|20)\d{2})(?=\s*年|[^\d]|$)")
_QUOTED = re.compile(r"[“\"《「]([^”\"》」]{2,30})[”\"》」]")


#: The model reads no more than this of a long draft anyway.
_LONGEST = 2000
#: A query that is little more than a place is searched for as it is.
_LEAST_SUBJECT = 4
_NUMERAL = "一二三四五六七八九十百千零〇"
_PART = "(?:之[一二三四五六七八九十])?"
#: Without 第, 「15条措施」 and 「出台15条规定」 count; 「一条」 and 「几十条」 do so wherever they stand.
_NAMES = r"(?=$|\W|[第的是有怎如讲说写适对里中]|规定[了的什哪怎])"
_ARTICLE = re.compile(
    rf"第\s?(?P<ordinal>[{_NUMERAL}]{{1,9}}|\d{{1,4}})\s?条{_PART}(?!件|例)"
    rf"|(?<![\d.．第{_NUMERAL}])(?P<bare>[{_NUMERAL}]{{2,9}}|\d{{1,4}})条{_PART}{_NAMES}"
)
_DIGITS = "零一二三四五六七八九"
_NAMED = re.compile("“[^”]{1,30}”")
#: 「2024年优化营商环境工作方案」: the year is the document's, whatever years its text names.
_DOCUMENT_YEAR = re.compile(
    r"(?:19|20)\d{2}年[^，。？?；]{0,24}(?:方案|意见|办法|通知|通报|简报|报告|汇报|讲话|规划|要点|总结|计划)"
)


@dataclass(frozen=True)
class Scope:
    """What a question restricts itself to.

    Attributes:
        places: short names of places, e.g. ``沈阳``.
        years: four-digit years.
        of_document: the years are those of the document asked about, not of what it reports.
    """

    places: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    of_document: bool = False


@dataclass(frozen=True)
class Question:
    """All that the words of a question or query say, read once and passed on.

    Attributes:
        text: in simplified characters, half width, spaces run together, typos corrected.
        kind: what kind of value it asks for.
        years: four-digit years it names.
        quoted: words it puts in quotation marks or 《》.
        places: short names of places it names, e.g. ``沈阳``.
        place_spans: where they stand in ``text``, each with the word for its kind: ``沈阳市``.
        scope: the places and years that an answer must be about.
        articles: articles of a regulation that it names, e.g. ``第三十二条``.
        changes: typos that were corrected.
    """

    text: str
    kind: AnswerKind = AnswerKind.TEXT
    years: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    place_spans: tuple[tuple[int, int], ...] = ()
    scope: Scope = Scope()
    articles: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def asks_day(self) -> bool:
        """Whether it asks for a date down to the day: 「哪一天」, 「几号」."""
        return self.kind is AnswerKind.DATE and _DAY.search(self.text) is not None

    @property
    def contact(self) -> str:
        """What kind of contact it asks for: ``address``, ``mail``, ``post code`` or ``phone``."""
        return next((name for name, pattern in _CONTACTS if pattern.search(self.text)), "phone")

    @property
    def subject(self) -> str:
        """Its words without the places: where a document is from says which place it is about, while
        words find whatever title repeats it. The whole text when little else is left.
        """
        words = self.text
        for place in self.places:
            words = words.replace(place, " ")
        return words if sum(map(str.isalnum, words)) >= _LEAST_SUBJECT else self.text

    @property
    def has_words(self) -> bool:
        """Whether there is anything to search for."""
        return any(c.isalnum() for c in self.text)


def analyse(
    text: str,
    known_places: frozenset[str] = frozenset(),
    corrector: SpellCorrector | None = None,
) -> Question:
    """Read a question: 「明桦街道创城的动员部署阶段安排在什么时间？」 → kind DATE, place 明桦.

    Args:
        text: as it was typed; half characters of a damaged input are left out.
        known_places: short names of places that the indexed documents are about.
        corrector: corrects typos by the index's words; None leaves them.
    """
    form = query_form(text)
    corrected = corrector.correct(form) if corrector else None
    words = corrected.text if corrected else form
    places = places_in(words, known_places)
    years = tuple(dict.fromkeys(_YEAR.findall(words)))
    return Question(
        text=words,
        kind=_kind(words),
        years=years,
        quoted=tuple(_QUOTED.findall(words)),
        places=places,
        place_spans=tuple(spans_of(words, places)),
        scope=_scope(words, places, years, known_places),
        articles=articles_in(words),
        changes=corrected.changes if corrected else (),
    )


def _kind(words: str) -> AnswerKind:
    if _DRAFTING.search(words):
        return AnswerKind.TEXT
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), AnswerKind.TEXT)


def _scope(
    words: str, places: tuple[str, ...], years: tuple[str, ...], known_places: frozenset[str]
) -> Scope:
    """「日照市何时推行“宁波一码通”」 asks about 日照, whatever the thing is called."""
    bare = _NAMED.sub(" ", words)
    outside = places_in(bare, known_places) if bare != words else places
    return Scope(outside or places, years, _DOCUMENT_YEAR.search(words) is not None)


def query_form(text: str) -> str:
    """A query in the form that texts are indexed in, cut to what is read of a draft."""
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    return search_form(" ".join(whole.split()))[:_LONGEST]


def articles_in(text: str) -> tuple[str, ...]:
    """Articles that a text names, as regulations head them: 「第15条」, 「十五条」 → 第十五条."""
    found = []
    for match in _ARTICLE.finditer(text):
        written = match["ordinal"] or match["bare"]
        is_figure = written.isdecimal()
        number = han_number(int(written)) if is_figure else written.replace("〇", "零")
        if number:  # there is no article 0
            found.append(f"第{number}条{match[0].partition('条')[2]}")
    return tuple(dict.fromkeys(found))


def han_number(number: int) -> str:
    """A number from 1 to 9999 as articles are numbered: 10 → 十, 105 → 一百零五, 1010 → 一千零一十.

    "" for 0.
    """
    parts = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            parts += _DIGITS[digit] + name
        elif parts and number % unit and not parts.endswith("零"):
            parts += "零"
    return parts[1:] if 10 <= number < 20 else parts
