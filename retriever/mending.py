"""Slips of the pen in a query, mended from what the corpus says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from corpus.gazetteer import is_known
from retriever.likeness import Likeness
from retriever.plausibility import Pairs, Vocabulary, best_split
from retriever.repairs import Judge, Repair, pairs_of, placed

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af〇]{2,}")
#: A slip in a number cannot be told from another number, nor one in a question word from a word.
_NUMBERS = frozenset("〇零一二三四五六七八九十百千万亿两几")
_FIXED = _NUMBERS | frozenset("多少哪谁什么啥吗呢何")
#: What is longer is a draft, not typed in a hurry.
_LONGEST = 120
#: So much (nats) must a repair be better than another one of the same characters.
_CLEAR = 1.0
#: Longest names of places that are looked for: 「克孜勒苏」 is one, without its kind.
_NAME = 6


@dataclass(frozen=True)
class Change:
    """One repair.

    Attributes:
        written: the words as typed, 「明华街道」.
        read: the words searched for, 「明桦街道」.
    """

    written: str
    read: str


@dataclass(frozen=True)
class Mended:
    """A query after mending, as long as before; without changes it is the one given."""

    text: str
    changes: tuple[Change, ...] = ()


class Mender:
    """Mends homophones, look-alikes and swapped characters that the corpus does not know.

    A character is looked at where it makes a pair with its neighbour that stands nowhere in the
    corpus. It is replaced by one that sounds or looks like it, or two characters by two that sound
    like them, where that makes the text much more probable: by the pairs of the corpus and by the
    best split into everyday words. Everyday words that are merely unknown to the corpus stay, unless
    it has the whole phrase with others; numbers, question words and names of places always stay.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Reads the vocabulary once: a tenth of a second for 100,000 pairs."""
        pairs = Pairs(vocabulary)
        self._likeness = Likeness(pairs.characters)
        self._judge = Judge(vocabulary, pairs, self._likeness)

    def mend(self, text: str) -> Mended:
        """Mend a query in its search form; a long text is left as it is."""
        if len(text) > _LONGEST:
            return Mended(text)
        changes: list[Change] = []

        def mended(match: re.Match[str]) -> str:
            run = self._mend_run(match.group())
            changes.extend(_changes(match.group(), run))
            return run

        return Mended(_HAN.sub(mended, text), tuple(changes))

    def _mend_run(self, run: str) -> str:
        # Each repair leaves fewer unknown pairs, so this ends.
        while repair := self._best(run):
            run = repair.applied(run)
        return run

    def _best(self, run: str) -> Repair | None:
        """The repair that makes the text most probable, unless another one does nearly as much."""
        known = [self._judge.knows(pair) for pair in pairs_of(run)]
        if all(known):
            return None
        found = sorted(self._repairs(run, known), key=lambda r: (-r.gain, r.start, r.new))
        for repair in found:
            rivals = (r for r in found if (r.start, r.end) == (repair.start, repair.end))
            if all(r.new == repair.new or repair.gain - r.gain >= _CLEAR for r in rivals):
                return repair
        return None

    def _repairs(self, run: str, known: list[bool]) -> Iterator[Repair]:
        fixed = _fixed(run)
        for start in range(len(run)):
            for end in range(start + 1, min(start + 2, len(run)) + 1):
                touched = known[max(start - 1, 0) : end]
                if all(touched) or not fixed.isdisjoint(range(start, end)):
                    continue
                for new in self._replacements(run, start, end):
                    if _NUMBERS.isdisjoint(new):
                        repair = self._judge.judged(run, Repair(start, end, new))
                        if repair:
                            yield repair

    def _replacements(self, run: str, start: int, end: int) -> Iterator[str]:
        """What may stand for ``run[start:end]``.

        A character known with at least one of its neighbours; two that are known with both, as
        little can be said about two characters at once.
        """
        knows = self._judge.knows
        before, after = run[max(start - 1, 0) : start], run[end : end + 1]
        if end - start == 1:
            for new in self._likeness.alike(run[start]):
                if (before and knows(before + new)) or (after and knows(new + after)):
                    yield new
            return
        yield run[start + 1] + run[start]
        firsts = [
            c
            for c in self._likeness.homophones(run[start])
            if c != run[start] and (not before or knows(before + c))
        ]
        seconds = [
            c
            for c in self._likeness.homophones(run[start + 1])
            if c != run[start + 1] and (not after or knows(c + after))
        ]
        for one, other in product(firsts, seconds):
            if knows(one + other):
                yield one + other


def _fixed(run: str) -> set[int]:
    """Where numbers, question words and names of places stand."""
    fixed = {i for i, character in enumerate(run) if character in _FIXED}
    for start in range(len(run) - 1):
        for end in range(start + 2, min(start + _NAME, len(run)) + 1):
            if is_known(run[start:end]):
                fixed.update(range(start, end))
    return fixed


def _changes(run: str, mended: str) -> Iterator[Change]:
    """What was changed, with the word around it."""
    words = best_split(mended)[1]
    spans: list[tuple[int, int]] = []
    for i, (first, last) in enumerate(placed(words)):
        start, end = first, last
        if run[start:end] == mended[start:end]:
            continue
        if end - start == 1:  # a name that is no everyday word: its neighbours make it readable
            start -= len(words[i - 1]) if i else 0
            end += len(words[i + 1]) if i + 1 < len(words) else 0
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    for start, end in spans:
        yield Change(run[start:end], mended[start:end])
