"""Dates as documents write them: 2023年4月24日, 二〇二三年四月二十四日, 2023.4.24."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.language.numerals import DIGITS, read_numeral

_NUMERAL_YEAR = "[二一][〇○零一二三四五六七八九]{3}"
#: Without 年 only a whole date is one: 「2023.4」 may be a number.
SHORT_DATE = (
    r"(?<!\d)(?P<short_year>(?:19|20)\d{2})(?P<mark>[.．/-])\s?(?P<short_month>\d{1,2})"
    r"(?P=mark)\s?(?P<short_day>\d{1,2})(?!\d)"
)
_DATE = re.compile(
    rf"(?P<year>(?:19|20)\d{{2}}|{_NUMERAL_YEAR})\s*年"
    r"(?:\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月(?:\s*(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日)?)?"
    rf"|{SHORT_DATE}"
)
#: 「2024—2026年」 begins in 2024.
_YEAR = re.compile(
    rf"(?P<year>(?:19|20)\d{{2}}|{_NUMERAL_YEAR})\s*(?:[-—－~～至]+\s*(?:(?:19|20)\d{{2}}|{_NUMERAL_YEAR}))?\s*学?年"
)


class DateFound(NamedTuple):
    """A date and where it stands.

    Attributes:
        value: ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``.
        start: offset of its first character.
        end: offset after its last one.
        year_end: offset after the digits of its year.
    """

    value: str
    start: int
    end: int
    year_end: int


def chinese_number(text: str) -> int:
    """「十二」 → 12, 「二十一」 → 21, 「7」 → 7; 0 for what is no number."""
    return int(text) if text.isdigit() else read_numeral(text) or 0


def _year(written: str) -> str:
    return "".join(str(DIGITS.get(c, c)) for c in written)


def locate_date(text: str) -> DateFound | None:
    """The first date in ``text``; a month or day that no calendar has is left off."""
    match = _DATE.search(text)
    if not match:
        return None
    written = match["year"] or match["short_year"]
    value = _year(written)
    year_end = match.start() + len(written)
    month = chinese_number(match["month"] or match["short_month"] or "0")
    if 1 <= month <= 12:
        value += f"-{month:02d}"
        day = chinese_number(match["day"] or match["short_day"] or "0")
        if 1 <= day <= 31:
            value += f"-{day:02d}"
    return DateFound(value, match.start(), match.end(), year_end)


def find_year(text: str) -> DateFound | None:
    """The first year in ``text``, that of a span of years its first: 「2024—2026年」 → 2024."""
    match = _YEAR.search(text)
    if not match:
        return None
    value = _year(match["year"])
    return DateFound(value, match.start(), match.end(), match.end("year"))


def find_date(text: str) -> str:
    """The first date in ``text`` as ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``; "" without one."""
    found = locate_date(text)
    return found.value if found else ""
