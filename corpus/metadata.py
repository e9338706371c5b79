"""Title, issuer, number, kind, date and region of a text, read off it without a language model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Block, BlockKind, Metadata
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
    sign_offs = [b.text for b in blocks if b.kind is BlockKind.SIGN_OFF]
    issuer = _issuer(title, head, sign_offs)
    date = _date(head, sign_offs)
    title_year = _TITLE_YEAR.search(title)
    number = next((m.group() for h in head if (m := _NUMBER.search(h)) and len(h) < 60), "")
    return Metadata(
        title=title,
        issuer=issuer,
        number=re.sub(r"\s", "", number),
        doc_type=doc_type_of(title),
        date=date,
        year=title_year.group(1) if title_year else date[:4],
        region=find_region(title, issuer, body),
    )


def _title_parts(text: Text) -> list[str]:
    return [re.sub(r"(?<=[:：])\s+", "", line.text) for line in text.title]


def _issuer(title: str, head: Sequence[str], sign_offs: Sequence[str]) -> str:
    for text in (*reversed(sign_offs), title):
        match = (_SIGNED if text is not title else _ISSUER_BEFORE).match(text)
        if match:
            return match["issuer"].strip()
    for line in head:
        if (
            len(line) <= 30
            and "：" not in line
            and re.fullmatch(
                r".{2,28}(?:政府|委员会|办公室|办公厅|市委|省委|县委|局|厅|文明办)(?:文件)?", line
            )
        ):
            return line.removesuffix("文件")
    return ""


def _date(head: Sequence[str], sign_offs: Sequence[str]) -> str:
    """Of the last sign-off, else of a line near the top that is little more than a date."""
    for line in reversed(sign_offs):
        if found := find_date(line):
            return found
    for line in head:
        if (
            len(line) <= 24
            and re.search(r"年.{1,3}月.{1,3}日", line)
            and (found := find_date(line))
        ):
            return found
    return ""


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
