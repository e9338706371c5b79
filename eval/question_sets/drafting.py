"""Drafts of questions from the sentences of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Block, BlockKind, Document
from corpus.language.gazetteer import region_names
from corpus.structure.sentences import sentence_spans
from eval.question_sets.candidates import SHORTEST, quote_around
from qa.reading.values import find_values
from retriever.hit import Span
from retriever.query.analysis import AnswerKind

_ASKED = (BlockKind.PARAGRAPH, BlockKind.ITEM)
_CLAUSE = re.compile(r"[^，。；：！？,;:!?\n]+")
_NUMBERING = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+[、是]|\d+[.．、)）](?!\d)|第[一二三四五六七八九十]+(?:[是，]|条\s*))\s*"
)
#: What 「市」 at the front of a clause belongs to the name of a body with: 「市委」, not 「市场」.
_OWN = "(?:委|政府|级|直|人大|政协|纪委|法院|检察|公安局?|财政局?|城市|教育|卫健|发改|住建|政务|行政|市场监|人社|民政|国资|创建|文明办|班子|信访|审计|司法|农业|水务|交通|商务|文旅|应急|税务)"
_YEAR = re.compile(r"(?:19|20)\d\d")
_KIND = re.compile("(?:街道|[省市县区镇乡州旗盟])$")
_LAST_PLACE = re.compile(r".{2,}?(?:自治区|自治州|街道|[省市州盟县区旗镇乡])")
_LONGEST_TITLE = 32


@dataclass(frozen=True)
class Draft:
    """A question about one value in one document.

    Attributes:
        doc: the file's name.
        document: the document's id.
        region: path of the place it is of, or "".
        year: of the document, or "".
        title: its title, or "".
        stem: the clause with the question word in place of the value.
        answers: the value, and where it has one the value with its bound.
        quote: words of the document that hold it.
        asks: what is asked for, with its unit: only like things are look-alikes.
    """

    doc: str
    document: str
    region: str
    year: str
    title: str
    stem: str
    answers: tuple[str, ...]
    quote: str
    asks: str

    @property
    def place(self) -> str:
        """The last place of the region: 「辽宁省朝阳市」 → 「朝阳市」; "" without a region."""
        places = _LAST_PLACE.findall(self.region)
        return places[-1] if places else ""

    @property
    def names_place(self) -> bool:
        """Whether the stem names the place, or one above it, itself."""
        return any(name in self.stem for name in region_names(self.region))

    @property
    def names_own_place(self) -> bool:
        """Whether the stem names the last place of the region."""
        return bool(self.region) and region_names(self.region)[-1] in self.stem

    @property
    def names_year(self) -> bool:
        """Whether the stem names a year."""
        return _YEAR.search(self.stem) is not None

    def question(self, place: str | None = None, year: str = "") -> str:
        """The question, about this place (by default the document's own) and, where given, year.

        A document without a place is named by its title; "" where it has none of fitting length, or
        the stem names a place above its own.
        """
        when = f"{year}年" if year else ""
        if self.names_place:
            return f"{when}{self.stem}？" if self.names_own_place and place is None else ""
        place = self.place if place is None else place
        if place:
            kind = _KIND.search(place)
            if kind and not when and re.match(kind[0] + _OWN, self.stem):
                place = place[: kind.start()]  # 「苍平市」 + 「市政府…」
            return f"{place}{when}{self.stem}？"
        if not 4 <= len(self.title) <= _LONGEST_TITLE or "《" in self.title:
            return ""
        return f"《{self.title}》里，{when}{self.stem}？"


def drafts(document: Document) -> Iterator[Draft]:
    """Every draft that a document gives, in its order."""
    for block in document.blocks:
        if block.kind in _ASKED:
            yield from _of_block(document, block)


def _of_block(document: Document, block: Block) -> Iterator[Draft]:
    for start, end in sentence_spans(block.text):
        for match in _CLAUSE.finditer(block.text, start, end):
            clause = _NUMBERING.sub("", match[0])
            at = match.end() - len(clause)
            goes_on = block.text[match.end() : match.end() + 1] in ("，", ",", "：", ":")
            for asked in values_to_ask(clause):
                stem = stem_of(clause, asked, goes_on)
                span = (at + asked.span[0], at + asked.span[1])
                quote = quote_around(block.text, span) if stem else ""
                if len(quote) >= SHORTEST and asked.answers[0] in quote:
                    m = document.metadata
                    yield Draft(
                        document.file, document.id, m.local_region, m.year, m.title,
                        stem, asked.answers, quote, asked.asks,
                    )  # fmt: skip


#: Characters of a clause that is asked about, without its value.
_SHORTEST_STEM, _LONGEST_STEM = 6, 42
_QUANTITY = re.compile(
    r"(?P<around>约|近|超过|不少于|不低于|不超过|不高于|至少|最多|最高|最低|最长|连续)?"
    r"(?P<number>\d+(?:[.,]\d+)*)(?P<times>[余多]?[十百千万亿]{0,2}[余多]?)(?P<unit>[^\d]{1,5}?)"
    r"(?P<bound>以内|之内|内|以上|以下|左右)?"
)
_BODY = re.compile(
    r"由(?P<name>(?!其|各|有关|相关|所在|本|该)[^，。；、由和及与]{2,16}?(?:局|委|厅|办|办公室|中心|部|院|政府|处))"
    r"(?=负责|牵头|组织实施|统筹|会同|承担)"
)
_PAPER = re.compile(r"(?:根据|依据|按照|制定了?|出台了?|印发了?)(?P<name>《[^《》]{4,40}》)")
#: What a clause hangs on to others by, in front and anywhere.
_HANGS_IN_FRONT = re.compile(
    r"^(?:其|该|此|这|那|上述|前述|以上|以下|同时|另外|此外|并|且|但|而|则|即|也|还|又|再|均|都|或|及|和|与|以及|等|的|为|由于|因|所以"
    r"|如|若|例如|比如|同比|环比|比|较|占|达|至|到|从|自|截至|截止|对于|其余|其他|后|前|后者|前者|累计(?!\S{4})|共(?!\S{5})|增长|下降|提高|降低|减少|增加)"
)
_HANGS = re.compile(
    "其|该|此[次项类]|这|上述|前款|前述|本[条款项办法通知方案意见单位报]|我[市县省区镇局委们]|分别|各[为占达]|你|您|\\*|[xX×]{2}|……"
)
_OPEN_END = re.compile(
    "(?:[的和与及或、为对把将在以从向给是“（《]|中|时|后|以来|之下|情况下|基础上|(?:按照?|根据|依照|依据)[^，]*(?:要求|标准|规定|精神))$"
)
#: A phrase that the next clause would go on from: 「对入住率低于20%的机构，…」.
_PHRASE = re.compile("^(?:对|对于|以|按照?|根据|在|围绕|针对|通过|为|从|由|将|把)|的[^，的]{1,10}$")
#: 「由每平方米30元提高到…」 gives the old value.
_OLD, _NEW = re.compile("[由从][^，]{0,12}$"), re.compile("[^，]{0,6}[到至为]")
_PAIRS = tuple((pair[0], pair[1]) for pair in "（） “” 《》 () 〔〕 【】 ‘’".split())
#: 「全市」 at the front says no more than the place that the question names.
_WHOLE = re.compile("^全[市县省区州镇]")
#: Parts of speech that a clause of its own does not begin with: conjunction, particle.
_NO_BEGINNING = "cuy"
#: Questions for a number of things that have to be named.
_COUNTED = tuple(f"多少{unit}" for unit in "个项条件家名起处位")


@dataclass(frozen=True)
class Asked:
    """A value to ask for: where it stands, what stands in its place, and what answers."""

    span: Span
    word: str
    answers: tuple[str, ...]
    asks: str


def values_to_ask(clause: str) -> Iterator[Asked]:
    """The values of a clause that can be asked for without the others giving it away."""
    quantities = [
        span
        for kind in (AnswerKind.NUMBER, AnswerKind.DURATION)
        for span in find_values(kind, clause)
        if any(c.isdigit() for c in clause[slice(*span)])
    ]
    dates = [
        s
        for s in find_values(AnswerKind.DATE, clause)
        if any(c.isdigit() for c in clause[slice(*s)])
    ]
    digits = len(re.findall(r"\d+(?:[.,]\d+)*", "".join(_blanked(clause, dates))))
    if digits == 1 and quantities:
        # Of 「0.5个工作日」 as a number and as a duration the longer is the value.
        span = max(quantities, key=lambda s: s[1] - s[0])
        yield from _quantity(clause, span)
    elif digits == 0 and len(dates) == 1:
        yield from _date(clause, dates[0])
    elif digits == 0 and not dates:
        for pattern, word in ((_BODY, "哪个单位"), (_PAPER, "哪份文件")):
            found = list(pattern.finditer(clause))
            if len(found) == 1 and clause[found[0].end("name") :][:1] not in (
                "、",
                "和",
                "及",
                "《",
            ):
                yield Asked(found[0].span("name"), word, (found[0]["name"],), word)


def _blanked(clause: str, spans: list[Span]) -> str:
    for start, end in spans:
        clause = f"{clause[:start]}{'　' * (end - start)}{clause[end:]}"
    return clause


def _quantity(clause: str, span: Span) -> Iterator[Asked]:
    match = _QUANTITY.fullmatch(clause, *span)
    # 「至少建有1所」 asks for nothing, and 「24小时」 means always.
    if match is None or match["number"] in ("0", "1") or match[0].startswith("24小时"):
        return
    unit = match["unit"].strip()
    core = f"{match['number']}{match['times']}{unit}"
    if not unit or (_YEAR.fullmatch(match["number"]) and unit == "年"):
        return
    before, after = clause[: span[0]], clause[span[1] :]
    if re.search("[由从]$", before) or (_OLD.search(before) and _NEW.match(after)):
        return
    word = "百分之几" if unit in "%％" else f"多少{unit}"
    around = match["around"] or ""
    kept = "" if around in ("约", "近") else around
    bound = "" if match["bound"] in (None, "左右") else match["bound"]
    answers = tuple(dict.fromkeys((core, clause[slice(*span)])))
    yield Asked(span, f"{kept}{word}{bound}", answers, word)


def _date(clause: str, span: Span) -> Iterator[Asked]:
    value = clause[slice(*span)]
    before = clause[: span[0]]
    around = before[-2:] + value + clause[span[1] : span[1] + 1]
    # 「2022年绩效」, 「2017年以来」: a year is mostly part of a name; every year is no date.
    if re.search("[每至的份度以]", around) or not re.search("[月日底前]", value):
        return
    # 「办公室编 2024年6月」 heads a bulletin; 「当年8月」 hangs on another sentence.
    if before.rstrip().endswith(("编", "当年", "次年", "同年")):
        return
    if re.match("[^，]{0,4}的《", clause[span[1] :]):  # the date of a paper that is only named
        return
    word = "什么时候之前" if value.endswith("前") else "什么时候"
    yield Asked(span, word, (value,), "什么时候")


def stem_of(clause: str, asked: Asked, goes_on: bool) -> str:
    """The clause as a question without mark, or "" where it would not be well formed."""
    before, after = clause[: asked.span[0]], clause[asked.span[1] :]
    if asked.asks == "什么时候" and not before and after[:1] in ("，", ""):
        return ""
    stem = f"{_WHOLE.sub('', before)}{asked.word}{after}".strip()
    length = len(stem) - len(asked.word)
    if not _SHORTEST_STEM <= length <= _LONGEST_STEM:
        return ""
    if _HANGS_IN_FRONT.search(stem) or _HANGS.search(stem) or _OPEN_END.search(stem):
        return ""
    if any(stem.count(a) != stem.count(b) for a, b in _PAIRS) or not re.match(
        "[\u4e00-\u9fff“《]", stem
    ):
        return ""
    if any(before.count(a) > before.count(b) for a, b in _PAIRS):
        return ""
    if goes_on and _PHRASE.search(stem):
        return ""
    return stem if _says_something(before, after, asked.word) else ""


def _says_something(before: str, after: str, word: str) -> bool:
    """Whether there is a verb where it has to be: in front of the value, or behind one that begins.

    「督察22项任务」 after a noun is a heading; at the end, 「口袋公园12个」, a value needs no verb.
    """
    words = _tagged(before)
    if words and words[0][1][0] in _NO_BEGINNING:
        return False
    behind = re.sub(r"[（(].*?[)）]|[”》」]", "", after)
    follows = _tagged(behind)[:1]
    if word in _COUNTED and (not follows or follows[0][1][0] in "vdp"):
        # 「仍有13个」: of what? The noun may stand in front: 「口袋公园12个」.
        return bool(words) and words[-1][1][0] in "nlj"
    if not behind:
        return True
    if words and (words[-1][1][0] in "vpdu" or words[-1][0] in ("的", "了", "共", "每")):
        return True
    return any(tag in ("v", "vd", "p") for _, tag in _tagged(behind))


@lru_cache(maxsize=65536)
def _tagged(text: str) -> tuple[tuple[str, str], ...]:
    """(word, part of speech) of a text, by jieba."""
    import logging

    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.ERROR)
    return tuple((word, tag) for word, tag in jieba.posseg.cut(text) if word.strip())
