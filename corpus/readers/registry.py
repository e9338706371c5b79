"""The one door to the readers: a path in, a ``RawDocument`` or ``UnreadableFileError`` out."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from corpus.errors import UnreadableFileError
from corpus.raw import RawDocument
from corpus.readers.attachments import with_attachments
from corpus.readers.delimited import read_csv
from corpus.readers.docx.document import read_docx
from corpus.readers.encoding import empty_file_error
from corpus.readers.html.page import read_html, read_mht
from corpus.readers.image import read_image
from corpus.readers.limits import ReadLimits, too_large
from corpus.readers.markdown import read_markdown
from corpus.readers.nesting import Nesting
from corpus.readers.ofd.document import read_ofd
from corpus.readers.office import read_doc, read_odt, read_rtf, read_word_xml
from corpus.readers.package import encrypted
from corpus.readers.pdf.document import read_pdf
from corpus.readers.plain_text import read_text
from corpus.readers.slides import read_pptx
from corpus.readers.sniffing import Content, detect
from corpus.readers.xlsx.workbook import read_xlsx

Reader = Callable[[Path, bytes, ReadLimits], RawDocument]
"""Reads one format: the file's path, which is only for messages, its bytes, and the bounds.

Gives a document with some text in it. Raises ``UnreadableFileError`` where the file is damaged,
encrypted, binary, without text or beyond the bounds; for nothing else.
"""

_READERS: dict[Content, Reader] = {
    Content.PDF: read_pdf,
    Content.DOCX: lambda path, data, limits: read_docx(path, data, limits, _NESTING),
    Content.XLSX: lambda path, data, limits: read_xlsx(path, data, limits, _NESTING),
    Content.OFD: read_ofd,
    Content.PPTX: lambda path, data, limits: read_pptx(path, data, limits, _NESTING),
    Content.ODT: lambda path, data, limits: read_odt(path, data, limits, _NESTING),
    Content.DOC: lambda path, data, limits: read_doc(path, data, limits, _NESTING),
    Content.WORD_XML: lambda path, data, limits: read_word_xml(path, data, limits, _NESTING),
    Content.RTF: lambda path, data, limits: read_rtf(path, data, limits, _NESTING),
    Content.HTML: read_html,
    Content.MHT: read_mht,
    Content.IMAGE: read_image,
}
# Formats of files inside others besides docx and xlsx; the rest are no text or take too long.
_MAY_STAND_INSIDE = frozenset((Content.HTML, Content.MHT, Content.RTF))
# Types that no signature marks, or that need none.
_PLAIN: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".csv": read_csv,
    ".tsv": read_csv,
}
_EXPECTED = {
    **dict.fromkeys((".html", ".htm"), Content.HTML),
    **dict.fromkeys((".docx", ".docm"), Content.DOCX),
    ".pdf": Content.PDF,
    **dict.fromkeys((".xlsx", ".xlsm"), Content.XLSX),
    **dict.fromkeys((".xls", ".et"), Content.XLS),
    **dict.fromkeys((".pptx", ".pptm"), Content.PPTX),
    **dict.fromkeys((".doc", ".dot", ".wps"), Content.DOC),
    ".rtf": Content.RTF,
    ".odt": Content.ODT,
    ".ofd": Content.OFD,
    **dict.fromkeys((".mht", ".mhtml"), Content.MHT),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"), Content.IMAGE),
}
# Typed names for what people often keep as plain text under the name of another program.
_MAYBE_TEXT = frozenset((".doc", ".wps", ".docx", ".rtf", ".xls", ".et", ".mht", ".mhtml"))
SUPPORTED_SUFFIXES: frozenset[str] = frozenset((*_PLAIN, *_EXPECTED))
"""The file name endings that can be read, in lower case with their dot."""


def read_file(path: Path, limits: ReadLimits = ReadLimits()) -> RawDocument:
    """Read one file as what it is by its signature, whatever the end of its name says.

    The end of its name decides only where the content does not (text, Markdown), and whether the
    file is taken at all; where the name says something else than the content, a warning names both.
    At least one line of the document is not blank. Symbolic links are followed.

    Raises:
        UnreadableFileError: anything is wrong with the file; no other error is ever raised.
    """
    if path.suffix.lower() not in SUPPORTED_SUFFIXES:
        got = f"不支持的文件类型 {path.name}"
        advice = _advice(path.suffix.lower())
        raise UnreadableFileError(got, " ".join(sorted(SUPPORTED_SUFFIXES)), advice)
    data = _read_bytes(path, limits)
    try:
        return _read(path, data, limits)
    except UnreadableFileError:
        raise
    except MemoryError as error:
        raise too_large(path, "太大，内存不足", "内存放得下的文件") from error
    # The formats are parsed by other people's code, which fails on a damaged file with whatever
    # it stumbles over (KeyError, struct.error, RecursionError, …); the run must go on.
    except Exception as error:
        raise UnreadableFileError(
            f"{path.name} 无法解析（{type(error).__name__}）",
            "完好的文件",
            "用原来的程序打开检查，另存一份再试",
        ) from error


def _read(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    suffix = path.suffix.lower()
    content = detect(data)
    if content is None:
        if suffix in _PLAIN:
            return _PLAIN[suffix](path, data, limits)
        if suffix in _MAYBE_TEXT and (text := _as_text(path, data, limits)):
            return _warned(text, suffix, "纯文本")
        content = _EXPECTED[suffix]
        if content not in (Content.PDF, Content.DOCX, Content.IMAGE):
            raise UnreadableFileError(
                f"{path.name} 已损坏或不是 {content.value}",
                f"完好的 {suffix} 文件",
                "用原来的程序打开检查，另存为 .docx 或 .pdf",
            )
    reader = _READERS.get(content)
    if reader is None:
        raise _refused(path, content)
    document = with_attachments(reader(path, data, limits), limits, read_file, SUPPORTED_SUFFIXES)
    unexpected = content is not _EXPECTED.get(suffix)
    return _warned(document, suffix, content.value) if unexpected else document


def _read_inside(path: Path, data: bytes, limits: ReadLimits, nesting: Nesting) -> RawDocument:
    """Read a file that stands in another one; ``path`` is its name there."""
    content = detect(data)
    if content is None and path.suffix.lower() in _PLAIN:
        return _PLAIN[path.suffix.lower()](path, data, limits)
    if content is Content.DOCX:
        return read_docx(path, data, limits, nesting)
    if content is Content.XLSX:
        return read_xlsx(path, data, limits, nesting)
    reader = _READERS.get(content) if content in _MAY_STAND_INSIDE else None
    if reader is None:
        raise UnreadableFileError(path.name, "能读取的格式", "单独给出这个文件")
    return reader(path, data, limits)


_NESTING: Nesting = Nesting(_read_inside)


def _as_text(path: Path, data: bytes, limits: ReadLimits) -> RawDocument | None:
    # The rest of a damaged package or OLE file may decode as text; its first bytes give it away.
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide and any(byte < 9 for byte in data[:512]):
        return None
    try:
        return read_text(path, data, limits)
    except UnreadableFileError:
        return None


def _warned(document: RawDocument, suffix: str, name: str) -> RawDocument:
    warning = f"扩展名是 {suffix}，实际是 {name}，已按 {name} 读取"
    return replace(document, warnings=(warning, *document.warnings))


def _refused(path: Path, content: Content) -> UnreadableFileError:
    if content is Content.ENCRYPTED:
        return encrypted(path, "文件")
    return UnreadableFileError(
        f"{path.name} 的内容是 {content.value}，不能直接读取", "能读取的格式", _conversion(content)
    )


def _advice(suffix: str) -> str:
    """What to do with a file whose name ends in an ending that is not taken."""
    if suffix in (".ceb", ".caj"):
        return "用阅读器打印为 .pdf"
    if suffix == ".ppt":
        return _conversion(Content.PPT)
    return _conversion(Content.ZIP) if suffix in (".zip", ".rar", ".7z") else "另存为其中一种格式"


def _conversion(content: Content) -> str:
    """What to do with a file of a format that is not read."""
    ways = {
        Content.XLS: "用 Excel 或 WPS 打开，另存为 .xlsx",
        Content.XLSB: "用 Excel 打开，另存为 .xlsx",
        Content.ODS: "用 WPS 或 LibreOffice 另存为 .xlsx",
        Content.PPT: "另存为 .pptx 或 .pdf",
        Content.OLE: "用原来的程序打开，另存为 .docx",
    }
    return ways.get(content, "解压后给出里面的文件")


def _read_bytes(path: Path, limits: ReadLimits) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableFileError(f"{path.name} 是文件夹", "一个文件", "给出文件夹里的文件")
        if not path.exists():
            raise UnreadableFileError(f"文件 {path} 不存在", "已有的文件", "检查路径")
        if not path.is_file():
            raise UnreadableFileError(f"{path.name} 不是普通文件", "普通文件", "换一个文件")
        size = path.stat().st_size
        if size > limits.max_bytes:
            raise too_large(path, f"有 {size} 字节", f"不超过 {limits.max_bytes} 字节")
        # One byte over the bound, should the file grow while it is read.
        with path.open("rb") as stream:
            data = stream.read(limits.max_bytes + 1)
    except PermissionError as error:
        raise UnreadableFileError(
            f"没有权限读取 {path.name}", "可读的文件", "检查文件权限"
        ) from error
    except (OSError, ValueError) as error:
        raise UnreadableFileError(
            f"读取 {path.name} 失败：{error}", "可读的文件", "检查路径和磁盘"
        ) from error
    if not data:
        raise empty_file_error(path)
    return data[: limits.max_bytes]
