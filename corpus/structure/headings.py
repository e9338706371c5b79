"""Numbering of Chinese official documents: 第一章, 一、, （一）, 1., (1), 一是."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.language.documents import ITEM, NUMBERING
from corpus.language.numerals import ORDINAL, read_count

KINDS: tuple[str, ...] = tuple(kind for kind, _ in NUMBERING)


@dataclass(frozen=True)
class Marker:
    """The number at the start of a line.

    Attributes:
        kind: one of ``KINDS``.
        end: where the number ends and its words begin.
        number: the number itself, 0 where it cannot be read.
    """

    kind: str
    end: int
    number: int = 0

    @property
    def depth(self) -> int:
        """Position of the kind from the outermost, from 0."""
        return KINDS.index(self.kind)


def find_marker(text: str) -> Marker | None:
    """The number a line starts with, or None: 「（二）加强领导」 → bracketed numeral."""
    for kind, pattern in NUMBERING:
        match = pattern.match(text)
        if match:
            return Marker(kind, match.end(), _number(match.group()))
    return None


_DIGITS = re.compile(rf"\d+|[{ORDINAL}]+|[①-⑳]")


def _number(words: str) -> int:
    found = _DIGITS.search(words)
    if found is None:
        return 0
    return ord(found[0]) - ord("①") + 1 if "①" <= found[0] <= "⑳" else read_count(found[0])


#: Kinds whose order is a matter of the document; chapters and articles enclose the same everywhere.
_FREE = KINDS[KINDS.index("numeral") :]


def numbering_order(markers: Iterable[Marker]) -> dict[str, int]:
    """The rank of each kind of numbering in a document, by how they open under each other there.

    They stand in the usual order, unless one usually outside starts anew, at 1, between two numbers of
    one usually inside: of 「1. （一） （二） 2.」 the brackets are the inner ones.
    """
    usual, turned = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    last: dict[str, int] = {}
    # Of each kind the outer ones met since its last number, and whether each of these began at 1.
    since: dict[str, dict[str, bool]] = {kind: {} for kind in _FREE}
    enclosing = ""
    for marker in markers:
        if marker.kind not in _FREE:
            last, since = {}, {kind: {} for kind in _FREE}
            continue
        own = KINDS.index(marker.kind)
        if marker.number == last.get(marker.kind, -1) + 1 > 1 and all(since[marker.kind].values()):
            turned.update((marker.kind, outer) for outer in since[marker.kind])
        elif marker.number == 1 and enclosing and KINDS.index(enclosing) < own:
            usual[marker.kind, enclosing] += 1
        for kind in _FREE[_FREE.index(marker.kind) + 1 :]:
            since[kind].setdefault(marker.kind, marker.number == 1)
        since[marker.kind] = {}
        last[marker.kind] = marker.number
        enclosing = marker.kind
    order = list(KINDS)
    for (inner, outer), times in turned.items():
        if times > usual[inner, outer] and order.index(outer) < order.index(inner):
            order.remove(outer)
            order.insert(order.index(inner) + 1, outer)
    return {kind: rank for rank, kind in enumerate(order)}


def is_item(text: str) -> bool:
    """Whether a line begins like one of an enumeration: 「一是…」, 「第二，…」, 「• …」."""
    return ITEM.match(text) is not None
