"""What of a page is the document: its furniture dropped, the smallest element that holds the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.language.boilerplate import ATTACHMENT
from corpus.readers.html.lines import HEADINGS
from corpus.readers.labelled_head import pairs_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_ALWAYS_DROPPED = (
    "script style noscript template nav footer iframe svg canvas object button select "
    "input textarea map audio video head"
).split()
# Words in class or id of page furniture. Dropped only where they hold little of the page's text:
# 「content-share」 may as well be the article itself.
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:bread-?crumbs?|crumbs?|curb|cur-?pos(?:ition)?|share|b-?share|bd-?share\w*|side-?bar"
    r"|foot(?:er)?\d*|copy-?right|pagination|pager|nav(?:bar|igation)?\d*|menu|relate[ds]?|recommend\w*"
    r"|comments?|advert\w*|toolbar|top-?bar|qr-?code|ewm|font-?size|set-?font|print|friend-?links?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MAX_FURNITURE_SHARE = 0.3
# Nearly all sentences must be inside the container: a footer kept costs little, a lost one much.
_CONTENT_SHARE = 0.95
#: So much of the words of a block that leads elsewhere are links.
_LINK_SHARE = 0.6
_SENTENCE = re.compile("[。！？；]")
_ANYTHING = re.compile(r"\S")
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|rtf|txt|zip|rar|7z)(?:$|[?#])", re.IGNORECASE
)
_WHOLE = ("table", "ul", "ol", "p", "blockquote", "pre")


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
        if not heavy or heavy[0].name in _WHOLE:
            break
        content = heavy[0]
    wider = _around_heading(content, root)
    if whole and _link_length(root) < _LINK_SHARE * len(root.get_text(strip=True)):
        for block, least in [*_beside(content, wider), *_at_the_ends(content)]:
            if _leads_elsewhere(block, least):
                block.extract()
    # Not with a page of links, too.
    extra_links = _link_length(wider) - _link_length(content)
    extra = len(wider.get_text(strip=True)) - len(content.get_text(strip=True))
    return wider if extra_links <= 0.5 * max(1, extra) else content


def _beside(content: Tag, wider: Tag) -> Iterator[tuple[Tag, int]]:
    """The elements of ``wider`` before and behind ``content``, and how few links are too few."""
    from bs4.element import Tag

    inner = content
    while inner is not wider and inner.parent is not None:
        for block in inner.parent.children:
            if isinstance(block, Tag) and block is not inner:
                yield block, 1
        inner = inner.parent


def _at_the_ends(content: Tag) -> Iterator[tuple[Tag, int]]:
    """The elements of the content before its first and behind its last sentence."""
    from bs4.element import Tag

    blocks = [child for child in content.children if isinstance(child, Tag)]
    prose = [i for i, block in enumerate(blocks) if _SENTENCE.search(block.get_text())]
    if prose:
        yield from ((block, 2) for block in [*blocks[: prose[0]], *blocks[prose[-1] + 1 :]])


def _leads_elsewhere(block: Tag, least: int) -> bool:
    """Whether a block is ``least`` links or more to other pages, and nothing to be read or fetched."""
    text = block.get_text(strip=True)
    if not text or block.name in HEADINGS or block.find(HEADINGS[:1]) is not None:
        return False
    links = block.find_all("a", href=True)
    if _SENTENCE.search(text) or ATTACHMENT.search(text) or pairs_of(text):
        return False
    if any(_FILE.search(str(link["href"])) for link in links):
        return False
    return len(links) >= least and _link_length(block) >= _LINK_SHARE * len(text)


def _around_heading(content: Tag, root: Tag) -> Tag:
    """The element around the content that takes in its ``<h1>``."""
    heading = root.find("h1")
    if heading is None or content.find("h1") is not None:
        return content
    parents = {id(parent) for parent in heading.parents}
    wider = content
    while id(wider) not in parents and wider.parent is not None and wider is not root:
        wider = wider.parent
    return wider


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
    if tag.name in ("html", "body", "article", "main", *HEADINGS):
        return False
    if tag.name == "form":
        return True
    if tag.name == "header":
        # The header of an article holds its title; the header of a page holds its logo.
        return tag.find_parent(["article", "main"]) is None
    classes = tag.get("class")
    names = " ".join(classes) if isinstance(classes, list) else str(classes or "")
    return bool(_FURNITURE.search(_CAMEL.sub("-", f"{names} {tag.get('id') or ''}")))
