"""Tables as plain text: comma-, tab- and semicolon-separated values."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from corpus.errors import UnreadableFileError
from corpus.raw import RawDocument
from corpus.readers.encoding import decode_bytes, empty_file_error
from corpus.readers.limits import ReadLimits, refuse_too_long
from corpus.readers.xlsx.sheet import Row, sheet_lines

_SEPARATORS = ",\t;|，；"
_SAMPLE_CHARS, _SAMPLE_ROWS = 200_000, 200
#: The first line by which Excel says what separates the values.
_SAYS_SEPARATOR = re.compile(r"sep=([^\w\s]|\t)[ \t]*\n", re.IGNORECASE)
#: What keeps a spreadsheet from reading digits as a number: 「="0012"」, 「'0012」.
_KEPT_TEXT = re.compile(r"=\"([^\"]*)\"|'(?=\d)(.*)", re.DOTALL)
_NUMBER = re.compile(r"[-+−]?[¥￥$]?\d[\d,]*(?:\.\d+)?\s*[%％‰]?")
_YEAR = re.compile(r"(?:19|20)\d\d")


def read_csv(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read a table of separated values in any encoding of a text file: a line a row.

    The separator is the one that gives most rows the same number of columns. Titles, heads, units
    and notes are told as on a sheet of a workbook: 「县区：北山县；床位数：2100张」.
    """
    decoded = decode_bytes(path, data)
    refuse_too_long(path, len(decoded.text), limits)
    text = decoded.text
    if said := _SAYS_SEPARATOR.match(text):
        text, separator = text[said.end() :], said.group(1)
    else:
        separator = _separator(text, "\t" if path.suffix.lower() == ".tsv" else ",")
    rows: list[Row] = []
    cells = 0
    gap = False
    for number, values in enumerate(_records(text, separator), start=1):
        cells += max(1, len(values))
        if cells > limits.max_cells:
            raise UnreadableFileError(
                f"{path.name} 的单元格过多",
                f"不超过 {limits.max_cells} 个单元格",
                "拆成几个文件再试",
            )
        texts = {i: text for i, value in enumerate(values, start=1) if (text := _cleaned(value))}
        if texts:
            numeric = frozenset(i for i, text in texts.items() if _is_number(text))
            rows.append(Row(number, texts, numeric, after_gap=gap and bool(rows)))
        gap = not texts
    lines = tuple(line for _, line in sheet_lines(rows, ()))
    if not lines:
        raise empty_file_error(path)
    return RawDocument(path, "csv", lines, True, decoded.warnings, decoded.encoding)


def _records(text: str, separator: str) -> Iterator[list[str]]:
    """The values of each row; a quote that is never closed is a character like any other."""
    try:
        # A cell with line ends in it stands in quotes.
        yield from list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        yield from (line.split(separator) for line in text.split("\n"))


def _separator(text: str, usual: str) -> str:
    """The separator that gives most rows as many columns as the others, two at least."""
    sample = text[:_SAMPLE_CHARS]
    best, best_score = usual, 0.0
    for separator in (usual, *_SEPARATORS.replace(usual, "")):
        if separator not in sample:
            continue
        rows = islice(_records(sample, separator), _SAMPLE_ROWS)
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            continue
        width, times = widths.most_common(1)[0]
        score = times * min(width, 3)
        if score > best_score:
            best, best_score = separator, score
    return best


def _cleaned(value: str) -> str:
    value = value.strip()
    if kept := _KEPT_TEXT.fullmatch(value):
        value = kept.group(1) or kept.group(2) or ""
    return " ".join(value.split())


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and not _YEAR.fullmatch(text)
