"""How a workbook shows a cell: dates, percentages and numbers as people see them."""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from corpus.readers.encoding import clean_characters

_QUOTED = re.compile(r'"([^"]*)"')
# [Red], [>=100], [$-804]; [$¥-804] keeps its sign.
_BRACKET = re.compile(r"\[(?:\$([^\-\]]*)[^\]]*|[^\]]*)\]")
# A space as wide as a character, filling, an escaped character.
_SPACING = re.compile(r"_.|\*.")
_ESCAPED = re.compile(r"\\(.)")
_NUMBER = re.compile(r"(#,##|[#0?,])*[0#?](?:\.[0#?]+)?")
_DAY = re.compile(r"d", re.IGNORECASE)
_CLOCK = re.compile(r"[hs]", re.IGNORECASE)
_LONGEST = 32_767  # characters a cell can hold


def shown(value: Any, number_format: str) -> str:
    """A cell's value as the program shows it, on one line.

    Dates are written 2024年2月5日, without the day where the format shows none; errors (#N/A) and
    empty cells give an empty string.

    Args:
        value: what openpyxl read: text, number, truth value, date, time or duration.
        number_format: the cell's format, e.g. ``0.00%`` or ``#,##0.00"万元"``.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, number_format)
    if isinstance(value, datetime.time):
        return f"{value.hour}:{value.minute:02d}" + (f":{value.second:02d}" if value.second else "")
    if isinstance(value, datetime.timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, int | float):
        return _number(value, number_format)
    return " ".join(clean_characters(str(value))[:_LONGEST].split("\n")).strip()


def _date(value: datetime.date, number_format: str) -> str:
    bare = _BRACKET.sub("", _QUOTED.sub("", number_format))
    if not _DAY.search(bare) and not _CLOCK.search(bare):
        month = "m" in bare.lower()
        return f"{value.year}年{value.month}月" if month else f"{value.year}年"
    text = f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, datetime.datetime) and (value.hour or value.minute):
        text += f" {value.hour}:{value.minute:02d}"
    return text


def _number(value: float, number_format: str) -> str:
    if isinstance(value, float) and (value != value or abs(value) == float("inf")):  # noqa: PLR0124
        return ""
    section = _BRACKET.sub(lambda m: m.group(1) or "", number_format.split(";", maxsplit=1)[0])
    literals: list[str] = []

    def keep(found: re.Match[str]) -> str:
        literals.append(found.group(1))
        return "\x00"

    # Literal text stands aside, so that a 0 or a % in it counts for nothing.
    section = _SPACING.sub("", _ESCAPED.sub(keep, _QUOTED.sub(keep, section)))
    found = _NUMBER.search(section)
    if found is None or re.search(r"general|[eE/@!]", section, re.IGNORECASE):
        return plain_number(value)
    before, after = section[: found.start()], section[found.end() :]
    if _NUMBER.search(after):
        return plain_number(value)
    text = _by_pattern(value, found.group(), percent="%" in before + after, after=after)
    around = [_restore(part.rstrip(","), literals) for part in (before, after)]
    return (around[0] + text + around[1]).strip()


def _by_pattern(value: float, pattern: str, percent: bool, after: str) -> str:
    try:
        exact = Decimal(str(value)) * (100 if percent else 1)
        scale = len(pattern) - len(pattern.rstrip(",")) + len(after) - len(after.lstrip(","))
        exact /= Decimal(1000) ** scale
        decimals = len(pattern.partition(".")[2].rstrip(","))
        least = pattern.partition(".")[2].count("0")
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    except InvalidOperation:
        return plain_number(value)
    whole = pattern.partition(".")[0]
    text = f"{exact:,f}" if "," in whole.rstrip(",") else f"{exact:f}"
    if decimals > least:
        head, _, tail = text.partition(".")
        tail = tail[:least] + tail[least:].rstrip("0")
        text = f"{head}.{tail}" if tail else head
    # 0001 keeps its zeros; it is a number of a list, not a quantity.
    zeros = whole.count("0")
    return text.zfill(zeros) if zeros > 1 and "," not in whole and "." not in text else text


def _restore(part: str, literals: list[str]) -> str:
    return "".join(literals.pop(0) if char == "\x00" and literals else char for char in part)


def plain_number(value: float) -> str:
    """A number without a format: whole numbers in full, others with up to 11 digits.

    Args:
        value: a finite number.
    """
    if isinstance(value, int) or value.is_integer():
        # Numbers of a person or an account have 18 digits; no exponent is written for them.
        return str(int(value)) if abs(value) < 1e21 else f"{value:.10g}"
    text = f"{value:.11g}"
    return f"{Decimal(text):f}" if "e" in text and abs(value) > 1e-12 else text
