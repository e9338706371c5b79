"""A cell's value as the program shows it, by its number format (ECMA-376 part 1, 18.8.31)."""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from corpus.language.numerals import write_capitals, write_digits, write_numeral
from corpus.readers.encoding import clean_characters

_LONGEST = 32_767  # characters a cell can hold
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|\[(?P<bracket>[^\]]*)\]|_.|\*.|(?P<general>General|G/[\u4e00-\u9fff]+)'
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>[%‰])|(?P<power>[eE][+-])|(?P<slash>/)|(?P<text>@)"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
#: [>=100], [<0]
_CONDITION = re.compile(r"\s*(<=|>=|<>|<|>|=)\s*(-?\d{1,20}(?:\.\d{1,20})?)\s*")
_CURRENCY = re.compile(r"\$([^\-]*)(?:-.*)?")
_DATE_NOISE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DENOMINATOR = re.compile(r"[0#?]{1,4}|\d{1,4}")
_LONGEST_FORMAT = 500
#: Numbers of more places are no amounts; decimal arithmetic holds 28 digits.
_LARGEST = 18
#: More decimals than a double holds are noise of its binary form.
_DIGITS_OF_A_DOUBLE = 15
#: Formats that the Chinese versions build in without writing them down (numFmtId 27 to 58).
CHINESE_FORMATS = {
    **dict.fromkeys((27, 36, 50, 52, 57), "yyyy年m月"), **dict.fromkeys((28, 29, 51, 53, 54, 58), "m月d日"),
    30: "m-d-yy", 31: "yyyy年m月d日", **dict.fromkeys((32, 34, 55), "h时mm分"),
    **dict.fromkeys((33, 35, 56), "h时mm分ss秒"),
}  # fmt: skip


class _Token(NamedTuple):
    kind: str
    text: str


class _Section(NamedTuple):
    """One of the parts of a format that ``;`` sets apart.

    Attributes:
        tokens: what it is made of.
        condition: for which values it is, where it says so: an operator and a number.
        script: 1, 2 or 3 of [DBNum…], which writes numbers in Chinese characters; else 0.
    """

    tokens: tuple[_Token, ...]
    condition: tuple[str, Decimal] | None = None
    script: int = 0


