"""``[n]`` marks in an answer that a language model wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"(?:资料\s?)?[0-9０-９]{1,3}"
_LIST = rf"{_NUMBER}(?:\s?[,，、\-–—~～]\s?{_NUMBER}){{0,20}}"
_MARK = re.compile(rf"[\[［【]\s?({_LIST})\s?[\]］】]")
#: A sentence ends at its mark of ending together with the citation marks behind it. White space is
#: bounded: what a model writes must not make the search slow.
_SENTENCE = re.compile(
    rf"[^。！？!?\n]*[。！？!?\n]?(?:\s{{0,4}}[\[［【]\s?{_LIST}\s?[\]］】])*。?"
)
_PART = re.compile(r"([0-9０-９]+)(?:\s?[-–—~～]\s?(?:资料\s?)?([0-9０-９]+))?")
#: A range of more numbers than a model is ever given passages is no citation.
_LONGEST_RANGE = 20


@dataclass(frozen=True)
class CitedSentence:
    """A sentence and the numbers it cites.

    Attributes:
        text: its words without marks.
        numbers: citation numbers in order, each once.
    """

    text: str
    numbers: tuple[int, ...]


def cited_numbers(text: str) -> tuple[int, ...]:
    """All numbers cited in ``text``, in order of first use: 「甲[1]。乙[2,3]」 → (1, 2, 3); 「[1-3]」 alike."""
    numbers: list[int] = []
    for mark in _MARK.finditer(text):
        for first, last in _PART.findall(mark.group(1)):
            end = int(last or first)
            numbers.extend(range(int(first), min(end, int(first) + _LONGEST_RANGE) + 1))
    return tuple(dict.fromkeys(numbers))


def split_cited(text: str) -> tuple[CitedSentence, ...]:
    """Sentences of a written answer with what each cites."""
    found = []
    for match in _SENTENCE.finditer(text):
        sentence = match.group().strip()
        if sentence:
            found.append(CitedSentence(_MARK.sub("", sentence).strip(), cited_numbers(sentence)))
    return tuple(s for s in found if s.text or s.numbers)
