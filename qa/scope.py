"""Does a passage speak of the place and the year the question asks about?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.gazetteer import places_in, region_names
from indexer.passage import Passage
from retriever.question import Question

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|[-—－~至]\s*(?:19|20)\d{2}|\.\d)")
#: 「2024年优化营商环境工作方案」: the year is the document's, whatever years its text names.
_DOCUMENT_YEAR = re.compile(
    r"(?:19|20)\d{2}年[^，。？?；]{0,24}(?:方案|意见|办法|通知|通报|简报|报告|汇报|讲话|规划|要点|总结|计划)"
)

#: Bodies whose documents hold in every place.
_NATIONAL = re.compile(
    "国务院|中共中央|全国人大|最高人民|国家[\u4e00-\u9fff]{2,10}(?:委|局|署|部)|税务总局|海关总署|人民银行"
    "|(?<![省市县区])(?:外交|教育|科技|公安|民政|司法|财政|生态环境|交通运输|水利|农业农村|商务|应急管理|工业和信息化|住房和?城乡建设"
    "|文化和旅游|自然资源|人力资源(?:和)?社会保障|退役军人事务)部(?!门)"
)


@dataclass(frozen=True)
class Scope:
    """What a question restricts itself to.

    Attributes:
        places: short names of places, e.g. ``沈阳``.
        years: four-digit years.
        of_document: the years are those of the document asked about, not of what it reports.
    """

    places: tuple[str, ...]
    years: tuple[str, ...]
    of_document: bool = False


def scope_of(question: Question, regions: tuple[str, ...]) -> Scope:
    """Places and years of a question; ``regions`` are the region paths of the indexed documents."""
    familiar = frozenset(name for region in regions for name in region_names(region))
    of_document = _DOCUMENT_YEAR.search(question.text) is not None
    return Scope(places_in(question.text, familiar), question.years, of_document)


def names_place(passage: Passage, place: str) -> bool:
    """Whether a passage is about a place: by its document's region or title, a heading, or a word."""
    return any(
        place in text
        for text in (passage.metadata.region, passage.title, *passage.heading_path, passage.text)
    )


def within_places(passage: Passage, scope: Scope) -> bool:
    """Whether it names one of the places asked about; True when none is asked about."""
    return not scope.places or any(names_place(passage, place) for place in scope.places)


def is_national(passage: Passage) -> bool:
    """Whether it is of a document without a region that a body of the whole country issued."""
    metadata = passage.metadata
    return (
        not metadata.region and _NATIONAL.search(f"{metadata.issuer} {passage.title}") is not None
    )


def of_document_year(passage: Passage, scope: Scope) -> bool:
    """Whether its document is of a year asked about."""
    return any(year in _framing(passage) for year in scope.years)


def other_year(passage: Passage, scope: Scope, document_years: frozenset[str]) -> str:
    """A year that the passage gives instead of the one asked about, or "".

    A passage that names no year takes those of its title and date, then of its whole document: a
    report that says 「2018年」 once means it from there on.
    """
    if not scope.years:
        return ""
    own = _YEAR.findall(passage.text) or _YEAR.findall(" ".join(passage.heading_path))
    framing = _framing(passage)
    if any(year in own for year in scope.years):
        return ""
    if scope.of_document and any(year in framing for year in scope.years):
        return ""
    if own:
        return str(own[0])
    if any(year in framing or year in document_years for year in scope.years):
        return ""
    return framing[0] if framing else ""


def years_in(text: str) -> frozenset[str]:
    """The years a text names."""
    return frozenset(_YEAR.findall(text))


def _framing(passage: Passage) -> tuple[str, ...]:
    """Years of its document: of the title, and of the date."""
    metadata = passage.metadata
    years = (metadata.year, metadata.date[:4], *_YEAR.findall(passage.title))
    return tuple(dict.fromkeys(y for y in years if y))
