"""What is printed on every page: headers, footers, page numbers, and watermarks that repeat."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.language.characters import HAN
from corpus.language.documents import SIGN_OFF
from corpus.language.quantities import find_quantities
from corpus.raw import LineKind, RawLine
from corpus.readers.glyphs import LIGHT
from corpus.readers.layout import Piece, usual_leading, usual_size

_EDGE_LINES = 3
_EDGE_LINES_UNPLACED = 2
_MIN_PAGES = 3
_MIN_SHARE = 0.6
#: At the same place is within this part of the page's height.
_SAME_PLACE = 0.012
#: Type lighter than this is a watermark where it is on two pages.
_PALE = 0.68
#: A header stands apart: by so much more than the usual distance of lines, or in smaller type.
_APART, _SMALLER = 1.25, 0.93
#: In type larger than this part of the usual it is a title.
_LARGER = 1.1
_PAGE_NUMBER = re.compile(
    r"[-—–―·.•\s]*第?\s*([0-9０-９]{1,4})\s*页?"
    r"(?:\s*[/／,，]?\s*共?\s*[0-9０-９]{1,4}\s*页?)?[-—–―·.•\s]*"
)
#: A page number within a header: first or last in it, between dashes, 「第3页」, 「3/10」.
_N = "[0-9０-９]{1,4}"
_NUMBER_IN_HEADER = re.compile(
    rf"第\s*{_N}\s*页(?:\s*[/／,，]?\s*共\s*{_N}\s*页)?|(?<![0-9０-９.])(?<!\d[-/]){_N}\s*[/／]\s*{_N}(?=\s|$)"
    rf"|[-—–―·•]\s*{_N}\s*[-—–―·•]|^\s*{_N}(?=[\s|｜])|(?<=[\s|｜]){_N}\s*$"
)
#: 「资金来源：市级财政」
_LABELLED = re.compile(rf"[{HAN}]{{2,10}}[：:]\s*\S")
_SENTENCE_END = re.compile(r"[。；;！？：:，,、]\s*$")


@dataclass(frozen=True)
class PlacedLine:
    """A line of a page with its place there, None where it is not known.

    Attributes:
        line: the line.
        piece: its box; edges and size in the unit of ``height``.
        height: height of the page.
    """

    line: RawLine
    piece: Piece | None = None
    height: float = 0.0

    @property
    def place(self) -> float:
        """Where its baseline lies, as a part of the page's height."""
        return self.piece.bottom / self.height if self.piece and self.height else 0.0


PageLines = Sequence[PlacedLine]


@dataclass(frozen=True)
class Kept:
    """What is left of the pages, the texts dropped but for page numbers, and repeated watermarks."""

    pages: list[list[PlacedLine]]
    dropped: tuple[str, ...]
    watermarks: int = 0


def drop_page_furniture(pages: Sequence[PageLines]) -> Kept:
    """Drop headers, footers, page numbers and faint text that repeats.

    A header or footer is what repeats at the same place on three pages or more, the same but for
    the page's number, apart from the text or in smaller type. What is on two pages only is kept
    once. Signatures, dates, amounts and sentences of the text are none, nor is what goes on into
    more lines that repeat: then the pages are alike. Where places are not known, the first and
    last lines of most pages count.
    """
    pages, watermarks = _without_repeated_shades(pages)
    tops = _Edge(pages, top=True)
    bottoms = _Edge(pages, top=False)
    kept_pages = []
    dropped: dict[str, str] = {}
    for number, page in enumerate(pages):
        start = tops.count(number)
        end = max(start, len(page) - bottoms.count(number))
        for placed in (*page[:start], *page[end:]):
            if not _PAGE_NUMBER.fullmatch(placed.line.text):
                dropped.setdefault(signature(placed.line.text), placed.line.text.strip())
        kept_pages.append(list(page[start:end]))
    return Kept(kept_pages, tuple(dropped.values()), watermarks)


def _without_repeated_shades(pages: Sequence[PageLines]) -> tuple[list[PageLines], int]:
    """The pages without faint lines that are on two pages or more at one place: watermarks."""
    faint: Counter[tuple[str, int]] = Counter()
    for page in pages:
        faint.update({key for placed in page if (key := _shade(placed))})
    repeated = {key for key, count in faint.items() if count >= _MIN_PAGES}
    twice = {key for key, count in faint.items() if count == 2}
    repeated |= {key for page in pages for p in page if _is_pale(p) and (key := _shade(p)) in twice}
    if not repeated:
        return list(pages), 0
    kept: list[PageLines] = [[p for p in page if _shade(p) not in repeated] for page in pages]
    return kept, sum(map(len, pages)) - sum(map(len, kept))


