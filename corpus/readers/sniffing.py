"""What a file is by its first bytes and its inside, whatever the end of its name says."""

from __future__ import annotations

import io
import re
from enum import StrEnum
from zipfile import ZipFile

from corpus.readers.package import ZIP_ERRORS


class Content(StrEnum):
    """What a file holds; the value is its name for people."""

    PDF = "PDF"
    DOCX = "docx"
    XLSX = "xlsx"
    OFD = "OFD"
    ODT = "ODT"
    DOC = "doc"
    WORD_XML = "Word XML"
    RTF = "RTF"
    HTML = "HTML"
    MHT = "MHT"
    IMAGE = "图片"
    ENCRYPTED = "加密的 Office 文件"
    XLS = "旧版 Excel（xls）"
    PPT = "旧版 PowerPoint（ppt）"
    PPTX = "PowerPoint（pptx）"
    XLSB = "二进制 Excel（xlsb）"
    ODS = "ODS 表格"
    OLE = "已损坏或未知的 OLE 文件"
    ZIP = "ZIP 压缩包"
    RAR = "RAR 压缩包"
    SEVEN_ZIP = "7z 压缩包"
    GZIP = "gzip 压缩包"


_HEADS = (
    (b"%PDF-", Content.PDF),
    (b"\x89PNG\r\n\x1a\n", Content.IMAGE),
    (b"\xff\xd8\xff", Content.IMAGE),
    (b"II*\x00", Content.IMAGE),
    (b"MM\x00*", Content.IMAGE),
    (b"Rar!\x1a\x07", Content.RAR),
    (b"7z\xbc\xaf\x27\x1c", Content.SEVEN_ZIP),
    (b"\x1f\x8b\x08", Content.GZIP),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams, which stand in the directory of an OLE file as UTF-16.
_STREAMS = (
    ("EncryptedPackage", Content.ENCRYPTED),
    ("WordDocument", Content.DOC),
    ("Workbook", Content.XLS),
    ("PowerPoint Document", Content.PPT),
    ("MatOST", Content.DOC),  # Microsoft Works, whose files end in .wps too
)
_MEMBERS = (
    ("word/document.xml", Content.DOCX),
    ("xl/workbook.xml", Content.XLSX),
    ("xl/workbook.bin", Content.XLSB),
    ("ppt/presentation.xml", Content.PPTX),
    ("ofd.xml", Content.OFD),
)
_OPENDOCUMENT = (
    (b"application/vnd.oasis.opendocument.text", Content.ODT),
    (b"application/vnd.oasis.opendocument.spreadsheet", Content.ODS),
)
_BEFORE = r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*"
_HTML = re.compile(_BEFORE + r"<(?:!doctype\s+html|html[\s>])", re.I | re.S)
#: A saved page begins with mail headers; each pattern is linear in the head it is tried on.
_MAIL_HEADER = re.compile(r"\s*(?:From|Subject|Date|MIME-Version|Snapshot-[\w-]+|X-[\w-]+):", re.I)
_MIME_VERSION = re.compile(r"^MIME-Version:\s*1\.0", re.I | re.M)
_MIME_PAGE = re.compile(r"^Content-Type:\s*(?:multipart/related|text/html)", re.I | re.M)
_WORD_XML = re.compile(_BEFORE + r"<\?mso-application\s+progid=.Word\.Document", re.I | re.S)
_HEAD_BYTES = 4096
_MAX_MEMBERS_READ = 20_000


def detect(data: bytes) -> Content | None:
    """What a file holds, by its signature.

    None where nothing marks it: plain text, Markdown, a piece of HTML, or something unknown or
    damaged.
    """
    for head, content in _HEADS:
        if data.startswith(head):
            return content
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(data)
    if data.startswith(_OLE):
        return _in_ole(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Content.IMAGE
    # 「BM」 alone may begin a text; a bitmap names its own size and has four zero bytes.
    if data.startswith(b"BM") and data[6:10] == bytes(4) and data[14:18] in _BITMAP_HEADERS:
        return Content.IMAGE
    return _in_text(data)


_BITMAP_HEADERS = tuple(size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124))


def _in_text(data: bytes) -> Content | None:
    head = data[:_HEAD_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "replace")
    else:
        text = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    if text.lstrip().startswith("{\\rtf"):
        return Content.RTF
    if _WORD_XML.match(text):
        return Content.WORD_XML
    if _HTML.match(text):
        return Content.HTML
    is_page = _MAIL_HEADER.match(text) and _MIME_VERSION.search(text) and _MIME_PAGE.search(text)
    return Content.MHT if is_page else None


def _in_zip(data: bytes) -> Content | None:
    if data.count(b"PK\x01\x02") > _MAX_MEMBERS_READ:
        return _in_broken_zip(data)
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            names = {name.lower().replace("\\", "/") for name in archive.namelist()}
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    mimetype = stream.read(100)
                for prefix, content in _OPENDOCUMENT:
                    if mimetype.startswith(prefix):
                        return content
    except ZIP_ERRORS:
        return _in_broken_zip(data)
    found = next((content for member, content in _MEMBERS if member in names), None)
    if found is None and "[content_types].xml" in names:
        # The main part may lie elsewhere; its folder shows which.
        folders = {name.split("/")[0] for name in names}
        known = (("word", Content.DOCX), ("xl", Content.XLSX), ("ppt", Content.PPTX))
        found = next((content for folder, content in known if folder in folders), None)
    return found or Content.ZIP


def _in_broken_zip(data: bytes) -> Content | None:
    """By the names that stand in front of each member, where the list at the end is lost."""
    lowered = data.lower()
    return next((content for member, content in _MEMBERS if member.encode() in lowered), None)


def _in_ole(data: bytes) -> Content:
    found = (content for name, content in _STREAMS if name.encode("utf-16-le") in data)
    return next(found, Content.OLE)
