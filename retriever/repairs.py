"""Whether replacing a character or two of a text is a repair."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from retriever.likeness import Likeness
from retriever.plausibility import Pairs, Vocabulary, best_split, is_everyday
from retriever.shapes import are_confused
from retriever.sounds import sound_the_same

#: How much more probable a text has to become (nats), by how good the evidence is: the words around
#: stand like that in one passage, and what is replaced is no everyday word, or is one; the pairs
#: that the new characters make stand in one passage; only one pair is known. Chosen so that no
#: question of the dev sets is harmed (docs/mending.md).
_PHRASE, _PHRASE_FOR_WORD, _TOGETHER, _KNOWN = 6.0, 8.0, 10.0, 12.0
#: The part of it that everyday words alone must give without a phrase.
_WORDS_TOGETHER, _WORDS_KNOWN = 4.0, 8.0
#: Share of the passages that must hold a pair that is to replace another without a phrase, the
#: same for characters with the same tone too, and how many passages at least.
_SHARE, _SHARE_SAME_TONE, _FEWEST = 0.01, 0.003, 3
#: Characters on either side that belong to the phrase, and those that may be in one word with it.
_AROUND, _WORD = 2, 3
#: Pairs that make a phrase.
_LEAST_PHRASE = 3


@dataclass(frozen=True)
class Repair:
    """One or two characters for as many others.

    Attributes:
        start: the first character replaced.
        end: the first one after them.
        new: what stands in their place.
        gain: how much more probable the text becomes, in nats.
    """

    start: int
    end: int
    new: str
    gain: float = 0.0

    def applied(self, run: str) -> str:
        """The text after it."""
        return run[: self.start] + self.new + run[self.end :]

    def pairs(self, run: str) -> list[str]:
        """Pairs of characters that hold one of its own."""
        return pairs_of(run[max(self.start - 1, 0) : self.end + 1])

    def phrase(self, run: str, knows: Callable[[str], bool]) -> list[str]:
        """Known pairs around its own, those included: up to two characters away on either side, or
        further on one side at an end.
        """
        after = max(_AROUND, 2 * _AROUND - self.start)
        before = max(_AROUND, 2 * _AROUND - (len(run) - self.end))
        first, last = max(self.start - 1, 0), min(self.end, len(run) - 1)
        while first > max(self.start - before, 0) and knows(run[first - 1 : first + 1]):
            first -= 1
        while last < min(self.end + after, len(run)) - 1 and knows(run[last : last + 2]):
            last += 1
        return pairs_of(run[first : last + 1])

    def longest_word(self, split: Sequence[str]) -> int:
        """Length of the longest word of a split that holds one of its characters."""
        spans = placed(split)
        return max(last - first for first, last in spans if first < self.end and last > self.start)


class Judge:
    """Decides by the pairs of a corpus and by the words of the everyday language."""

    def __init__(self, vocabulary: Vocabulary, pairs: Pairs, likeness: Likeness) -> None:
        self._vocabulary = vocabulary
        self._pairs = pairs
        self._likeness = likeness
        self._count = lru_cache(maxsize=65536)(vocabulary.count)

    def knows(self, pair: str) -> bool:
        """Whether the corpus holds a pair of characters."""
        return self._count(pair) > 0

    def judged(self, run: str, repair: Repair) -> Repair | None:
        """The repair with its gain, where there is enough evidence for it."""
        new = repair.applied(run)
        pairs = repair.pairs(new)
        left = sum(not self.knows(pair) for pair in pairs)
        if left >= sum(not self.knows(pair) for pair in repair.pairs(run)):
            return None
        is_phrase = not left and len(repair.phrase(new, self.knows)) >= _LEAST_PHRASE
        is_usual = self._is_usual(run[repair.start : repair.end], repair.new, pairs)
        # Most candidates end here: what follows costs ten times as much.
        if not (is_phrase or is_usual):
            return None
        gain = sum(map(self._pairs.score, pairs)) - sum(map(self._pairs.score, repair.pairs(run)))
        near = slice(max(repair.start - _WORD, 0), repair.end + _WORD)
        words = best_split(new[near])[0] - best_split(run[near])[0]
        found = replace(repair, gain=gain + words)
        if is_phrase and self._is_good_phrase(run, found):
            return found
        return found if is_usual and self._is_good_word(run, found, left, words) else None

    def _is_usual(self, old: str, new: str, pairs: list[str]) -> bool:
        """Whether one of the new pairs is frequent enough to stand for another without a phrase."""
        most = max(map(self._count, pairs))
        if are_confused(old, new) or most >= max(_SHARE * self._vocabulary.size, _FEWEST):
            return True
        if most < max(_SHARE_SAME_TONE * self._vocabulary.size, _FEWEST):
            return False
        return all(map(sound_the_same, old, new))

    def _is_good_phrase(self, run: str, repair: Repair) -> bool:
        """Whether a repair is good enough where all pairs of its phrase are known."""
        old, new = run[repair.start : repair.end], repair.applied(run)
        # A single new pair, at an end of the text, says less.
        needed = _PHRASE if len(repair.pairs(new)) > 1 else _TOGETHER
        if repair.longest_word(best_split(run)[1]) > 1:
            if not self._likeness.sound_alike(old, repair.new):
                return False
            needed = max(needed, _PHRASE_FOR_WORD)
        phrase = repair.phrase(new, self.knows)
        return repair.gain >= needed and self._vocabulary.stand_together(phrase)

    def _is_good_word(self, run: str, repair: Repair, left: int, words: float) -> bool:
        """Whether a repair is good enough without a phrase.

        Args:
            run: the text before it.
            repair: the repair with its gain.
            left: pairs that it leaves unknown.
            words: the part of its gain that is due to everyday words.
        """
        old, new = run[repair.start : repair.end], repair.applied(run)
        pairs = repair.pairs(new)
        together = not left and len(pairs) > 1 and self._vocabulary.stand_together(pairs)
        breaks_word = repair.longest_word(best_split(run)[1]) > 1
        if len(old) == 2:
            # Input methods offer words: where they got one wrong, what was typed is one too.
            likely = together and breaks_word and self._likeness.sound_alike(old, repair.new)
            return likely and repair.gain >= _TOGETHER and words >= 0
        split = best_split(new)[1]
        if breaks_word or repair.longest_word(split) == 1:
            return False
        if together or are_confused(old, repair.new):
            return repair.gain >= _TOGETHER and words >= _WORDS_TOGETHER
        # A rare character beside it belongs to the same name.
        beside = [new[i:j] for i, j in placed(split) if j == repair.start or i == repair.end]
        named = any(len(word) == 1 and not is_everyday(word) for word in beside)
        return repair.gain >= _KNOWN and words >= _WORDS_KNOWN and not named


def pairs_of(text: str) -> list[str]:
    """Its characters two by two, overlapping."""
    return [text[i : i + 2] for i in range(len(text) - 1)]


def placed(split: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the words of a split begin and end."""
    at = 0
    for word in split:
        yield at, at + len(word)
        at += len(word)
