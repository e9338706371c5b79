"""Does a passage speak of the place and the year the question asks about?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.language.answer_values import YEAR_OF_DOCUMENT
from corpus.language.gazetteer import is_known
from corpus.language.lexicon import common_words
from corpus.language.organisations import NATIONAL_BODY
from corpus.language.place_names import UNKNOWN_PLACE
from indexer.passage import Passage
from retriever.query.analysis import Scope

#: Gives the whole search text of a document by its identifier.
DocumentText = Callable[[str], str]
#: A document looks back or ahead over a five-year plan and the year before.
_REPORTED = 6


def unknown_place(text: str, is_written: Callable[[str], bool]) -> str:
    """A place with its kind that a text names and no document does, nor the table of places; or "".

    ``is_written``: whether two characters stand side by side in any document. A place there
    cannot be asked about: 「苔溪县的补助是多少」.
    """
    for match in UNKNOWN_PLACE.finditer(text):
        name, kind = match["name"], match["kind"]
        whole, last = name + kind, name[-1] + kind[0]
        after = text[match.end("kind") : match.end("kind") + 1]
        beside = kind + after if len(kind) == 1 and after not in "省市县区镇乡" else ""
        everyday = {name, whole, last, beside} & common_words()
        if everyday or is_known(name) or is_known(whole) or is_written(name):
            continue
        return whole
    return ""


def names_place(passage: Passage, place: str) -> bool:
    """Whether a passage is about a place: by its document's region or title, a heading, or a word."""
    return place in passage.metadata.region or place in passage.full_text


def within_places(passage: Passage, scope: Scope, document: str = "") -> bool:
    """Whether it names one of the places asked about; True when none is asked about.

    A place that is nobody's region may be named elsewhere in the text of its ``document``: 「商丘」 once
    in a speech. A document with a region of its own speaks of that one.
    """
    named = not passage.metadata.local_region and any(place in document for place in scope.places)
    return named or not scope.places or any(names_place(passage, p) for p in scope.places)


def of_own_place(passage: Passage, scope: Scope) -> bool:
    """Whether its document is of a place asked about, by its region or title."""
    return any(place in passage.metadata.region + passage.title for place in scope.places)


def is_national(passage: Passage) -> bool:
    """Whether it is of a document without a region that a body of the whole country issued."""
    metadata = passage.metadata
    return (
        not metadata.local_region
        and NATIONAL_BODY.search(f"{metadata.issuer} {passage.title}") is not None
    )


def of_document_year(passage: Passage, scope: Scope) -> bool:
    """Whether its document is of a year asked about."""
    return any(year in _framing(passage) for year in scope.years)


def other_year(passage: Passage, scope: Scope, document: str) -> str:
    """A year that the passage of a ``document`` gives instead of the one asked about, or "".

    A passage that names no year takes those of its title and date, then of its whole document when
    they are near: a report that says 「2018年」 once means it from there on.
    """
    if not scope.years:
        return ""
    own = YEAR_OF_DOCUMENT.findall(passage.text) or YEAR_OF_DOCUMENT.findall(
        " ".join(passage.heading_path)
    )
    framing = _framing(passage)
    if any(year in own for year in scope.years):
        return ""
    if scope.of_document and any(year in framing for year in scope.years):
        return ""
    if own:
        return str(own[0])
    document_years = years_in(document)
    if any(_about(year, framing, document_years) for year in scope.years):
        return ""
    known = framing or tuple(sorted(document_years))
    return min(known, key=lambda y: abs(int(y) - int(scope.years[0])), default="")


def _about(year: str, framing: Sequence[str], document_years: frozenset[str]) -> bool:
    """Whether a passage without years may mean this one: its document's, or one it reports of."""
    if year in framing:
        return True
    near = not framing or any(abs(int(year) - int(own)) <= _REPORTED for own in framing)
    return near and year in document_years


def years_in(text: str) -> frozenset[str]:
    """The years a text names."""
    return frozenset(YEAR_OF_DOCUMENT.findall(text))


def _framing(passage: Passage) -> tuple[str, ...]:
    """Years of its document: of the title, and of the date."""
    metadata = passage.metadata
    years = (metadata.year, metadata.date[:4], *YEAR_OF_DOCUMENT.findall(passage.title))
    return tuple(dict.fromkeys(y for y in years if y))
