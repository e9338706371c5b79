"""PDF files: text page by page, scanned pages by recognition.

PDFium reads the text: on Chinese files printed by browsers it puts no spaces into sentences, which
pypdf does, and it is several times faster. pypdf reads the bookmarks, and what is left of damaged
files.
"""

from __future__ import annotations

import contextlib
import io
import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import UnreadableFileError
from corpus.language.simplification import bare
from corpus.raw import LineKind, RawDocument, RawLine
from corpus.readers.limits import ReadLimits, refuse_too_long
from corpus.readers.pages import NotRecognised, Page, document_of_pages, read_pages, recognise_page
from corpus.readers.tables.finder import TableFinder
from corpus.readers.tables.over_pages import page_line
from corpus.structure.headings import find_marker

if TYPE_CHECKING:
    import pypdfium2

_PASSWORD_ERROR = 4
_SECURITY_ERROR = 5
_HEADER_BYTES = 1024
# PDFium may be called by one thread at a time.
_pdfium_lock = threading.Lock()
#: More bookmarks than this are an index of figures or a trap, not a document's headings.
_MOST_BOOKMARKS = 2000


def read_pdf(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read a PDF file as format ``pdf``, or ``pdf-scan`` where most pages were recognised.

    Repeated page headers and footers and page numbers are dropped and named in a warning. A page
    that is a picture is recognised within ``limits``; a page recognised with a mean confidence
    below 0.8 is named in a warning. A line may be a torn piece of a sentence.
    """
    if b"%PDF-" not in data[:_HEADER_BYTES]:
        raise UnreadableFileError(
            f"{path.name} 不是 PDF", "PDF 文件", "检查扩展名，或重新导出为 PDF"
        )
    try:
        with _pdfium_lock:
            document = _open(path, data)
    except UnreadableFileError as error:
        lines = () if "加密" in error.got else salvage_text(data, limits.max_pages)
        if not any(line.text.strip() for line in lines):
            raise
        refuse_too_long(path, sum(len(line.text) for line in lines), limits)
        return RawDocument(
            path, "pdf", lines, False, ("文件有损坏，只读出了一部分文字，请核对原件",)
        )
    try:
        with _pdfium_lock:
            count = len(document)
        pages = read_pages(path, count, partial(_read_page, document, TableFinder()), limits)
    finally:
        with _pdfium_lock:
            document.close()
    read = document_of_pages(path, pages, ("pdf", "pdf-scan"))
    return replace(read, lines=mark_headings(read.lines, data))


def _open(path: Path, data: bytes) -> pypdfium2.PdfDocument:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (_PASSWORD_ERROR, _SECURITY_ERROR):
            raise UnreadableFileError(
                f"{path.name} 已加密", "没有打开密码的 PDF", "去掉密码后另存再试"
            ) from error
        raise UnreadableFileError(
            f"{path.name} 已损坏", "完好的 PDF 文件", "用阅读器打开检查，重新导出"
        ) from error


def _read_page(
    document: pypdfium2.PdfDocument, finder: TableFinder, number: int, may_recognise: bool
) -> Page:
    import pypdfium2

    from corpus.readers.ocr import DPI
    from corpus.readers.pdf.page import is_long, is_scanned, page_pieces, render
    from corpus.readers.readability import reads_better

    picture = None
    with _pdfium_lock:
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            return Page((), skipped="页面已损坏")
        try:
            pieces = page_pieces(page, finder)
            scanned = is_scanned(page, pieces)
            if scanned and may_recognise:
                picture = render(page, DPI)
        except pypdfium2.PdfiumError:
            return Page((), skipped="页面已损坏")
        finally:
            page.close()
    lines = tuple(page_line(piece, number) for piece in pieces)
    if picture is None:
        return Page(lines, skipped=NotRecognised.OVER_BUDGET if scanned else "")
    page_read = recognise_page([picture], number)
    # Where recognition is not installed the little text there is stays.
    if not page_read.recognised:
        return replace(page_read, lines=lines)
    # A text layer that only seemed to be garbled, a list of names for one, stays too.
    return Page(lines) if is_long(lines) and not reads_better(page_read.lines, lines) else page_read


def mark_headings(lines: Sequence[RawLine], data: bytes) -> tuple[RawLine, ...]:
    """Lines that a bookmark of their page names become headings of the bookmark's depth.

    Numbered headings are left to their numbering, which says their depth more reliably.
    """
    depths = {(page, bare(title)): depth for page, title, depth in _bookmarks(data)}
    if not depths:
        return tuple(lines)

    def marked(line: RawLine) -> RawLine:
        depth = depths.get((line.page or 0, bare(line.text)))
        if not depth or line.kind is not LineKind.TEXT:
            return line
        if not line.text.strip() or find_marker(line.text) is not None:
            return line
        return replace(line, kind=LineKind.HEADING, level=depth)

    return tuple(map(marked, lines))


def salvage_text(data: bytes, most_pages: int) -> tuple[RawLine, ...]:
    """The text of a file too damaged for PDFium, as far as pypdf can rebuild it; else nothing."""
    lines: list[RawLine] = []
    with contextlib.suppress(Exception):
        for number, page in enumerate(_reader(data).pages[:most_pages], start=1):
            lines += [RawLine(text, number) for text in page.extract_text().splitlines()]
    return tuple(lines)


def _bookmarks(data: bytes) -> list[tuple[int, str, int]]:
    """(page from 1, title, depth from 1) of every bookmark; nothing where they cannot be read."""
    try:
        reader = _reader(data)
        found = []
        for item, depth in _walk(reader.outline, 1):
            page = reader.get_destination_page_number(item)
            if page is not None:
                found.append((page + 1, str(item.title), depth))
            if len(found) >= _MOST_BOOKMARKS:
                break
        return found
    except Exception:
        return []


def _walk(outline: Any, depth: int) -> Iterator[tuple[Any, int]]:
    for item in outline:
        if isinstance(item, list):
            yield from _walk(item, depth + 1)
        else:
            yield item, depth


def _reader(data: bytes) -> Any:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    return PdfReader(io.BytesIO(data), strict=False)
