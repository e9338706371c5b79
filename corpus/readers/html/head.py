"""What a page says about its document outside the text: meta tags, title, header tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.language.boilerplate import HOME_PAGE, SITE_NAME_END
from corpus.raw import Declared, DeclaredField
from corpus.readers.html.lines import cell_text, content_lines, tidy
from corpus.readers.html.tables import table_cells
from corpus.readers.labelled_head import Pair, declared_pairs, is_label, table_pairs, take_head

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

#: Names of meta tags without marks between words, in order of trust within a field.
_META = {
    DeclaredField.TITLE: "articletitle dctitle dctermstitle og:title twitter:title title",
    DeclaredField.PUBLISHED: (
        "pubdate publishdate publishedtime article:publishedtime og:releasedate dcdate dctermsissued "
        "dctermscreated date weibo:article:createat"
    ),
    DeclaredField.SOURCE: "contentsource source og:sitename sitename dcsource dcpublisher publisher",
    DeclaredField.OTHER: "columnname author",
}
_FIELDS = {name: field for field, names in _META.items() for name in names.split()}
_SITE_NAMES = ("sitename", "og:sitename")
_TITLE_SUFFIX = re.compile(r"\s*[_|｜]\s*|\s+[-–—]{1,2}\s+|(?<![\dA-Za-z])-{1,2}(?![\dA-Za-z])")
_LEAST_TITLE = 4
#: Characters of a block over the content that may be a head.
_LONGEST_HEAD = 1500


def meta_tags(soup: BeautifulSoup) -> tuple[Declared, ...]:
    """What the meta tags and ``<title>`` say, the title of the article first."""
    found: list[tuple[int, Declared]] = []
    order = {name: i for i, name in enumerate(_FIELDS)}
    for meta in soup.find_all("meta"):
        name = str(meta.get("name") or meta.get("property") or meta.get("itemprop") or "")
        key = re.sub(r"[\s._-]", "", name).lower()
        value = tidy(str(meta.get("content") or ""))
        if value and key in _FIELDS:
            found.append((order[key], Declared(_FIELDS[key], value, f"meta {name}", name)))
    tags = [declared for _, declared in sorted(found, key=lambda pair: pair[0])]
    title = _title_element(soup, tags)
    if title:
        tags.append(Declared(DeclaredField.TITLE, title, "title", "title"))
    return tuple(dict.fromkeys(tags))


def page_title(declared: tuple[Declared, ...]) -> str:
    """The title that the page names for itself, or ""."""
    titles = (said.value for said in declared if said.field is DeclaredField.TITLE)
    return next(titles, "")


def _title_element(soup: BeautifulSoup, tags: list[Declared]) -> str:
    """``<title>`` without the names of the site and the column."""
    title = tidy(soup.title.get_text()) if soup.title is not None else ""
    sites = {d.value for d in tags if re.sub(r"[\s._-]", "", d.label).lower() in _SITE_NAMES}
    parts = [part.strip() for part in _TITLE_SUFFIX.split(title)]
    own = [
        part
        for part in parts
        if len(part) >= _LEAST_TITLE and part not in sites and not HOME_PAGE.fullmatch(part)
    ]
    if not own:
        # 「首页_某市」: a first part that short is no title.
        return "" if title in sites else title
    # 「某局网站-某某条例」: some sites put their name in front.
    first = next((part for part in own if not SITE_NAME_END.search(part)), own[0])
    return first


def take_header_tables(root: Tag) -> list[Declared]:
    """What the header tables of a page say (索引号, 发布机构, …); they are taken out of it."""
    declared: list[Declared] = []
    tables = root.find_all("table")
    outer = {id(table.find_parent("table")) for table in tables}
    for table in tables:
        if id(table) in outer:
            continue
        cells = table_cells(table, cell_text)
        rows: dict[int, list[str]] = {}
        for cell in cells:
            rows.setdefault(cell.row, []).append(cell.text)
        if pairs := table_pairs(list(rows.values())):
            declared += declared_pairs(pairs, "header table")
            table.decompose()
    for listing in root.find_all("dl"):
        if not listing.decomposed and (pairs := list(_definitions(listing))):
            declared += declared_pairs(pairs, "header table")
            listing.decompose()
    return declared


def lines_before(content: Tag) -> list[Declared]:
    """What labelled lines over the content say, up to the page's top: 「<li>索引号：…</li>」."""
    from bs4.element import Tag

    declared: list[Declared] = []
    inner = content
    while inner.parent is not None and inner.name != "body":
        for block in inner.find_previous_siblings():
            if isinstance(block, Tag) and len(block.get_text()) <= _LONGEST_HEAD:
                declared += take_head(content_lines(block), "page head").declared
        inner = inner.parent
    return declared


def _definitions(listing: Tag) -> Iterator[Pair]:
    """The labels of a ``<dl>`` and their values, where all its terms are labels."""
    terms = listing.find_all("dt")
    if len(terms) < 2 or not all(is_label(term.get_text()) for term in terms):
        return
    for term in terms:
        value = term.find_next_sibling(["dt", "dd"])
        said = tidy(value.get_text()) if value is not None and value.name == "dd" else ""
        yield Pair(tidy(term.get_text()).strip(":： "), said)