def shown(value: Any, number_format: str) -> str:
    """A cell's value as the program shows it, on one line.

    Dates are written 2024年2月5日, without the day where the format shows none; ``None`` and what a
    format hides give an empty string. Large and small numbers are written in full: no exponent.

    Args:
        value: text, a number, a truth value, a date or a time.
        number_format: e.g. ``0.00%``, ``#,##0.00"万元"``, ``0!.0,"万元"``, ``[DBNum1]0``.
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
    if isinstance(value, int | float | Decimal):
        number = _exact(value)
        return "" if number is None else _number(number, number_format)
    text = " ".join(clean_characters(str(value))[:_LONGEST].split("\n")).strip()
    return _text(text, number_format) if text else ""


def plain_number(value: Decimal) -> str:
    """A number in full without a format: all digits of a whole one, of another at most 15."""
    if abs(value) >= Decimal(10) ** 30 or (value and abs(value) < Decimal(10) ** -12):
        return f"{value:.10g}"
    if value == value.to_integral_value():
        return str(int(value))
    with localcontext() as context:
        context.prec = _DIGITS_OF_A_DOUBLE
        text = f"{+value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _exact(value: float | Decimal) -> Decimal | None:
    """The decimal number of the shortest form; None for what is none (nan, infinity)."""
    try:
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 400 else None


def _date(value: datetime.date, number_format: str) -> str:
    letters = _DATE_NOISE.sub("", number_format[:_LONGEST_FORMAT]).lower()
    if not set("dhs") & set(letters):
        return f"{value.year}年{value.month}月" if "m" in letters else f"{value.year}年"
    text = f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, datetime.datetime) and (value.hour or value.minute):
        text += f" {value.hour}:{value.minute:02d}"
    return text


@lru_cache(maxsize=1000)
def _sections(number_format: str) -> tuple[_Section, ...]:
    made: list[_Section] = []
    tokens: list[_Token] = []
    condition: tuple[str, Decimal] | None = None
    script = 0
    for found in _TOKEN.finditer(number_format[:_LONGEST_FORMAT]):
        kind = found.lastgroup or ""
        text = found.group(kind) if kind else ""
        if kind == "other" and text == ";":
            made.append(_Section(tuple(tokens), condition, script))
            tokens, condition, script = [], None, 0
        elif kind == "bracket":
            if limit := _CONDITION.fullmatch(text):
                condition = limit.group(1), Decimal(limit.group(2))
            elif currency := _CURRENCY.fullmatch(text):
                tokens.append(_Token("literal", currency.group(1)))
            elif text.lower().startswith("dbnum") and text[5:6] in ("1", "2", "3"):
                script = int(text[5])
        elif kind in ("quoted", "escaped", "other"):
            tokens.append(_Token("literal", text))
        elif kind:
            tokens.append(_Token(kind, text))
    return (*made, _Section(tuple(tokens), condition, script))


def _text(text: str, number_format: str) -> str:
    """Text with what its format sets around it: 「第@号」."""
    if "@" not in number_format or number_format == "@":
        return "" if number_format.strip() == ";;;" else text
    section = _sections(number_format)[-1]
    if not any(token.kind == "text" for token in section.tokens):
        return text
    kept = (token for token in section.tokens if token.kind in ("text", "literal"))
    return "".join(text if token.kind == "text" else token.text for token in kept).strip()


def _number(value: Decimal, number_format: str) -> str:
    if number_format in ("General", "@"):
        return plain_number(value)
    sections = _sections(number_format)
    section, sign = _chosen(sections, value)
    kinds = [token.kind for token in section.tokens]
    if "power" in kinds or "text" in kinds:
        return plain_number(value)
    if not section.tokens:
        # 「0;-0;;@」 shows no zeros, 「;;;」 nothing at all.
        return "" if len(sections) > 1 else plain_number(value)
    size = abs(value)
    if size.adjusted() > _LARGEST:
        return plain_number(value)
    if "general" in kinds:
        written = _in_script(plain_number(size), section.script, whole=True)
        made = "".join(
            written if token.kind == "general" else token.text for token in section.tokens
        )
    elif "digit" not in kinds:
        return "".join(token.text for token in section.tokens).strip()
    elif "slash" in kinds:
        made = _fraction(size, section.tokens)
    else:
        made = _in_script(_by_places(size, section.tokens), section.script, whole=False)
    # What rounds to nothing has no sign.
    return (sign + made if re.search("[^0.,%‰]", made) else made).strip()


def _chosen(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section, str]:
    """The section that a value is shown by, and the sign it gets beside what the section writes."""
    minus = "-" if value < 0 else ""
    if any(section.condition for section in sections):
        for section in sections:
            if section.condition is None or _holds(value, *section.condition):
                return section, minus
        return _Section((_Token("general", ""),)), minus
    if value < 0 and len(sections) > 1:
        negative = sections[1]
        literals = "".join(token.text for token in negative.tokens if token.kind == "literal")
        if "(" in literals or "（" in literals:
            return _Section(tuple(t for t in negative.tokens if t.text not in set("()（）")), script=negative.script), "-"  # fmt: skip
        # Red alone shows on a screen that a number is negative; a word in front says it.
        return negative, "" if literals.strip() or not negative.tokens else "-"
    if value == 0 and len(sections) > 2:
        return sections[2], ""
    return sections[0], minus


def _holds(value: Decimal, operator: str, limit: Decimal) -> bool:
    return {
        "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit,
        "=": value == limit, "<>": value != limit,
    }[operator]  # fmt: skip


def _by_places(value: Decimal, tokens: tuple[_Token, ...]) -> str:
    """A number set into the places of a pattern, with what stands between them."""
    digits = [i for i, token in enumerate(tokens) if token.kind == "digit"]
    point = next((i for i, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole = [i for i in digits if i < point]
    decimals = [i for i in digits if i > point]
    value *= Decimal(100) ** sum(token.text == "%" for token in tokens)
    value *= Decimal(1000) ** sum(token.text == "‰" for token in tokens)
    commas = [i for i, token in enumerate(tokens) if token.kind == "comma"]
    # Behind the last place a comma divides by a thousand, between places it parts thousands.
    last_places = (whole[-1] if whole else -1, decimals[-1] if decimals else digits[-1])
    scaling = [i for i in commas if any(_follows(tokens, last, i) for last in last_places)]
    grouped = any(whole and whole[0] < i < whole[-1] for i in commas)
    value /= Decimal(1000) ** len(scaling)
    with localcontext() as context:
        context.prec = _LONGEST_FORMAT
        value = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    before, _, behind = f"{value:f}".partition(".")
    least = sum(tokens[i].text == "0" for i in whole)
    before = before.lstrip("0").zfill(least)
    places = _spread(before, whole, grouped)
    places |= _decimals(behind, decimals, tokens)
    has_decimals = any(places.get(i) for i in decimals)
    parts = []
    for i, token in enumerate(tokens):
        if token.kind == "digit":
            parts.append(places.get(i, ""))
        elif token.kind == "point":
            parts.append("." if has_decimals else "")
        elif token.kind != "comma":
            parts.append(token.text)
    text = "".join(parts)
    return f"0{text}" if text.startswith(".") else text


def _follows(tokens: tuple[_Token, ...], last: int, comma: int) -> bool:
    """Whether nothing but commas stands between the last place and a comma."""
    return last >= 0 and comma > last and all(t.kind == "comma" for t in tokens[last + 1 : comma])


def _spread(digits: str, places: list[int], grouped: bool) -> dict[int, str]:
    """Digits before the point from the right, a place each; the first place takes what is left."""
    if not places:
        return {}
    if grouped:
        number = digits
        parts: list[str] = []
        while len(number) > 3:
            number, part = number[:-3], number[-3:]
            parts.insert(0, part)
        return {places[0]: ",".join([number, *parts])}
    found: dict[int, str] = {}
    for place in reversed(places[1:]):
        found[place], digits = digits[-1:], digits[:-1]
    found[places[0]] = digits
    return found


def _decimals(digits: str, places: list[int], tokens: tuple[_Token, ...]) -> dict[int, str]:
    found = dict(zip(places, digits, strict=False))
    for place in reversed(places):
        if tokens[place].text == "0" or found.get(place) != "0":
            break
        found[place] = ""
    return found


def _fraction(value: Decimal, tokens: tuple[_Token, ...]) -> str:
    """「# ?/?」: 1.25 → 「1 1/4」; a date's or unit's slash between places is written as it is."""
    slash = next(i for i, token in enumerate(tokens) if token.kind == "slash")
    behind = "".join(token.text for token in tokens[slash + 1 :]).strip()
    size = _DENOMINATOR.match(behind)
    if size is None or not any(token.kind == "digit" for token in tokens[:slash]):
        literal = tuple(t._replace(kind="literal") if t.kind == "slash" else t for t in tokens)
        return _by_places(value, literal)
    fixed = int(size.group()) if size.group().isdigit() and int(size.group()) else 0
    exact = Fraction(value)
    near = (
        Fraction(round(exact * fixed), fixed) if fixed
        else exact.limit_denominator(10 ** min(len(size.group()), 4) - 1)
    )  # fmt: skip
    before = "".join(token.text for token in tokens[:slash]).strip()
    whole, rest = divmod(near, 1) if " " in before else (0, near)
    if not rest:
        return str(whole)
    top, bottom = (rest * fixed, fixed) if fixed else (rest.numerator, rest.denominator)
    return f"{whole} {top}/{bottom}" if whole else f"{top}/{bottom}"


def _in_script(text: str, script: int, whole: bool) -> str:
    """Digits in the characters that [DBNum…] asks for; ``whole``: as a numeral, else one by one."""
    if not script:
        return text
    if script == 3:
        return text.translate({ord("0") + i: ord("０") + i for i in range(10)})
    before, point, behind = text.partition(".")
    if whole and before.isdigit() and len(before) <= 12:
        numeral = write_numeral(int(before)) + (f"点{write_digits(behind)}" if point else "")
    else:
        numeral = "".join(write_digits(char) if char in "0123456789" else char for char in text)
    return write_capitals(numeral) if script == 2 else numeral
