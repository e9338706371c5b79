"""What is written in several ways and found by each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.dates import HAN_YEAR
from corpus.language.equivalents import plain_values


@pytest.mark.parametrize("zero", ["〇", "○", "零", "0", "O", "o", "Ｏ", "０", "◯"])
def test_a_year_in_characters_is_read_with_any_sign_for_zero(zero: str) -> None:
    read = plain_values(f"二{zero}二二年一月三十一日")
    assert read in ("2022年1月31日", f"二{zero}二二年一月三十一日")


def test_dates_and_units_are_written_one_way() -> None:
    assert plain_values("二○二二年一月三十一日，3.5万㎡") == "2022年1月31日，3.5万平方米"


@given(st.from_regex(rf"{HAN_YEAR}年", fullmatch=True))
def test_every_year_of_the_pattern_is_read(text: str) -> None:
    assert plain_values(text)[:4].isdigit()


@given(st.text(alphabet="二一〇○零0Oo年月日十三㎡m²2km万5〔〕第号 ", max_size=40))
def test_any_text_is_taken(text: str) -> None:
    assert isinstance(plain_values(text), str)
