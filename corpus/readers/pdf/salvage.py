"""PDF files with bytes before them, cut off at the end or without an index of their objects."""

from __future__ import annotations

import contextlib
import io
import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import UnreadableFileError
from corpus.raw import RawLine

if TYPE_CHECKING:
    import pypdfium2

_PASSWORD_ERROR = 4
_SECURITY_ERROR = 5
_HEADER = b"%PDF-"
_HEADER_WITHIN = 1_000_000
_END_WITHIN = 65_536
_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})\s{1,8}(\d{1,5})\s{1,8}obj\b")
_PAGE = re.compile(rb"/Type\s{0,8}/Page(?![A-Za-z])")
_HEAD_OF_OBJECT = 20_000
_MOST_PAGES = 10_000


def without_prefix(path: Path, data: bytes) -> bytes:
    """The file from its header on: some servers and mail programs put their own lines before it.

    Raises:
        UnreadableFileError: it is no PDF.
    """
    at = data.find(_HEADER, 0, _HEADER_WITHIN)
    if at < 0:
        raise UnreadableFileError(
            f"{path.name} 不是 PDF", "PDF 文件", "检查扩展名，或重新导出为 PDF"
        )
    return data[at:] if at else data


def is_cut(data: bytes) -> bool:
    """Whether a file's end is missing."""
    end = data[-_END_WITHIN:].rstrip(b"\0")
    return b"%%EOF" not in end and b"startxref" not in end


def open_document(path: Path, data: bytes) -> tuple[pypdfium2.PdfDocument, bool]:
    """The open document, and whether its list of pages had to be made anew.

    Raises:
        UnreadableFileError: it is encrypted, or too damaged to be opened.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        if len(document):
            return document, False
        document.close()
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (_PASSWORD_ERROR, _SECURITY_ERROR):
            raise UnreadableFileError(
                f"{path.name} 已加密", "没有打开密码的 PDF", "去掉密码后另存再试"
            ) from error
    rebuilt = with_pages_listed(data)
    with contextlib.suppress(pypdfium2.PdfiumError):
        if rebuilt:
            document = pypdfium2.PdfDocument(rebuilt)
            if len(document):
                return document, True
            document.close()
    raise damaged(path)


def part_read() -> str:
    """The warning for a file of which only a part could be read."""
    return "文件有损坏，只读出了一部分文字，请核对原件"


def end_missing() -> str:
    """The warning for a file whose end is missing, where all of its pages are there."""
    return "文件末尾缺失，后面可能还有没读到的内容，请核对原件"


def damaged(path: Path) -> UnreadableFileError:
    """The error for a file that gives no text because it is damaged."""
    return UnreadableFileError(
        f"{path.name} 已损坏", "完好的 PDF 文件", "用阅读器打开检查，重新导出"
    )


def with_pages_listed(data: bytes) -> bytes:
    """The file with a new list of the pages in it; empty where none is found."""
    starts = list(_OBJECT.finditer(data))
    numbers = [int(found[1]) for found in starts]
    pages: dict[int, int] = {}
    for found in starts:
        head = data[found.end() : found.end() + _HEAD_OF_OBJECT]
        head = head.partition(b"endobj")[0].partition(b"stream")[0]
        if _PAGE.search(head):
            pages[int(found[1])] = int(found[2])
    if not pages or len(pages) > _MOST_PAGES:
        return b""
    # A cross-reference table or trailer behind the last object may be cut; an object may be too.
    end = data.rfind(b"endobj") + len(b"endobj")
    if starts[-1].start() < end:
        data = data[:end]
    new = max(numbers) + 1
    kids = b" ".join(b"%d %d R" % page for page in pages.items())
    is_open = data.rfind(b"stream") != data.rfind(b"endstream") + len(b"end")
    ending = b"\nendstream\nendobj\n" if is_open else b"\n"
    return b"".join(
        (
            data,
            ending,
            b"%d 0 obj\n<< /Type /Pages /Kids [%b] /Count %d >>\nendobj\n"
            % (new, kids, len(pages)),
            b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n" % (new + 1, new),
            b"trailer\n<< /Root %d 0 R /Size %d >>\n" % (new + 1, new + 2),
            b"startxref\n0\n%%EOF\n",
        )
    )


def salvage_text(data: bytes, most_pages: int) -> tuple[RawLine, ...]:
    """The text of a file too damaged for PDFium, as far as pypdf can rebuild it; else nothing."""
    lines: list[RawLine] = []
    with contextlib.suppress(Exception):
        for number, page in enumerate(_reader(data).pages[:most_pages], start=1):
            lines += [RawLine(text, number) for text in page.extract_text().splitlines()]
    return tuple(lines)


def _reader(data: bytes) -> Any:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    return PdfReader(io.BytesIO(data), strict=False)
