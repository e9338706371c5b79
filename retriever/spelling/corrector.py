"""Typos in a query, corrected from what the corpus says."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise, product

from corpus.language.characters import HAN
from corpus.language.gazetteer import is_known
from corpus.language.lexicon import cheapest_split, word_counts
from corpus.language.question_words import FIXED_CHARACTERS, NUMERAL_CHARACTERS
from indexer.tokens import Vocabulary
from retriever.spelling.similarity import SimilarCharacters, are_confused, sound_the_same

_RUN = re.compile(f"[{HAN}]{{2,}}")
#: What is longer is a draft, not typed in a hurry.
_LONGEST = 120
#: So much (nats) must a correction be better than another one of the same characters.
_CLEAR = 1.0
#: Longest names of places that are looked for: 「克孜勒苏」 is one, without its kind.
_NAME = 6


@dataclass(frozen=True)
class Change:
    """One correction.

    Attributes:
        written: the words as typed, 「明华街道」.
        read: the words searched for, 「明桦街道」.
    """

    written: str
    read: str


@dataclass(frozen=True)
class Corrected:
    """A query after correcting, as long as before; without changes it is the one given."""

    text: str
    changes: tuple[Change, ...] = ()


class SpellCorrector:
    """Corrects homophones, look-alikes and swapped characters that the corpus does not know.

    A character is looked at where it makes a pair with its neighbour that stands nowhere in the
    corpus. It is replaced by one that sounds or looks like it, or two characters by two that sound
    like them, where that makes the text much more probable: by the pairs of the corpus and by the
    best split into everyday words. Everyday words that are merely unknown to the corpus stay, unless
    it has the whole phrase with others; numbers, question words and names of places always stay.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Reads the vocabulary once: a tenth of a second for 100,000 pairs."""
        pairs = Pairs(vocabulary)
        self._likeness = SimilarCharacters(pairs.characters)
        self._evidence = CorrectionEvidence(vocabulary, pairs, self._likeness)

    def correct(self, text: str) -> Corrected:
        """Correct a query in its search form; a long text is left as it is."""
        if len(text) > _LONGEST:
            return Corrected(text)
        changes: list[Change] = []

        def corrected(match: re.Match[str]) -> str:
            run = match.group()
            # Each correction leaves fewer unknown pairs, so this ends.
            while correction := self._best(run):
                run = correction.applied(run)
            changes.extend(_changes(match.group(), run))
            return run

        return Corrected(_RUN.sub(corrected, text), tuple(changes))

    def _best(self, run: str) -> Correction | None:
        """The correction that makes the text most probable, unless another one does nearly as much."""
        known = [self._evidence.knows(pair) for pair in pairs_of(run)]
        if all(known):
            return None
        found = sorted(self._corrections(run, known), key=lambda r: (-r.gain, r.start, r.new))
        for correction in found:
            rivals = (r for r in found if (r.start, r.end) == (correction.start, correction.end))
            if all(r.new == correction.new or correction.gain - r.gain >= _CLEAR for r in rivals):
                return correction
        return None

    def _corrections(self, run: str, known: list[bool]) -> Iterator[Correction]:
        fixed = _fixed(run)
        for start in range(len(run)):
            for end in range(start + 1, min(start + 2, len(run)) + 1):
                touched = known[max(start - 1, 0) : end]
                if all(touched) or not fixed.isdisjoint(range(start, end)):
                    continue
                for new in filter(
                    NUMERAL_CHARACTERS.isdisjoint, self._replacements(run, start, end)
                ):
                    if found := self._evidence.weighed(run, Correction(start, end, new)):
                        yield found

    def _replacements(self, run: str, start: int, end: int) -> Iterator[str]:
        """What may stand for ``run[start:end]``.

        A character known with at least one of its neighbours; two that are known with both, as
        little can be said about two characters at once.
        """
        knows = self._evidence.knows
        before, after = run[max(start - 1, 0) : start], run[end : end + 1]
        if end - start == 1:
            for new in self._likeness.alike(run[start]):
                if (before and knows(before + new)) or (after and knows(new + after)):
                    yield new
            return
        yield run[start + 1] + run[start]
        one, two = run[start], run[start + 1]
        ones = [c for c in self._likeness.others(one) if not before or knows(before + c)]
        twos = [c for c in self._likeness.others(two) if not after or knows(c + after)]
        yield from (a + b for a, b in product(ones, twos) if knows(a + b))


def _fixed(run: str) -> set[int]:
    """Where numbers, question words and names of places stand."""
    fixed = {i for i, character in enumerate(run) if character in FIXED_CHARACTERS}
    for start in range(len(run) - 1):
        for end in range(start + 2, min(start + _NAME, len(run)) + 1):
            if is_known(run[start:end]):
                fixed.update(range(start, end))
    return fixed


def _changes(run: str, corrected: str) -> Iterator[Change]:
    """What was changed, with the word around it."""
    words = best_split(corrected)[1]
    spans: list[tuple[int, int]] = []
    for i, (first, last) in enumerate(placed(words)):
        start, end = first, last
        if run[start:end] == corrected[start:end]:
            continue
        if end - start == 1:  # a name that is no everyday word: its neighbours make it readable
            start -= len(words[i - 1]) if i else 0
            end += len(words[i + 1]) if i + 1 < len(words) else 0
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    for start, end in spans:
        yield Change(run[start:end], corrected[start:end])


#: How much more probable a text has to become (nats), by how good the evidence is: the words around
#: stand like that in one passage, and what is replaced is no everyday word, or is one; the pairs
#: that the new characters make stand in one passage; only one pair is known. Chosen so that no
#: question of the dev sets is harmed (docs/spelling.md).
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
class Correction:
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


class CorrectionEvidence:
    """Decides by the pairs of a corpus and by the words of the everyday language."""

    def __init__(self, vocabulary: Vocabulary, pairs: Pairs, likeness: SimilarCharacters) -> None:
        self._vocabulary = vocabulary
        self._pairs = pairs
        self._likeness = likeness
        self._count = lru_cache(maxsize=65536)(vocabulary.count)

    def knows(self, pair: str) -> bool:
        """Whether the corpus holds a pair of characters."""
        return self._count(pair) > 0

    def weighed(self, run: str, correction: Correction) -> Correction | None:
        """The correction with its gain, where there is enough evidence for it."""
        new = correction.applied(run)
        pairs = correction.pairs(new)
        left = sum(not self.knows(pair) for pair in pairs)
        if left >= sum(not self.knows(pair) for pair in correction.pairs(run)):
            return None
        is_phrase = not left and len(correction.phrase(new, self.knows)) >= _LEAST_PHRASE
        is_usual = self._is_usual(run[correction.start : correction.end], correction.new, pairs)
        # Most candidates end here: what follows costs ten times as much.
        if not (is_phrase or is_usual):
            return None
        score = self._pairs.score
        gain = sum(map(score, pairs)) - sum(map(score, correction.pairs(run)))
        near = slice(max(correction.start - _WORD, 0), correction.end + _WORD)
        words = best_split(new[near])[0] - best_split(run[near])[0]
        found = replace(correction, gain=gain + words)
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

    def _is_good_phrase(self, run: str, correction: Correction) -> bool:
        """Whether a correction is good enough where all pairs of its phrase are known."""
        old, new = run[correction.start : correction.end], correction.applied(run)
        # A single new pair, at an end of the text, says less.
        needed = _PHRASE if len(correction.pairs(new)) > 1 else _TOGETHER
        if correction.longest_word(best_split(run)[1]) > 1:
            if not self._likeness.sound_alike(old, correction.new):
                return False
            needed = max(needed, _PHRASE_FOR_WORD)
        phrase = correction.phrase(new, self.knows)
        return correction.gain >= needed and self._vocabulary.stand_together(phrase)

    def _is_good_word(self, run: str, correction: Correction, left: int, words: float) -> bool:
        """Whether a correction is good enough without a phrase.

        Args:
            run: the text before it.
            correction: the correction with its gain.
            left: pairs that it leaves unknown.
            words: the part of its gain that is due to everyday words.
        """
        old, new = run[correction.start : correction.end], correction.applied(run)
        pairs = correction.pairs(new)
        together = not left and len(pairs) > 1 and self._vocabulary.stand_together(pairs)
        breaks_word = correction.longest_word(best_split(run)[1]) > 1
        if len(old) == 2:
            # Input methods offer words: where they got one wrong, what was typed is one too.
            likely = together and breaks_word and self._likeness.sound_alike(old, correction.new)
            return likely and correction.gain >= _TOGETHER and words >= 0
        split = best_split(new)[1]
        if breaks_word or correction.longest_word(split) == 1:
            return False
        if together or are_confused(old, correction.new):
            return correction.gain >= _TOGETHER and words >= _WORDS_TOGETHER
        # A rare character beside it belongs to the same name.
        spans = [(i, j) for i, j in placed(split) if j == correction.start or i == correction.end]
        named = any(j - i == 1 and not is_everyday(new[i]) for i, j in spans)
        return correction.gain >= _KNOWN and words >= _WORDS_KNOWN and not named


def pairs_of(text: str) -> list[str]:
    """Its characters two by two, overlapping."""
    return [text[i : i + 2] for i in range(len(text) - 1)]


def placed(split: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the words of a split begin and end."""
    return pairwise(accumulate(map(len, split), initial=0))


