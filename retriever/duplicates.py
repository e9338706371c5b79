"""Passages that are copies of each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from corpus.language.characters import HAN
from indexer.passage import Passage

_NO_WORD = re.compile(rf"[^{HAN}a-z]")
#: A number, a masked number (20xx, 8x.x) or a mask alone; the x of a Latin word is no mask.
_VALUE = re.compile(r"(?<![A-Za-z])[\dxX×*＊]+(?:[.．][\dxX×*＊]+)*(?![A-Za-z])|\d+(?:\.\d+)*")
#: What copies are compared by: a value, or else a single character.
_PIECE = re.compile(rf"{_VALUE.pattern}|[{HAN}A-Za-z]")
#: Share of character pairs that copies have in common: a reprint has a word or two changed.
_LEAST = 0.9
#: Shorter passages differ in meaning by a single word.
_SHORT = 60
_MASKS = frozenset("xX×*＊")


@dataclass(frozen=True)
class Group:
    """A passage with its copies.

    Attributes:
        head: the one with the most digits left unmasked.
        score: of the best ranked one.
        copies: those in other files than the head and than each other, best first.
    """

    head: Passage
    score: float
    copies: tuple[Passage, ...] = ()


def grouped(ranked: Iterable[tuple[Passage, float]], k: int) -> tuple[Group, ...]:
    """The first ``k`` passages that are no copies of one before them, each with its copies."""
    families: list[tuple[list[Passage], float]] = []
    for passage, score in ranked:
        for family, _ in families:
            if are_copies(family[0], passage):
                family.append(passage)
                break
        else:
            families.append(([passage], score))
    return tuple(_group(family, score) for family, score in families[:k])


def _group(family: list[Passage], score: float) -> Group:
    head = max(family, key=lambda passage: sum(map(str.isdigit, passage.text)))
    others: dict[tuple[str, str], Passage] = {}
    for passage in family:
        if (passage.path, passage.doc) != (head.path, head.doc):
            others.setdefault((passage.path, passage.doc), passage)
    return Group(head, score, tuple(others.values()))


def differences(one: Passage, other: Passage) -> tuple[tuple[str, str], ...]:
    """What two copies word otherwise: (in ``one``, in ``other``), in order, "" where it has nothing.

    Values are compared whole (132 and 1xx); punctuation and spaces do not count.
    """
    from rapidfuzz.distance import Levenshtein

    ours, theirs = (_PIECE.findall(p.text) for p in (one, other))
    return tuple(
        ("".join(ours[op.src_start : op.src_end]), "".join(theirs[op.dest_start : op.dest_end]))
        for op in Levenshtein.opcodes(ours, theirs)
        if op.tag != "equal"
    )


@lru_cache(maxsize=1024)
def words_key(passage: Passage) -> str:
    """Its words alone: equal for copies that differ in punctuation, digits or masks."""
    return _NO_WORD.sub("", _VALUE.sub("", passage.text).lower())


def are_copies(one: Passage, other: Passage) -> bool:
    """Same words, and same numbers but for those that one of them masks (20xx for 2017).

    Within one place a word or two may differ, as in a reprint. The same clause of two places with
    different numbers or names is no copy, nor are rows of tables with another name or caption.
    """
    if one.is_row or other.is_row:
        return (one.is_row, one.lead, one.text) == (other.is_row, other.lead, other.text)
    ours_words, theirs_words = words_key(one), words_key(other)
    places = {one.metadata.local_region, other.metadata.local_region} - {""}
    same_place = len(places) <= 1  # a reprint may have masked its place's name
    if ours_words != theirs_words and not (same_place and _nearly(ours_words, theirs_words)):
        return False
    ours, theirs = _VALUE.findall(one.text), _VALUE.findall(other.text)
    return len(ours) == len(theirs) and all(
        a == b or _MASKS & set(a) or _MASKS & set(b) for a, b in zip(ours, theirs, strict=True)
    )


def _nearly(one: str, other: str) -> bool:
    """Nine in ten character pairs in common (Jaccard)."""
    if min(len(one), len(other)) < _LEAST * max(len(one), len(other)) or len(one) < _SHORT:
        return False
    ours, theirs = _pairs(one), _pairs(other)
    return len(ours & theirs) >= _LEAST * len(ours | theirs)


@lru_cache(maxsize=1024)
def _pairs(words: str) -> frozenset[str]:
    return frozenset(words[i : i + 2] for i in range(len(words) - 1))
