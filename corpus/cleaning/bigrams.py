"""How probable a text is, by pairs of characters: judges repairs of damaged text."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from corpus.lexicon import word_counts
from corpus.simplify import to_simplified

#: Cost of a character that stands nowhere else in the file; occurrences of a word in the dictionary
#: that count as one of its pairs in the file.
_UNSEEN = 2.0
_WORD_SCALE = 100


class BigramModel:
    """Log-probability of a character after another, from the file itself and a word list."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._pairs: Counter[str] = Counter()
        self._characters: Counter[str] = Counter()
        self._numbers: set[str] = set()
        for text in texts:
            self._numbers.update(re.findall(r"\d{3,}", text))
            plain = to_simplified(text)
            self._characters.update(text)
            self._pairs.update(plain[i : i + 2] for i in range(len(plain) - 1))
        self._singles: Counter[str] = Counter()
        for pair, times in self._pairs.items():
            self._singles[pair[0]] += times
        self._total = max(sum(self._singles.values()), 1)
        self._words = _word_pairs()
        self._costs: dict[str, float] = {}

    def swallowed_digit(self, digits: str) -> str:
        """The one digit that makes ``digits`` a number that stands elsewhere in the file, or ""."""
        found = {n[0] for n in self._numbers if n[1:] == digits}
        return found.pop() if len(found) == 1 else ""

    def knows(self, character: str) -> bool:
        """Whether the file uses a character anywhere sound."""
        return self._characters[character] > 0

    def score(self, text: str) -> float:
        """Log-probability of ``text`` after its first character, in nats.

        Interpolated bigrams (Jelinek & Mercer 1980): pairs of the file and of dictionary words,
        else how often the character occurs at all. A character that the file never uses (a
        simplified one in a traditional text) costs extra.
        """
        plain = to_simplified(text)
        total = -_UNSEEN * sum(self._characters[c] == 0 for c in text)
        for i in range(len(plain) - 1):
            pair = plain[i : i + 2]
            cost = self._costs.get(pair)
            total += self._cost(pair) if cost is None else cost
        return total

    def _cost(self, pair: str) -> float:
        seen = self._pairs[pair] + self._words.get(pair, 0) / _WORD_SCALE
        after = seen / (self._singles[pair[0]] + 5)
        alone = (self._singles[pair[1]] + 0.01) / self._total
        cost = math.log(0.6 * min(after, 1.0) + 0.4 * alone)
        self._costs[pair] = cost
        return cost


@lru_cache(maxsize=1)
def _word_pairs() -> dict[str, int]:
    """Character pairs inside dictionary words, weighted by how often the words occur."""
    pairs: Counter[str] = Counter()
    for word, times in word_counts():
        for i in range(len(word) - 1):
            pairs[word[i : i + 2]] += times
    return dict(pairs)
