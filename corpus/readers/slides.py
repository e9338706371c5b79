"""PowerPoint files: a slide's title is a heading, its text follows in reading order."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from corpus.raw import LineKind, RawDocument, RawLine
from corpus.readers.charts import A, chart_lines, diagram_lines
from corpus.readers.docx.equations import M, equation_text
from corpus.readers.docx.letterhead import core_properties
from corpus.readers.encoding import clean_characters, empty_file_error
from corpus.readers.limits import Deadline, ReadLimits, refuse_too_long, too_large
from corpus.readers.nesting import ALONE, InnerFiles, Nesting, as_insertion
from corpus.readers.open_xml import Parts, R, repaired
from corpus.readers.package import check_xml, damaged, open_package, parse_xml
from corpus.readers.raised import raised_text, subscript
from corpus.structure.tables import Table, TableCell, table_lines

_MAX_TAGS = 6_000_000
_DEEPEST_GROUP = 20
# What a part that is damaged or is not what it should be may raise.
_ERRORS = (
    KeyError, ValueError, AttributeError, TypeError, IndexError, AssertionError,
    NotImplementedError, BadZipFile, zlib.error, struct.error, OSError, EOFError,
)  # fmt: skip
#: Boxes whose tops differ by less stand beside each other; a quarter of an inch in EMU.
_SAME_ROW = 228_600
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: What stands on every slide: its number, the day, the footer.
_FURNITURE = frozenset(("sldNum", "dt", "ftr", "hdr"))
_STRUCK = frozenset(("sngStrike", "dblStrike"))


#: So much beside a raised mark says what it is.
_BEFORE = 40


def read_pptx(path: Path, data: bytes, limits: ReadLimits, nesting: Nesting = ALONE) -> RawDocument:
    """Read a ``.pptx`` file; the number of a slide is the page.

    The title of the first slide becomes the title, those of the others headings of level 1; tables
    and charts become records, the speaker's notes notes. Hidden slides are left out with a warning.
    """
    with open_package(path, data, "pptx") as package:
        check_xml(path, package, "pptx", _MAX_TAGS)
    data = repaired(data)
    with open_package(path, data, "pptx") as package:
        parts = Parts(package)
        files = InnerFiles(parts, limits, nesting)
        lines, hidden = _slides(path, data, files, Deadline(limits.max_seconds), limits)
        declared = tuple(core_properties(parts))
    refuse_too_long(path, sum(len(line.text) for line in lines), limits)
    if not any(line.text.strip() for line in lines):
        raise empty_file_error(path)
    warnings = [f"没有读取 {hidden} 张隐藏的幻灯片"] if hidden else []
    warnings += dict.fromkeys(files.warnings)
    return RawDocument(path, "pptx", tuple(lines), True, tuple(warnings), declared=declared)


def _slides(
    path: Path, data: bytes, files: InnerFiles, deadline: Deadline, limits: ReadLimits
) -> tuple[list[RawLine], int]:
    import pptx
    from lxml.etree import LxmlError
    from pptx.exc import PythonPptxError

    lines: list[RawLine] = []
    hidden = 0
    try:
        slides = pptx.Presentation(io.BytesIO(data)).slides
        for number, slide in enumerate(slides, start=1):
            if number > limits.max_pages or deadline.passed():
                raise too_large(path, "的幻灯片过多", f"不超过 {limits.max_pages} 张")
            if slide.element.get("show") in ("0", "false"):
                hidden += 1
                continue
            made = _SlideReader(slide, files).lines(is_first=not lines)
            lines += [replace(line, page=number) for line in made]
    except (*_ERRORS, LxmlError, PythonPptxError) as error:
        raise damaged(path, "pptx") from error
    return lines, hidden


class _SlideReader:
    def __init__(self, slide: Any, files: InnerFiles) -> None:
        self._slide = slide
        self._files = files

    def lines(self, is_first: bool) -> Iterator[RawLine]:
        """The lines of a slide: its title, what stands on it, what the speaker notes."""
        title = self._slide.shapes.title
        words = " ".join(_paragraphs(title.text_frame._txBody)) if title is not None else ""
        if words:
            kind = LineKind.TITLE if is_first else LineKind.HEADING
            yield RawLine(words, kind=kind, level=0 if is_first else 1)
        own = title.shape_id if title is not None else None
        for shape in _in_order(self._slide.shapes):
            if shape.shape_id != own or not words:
                yield from self._shape(shape)
        if self._slide.has_notes_slide:
            frame = self._slide.notes_slide.notes_text_frame
            notes = " ".join(_paragraphs(frame._txBody)) if frame is not None else ""
            if notes:
                yield RawLine(f"备注：{notes}", kind=LineKind.NOTE)

    def _shape(self, shape: Any, depth: int = 0) -> Iterator[RawLine]:
        if _is_hidden(shape) or depth > _DEEPEST_GROUP:
            return
        if hasattr(shape, "shapes"):
            for inner in _in_order(shape.shapes):
                yield from self._shape(inner, depth + 1)
        elif getattr(shape, "has_table", False):
            yield from _table(shape._element)
        elif getattr(shape, "has_chart", False):
            yield from chart_lines(shape.chart._chartSpace)
        elif shape.has_text_frame:
            if shape.is_placeholder and _placeholder_type(shape) in _FURNITURE:
                return
            yield from map(RawLine, _paragraphs(shape.text_frame._txBody))
        else:
            yield from self._other(shape._element)

    def _other(self, element: Any) -> Iterator[RawLine]:
        """A diagram, or an embedded file."""
        for relation in element.iter(_DIAGRAM):
            part = self._related(relation.get(f"{R}dm") or "")
            if part is not None:
                yield from diagram_lines(parse_xml(part.blob, entities=True))
        for node in element.iter(
            "{http://schemas.openxmlformats.org/presentationml/2006/main}oleObj"
        ):
            part = self._related(node.get(f"{R}id") or "")
            if part is not None:
                name = str(part.partname).lstrip("/")
                yield from map(as_insertion, self._files.lines(name, "嵌入"))
                break

    def _related(self, identity: str) -> Any:
        relation = self._slide.part.rels.get(identity)
        return None if relation is None or relation.is_external else relation.target_part


def _in_order(shapes: Any) -> list[Any]:
    """The shapes from the top down, those beside each other from left to right."""
    placed = sorted(shapes, key=lambda shape: shape.top or 0)
    rows: list[list[Any]] = []
    for shape in placed:
        if rows and (shape.top or 0) - (rows[-1][0].top or 0) < _SAME_ROW:
            rows[-1].append(shape)
        else:
            rows.append([shape])
    return [shape for row in rows for shape in sorted(row, key=lambda s: s.left or 0)]


def _is_hidden(shape: Any) -> bool:
    return any(
        element.get("hidden") in ("1", "true")
        for child in shape._element
        if str(child.tag).rpartition("}")[2].startswith("nv")
        for element in child
        if str(element.tag).endswith("}cNvPr")
    )


def _placeholder_type(shape: Any) -> str:
    return shape._element.ph.get("type") or "" if shape._element.ph is not None else ""


def _table(frame: Any) -> list[RawLine]:
    table = next(frame.iter(f"{A}tbl"))
    properties = table.find(f"{A}tblPr")
    has_head = properties is not None and properties.get("firstRow") in ("1", "true")
    cells = []
    for number, row in enumerate(table.iterchildren(f"{A}tr")):
        for column, cell in enumerate(row.iterchildren(f"{A}tc")):
            if cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true"):
                continue
            body = cell.find(f"{A}txBody")
            text = " ".join(_paragraphs(body)) if body is not None else ""
            rows, columns = (_count(cell.get(name)) for name in ("rowSpan", "gridSpan"))
            is_head = has_head and number == 0
            cells.append(TableCell(number, column, text, rows, columns, is_head))
    return table_lines(Table(tuple(cells)))


def _count(text: str | None) -> int:
    return min(max(1, int(text)), 1000) if text and text.isdigit() and len(text) < 5 else 1


def _paragraphs(body: Any) -> list[str]:
    """The paragraphs of a text body that hold something."""
    texts = (clean_characters(_text(p)) for p in body.iterchildren(f"{A}p"))
    return [joined for text in texts if (joined := " ".join(text.split()))]


def _text(p: Any) -> str:
    pieces: list[tuple[str, int]] = []
    for child in p:
        if child.tag in (f"{A}r", f"{A}fld"):
            look = child.find(f"{A}rPr")
            if look is not None and look.get("strike") in _STRUCK:
                continue
            baseline = (look.get("baseline") or "0") if look is not None else "0"
            raised = 0 if baseline.strip("0%") == "" else -1 if baseline.startswith("-") else 1
            pieces.append((child.findtext(f"{A}t") or "", raised))
        elif child.tag == f"{A}br":
            pieces.append((" ", 0))
        elif child.tag != _FALLBACK and isinstance(child.tag, str):
            equation = next(child.iter(f"{M}oMath"), None)
            pieces.append((equation_text(equation) if equation is not None else "", 0))
    text = ""
    for i, (piece, raised) in enumerate(pieces):
        after = pieces[i + 1][0] if i + 1 < len(pieces) else ""
        kept = raised_text(piece, text[-_BEFORE:], after[:_BEFORE]) if raised > 0 else piece
        text += subscript(piece) if raised < 0 else kept or ""
    return text
