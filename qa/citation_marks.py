"""``[n]`` marks in an answer that a language model wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"[\[［【]\s*(\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)\s*[\]］】]")
#: A sentence ends at its mark of ending together with the citation marks behind it.
_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]?(?:\s*[\[［【][\d\s,，、]+[\]］】])*[。]?")


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
    """All numbers cited in ``text``, in order of first use: 「甲[1]。乙[2,3]」 → (1, 2, 3)."""
    numbers = [int(n) for m in _MARK.finditer(text) for n in re.findall(r"\d+", m.group(1))]
    return tuple(dict.fromkeys(numbers))


def split_cited(text: str) -> tuple[CitedSentence, ...]:
    """Sentences of a written answer with what each cites."""
    found = []
    for match in _SENTENCE.finditer(text):
        sentence = match.group().strip()
        if sentence:
            found.append(CitedSentence(_MARK.sub("", sentence).strip(), cited_numbers(sentence)))
    return tuple(s for s in found if s.text or s.numbers)
