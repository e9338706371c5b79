"""Numbers in Chinese characters."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.numerals import (
    read_count,
    read_decimal,
    read_numeral,
    write_digits,
    write_numeral,
)


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
    "written",
    ["", "十四五", "千万", "万一", "百", "二十十", "一百二", "一万二", "三农", "一" * 5000],
)
def test_what_writes_no_number_is_none(written: str) -> None:
    assert read_numeral(written) is None


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"), (10, "十"), (12, "十二"), (105, "一百零五"), (110, "一百一十"), (1010, "一千零一十"),
        (10003, "一万零三"), (12000, "一万二千"), (100_000, "十万"), (130_000_000, "一亿三千万"),
        (10**12, "一万亿"),
    ],
)  # fmt: skip
def test_a_number_is_written_out(number: int, written: str) -> None:
    assert write_numeral(number) == written


def test_a_year_is_written_digit_by_digit() -> None:
    assert write_digits(2024) == "二〇二四"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三点五", Decimal("3.5")),
        ("十二点零五", Decimal("12.05")),
        ("十二", Decimal(12)),
        ("三点", None),
        ("点五", None),
    ],
)
def test_a_fraction_is_read(text: str, value: Decimal | None) -> None:
    assert read_decimal(text) == value


@given(st.integers(0, 10**12))
def test_every_number_written_is_read_back(number: int) -> None:
    assert read_numeral(write_numeral(number)) == number


@given(st.text(alphabet="〇○零一二两九十百千万亿点", max_size=30))
def test_any_run_of_numerals_is_a_number_or_none(text: str) -> None:
    number = read_numeral(text)
    assert number is None or number >= 0
