"""Common words of the language, from jieba's dictionary."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from corpus.errors import PolicyQAError

#: Rarer entries of the dictionary are mostly names and fragments.
_COMMON = 20


def word_counts() -> Iterator[tuple[str, int]]:
    """Every word of jieba's dictionary with how often it counts it."""
    return ((word, times) for word, times, _ in _entries())


def _entries() -> Iterator[tuple[str, int, str]]:
    """Every word of jieba's dictionary, how often it counts it, and its part of speech.

    Raises:
        PolicyQAError: jieba is not installed.
    """
    # Read as a file: importing jieba takes a quarter of a second and is not needed for a word list.
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise PolicyQAError("没有安装词典 jieba", "jieba 0.42", "pip install jieba")
    source = Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8")
    for line in source.splitlines():
        word, times, kind = line.split(" ")
        yield word, int(times), kind


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Words of two or more characters that jieba's dictionary counts at least 20 times."""
    return frozenset(w for w, times in word_counts() if len(w) >= 2 and times >= _COMMON)


@lru_cache(maxsize=1)
def everyday_words() -> frozenset[str]:
    """The common words that are no names of persons or places."""
    names = {word for word, _, kind in _entries() if kind.startswith(("nr", "ns"))}
    return common_words() - names
