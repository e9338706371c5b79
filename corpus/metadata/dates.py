"""The dates that a document gives of itself, each with what happened on it; the best one first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Block, BlockKind, DateKind, DocumentDate
from corpus.language import documents as forms
from corpus.metadata.labels import Stated
from corpus.metadata.meetings import given_on, head_lines, reported_on
from corpus.metadata.quotation import Quotation
from corpus.metadata.signatures import ReadDate, Signature, printing_date, read_date
from corpus.structure.titles import names_document

_LONGEST_LINE = 60
#: Which kind of date is the document's, the best first; the others never are.
_ORDER = (
    DateKind.PROMULGATED, DateKind.WRITTEN, DateKind.DELIVERED, DateKind.ADOPTED,
    DateKind.PRINTED, DateKind.PUBLISHED,
)  # fmt: skip
_DAY = len("2023-04-24")
#: Blocks at the end that may say when the text takes effect.
_FOOT = 12


@dataclass(frozen=True)
class FoundDate:
    """A date, what happened on it, and how it was found.

    Attributes:
        date: the date and its words.
        kind: what happened on it.
        rule: of its ``FieldSource``.
        sure: whether the document itself says so.
    """

    date: ReadDate
    kind: DateKind
    rule: str
    sure: bool = True

    def stored(self) -> DocumentDate:
        """As it is kept with the document."""
        source = self.date.words.source("date", self.rule)
        place = (source.block, source.start, source.end)
        return DocumentDate(self.date.value, self.kind, self.sure, *place)


def find_dates(
    own: Signature,
    around: Sequence[Quotation],
    blocks: Sequence[Block],
    stated: Sequence[Stated],
    is_order: bool,
    title: str,
) -> list[FoundDate]:
    """All dates, the document's own first; each day once for a kind.

    Args:
        own: the text's own signature.
        around: lines at its head.
        blocks: of the text.
        stated: what labels say.
        is_order: whether what is signed is an order (令), whose day is that of promulgation.
        title: what the document is called.
    """
    signs = DateKind.PROMULGATED if is_order else DateKind.WRITTEN
    labels = list(_of_labels(stated, blocks))
    delivered = given_on(blocks)
    if not delivered and labels and forms.SOME_REPORT.search(title):
        delivered = reported_on(blocks, labels[0].date.value)
    found = [FoundDate(delivered, DateKind.DELIVERED, "masthead")] if delivered else []
    signed = [FoundDate(own.date, signs, "sign-off")] if own.date else []
    # A date that nobody signs may be the page's: whatever else says when comes first.
    found += signed if own.issuer.text else []
    found += _in_brackets(blocks)
    found += _in_lines(around, delivered is not None)
    found += [one for one in labels if one.kind is DateKind.WRITTEN]
    found += signed
    if printed := printing_date(blocks):
        found.append(FoundDate(printed, DateKind.PRINTED, "sign-off"))
    found += labels
    found += _in_force(blocks)
    return _ordered(found, delivered is not None)


def _ordered(found: Iterable[FoundDate], delivered: bool) -> list[FoundDate]:
    """Sure dates before likely ones, whole days before months, then by kind; no two alike."""
    once: dict[tuple[str, DateKind], FoundDate] = {}
    for one in found:
        if len(one.date.value) >= len("2023"):
            once.setdefault((one.date.value, one.kind), one)
    order = list(_ORDER)
    if delivered:
        order.remove(DateKind.DELIVERED)
        order.insert(0, DateKind.DELIVERED)

    def rank(one: FoundDate) -> tuple[bool, int, bool]:
        place = order.index(one.kind) if one.kind in order else len(order)
        day = len(one.date.value) == _DAY
        # A year alone dates nothing where a page says the day.
        return (not day and len(one.date.value) < len("2023-04"), place, not one.sure or not day)

    return sorted(once.values(), key=rank)


def own_date(dates: Sequence[FoundDate]) -> FoundDate | None:
    """The document's date: the first, when it is of a kind that dates a document."""
    first = dates[0] if dates else None
    return first if first and first.kind in _ORDER else None


def _in_brackets(blocks: Sequence[Block]) -> Iterator[FoundDate]:
    """「（2021年4月14日国务院第131次常务会议通过 2021年7月27日公布）」 below a title."""
    for line in head_lines(blocks):
        at = line.places[0][0] if line.places else 0
        if not _is_bracket(line.text):
            continue
        titled = blocks[at].kind is BlockKind.TITLE or names_document(line.text)
        below = forms.DATE_BELOW.search(line.text) if titled else None
        if below and (date := read_date(line.piece(below.start()))):
            yield FoundDate(date, DateKind.WRITTEN, "title")
        days = list(forms.WHOLE_DAY.finditer(line.text))
        for day, following in zip(days, [*days[1:], None], strict=False):
            behind = line.text[day.end() : following.start() if following else None]
            deed = forms.DEED.search(behind)
            date = read_date(line.piece(*day.span())) if deed else None
            if date and deed and deed.lastgroup:
                yield FoundDate(date, DateKind(deed.lastgroup), "masthead")


def _is_bracket(text: str) -> bool:
    return text.startswith(("（", "(")) or text.endswith(("）", ")"))


def _in_lines(around: Sequence[Quotation], delivered: bool) -> Iterator[FoundDate]:
    """Lines of the head that are little more than a date."""
    for line in around:
        date = read_date(line)
        if date is None or (_is_bracket(line.text) and forms.DEED.search(line.text)):
            continue
        if forms.PAGE_DATE.fullmatch(line.text):
            yield FoundDate(date, DateKind.PUBLISHED, "masthead", sure=False)
        elif _is_date_line(line.text) and not (delivered and len(date.value) < _DAY):
            yield FoundDate(date, DateKind.WRITTEN, "masthead")


def _is_date_line(text: str) -> bool:
    if len(text) > 2 * _LONGEST_LINE or not any(p.fullmatch(text) for p in forms.DATE_LINES):
        return False
    return text.startswith(("（", "(")) or not forms.OTHER_DATE.search(text)


def _of_labels(stated: Sequence[Stated], blocks: Sequence[Block]) -> Iterator[FoundDate]:
    """What labels say; 「时间：」 alone is when the page was made."""
    kinds = {kind.value: kind for kind in DateKind}
    for one in stated:
        kind = DateKind.PUBLISHED if one.what == "vague" else kinds.get(one.what)
        if kind and (date := read_date(Quotation(one.value))):
            words = one.quoted(blocks, date.words.text)
            year = words.piece(0, len(date.year.text))
            placed = ReadDate(date.value, words, year)
            sure = one.table or kind is not DateKind.PUBLISHED
            yield FoundDate(placed, kind, "label" if one.line else "declared", sure)


def _in_force(blocks: Sequence[Block]) -> Iterator[FoundDate]:
    """「本办法自2021年5月1日起施行」 in the last articles."""
    for i in range(max(0, len(blocks) - _FOOT), len(blocks)):
        text = blocks[i].text
        if match := forms.IN_FORCE_FROM.search(text[-400:]):
            at = max(0, len(text) - 400)
            span = (at + match.start("date"), at + match.end("date"))
            if date := read_date(Quotation.of(i, text[slice(*span)], span[0])):
                yield FoundDate(date, DateKind.EFFECTIVE, "body")
                return
