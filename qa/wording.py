"""Words of a text in one form, so that two writings of the same thing compare equal.

三十五天 = 35天 = ３５天, 1,035 = 1035, 0.5亿元 = 5000万元, 百分之五 = 5％, 2023.4.24 = 2023年4月24日.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from corpus.dates import SHORT_DATE
from corpus.numerals import read_numeral
from corpus.simplify import search_form

#: What a sentence or clause ends with.
MARK = "，"
_NUMERALS = "〇○零一二两三四五六七八九十百千万亿"
#: A single Chinese numeral counts only in front of one of these: 三项, not 三农.
_COUNTED = frozenset("个人名位次家件条项起份篇期场户所处种类倍元岁支辆亩天日年月周层轮批季")
_MORE = "[余多]"
#: 3千克 are no 3000克.
_TIMES = "[十百千]?[万亿]{1,2}|[百千](?![克米瓦分帕])"
#: 35个工作日 = 35工作日; but 35个月 is not the month 35.
_MEASURE = "(?:个(?=工作日|小时|百分点|季度|星期))?"
_WORD = re.compile(
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
_BREAK = re.compile(r"\n")
_SPACE = re.compile(r"\s+")
_BRACKETS = {"（": 1, "(": 1, "）": -1, ")": -1}
_FACTORS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
#: Longer runs of digits are no amounts, and are compared as they stand.
_LONGEST_AMOUNT = 15


class Word(NamedTuple):
    """A number, a Latin word, a character or a mark.

    Attributes:
        form: what is compared: digits without leading zeros and separators, 「%」, a simplified
            character, ``MARK``.
        start: offset of its first character in the text.
        end: offset after its last one.
        fresh: a mark or the end of a line stands before it, or nothing.
        aside: it stands in round brackets.
    """

    form: str
    start: int
    end: int
    fresh: bool
    aside: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it is a number in digits."""
        return self.form[0].isdecimal()


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text; quotation marks, brackets, masks and white space are none."""
    form = "".join(_plain(c) for c in search_form(text))
    found: list[Word] = []
    end = depth = 0
    fresh = True
    for match in _WORD.finditer(form):
        depth = max(depth + _BRACKETS.get(match.group(), 0), 0)
        fresh = fresh or _BREAK.search(form, end, match.start()) is not None
        end = match.end()
        for part in _forms(match, form):
            found.append(Word(part, match.start(), match.end(), fresh, depth > 0))
            fresh = part == MARK
    return tuple(found)


def _plain(character: str) -> str:
    """Lower case, as long as it was; 著 is 着 in every place, as its neighbours may be cut off."""
    lower = character.lower()
    return "着" if character == "著" else lower if len(lower) == 1 else character


def _forms(match: re.Match[str], text: str) -> Iterator[str]:
    if match["date"]:
        for part, unit in (("short_year", "年"), ("short_month", "月"), ("short_day", "日")):
            yield from (_amount(match[part]), unit)
    elif match["hour"]:
        yield from (_amount(match["hour"]), "时", _amount(match["minute"]), "分")
    elif match["share"]:
        value = _numeral(match["share"])
        yield from (value, "%") if value else ("百", "分", "之", *match["share"])
    elif match["number"]:
        yield _amount(match["number"], match["times"] or "")
        if match["more"] or match["over"]:
            yield "余"
    elif match["numeral"]:
        value = _numeral(
            match["numeral"], _SPACE.sub("", text[match.end("beyond") : match.end() + 3])
        )
        yield from (value,) if value else match["numeral"]
        if match["beyond"]:
            yield "余" if value else match["beyond"]
        if not value and match.end() > match.end("beyond"):
            yield "个"
    else:
        yield from _other(match)


def _other(match: re.Match[str]) -> Iterator[str]:
    kind = match.lastgroup
    if kind == "latin":
        yield match.group()
    elif kind == "range":
        yield "至"
    elif kind == "minus":
        yield "-"
    elif kind == "stop":
        yield MARK
    elif kind == "colon":
        yield ":"
    elif kind == "percent":
        yield "%"
    elif match.group() in "、‰" or not _says_nothing(match.group()):
        yield match.group()


def _says_nothing(character: str) -> bool:
    """Whether it is punctuation, white space or invisible; a symbol (≥, ℃) is none of these."""
    category = unicodedata.category(character)
    return category[0] in "PZ" or category in ("Cc", "Cf")


def _numeral(written: str, behind: str | None = None) -> str:
    """The number that numerals write, or "" where they are characters like others: 十四五, 三农."""
    if written[0].isdecimal():
        return _amount(written)
    # Two digits side by side mostly count both: 二三季度.
    alone = behind is not None and len(written) == 1 and behind[:1] not in _COUNTED
    by_digits = len(written) == 2 and not set(written) & set("十百千万亿")
    value = None if alone or by_digits else read_numeral(written)
    return "" if value is None else str(value)


def _amount(digits: str, times: str = "") -> str:
    plain = digits.replace(",", "")
    whole, _, fraction = plain.partition(".")
    # 「0411」 is part of a telephone number.
    if len(whole) > _LONGEST_AMOUNT or len(fraction) > _LONGEST_AMOUNT or re.match(r"0\d\d", whole):
        return plain + times
    value = Decimal(plain)
    for factor in times:
        value *= _FACTORS[factor]
    return format(value.normalize(), "f") if value else "0"
