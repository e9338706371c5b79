"""A metadata value with the words it was read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.document import Block, BlockKind, FieldSource
from corpus.metadata.quotation import Quotation

#: A longer line is text, not head.
LONGEST_LINE = 150


@dataclass(frozen=True)
class Value:
    """A value, the words it was read from, by which rule, and whether that is sure."""

    text: str = ""
    words: Quotation = field(default_factory=Quotation)
    rule: str = ""
    sure: bool = True

    def source(self, name: str) -> FieldSource:
        """As the source of a metadata field."""
        return self.words.source(name, self.rule, self.sure)


def quoted(words: Quotation, rule: str, sure: bool = True) -> Value:
    """The words themselves as a value."""
    return Value(words.text, words, rule, sure)


def rule_of(words: Quotation, blocks: Sequence[Block]) -> str:
    """By where words stand: in the title, above the first sentence, or below."""
    block = words.places[0][0] if words.places else 0
    if blocks and blocks[block].kind is BlockKind.TITLE:
        return "title"
    below = any("。" in b.text or len(b.text) > LONGEST_LINE for b in blocks[:block])
    return "sign-off" if below else "masthead"
