"""Excel workbooks: each row becomes a record with the names of its columns."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from corpus.errors import UnreadableFileError
from corpus.language.boilerplate import DEFAULT_SHEET
from corpus.raw import LineKind, RawDocument, RawLine
from corpus.readers.encoding import clean_characters, empty_file_error
from corpus.readers.limits import Deadline, ReadLimits, refuse_too_long
from corpus.readers.package import ZIP_ERRORS, check_xml, damaged, open_package
from corpus.readers.xlsx.sheet import Merge, Row, fill_merged, sheet_lines, shown

_MAX_TAGS = 12_000_000
_STYLES = "xl/styles.xml"
_MERGE = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]{0,200}?ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\""
)
_UNCALCULATED = re.compile(
    rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)

_MAX_MERGES = 20_000
_MAX_MERGED_CELLS = 200_000
_LAST_ROW = 1_048_576


def read_xlsx(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read an ``.xlsx`` workbook.

    Each row is one line 「表头1：值；表头2：值」; a title above the header becomes the title, notes
    stay text. With several sheets each sheet's name is a heading of level 1. Formulas give the
    values that were saved with them; hidden sheets are left out and named in a warning.
    """
    with open_package(path, data, "xlsx") as package:
        check_xml(path, package, "xlsx", _MAX_TAGS)
        workbook, notes = _open(path, data)
        try:
            return _read_workbook(path, workbook, package, limits, notes)
        finally:
            workbook.close()


def _open(path: Path, data: bytes) -> tuple[Any, list[str]]:
    import openpyxl

    # Programs other than Excel write styles that openpyxl will not take; the values are fine.
    options = {"read_only": True, "data_only": True, "keep_links": False}
    for notes in ([], ["格式表有误，日期和百分比可能显示为数字"]):
        try:
            content = io.BytesIO(_without_styles(data) if notes else data)
            with warnings.catch_warnings(action="ignore"):
                return openpyxl.load_workbook(content, **options), notes
        except MemoryError:
            raise
        except Exception as error:  # whatever openpyxl stumbles over in a damaged file
            reason = error
    raise damaged(path, "xlsx") from reason


def _without_styles(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != _STYLES:
                new.writestr(entry.filename, old.read(entry))
    return buffer.getvalue()


def _read_workbook(
    path: Path, workbook: Any, package: ZipFile, limits: ReadLimits, notes: list[str]
) -> RawDocument:
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    hidden = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state != "visible"]
    counter = _Counter(path, limits, Deadline(limits.max_seconds))
    lines: list[RawLine] = []
    uncalculated = 0
    for sheet in sheets:
        merges, missing = _scan(path, package, sheet)
        uncalculated += missing
        rows = _rows(path, sheet, counter)
        fill_merged(rows, merges)
        made = list(sheet_lines(rows, merges))
        refuse_too_long(path, sum(len(line.text) for line in (*lines, *made)), limits)
        name = clean_characters(sheet.title).strip()
        if made and len(sheets) > 1 and name:
            lines.append(RawLine(name, kind=LineKind.HEADING, level=1))
        elif made and made[0].kind is LineKind.TABLE_ROW and not DEFAULT_SHEET.fullmatch(name):
            lines.append(RawLine(name, kind=LineKind.TITLE))
        lines += made
    if not any(line.text.strip() for line in lines):
        raise empty_file_error(path)
    if hidden:
        notes.append(f"没有读取隐藏的工作表：{clean_characters('、'.join(hidden))[:200]}")
    if uncalculated:
        notes.append(f"有 {uncalculated} 个公式没有保存结果，请用 Excel 或 WPS 打开并保存一次")
    return RawDocument(path, "xlsx", tuple(lines), True, tuple(notes))


@dataclass
class _Counter:
    """Counts the cells of a workbook against the bounds."""

    path: Path
    limits: ReadLimits
    deadline: Deadline
    cells: int = 0

    def add(self, cells: int) -> None:
        """Count the cells of one row; an empty row costs something too."""
        self.cells += max(1, cells)
        if self.cells > self.limits.max_cells or self.deadline.passed():
            raise UnreadableFileError(
                f"{self.path.name} 的单元格过多",
                f"不超过 {self.limits.max_cells} 个单元格",
                "删去空行空列，或拆成几个文件再试",
            )


def _rows(path: Path, sheet: Any, counter: _Counter) -> list[Row]:
    """The rows that hold something; what the file says about its size is not believed."""
    sheet.reset_dimensions()
    rows = []
    try:
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            counter.add(len(cells))
            if number > _LAST_ROW:
                break
            if row := _row(number, cells):
                rows.append(row)
    except (UnreadableFileError, MemoryError):
        raise
    except Exception as error:  # whatever openpyxl stumbles over in a damaged sheet
        if not rows:
            raise damaged(path, "xlsx") from error
    return rows


def _row(number: int, cells: tuple[Any, ...]) -> Row | None:
    texts: dict[int, str] = {}
    numeric = set()
    for column, cell in enumerate(cells, start=1):
        value = cell.value
        if value is None or cell.data_type == "e":
            continue
        try:
            text = shown(value, str(cell.number_format))
        except (IndexError, KeyError):  # a style that is not in the table of styles
            text = shown(value, "General")
        if text:
            texts[column] = text
            is_year = isinstance(value, int) and 1900 <= value <= 2100
            if not isinstance(value, str) and not is_year:
                numeric.add(column)
    return Row(number, texts, len(texts), frozenset(numeric)) if texts else None


def _scan(path: Path, package: ZipFile, sheet: Any) -> tuple[list[Merge], int]:
    """Merged ranges, which openpyxl does not give while streaming, and formulas without result."""
    from openpyxl.utils import column_index_from_string

    merges: list[Merge] = []
    cells = uncalculated = 0
    for chunk in _chunks(path, package, getattr(sheet, "_worksheet_path", "")):
        uncalculated += len(_UNCALCULATED.findall(chunk))
        for left, top, right, bottom in _MERGE.findall(chunk):
            first, last = (column_index_from_string(end.decode("ascii")) for end in (left, right))
            merge = Merge(int(top), first, int(bottom), last)
            size = (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1)
            # A whole column merged by mistake would be filled a million times.
            if len(merges) < _MAX_MERGES and 0 < size <= _MAX_MERGED_CELLS - cells:
                merges.append(merge)
                cells += size
    return merges, uncalculated


def _chunks(path: Path, package: ZipFile, member: str) -> Iterator[bytes]:
    """A sheet's XML in pieces that end where a tag ends."""
    rest = b""
    try:
        with package.open(member.lstrip("/")) as stream:
            while block := stream.read(1 << 20):
                whole, closing, rest = (rest + block).rpartition(b"</row>")
                if closing:
                    yield whole + closing
                elif len(rest) > 1 << 24:
                    yield rest
                    rest = b""
    except ZIP_ERRORS as error:
        raise damaged(path, "xlsx") from error
    yield rest
