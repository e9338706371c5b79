"""What a query asks for and restricts itself to: computed once, passed on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.language import numerals, question_words
from corpus.language.characters import unified
from corpus.language.documents import DOCUMENT_YEAR
from corpus.language.equivalents import NamedNumber, numbers_in, plain_values
from corpus.language.gazetteer import places_in, spans_of
from corpus.language.persons import POST
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
    {AnswerKind.DATE, AnswerKind.DURATION, AnswerKind.NUMBER, AnswerKind.PERSON, AnswerKind.CONTACT}
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


#: The model reads no more than this of a long draft anyway.
_LONGEST = 2000
#: A query that is little more than a place is searched for as it is.
_LEAST_SUBJECT = 4
_NAMED = re.compile("“[^”]{1,30}”")


#: A longer list of questions is a form, not a question.
MOST_PARTS = 5
_ASKED = re.compile(r"[^？?]+[？?]*")
_PART_EDGE = "，,、；;：:。/ 　"


@dataclass(frozen=True)
class Scope:
    """What a question restricts itself to.

    Attributes:
        places: short names of places, e.g. ``沈阳``.
        years: four-digit years.
        of_document: the years are those of the document asked about, not of what it reports.
    """

    places: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    of_document: bool = False


@dataclass(frozen=True)
class Question:
    """All that the words of a question or query say, read once and passed on.

    Attributes:
        text: in simplified characters, half width, spaces run together, typos corrected.
        kind: what kind of value it asks for.
        years: four-digit years it names.
        quoted: words it puts in quotation marks or 《》.
        places: short names of places it names, e.g. ``沈阳``.
        place_spans: where they stand in ``text``, each with the word for its kind: ``沈阳市``.
        scope: the places and years that an answer must be about.
        articles: articles of a regulation that it names, e.g. ``第三十二条``.
        changes: typos that were corrected.
        numbers: document numbers (文号) that it names.
    """

    text: str
    kind: AnswerKind = AnswerKind.TEXT
    years: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    place_spans: tuple[tuple[int, int], ...] = ()
    scope: Scope = Scope()
    articles: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    numbers: tuple[NamedNumber, ...] = ()

    @property
    def asks_day(self) -> bool:
        """Whether it asks for a date down to the day: 「哪一天」, 「几号」."""
        return self.kind is AnswerKind.DATE and bool(question_words.ASKS_DAY.search(self.text))

    @property
    def contact(self) -> str:
        """What kind of contact it asks for: ``address``, ``mail``, ``post code`` or ``phone``."""
        kinds = question_words.KINDS_OF_CONTACT
        return next((name for name, pattern in kinds if pattern.search(self.text)), "phone")

    @property
    def subject(self) -> str:
        """Its words without the places: where a document is from says which place it is about, while
        words find whatever title repeats it. The whole text when little else is left.
        """
        words = self.text
        for place in self.places:
            words = words.replace(place, " ")
        return words if sum(map(str.isalnum, words)) >= _LEAST_SUBJECT else self.text

    @property
    def has_words(self) -> bool:
        """Whether there is anything to search for."""
        return any(c.isalnum() for c in self.text)


def analyse(
    text: str,
    known_places: frozenset[str] = frozenset(),
    corrector: SpellCorrector | None = None,
) -> Question:
    """Read a question: 「明桦街道创城的动员部署阶段安排在什么时间？」 → kind DATE, place 明桦.

    Args:
        text: as it was typed; half characters of a damaged input are left out.
        known_places: short names of places that the indexed documents are about.
        corrector: corrects typos by the index's words; None leaves them.
    """
    form = query_form(text)
    corrected = corrector.correct(form) if corrector else None
    words = corrected.text if corrected else form
    places = places_in(words, known_places)
    years = tuple(dict.fromkeys(_YEAR.findall(words)))
    return Question(
        text=words,
        kind=_kind(words),
        years=years,
        quoted=tuple(_QUOTED.findall(words)),
        places=places,
        place_spans=tuple(spans_of(words, places)),
        scope=_scope(words, places, years, known_places),
        articles=articles_in(words),
        changes=corrected.changes if corrected else (),
        numbers=numbers_in(form),
    )


def _kind(words: str) -> AnswerKind:
    if question_words.ASKS_FOR_WORDING.search(words):
        return AnswerKind.TEXT
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), AnswerKind.TEXT)


def _scope(
    words: str, places: tuple[str, ...], years: tuple[str, ...], known_places: frozenset[str]
) -> Scope:
    """「日照市何时推行“宁波一码通”」 asks about 日照, whatever the thing is called."""
    bare = _NAMED.sub(" ", words)
    outside = places_in(bare, known_places) if bare != words else places
    return Scope(outside or places, years, DOCUMENT_YEAR.search(words) is not None)


def query_form(text: str) -> str:
    """A query in the form that texts are indexed in, cut to what is read of a draft."""
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    return plain_values(search_form(unified(" ".join(whole.split()))))[:_LONGEST]


def articles_in(text: str) -> tuple[str, ...]:
    """Articles that a text names, as regulations head them: 「第15条」, 「十五条」 → 第十五条."""
    found = []
    for match in question_words.NAMED_ARTICLE.finditer(text):
        number = (match["ordinal"] or match["bare"]).replace("〇", "零")
        if number.isdecimal():
            number = numerals.write_numeral(int(number))
        if number != "零":  # there is no article 0
            found.append(f"第{number}条{match[0].partition('条')[2]}")
    return tuple(dict.fromkeys(found))


def sub_questions(question: str) -> tuple[str, ...]:
    """The questions in a question, each as it is worded; one where it asks one thing.

    What asks nothing belongs to the question behind it.
    """
    for taken in (_by_points(question), _by_marks(question), _by_roles(question)):
        if 1 < len(taken) <= MOST_PARTS:
            return taken
    return (question,)


def _by_marks(question: str) -> tuple[str, ...]:
    parts: list[str] = []
    before = ""
    for sentence in _ASKED.findall(question):
        words = before + sentence.strip(_PART_EDGE)
        if parts and question_words.ASKS_TOGETHER.match(words):
            return ()
        if not _asks(words):
            before = words
            continue
        parts.append(words)
        before = ""
    return (*parts[:-1], parts[-1] + before) if parts else ()


def _by_points(question: str) -> tuple[str, ...]:
    """「夜市：一是补助多少？二是谁负责？」 → 「夜市补助多少？」, 「夜市谁负责？」."""
    marks = list(question_words.POINT_MARK.finditer(question))
    if len(marks) < 2:
        return ()
    head = question_words.OPENING.sub("", question[: marks[0].start()]).strip(_PART_EDGE)
    ends = [mark.start() for mark in marks[1:]] + [len(question)]
    points = [question[m.end() : end].strip(_PART_EDGE) for m, end in zip(marks, ends, strict=True)]
    if question_words.ASKING.search(search_form(head)) or not all(map(_asks, points)):
        return ()
    return tuple(f"{head}{point}" for point in points)


def _by_roles(question: str) -> tuple[str, ...]:
    text = search_form(question).rstrip("？?。 ")
    match = question_words.ROLES.search(text)
    if match is None:
        return ()
    roles = [role.group() for role in POST.finditer(match["roles"])]
    return tuple(f"{text[: match.start()]}{role}{match['asks']}？" for role in roles)


def _asks(sentence: str) -> bool:
    text = search_form(sentence).rstrip("？?。 ")
    return question_words.ASKING.search(text) is not None or text.endswith(("呢", "吗"))
