"""Amounts read once: 「二百元」, 「2百元」 and 「200元」 are one ``Quantity``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from corpus.language.dates import SPAN_MARK, find_dates
from corpus.language.numerals import (
    FACTORS,
    NUMERAL,
    YEAR_DIGIT,
    ZEROS,
    multiplier,
    read_decimal,
    read_digits,
    read_numeral,
)
from corpus.language.simplification import to_simplified
from corpus.language.units import ABOUT_BEFORE, ABOUT_BEHIND, UNIT, UNITS

#: What stands behind digits and multiplies them; 「3千克」 is no 3000克.
TIMES = "[十百千](?![克米瓦分帕])[万亿]?|[万亿]{1,2}"
#: Longer runs of digits are identifiers.
_DIGITS = r"\d{1,3}(?:,\d{3}){1,4}(?!\d)(?:[.．]\d{1,8})?|\d{1,15}(?!\d)(?:[.．]\d{1,8})?"
_QUANTITY = re.compile(
    r"(?:(?P<share>[百千万])分之)?(?P<minus>零下|负|(?<![^\s，。、：；（(为是达至到约])[-−])?"
    rf"(?:(?<![\d.．A-Za-z])(?P<digits>{_DIGITS})(?P<more>[余多])?(?P<times>{TIMES})?"
    r"(?:(?P<rest>\d{1,4})(?P<rest_times>[百千万]))?"
    rf"|(?<![第{NUMERAL}])(?P<numeral>[{NUMERAL}]{{1,23}}(?:点[{NUMERAL}]{{1,8}})?))"
    rf"(?P<over>[余多])?[ ]?(?P<unit>{UNIT})?(?:(?<=成)(?P<tenths>[{YEAR_DIGIT}]))?"
)
_RANGE = re.compile(rf"\s?(?:{SPAN_MARK}|到)\s?")
_SHARES = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}


@dataclass(frozen=True)
class Quantity:
    """An amount as a text states it.

    Attributes:
        value: in ``unit``: 12000 for 「1.2万㎡」.
        unit: the unit that amounts are compared in, 「平方米」; "" for a bare number.
        start: offset of its first character.
        end: offset after its last one, which is mostly the unit's.
        approximate: whether 约, 余, 以上 or the like make it an estimate or a bound.
    """

    value: Decimal
    unit: str
    start: int
    end: int
    approximate: bool = False

    def equals(self, other: Quantity) -> bool:
        """Whether both are the same amount of the same unit, wherever they stand."""
        return (self.value, self.unit) == (other.value, other.unit)


def find_quantities(text: str) -> list[Quantity]:
    """The amounts in ``text`` in order; dates, ordinals and numerals that count nothing are none.

    The lower end of a range has the unit of the upper one: 「3至5万元」 is 30000元 and 50000元.
    """
    form = to_simplified(text)
    dates = iter([(d.start, d.end) for d in find_dates(form) if d.value])
    date = next(dates, None)
    found: list[tuple[Quantity, re.Match[str]]] = []
    for match in _QUANTITY.finditer(form):
        while date and date[1] <= match.start():
            date = next(dates, None)
        ordinal = form.endswith("第", 0, match.start())
        value = None if ordinal else _value(match)
        if value is not None and not (date and date[0] < match.end()):
            found.append((_quantity(form, match, value), match))
    return list(_with_ranges(form, found))


def read_quantity(text: str) -> Quantity | None:
    """The one amount that ``text`` is, or None: 「200元」, not 「补助200元」."""
    found = find_quantities(text)
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(text))
    return found[0] if whole else None


def _value(match: re.Match[str]) -> Decimal | None:
    """The number in front of the unit, or None where the characters write none."""
    if match["digits"]:
        value = read_digits(match["digits"], match["times"])
        return value + read_digits(match["rest"] or "0", match["rest_times"])
    numeral = match["numeral"]
    if match["share"] and numeral == "百":
        return Decimal(100)
    # Two digits side by side mostly count both: 「二三季度」.
    if len(numeral) > 1 and not set(numeral) & {*FACTORS, "点", *ZEROS}:
        return None
    return read_decimal(numeral)


def _quantity(form: str, match: re.Match[str], value: Decimal) -> Quantity:
    start, end = match.span()
    unit = UNITS.get(match["unit"] or "")
    name = unit.name if unit else ""
    if match["tenths"]:
        value += Decimal(read_numeral(match["tenths"]) or 0) / 10
    if match["share"]:
        value, name = value * _SHARES[match["share"]], "%"
        end = match.start("unit") if unit else end
    elif unit:
        value *= unit.factor
    about = (
        match["more"] or match["over"] or form.endswith(ABOUT_BEFORE, 0, start)
        or form.startswith(ABOUT_BEHIND, end)
    )  # fmt: skip
    return Quantity(-value if match["minus"] else value, name, start, end, bool(about))


def _with_ranges(form: str, found: list[tuple[Quantity, re.Match[str]]]) -> Iterator[Quantity]:
    """The amounts, the lower end of a range with its unit; numerals that count nothing left out."""
    for (own, match), (other, above) in pairwise([*found, *found[-1:]]):
        joined = own.end < other.start and _RANGE.fullmatch(form, own.end, other.start)
        if not own.unit and other.unit and joined:
            factor = multiplier(above["times"])
            scaled = not match["times"] and own.value * factor < other.value
            yield replace(own, unit=other.unit, value=own.value * (factor if scaled else 1))
        elif own.unit or match["digits"]:
            yield own
