"""HTML pages, also those saved into one file: the main content as titled, headed paragraphs."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UnreadableFileError
from corpus.raw import LineKind, RawDocument, RawLine
from corpus.readers.encoding import clean_characters, decode_bytes, empty_file_error
from corpus.readers.limits import ReadLimits, refuse_too_long, too_large

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?([\w-]{2,20})""", re.I
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(
    (
        "address article aside blockquote body caption center dd details dialog dir div dl dt "
        "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main "
        "menu nav ol p pre section summary table tbody td tfoot th thead tr ul"
    ).split()
)
_MAX_DATA_CELL = 400
# The tree takes about a kilobyte for each.
_MAX_TAGS = 500_000
_TITLE_SUFFIX = re.compile(r"\s*[_|｜]\s*|\s+[-–—]{1,2}\s+|(?<![\dA-Za-z])-(?![\dA-Za-z])")
_SPACES = re.compile(r"[ \t\n\xa0]+")
# A line end of the source inside a Chinese sentence is no space.
_SOURCE_LINE_END = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*\n\s*(?=[\u3000-\u9fff])")
_ALWAYS_DROPPED = (
    "script style noscript template nav footer aside iframe svg canvas object button select "
    "input textarea map audio video head"
).split()
# Words in class or id of page furniture. Dropped only where they hold little of the page's text:
# 「content-share」 may as well be the article itself.
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:bread-?crumbs?|crumbs?|share|side-?bar|foot(?:er)?|copy-?right|pagination"
    r"|pager|nav(?:bar|igation)?|menu|related|comments?|advert\w*|toolbar|top-?bar)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MAX_FURNITURE_SHARE = 0.3
# Nearly all sentences must be inside the container: a footer kept costs little, a lost one much.
_CONTENT_SHARE = 0.95
_SENTENCE = re.compile("[。！？；]")
_ANYTHING = re.compile(r"\S")


