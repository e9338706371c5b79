"""Marks inside the lines of a page: struck-out text goes, raised type and notes are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from corpus.readers.marked_notes import raised, without_marks
from corpus.readers.raised import subscript
from corpus.structure.headings import find_marker

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

BLOCKS = frozenset(
    (
        "address article aside blockquote body caption center dd details dialog dir div dl dt "
        "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main "
        "menu nav ol p pre section summary table tbody td tfoot th thead tr ul"
    ).split()
)
_STRUCK = ("del", "s", "strike")
_STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;}]*line-through", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.IGNORECASE)
# 「.old, s.gone {…}」 in a style sheet.
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
_CLASS = re.compile(r"(?:^|[\s,])[a-zA-Z]*\.([\w-]+)\s*(?=,|$)")
_LONGEST_RAISED = 20
_BEFORE = 16
_LONGEST_MARK = 5
_OWN_MARK = re.compile(
    r"(?:[\[［(（〔【]?\s*注?\s*(\w{1,3}|[*†‡§※])\s*[\]］)）〕】]?[.、．:：]?|[↩↑^])\s*"
)


def resolve_marks(soup: BeautifulSoup) -> dict[str, str]:
    """Empty what is struck out, and put for raised type what stands for it in the text, in place.

    Returns:
        The notes that links lead to, by where they stand; they are emptied in the page.
    """
    _drop_struck(soup)
    targets = {str(tag.get("id") or tag.get("name")): tag for tag in _anchors(soup)}
    wanted: dict[str, str] = {}
    for tag in soup.find_all(["sup", "sub", "a", "span", "font"]):
        if tag.parent is None:
            continue
        if tag.name == "a":
            _resolve_link(tag, targets, wanted)
        elif tag.name in ("sup", "sub") or _RAISED_STYLE.search(str(tag.get("style", ""))):
            _resolve_raised(tag, targets, wanted)
    notes: dict[str, str] = {}
    for target, mark in wanted.items():
        body = _note_body(targets[target], mark)
        if body is not None and (text := _note_text(body)):
            notes[target] = text
            body.clear()
    return notes


def _anchors(soup: BeautifulSoup) -> Iterator[Tag]:
    yield from soup.find_all("a", attrs={"name": True})
    yield from soup.find_all(id=True)


def _drop_struck(soup: BeautifulSoup) -> None:
    classes = {
        name
        for sheet in soup.find_all("style")
        for selectors, rules in _RULE.findall(sheet.get_text())
        if _STRUCK_STYLE.search(rules)
        for name in _CLASS.findall(selectors.strip())
    }
    blocks: dict[int, Tag] = {}
    for tag in soup.find_all(True):
        struck = tag.name in _STRUCK or _STRUCK_STYLE.search(str(tag.get("style", "")))
        if struck or classes.intersection(tag.get("class") or ()):
            if block := _block_of(tag):
                blocks[id(block)] = block
            # Taking a tag out of thousands of others takes long; emptying it does not.
            tag.clear()
    for block in blocks.values():
        # 「二、」 is all that is left of a paragraph.
        if _is_bare_number(block.get_text().strip()):
            block.clear()


def _block_of(tag: Tag) -> Tag | None:
    return next((p for p in tag.parents if p.name in ("p", "li", "div", "td", "th")), None)


def _is_bare_number(text: str) -> bool:
    marker = find_marker(text)
    return marker is not None and not text[marker.end :].strip()


def _resolve_raised(tag: Tag, targets: dict[str, Tag], wanted: dict[str, str]) -> None:
    text = tag.get_text()
    style = str(tag.get("style", "")).lower()
    if not text.strip() or len(text) > _LONGEST_RAISED:
        return
    if text != without_marks(text):  # a link in it, already resolved
        return
    link = tag if tag.name == "a" else tag.find("a", href=True) or tag.find_parent("a", href=True)
    target = _target(link, targets) if link is not None else None
    is_low = tag.name == "sub" or re.search(r"vertical-align\s*:\s*sub\b", style) is not None
    shown = subscript(text) if is_low else raised(text, _before(tag), target)
    if target and shown != text:
        wanted[target] = text.strip()
    tag.string = shown


def _resolve_link(link: Tag, targets: dict[str, Tag], wanted: dict[str, str]) -> None:
    """A link to a note of the same page: 「<a href="#_ftn1">[1]</a>」; raised ones come by themselves."""
    target = _target(link, targets)
    text = link.get_text()
    if not target or link.find("sup") or len(text.strip()) > _LONGEST_RAISED or target in wanted:
        return
    # Back from the note to the text.
    if link.get("name") in wanted or link.get("id") in wanted:
        return
    bracketed = text.strip()[:1] in tuple("[［(（〔【〖")
    shown = raised(text, "", target) if bracketed and _before(link).strip() else text
    if shown != text:
        wanted[target] = text.strip()
        link.string = shown


def _target(link: Tag, targets: dict[str, Tag]) -> str | None:
    href = str(link.get("href") or "")
    place = href.rpartition("#")[2] if "#" in href else ""
    return place if place in targets else ("" if place else None)


def _before(tag: Tag) -> str:
    """The last characters before an element in its line."""
    from bs4.element import NavigableString, Tag

    text = ""
    for node in islice(tag.previous_elements, 40):
        if isinstance(node, NavigableString):
            text = without_marks(str(node)) + text
            if len(text) >= _BEFORE:
                break
        elif isinstance(node, Tag) and (node.name in BLOCKS or node.name == "br"):
            break
    return text.rstrip("\n")


def _note_body(anchor: Tag, mark: str) -> Tag | None:
    """The item, or the paragraph that begins with the note's mark, where a note stands."""
    places = ("li", "p", "div", "dd", "td", "aside")
    body = anchor if anchor.name in places else None
    body = body or next((p for p in anchor.parents if p.name in places), None)
    if body is None or body.name in ("li", "dd"):
        return body
    own = _OWN_MARK.match(without_marks(body.get_text().strip()))
    name = re.sub(r"\W", "", mark)
    return body if own and (not name or name in own[0] or body is anchor) else None


def _note_text(body: Tag) -> str:
    """The words of a note without its own mark and the way back."""
    for link in body.find_all("a", href=True):
        if "#" in str(link["href"]) and len(link.get_text(strip=True)) <= _LONGEST_MARK:
            link.decompose()
    text = " ".join(without_marks(body.get_text()).split()).strip("↩↑^ ")
    own = re.match(
        r"[\[［(（〔【]\s*\d{1,3}\s*[\]］)）〕】]\s*|\d{1,3}(?:[.、．:：]|\s)\s*(?!\d)", text
    )
    return text[own.end() :] if own else text
