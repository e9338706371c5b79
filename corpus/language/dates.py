"""Dates as documents write them: 2023年4月24日, 二〇二三年四月, 2023.4.24, 6月上旬, 年底前."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.language.characters import MASK
from corpus.language.numerals import DIGITS, ORDINAL, YEAR_DIGIT, read_count
from corpus.language.simplification import to_simplified

#: Words for times, of which patterns of other modules are made, too.
QUARTER, HALF_YEAR, YEARLY, FOLLOWING_YEAR, MONTH_WORD = "季度", "半年", "年度", "次年", "月份?"
SINCE, BEFORE_THEN, NOW, FROM_TODAY, THIRD_OF_MONTH = "以来", "之前", "现在", "即日", "[上中下]旬"
#: A year in digits, a year in characters, either; for patterns.
YEAR = r"(?:19|20)\d{2}"
#: Those of other scripts are typed for 〇, too: 「二O二四年」.
_ROUND = "OoＯｏ0０◯Οο"
HAN_YEAR = f"[二一][{YEAR_DIGIT}{_ROUND}]{{3}}"
ANY_YEAR = f"(?:{YEAR}|{HAN_YEAR})"
#: A day or a month wherever one may stand, its year perhaps masked or misread: 「20xx年5月8日」.
DAY = rf"[\d{YEAR_DIGIT}{_ROUND}十{MASK}]{{4,5}}\s*年\s*.{{1,3}}\s*月\s*.{{1,3}}\s*日"
MONTH = r"\d{4}年\d{1,2}月"
#: A day, or a month alone, of a whole year: 「二〇二四年三月」.
DAY_OR_MONTH = rf"(?:\d{{4}}|{HAN_YEAR})\s*年\s*.{{1,3}}\s*月(?:\s*.{{1,3}}\s*日)?"
#: Without 年 only a whole date is one: 「2023.4」 may be a number.
SHORT_DATE = (
    rf"(?<!\d)(?P<short_year>{YEAR})(?P<mark>[.．/-])\s?(?P<short_month>\d{{1,2}})"
    r"(?P=mark)\s?(?P<short_day>\d{1,2})(?!\d)"
)
#: A year as a question names it.
NAMED_YEAR = re.compile(rf"(?<!\d)({YEAR})(?:{YEARLY}|年|(?!\d))")
#: A year and what joins it to the last one of a span: 「2024—2026年」.
SPAN_MARK = "[-—－–~～至]"
_NUMBER = rf"(?:\d{{1,2}}|[{ORDINAL}]{{1,3}})"
_DATE = re.compile(
    rf"(?P<year>{ANY_YEAR})\s*年(?:\s*(?P<month>{_NUMBER})\s*月(?:\s*(?P<day>{_NUMBER})\s*日)?)?"
    rf"|{SHORT_DATE}"
)
#: 「2024—2026年」 begins in 2024.
_YEAR = re.compile(rf"(?P<year>{ANY_YEAR})\s*(?:{SPAN_MARK}+\s*{ANY_YEAR})?\s*学?年")
#: A part of a year or month; 「底」 and 「末」 of the one named before.
_PART = f"{THIRD_OF_MONTH}|[上下]{HALF_YEAR}|第?[一二三四1-4]个?{QUARTER}|[年月]?(?:[底末]|初(?![步级中次期]))"
_WRITTEN = re.compile(
    rf"{SHORT_DATE}|(?<!\d)(?P<iso>{YEAR}-(?:0[1-9]|1[0-2]))(?![\d-])"
    rf"|(?:(?<![\d{YEAR_DIGIT}])(?P<year>{ANY_YEAR})\s?(?:{YEARLY}|年)\s?)?"
    rf"(?:(?<![\d{ORDINAL}])(?P<month>{_NUMBER})\s?{MONTH_WORD}(?:\s?(?P<day>{_NUMBER})\s?[日号])?)?"
    rf"(?P<part>{_PART})?(?P<until>(?<=.)[之以]?前)?"
)


@dataclass(frozen=True)
class WrittenDate:
    """A date as far as the words give it.

    Attributes:
        value: ``2024-06-08``, ``2024-06`` or ``2024``; ``--06-08`` or ``--06`` without a year
            (ISO 8601:2000), "" where only ``part`` is written.
        start: offset of its first character.
        end: offset after its last one.
        part: 上旬, 底, 上半年, 二季度; "" for the whole.
        until: whether 前 stands behind it.
        year_end: offset after the digits of its year, 0 where it is not looked for.
    """

    value: str
    start: int
    end: int
    part: str = ""
    until: bool = False
    year_end: int = 0


def locate_date(text: str) -> WrittenDate | None:
    """The first date in ``text``; a month or day that no calendar has is left off."""
    match = _DATE.search(text)
    if not match:
        return None
    written = match["year"] or match["short_year"]
    value = _value(
        written, match["month"] or match["short_month"], match["day"] or match["short_day"]
    )
    return WrittenDate(value, *match.span(), year_end=match.start() + len(written))


def find_year(text: str) -> WrittenDate | None:
    """The first year in ``text``, that of a span of years its first: 「2024—2026年」 → 2024."""
    match = _YEAR.search(text)
    if not match:
        return None
    return WrittenDate(_value(match["year"]), *match.span(), year_end=match.end("year"))


def find_dates(text: str) -> Iterator[WrittenDate]:
    """Every date in ``text`` in order, also those without a year or with no number at all."""
    for match in _WRITTEN.finditer(to_simplified(text)):
        month, day = match["month"] or match["short_month"], match["day"] or match["short_day"]
        value = match["iso"] or _value(match["year"] or match["short_year"] or "", month, day)
        part = (match["part"] or "").removeprefix("第").lstrip("年月")
        alone = not value and match["part"]
        # 「底」 and 「末」 alone are no dates, 「年底」 is.
        if value or (alone and len(alone) > 1):
            yield WrittenDate(value, *match.span(), part, match["until"] is not None)


def _value(year: str, month: str | None = None, day: str | None = None) -> str:
    value = "".join(str(DIGITS.get(c, "0" if c in _ROUND else c)) for c in year)
    of_year = read_count(month or "0")
    if not 1 <= of_year <= 12:
        return value
    of_month = read_count(day or "0")
    return f"{value or '-'}-{of_year:02d}" + (f"-{of_month:02d}" if 1 <= of_month <= 31 else "")
