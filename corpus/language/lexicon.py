"""Words of the language, from jieba's dictionary, and texts cut between words, not inside them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from corpus.errors import PolicyQAError
from corpus.language.characters import HAN_RUN
from corpus.language.function_words import RECTIFYING
from corpus.language.organisations import TASK_FORCE

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


#: A short quotation is one name: “双随机、一公开”, 「放管服」.
_PIECE = re.compile(
    rf"“[^“”\n]{{1,12}}”|「[^「」\n]{{1,12}}」|{HAN_RUN.pattern}"
    r"|[A-Za-z]+|\d+(?:[.,]\d+)*[%％]?|\s+|.",
    re.DOTALL,
)
_LONGEST = 8
#: Words that jieba's dictionary of 2012 lacks or hardly counts, taken to be as frequent as this.
_NEWER = (
    f"微信 微博 公众号 短视频 大数据 互联网 营商 {TASK_FORCE} 台账 销号 闭环 网格员 网格化 专员 政务服务 一网通办 帮代办 "
    f"放管服 双随机 一公开 包保 包联 巡察 {RECTIFYING} 回头看 立行立改 即知即改 建章立制 数字化 智慧化 常态化 碳达峰 碳中和"
).split()
_NEWER_COUNT = 300


@lru_cache(maxsize=1)
def _costs() -> tuple[dict[str, float], float]:
    """Cost of each word, −ln of its share of the dictionary's counts; cost of an unknown character.

    Half a second and 60 MB, once.
    """
    counts = {word: times for word, times in word_counts() if len(word) <= _LONGEST}
    counts |= {word: max(counts.get(word, 0), _NEWER_COUNT) for word in _NEWER}
    total = math.log(sum(counts.values()) or 1)
    return {word: total - math.log(times or 1) for word, times in counts.items()}, total


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words, numbers and marks of a text in order, together all of it.

    Chinese is cut where the product of the words' frequencies is highest (a unigram model over
    jieba's dictionary); a quotation of at most 12 characters stays whole.

    >>> words("建立“红黑榜”制度。")
    ('建立', '“红黑榜”', '制度', '。')
    """
    found: list[str] = []
    for piece in _PIECE.findall(text):
        found.extend(_cut(piece) if HAN_RUN.fullmatch(piece) else (piece,))
    return tuple(found)


def _cut(run: str) -> list[str]:
    cuts = cheapest_split(run, *_costs(), _LONGEST)[1]
    return [run[start:end] for start, end in pairwise(cuts)]


def cheapest_split(
    text: str, costs: Mapping[str, float], unknown: float, longest: int
) -> tuple[float, list[int]]:
    """The cost of the cheapest split of a text into words, and where it cuts, both ends included.

    Args:
        text: any text.
        costs: words with their costs.
        unknown: cost of a character that is no word.
        longest: words have so many characters at most.
    """
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(text) + 1):
        options = [(best[end - 1][0] + costs.get(text[end - 1], unknown), end - 1)]
        for start in range(max(0, end - longest), end - 1):
            cost = costs.get(text[start:end])
            if cost is not None:
                options.append((best[start][0] + cost, start))
        best.append(min(options))
    cuts = [len(text)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    return best[-1][0], cuts[::-1]


#: Between equally many words, fewer of one character.
_SINGLE = 1.1
_LONGEST_COMMON = 5


def word_boundaries(text: str) -> list[int]:
    """Boundaries between words, of the split into the fewest words of the dictionary.

    Fewest and not most probable: rare words count here, as a name or a term is one piece.
    """
    return cheapest_split(text, _one_each(), _SINGLE, _LONGEST_COMMON)[1]


@lru_cache(maxsize=1)
def _one_each() -> dict[str, float]:
    return {word: 1.0 for word in common_words() if len(word) <= _LONGEST_COMMON}
