"""HTML pages: the main content as titled, headed paragraphs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UnreadableFileError
from corpus.raw import LineKind, RawDocument, RawLine
from corpus.readers.encoding import clean_characters, decode_bytes, empty_file_error
from corpus.readers.limits import ReadLimits, refuse_too_long

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?([\w-]{2,20})""", re.I
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_MAX_DATA_CELL = 400
# The tree takes about a kilobyte for each.
_MAX_TAGS = 500_000
_TITLE_SUFFIX = re.compile(r"\s*[_|｜]\s*|\s+[-–—]{1,2}\s+|(?<![\dA-Za-z])-(?![\dA-Za-z])")
_SPACES = re.compile(r"[ \t\n\xa0]+")
# A line end of the source inside a Chinese sentence is no space.
_SOURCE_LINE_END = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*\n\s*(?=[\u3000-\u9fff])")


def read_html(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read an HTML page.

    The title is the first ``<h1>``, else the ``ArticleTitle`` that government sites put into their
    pages, else ``<title>`` without the site's name.

    Args:
        path: the file.
        data: its bytes.
        limits: the bounds on the text.

    Returns:
        A document of format ``html`` with one line a paragraph, heading or table row.

    Raises:
        UnreadableFileError: no text is left without navigation and scripts, or the file is binary,
            too long or in an unknown encoding.
    """
    from bs4 import BeautifulSoup

    from corpus.readers.html_content import drop_furniture, main_content

    found = _CHARSET.search(data[:4096])
    decoded = decode_bytes(path, data, found.group(1).decode("ascii") if found else "")
    refuse_too_long(path, len(decoded.text), limits)
    if decoded.text.count("<") > _MAX_TAGS:
        raise UnreadableFileError(
            f"{path.name} 的标签超过 {_MAX_TAGS} 个", "正常大小的网页", "拆成几个文件再试"
        )
    soup = BeautifulSoup(decoded.text, "lxml")
    title = _page_title(soup)
    drop_furniture(soup)
    walker = _Walker()
    walker.walk(main_content(soup))
    if not walker.lines:
        raise empty_file_error(path)
    lines = _with_title(walker.lines, title)
    return RawDocument(path, "html", tuple(lines), True, decoded.warnings, decoded.encoding)


def _page_title(soup: BeautifulSoup) -> str:
    """The title that the page's head names, without the site's name."""
    for meta in soup.find_all("meta", attrs={"name": re.compile("^ArticleTitle$", re.I)}):
        if content := _tidy(str(meta.get("content") or "")):
            return content
    if soup.title is None:
        return ""
    title = _tidy(soup.title.get_text())
    first = _TITLE_SUFFIX.split(title)[0].strip()
    # 「首页_某市」: a first part that short is no title.
    return first if len(first) >= 4 else title


def _with_title(lines: list[RawLine], title: str) -> list[RawLine]:
    """Make the first ``<h1>`` the title, or put the page's title in front."""
    for i, line in enumerate(lines):
        if line.kind is LineKind.HEADING and line.level == 1:
            lines[i] = RawLine(line.text, kind=LineKind.TITLE)
            return lines
    for i, line in enumerate(lines[:5]):
        if line.text == title and line.kind is not LineKind.TABLE_ROW:
            lines[i] = RawLine(title, kind=LineKind.TITLE)
            return lines
    return [RawLine(title, kind=LineKind.TITLE), *lines] if title else lines


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", _SOURCE_LINE_END.sub("", clean_characters(text))).strip()


class _Walker:
    """Collects the lines of an element; ``_inline`` holds the text of the open line."""

    def __init__(self) -> None:
        self.lines: list[RawLine] = []
        self._inline: list[str] = []

    def walk(self, root: Tag) -> None:
        """Read everything under ``root``, without recursion: pages may nest thousands deep."""
        from bs4.element import NavigableString, PreformattedString, Tag

        stack: list[NavigableString | Tag | None] = [root]
        while stack:
            node = stack.pop()
            if node is None:
                self._end_line()
            elif isinstance(node, Tag):
                if node.name == "br":
                    self._end_line()
                elif node.name in _HEADINGS:
                    self._add_heading(node)
                elif node.name == "table" and (rows := _data_rows(node)):
                    self._end_line()
                    self.lines.extend(rows)
                else:
                    if node.name in _BLOCKS:
                        self._end_line()
                        stack.append(None)
                    stack.extend(list(node.contents)[::-1])  # type: ignore[arg-type]
            # Comments and doctypes are strings too, but not text.
            elif not isinstance(node, PreformattedString):
                self._inline.append(str(node))
        self._end_line()

    def _add_heading(self, node: Tag) -> None:
        self._end_line()
        text = _tidy(node.get_text())
        if text:
            self.lines.append(RawLine(text, kind=LineKind.HEADING, level=int(node.name[1])))

    def _end_line(self) -> None:
        text = _tidy("".join(self._inline))
        self._inline = []
        if text:
            self.lines.append(RawLine(text))


def _data_rows(table: Tag) -> list[RawLine]:
    """The rows of a table of data; none for a table that only lays out the page."""
    if table.find("table") is not None:
        return []
    rows = []
    widest = 0
    for tr in table.find_all("tr"):
        cells = [_tidy(cell.get_text(" ")) for cell in tr.find_all(["td", "th"])]
        if any(len(cell) > _MAX_DATA_CELL for cell in cells):
            return []
        widest = max(widest, len(cells))
        filled = [cell for cell in cells if cell]
        if filled:
            rows.append(RawLine(" | ".join(filled), kind=LineKind.TABLE_ROW))
    return rows if widest > 1 else []
