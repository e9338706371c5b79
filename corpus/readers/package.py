"""Files that are zip archives of XML (docx, xlsx, ofd): opened safely, read within bounds."""

from __future__ import annotations

import contextlib
import io
import struct
import zlib
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from corpus.errors import UnreadableFileError
from corpus.readers.limits import too_large

ZIP_ERRORS = (
    BadZipFile, zlib.error, struct.error, ValueError, OSError, EOFError, NotImplementedError,
    KeyError, RuntimeError,
)  # fmt: skip
"""What ``zipfile`` raises on a damaged archive."""

_MAX_XML_BYTES = 200_000_000
_MAX_RATIO = 300
_MAX_ENTRIES = 20_000
_UNICODE_PATH = 0x7075
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def member_name(entry: ZipInfo) -> str:
    """A member's name, whichever encoding its program used; parts are parted by ``/``.

    Without bit 11 of the flags the name is in the encoding of the system it came from: UTF-8, or GBK
    where it does not decode as such.
    """
    raw_name = entry.orig_filename.split("\x00")[0]
    if not entry.flag_bits & 0x800:
        raw = raw_name.encode("cp437", "replace")
        raw_name = _unicode_path(entry.extra) or _decoded(raw)
    # Some programs on Windows write \ between parts; only now, for \ may be half of a character.
    name = raw_name.replace("\\", "/")
    while name.startswith("./"):
        name = name[2:]
    return name


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("cp437")


def _unicode_path(extra: bytes) -> str:
    """The name as UTF-8 that some programs add beside the one in the system's encoding."""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(body) > 5 and body[0] == 1:
            with contextlib.suppress(UnicodeDecodeError):
                return body[5:].decode("utf-8")
    return ""


def open_package(path: Path, data: bytes, name: str) -> ZipFile:
    """Open the archive inside a document, without unpacking anything.

    Raises:
        UnreadableFileError: it is broken, encrypted, or would unpack to far more than a document
            can hold.
    """
    # Counted before zipfile makes an object of each: ten million would take gigabytes.
    crowded = data.count(b"PK\x01\x02") > _MAX_ENTRIES
    try:
        archive = None if crowded else ZipFile(io.BytesIO(data))
    except ZIP_ERRORS as error:
        raise damaged(path, name) from error
    entries = archive.infolist() if archive else []
    if any(entry.flag_bits & 1 for entry in entries):
        raise encrypted(path, name)
    # The other methods may ask for a dictionary of gigabytes; office programs do not use them.
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise damaged(path, name)
    xml = sum(e.file_size for e in entries if e.filename.lower().endswith((".xml", ".rels")))
    dense = any(
        e.file_size > 10_000_000 and e.file_size > _MAX_RATIO * e.compress_size for e in entries
    )
    if archive is None or xml > _MAX_XML_BYTES or dense:
        expected = f"解压后不超过 {_MAX_XML_BYTES} 字节的 {name}"
        raise _suspicious(f"{path.name} 解压后过大（疑似压缩炸弹）", expected)
    return archive


def check_xml(
    path: Path, archive: ZipFile, name: str, most_tags: int, entities: bool = False
) -> None:
    """Refuse a package whose XML would take gigabytes once parsed, or declares entities.

    Args:
        path: the file, for messages.
        archive: the open package.
        name: the format's name for messages.
        most_tags: most ``<`` in all its parts; the tree of a part takes about 250 bytes for each.
        entities: whether a document type may be declared, where the reader expands no entities;
            the Open XML standard forbids it, and entities that grow without bound need it.

    Raises:
        UnreadableFileError: a bound is passed, or a part cannot be unpacked.
    """
    tags = 0
    for entry in archive.infolist():
        if not entry.filename.lower().endswith((".xml", ".rels")):
            continue
        tail = b""
        try:
            with archive.open(entry) as stream:
                while chunk := stream.read(1 << 20):
                    tags += chunk.count(b"<")
                    if not entities and any(mark in tail + chunk for mark in _DOCTYPES):
                        got = f"{path.name} 的 XML 带有实体声明（疑似 XML 炸弹）"
                        raise _suspicious(got, f"正常的 {name} 文件")
                    tail = chunk[-20:]
        except ZIP_ERRORS as error:
            raise damaged(path, name) from error
        if tags > most_tags:
            got = f"内容过多（XML 标签超过 {most_tags} 个）"
            raise too_large(path, got, f"正常大小的 {name} 文件")


def parse_xml(data: bytes, entities: bool = False) -> Any:
    """The root element of an XML part; entities stay unexpanded and nothing is fetched.

    Args:
        data: the part.
        entities: whether entities may be declared, where their references are passed over.

    Raises:
        lxml.etree.LxmlError: it is no XML even with damage overlooked.
        ValueError: it declares entities, or is empty.
    """
    from lxml import etree

    if not entities and b"<!ENTITY" in data:
        raise ValueError("entities are declared")
    options: dict[str, Any] = {
        "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False,
        "remove_comments": True, "remove_pis": True,
    }  # fmt: skip
    try:
        return etree.fromstring(data, etree.XMLParser(**options))
    except etree.XMLSyntaxError:
        # Undeclared prefixes and stray control characters are common in real OFD files.
        root = etree.fromstring(data, etree.XMLParser(**options, recover=True))
    if root is None:
        raise ValueError("no element in it")
    return root


def _suspicious(got: str, expected: str) -> UnreadableFileError:
    return UnreadableFileError(got, expected, "确认来源，用原来的程序重新另存")


def damaged(path: Path, name: str) -> UnreadableFileError:
    """The error for a package that cannot be opened."""
    return UnreadableFileError(
        f"{path.name} 已损坏或不是 {name}",
        f"完好的 {name} 文件",
        "用 Word 或 WPS 打开并另存" if name != "ofd" else "用 OFD 阅读器打开检查，重新导出",
    )


def encrypted(path: Path, name: str) -> UnreadableFileError:
    """The error for a document that needs a password."""
    return UnreadableFileError(
        f"{path.name} 已加密", f"没有打开密码的 {name}", "用原来的程序去掉密码后另存"
    )
