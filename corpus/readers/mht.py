"""Web pages saved into one file (MIME), which some systems name ``.doc``."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

from corpus.errors import UnreadableFileError
from corpus.raw import RawDocument
from corpus.readers.html import read_html
from corpus.readers.limits import ReadLimits


def read_mht(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read the web page inside a MIME file; its pictures and styles are left out."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for number, part in enumerate(message.walk()):
        if number > 1000:
            break
        if part.get_content_type() != "text/html" or not isinstance(part, EmailMessage):
            continue
        page = part.get_payload(decode=True)
        if isinstance(page, bytes) and page.strip():
            charset = part.get_content_charset("")
            return read_html(path, _with_charset(page, charset), limits)
    raise UnreadableFileError(
        f"{path.name} 里没有网页正文", "单文件网页（mht）", "用浏览器打开，另存为 html 再试"
    )


def _with_charset(page: bytes, charset: str) -> bytes:
    """The page with the encoding that the MIME part names, where the page names none itself."""
    if not charset.isascii() or b"charset" in page[:4096].lower():
        return page
    return f'<meta charset="{charset}">'.encode("ascii") + page
