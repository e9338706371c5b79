"""Probabilities of pairs and words."""

from __future__ import annotations

import math

import pytest

from indexer.local.lexical import LexicalIndex
from retriever.spelling.corrector import Pairs, best_split, is_everyday


def test_a_pair_is_as_probable_as_it_is_frequent() -> None:
    pairs = Pairs(LexicalIndex.build(["文明", "文明", "文化"]))
    # Three pairs begin with 文 (5 more count as unseen ones); none of the three begins with 明.
    expected = math.log(0.6 * 2 / (3 + 5) + 0.4 * 0.01 / (1 + 3))
    assert pairs.score("文明") == pytest.approx(expected)
    assert pairs.score("文明") > pairs.score("文化") > pairs.score("文字")


def test_characters_are_those_of_the_texts() -> None:
    assert Pairs(LexicalIndex.build(["文明2024", "水a"])).characters == frozenset("文明水")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("营商环境", ("营", "商", "环境")),
        ("沈阳市委", ("沈阳", "市委")),
        ("", ()),
        ("龘", ("龘",)),
    ],
)
def test_a_text_splits_into_everyday_words(text: str, words: tuple[str, ...]) -> None:
    assert best_split(text)[1] == words


def test_a_word_is_more_probable_than_its_characters_apart() -> None:
    assert best_split("窗口")[0] > best_split("窗")[0] + best_split("口")[0]


def test_everyday_characters_are_words_by_themselves() -> None:
    assert is_everyday("的") and is_everyday("市")
    assert not is_everyday("桦") and not is_everyday("龘")
