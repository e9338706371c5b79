"""Questions badly typed, as people type them: wrong homophones, look-alike and traditional characters,
words left out.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from corpus.language.lexicon import word_counts
from retriever.spelling.similarity import CONFUSED

#: Words whose loss a reader hardly notices.
_LITTLE = "的 了 要 将 应 于 在 到 等 各 均 共 并 已 进行 开展 实现 完成 组织 推进".split()
#: What stays as it is, so that it remains clear what is asked.
_FIXED = re.compile(
    r"((?:多少[^\u4e00-\u9fff]?|百分之几|什么时候(?:之前)?|哪个单位|哪份文件|\d+年?|[A-Za-z]+|《[^》]*》(?:里，)?|？)+)"
)
#: Rarer words are not what an input method offers first.
_COMMON = 300
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
    kinds: list[tuple[str, Callable[[str, random.Random], str]]] = [
        ("同音字", _homophone), ("形近字", _look_alike), ("漏字", _shortened),
    ]  # fmt: skip
    rng.shuffle(kinds)
    most = rng.choice((1, 2))
    done: list[str] = []
    for name, make in kinds:
        if len(done) < most and _changed(pieces, make, rng):
            done.append(name)
    typed = "".join(pieces)
    if rng.random() < _TRADITIONAL:
        typed, done = _traditional().convert(typed), [*done, "繁体"]
    return (typed, "、".join(done)) if typed != question else None


def _changed(
    pieces: list[str], make: Callable[[str, random.Random], str], rng: random.Random
) -> bool:
    """Make a typo in one of the pieces 2, 4, 6 …; False where it can be made in none."""
    free = list(range(2, len(pieces), 2))
    rng.shuffle(free)
    for at in free:
        changed = make(pieces[at], rng)
        if changed != pieces[at]:
            pieces[at] = changed
            return True
    return False


def _homophone(text: str, rng: random.Random) -> str:
    """One two-character word replaced by another that sounds the same."""
    from pypinyin import lazy_pinyin

    places = []
    for at in range(len(text) - 1):
        word = text[at : at + 2]
        if word in _common_words():
            others = [w for w in _by_sound().get(tuple(lazy_pinyin(word)), ()) if w != word]
            if others:
                places.append((at, others))
    if not places:
        return text
    at, others = rng.choice(places)
    return text[:at] + rng.choice(others) + text[at + 2 :]


def _look_alike(text: str, rng: random.Random) -> str:
    places = [
        (at, other)
        for at, character in enumerate(text)
        for group in CONFUSED
        if character in group
        for other in group
        if other != character
    ]
    if not places:
        return text
    at, other = rng.choice(places)
    return text[:at] + other + text[at + 1 :]


def _shortened(text: str, rng: random.Random) -> str:
    places = [
        (at, word)
        for word in _LITTLE
        for at in range(len(text))
        if text.startswith(word, at) and (len(word) > 1 or _stands_alone(text, at))
    ]
    if not places:
        return text
    at, word = rng.choice(places)
    return text[:at] + text[at + len(word) :]


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
