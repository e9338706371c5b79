"""Title, issuer, number, kind, date, region and addressed bodies of a text, with where each stands.

No language model is asked: every value is read off the text's own words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import NamedTuple

from corpus.document import Block, BlockKind, FieldSource, Metadata
from corpus.language import documents as forms
from corpus.language.dates import find_year
from corpus.language.organisations import ADDRESSEE_END, UNNAMED
from corpus.language.place_names import PLACE_KINDS
from corpus.language.simplification import search_form
from corpus.metadata.quotation import Quotation
from corpus.metadata.regions import find_region
from corpus.metadata.signatures import (
    ReadDate,
    Signature,
    own_signature,
    printing_date,
    read_date,
    read_signatures,
    same_body,
)
from corpus.structure.headings import find_marker, is_item
from corpus.structure.titles import Text

#: 「（征求意见稿）」, 「（2024—2026年）」, 「《…方案》」: words there are not the title's own.
_ASIDE = re.compile(r"[（(〔\[【][^（）()〔〕\[\]【】]*[）)〕\]】]")
_NAMED = re.compile("《[^《》]*》")
#: How much may follow the 文种: 「范文」, 「第7期」, 「摘要」.
_LONGEST_REST = 6
_SPACE = re.compile(r"\s")
_SPACE_AFTER_COLON = re.compile(r"(?<=[:：])\s+")
_SENTENCE = re.compile("[。；，]")
_BANNER_LINES = 12
_LONGEST_HEAD_LINE = 60
_LONGEST_LINE = 150
_NOT_HEAD = (BlockKind.ITEM, BlockKind.TABLE_ROW)
#: Longest enumeration of addressed bodies.
_LONGEST_ADDRESSEES = 200
#: Lines between the title and the addressed bodies: number, date, who issues.
_MOST_LINES_BEFORE = 8
_LONGEST_LINE_BEFORE = 60
_BRACKETS = re.compile(r"[（(〔\[][^（）()〔〕\[\]]*[）)〕\]]")
_SEPARATOR = re.compile(r"[，、；,;\s]+")


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
        found = [(form.rfind(word) + len(word), len(word), word) for word in forms.KIND_WORDS]
        end, size, word = max(found)
        if end < size or len(form[end:].strip()) > _LONGEST_REST:
            continue
        for base in forms.DOCUMENT_KINDS:
            if word.endswith(base):
                return KindFound(base, end - len(base), end)
    for mark, kind in forms.INSPECTION_KINDS:
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
    named = forms.TITLE_ISSUER.match(title.text)
    of_title = title.piece(*named.span("issuer")).without_space() if named else Quotation()
    own = own_signature(
        read_signatures(blocks), of_title.text, forms.FORWARDS.search(title.text) is not None
    )
    issuer = _issuer(of_title, own, around, blocks)
    date = _date(own, around, blocks)
    number = _number([words for _, words in head])
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
    trash = forms.COLLECTION_MARK.search(title.text)
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
    return _quoted(_masthead_issuer(around), "masthead")


def _bodies_above(blocks: Sequence[Block], title: int) -> list[Quotation]:
    """Bodies on lines of their own right above a title that begins with one more."""
    first = title
    while first > 0 and forms.SIGNER.fullmatch(blocks[first - 1].text):
        first -= 1
    return [Quotation.of(i, blocks[i].text) for i in range(first, title)]


def _date(
    own: Signature, around: Sequence[Quotation], blocks: Sequence[Block]
) -> tuple[ReadDate, str] | None:
    """Of the sign-off, else of a line near the top that is little more than a date."""
    if own.date:
        return own.date, _rule_of(own.date.words, blocks)
    if found := _masthead_date(around):
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
    return _quoted(_issue_year(around), "masthead")


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


def _number(head: Sequence[Quotation]) -> Quotation:
    """The document's own number (发文字号); those of documents that a line cites are passed over."""
    lines = [h for h in head if len(h.text) <= _LONGEST_HEAD_LINE and not _SENTENCE.search(h.text)]
    for line in lines:
        for match in forms.OWN_NUMBER.finditer(line.text):
            run_in = forms.BEFORE_CODE.match(match.group())
            number = line.piece(match.start() + (run_in.end() if run_in else 0), match.end())
            cited = forms.CITES.search(number.text) or forms.CITED_BEFORE.search(
                line.text[: match.start()]
            )
            if not cited and not forms.CITED_AFTER.match(line.text, match.end()):
                return number
    for line in lines:
        plain = forms.PLAIN_NUMBER.search(line.text)
        if plain and not forms.CITED_BEFORE.search(line.text[: plain.start("number")]):
            return line.piece(*plain.span("number"))
    return Quotation()


