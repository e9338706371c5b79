"""Numbers in Chinese characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.numerals import read_count, read_numeral


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("五", 5),
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("三十五", 35),
        ("一百二十", 120),
        ("二百零三", 203),
        ("两千", 2000),
        ("一万二千", 12000),
        ("一万零三", 10003),
        ("一亿三千万", 130_000_000),
        ("二〇二四", 2024),
        ("二○二四", 2024),
    ],
)
def test_a_numeral_is_read(written: str, number: int) -> None:
    assert read_numeral(written) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("七", 7), ("十", 10), ("十二", 12), ("二十", 20), ("三十一", 31), ("三农", 0)],
)
def test_a_count_is_read_from_digits_and_characters(text: str, number: int) -> None:
    assert read_count(text) == number


@pytest.mark.parametrize(
    "written", ["", "十四五", "千万", "万一", "百", "二十十", "一百二", "三农", "一" * 5000]
)
def test_what_writes_no_number_is_none(written: str) -> None:
    assert read_numeral(written) is None


def _written(number: int) -> str:
    """A number below 10000 in the school's way, made independently of the reading."""
    digits = "零一二三四五六七八九"
    text = "".join(
        digits[int(d)] + (place if d != "0" else "")
        for d, place in zip(f"{number:04d}", ("千", "百", "十", ""), strict=True)
    )
    while "零零" in text:
        text = text.replace("零零", "零")
    return text.strip("零")


@given(st.integers(1, 9999))
def test_every_number_below_ten_thousand_is_read_back(number: int) -> None:
    assert read_numeral(_written(number)) == number
