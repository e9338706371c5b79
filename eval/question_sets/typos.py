"""Questions badly typed, as people type them: wrong homophones, look-alike and traditional characters,
words left out.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from corpus.language.characters import CONFUSED
from corpus.language.lexicon import word_counts

#: Words whose loss a reader hardly notices.
_LITTLE = "的 了 要 将 应 于 在 到 等 各 均 共 并 已 进行 开展 实现 完成 组织 推进".split()
#: What stays as it is, so that it remains clear what is asked.
_FIXED = re.compile(
    r"((?:多少[^\u4e00-\u9fff]?|百分之几|什么时候(?:之前)?|哪个单位|哪份文件|\d+年?|[A-Za-z]+|《[^》]*》(?:里，)?|？)+)"
)
#: Rarer words are not what an input method offers first.
_COMMON = 300
#: Start, end and what stands there instead, or what may.
_Place = tuple[int, int, str | list[str]]
#: Share of questions written in traditional characters.
_TRADITIONAL = 0.2


def mistyped(question: str, place: str, rng: random.Random) -> tuple[str, str] | None:
    """A question with one or two typos, and what they are; None where none can be made.

    The place at its beginning, numbers, titles and the question word stay as they are, unless the
    whole is written in traditional characters.
    """
    start = len(place) if question.startswith(place) else 0
    # Pieces that may change stand between those that match.
    pieces = [question[:start], "", *_FIXED.split(question[start:])]
    kinds = [("同音字", _homophones), ("形近字", _look_alikes), ("漏字", _left_out)]
    rng.shuffle(kinds)
    most = rng.choice((1, 2))
    done: list[str] = []
    for name, places_of in kinds:
        if len(done) < most and _changed(pieces, places_of, rng):
            done.append(name)
    typed = "".join(pieces)
    if rng.random() < _TRADITIONAL:
        typed, done = _traditional().convert(typed), [*done, "繁体"]
    return (typed, "、".join(done)) if typed != question else None


def _changed(
    pieces: list[str], places_of: Callable[[str], list[_Place]], rng: random.Random
) -> bool:
    """Make a typo in one of the pieces 2, 4, 6 …; False where it can be made in none."""
    free = list(range(2, len(pieces), 2))
    rng.shuffle(free)
    for at in free:
        if places := places_of(pieces[at]):
            start, end, others = rng.choice(places)
            other = others if isinstance(others, str) else rng.choice(others)
            pieces[at] = pieces[at][:start] + other + pieces[at][end:]
            return True
    return False


def _homophones(text: str) -> list[_Place]:
    """Two-character words with others that sound the same."""
    from pypinyin import lazy_pinyin

    found: list[_Place] = []
    for at in range(len(text) - 1):
        word = text[at : at + 2]
        if word in _common_words():
            others = [w for w in _by_sound().get(tuple(lazy_pinyin(word)), ()) if w != word]
            if others:
                found.append((at, at + 2, others))
    return found


def _look_alikes(text: str) -> list[_Place]:
    return [
        (at, at + 1, other)
        for at, character in enumerate(text)
        for group in CONFUSED
        if character in group
        for other in group
        if other != character
    ]


def _left_out(text: str) -> list[_Place]:
    return [
        (at, at + len(word), "")
        for word in _LITTLE
        for at in range(len(text))
        if text.startswith(word, at) and (len(word) > 1 or _stands_alone(text, at))
    ]


def _stands_alone(text: str, at: int) -> bool:
    """Whether a character is no part of a word with its neighbours: 「要」 in 「重要」 is."""
    return not {text[max(at - 1, 0) : at + 1], text[at : at + 2]} & _common_words()


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    return frozenset(word for word, count in word_counts() if len(word) == 2 and count >= _COMMON)


@lru_cache(maxsize=1)
def _by_sound() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Common words of two characters by their sound without tones, in order."""
    from pypinyin import lazy_pinyin

    found: dict[tuple[str, ...], list[str]] = {}
    for word in sorted(_common_words()):
        found.setdefault(tuple(lazy_pinyin(word)), []).append(word)
    return {sound: tuple(words) for sound, words in found.items()}


@lru_cache(maxsize=1)
def _traditional() -> Any:  # OpenCC is untyped
    from opencc import OpenCC

    return OpenCC("s2t")
