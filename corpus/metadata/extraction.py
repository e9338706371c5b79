"""What a text says about itself, with where each value stands and whether it is sure.

No language model is asked: every value is read off the text's own words, its labels, and what its
format declares.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from corpus.document import Block, BlockKind, DocumentDate, FieldSource, Metadata
from corpus.language import documents as forms
from corpus.language.dates import find_year
from corpus.language.labels import PRESS
from corpus.language.organisations import NATIONAL_BODY
from corpus.language.place_names import NATIONWIDE
from corpus.language.simplification import bare
from corpus.metadata.addressees import read_addressees
from corpus.metadata.dates import FoundDate, find_dates, own_date
from corpus.metadata.issuers import Clues, find_issuer
from corpus.metadata.kinds import NAMED, ends_title, find_doc_type, is_list_page, kind_of_page
from corpus.metadata.labels import Stated, values_of
from corpus.metadata.numbers import find_number
from corpus.metadata.quotation import Quotation
from corpus.metadata.regions import Region, find_region
from corpus.metadata.signatures import own_signature, read_signatures
from corpus.metadata.titles import read_title
from corpus.metadata.value import LONGEST_LINE, Value, quoted
from corpus.structure.headings import find_marker
from corpus.structure.titles import Text

_BANNER_LINES = 12
#: A shorter one stands in other lines by chance.
_SHORTEST_TITLE = 8
_NOT_HEAD = (BlockKind.ITEM, BlockKind.TABLE_ROW)


@dataclass(frozen=True)
class ReadMetadata:
    """What a text says about itself, the source of each value that is not empty, and its dates."""

    metadata: Metadata
    sources: tuple[FieldSource, ...]
    dates: tuple[DocumentDate, ...] = ()


def read_metadata(
    text: Text, blocks: Sequence[Block], stated: Sequence[Stated] = ()
) -> ReadMetadata:
    """What the text says about itself; an empty string where it says nothing.

    ``stated`` is what labels and the format say of it.
    """
    title = read_title(text, stated, blocks)
    stated = _nearest_first(stated, title, blocks)
    around = _head(blocks)
    below = [line for line in around if blocks[line.places[0][0]].kind is not BlockKind.TITLE]
    number = find_number(around, blocks, stated)
    listed = is_list_page(blocks)
    if listed:
        stated = [one for one in stated if one.what in ("site", "title")]
    kind = _kind(title, blocks, stated)
    named = _named_in_title(title.words) or _named_above(title, below) or Quotation()
    own = own_signature(read_signatures(blocks), named.text, _forwards(title.text))
    clues = Clues(title.text, named, own, below, blocks, stated, number)
    issuer = Value() if listed else find_issuer(clues)
    is_order = forms.ORDER_NUMBER.search(number.text) is not None
    dates = [] if listed else find_dates(own, below, blocks, stated, is_order, title.text)
    date = own_date(dates)
    title_end = 1 + max((block for block, _ in title.words.places), default=-1)
    values = {
        "title": title,
        "issuer": issuer,
        "number": number,
        "doc_type": kind,
        "date": _of_date(date),
        "date_kind": replace(_of_date(date), text=date.kind.value) if date else Value(),
        "year": _year(title.words, date, below),
        "region": _region(title.words, issuer, blocks, stated),
        "addressees": quoted(read_addressees(blocks, title_end), "body"),
    }
    return ReadMetadata(
        Metadata(**{name: value.text for name, value in values.items()}),
        tuple(value.source(name) for name, value in values.items() if value.text),
        tuple(one.stored() for one in dates),
    )


def _head(blocks: Sequence[Block]) -> list[Quotation]:
    """Lines at the top that are neither text, item, row nor numbered heading."""
    return [
        Quotation.of(i, block.text)
        for i, block in enumerate(blocks[:_BANNER_LINES])
        if len(block.text) <= LONGEST_LINE
        and block.kind not in _NOT_HEAD
        and not find_marker(block.text)
    ]


def _forwards(title: str) -> bool:
    return forms.FORWARDS.search(title) is not None


def _nearest_first(stated: Sequence[Stated], title: Value, blocks: Sequence[Block]) -> list[Stated]:
    """Labels of the text itself before those of a head above its title, which may be another's."""
    place = title.words.places[0][0] if title.words.places else 0
    line = blocks[place].line if blocks else 0
    return sorted(stated, key=lambda one: 0 < one.line < line)


