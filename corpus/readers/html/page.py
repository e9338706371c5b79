"""HTML pages, also those saved into one file: the main content as titled, headed paragraphs."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from itertools import islice
from pathlib import Path

from corpus.errors import UnreadableFileError
from corpus.language.simplification import bare
from corpus.raw import LineKind, RawDocument, RawLine
from corpus.readers.captions import with_captions
from corpus.readers.encoding import decode_bytes, empty_file_error
from corpus.readers.html.content import drop_furniture, main_content
from corpus.readers.html.head import lines_before, meta_tags, page_title, take_header_tables
from corpus.readers.html.inline import resolve_marks
from corpus.readers.html.lines import content_lines
from corpus.readers.labelled_head import take_head
from corpus.readers.limits import ReadLimits, refuse_too_long, too_large
from corpus.readers.marked_notes import place_notes

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?([\w-]{2,20})""", re.I
)
# The tree takes about a kilobyte for each.
_MAX_TAGS = 500_000
_TITLE_LINES = 12


def read_html(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read an HTML page: a line a paragraph, heading or table row; navigation and scripts are left out.

    The title is the ``ArticleTitle`` that government sites put into their pages, where it stands in
    the page's head, else the first ``<h1>``, else what the page's meta tags or ``<title>`` name.
    """
    from bs4 import BeautifulSoup

    found = _CHARSET.search(data[:4096])
    decoded = decode_bytes(path, data, found.group(1).decode("ascii") if found else "")
    refuse_too_long(path, len(decoded.text), limits)
    if decoded.text.count("<") > _MAX_TAGS:
        raise too_large(path, f"的标签超过 {_MAX_TAGS} 个", "正常大小的网页")
    soup = BeautifulSoup(decoded.text, "lxml")
    declared = meta_tags(soup)
    notes = resolve_marks(soup)
    drop_furniture(soup)
    header_tables = take_header_tables(soup)
    content = main_content(soup)
    above = lines_before(content)
    lines = with_captions(place_notes(content_lines(content), notes))
    head = take_head(_with_title(lines, page_title(declared)), "page head")
    if not head.lines:
        raise empty_file_error(path)
    said = (*declared, *header_tables, *above, *head.declared)
    return RawDocument(path, "html", head.lines, True, decoded.warnings, decoded.encoding, said)


def read_mht(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read the web page inside a MIME file, which some systems name ``.doc``; pictures are left out."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in islice(message.walk(), 1001):
        if part.get_content_type() == "text/html" and isinstance(part, EmailMessage):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return read_html(path, _with_charset(page, part.get_content_charset("")), limits)
    raise UnreadableFileError(
        f"{path.name} 里没有网页正文", "单文件网页（mht）", "用浏览器打开，另存为 html 再试"
    )


def _with_charset(page: bytes, charset: str) -> bytes:
    """The page with the encoding that the MIME part names, where the page names none itself."""
    if not charset.isascii() or b"charset" in page[:4096].lower():
        return page
    return f'<meta charset="{charset}">'.encode("ascii") + page


def _with_title(lines: list[RawLine], title: str) -> list[RawLine]:
    """Make the line that says the title, else the first ``<h1>``, the title, or put it in front."""
    rows = (LineKind.TABLE_ROW, LineKind.NOTE, LineKind.CAPTION)
    first = [i for i, x in enumerate(lines[:_TITLE_LINES]) if x.kind not in rows]
    same = [i for i in first if title and bare(lines[i].text) == bare(title)]
    headings = [i for i, x in enumerate(lines) if x.kind is LineKind.HEADING and x.level == 1]
    at = next(iter([*same, *headings]), None)
    if at is not None:
        lines[at] = RawLine(lines[at].text, kind=LineKind.TITLE)
        return lines
    return [RawLine(title, kind=LineKind.TITLE), *lines] if title else lines
