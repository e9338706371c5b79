"""What a query asks for and restricts itself to: computed once, passed on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.language import question_words
from corpus.language.gazetteer import places_in
from corpus.language.simplification import search_form
from retriever.spelling.corrector import Change, SpellCorrector


class AnswerKind(StrEnum):
    """The kind of value that answers a question."""

    DATE = "date"
    DURATION = "duration"
    NUMBER = "number"
    PERSON = "person"
    ORGANISATION = "organisation"
    TITLE = "title"
    CONTACT = "contact"
    LIST = "list"
    TEXT = "text"


#: Kinds whose answer is a value with a shape of its own.
VALUED = frozenset(
    (
        AnswerKind.DATE,
        AnswerKind.DURATION,
        AnswerKind.NUMBER,
        AnswerKind.PERSON,
        AnswerKind.CONTACT,
    )
)
_KINDS: tuple[tuple[AnswerKind, re.Pattern[str]], ...] = (
    (AnswerKind.CONTACT, question_words.ASKS_CONTACT),
    (AnswerKind.DATE, question_words.ASKS_WHICH_DAY),
    (AnswerKind.LIST, question_words.ASKS_LIST),
    (AnswerKind.DURATION, question_words.ASKS_DURATION),
    (AnswerKind.DATE, question_words.ASKS_DATE),
    (AnswerKind.NUMBER, question_words.ASKS_NUMBER),
    (AnswerKind.ORGANISATION, question_words.ASKS_BODY),
    (AnswerKind.PERSON, question_words.ASKS_PERSON),
    (AnswerKind.TITLE, question_words.ASKS_TITLE),
)
_YEAR = re.compile(r"((?:19|20)\d{2})(?=\s*年|[^\d]|$)")
_QUOTED = re.compile(r"[“\"《「]([^”\"》」]{2,30})[”\"》」]")


@dataclass(frozen=True)
class Question:
    """A question understood as far as its words allow.

    Attributes:
        text: in simplified characters, spaces run together.
        kind: what kind of value it asks for.
        years: four-digit years it names.
        quoted: words it puts in quotation marks or 《》.
    """

    text: str
    kind: AnswerKind
    years: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()

    @property
    def asks_day(self) -> bool:
        """Whether it asks for a date down to the day: 「哪一天」, 「几号」."""
        return (
            self.kind is AnswerKind.DATE and question_words.ASKS_DAY.search(self.text) is not None
        )

    @property
    def contact(self) -> str:
        """What kind of contact it asks for: ``address``, ``mail``, ``post code`` or ``phone``."""
        return next(
            (
                name
                for name, pattern in question_words.KINDS_OF_CONTACT
                if pattern.search(self.text)
            ),
            "phone",
        )


def understand(question: str) -> Question:
    """Read a question: 「明桦街道创城的动员部署阶段安排在什么时间？」 → kind DATE."""
    text = search_form(" ".join(question.split()))
    kind = next((kind for kind, pattern in _KINDS if pattern.search(text)), AnswerKind.TEXT)
    if question_words.ASKS_FOR_WORDING.search(text):
        kind = AnswerKind.TEXT
    years = tuple(dict.fromkeys(_YEAR.findall(text)))
    return Question(text, kind, years, tuple(_QUOTED.findall(text)))


#: The model reads no more than this of a long draft anyway.
_LONGEST = 2000
#: A query that is little more than a place is searched for as it is.
_LEAST_SUBJECT = 4
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


def read_query(text: str, familiar: frozenset[str], mender: SpellCorrector | None = None) -> Query:
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
    for match in question_words.NAMED_ARTICLE.finditer(text):
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
