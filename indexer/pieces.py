"""What passages are put together from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import BlockKind
from corpus.structure.sentences import sentence_spans


@dataclass(frozen=True)
class Piece:
    """Some whole sentences of one block, from character ``start`` of it on."""

    text: str
    display: str
    block: int
    kind: BlockKind
    start: int = 0


def short_enough(text: str, longest: int) -> Iterator[tuple[int, int]]:
    """Sentences, and at commas the parts of a sentence that is longer than a passage may be."""
    for start, end in sentence_spans(text):
        at = start
        while end - at > longest:
            comma = max(text.rfind(mark, at + 1, at + longest) for mark in "，、：,")
            cut = comma + 1 if comma > at else at + longest
            yield at, cut
            at = cut
        yield at, end
