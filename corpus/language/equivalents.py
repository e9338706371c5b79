"""One form for what documents and questions write in several: units, dates in characters, 文号.

The forms are for comparing and searching alone; they are not as long as the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.language.characters import HAN
from corpus.language.dates import HAN_YEAR, YEAR
from corpus.language.numerals import DIGITS, FACTORS, ORDINAL, read_count
from corpus.language.quantities import UNITS

#: Signs and abbreviations of units, by the words that are searched for.
_UNIT_SIGNS = {
    sign: UNITS[sign].name for sign in "㎡ m² m2 ㎥ m³ m3 km² km2 km hm² kg mm cm ℃".split()
} | {
    sign: UNITS[same].name
    for sign, same in (("㎞", "km"), ("hm2", "hm²"), ("㎏", "kg"), ("㎜", "mm"), ("㎝", "cm"))
}
#: A sign stands for itself anywhere, letters only behind a number and a multiplier.
_FACTORS = "".join(FACTORS)
_UNIT_SIGN = re.compile(
    rf"(?<=[0-9０-９{_FACTORS}])\s?(?P<letters>[kh]?m[²³23]|km|kg|mm|cm)(?![A-Za-z0-9])"
    r"|(?P<sign>[㎡㎥㎞㎏㎜㎝℃]|m[²³])"
)
_HAN_DATE = re.compile(
    rf"(?P<year>{HAN_YEAR})年(?:(?P<month>[{ORDINAL}]{{1,3}})月(?:(?P<day>[{ORDINAL}]{{1,3}})(?:日|号))?)?"
)
#: A 文号 as a person types it: in any brackets or none, with or without 第 and 号.
_NAMED_NUMBER = re.compile(
    rf"(?P<code>[{HAN}A-Z]{{1,16}})\s?(?:[〔\[［（(【]\s*(?P<year>{YEAR})\s*[〕\]］）)】]"
    rf"|\s?(?P<plain>{YEAR})(?=\s?第|\s))\s*(?P<nth>第)?\s*(?P<count>\d{{1,5}})(?!\d)\s*号?"
)


def plain_values(text: str) -> str:
    """A text with its units as words and its dates in digits: 「3.5万㎡」 → 3.5万平方米,
    「二○二二年一月三十一日」 → 2022年1月31日.
    """
    text = _UNIT_SIGN.sub(lambda m: _UNIT_SIGNS[m["letters"] or m["sign"]], text)
    return _HAN_DATE.sub(_in_digits, text)


def _in_digits(match: re.Match[str]) -> str:
    # What is no numeral in a year is one of the signs that people type for zero.
    year = "".join(str(DIGITS.get(c, 0)) for c in match["year"])
    month, day = (read_count(match[part] or "") for part in ("month", "day"))
    if (match["month"] and not month) or (match["day"] and not day):
        return match.group()
    return (
        f"{year}年" + (f"{month}月" if month else "") + (f"{day}{match.group()[-1]}" if day else "")
    )


@dataclass(frozen=True)
class NamedNumber:
    """A document's number (文号) as a text names it.

    Attributes:
        text: as it is written there.
        code: the characters in front of the year; words before them may be among them.
        year: four digits.
        count: the number within the year, without leading zeros.
    """

    text: str
    code: str
    year: str
    count: str

    def same(self, other: NamedNumber) -> bool:
        """Whether both are one document's, whatever the brackets."""
        return (self.year, self.count) == (other.year, other.count) and self.same_code(other)

    def same_code(self, other: NamedNumber) -> bool:
        """Whether both are of one series."""
        return self.code.endswith(other.code) or other.code.endswith(self.code)


def numbers_in(text: str) -> tuple[NamedNumber, ...]:
    """The document numbers that a text names, in order: 「国办发[2020] 3号」, 「国办发（2020）第3号」."""
    return tuple(
        NamedNumber(m.group().strip(), m["code"], m["year"] or m["plain"], str(int(m["count"])))
        for m in _NAMED_NUMBER.finditer(text)
    )
