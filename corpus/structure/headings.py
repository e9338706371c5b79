"""Numbering of Chinese official documents: 第一章, 一、, （一）, 1., (1), 一是."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMERAL = "[一二三四五六七八九十百零〇]{1,4}"
#: Outermost first; the order says which numbering encloses which (GB/T 9704 for 一、（一）1.（1）).
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第{_NUMERAL}(?:编|部分|篇)")),
    ("chapter", re.compile(rf"第{_NUMERAL}章")),
    ("section", re.compile(rf"第{_NUMERAL}节")),
    ("article", re.compile(rf"第{_NUMERAL}条")),
    ("numeral", re.compile(rf"{_NUMERAL}[、．.]\s*")),
    ("bracketed numeral", re.compile(rf"[（(]{_NUMERAL}[）)]\s*、?")),
    ("digit", re.compile(r"\d{1,2}[、．.](?!\d)\s*")),
    ("bracketed digit", re.compile(r"[（(]\d{1,2}[）)]\s*|[①-⑳]\s*|\d{1,2}[)）]")),
)
_ITEM = re.compile(
    rf"(?:{_NUMERAL}|\d{{1,2}})(?:是|要|则)|第{_NUMERAL}(?:个是|[，,]|是)|[·•●■◆▪\-—]\s*(?=[^\d—])"
)
#: How the name of a body ends that issues documents.
ORGAN_END = (
    "(?:政府|国务院|中央|委员会|常委会|(?<!常)委|党组|政协|办公室|办公厅|(?<![主承协督创举兴停特上通网代帮快联好难么包急交申经采应样以])办|办事处|局|厅|署"
    "|(?<![干内全外局各东西中南北])部|法院|检察院|总工会|妇联|残联|工商联|联合会|协会|学会|研究会|银行|集团|公司|大学|学院|医院"
    "|支队|总队|大队|小组|指挥部|中心|联席会议)"
)
_DAY = r"(?:\d{4}|[二〇○零一三四五六七八九十xX×\d]{4,5})年.{1,3}月.{1,3}日"
_MONTH = r"\d{4}年\d{1,2}月"
#: 「中共德州市委2023年4月24日」: who signs and when, at the end of a text.
SIGN_OFF = re.compile(rf"(?:.{{2,40}}{ORGAN_END})?\s*{_DAY}")
#: One or several bodies on a line of their own: 「霖川市民政局 霖川市财政局」.
SIGNER = re.compile(
    rf"[\u4e00-\u9fff]{{2,30}}{ORGAN_END}(?:\s[\u4e00-\u9fff]{{2,30}}{ORGAN_END}){{0,5}}"
)
#: What stands around a title and heads nothing: number, issue, date, name of the issuing body.
MASTHEAD = re.compile(
    r"[\u4e00-\u9fffA-Z]{1,12}[〔\[（(【]\s*\d{4}\s*[〕\]）)】]\s*第?\s*\d{1,5}\s*号"
    r"|[（(]?(?:\d{4}年)?\s*第\s*\d{1,5}\s*号[）)]?"
    r"|[（(]?(?:\d{4}年)?(?:总)?第\s*[\d一二三四五六七八九十]{1,4}\s*期[）)]?"
    rf"|[（(]?(?:{_DAY}|{_MONTH}|\d{{4}}([./-])\d{{1,2}}\1\d{{1,2}})[）)]?"
    rf"|[（(]{_DAY}[^。；]{{2,60}}(?:通过|批准|公布|发布|印发)[^。；]{{0,80}}[）)]"
    rf"|.{{2,40}}(?:编|编印|编发|主办|印发)\s*(?:{_DAY}|{_MONTH})"
    rf"|.{{2,40}}{ORGAN_END}文件|[（(]?(?:内部交流|内部资料|征求意见稿|试行|草案|此件.{{2,8}})[）)]?"
)
#: 「同志们：」 on a line of its own opens a speech; a web page may have damaged its first character.
GREETING = re.compile(
    r"[?？]?(?:(?:各位)?(?:尊敬的|亲爱的)?(?:同志们|朋友们)|各位(?:领导|代表|委员|来宾|同事|同志)[^。，；：]{0,20})[：:]。?"
)
KINDS: tuple[str, ...] = tuple(kind for kind, _ in _PATTERNS)


@dataclass(frozen=True)
class Marker:
    """The number at the start of a line.

    Attributes:
        kind: one of ``KINDS``.
        end: where the number ends and its words begin.
    """

    kind: str
    end: int

    @property
    def depth(self) -> int:
        """Position of the kind from the outermost, from 0."""
        return KINDS.index(self.kind)


def find_marker(text: str) -> Marker | None:
    """The number a line starts with, or None: 「（二）加强领导」 → bracketed numeral."""
    for kind, pattern in _PATTERNS:
        match = pattern.match(text)
        if match:
            return Marker(kind, match.end())
    return None


def is_item(text: str) -> bool:
    """Whether a line begins like one of an enumeration: 「一是…」, 「第二，…」, 「• …」."""
    return _ITEM.match(text) is not None
