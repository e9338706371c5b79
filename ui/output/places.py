"""Where the words of a passage stand in its document, and the address that shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from corpus.document import Document
from indexer.passage import Passage
from retriever.hit import Span, trimmed

#: The anchor of the highlighted words on the document page.
ANCHOR = "cited"


@dataclass(frozen=True)
class Place:
    """A run of characters in a document.

    Attributes:
        block: index in ``Document.blocks`` of the block where it begins.
        start: offset of its first character in that block's ``display``.
        end: offset after its last, counted from the same block's beginning on through the
            following blocks' ``display`` as if they were one text; equal to ``start`` when only
            the block is known.
    """

    block: int
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Quoted:
    """Cited words as they stand in the file.

    Attributes:
        line: number from 1 of the file's line where they begin.
        column: number from 1 of their first character in it.
        original: the file's own characters, before any cleaning.
    """

    line: int
    column: int
    original: str


def quoted(document: Document, place: Place) -> Quoted | None:
    """The file's words at a place; None where the document has no such block."""
    if place.block >= len(document.blocks):
        return None
    first = document.blocks[place.block]
    spans = spans_at(document, place).items()
    words = [document.blocks[number].original(start, end) for number, (start, end) in spans]
    line, column = first.position(min(place.start, max(len(first.display) - 1, 0)))
    return Quoted(line, column, "\n".join(words))


def spans_at(document: Document, place: Place) -> dict[int, Span]:
    """The span of each block's ``display`` that a place runs through; empty past the end.

    A place that names only a block is all of it.
    """
    if place.block >= len(document.blocks):
        return {}
    if place.start == place.end:
        return {place.block: (0, len(document.blocks[place.block].display))}
    spans: dict[int, Span] = {}
    start, end = place.start, place.end
    for number in range(place.block, len(document.blocks)):
        if end <= 0:
            break
        length = len(document.blocks[number].display)
        if start < length:
            spans[number] = (max(start, 0), min(end, length))
        start, end = start - length, end - length
    return spans


def locate(document: Document, passage: Passage, span: Span) -> Place:
    """Where a span of ``passage.display`` stands in the document, without spaces at its ends.

    Only the block is given where the span has no words, or the document has others there by now.
    """
    start, end = trimmed(passage.display, span)
    runs = [
        (run.block, run.start + max(start - run.at, 0), run.start + min(end - run.at, run.length))
        for run in passage.blocks
        if start < run.at + run.length and end > run.at and run.block < len(document.blocks)
    ]
    found = "".join(document.blocks[block].display[a:b] for block, a, b in runs)
    if not runs or found != "".join(passage.display[start:end].splitlines()):
        return Place(min(passage.first_block, max(len(document.blocks) - 1, 0)))
    (block, begin, _), (last, _, stop) = runs[0], runs[-1]
    skipped = sum(len(document.blocks[number].display) for number in range(block, last))
    return Place(block, begin, skipped + stop)


def document_url(passage: Passage, place: Place) -> str:
    """The address that opens a passage's document at a place."""
    query = {"block": place.block, "start": place.start, "end": place.end}
    return _address(passage.document_id, query | {"passage": passage.ordinal}, ANCHOR)


def document_address(document_id: str, block: int | None = None) -> str:
    """The address that opens a document, at a block where one is given."""
    if block is None:
        return _address(document_id, {}, "")
    return _address(document_id, {"block": block, "start": 0, "end": 0}, ANCHOR)


def _address(document_id: str, query: Mapping[str, int], anchor: str) -> str:
    # No slash is left bare: an id holds a path and a number after "#".
    path = f"/document/{quote(document_id, safe='')}"
    return f"{path}?{urlencode(query)}#{anchor}" if query else path