#: Share of a pair's probability that comes from the pair itself, the rest from its second character
#: (Jelinek & Mercer 1980); occurrences that an unseen follower of a character counts as.
_PAIR, _UNSEEN = 0.6, 5.0
#: Rarer entries of the dictionary are mostly names and fragments; longer ones are phrases.
_COMMON, _LONGEST_PROBABILITY = 20, 4
#: −ln of the probability of a character that is a word once in three thousand.
_OFTEN = 8.0


class Pairs:
    """Log-probability of a character after another, from the pairs of a corpus."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._after: Counter[str] = Counter()
        characters: set[str] = set()
        for token, times in vocabulary.counts():
            if token[0].isascii():
                continue
            characters.update(token)
            if len(token) == 2:
                self._after[token[0]] += times
        self._total = 1 + self._after.total()
        self.characters = frozenset(characters)

    def score(self, pair: str) -> float:
        """Of the second character of a pair after the first, in nats."""
        seen = self._vocabulary.count(pair)
        after = min(seen / (self._after[pair[0]] + _UNSEEN), 1.0)
        alone = (self._after[pair[1]] + 0.01) / self._total
        return math.log(_PAIR * after + (1 - _PAIR) * alone)


def is_everyday(character: str) -> bool:
    """Whether a character is often a word by itself, as 的 or 市 and unlike 桦."""
    costs, unknown = _words()
    return costs.get(character, unknown) < _OFTEN


@lru_cache(maxsize=4096)
def best_split(text: str) -> tuple[float, tuple[str, ...]]:
    """The most probable everyday words that make up a text, and their log-probability.

    Words are independent of each other (unigram model); a character that is no word is rarer than
    any word.
    """
    cost, cuts = cheapest_split(text, *_words(), _LONGEST_PROBABILITY)
    return -cost, tuple(text[start:end] for start, end in pairwise(cuts))


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, float], float]:
    """Everyday words → −ln of their probability, and that of a character that is none."""
    counts = {
        word: times
        for word, times in word_counts()
        if len(word) == 1 or (len(word) <= _LONGEST_PROBABILITY and times >= _COMMON)
    }
    total = math.log(sum(counts.values()))
    costs = {word: total - math.log(times + 0.5) for word, times in counts.items()}
    return costs, total - math.log(0.5)
