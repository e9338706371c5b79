"""Readings of characters."""

from __future__ import annotations

import pytest

from retriever.spelling.similarity import near_sounds, sound_the_same, sounds


@pytest.mark.parametrize(
    ("character", "readings"),
    [("杨", {"yang"}), ("行", {"xing", "hang"}), ("绿", {"lv", "lu"}), ("口", {"kou"})],
)
def test_usual_readings_without_tones(character: str, readings: set[str]) -> None:
    assert sounds(character) == readings


@pytest.mark.parametrize("character", ["a", "1", "，", "\ud83d"])
def test_what_is_no_character_has_no_sound(character: str) -> None:
    assert sounds(character) == frozenset()


@pytest.mark.parametrize(("character", "old"), [("包", "fu"), ("承", "zheng"), ("司", "ci")])
def test_readings_of_old_texts_do_not_count(character: str, old: str) -> None:
    assert old not in sounds(character)


@pytest.mark.parametrize(
    ("sound", "other"),
    [("zhang", "zang"), ("si", "shi"), ("lan", "nan"), ("jin", "jing"), ("zhan", "zang")],
)
def test_sounds_that_people_take_for_each_other_are_near_both_ways(sound: str, other: str) -> None:
    assert other in near_sounds(sound)
    assert sound in near_sounds(other)


@pytest.mark.parametrize(("sound", "other"), [("ban", "pan"), ("hua", "fa"), ("yang", "yang")])
def test_others_are_not_near(sound: str, other: str) -> None:
    assert other not in near_sounds(sound)


def test_the_tone_counts_where_it_is_asked_for() -> None:
    assert sound_the_same("阳", "杨")
    assert not sound_the_same("阳", "养")  # yáng, yǎng
    assert not sound_the_same("阳", "a")
