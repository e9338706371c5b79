"""Excel workbooks: each row becomes a record with the names of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZipFile

from corpus.errors import UnreadableFileError
from corpus.language.boilerplate import DEFAULT_SHEET
from corpus.raw import LineKind, RawDocument, RawLine
from corpus.readers.encoding import clean_characters, empty_file_error
from corpus.readers.limits import Deadline, ReadLimits, refuse_too_long
from corpus.readers.nesting import ALONE, InnerFiles, Nesting
from corpus.readers.open_xml import Parts, repaired
from corpus.readers.package import check_xml, damaged, open_package
from corpus.readers.xlsx.cells import CellCounter, SheetCells, read_cells
from corpus.readers.xlsx.extras import comments, embedded, text_boxes
from corpus.readers.xlsx.parts import Sheet, Workbook, read_parts
from corpus.readers.xlsx.sheet import SheetLine, sheet_lines

_MAX_TAGS = 12_000_000
_LONGEST_NAMES = 200


def read_xlsx(path: Path, data: bytes, limits: ReadLimits, nesting: Nesting = ALONE) -> RawDocument:
    """Read an ``.xlsx`` workbook.

    Each row is one line 「表头1：值；表头2：值」; a title above the header becomes the title, its unit
    a caption, notes and comments of cells become notes. With several sheets each sheet's name is a
    heading of level 1. Values are written as they are shown. Formulas give the values that were
    saved with them; hidden sheets, rows and columns are left out with a warning. Files inside
    are read as ``nesting`` says.
    """
    with open_package(path, data, "xlsx") as package:
        check_xml(path, package, "xlsx", _MAX_TAGS)
    # Sheets are streamed, so that the strict form is made the usual one before.
    with open_package(path, repaired(data), "xlsx") as package:
        return _WorkbookReader(path, package, limits, nesting).read()


@dataclass
class _Found:
    """What was met in the sheets, for the warnings."""

    rows: int = 0
    columns: int = 0
    uncalculated: int = 0
    cut_numbers: int = 0
    damaged: list[str] = field(default_factory=list)


class _WorkbookReader:
    def __init__(self, path: Path, package: ZipFile, limits: ReadLimits, nesting: Nesting) -> None:
        self._path = path
        self._package = package
        self._parts = Parts(package)
        self._limits = limits
        self._files = InnerFiles(self._parts, limits, nesting)
        self._counter = CellCounter(path, limits, Deadline(limits.max_seconds))
        self._found = _Found()

    def read(self) -> RawDocument:
        """The lines of all sheets that are shown."""
        book = self._book()
        sheets = [sheet for sheet in book.sheets if not sheet.hidden]
        lines: list[RawLine] = []
        for sheet in sheets:
            made = self._sheet(sheet, book)
            refuse_too_long(
                self._path, sum(len(line.text) for line in (*lines, *made)), self._limits
            )
            name = clean_characters(sheet.name).strip()
            if made and len(sheets) > 1 and name:
                lines.append(RawLine(name, kind=LineKind.HEADING, level=1))
            elif made and made[0].kind is LineKind.TABLE_ROW and not DEFAULT_SHEET.fullmatch(name):
                lines.append(RawLine(name, kind=LineKind.TITLE))
            lines += made
        if not any(line.text.strip() for line in lines):
            raise empty_file_error(self._path)
        return RawDocument(self._path, "xlsx", tuple(lines), True, tuple(self._warnings(book)))

    def _book(self) -> Workbook:
        try:
            return read_parts(self._parts)
        except (MemoryError, UnreadableFileError):
            raise
        except Exception as error:  # whatever a damaged part makes the parser stumble over
            raise damaged(self._path, "xlsx") from error

    def _sheet(self, sheet: Sheet, book: Workbook) -> list[RawLine]:
        cells = self._cells(sheet, book)
        self._found.rows += cells.hidden_rows
        self._found.columns += len(cells.hidden_columns)
        self._found.uncalculated += cells.uncalculated
        self._found.cut_numbers += cells.cut_numbers
        if cells.is_damaged:
            self._found.damaged.append(sheet.name)
        lines = list(sheet_lines(cells.rows, cells.merges))
        hanging = [*self._comments(sheet, cells), *text_boxes(self._parts, sheet.part)]
        inside = embedded(self._parts, sheet.part, self._files)
        return [*_interleaved(lines, hanging), *inside]

    def _cells(self, sheet: Sheet, book: Workbook) -> SheetCells:
        try:
            with self._package.open(self._parts.entry(sheet.part)) as stream:
                return read_cells(stream, book, self._counter)
        except (UnreadableFileError, MemoryError):
            raise
        except Exception as error:  # whatever the parser stumbles over in a damaged sheet
            raise damaged(self._path, "xlsx") from error

    def _comments(self, sheet: Sheet, cells: SheetCells) -> Iterator[SheetLine]:
        """A note 「批注（每户每月6元）：低保户免收」 for each comment on a cell that is shown."""
        rows = {row.number: row for row in cells.rows}
        for comment in comments(self._parts, sheet.part):
            row = rows.get(comment.row)
            if comment.row in cells.hidden or comment.column in cells.hidden_columns:
                continue
            of = row.cells.get(comment.column, "") if row else ""
            text = f"批注（{of}）：{comment.text}" if 0 < len(of) <= 40 else f"批注：{comment.text}"
            yield SheetLine(comment.row, RawLine(text, kind=LineKind.NOTE))

    def _warnings(self, book: Workbook) -> Iterator[str]:
        found = self._found
        if not book.has_formats:
            yield "格式表有误，日期和百分比可能显示为数字"
        if hidden := [sheet.name for sheet in book.sheets if sheet.hidden]:
            yield f"没有读取隐藏的工作表：{clean_characters('、'.join(hidden))[:_LONGEST_NAMES]}"
        if found.damaged:
            names = clean_characters("、".join(found.damaged))[:_LONGEST_NAMES]
            yield f"工作表有损坏，只读出了前面的部分：{names}"
        if found.rows:
            yield f"没有读取 {found.rows} 个隐藏行"
        if found.columns:
            yield f"没有读取 {found.columns} 个隐藏列"
        if found.uncalculated:
            yield f"有 {found.uncalculated} 个公式没有保存结果，请用 Excel 或 WPS 打开并保存一次"
        if found.cut_numbers:
            yield f"有 {found.cut_numbers} 个超过15位的数字在文件里已不完整，末几位请核对原件"
        yield from dict.fromkeys(self._files.warnings)


def _interleaved(lines: Sequence[SheetLine], hanging: Sequence[SheetLine]) -> Iterator[RawLine]:
    """The lines of rows, what hangs on a row behind those of that row."""
    rest = sorted(hanging, key=lambda entry: entry.row)
    for row, line in lines:
        while rest and rest[0].row < row:
            yield rest.pop(0).line
        yield line
    yield from (entry.line for entry in rest)
