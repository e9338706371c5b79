"""Numbering of Chinese official documents: 第一章, 一、, （一）, 1., (1), 一是."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.language.documents import ITEM, NUMBERING

KINDS: tuple[str, ...] = tuple(kind for kind, _ in NUMBERING)


@dataclass(frozen=True)
class Marker:
    """The number at the start of a line.

    Attributes:
        kind: one of ``KINDS``.
        end: where the number ends and its words begin.
    """

    kind: str
    end: int

    @property
    def depth(self) -> int:
        """Position of the kind from the outermost, from 0."""
        return KINDS.index(self.kind)


def find_marker(text: str) -> Marker | None:
    """The number a line starts with, or None: 「（二）加强领导」 → bracketed numeral."""
    for kind, pattern in NUMBERING:
        match = pattern.match(text)
        if match:
            return Marker(kind, match.end())
    return None


def is_item(text: str) -> bool:
    """Whether a line begins like one of an enumeration: 「一是…」, 「第二，…」, 「• …」."""
    return ITEM.match(text) is not None
