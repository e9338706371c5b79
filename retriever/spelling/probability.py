"""How likely a text is, by the corpus and by the everyday language."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise

from corpus.language.lexicon import word_counts
from corpus.language.segmentation import cheapest_split
from indexer.tokens import Vocabulary

#: Share of a pair's probability that comes from the pair itself, the rest from its second character
#: (Jelinek & Mercer 1980); occurrences that an unseen follower of a character counts as.
_PAIR, _UNSEEN = 0.6, 5.0
#: Rarer entries of the dictionary are mostly names and fragments; longer ones are phrases.
_COMMON, _LONGEST = 20, 4
#: −ln of the probability of a character that is a word once in three thousand.
_OFTEN = 8.0


class Pairs:
    """Log-probability of a character after another, from the pairs of a corpus."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._after: dict[str, int] = {}
        self._total = 1
        characters: set[str] = set()
        for token, times in vocabulary.counts():
            if token[0].isascii():
                continue
            characters.update(token)
            if len(token) == 2:
                self._after[token[0]] = self._after.get(token[0], 0) + times
                self._total += times
        self.characters = frozenset(characters)

    def score(self, pair: str) -> float:
        """Of the second character of a pair after the first, in nats."""
        seen = self._vocabulary.count(pair)
        after = min(seen / (self._after.get(pair[0], 0) + _UNSEEN), 1.0)
        alone = (self._after.get(pair[1], 0) + 0.01) / self._total
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
    cost, cuts = cheapest_split(text, *_words(), _LONGEST)
    return -cost, tuple(text[start:end] for start, end in pairwise(cuts))


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, float], float]:
    """Everyday words → −ln of their probability, and that of a character that is none."""
    counts = {
        word: times
        for word, times in word_counts()
        if len(word) == 1 or (len(word) <= _LONGEST and times >= _COMMON)
    }
    total = math.log(sum(counts.values()))
    costs = {word: total - math.log(times + 0.5) for word, times in counts.items()}
    return costs, total - math.log(0.5)