def read_html(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read an HTML page: a line a paragraph, heading or table row; navigation and scripts are left out.

    The title is the first ``<h1>``, else the ``ArticleTitle`` that government sites put into their
    pages, else ``<title>`` without the site's name.
    """
    from bs4 import BeautifulSoup

    found = _CHARSET.search(data[:4096])
    decoded = decode_bytes(path, data, found.group(1).decode("ascii") if found else "")
    refuse_too_long(path, len(decoded.text), limits)
    if decoded.text.count("<") > _MAX_TAGS:
        raise too_large(path, f"的标签超过 {_MAX_TAGS} 个", "正常大小的网页")
    soup = BeautifulSoup(decoded.text, "lxml")
    title = _page_title(soup)
    drop_furniture(soup)
    walker = _Walker()
    walker.walk(main_content(soup))
    if not walker.lines:
        raise empty_file_error(path)
    lines = _with_title(walker.lines, title)
    return RawDocument(path, "html", tuple(lines), True, decoded.warnings, decoded.encoding)


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
    headings = (i for i, x in enumerate(lines) if x.kind is LineKind.HEADING and x.level == 1)
    same = (i for i, x in enumerate(lines[:5]) if x.text == title and x.kind != LineKind.TABLE_ROW)
    at = next(chain(headings, same), None)
    if at is not None:
        lines[at] = RawLine(lines[at].text, kind=LineKind.TITLE)
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
        if text := _tidy(node.get_text()):
            self.lines.append(RawLine(text, kind=LineKind.HEADING, level=int(node.name[1])))

    def _end_line(self) -> None:
        if text := _tidy("".join(self._inline)):
            self.lines.append(RawLine(text))
        self._inline = []


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
        if any(cells):
            rows.append(RawLine(" | ".join(filter(None, cells)), kind=LineKind.TABLE_ROW))
    return rows if widest > 1 else []


def drop_furniture(soup: BeautifulSoup) -> None:
    """Remove scripts, navigation, page headers and footers, forms and hidden elements, in place."""
    for tag in soup.find_all(_ALWAYS_DROPPED):
        tag.decompose()
    lengths = _lengths(soup, _ANYTHING, links=True)
    most = _MAX_FURNITURE_SHARE * lengths[id(soup)]
    for tag in soup.find_all(True):
        if _is_hidden(tag) or (_is_suspect(tag) and lengths.get(id(tag), 0) <= most):
            tag.extract()


def main_content(soup: BeautifulSoup) -> Tag:
    """The smallest element that holds the document: its title and nearly all of its sentences."""
    from bs4 import Tag

    root = soup.body if isinstance(soup.body, Tag) else soup
    weights = _lengths(root, _SENTENCE, links=False)
    if not weights[id(root)]:
        weights = _lengths(root, _ANYTHING, links=False)
    whole = weights[id(root)]
    content = root
    while whole:
        heavy = [
            child
            for child in content.children
            if isinstance(child, Tag) and weights.get(id(child), 0) >= _CONTENT_SHARE * whole
        ]
        # A table, a list or a paragraph is part of a document, not its container.
        if not heavy or heavy[0].name in ("table", "ul", "ol", "p", "blockquote", "pre"):
            break
        content = heavy[0]
    return _with_heading(content, root)


def _with_heading(content: Tag, root: Tag) -> Tag:
    """Widen the content to take in its ``<h1>``, unless that would take in a page of links too."""
    heading = root.find("h1")
    if heading is None or content.find("h1") is not None:
        return content
    parents = {id(parent) for parent in heading.parents}
    wider = content
    while id(wider) not in parents and wider.parent is not None and wider is not root:
        wider = wider.parent
    extra_links = _link_length(wider) - _link_length(content)
    extra = len(wider.get_text(strip=True)) - len(content.get_text(strip=True))
    return wider if extra_links <= 0.5 * max(1, extra) else content


def _lengths(root: Tag, counted: re.Pattern[str], links: bool) -> dict[int, int]:
    """Characters of text under each element, by ``id()``; one pass, for pages may nest deep.

    Only pieces of text that hold ``counted`` are counted; those of links only with ``links``.
    """
    from bs4.element import NavigableString, PreformattedString, Tag

    lengths: dict[int, int] = {}
    order: list[Tag] = []
    stack: list[tuple[Tag, bool]] = [(root, False)]
    while stack:
        tag, in_link = stack.pop()
        order.append(tag)
        own = 0
        for child in tag.contents:
            if isinstance(child, Tag):
                stack.append((child, in_link or child.name == "a"))
            elif isinstance(child, PreformattedString) or (in_link and not links):
                continue
            elif isinstance(child, NavigableString) and counted.search(child):
                own += len(child.strip())
        lengths[id(tag)] = own
    # Children come after their parents in this order, so backwards each is complete when added.
    for tag in reversed(order[1:]):
        lengths[id(tag.parent)] += lengths[id(tag)]
    return lengths


def _link_length(tag: Tag) -> int:
    return sum(len(link.get_text(strip=True)) for link in tag.find_all("a"))


def _is_hidden(tag: Tag) -> bool:
    if tag.name in ("html", "body"):
        return False
    return (
        tag.has_attr("hidden")
        or str(tag.get("aria-hidden", "")).lower() == "true"
        or bool(_HIDDEN_STYLE.search(str(tag.get("style", ""))))
    )


def _is_suspect(tag: Tag) -> bool:
    if tag.name in ("html", "body", "article", "main", *_HEADINGS):
        return False
    if tag.name == "form":
        return True
    if tag.name == "header":
        # The header of an article holds its title; the header of a page holds its logo.
        return tag.find_parent(["article", "main"]) is None
    classes = tag.get("class")
    names = " ".join(classes) if isinstance(classes, list) else str(classes or "")
    return bool(_FURNITURE.search(f"{names} {tag.get('id') or ''}"))
