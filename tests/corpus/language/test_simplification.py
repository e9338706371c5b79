"""The search form: simplified, full-width punctuation, same length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.simplification import search_form, to_simplified
from tests.corpus.strategies import lines


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("圍繞著群眾關切", "围绕着群众关切"),
        ("成效顯著", "成效显著"),
        ("著名景區", "著名景区"),
        ("乾縣縣委", "乾县县委"),
        ("２０２４年第３期", "2024年第3期"),
    ],
)
def test_traditional_becomes_simplified(traditional: str, simplified: str) -> None:
    assert to_simplified(traditional) == simplified


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("各縣(市、區),要落實:", "各县（市、区），要落实："),
        ("办理率98.5%,同比提高3:2", "办理率98.5%,同比提高3:2".replace("%,", "%，")),
        (",(一)组织领导(试行),", "，（一）组织领导（试行），"),
        ("访问http://a.cn:80", "访问http://a.cn:80"),
        ("A,B and C", "A,B and C"),
    ],
)
def test_half_width_marks_are_widened_only_beside_chinese(dirty: str, clean: str) -> None:
    assert search_form(dirty) == clean


def test_no_character_of_the_table_is_simplified_twice() -> None:
    everything = "".join(map(chr, range(0x3400, 0xA000)))
    once = to_simplified(everything)
    assert to_simplified(once) == once


@given(st.one_of(lines, st.text()))
def test_the_search_form_is_as_long_as_the_text(text: str) -> None:
    assert len(search_form(text)) == len(text)


@given(st.one_of(lines, st.text()))
def test_the_search_form_of_a_search_form_is_itself(text: str) -> None:
    once = search_form(text)
    assert search_form(once) == once
