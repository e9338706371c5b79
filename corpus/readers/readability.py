"""Does a page's text read as language? Text layers put under scans by other programs often do not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from corpus.language.characters import HAN_RUN, WIDE_MARKS
from corpus.language.lexicon import common_words
from corpus.language.simplification import to_simplified
from corpus.raw import RawLine

#: Text of which less than this part reads well is looked at again.
READABLE = 0.5
#: In sound prose so many characters stand in a common word of two.
_IN_WORDS = 0.7
_SAMPLE = 3000
#: Recognition puts spaces between Chinese characters.
_SPACES = re.compile(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])")
_LATIN_WORD = re.compile(r"(?=.*[aeiouyAEIOUY])(?:[A-Z]?[a-z]{2,20}|[A-Z]{3,20})")
#: Digits and marks stand in sound and in garbled text alike.
_NEUTRAL = frozenset("0123456789.,-/%:()+*×·") | WIDE_MARKS


def readability(text: str) -> float:
    """The share of a text, by its first 3,000 characters, that is made of words; 1.0 for numbers alone."""
    sample = to_simplified(_SPACES.sub("", text[:_SAMPLE]))
    well = han = other = 0.0
    words = common_words()
    rest = HAN_RUN.sub(" ", sample)
    for run in HAN_RUN.findall(sample):
        in_words = set()
        for i, pair in enumerate(pairwise(run)):
            if "".join(pair) in words:
                in_words |= {i, i + 1}
        han += len(run)
        well += len(in_words)
    well = min(han, well / _IN_WORDS)
    for token in re.findall(r"[A-Za-z]+[\w]*|\S", rest):
        if token in _NEUTRAL:
            continue
        other += len(token)
        if _LATIN_WORD.fullmatch(token):
            well += len(token)
    return well / (han + other) if han + other else 1.0


def reads_better(lines: Iterable[RawLine], others: Iterable[RawLine]) -> bool:
    """Whether one reading of a page is clearly more of a text than another one."""
    one, other = ("\n".join(line.text for line in reading) for reading in (lines, others))
    return bool(one.strip()) and readability(one) > readability(other) + 0.1
