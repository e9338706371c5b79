"""The dates that a document gives of itself, each with what happened on it; the best one first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Block, BlockKind, DateKind, DocumentDate
from corpus.language import documents as forms
from corpus.metadata.labels import Stated
from corpus.metadata.quotation import Quotation
from corpus.metadata.signatures import ReadDate, Signature, printing_date, read_date

_LONGEST_LINE = 60
#: Which kind of date is the document's, the best first; the others never are.
_ORDER = (
    DateKind.PROMULGATED, DateKind.WRITTEN, DateKind.DELIVERED, DateKind.ADOPTED,
    DateKind.PRINTED, DateKind.PUBLISHED,
)  # fmt: skip
_DAY = len("2023-04-24")
#: Lines of the head that may give a date, and blocks that may say when the text takes effect.
_HEAD, _FOOT = 14, 12


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
) -> list[FoundDate]:
    """All dates, the document's own first; each day once for a kind.

    Args:
        own: the text's own signature.
        around: lines at its head.
        blocks: of the text.
        stated: what labels say.
        is_order: whether what is signed is an order (令), whose day is that of promulgation.
    """
    signs = DateKind.PROMULGATED if is_order else DateKind.WRITTEN
    delivered = list(_delivered(blocks))
    found = list(delivered) if delivered else []
    if own.date and (own.issuer.text or not delivered):
        signed = FoundDate(own.date, signs, "sign-off")
        # A report's day is the meeting's, whatever the page says of when it was put there.
        found.insert(len(found) if delivered else 0, signed)
    found += _in_brackets(blocks)
    found += _in_lines(around, bool(delivered))
    if printed := printing_date(blocks):
        found.append(FoundDate(printed, DateKind.PRINTED, "sign-off"))
    found += _of_labels(stated, blocks)
    found += _in_force(blocks)
    return _ordered(found, bool(delivered))


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


def _head(blocks: Sequence[Block]) -> Iterator[Quotation]:
    """Lines from the top to the first sentence, and what a line torn in two makes."""
    for i, block in enumerate(blocks[:_HEAD]):
        if block.kind in (BlockKind.TABLE_ROW, BlockKind.NOTE):
            continue
        if len(block.text) > 2 * _LONGEST_LINE and "。" in block.text:
            return
        yield Quotation.of(i, block.text)


def _delivered(blocks: Sequence[Block]) -> Iterator[FoundDate]:
    """When a report or speech was given, by its subtitle."""
    at_meeting = False
    for line in _head(blocks):
        if match := forms.DELIVERED.match(line.text):
            if date := read_date(line.piece(*match.span("date"))):
                yield FoundDate(date, DateKind.DELIVERED, "masthead")
            return
        at_meeting = at_meeting or forms.AT_MEETING.match(line.text) is not None
        alone = line.text.strip("（）() \u3000")
        date = read_date(line) if at_meeting and line.text[:1] in "（(" else None
        if date and len(alone) <= len(date.words.text) + 1:
            yield FoundDate(date, DateKind.DELIVERED, "masthead")
            return


def _in_brackets(blocks: Sequence[Block]) -> Iterator[FoundDate]:
    """「（2021年4月14日国务院第131次常务会议通过 2021年7月27日公布）」 below a title."""
    for line in _head(blocks):
        if line.text[:1] not in "（(" and not line.text.endswith(("）", ")")):
            continue
        days = list(forms.WHOLE_DAY.finditer(line.text))
        for day, following in zip(days, [*days[1:], None], strict=False):
            behind = line.text[day.end() : following.start() if following else None]
            deed = forms.DEED.search(behind)
            date = read_date(line.piece(*day.span())) if deed else None
            if date and deed and deed.lastgroup:
                yield FoundDate(date, DateKind(deed.lastgroup), "masthead")


def _in_lines(around: Sequence[Quotation], delivered: bool) -> Iterator[FoundDate]:
    """Lines of the head that are little more than a date."""
    for line in around:
        date = read_date(line)
        if date is None:
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
