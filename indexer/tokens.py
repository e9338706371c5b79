"""Search tokens for BM25: character bigrams of Chinese, whole Latin words and numbers.

Measured on the dev questions (docs/measurements.md): bigrams find as much as jieba's search mode
with a fourteenth of its time, and do not break names that a dictionary does not know.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from typing import Protocol

from corpus.language.characters import HAN
from corpus.language.equivalents import plain_values
from corpus.language.simplification import search_form

#: Also the rare characters beyond the basic plane, which names of places and people hold.
_RUN = re.compile(rf"[{HAN}]+|[a-z]+|[0-9]+(?:\.[0-9]+)?%?")


def runs(form: str) -> list[tuple[int, int]]:
    """Spans of the runs of Chinese characters, Latin letters and digits of a lower-case text."""
    return [match.span() for match in _RUN.finditer(form)]


def tokenise(text: str) -> list[str]:
    """Tokens in order: 「2024年2月上旬」 → 2024, 年, 2, 月上, 上旬.

    A run of one Chinese character is a token itself. Units are words and dates digits. Traditional characters are simplified first.
    """
    tokens: list[str] = []
    for run in _RUN.findall(plain_values(search_form(text)).lower()):
        if run[0].isascii() or len(run) == 1:
            tokens.append(run)
        else:
            tokens.extend(run[i : i + 2] for i in range(len(run) - 1))
    return tokens


def query_tokens(text: str, held: Collection[str]) -> list[str]:
    """The tokens of a query among those that are ``held``.

    A query of a single Chinese character finds every token with it: 「犬」 stands in 犬只.
    """
    tokens = tokenise(text)
    if len(tokens) == 1 and len(tokens[0]) == 1 and not tokens[0].isascii():
        return [token for token in held if tokens[0] in token]
    return [token for token in tokens if token in held]


class Vocabulary(Protocol):
    """Which search tokens the passages hold."""

    @property
    def size(self) -> int:
        """How many passages there are."""

    def count(self, token: str) -> int:
        """How many passages hold a token."""

    def idf(self, token: str) -> float:
        """How telling a token is (Lucene's idf); one that no passage holds has the highest there is."""
        held = self.count(token)
        return math.log(1 + (self.size - held + 0.5) / (held + 0.5))

    def counts(self) -> Iterator[tuple[str, int]]:
        """Every token with how many passages hold it."""

    def stand_together(self, tokens: Collection[str]) -> bool:
        """Whether some passage holds all of the tokens."""
