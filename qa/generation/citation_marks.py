"""``[n]`` marks in an answer that a language model wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.language.function_words import SOURCE

_NUMBER = rf"(?:{SOURCE}\s?)?[0-9０-９]{{1,3}}"
_LIST = rf"{_NUMBER}(?:\s?[,，、\-–—~～]\s?{_NUMBER}){{0,20}}"
_MARK = re.compile(rf"[\[［【]\s?({_LIST})\s?[\]］】]")
#: A sentence ends at its mark of ending together with the citation marks behind it. White space is
#: bounded: what a model writes must not make the search slow.
_SENTENCE = re.compile(
    rf"[^。！？!?\n]*[。！？!?\n]?(?:\s{{0,4}}[\[［【]\s?{_LIST}\s?[\]］】])*。?"
)
#: Behind a sentence: nothing yet, or what may become one of its marks.
_UNDECIDED = re.compile(r"\s*(?:[\[［【][^\]］】]{0,150})?")
_PART = re.compile(rf"([0-9０-９]+)(?:\s?[-–—~～]\s?(?:{SOURCE}\s?)?([0-9０-９]+))?")
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
    sentences = (match.group().strip() for match in _SENTENCE.finditer(text))
    found = [CitedSentence(_MARK.sub("", s).strip(), cited_numbers(s)) for s in sentences if s]
    return tuple(s for s in found if s.text or s.numbers)


class SentenceStream:
    """Sentences of an answer that is still being written, each given out once it is whole."""

    def __init__(self, longest: int = 600) -> None:
        """``longest``: characters after which what has no end counts as a sentence without marks."""
        self._longest = longest
        self._rest = ""

    def add(self, piece: str) -> tuple[CitedSentence, ...]:
        """The sentences that are whole with this piece.

        A sentence is whole when another one has begun, so that marks behind its end are its own.
        """
        self._rest += piece
        whole = 0
        for match in _SENTENCE.finditer(self._rest):
            if not match.group() or _UNDECIDED.fullmatch(self._rest, match.end()):
                break
            whole = match.end()
        done, self._rest = self._rest[:whole], self._rest[whole:]
        found = split_cited(done)
        if len(self._rest) <= self._longest:
            return found
        cut, self._rest = self._rest, ""
        return (*found, CitedSentence(cut.strip(), ()))

    def close(self) -> tuple[CitedSentence, ...]:
        """What is left when no more is written."""
        rest, self._rest = self._rest, ""
        return split_cited(rest)
