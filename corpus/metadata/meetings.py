"""When and where a report or speech was given, by its subtitle and by who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.document import Block, BlockKind
from corpus.language import documents as forms
from corpus.metadata.quotation import Quotation
from corpus.metadata.regions import find_region, last_place
from corpus.metadata.signatures import ReadDate, read_date

#: Lines of a site's frame may stand above a report's.
_HEAD = 60
#: A line is read with the beginning of the next one, which may go on with it.
_NEXT = 40
_LONGEST, _SENTENCE = 160, 60
_REPORTED = 16
_DASH = re.compile("[—－―–]{1,3}")


def head_lines(blocks: Sequence[Block]) -> Iterator[Quotation]:
    """Lines from the top to the first sentence."""
    for i, block in enumerate(blocks[:_HEAD]):
        if block.kind in (BlockKind.TABLE_ROW, BlockKind.NOTE):
            continue
        text = block.text
        if (len(text) > _SENTENCE and "。" in text) or forms.GREETING.fullmatch(text):
            return
        yield Quotation.of(i, block.text[:_LONGEST])


def given_on(blocks: Sequence[Block]) -> ReadDate | None:
    """The day of a report or speech: in its subtitle, or in brackets below one that names a meeting."""
    at_meeting = False
    for line in head_lines(blocks):
        for start in _beginnings(line.text):
            if match := forms.DELIVERED.match(_with_next(line, blocks), start):
                return read_date(line.piece(*match.span("date")))
            at_meeting = at_meeting or forms.AT_MEETING.match(line.text, start) is not None
        date = read_date(line) if at_meeting and line.text[:1] in "（(" else None
        if date:
            return date
    return None


def meeting_place(blocks: Sequence[Block]) -> str:
    """The last name of the place to whose congress a report was given, else of who gave it."""
    for line in head_lines(blocks):
        whole = _with_next(line, blocks)
        for start in _beginnings(line.text):
            for pattern in (forms.DELIVERED, forms.AT_MEETING):
                match = pattern.match(whole, start)
                found = find_region(match["where"], "", "") if match else None
                if match and found:
                    return last_place(match["where"][found.start : found.end])
    speakers = (forms.SPEAKER.fullmatch(line.text) for line in head_lines(blocks))
    return next((match["place"] for match in speakers if match and match["place"]), "")


def _beginnings(text: str) -> list[int]:
    """Where a subtitle may begin: at the line's head, and behind a dash."""
    return [0, *(match.end() for match in _DASH.finditer(text))]


def _with_next(line: Quotation, blocks: Sequence[Block]) -> str:
    block = line.places[0][0] + 1 if line.places else len(blocks)
    return line.text + (blocks[block].text[:_NEXT] if block < len(blocks) else "")


def reported_on(blocks: Sequence[Block], near: str) -> ReadDate | None:
    """「2月4日，市长在…会议上作政府工作报告」: the day in the year that a newspaper leaves out.

    ``near`` is the day on which the page was made, shortly after.
    """
    if len(near) != len("2026-02-04"):
        return None
    for i, block in enumerate(blocks[:_REPORTED]):
        match = forms.REPORTED.search(block.text[: 2 * _LONGEST])
        if not match:
            continue
        month, day = int(match["month"]), int(match["day"])
        year = int(near[:4])
        value = f"{year}-{month:02d}-{day:02d}"
        # What a page of January says of December was in the year before.
        value = value if value <= near else f"{year - 1}{value[4:]}"
        words = Quotation.of(i, block.text).piece(match.start("month"), match.end("day"))
        return ReadDate(value, words, Quotation())
    return None
