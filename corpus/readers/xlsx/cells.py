"""The cells of a sheet, streamed: rows of texts as they are shown, merged ranges, what is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, Any

from corpus.errors import UnreadableFileError
from corpus.readers.limits import Deadline, ReadLimits
from corpus.readers.xlsx.number_formats import shown
from corpus.readers.xlsx.parts import GENERAL, S, Workbook, as_date, kind_of_format, rich_text
from corpus.readers.xlsx.sheet import Merge, Row, fill_merged, without_hidden

_MAX_MERGES = 20_000
_MAX_MERGED_CELLS = 200_000
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_RANGE = re.compile(r"([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})")
#: A double holds 15 digits for certain; of a longer number in this form the last ones are lost.
_SURE_DIGITS = 15


@dataclass
class CellCounter:
    """Counts the cells of a workbook against the bounds."""

    path: Path
    limits: ReadLimits
    deadline: Deadline
    cells: int = 0

    def add(self, cells: int) -> None:
        """Count the cells of one row; an empty row costs something too.

        Raises:
            UnreadableFileError: there are too many, or they take too long.
        """
        self.cells += max(1, cells)
        if self.cells > self.limits.max_cells or self.deadline.passed():
            raise UnreadableFileError(
                f"{self.path.name} 的单元格过多",
                f"不超过 {self.limits.max_cells} 个单元格",
                "删去空行空列，或拆成几个文件再试",
            )


@dataclass
class SheetCells:
    """What a sheet holds.

    Attributes:
        rows: the rows that a reader sees and that hold something; merged ranges filled.
        merges: the merged ranges.
        hidden_rows: how many rows that hold something are hidden.
        hidden_columns: numbers of the hidden columns that hold something.
        hidden: numbers of all hidden rows.
        uncalculated: formulas whose result was not saved.
        is_damaged: whether what stands further down could not be read.
        cut_numbers: numbers of more than 15 digits whose last ones the file has lost.
    """

    rows: list[Row] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()
    uncalculated: int = 0
    cut_numbers: int = 0
    is_damaged: bool = False


def read_cells(stream: IO[bytes], book: Workbook, counter: CellCounter) -> SheetCells:
    """The cells of a sheet's part; what can be read of a damaged one.

    Raises:
        UnreadableFileError: a bound is passed.
        Exception: what a damaged part may raise, where no row of it could be read.
    """
    reader = _SheetReader(book, counter)
    try:
        reader.read(stream)
    except (UnreadableFileError, MemoryError):
        raise
    except Exception:  # whatever the parser stumbles over in a damaged sheet
        if not reader.made.rows:
            raise
        reader.made.is_damaged = True
    return reader.finished()


class _SheetReader:
    def __init__(self, book: Workbook, counter: CellCounter) -> None:
        self._book = book
        self._counter = counter
        self._row = self._column = 0
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._merged_cells = 0
        self.made = SheetCells()

    def read(self, stream: IO[bytes]) -> None:
        """Read the whole part."""
        from lxml import etree

        tags = (f"{S}row", f"{S}col", f"{S}mergeCell")
        events = etree.iterparse(
            stream, tag=tags, resolve_entities=False, no_network=True, load_dtd=False, recover=True
        )
        for _, element in events:
            if element.tag == f"{S}row":
                self._read_row(element)
            elif element.tag == f"{S}col":
                self._read_columns(element)
            else:
                self._read_merge(element.get("ref") or "")
            element.clear(keep_tail=False)
            # What was read hangs on its parent until it is taken off.
            while element.getprevious() is not None:
                del element.getparent()[0]

    def finished(self) -> SheetCells:
        """The rows with merged ranges filled, without what is hidden."""
        made = self.made
        fill_merged(made.rows, made.merges)
        hidden = frozenset(
            column
            for column in {column for row in made.rows for column in row.cells}
            if any(first <= column <= last for first, last in self._hidden_columns)
        )
        made.hidden_columns = hidden
        made.hidden = frozenset(self._hidden_rows)
        made.hidden_rows = sum(row.number in self._hidden_rows for row in made.rows)
        made.rows = without_hidden(made.rows, made.hidden, hidden)
        return made

    def _read_row(self, element: Any) -> None:
        number = element.get("r") or ""
        self._row = int(number) if number.isdigit() and len(number) < 8 else self._row + 1
        self._column = 0
        cells = list(element.iterchildren(f"{S}c"))
        self._counter.add(len(cells))
        if self._row > _LAST_ROW:
            return
        if _is_hidden(element, "ht"):
            self._hidden_rows.add(self._row)
        texts: dict[int, str] = {}
        numeric = set()
        for cell in cells:
            text, is_number = self._cell(cell)
            if text and self._column <= _LAST_COLUMN:
                texts[self._column] = text
                if is_number:
                    numeric.add(self._column)
        if texts:
            self.made.rows.append(Row(self._row, texts, frozenset(numeric)))

    def _cell(self, cell: Any) -> tuple[str, bool]:
        """The text of a cell, and whether it is a quantity or a date."""
        place = _PLACE.fullmatch(cell.get("r") or "")
        self._column = _column(place.group(1)) if place else self._column + 1
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            inline = cell.find(f"{S}is")
            return shown(rich_text(inline), self._format(cell)) if inline is not None else "", False
        raw = (cell.findtext(f"{S}v") or "").strip()
        if not raw:
            if cell.find(f"{S}f") is not None and kind != "str":
                self.made.uncalculated += 1
            return "", False
        if kind == "s":
            at = int(raw) if raw.isdigit() and len(raw) < 9 else -1
            texts = self._book.texts
            text = texts[at] if 0 <= at < len(texts) else ""
            return shown(text, self._format(cell)), False
        if kind == "n":
            return self._number(raw, self._format(cell))
        if kind == "d":
            return shown(_iso_date(raw), self._format(cell)), True
        if kind == "b":
            return shown(raw == "1", GENERAL), False
        return ("" if kind == "e" else shown(raw, self._format(cell))), False

    def _number(self, raw: str, number_format: str) -> tuple[str, bool]:
        try:
            number = Decimal(raw)
        except InvalidOperation:
            return shown(raw, GENERAL), False
        if kind_of_format(number_format) != "number" and number.is_finite():
            date = as_date(float(number), number_format, self._book.from_1904)
            return shown(date, number_format), True
        if number.is_finite() and "." in raw and abs(number.adjusted()) < 400:
            self._note_cut(number, raw)
        is_year = 1900 <= number <= 2100 and number == number.to_integral_value()
        return shown(number, number_format), not is_year

    def _note_cut(self, number: Decimal, raw: str) -> None:
        mantissa = raw.upper().partition("E")[0]
        written = sum(map(str.isdigit, mantissa))
        if number.adjusted() >= _SURE_DIGITS and written <= number.adjusted():
            self.made.cut_numbers += 1

    def _format(self, cell: Any) -> str:
        style = cell.get("s") or "0"
        at = int(style) if style.isdigit() and len(style) < 6 else -1
        return self._book.formats[at] if 0 <= at < len(self._book.formats) else GENERAL

    def _read_columns(self, element: Any) -> None:
        first, last = (element.get(name) or "" for name in ("min", "max"))
        if first.isdigit() and last.isdigit() and _is_hidden(element, "width"):
            self._hidden_columns.append((int(first), int(last)))

    def _read_merge(self, reference: str) -> None:
        found = _RANGE.fullmatch(reference)
        if not found:
            return
        (left, top), (right, bottom) = map(_place, found.groups())
        size = (bottom - top + 1) * (right - left + 1)
        # A whole column merged by mistake would be filled a million times.
        if (
            len(self.made.merges) < _MAX_MERGES
            and 0 < size <= _MAX_MERGED_CELLS - self._merged_cells
        ):
            self.made.merges.append(Merge(top, left, bottom, right))
            self._merged_cells += size


def _is_hidden(element: Any, size: str) -> bool:
    """Whether a row or column is hidden or has no height or width."""
    if (element.get("hidden") or "0") in ("1", "true", "on"):
        return True
    return (element.get(size) or "") in ("0", "0.0")


def _place(reference: str) -> tuple[int, int]:
    """「B12」 → column 2, row 12."""
    letters = reference.rstrip("0123456789")
    return _column(letters), int(reference[len(letters) :])


def place_of(reference: str) -> tuple[int, int] | None:
    """Column and row of 「B12」, from 1; None for what names no cell."""
    found = _PLACE.fullmatch(reference)
    return (_column(found.group(1)), int(found.group(2))) if found else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _iso_date(raw: str) -> Any:
    from openpyxl.utils import datetime as dates

    convert: Any = dates.from_ISO8601
    try:
        return convert(raw)
    except ValueError:
        return raw
