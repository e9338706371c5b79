"""A query as it is searched: its words mended, and what it restricts itself to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.gazetteer import places_in
from corpus.simplify import search_form
from retriever.mending import Change, Mender
from retriever.question import Question, understand

#: The model reads no more than this of a long draft anyway.
_LONGEST = 2000
#: A query that is little more than a place is searched for as it is.
_LEAST_SUBJECT = 4
_NUMERAL = "一二三四五六七八九十百千零〇"
_PART = "(?:之[一二三四五六七八九十])?"
#: Without 第, 「15条措施」 and 「出台15条规定」 count; 「一条」 and 「几十条」 do so wherever they stand.
_NAMES = r"(?=$|\W|[第的是有怎如讲说写适对里中]|规定[了的什哪怎])"
_ARTICLE = re.compile(
    rf"第\s?(?P<ordinal>[{_NUMERAL}]{{1,9}}|\d{{1,4}})\s?条{_PART}(?!件|例)"
    rf"|(?<![\d.．第{_NUMERAL}])(?P<bare>[{_NUMERAL}]{{2,9}}|\d{{1,4}})条{_PART}{_NAMES}"
)
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Query:
    """What is searched for.

    Attributes:
        text: in simplified characters, half width, spaces run together, slips mended.
        question: what it asks for, and the years it names.
        places: short names of places it names, e.g. ``沈阳``.
        articles: articles of a regulation that it names, e.g. ``第三十二条``.
        changes: slips of the pen that were mended.
    """

    text: str
    question: Question
    places: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def years(self) -> tuple[str, ...]:
        """Four-digit years it names."""
        return self.question.years

    @property
    def subject(self) -> str:
        """Its words without the places: a place is told by where a document is from, and by words
        only found in whatever title repeats it. The whole text when little else is left.
        """
        words = self.text
        for place in self.places:
            words = words.replace(place, " ")
        return words if sum(map(str.isalnum, words)) >= _LEAST_SUBJECT else self.text

    @property
    def has_words(self) -> bool:
        """Whether there is anything to search for."""
        return any(c.isalnum() for c in self.text)


def read_query(text: str, familiar: frozenset[str], mender: Mender | None = None) -> Query:
    """Read a query.

    Args:
        text: as it was typed; half characters of a damaged input are left out.
        familiar: short names of places that the indexed documents are about.
        mender: mends slips against the index's words; None leaves them.
    """
    form = query_form(text)
    mended = mender.mend(form) if mender else None
    words = mended.text if mended else form
    return Query(
        text=words,
        question=understand(words),
        places=places_in(words, familiar),
        articles=articles_in(words),
        changes=mended.changes if mended else (),
    )


def query_form(text: str) -> str:
    """A query in the form that texts are indexed in, cut to what is read of a draft."""
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    return search_form(" ".join(whole.split()))[:_LONGEST]


def articles_in(text: str) -> tuple[str, ...]:
    """Articles that a text names, as regulations head them: 「第15条」, 「十五条」 → 第十五条."""
    found = []
    for match in _ARTICLE.finditer(text):
        written = match["ordinal"] or match["bare"]
        is_figure = written.isdecimal()
        number = han_number(int(written)) if is_figure else written.replace("〇", "零")
        if number:  # there is no article 0
            found.append(f"第{number}条{match[0].partition('条')[2]}")
    return tuple(dict.fromkeys(found))


def han_number(number: int) -> str:
    """A number from 1 to 9999 as articles are numbered: 10 → 十, 105 → 一百零五, 1010 → 一千零一十.

    "" for 0.
    """
    parts = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            parts += _DIGITS[digit] + name
        elif parts and number % unit and not parts.endswith("零"):
            parts += "零"
    return parts[1:] if 10 <= number < 20 else parts
