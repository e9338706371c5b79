"""Characters that look alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from retriever.spelling.shape_table import TABLE
from retriever.spelling.shape_table import look_alikes as measured
from retriever.spelling.similarity import are_confused, look_alikes

FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


@pytest.mark.parametrize(
    ("one", "other"), [("囗", "口"), ("末", "未"), ("冶", "治"), ("部", "陪"), ("睛", "请")]
)
def test_look_alikes_are_found_both_ways(one: str, other: str) -> None:
    assert other in look_alikes()[one]
    assert one in look_alikes()[other]


def test_no_character_looks_like_itself_or_twice_like_another() -> None:
    for character, others in look_alikes().items():
        assert character not in others
        assert len(set(others)) == len(others)


def test_only_what_is_mistaken_often_counts_as_confused() -> None:
    assert are_confused("末", "未") and are_confused("未", "末")
    assert not are_confused("末", "宋")
    assert not are_confused("末", "末未")


def test_the_table_has_a_pair_once() -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    pairs = [frozenset((line[0], other)) for line in lines for other in line[1:]]
    assert len(pairs) == len(set(pairs)) > 20_000


@pytest.mark.skipif(not FONT.exists(), reason="needs Debian's fonts-noto-cjk")
def test_pictures_tell_look_alikes_from_others() -> None:
    found = measured("未末口囗鑫", FONT)
    assert found["未"][0] == "末" and found["口"][0] == "囗"
    assert found["鑫"] == ""
