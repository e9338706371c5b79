"""Words read off blocks, each character knowing where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.document import FieldSource


@dataclass(frozen=True)
class Quotation:
    """Words of one or several blocks.

    Attributes:
        text: the words in their search form.
        places: (block, offset) of each character; (-1, 0) of one put between two blocks' words.
    """

    text: str = ""
    places: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, block: int, words: str, start: int = 0) -> Quotation:
        """``words``, which stand in the block of that index from ``start``."""
        return cls(words, tuple((block, start + i) for i in range(len(words))))

    @classmethod
    def join(cls, parts: Iterable[Quotation], glue: str = "") -> Quotation:
        """Several quotations as one with ``glue`` between them."""
        given = list(parts)
        places: list[tuple[int, int]] = []
        for part in given:
            places += [(-1, 0)] * len(glue) if places else []
            places += part.places
        return cls(glue.join(part.text for part in given), tuple(places))

    def piece(self, start: int, end: int | None = None) -> Quotation:
        """The words ``text[start:end]``."""
        return Quotation(self.text[start:end], self.places[start:end])

    def without_space(self) -> Quotation:
        """The words without white space around them."""
        start = len(self.text) - len(self.text.lstrip())
        return self.piece(start, max(start, len(self.text.rstrip())))

    def source(self, field: str, rule: str, sure: bool = True) -> FieldSource:
        """The words as the source of a value; of words in several blocks, those in the first."""
        if not self.places:
            return FieldSource(field, rule, sure=sure)
        block, start = self.places[0]
        end = max(offset for index, offset in self.places if index == block) + 1
        return FieldSource(field, rule, block, start, end, sure)
