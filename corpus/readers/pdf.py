"""PDF files: text page by page, scanned pages by recognition.

PDFium reads the text: on Chinese files printed by browsers it puts no spaces into sentences, which
pypdf does, and it is several times faster. pypdf reads the bookmarks, and what is left of damaged
files.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UnreadableFileError
from corpus.raw import RawDocument, RawLine
from corpus.readers.encoding import clean_characters, empty_file_error
from corpus.readers.furniture import drop_page_furniture
from corpus.readers.limits import Deadline, ReadLimits, refuse_too_long
from corpus.readers.pdf_outline import mark_headings, salvage_text

if TYPE_CHECKING:
    import pypdfium2

_PASSWORD_ERROR = 4
_SECURITY_ERROR = 5
_HEADER_BYTES = 1024
_OVER_BUDGET = "扫描页超过上限"
# PDFium may be called by one thread at a time.
_pdfium_lock = threading.Lock()


@dataclass(frozen=True)
class _Page:
    """The lines of one page; ``skipped`` says why something on it was not read."""

    lines: tuple[RawLine, ...]
    recognised: bool = False
    unsure: bool = False
    skipped: str = ""


def read_pdf(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read a PDF file.

    Repeated page headers and footers and page numbers are dropped and named in a warning. A page
    that is a picture is recognised within ``limits``; a page recognised with a mean confidence
    below 0.8 is named in a warning.

    Args:
        path: the file.
        data: its bytes.
        limits: the bounds on pages, text, recognition and time.

    Returns:
        A document of format ``pdf``, or ``pdf-scan`` where most pages were recognised; every line
        has its page number, and a line may be a torn piece of a sentence.

    Raises:
        UnreadableFileError: the file is damaged, encrypted, too long or without any text, or needs
            recognition that is turned off or not installed.
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
        pages = _read_pages(path, document, limits)
    finally:
        with _pdfium_lock:
            document.close()
    kept, dropped = drop_page_furniture([page.lines for page in pages])
    lines = tuple(line for page in kept for line in page)
    if not lines:
        raise _no_text_error(path, pages)
    warnings = [*_warnings(pages)]
    if dropped:
        warnings.append(f"已略去页眉页脚：{'；'.join(dropped[:5])[:200]}")
    recognised = sum(page.recognised for page in pages)
    with_text = sum(bool(page.lines) for page in pages)
    file_format = "pdf-scan" if recognised * 2 > with_text else "pdf"
    return RawDocument(path, file_format, mark_headings(lines, data), False, tuple(warnings))


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


def _read_pages(path: Path, document: pypdfium2.PdfDocument, limits: ReadLimits) -> list[_Page]:
    with _pdfium_lock:
        count = len(document)
    if count > limits.max_pages:
        raise UnreadableFileError(
            f"{path.name} 有 {count} 页", f"不超过 {limits.max_pages} 页", "拆成几个文件再试"
        )
    deadline = Deadline(limits.max_seconds)
    pages: list[_Page] = []
    chars = 0
    budget = limits.max_ocr_pages if limits.ocr else 0
    for number in range(1, count + 1):
        if deadline.passed():
            pages += [_Page((), skipped="读取超时")] * (count - number + 1)
            break
        page = _read_page(document, number, may_recognise=budget > 0)
        if page.skipped == _OVER_BUDGET and not limits.ocr:
            page = replace(page, skipped="文字识别已关闭")
        budget -= page.recognised
        chars += sum(len(line.text) for line in page.lines)
        refuse_too_long(path, chars, limits)
        pages.append(page)
    return pages


def _read_page(document: pypdfium2.PdfDocument, number: int, may_recognise: bool) -> _Page:
    import pypdfium2

    from corpus.readers.ocr import DPI, LOW_CONFIDENCE, mean_confidence, recognise
    from corpus.readers.pdf_page import is_scanned, page_pieces, render

    picture = None
    with _pdfium_lock:
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            return _Page((), skipped="页面已损坏")
        try:
            pieces = page_pieces(page)
            scanned = is_scanned(page, pieces)
            if scanned and may_recognise:
                picture = render(page, DPI)
        except pypdfium2.PdfiumError:
            return _Page((), skipped="页面已损坏")
        finally:
            page.close()
    lines = tuple(RawLine(piece.text, page=number) for piece in pieces)
    if picture is None:
        return _Page(lines, skipped=_OVER_BUDGET if scanned else "")
    try:
        found = recognise(picture)
    except UnreadableFileError as error:
        return _Page(lines, skipped=str(error))
    return _Page(
        tuple(
            RawLine(clean_characters(piece.text), page=number, confidence=piece.confidence)
            for piece in found
        ),
        recognised=True,
        unsure=mean_confidence(found) < LOW_CONFIDENCE,
    )


def _warnings(pages: Sequence[_Page]) -> list[str]:
    warnings = []
    for reason in dict.fromkeys(page.skipped for page in pages if page.skipped):
        numbers = [i for i, page in enumerate(pages, 1) if page.skipped == reason]
        warnings.append(f"第 {_ranges(numbers)} 页没有读出：{reason}")
    unsure = [i for i, page in enumerate(pages, 1) if page.unsure]
    if unsure:
        warnings.append(f"第 {_ranges(unsure)} 页文字识别把握不大，请核对原件")
    return warnings


def _ranges(numbers: Sequence[int]) -> str:
    """Page numbers for a person: [1, 2, 3, 7] → 「1-3、7」."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return "、".join(str(p[0]) if len(p) == 1 else f"{p[0]}-{p[-1]}" for p in parts)


def _no_text_error(path: Path, pages: Sequence[_Page]) -> UnreadableFileError:
    reason = next((page.skipped for page in pages if page.skipped), "")
    if not reason:
        return empty_file_error(path)
    return UnreadableFileError(
        f"{path.name} 没有读出文字（{reason}）",
        "有文字的 PDF，或可识别的扫描件",
        "打开文字识别，或换一份有文字的文件",
    )
