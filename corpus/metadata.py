"""Title, issuer, number, kind, date, region and addressed bodies of a text, with where each stands.

No language model is asked: every value is read off the text's own words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import NamedTuple

from corpus.addressees import read_addressees
from corpus.dates import find_year
from corpus.document import Block, BlockKind, FieldSource, Metadata
from corpus.headings import ORGAN_END, SIGNER, find_marker
from corpus.masthead import (
    NUMBER,
    read_issue_year,
    read_masthead_date,
    read_masthead_issuer,
    read_number,
)
from corpus.quotation import Quotation
from corpus.regions import find_region
from corpus.signatures import (
    ReadDate,
    Signature,
    own_signature,
    printing_date,
    read_signatures,
    same_body,
)
from corpus.simplify import search_form
from corpus.titles import DOC_TYPES, Text

#: 文种 under which the longer names are filed: 「工作方案」 is a 方案.
_BASE_TYPES = (
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "纪要",
    "方案", "办法", "规定", "条例", "细则", "规则", "规程", "规划", "计划", "要点", "预案", "简报", "讲话", "致辞",
    "总结", "汇报", "制度", "标准", "指南", "规范", "清单", "章程", "倡议书", "函", "公示", "公开信", "告知书", "说明",
    "答复", "解读", "指引", "纲要", "准则", "措施",
)  # fmt: skip
#: 措施 alone is no 文种: 「出台12条措施」 is news.
_TYPE_WORDS = tuple(
    dict.fromkeys([*DOC_TYPES, *_BASE_TYPES[:-1], "若干措施", "政策措施", "工作措施"])
)
#: Kinds of inspection text that bear no 文种 of their own.
_OTHER_TYPES = (("反馈", "巡视反馈"), ("整改", "整改情况"))
#: 「（征求意见稿）」, 「（2024—2026年）」, 「《…方案》」: words there are not the title's own.
_ASIDE = re.compile(r"[（(〔\[【][^（）()〔〕\[\]【】]*[）)〕\]】]")
_NAMED = re.compile("《[^《》]*》")
#: How much may follow the 文种: 「范文」, 「第7期」, 「摘要」.
_LONGEST_REST = 6
_SPACE = re.compile(r"\s")
#: 「霖川市民政局关于…」, 「霖川市民政局 霖川市财政局印发…」, 「霖川市民政局公告」.
_TITLE_ISSUER = re.compile(
    rf"(?:{NUMBER}[\s—-]*)?(?P<issuer>(?!关于|在|对|致|就|转发|印发|批转)[^《》“”。，！？：〔〕\[\]—]{{1,80}}?(?:{ORGAN_END}|院|处|科|会|社|部门|单位))\s*"
    r"(?:(?:联合)?(?:关于|印发|转发|批转|发布|公布)|(?:公告|通告|通报|命令|令)(?:[（(第].{0,12})?$)"
)
_FORWARDS = re.compile("转发|批转|印发")
_TITLE_TRASH = re.compile(
    r"(?:\[\]|【】|[（(](?:汇总|精选|通用|合集|共).{0,8}[)）])\s*\d{0,2}$|(?<=讲话)[年\d]+$"
)
_SPACE_AFTER_COLON = re.compile(r"(?<=[:：])\s+")
_BANNER_LINES = 12
_LONGEST_LINE = 150
_NOT_HEAD = (BlockKind.ITEM, BlockKind.TABLE_ROW)


@dataclass(frozen=True)
class ReadMetadata:
    """What a text says about itself, and the source of each value that is not empty."""

    metadata: Metadata
    sources: tuple[FieldSource, ...]


@dataclass(frozen=True)
class _Value:
    """A value, the words it was read from, and by which rule."""

    text: str = ""
    words: Quotation = field(default_factory=Quotation)
    rule: str = ""


class KindFound(NamedTuple):
    """A 文种 and where its word stands in the title; empty when it has none."""

    value: str
    start: int = 0
    end: int = 0


def find_doc_type(title: str) -> KindFound:
    """文种 by the last such word of a title: 「关于印发××方案的通知」 → 通知."""
    plain = _ASIDE.sub(_blank, title)
    for form in (_NAMED.sub(_blank, plain), plain):
        found = [(form.rfind(word) + len(word), len(word), word) for word in _TYPE_WORDS]
        end, size, word = max(found)
        if end < size or len(form[end:].strip()) > _LONGEST_REST:
            continue
        for base in _BASE_TYPES:
            if word.endswith(base):
                return KindFound(base, end - len(base), end)
    for mark, kind in _OTHER_TYPES:
        if mark in title:
            return KindFound(kind, title.index(mark), title.index(mark) + len(mark))
    return KindFound("")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def read_metadata(text: Text, blocks: Sequence[Block]) -> ReadMetadata:
    """What the text says about itself; an empty string where it says nothing."""
    title = _title(text)
    head = [
        (block.kind, Quotation.of(i, block.text))
        for i, block in enumerate(blocks[:_BANNER_LINES])
        if len(block.text) <= _LONGEST_LINE
        and block.kind not in _NOT_HEAD
        and not find_marker(block.text)
    ]
    around = [words for kind, words in head if kind is not BlockKind.TITLE]
    named = _TITLE_ISSUER.match(title.text)
    of_title = title.piece(*named.span("issuer")).without_space() if named else Quotation()
    own = own_signature(
        read_signatures(blocks), of_title.text, _FORWARDS.search(title.text) is not None
    )
    issuer = _issuer(of_title, own, around, blocks)
    date = _date(own, around, blocks)
    number = read_number([words for _, words in head])
    kind = find_doc_type(title.text)
    title_end = 1 + max((block for block, _ in title.places), default=-1)
    values = {
        "title": _Value(title.text, title, "title"),
        "issuer": issuer,
        "number": _Value(_SPACE.sub("", number.text), number, _rule_of(number, blocks)),
        "doc_type": _Value(kind.value, title.piece(kind.start, kind.end), "title"),
        "date": _Value(date[0].value, date[0].words, date[1]) if date else _Value(),
        "year": _year(title, date, around),
        "region": _region(title, issuer, blocks),
        "addressees": _quoted(read_addressees(blocks, title_end), "body"),
    }
    return ReadMetadata(
        Metadata(**{name: value.text for name, value in values.items()}),
        tuple(v.words.source(name, v.rule) for name, v in values.items() if v.text),
    )


def _quoted(words: Quotation, rule: str) -> _Value:
    return _Value(words.text, words, rule)


def _title(text: Text) -> Quotation:
    """The title's lines as one, without what collections of samples add to it."""
    lines = [
        Quotation.of(i, line.text)
        for i, line in enumerate(text.lines)
        if any(line is of_title for of_title in text.title)
    ]
    shown = Quotation.join(lines)
    whole = Quotation(search_form(shown.text), shown.places)
    gaps = [match.span() for match in _SPACE_AFTER_COLON.finditer(whole.text)]
    starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), None]
    title = Quotation.join(whole.piece(a, b) for a, b in zip(starts, ends, strict=True))
    trash = _TITLE_TRASH.search(title.text)
    return title.piece(0, trash.start() if trash else None).without_space()


