"""Title, issuer, number, kind, date and region of a text, read off it without a language model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.document import Block, BlockKind, Metadata
from corpus.headings import ORGAN_END
from corpus.regions import find_region
from corpus.simplify import search_form
from corpus.titles import DOC_TYPES, Text

#: 文种 under which the longer names are filed: 「工作方案」 is a 方案.
_BASE_TYPES = (
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "纪要",
    "方案", "办法", "规定", "条例", "细则", "规则", "规程", "规划", "计划", "要点", "预案", "简报", "讲话", "致辞",
    "总结", "汇报", "制度", "标准", "指南", "规范", "清单", "章程", "倡议书", "函",
)  # fmt: skip
#: Kinds of inspection text that bear no 文种 of their own.
_OTHER_TYPES = (("反馈", "巡视反馈"), ("整改", "整改情况"))
_NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Z]{1,12}[〔\[（(【]\s*(?:19|20)\d{2}\s*[〕\]）)】]\s*(?:第)?\s*\d{1,5}\s*号"
)
_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}
_DATE = re.compile(
    r"(?P<year>(?:19|20)\d{2}|[二一][〇○零一二三四五六七八九]{3})\s*年"
    r"(?:\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月(?:\s*(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日)?)?"
)
_TITLE_YEAR = re.compile(r"((?:19|20)\d{2})\s*(?:[-—－至]\s*(?:19|20)\d{2})?\s*年")
_ISSUER_BEFORE = re.compile(
    r"^(?P<issuer>.{2,30}?(?:政府|委员会|办公室|办公厅|市委|县委|省委|区委|党委|党组|党工委|办事处|局|厅|委|办))(?:关于|印发|转发)"
)
_SIGNED = re.compile(r"^(?P<issuer>\D{3,40}?)\s*(?:\d{4}|[二〇○零一三四五六七八九]{4})年")
#: 「霖川市民政局文件」, 「霖川市文明办编 2023年8月14日」 above a text.
_MASTHEAD_ISSUER = re.compile(
    rf"(?P<issuer>[\u4e00-\u9fff]{{2,28}}{ORGAN_END})"
    r"(?:文件|\s*(?:编|编印|编发|主办|印发)(?:\s*\d{4}年\d{1,2}月(?:\d{1,2}日)?)?)?"
)
_MASTHEAD_DATE = re.compile(
    r"(?:[^：:，。]{2,40}(?:编|编印|编发|主办|印发)\s*)?[（(]?\d{4}年\d{1,2}月(?:\d{1,2}日)?[）)]?"
)
_ISSUE = re.compile(r"[（(]?(?P<year>(?:19|20)\d{2})年(?:总)?第\s*\d{1,4}\s*期.{0,20}")
_FORWARDS = re.compile("转发|批转|印发")
_TITLE_TRASH = re.compile(
    r"(?:\[\]|【】|[（(](?:汇总|精选|通用|合集|共).{0,8}[)）])\s*\d{0,2}$|(?<=讲话)[年\d]+$"
)
_BANNER_LINES = 12


def chinese_number(text: str) -> int:
    """「十二」 → 12, 「二十一」 → 21, 「7」 → 7."""
    if text.isdigit():
        return int(text)
    tens, _, ones = text.rpartition("十")
    digit = {c: i for i, c in enumerate("〇一二三四五六七八九")}
    if "十" not in text:
        return digit.get(text, 0)
    return (digit.get(tens, 1) if tens else 1) * 10 + (digit.get(ones, 0) if ones else 0)


def find_date(text: str) -> str:
    """The first date in ``text`` as ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``; "" without one."""
    match = _DATE.search(text)
    if not match:
        return ""
    year = "".join(_DIGITS.get(c, c) for c in match["year"])
    date = year
    month = chinese_number(match["month"]) if match["month"] else 0
    if 1 <= month <= 12:
        date += f"-{month:02d}"
        day = chinese_number(match["day"]) if match["day"] else 0
        if 1 <= day <= 31:
            date += f"-{day:02d}"
    return date


def doc_type_of(title: str) -> str:
    """文种 by the last such word of a title: 「关于印发××方案的通知」 → 通知."""
    found = [(title.rfind(t), len(t), t) for t in DOC_TYPES if t in title]
    if found:
        word = max(found, key=lambda f: (f[0] + f[1], f[1]))[2]
        for base in _BASE_TYPES:
            if word.endswith(base):
                return base
    for mark, kind in _OTHER_TYPES:
        if mark in title:
            return kind
    return ""


def read_metadata(text: Text, blocks: Sequence[Block]) -> Metadata:
    """What the text says about itself; an empty string where it says nothing."""
    title = _TITLE_TRASH.sub("", search_form("".join(_title_parts(text)))).strip()
    body = "\n".join(b.text for b in blocks)
    head = [b.text for b in blocks[:_BANNER_LINES]]
    own = _own_signature(title, _signatures(blocks))
    issuer = _issuer(title, head, own)
    date = _date(head, own)
    number = next((m.group() for h in head if (m := _NUMBER.search(h)) and len(h) < 60), "")
    return Metadata(
        title=title,
        issuer=issuer,
        number=re.sub(r"\s", "", number),
        doc_type=doc_type_of(title),
        date=date,
        year=_year(title, date, head),
        region=find_region(title, issuer, body),
    )


def _title_parts(text: Text) -> list[str]:
    return [re.sub(r"(?<=[:：])\s+", "", line.text) for line in text.title]


@dataclass(frozen=True)
class _Signature:
    """Who signed a text, and when; either may be empty."""

    issuer: str
    date: str


def _signatures(blocks: Sequence[Block]) -> list[_Signature]:
    """The sign-offs in order; names on lines of their own belong to the date below them."""
    found: list[_Signature] = []
    names: list[str] = []
    for block in blocks:
        if block.kind is not BlockKind.SIGN_OFF:
            if names:
                found.append(_Signature(" ".join(names), ""))
            names = []
            continue
        date = find_date(block.text)
        signed = _SIGNED.match(block.text)
        name = signed["issuer"].strip() if signed else "" if date else block.text
        names += [name] if name else []
        if date or re.search(r"[年月]", block.text):
            found.append(_Signature(" ".join(names), date))
            names = []
    return [*found, _Signature(" ".join(names), "")] if names else found


def _own_signature(title: str, signatures: Sequence[_Signature]) -> _Signature:
    """The signature of the text itself: a notice may be followed by a document with one of its own."""
    if not signatures:
        return _Signature("", "")
    named = _ISSUER_BEFORE.match(title)
    if named:
        same = [s for s in signatures if s.issuer and _same_body(s.issuer, named["issuer"])]
        if same:
            return same[0]
    return signatures[0] if _FORWARDS.search(title) else signatures[-1]


def _same_body(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one)


def _issuer(title: str, head: Sequence[str], own: _Signature) -> str:
    """From the sign-off, else the title, else a line of the head that names a body."""
    named = _ISSUER_BEFORE.match(title)
    of_title = named["issuer"].strip() if named else ""
    # Of 「梧庭区指挥部」 below and 「芷岭市梧庭区指挥部」 above, the fuller name is the better one.
    if own.issuer and not (_same_body(own.issuer, of_title) and len(of_title) > len(own.issuer)):
        return own.issuer
    if of_title:
        return of_title
    for line in head:
        if match := _MASTHEAD_ISSUER.fullmatch(line):
            return match["issuer"]
    return ""


def _date(head: Sequence[str], own: _Signature) -> str:
    """Of the sign-off, else of a line near the top that is little more than a date."""
    if own.date:
        return own.date
    to_the_day = [h for h in head if len(h) <= 24 and re.search(r"年.{1,3}月.{1,3}日", h)]
    mastheads = [h for h in head if _MASTHEAD_DATE.fullmatch(h)]
    return next((found for h in (*to_the_day, *mastheads) if (found := find_date(h))), "")


def _year(title: str, date: str, head: Sequence[str]) -> str:
    """What the title speaks of, else when it was written, else when its issue came out."""
    if of_title := _TITLE_YEAR.search(title):
        return of_title.group(1)
    issues = (m for h in head if (m := _ISSUE.fullmatch(h)))
    return date[:4] or next((m["year"] for m in issues), "")


def inherit(own: Metadata, bulletin: Metadata) -> Metadata:
    """An article of a 简报: what it does not say itself is what the bulletin's head says."""
    return replace(
        own,
        issuer=own.issuer or bulletin.issuer,
        number=own.number or bulletin.number,
        doc_type=own.doc_type or bulletin.doc_type,
        date=own.date or bulletin.date,
        year=own.year or bulletin.year,
    )
