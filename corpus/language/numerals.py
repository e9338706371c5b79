"""Numbers written in Chinese characters: 三十五 = 35, 一万二千 = 12000, 二〇二四 = 2024."""

from __future__ import annotations

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = frozenset("万亿")
#: No count is written longer: 「九千九百九十九万九千九百九十九」.
_LONGEST = 16


def read_numeral(text: str) -> int | None:
    """The number that characters write, or None where they write none: 「十四五」, 「千万」, 「」.

    Characters without 十百千万亿 are read one by one, as in years: 「二〇二四」 → 2024.
    """
    if not 0 < len(text) <= _LONGEST or any(
        c not in DIGITS and c not in _TENS and c not in _GROUPS for c in text
    ):
        return None
    if all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = 0
    rest = text
    for mark, size in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = rest.rpartition(mark)
        if found:
            value = read_numeral(head) if "万" in head else _below_ten_thousand(head)
            if not value:
                return None
            total, rest = total + value * size, tail
    if not rest:
        return total
    last = _below_ten_thousand(rest)
    return None if last is None else total + last


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
    return total + digit if place <= 10 or "零" in text or "〇" in text or not total else None