def _rule_of(words: Quotation, blocks: Sequence[Block]) -> str:
    """By where words stand: in the title, above the first sentence, or below."""
    block = words.places[0][0] if words.places else 0
    if blocks and blocks[block].kind is BlockKind.TITLE:
        return "title"
    below = any("。" in b.text or len(b.text) > _LONGEST_LINE for b in blocks[:block])
    return "sign-off" if below else "masthead"


def _issuer(
    of_title: Quotation, own: Signature, around: Sequence[Quotation], blocks: Sequence[Block]
) -> _Value:
    """From the sign-off, else the title, else a line of the head that names a body."""
    signed = own.issuer.text
    # Of 「梧庭区指挥部」 below and 「芷岭市梧庭区指挥部」 above, the fuller name is the better one.
    fuller = len(of_title.text) > len(signed) and same_body(signed, of_title.text)
    if signed and not fuller:
        return _quoted(own.issuer, _rule_of(own.issuer, blocks))
    if of_title.text:
        words = Quotation.join([*_bodies_above(blocks, of_title.places[0][0]), of_title], " ")
        return _quoted(words, _rule_of(words, blocks))
    return _quoted(read_masthead_issuer(around), "masthead")


def _bodies_above(blocks: Sequence[Block], title: int) -> list[Quotation]:
    """Bodies on lines of their own right above a title that begins with one more."""
    first = title
    while first > 0 and SIGNER.fullmatch(blocks[first - 1].text):
        first -= 1
    return [Quotation.of(i, blocks[i].text) for i in range(first, title)]


def _date(
    own: Signature, around: Sequence[Quotation], blocks: Sequence[Block]
) -> tuple[ReadDate, str] | None:
    """Of the sign-off, else of a line near the top that is little more than a date."""
    if own.date:
        return own.date, _rule_of(own.date.words, blocks)
    if found := read_masthead_date(around):
        return found, _rule_of(found.words, blocks)
    printed = printing_date(blocks)
    return (printed, "sign-off") if printed else None


def _year(
    title: Quotation, date: tuple[ReadDate, str] | None, around: Sequence[Quotation]
) -> _Value:
    """What the title speaks of, else when it was written, else when its issue came out."""
    if of_title := find_year(title.text):
        return _Value(of_title.value, title.piece(of_title.start, of_title.year_end), "title")
    if date:
        return _Value(date[0].value[:4], date[0].year, date[1])
    return _quoted(read_issue_year(around), "masthead")


def _region(title: Quotation, issuer: _Value, blocks: Sequence[Block]) -> _Value:
    """The place; of words in the body, those where it is named first."""
    found = find_region(title.text, issuer.text, "\n".join(block.text for block in blocks))
    if not found:
        return _Value()
    if found.named_in == "body":
        starts = list(accumulate((len(block.text) + 1 for block in blocks), initial=0))
        block = bisect_right(starts, found.start) - 1
        begin, end = found.start - starts[block], found.end - starts[block]
        words = Quotation.of(block, blocks[block].text[begin:end], begin)
        rule = "body"
    else:
        of_title = found.named_in == "title"
        words = (title if of_title else issuer.words).piece(found.start, found.end)
        rule = "title" if of_title else issuer.rule
    return _Value(found.path, words, "gazetteer" if found.in_table else rule)


def inherit(own: ReadMetadata, bulletin: Metadata) -> ReadMetadata:
    """An article of a 简报: what it does not say itself is what the bulletin's head says."""
    lacking = {
        name: value
        for name in ("issuer", "number", "doc_type", "date", "year")
        if not getattr(own.metadata, name) and (value := getattr(bulletin, name))
    }
    taken = tuple(FieldSource(name, "bulletin") for name in lacking)
    return ReadMetadata(replace(own.metadata, **lacking), (*own.sources, *taken))