def _is_pale(placed: PlacedLine) -> bool:
    return placed.piece is not None and placed.piece.tone >= _PALE


def _shade(placed: PlacedLine) -> tuple[str, int] | None:
    if placed.piece is None or placed.piece.tone < LIGHT:
        return None
    return bare(placed.line.text), round(placed.place / _SAME_PLACE)


class _Edge:
    """The tops or the bottoms of all pages."""

    def __init__(self, pages: Sequence[PageLines], top: bool) -> None:
        self._pages = [list(page) if top else list(page)[::-1] for page in pages]
        self._known = all(line.piece for page in pages for line in page)
        self._leading, self._size = _usual(pages) if self._known else (0.0, 0.0)
        self._most = _EDGE_LINES if self._known else _EDGE_LINES_UNPLACED
        self._places: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, page in enumerate(self._pages):
            for placed in page[: self._most + 1]:
                self._places[signature(placed.line.text)].append((number, placed.place))

    def count(self, number: int) -> int:
        """How many lines at the edge of a page are furniture."""
        page = self._pages[number]
        numbers = 0
        while numbers < min(self._most, len(page)) and is_page_number(page[numbers].line):
            numbers += 1
        count = numbers
        while count < min(self._most + 1, len(page)) and self._is_furniture(number, count):
            count += 1
        # Lines that repeat and go on into more that do are of pages that are alike.
        if count > self._most:
            return numbers
        while numbers < count < len(page) and not self._is_apart(page, count):
            count -= 1
        return count

    def _is_furniture(self, number: int, at: int) -> bool:
        line = self._pages[number][at].line
        if line.kind not in (LineKind.TEXT, LineKind.HEADING):
            return False
        if is_page_number(line):
            return True
        small = self._known and 0 < self._type(number, at) <= _SMALLER * self._size
        if is_content(line.text) or (_LABELLED.match(line.text.strip()) and not small):
            return False
        if self._known and self._type(number, at) > _LARGER * self._size:
            return False
        pages = self._repeats(number, at)
        if pages >= _MIN_PAGES:
            return self._known or pages >= self._least(number)
        # On two pages: the second is the first one's copy, where its type says so too.
        return small and pages == 2 and len(self._pages) == 2 and number == 1

    def _type(self, number: int, at: int) -> float:
        piece = self._pages[number][at].piece
        return piece.type_size if piece else 0.0

    def _least(self, number: int) -> float:
        """On how many pages a line must be where its place is not known."""
        alike = len(range(number % 2, len(self._pages), 2))
        return min(max(_MIN_PAGES, _MIN_SHARE * count) for count in (len(self._pages), alike))

    def _repeats(self, number: int, at: int) -> int:
        """On how many pages a line stands at the same place."""
        placed = self._pages[number][at]
        words = signature(placed.line.text)
        if not words:
            return 0
        places = self._places[words]
        if not self._known:
            return len({page for page, _ in places})
        return len({page for page, place in places if abs(place - placed.place) <= _SAME_PLACE})

    def _is_apart(self, page: Sequence[PlacedLine], count: int) -> bool:
        """Whether the last line of an edge stands apart from the next, or is in smaller type."""
        last, following = page[count - 1].piece, page[count].piece
        if last is None or following is None:
            return True
        if last.type_size <= _SMALLER * self._size:
            return True
        gap = abs(following.bottom - last.bottom)
        return gap > _APART * max(self._leading, 1.2 * following.type_size)


def _usual(pages: Sequence[PageLines]) -> tuple[float, float]:
    """The usual distance of lines and size of type, each line counted by its length."""
    placed = [[p.piece for p in page if p.piece] for page in pages]
    return usual_leading(placed), usual_size(placed)


def is_content(text: str) -> bool:
    """Whether a line says something of its own: a signature, a date, an amount, a sentence."""
    bare_text = text.strip()
    if SIGN_OFF.fullmatch(bare_text) or _SENTENCE_END.search(bare_text):
        return True
    return any(quantity.unit for quantity in find_quantities(bare_text))


def bare(text: str) -> str:
    """The letters and digits of a line. Recognition adds a dot or loses a bracket here and there."""
    return "".join(filter(str.isalnum, text))


def signature(text: str) -> str:
    """A line without its page number and marks: the same on every page for a header."""
    if _PAGE_NUMBER.fullmatch(text):
        return "#"
    return bare(_NUMBER_IN_HEADER.sub(" ", text))


def is_page_number(line: RawLine) -> bool:
    """Whether a line at a page's edge is a page number: dressed as one, or equal to the page's."""
    found = _PAGE_NUMBER.fullmatch(line.text)
    if found is None:
        return False
    dressed = line.text.strip()[0] in "-—–―·•第" or "页" in line.text
    return dressed or int(found.group(1)) == line.page
