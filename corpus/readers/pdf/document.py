"""PDF files: text page by page, scanned pages by recognition.

PDFium reads the text with its places, the bookmarks, the values of forms and the attachments: on
Chinese files printed by browsers it puts no spaces into sentences, which pypdf does, and it is
several times faster. pypdf reads what is left of damaged files.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import UnreadableFileError
from corpus.language.simplification import bare
from corpus.raw import Attached, LineKind, RawDocument, RawLine
from corpus.readers.limits import ReadLimits, refuse_too_long
from corpus.readers.pages import (
    NotRecognised,
    Page,
    document_of_pages,
    page_of_pieces,
    read_pages,
    recognise_page,
)
from corpus.readers.pdf.layers import has_hidden_layers
from corpus.readers.pdf.salvage import (
    damaged,
    end_missing,
    is_cut,
    open_document,
    part_read,
    salvage_text,
    without_prefix,
)
from corpus.readers.tables.finder import TableFinder
from corpus.structure.headings import find_marker

if TYPE_CHECKING:
    import pypdfium2

# PDFium may be called by one thread at a time.
_pdfium_lock = threading.Lock()
#: More bookmarks than this are an index of figures or a trap, not a document's headings.
_MOST_BOOKMARKS = 2000
_MOST_ATTACHMENTS = 50


def read_pdf(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read a PDF file as format ``pdf``, or ``pdf-scan`` where most pages were recognised.

    Repeated page headers and footers, page numbers and watermarks are dropped, text that nobody
    sees is left out, all named in a warning. A page that is a picture is recognised within
    ``limits``; a page recognised with a mean confidence below 0.8 is named in a warning. A line may
    be a torn piece of a sentence. Values of forms, text boxes and stamps are text of their page;
    attached files come with it.
    """
    data = without_prefix(path, data)
    try:
        with _pdfium_lock:
            document, rebuilt = open_document(path, data)
    except UnreadableFileError as error:
        lines = () if "加密" in error.got else salvage_text(data, limits.max_pages)
        if not any(line.text.strip() for line in lines):
            raise
        refuse_too_long(path, sum(len(line.text) for line in lines), limits)
        return RawDocument(path, "pdf", lines, False, (part_read(),))
    # A file without its end is read as it is: its index, if there is one, cannot be trusted.
    is_whole = not rebuilt and not is_cut(data)
    reader = _Reader(document, is_whole and has_hidden_layers(data))
    try:
        with _pdfium_lock:
            count = len(document)
        pages = read_pages(path, count, reader.read, limits)
        with _pdfium_lock:
            depths = _bookmarks(document)
            attached = [*reader.attached, *_attachments(document)]
    finally:
        with _pdfium_lock:
            document.close()
    if not is_whole and not any(page.lines or page.skipped for page in pages):
        raise damaged(path)
    read = document_of_pages(path, pages, ("pdf", "pdf-scan"))
    damage = (part_read(),) if rebuilt else () if is_whole else (end_missing(),)
    return replace(
        read,
        lines=mark_headings(read.lines, depths),
        warnings=(*read.warnings, *damage),
        attached=tuple(attached),
    )


@dataclass
class _Reader:
    """Reads the pages of a document; ``attached`` collects the files attached to them."""

    document: pypdfium2.PdfDocument
    layers: bool

    def __post_init__(self) -> None:
        self.attached: list[Attached] = []
        self._form: Any = None
        self._finder = TableFinder()
        with _pdfium_lock, contextlib.suppress(Exception):
            if self.document.get_formtype():
                self.document.init_forms()
                self._form = self.document.formenv

    def read(self, number: int, may_recognise: bool) -> Page:
        """Read the page of a number from 1."""
        import pypdfium2

        from corpus.readers.ocr import DPI
        from corpus.readers.pdf.page import is_long, is_scanned, render
        from corpus.readers.readability import reads_better

        picture = None
        with _pdfium_lock:
            try:
                page = self.document[number - 1]
            except pypdfium2.PdfiumError:
                return Page((), skipped="页面已损坏")
            try:
                read = self._text(page, number)
                scanned = is_scanned(page, list(read.pieces))
                if scanned and may_recognise:
                    picture = render(page, DPI)
            except pypdfium2.PdfiumError:
                return Page((), skipped="页面已损坏")
            finally:
                page.close()
        if picture is None:
            return replace(read, skipped=NotRecognised.OVER_BUDGET if scanned else "")
        page_read = recognise_page([picture], number)
        if not page_read.recognised:
            # Where recognition is not installed the little text there is stays.
            return replace(read, skipped=page_read.skipped)
        # A text layer that only seemed to be garbled, a list of names for one, stays too.
        return (
            read
            if is_long(read.lines) and not reads_better(page_read.lines, read.lines)
            else page_read
        )

    def _text(self, page: pypdfium2.PdfPage, number: int) -> Page:
        from corpus.readers.pdf.annotations import attached_files, page_annotations
        from corpus.readers.pdf.characters import page_box
        from corpus.readers.pdf.page import page_text

        added = page_annotations(page, page_box(page), self._form)
        if len(self.attached) < _MOST_ATTACHMENTS:
            self.attached += [Attached(name, content) for name, content in attached_files(page)]
        text = page_text(page, self.layers, added, self._finder)
        read = page_of_pieces(text.pieces, number, text.height)
        return replace(read, hidden=text.hidden, watermarks=text.watermarks)


def mark_headings(
    lines: Sequence[RawLine], bookmarks: Sequence[tuple[int, str, int]]
) -> tuple[RawLine, ...]:
    """Lines that a bookmark of their page names become headings of the bookmark's depth.

    A bookmark is (page from 1, title, depth from 1). Numbered headings are left to their numbering,
    which says their depth more reliably.
    """
    depths = {(page, bare(title)): depth for page, title, depth in bookmarks}
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


def _bookmarks(document: pypdfium2.PdfDocument) -> list[tuple[int, str, int]]:
    """(page from 1, title, depth from 1) of every bookmark; nothing where they cannot be read."""
    found: list[tuple[int, str, int]] = []
    with contextlib.suppress(Exception):
        for bookmark in document.get_toc(max_depth=9):
            target = bookmark.get_dest()
            page = target.get_index() if target else None
            if page is not None:
                found.append((page + 1, bookmark.get_title(), bookmark.level + 1))
            if len(found) >= _MOST_BOOKMARKS:
                break
    return found


def _attachments(document: pypdfium2.PdfDocument) -> Iterator[Attached]:
    """The files embedded in a document."""
    from corpus.readers.pdf.annotations import named_content

    with contextlib.suppress(Exception):
        for i in range(min(document.count_attachments(), _MOST_ATTACHMENTS)):
            yield Attached(*named_content(document.get_attachment(i)))
