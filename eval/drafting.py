"""Drafts of questions from the sentences of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Block, BlockKind, Document
from corpus.gazetteer import region_names
from corpus.sentences import sentence_spans
from eval.clauses import stem_of, values_to_ask
from eval.quotes import SHORTEST, quote_around

_ASKED = (BlockKind.PARAGRAPH, BlockKind.ITEM)
_CLAUSE = re.compile(r"[^，。；：！？,;:!?\n]+")
_NUMBERING = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+[、是]|\d+[.．、)）](?!\d)|第[一二三四五六七八九十]+(?:[是，]|条\s*))\s*"
)
#: What 「市」 at the front of a clause belongs to the name of a body with: 「市委」, not 「市场」.
_OWN = "(?:委|政府|级|直|人大|政协|纪委|法院|检察|公安局?|财政局?|城市|教育|卫健|发改|住建|政务|行政|市场监|人社|民政|国资|创建|文明办|班子|信访|审计|司法|农业|水务|交通|商务|文旅|应急|税务)"
_YEAR = re.compile(r"(?:19|20)\d\d")
_KIND = re.compile("(?:街道|[省市县区镇乡州旗盟])$")
_LAST_PLACE = re.compile(r".{2,}?(?:自治区|自治州|街道|[省市州盟县区旗镇乡])")
_LONGEST_TITLE = 32


@dataclass(frozen=True)
class Draft:
    """A question about one value in one document.

    Attributes:
        doc: the file's name.
        document: the document's id.
        region: path of the place it is of, or "".
        year: of the document, or "".
        title: its title, or "".
        stem: the clause with the question word in place of the value.
        answers: the value, and where it has one the value with its bound.
        quote: words of the document that hold it.
        asks: what is asked for, with its unit: only like things are look-alikes.
    """

    doc: str
    document: str
    region: str
    year: str
    title: str
    stem: str
    answers: tuple[str, ...]
    quote: str
    asks: str

    @property
    def place(self) -> str:
        """The last place of the region: 「辽宁省朝阳市」 → 「朝阳市」; "" without a region."""
        places = _LAST_PLACE.findall(self.region)
        return places[-1] if places else ""

    @property
    def names_place(self) -> bool:
        """Whether the stem names the place, or one above it, itself."""
        return any(name in self.stem for name in region_names(self.region))

    @property
    def names_own_place(self) -> bool:
        """Whether the stem names the last place of the region."""
        return bool(self.region) and region_names(self.region)[-1] in self.stem

    @property
    def names_year(self) -> bool:
        """Whether the stem names a year."""
        return _YEAR.search(self.stem) is not None

    def question(self, place: str | None = None, year: str = "") -> str:
        """The question, about this place (by default the document's own) and, where given, year.

        A document without a place is named by its title; "" where it has none of fitting length, or
        the stem names a place above its own.
        """
        when = f"{year}年" if year else ""
        if self.names_place:
            return f"{when}{self.stem}？" if self.names_own_place and place is None else ""
        place = self.place if place is None else place
        if place:
            kind = _KIND.search(place)
            if kind and not when and re.match(kind[0] + _OWN, self.stem):
                place = place[: kind.start()]  # 「苍平市」 + 「市政府…」
            return f"{place}{when}{self.stem}？"
        if not 4 <= len(self.title) <= _LONGEST_TITLE or "《" in self.title:
            return ""
        return f"《{self.title}》里，{when}{self.stem}？"


def drafts(document: Document) -> Iterator[Draft]:
    """Every draft that a document gives, in its order."""
    for block in document.blocks:
        if block.kind in _ASKED:
            yield from _of_block(document, block)


def _of_block(document: Document, block: Block) -> Iterator[Draft]:
    for start, end in sentence_spans(block.text):
        for match in _CLAUSE.finditer(block.text, start, end):
            clause = _NUMBERING.sub("", match[0])
            at = match.end() - len(clause)
            goes_on = block.text[match.end() : match.end() + 1] in ("，", ",", "：", ":")
            for asked in values_to_ask(clause):
                stem = stem_of(clause, asked, goes_on)
                span = (at + asked.span[0], at + asked.span[1])
                quote = quote_around(block.text, span) if stem else ""
                if len(quote) >= SHORTEST and asked.answers[0] in quote:
                    m = document.metadata
                    yield Draft(
                        document.file, document.id, m.region, m.year, m.title,
                        stem, asked.answers, quote, asked.asks,
                    )  # fmt: skip
