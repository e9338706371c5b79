"""Does a passage speak of the place and the year the question asks about?"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.language.gazetteer import is_known
from corpus.language.lexicon import common_words
from indexer.passage import Passage
from retriever.query.analysis import Scope

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|[-—－~至]\s*(?:19|20)\d{2}|\.\d)")
#: The two characters before a kind of place; function words end no name.
_NO_END = "的了和与及在从对把被让给比到向由是有为各外全本该每某几多哪这那个上下大小老新旧城乡市县区镇省州中内里跟同所"
_STRANGE = re.compile(
    rf"(?=(?P<name>(?![{_NO_END}])[\u4e00-\u9fff](?![{_NO_END}])[\u4e00-\u9fff])(?P<kind>街道|[市州县区旗镇乡]))"
)
#: A document looks back or ahead over a five-year plan and the year before.
_REPORTED = 6
#: Bodies whose documents hold in every place.
_NATIONAL = re.compile(
    "国务院|中共中央|全国人大|最高人民|国家[\u4e00-\u9fff]{2,10}(?:委|局|署|部)|税务总局|海关总署|人民银行"
    "|(?<![省市县区])(?:外交|教育|科技|公安|民政|司法|财政|生态环境|交通运输|水利|农业农村|商务|应急管理|工业和信息化|住房和?城乡建设"
    "|文化和旅游|自然资源|人力资源(?:和)?社会保障|退役军人事务)部(?!门)"
)


def unknown_place(text: str, is_written: Callable[[str], bool]) -> str:
    """A place with its kind that a text names and no document does, nor the table of places; or "".

    ``is_written`` tells whether two characters stand side by side in any document. A place there
    cannot be asked about: 「苔溪县的补助是多少」.
    """
    for match in _STRANGE.finditer(text):
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

    A passage that names no year takes those of its title and date, then of its whole document when
    they are near: a report that says 「2018年」 once means it from there on.
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
    return frozenset(_YEAR.findall(text))


def _framing(passage: Passage) -> tuple[str, ...]:
    """Years of its document: of the title, and of the date."""
    metadata = passage.metadata
    years = (metadata.year, metadata.date[:4], *_YEAR.findall(passage.title))
    return tuple(dict.fromkeys(y for y in years if y))
