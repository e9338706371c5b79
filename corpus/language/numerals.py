"""Numbers in Chinese characters, read and written: 三十五 = 35, 一万二千 = 12000, 二〇二四 = 2024."""

from __future__ import annotations

from decimal import Decimal
from math import prod

_WRITTEN = "〇一二三四五六七八九"
#: Digits by the characters that write them.
DIGITS = {c: i for i, c in enumerate(_WRITTEN)} | {"零": 0, "○": 0, "两": 2}
#: Digits of a year or a number written one by one, for a character class.
YEAR_DIGIT = f"{_WRITTEN}○零"
#: What numbers chapters, points, months and days, for a character class.
ORDINAL = f"{_WRITTEN}零十百"
#: All that a numeral is written with, for a character class.
NUMERAL = f"{YEAR_DIGIT}两十百千万亿"
#: What the characters behind digits multiply them by: 「1.2万」.
FACTORS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_TENS = {mark: size for mark, size in FACTORS.items() if size < 10**4}
#: No count is written longer: 「九千九百九十九亿九千九百九十九万九千九百九十九」.
LONGEST_NUMERAL = 23
#: The ways to write a digit 0.
ZEROS = frozenset("〇○零")
_CAPITALS = str.maketrans(f"{_WRITTEN}十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_PLACES = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))


def read_numeral(text: str) -> int | None:
    """The number that characters write, or None where they write none: 「十四五」, 「千万」, 「」.

    Characters without 十百千万亿 are read one by one, as in years: 「二〇二四」 → 2024.
    """
    if not 0 < len(text) <= LONGEST_NUMERAL or any(
        c not in DIGITS and c not in FACTORS for c in text
    ):
        return None
    if all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = 0
    rest = text
    for mark in "亿万":
        head, found, tail = rest.rpartition(mark)
        if found:
            value = read_numeral(head) if "万" in head else _below_ten_thousand(head)
            if not value:
                return None
            total, rest = total + value * FACTORS[mark], tail
    if not rest:
        return total
    if total and len(rest) == 1:
        return None  # 「一万二」: 10002 or 12000
    last = _below_ten_thousand(rest)
    return None if last is None else total + last


def read_count(text: str) -> int:
    """A count in digits or characters: 「7」 → 7, 「二十一」 → 21; 0 for what is none."""
    return int(text) if text.isdecimal() else read_numeral(text) or 0


def multiplier(times: str | None) -> int:
    """What the characters behind digits multiply them by: 「百万」 → 1000000; 1 without any."""
    return prod(FACTORS[mark] for mark in times or "")


def read_digits(digits: str, times: str | None = "") -> Decimal:
    """An amount in digits, with commas or without, and what multiplies it: 「1.2」, 「万」 → 12000."""
    return Decimal(digits.replace(",", "").replace("．", ".")) * multiplier(times)


def read_decimal(text: str) -> Decimal | None:
    """A numeral that may have a fraction: 「三点五」 → 3.5, 「十二」 → 12; None for what is none."""
    whole, point, fraction = text.partition("点")
    number = read_numeral(whole)
    if number is None or not point:
        return None if number is None else Decimal(number)
    digits = "".join(str(DIGITS.get(c, "")) for c in fraction)
    return Decimal(f"{number}.{digits}") if 0 < len(digits) == len(fraction) else None


def _below_ten_thousand(text: str) -> int | None:
    """「二百零三」 → 203, 「十五」 → 15; None where the places do not fall or a digit has none."""
    total, digit, place = 0, None, 10**4
    for i, c in enumerate(text):
        if c in DIGITS:
            if digit or (digit == 0 and DIGITS[c] == 0):
                return None
            digit = DIGITS[c]
        elif c in _TENS and _TENS[c] < place:
            place = _TENS[c]
            # Only 「十」 stands without a digit in front, and only at the head.
            if not digit and not (c == "十" and i == 0):
                return None
            total, digit = total + (digit or 1) * place, None
        else:
            return None
    if digit is None:
        return total if text else None
    # 「一百二」 leaves open whether 102 or 120 is meant.
    return total + digit if place <= 10 or set(text) & ZEROS or not total else None


def write_numeral(number: int) -> str:
    """A number from 0 to 10¹² as it is written out: 10 → 十, 105 → 一百零五, 12000 → 一万二千."""
    if number == 0:
        return "零"
    text = ""
    for mark in ("亿", "万", ""):
        size = FACTORS.get(mark, 1)
        group, number = divmod(number, size)
        if not group:
            continue
        # A gap in the places is read out: 一万零三.
        text += "零" if text and group < 1000 else ""
        text += (write_numeral(group) if group >= 10**4 else _four_places(group)) + mark
    return text.removeprefix("一") if text.startswith("一十") else text


def _four_places(number: int) -> str:
    text = ""
    for size, name in _PLACES:
        digit = number // size % 10
        if digit:
            text += _WRITTEN[digit] + name
        elif text and number % size and not text.endswith("零"):
            text += "零"
    return text


def write_capitals(numeral: str) -> str:
    """A numeral in the characters that cheques ask for: 一百零五 → 壹佰零伍."""
    return numeral.translate(_CAPITALS)


def write_digits(number: int | str) -> str:
    """A number with its digits one by one, as a year is written: 2024 → 二〇二四."""
    return "".join(_WRITTEN[int(digit)] for digit in str(number))
