"""Passages that are copies of each other."""

from __future__ import annotations

import re

from indexer.passage import Passage

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af〇"
_NO_WORD = re.compile(rf"[^{_HAN}a-z]")
#: A number, a masked number (20xx, 8x.x) or a mask alone; the x of a Latin word is no mask.
_VALUE = re.compile(r"(?<![A-Za-z])[\dxX×*＊]+(?:[.．][\dxX×*＊]+)*(?![A-Za-z])|\d+(?:\.\d+)*")
_MASKS = frozenset("xX×*＊")


def words_key(passage: Passage) -> str:
    """Its words alone: equal for copies that differ in punctuation, digits or masks."""
    return _NO_WORD.sub("", _VALUE.sub("", passage.text).lower())


def are_copies(one: Passage, other: Passage) -> bool:
    """Same words, and same numbers but for those that one of them masks (20xx for 2017).

    The same clause of two places with different numbers is no copy.
    """
    if words_key(one) != words_key(other):
        return False
    ours, theirs = _VALUE.findall(one.text), _VALUE.findall(other.text)
    return len(ours) == len(theirs) and all(
        a == b or _MASKS & set(a) or _MASKS & set(b) for a, b in zip(ours, theirs, strict=True)
    )


def says_more(one: Passage, other: Passage) -> bool:
    """Whether ``one`` has more digits left unmasked than ``other``."""
    return sum(map(str.isdigit, one.text)) > sum(map(str.isdigit, other.text))
