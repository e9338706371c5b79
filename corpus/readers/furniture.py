"""Page headers, footers and page numbers of a paginated file, which are not its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.raw import RawLine

_EDGE_LINES = 2
_MIN_PAGES = 3
_MIN_SHARE = 0.6
_DIGITS = re.compile(r"[0-9０-９]+")
_PAGE_NUMBER = re.compile(
    r"[-—–―·.•\s]*第?\s*([0-9０-９]{1,4})\s*页?"
    r"(?:\s*[/／,，]?\s*共?\s*[0-9０-９]{1,4}\s*页?)?[-—–―·.•\s]*"
)


def drop_page_furniture(
    pages: Sequence[Sequence[RawLine]],
) -> tuple[list[list[RawLine]], tuple[str, ...]]:
    """Drop what stands at the top or the bottom of most pages, and bare page numbers there.

    A line counts as repeated when it is the same but for digits and punctuation on at least 60 %
    of the pages (and on three at least), or of the left or the right pages alone.

    Args:
        pages: the lines of each page in order, blank lines left out.

    Returns:
        The pages without those lines, and the texts dropped, apart from page numbers and from
        those that differ in digits only.
    """
    # Top and bottom apart: an issuer named in the header may also sign at the end.
    tops = _repeated([page[:_EDGE_LINES] for page in pages])
    bottoms = _repeated([page[-_EDGE_LINES:] for page in pages])
    kept_pages = []
    dropped: dict[str, str] = {}
    for page in pages:
        start, end = 0, len(page)
        while start < min(end, _EDGE_LINES) and _is_furniture(page[start], tops):
            start += 1
        while end > max(start, len(page) - _EDGE_LINES) and _is_furniture(page[end - 1], bottoms):
            end -= 1
        for line in (*page[:start], *page[end:]):
            if not _PAGE_NUMBER.fullmatch(line.text):
                dropped.setdefault(_signature(line.text), line.text.strip())
        kept_pages.append(list(page[start:end]))
    return kept_pages, tuple(dropped.values())


def _is_furniture(line: RawLine, repeated: set[str]) -> bool:
    return _is_page_number(line) or _signature(line.text) in repeated


def _repeated(edges: Sequence[Sequence[RawLine]]) -> set[str]:
    """Signatures that stand on most pages, or on most of the left or of the right pages."""
    repeated: set[str] = set()
    for pages in (edges, edges[::2], edges[1::2]):
        counts = Counter(
            signature for page in pages for signature in {_signature(line.text) for line in page}
        )
        least = max(_MIN_PAGES, _MIN_SHARE * len(pages))
        repeated |= {signature for signature, count in counts.items() if count >= least}
    return repeated - {""}


def _signature(text: str) -> str:
    # Recognition adds a dot or loses a bracket here and there, so marks do not count.
    bare = "".join(char for char in text if char.isalnum())
    return _DIGITS.sub("#", bare)


def _is_page_number(line: RawLine) -> bool:
    """Whether a line at a page's edge is a page number: dressed as one, or equal to the page's."""
    found = _PAGE_NUMBER.fullmatch(line.text)
    if found is None:
        return False
    dressed = line.text.strip()[0] in "-—–―·•第" or "页" in line.text
    return dressed or int(found.group(1)) == line.page
