"""The rows of a sheet → titles, records with their headers, and notes."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from corpus.language.documents import TABLE_NOTES
from corpus.raw import LineKind, RawLine
from corpus.readers.encoding import clean_characters
from corpus.readers.layout import join_pieces

_MAX_HEADER_CHARS = 40
_MAX_TITLE_CHARS = 80
_QUOTED = re.compile(r'"([^"]*)"')
# [Red], [>=100], [$-804]; [$¥-804] keeps its sign.
_BRACKET = re.compile(r"\[(?:\$([^\-\]]*)[^\]]*|[^\]]*)\]")
# A space as wide as a character, filling, an escaped character.
_SPACING = re.compile(r"_.|\*.")
_ESCAPED = re.compile(r"\\(.)")
_NUMBER = re.compile(r"(#,##|[#0?,])*[0#?](?:\.[0#?]+)?")
_LONGEST = 32_767  # characters a cell can hold


@dataclass(frozen=True)
class Merge:
    """A merged range; rows and columns count from 1, ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Row:
    """A row that is not empty.

    Attributes:
        number: its number in the sheet, from 1.
        cells: column from 1 → text as shown; merged cells filled.
        sources: how many cells really hold something: a merged range counts once.
        numeric: columns whose value is a number or a date; a year, which may head a column, is none.
    """

    number: int
    cells: dict[int, str]
    sources: int
    numeric: frozenset[int] = field(default=frozenset())


def fill_merged(rows: Sequence[Row], merges: Sequence[Merge]) -> None:
    """Write the value of a merged range into each of its cells, in place."""
    by_number = {row.number: row for row in rows}
    for merge in merges:
        first = by_number.get(merge.top)
        value = first.cells.get(merge.left, "") if first else ""
        if not value:
            continue
        for number in range(merge.top, merge.bottom + 1):
            row = by_number.get(number)
            if row is None:
                continue
            if number > merge.top:
                row.sources += 1
            for column in range(merge.left, merge.right + 1):
                row.cells.setdefault(column, value)


def sheet_lines(rows: Sequence[Row], merges: Sequence[Merge]) -> Iterator[RawLine]:
    """The lines of a sheet.

    The row that names the columns is the first with two or more texts and a row as wide after it;
    what stands above it alone is the title and its notes. A second table begins after an empty
    row, where a title of its own stands over another header.
    """
    header: dict[int, str] = {}
    repeated: list[dict[int, str]] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        fresh = at == 0 or rows[at - 1].number < row.number - 1
        may_begin = not header or (fresh and row.sources == 1)
        if may_begin and (found := _find_header(rows, at, merges)):
            start, end = found
            yield from _above(rows[at:start], first=not header)
            header = _joined_header(rows[start:end])
            repeated = [r.cells for r in rows[start:end]]
            at = end
            continue
        if not header:
            yield from _above(rows[at : at + 1], first=at == 0 and len(rows) > 1)
        elif row.cells not in repeated:
            yield _record(row, header)
        at += 1


def _find_header(rows: Sequence[Row], at: int, merges: Sequence[Merge]) -> tuple[int, int] | None:
    """Where the header begins and ends, at ``at`` or below rows of one cell; None without one."""
    start = at
    while start < len(rows) and rows[start].sources == 1:
        start += 1
    if start >= len(rows) or not _names_columns(rows[start]):
        return None
    end = min(start + _tiers(rows[start], rows[start + 1 : start + 2], merges), len(rows))
    if start > at and _is_upper_tier(rows[start - 1], rows[start], merges):
        start -= 1
    if end >= len(rows):
        return None
    header_columns = {column for row in rows[start:end] for column in row.cells}
    # A form's 「姓名 | 张三」 is followed by rows of other widths; a table's header is not.
    following = rows[end : end + 5]
    fits = sum(set(row.cells) <= header_columns for row in following if row.sources > 1)
    return (start, end) if fits and 2 * fits >= len(following) else None


def _names_columns(row: Row) -> bool:
    texts = list(row.cells.values())
    return (
        row.sources >= 2
        and not row.numeric
        and all(len(text) <= _MAX_HEADER_CHARS for text in texts)
        and len(set(texts)) > 1
    )


def _tiers(row: Row, below: Sequence[Row], merges: Sequence[Merge]) -> int:
    """Rows of the header: 2 where 「2023年」 spans 「收入」 and 「支出」."""
    starting = [m for m in merges if m.top == row.number and m.left in row.cells]
    tallest = max((m.bottom - m.top + 1 for m in starting), default=1)
    spans = any(m.right > m.left for m in starting) and any(map(_names_columns, below))
    return min(max(tallest, 2 if spans else 1), 4)


def _is_upper_tier(above: Row, row: Row, merges: Sequence[Merge]) -> bool:
    """Whether the only cell above spans some of the columns but the first, which a title does."""
    left = min(above.cells)
    spans = any(m.top == above.number and m.left == left < m.right for m in merges)
    return spans and left > min(row.cells) and above.number == row.number - 1


def _joined_header(rows: Sequence[Row]) -> dict[int, str]:
    def name(column: int) -> str:
        tiers = dict.fromkeys(join_pieces(row.cells.get(column, "").split()) for row in rows)
        return " ".join(filter(None, tiers))

    return {column: name(column) for column in sorted({c for row in rows for c in row.cells})}


def _above(rows: Sequence[Row], first: bool) -> Iterator[RawLine]:
    """Title and notes over a table, or rows of a sheet that has no header."""
    for i, row in enumerate(rows):
        text = " | ".join(dict.fromkeys(row.cells[column] for column in sorted(row.cells)))
        if row.sources > 1:
            yield RawLine(text, kind=LineKind.TABLE_ROW)
        elif (
            i == 0 and first and len(text) <= _MAX_TITLE_CHARS and not text.startswith(TABLE_NOTES)
        ):
            yield RawLine(text, kind=LineKind.TITLE)
        else:
            yield RawLine(text)


def _record(row: Row, header: Mapping[int, str]) -> RawLine:
    """「表头1：值；表头2：值」; a note across the table stays a line of text."""
    columns = sorted(row.cells)
    only = row.cells[columns[0]]
    if row.sources == 1 and len(header) > 2:
        spans = len(columns) > 1
        if spans or len(only) > _MAX_HEADER_CHARS or only.startswith(TABLE_NOTES):
            return RawLine(only)
    fields = ((header.get(column, ""), row.cells[column]) for column in columns)
    # A value merged over columns of one record is named once.
    parts = (f"{n}：{v}" if n and n != v else v for (n, v), _ in itertools.groupby(fields))
    return RawLine("；".join(parts), kind=LineKind.TABLE_ROW)


def shown(value: Any, number_format: str) -> str:
    """A cell's value as the program shows it, on one line.

    Dates are written 2024年2月5日, without the day where the format shows none; errors (#N/A) and
    empty cells give an empty string. ``number_format`` is e.g. ``0.00%`` or ``#,##0.00"万元"``.
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
    letters = _BRACKET.sub("", _QUOTED.sub("", number_format)).lower()
    if not set("dhs") & set(letters):
        return f"{value.year}年{value.month}月" if "m" in letters else f"{value.year}年"
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
    """A number without a format: whole numbers in full, others with up to 11 digits."""
    if isinstance(value, int) or value.is_integer():
        # Numbers of a person or an account have 18 digits; no exponent is written for them.
        return str(int(value)) if abs(value) < 1e21 else f"{value:.10g}"
    text = f"{value:.11g}"
    return f"{Decimal(text):f}" if "e" in text and abs(value) > 1e-12 else text
