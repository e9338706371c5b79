"""How likely a text is, by the corpus and by the everyday language."""

from __future__ import annotations

import math
from functools import lru_cache

from corpus.language.lexicon import word_counts
from indexer.tokens import Vocabulary

#: Share of a pair's probability that comes from the pair itself, the rest from its second character
#: (Jelinek & Mercer 1980); occurrences that an unseen follower of a character counts as.
_PAIR, _UNSEEN = 0.6, 5.0
#: Rarer entries of the dictionary are mostly names and fragments; longer ones are phrases.
_COMMON, _LONGEST = 20, 4
#: Log-probability of a character that is a word once in three thousand.
_OFTEN = -8.0


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
    scores, unknown = _words()
    return scores.get(character, unknown) > _OFTEN


@lru_cache(maxsize=4096)
def best_split(text: str) -> tuple[float, tuple[str, ...]]:
    """The most probable everyday words that make up a text, and their log-probability.

    Words are independent of each other (unigram model); a character that is no word is rarer than
    any word.
    """
    scores, unknown = _words()
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(text) + 1):
        ways = []
        for start in range(max(end - _LONGEST, 0), end):
            score = scores.get(text[start:end])
            if score is None and end - start == 1:
                score = unknown
            if score is not None:
                ways.append((best[start][0] + score, start))
        best.append(max(ways))
    words: list[str] = []
    end = len(text)
    while end:
        start = best[end][1]
        words.append(text[start:end])
        end = start
    return best[-1][0], tuple(reversed(words))


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, float], float]:
    """Everyday words → log-probability, and that of a character that is none."""
    counts = {
        word: times
        for word, times in word_counts()
        if len(word) == 1 or (len(word) <= _LONGEST and times >= _COMMON)
    }
    total = math.log(sum(counts.values()))
    scores = {word: math.log(times + 0.5) - total for word, times in counts.items()}
    return scores, math.log(0.5) - total
