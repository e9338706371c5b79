"""Which part of a web page is the document: furniture out, densest container in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_ALWAYS_DROPPED = [
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "footer",
    "aside",
    "iframe",
    "svg",
    "canvas",
    "object",
    "button",
    "select",
    "input",
    "textarea",
    "map",
    "audio",
    "video",
    "head",
]
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


def drop_furniture(soup: BeautifulSoup) -> None:
    """Remove scripts, navigation, page headers and footers, forms and hidden elements, in place.

    Args:
        soup: the parsed page.
    """
    for tag in soup.find_all(_ALWAYS_DROPPED):
        tag.decompose()
    lengths = _lengths(soup, _ANYTHING, links=True)
    most = _MAX_FURNITURE_SHARE * lengths[id(soup)]
    furniture = [
        tag
        for tag in soup.find_all(True)
        if _is_hidden(tag) or (_is_suspect(tag) and lengths.get(id(tag), 0) <= most)
    ]
    for tag in furniture:
        tag.extract()


def main_content(soup: BeautifulSoup) -> Tag:
    """The smallest element that holds the document: its title and nearly all of its sentences.

    Args:
        soup: the parsed page, without furniture.
    """
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

    Args:
        root: where to begin.
        counted: only pieces of text that hold this are counted.
        links: whether the text of links is counted.
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
    if tag.name in ("html", "body", "article", "main", *("h1", "h2", "h3", "h4", "h5", "h6")):
        return False
    if tag.name == "form":
        return True
    if tag.name == "header":
        # The header of an article holds its title; the header of a page holds its logo.
        return tag.find_parent(["article", "main"]) is None
    classes = tag.get("class")
    names = " ".join(classes) if isinstance(classes, list) else str(classes or "")
    return bool(_FURNITURE.search(f"{names} {tag.get('id') or ''}"))
