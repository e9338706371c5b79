"""Pages as saved from sites: nothing of the site in a block, no paragraph of the body lost.

What is body and what is the site's is read off the pages themselves: the element that a page marks
as its text, and what stands outside of it on several pages of one site or in its menus and feet.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.load import load_file

ROOT = Path(__file__).resolve().parents[4]
PAGES = sorted((ROOT.parent / "shared" / "data" / "local_docs" / "docs").glob("*.html"))
#: How the systems of these sites mark an article's text.
MARKED = ("zoomcon", "info_cont")
FRAME = re.compile(r"nav|menu|foot|header|copyright|share|crumb|curb|extended", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """What a page itself says: its site, paragraphs of its text, what stands around, its title."""

    site: str
    body: tuple[str, ...]
    around: frozenset[str]
    framed: frozenset[str]
    title: str


def plain(text: str) -> str:
    return re.sub(r"[\s\u200b-\u200f]", "", text)


def read_page(path: Path) -> Page | None:
    from bs4 import BeautifulSoup
    from bs4.element import Tag

    soup = BeautifulSoup(path.read_bytes(), "lxml")
    body = next((x for name in MARKED if isinstance(x := soup.find(id=name), Tag)), None)
    if body is None:
        return None
    metas = {str(m.get("name")): str(m.get("content")) for m in soup.find_all("meta")}
    for tag in soup.find_all(["script", "style", "head", "noscript"]):
        tag.decompose()
    paragraphs = tuple(filter(None, (plain(p.get_text()) for p in body.find_all("p"))))
    whole = plain(body.get_text())
    body.extract()
    texts = {plain(s) for s in soup.stripped_strings} - {""}
    around = frozenset(text for text in texts if text not in whole)
    framed = frozenset(
        plain(s)
        for tag in soup.find_all(["div", "ul", "nav", "footer"])
        if FRAME.search(f"{tag.get('class')} {tag.get('id')}")
        for s in tag.stripped_strings
    )
    title = plain(metas.get("ArticleTitle", ""))
    return Page(metas.get("SiteName", ""), paragraphs, around, framed & around, title)


@pytest.mark.skipif(not PAGES, reason="no pages beside this checkout (../shared/data/local_docs)")
def test_pages_of_sites_give_their_text_and_nothing_of_the_site() -> None:
    pages = {path: page for path in PAGES if (page := read_page(path))}
    assert len(pages) > 20
    on: defaultdict[tuple[str, str], int] = defaultdict(int)
    for page in pages.values():
        for text in page.around:
            on[page.site, text] += 1
    for path, page in pages.items():
        blocks = [
            plain(block.display)
            for document in load_file(path, path.name).documents
            for block in document.blocks
        ]
        furniture = {text for text in page.around if on[page.site, text] > 1} | page.framed
        shown = [text for text in blocks if text in furniture and text != page.title]
        assert not shown, f"{path.name}: {shown}"
        together = "".join(blocks)
        lost = [
            text for text in page.body if len(text) > 8 and "。" in text and text not in together
        ]
        assert not lost, f"{path.name}: {lost}"
        assert page.title in together