def _named_in_title(title: Quotation) -> Quotation | None:
    named = forms.TITLE_ISSUER.match(title.text)
    return title.piece(*named.span("issuer")).without_space() if named else None


def _named_above(title: Value, below: Sequence[Quotation]) -> Quotation | None:
    """Whom a line names that is the title once more, in full: 「国务院关于印发“…规划”的通知」."""
    wanted = bare(title.text)
    for upper, line in pairwise((Quotation(), *below)):
        for whole in (line, Quotation.join([upper, line])):
            again = len(wanted) >= _SHORTEST_TITLE and wanted in bare(whole.text)
            if again and (named := _named_in_title(whole)):
                return named
    return None


def _kind(title: Value, blocks: Sequence[Block], stated: Sequence[Stated]) -> Value:
    """By the title's last words; what a newspaper writes of a document is news."""
    found = find_doc_type(title.text)
    asks = forms.ASKING_TITLE.search(NAMED.sub("", title.text)) is not None
    from_media = any(PRESS.search(one.value) for one in values_of(stated, "source"))
    page = kind_of_page(title.text, blocks, from_media)
    official = found.value and ends_title(title.text, found.end) and not asks
    # A head may call a report what is a newspaper's story about it.
    labels = {bare(one.value) for one in values_of(stated, "title") if one.line}
    reported = page == forms.NEWS and bare(title.text) in labels and not from_media
    if page and (not official or reported) and (not found.value or asks or page == forms.NEWS):
        return Value(page, Quotation(), "body", sure=False)
    return Value(found.value, title.words.piece(found.start, found.end), "title")


def _of_date(date: FoundDate | None) -> Value:
    return Value(date.date.value, date.date.words, date.rule, date.sure) if date else Value()


def _year(title: Quotation, date: FoundDate | None, around: Sequence[Quotation]) -> Value:
    """When it was issued, else what the title speaks of, else when its issue came out."""
    if date:
        return Value(date.date.value[:4], date.date.year, date.rule, date.sure)
    if of_title := find_year(title.text):
        return Value(of_title.value, title.piece(of_title.start, of_title.year_end), "title")
    years = (
        line.piece(*m.span("year"))
        for line in around
        if (m := forms.ISSUE_YEAR.fullmatch(line.text))
    )
    return quoted(next(years, Quotation()), "masthead")


def _region(
    title: Quotation, issuer: Value, blocks: Sequence[Block], stated: Sequence[Stated]
) -> Value:
    """The place of who issued it, else of the title, the site, the text."""
    body = "\n".join(block.text for block in blocks)
    # 「国家税务总局霖川市税务局」 is of the city.
    if NATIONAL_BODY.search(issuer.text) and not find_region("", issuer.text, ""):
        return Value(NATIONWIDE, issuer.words, issuer.rule, issuer.sure)
    site = next(values_of(stated, "site"), None)
    found = find_region(title.text, issuer.text, body, site.value if site else "", issuer.sure)
    if not found:
        return Value()
    words, rule = _region_words(found, title, issuer, blocks)
    sure = found.named_in == "title" or (found.named_in == "issuer" and issuer.sure)
    return Value(found.path, words, "gazetteer" if found.in_table else rule, sure)


def _region_words(
    found: Region, title: Quotation, issuer: Value, blocks: Sequence[Block]
) -> tuple[Quotation, str]:
    """The words that name a region, and where they stand; of those of the body the first."""
    if found.named_in == "site":
        return Quotation(), "declared"
    if found.named_in != "body":
        of_title = found.named_in == "title"
        words = (title if of_title else issuer.words).piece(found.start, found.end)
        return words, "title" if of_title else issuer.rule
    starts = list(accumulate((len(block.text) + 1 for block in blocks), initial=0))
    block = bisect_right(starts, found.start) - 1
    begin, end = found.start - starts[block], found.end - starts[block]
    return Quotation.of(block, blocks[block].text[begin:end], begin), "body"


def inherit(own: ReadMetadata, bulletin: Metadata) -> ReadMetadata:
    """An article of a 简报: what it does not say itself is what the bulletin's head says."""
    names = ["issuer", "number", "doc_type", "date", "year"]
    lacking = {
        name: value
        for name in names
        if not getattr(own.metadata, name) and (value := getattr(bulletin, name))
    }
    if "date" in lacking and bulletin.date_kind:
        lacking["date_kind"] = bulletin.date_kind
    taken = tuple(FieldSource(name, "bulletin") for name in lacking)
    return replace(own, metadata=replace(own.metadata, **lacking), sources=(*own.sources, *taken))