def _masthead_issuer(head: Sequence[Quotation]) -> Quotation:
    """The body that a line of the head names."""
    for pattern in (forms.MASTHEAD_ISSUER.fullmatch, forms.LABELLED_ISSUER.search):
        for line in head:
            if match := pattern(line.text):
                return line.piece(*match.span("issuer")).without_space()
    return Quotation()


def _masthead_date(head: Sequence[Quotation]) -> ReadDate | None:
    """The date of a line near the top that is little more than one; those to the day first."""
    months: list[ReadDate] = []
    for line in head:
        label = forms.LABELLED_DATE.search(line.text)
        found = read_date(line.piece(*label.span("date")) if label else line)
        if not found or not (label or _is_date_line(line.text)):
            continue
        if len(found.value) == len("2023-04-24"):
            return found
        months.append(found)
    return months[0] if months else None


def _is_date_line(text: str) -> bool:
    if len(text) > 2 * _LONGEST_HEAD_LINE or not any(p.fullmatch(text) for p in forms.DATE_LINES):
        return False
    return text.startswith(("（", "(")) or not forms.OTHER_DATE.search(text)


def _issue_year(head: Sequence[Quotation]) -> Quotation:
    """The year of an issue: 「（2024年第5期）」."""
    years = (
        line.piece(*m.span("year")) for line in head if (m := forms.ISSUE_YEAR.fullmatch(line.text))
    )
    return next(years, Quotation())


def inherit(own: ReadMetadata, bulletin: Metadata) -> ReadMetadata:
    """An article of a 简报: what it does not say itself is what the bulletin's head says."""
    lacking = {
        name: value
        for name in ("issuer", "number", "doc_type", "date", "year")
        if not getattr(own.metadata, name) and (value := getattr(bulletin, name))
    }
    taken = tuple(FieldSource(name, "bulletin") for name in lacking)
    return ReadMetadata(replace(own.metadata, **lacking), (*own.sources, *taken))


def read_addressees(blocks: Sequence[Block], title_end: int) -> Quotation:
    """The line below the title that names bodies and ends with a colon, without the colon.

    ``title_end`` is the index after the last block of the title, 0 without a title.
    """
    for i in _lines_before_body(blocks, title_end):
        words = Quotation.of(i, blocks[i].text)
        if number := forms.OWN_NUMBER.match(words.text):
            words = words.piece(number.end())
        words = words.without_space()
        if words.text.endswith(("：", ":")):
            named = words.piece(0, len(words.text) - 1).without_space()
            if len(named.text) <= _LONGEST_ADDRESSEES and names_bodies(named.text):
                return named
    return Quotation()


def _lines_before_body(blocks: Sequence[Block], title_end: int) -> Iterator[int]:
    """Blocks from the title to the first that is a sentence, item or row, or has a number."""
    for i in range(title_end, min(len(blocks), title_end + _MOST_LINES_BEFORE)):
        text = blocks[i].text
        if blocks[i].kind in (BlockKind.ITEM, BlockKind.TABLE_ROW):
            return
        # A heading without a number is mostly the title again, as web pages have it.
        if re.search("[。！？!?]", text) or find_marker(text) or is_item(text):
            return
        if len(text) > _LONGEST_ADDRESSEES + _LONGEST_LINE_BEFORE:
            return
        yield i
        if len(text) > _LONGEST_LINE_BEFORE:
            return


def names_bodies(words: str) -> bool:
    """Whether an enumeration names bodies: 「各县（市、区）人民政府，市直各单位」."""
    plain = _BRACKETS.sub("", words)
    parts = [part for part in _SEPARATOR.split(plain) if part]
    if (
        not parts
        or forms.GREETED.search(plain)
        or any(forms.LEAD_IN.search(part) for part in parts)
    ):
        return False
    if all(UNNAMED.fullmatch(part) for part in parts):
        return False
    all_of = forms.ALL_OF.search(plain) is not None
    return all(_is_body(part, all_of) for part in parts)


def _is_body(part: str, among_all: bool) -> bool:
    """``among_all``: the enumeration speaks of all bodies of some kind."""
    if forms.FORM_LABEL.fullmatch(part):
        return False
    if part.startswith("各") or ADDRESSEE_END.search(part):
        return True
    return among_all and part.endswith(tuple(PLACE_KINDS))
