"""The parts of a workbook beside its sheets: their list, its texts, its formats of numbers."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from corpus.readers.open_xml import Parts, R
from corpus.readers.raised import raised_text, subscript
from corpus.readers.xlsx.number_formats import CHINESE_FORMATS

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
"""The namespace of workbooks."""
GENERAL = "General"
_OWN_FORMATS_FROM = 164


#: So much beside a raised mark says what it is.
_BEFORE = 40


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook.

    Attributes:
        name: as it stands on its tab.
        part: the part that holds its cells.
        hidden: whether its tab is not shown.
    """

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Workbook:
    """What the cells of all sheets need.

    Attributes:
        sheets: the sheets of cells in the order of their tabs.
        texts: the shared texts by number.
        formats: the number format of each style of a cell.
        from_1904: whether days are counted from 1904.
        has_formats: whether the table of styles could be read.
    """

    sheets: tuple[Sheet, ...]
    texts: tuple[str, ...]
    formats: tuple[str, ...]
    from_1904: bool
    has_formats: bool


def read_parts(parts: Parts) -> Workbook:
    """Read the parts of an open package.

    Raises:
        KeyError: the main part is missing.
        ValueError: it is none of a workbook.
        lxml.etree.LxmlError: it is no XML.
    """
    main = parts.main if parts.main in parts else "xl/workbook.xml"
    root = parts.xml(main)
    if root.tag != f"{S}workbook":
        raise ValueError("no workbook")
    relations = parts.relations(main)
    sheets = []
    for element in root.iter(f"{S}sheet"):
        relation = relations.get(element.get(f"{R}id") or "")
        if relation is not None and relation.kind == "worksheet":
            hidden = (element.get("state") or "visible") != "visible"
            sheets.append(Sheet(element.get("name") or "", relation.target, hidden))
    properties = root.find(f"{S}workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true", "on")
    texts = parts.xml_or_none(next(iter(parts.related(main, "sharedStrings")), ""))
    styles = parts.xml_or_none(next(iter(parts.related(main, "styles")), ""))
    return Workbook(
        tuple(sheets),
        tuple(map(rich_text, texts.iterchildren(f"{S}si"))) if texts is not None else (),
        tuple(_formats(styles)) if styles is not None else (),
        from_1904,
        styles is not None and styles.find(f"{S}cellXfs") is not None,
    )


def rich_text(element: Any) -> str:
    """A text of a cell without its readings: raised marks of notes and struck-out words left out."""
    runs = element.findall(f"{S}r")
    if not runs:
        return element.findtext(f"{S}t") or ""
    text = ""
    texts = [(run, run.findtext(f"{S}t") or "") for run in runs]
    for i, (run, piece) in enumerate(texts):
        look = run.find(f"{S}rPr")
        height = look.find(f"{S}vertAlign") if look is not None else None
        raised = (height.get("val") or "") if height is not None else ""
        struck = look.find(f"{S}strike") if look is not None else None
        if struck is not None and (struck.get("val") or "1") not in ("0", "false"):
            continue
        if raised == "superscript":
            after = texts[i + 1][1] if i + 1 < len(texts) else ""
            text += raised_text(piece, text[-_BEFORE:], after[:_BEFORE]) or ""
        else:
            text += subscript(piece) if raised == "subscript" else piece
    return text


def _formats(styles: Any) -> Iterator[str]:
    """The number format of each style of a cell, in order."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    own = {
        element.get("numFmtId") or "": element.get("formatCode") or ""
        for element in styles.iter(f"{S}numFmt")
    }
    table = styles.find(f"{S}cellXfs")
    for style in table.iterchildren(f"{S}xf") if table is not None else ():
        number = style.get("numFmtId") or "0"
        known = int(number) if number.isdigit() and len(number) < 6 else 0
        usual = BUILTIN_FORMATS.get(known) or CHINESE_FORMATS.get(known) or GENERAL
        yield own.get(number, usual if known < _OWN_FORMATS_FROM else GENERAL) or GENERAL


@cache
def kind_of_format(number_format: str) -> str:
    """``date``, ``duration`` or ``number``."""
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format

    if is_timedelta_format(number_format):
        return "duration"
    return "date" if is_date_format(number_format) else "number"


def as_date(number: float, number_format: str, from_1904: bool) -> Any:
    """The date, time or duration that a number of days stands for; None for none of the calendar."""
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

    epoch = MAC_EPOCH if from_1904 else WINDOWS_EPOCH
    is_duration = kind_of_format(number_format) == "duration"
    try:
        with warnings.catch_warnings(action="ignore"):
            return from_excel(number, epoch, timedelta=is_duration)
    except (ValueError, OverflowError, TypeError):
        return None
