"""Passages that are copies of each other."""

from __future__ import annotations

import re

from indexer.passage import Passage

_NOT_HAN = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fff]")
_DIGITS = re.compile(r"\d+")
_MASK = re.compile(r"[xX×*＊]+")


def han_key(passage: Passage) -> str:
    """Its Chinese characters alone: equal for copies that differ in punctuation, digits or masks."""
    return _NOT_HAN.sub("", passage.text)


def are_copies(one: Passage, other: Passage) -> bool:
    """Same words, and same numbers unless one of them masks its own (20xx for 2017).

    The same clause of two places with different numbers is no copy.
    """
    if han_key(one) != han_key(other):
        return False
    masked = _MASK.search(one.text) or _MASK.search(other.text)
    return bool(masked) or _DIGITS.findall(one.text) == _DIGITS.findall(other.text)


def says_more(one: Passage, other: Passage) -> bool:
    """Whether ``one`` has more digits left unmasked than ``other``."""
    return sum(map(str.isdigit, one.text)) > sum(map(str.isdigit, other.text))
