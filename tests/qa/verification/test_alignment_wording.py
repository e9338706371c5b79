"""Two writings of the same words have the same forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.verification.alignment import words


def forms(text: str) -> list[str]:
    return [word.form for word in words(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("三十五天", "35天"),
        ("３５天", "35天"),
        ("1,035人", "1035人"),
        ("0.5亿元", "5000万元"),
        ("3.50%", "3.5％"),
        ("百分之三十五", "35%"),
        ("百分之3.5", "3.5%"),
        ("百分之五", "5%"),
        ("1800余万元", "1800多万元"),
        ("35个工作日", "35工作日"),
        ("2023.4.24", "2023年4月24日"),
        ("2023-04-24", "2023年4月24日"),
        ("二〇二三年四月", "2023年4月"),
        ("8:30—17：00", "8时30分至17时00分"),
        ("3-5天", "3至5天"),
        ("圍繞著「燈火」", "围绕着“灯火”"),
        ("ABC公司", "abc公司"),
        ("**市 第三 批", "市第三批"),
    ],
)
def test_two_writings_are_the_same(one: str, other: str) -> None:
    assert forms(one) == forms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("35天", "3.5天"),
        ("35天", "350天"),
        ("35天", "35个月"),
        ("3月", "3个月"),
        ("35%", "35"),
        ("1800余万元", "1800万元"),
        ("3千克", "3000克"),
        ("-3%", "3%"),
        ("≥3", "≤3"),
        ("三农", "3农"),
        ("不得", "得"),
    ],
)
def test_two_meanings_are_not(one: str, other: str) -> None:
    assert forms(one) != forms(other)


def test_numerals_that_count_nothing_are_characters() -> None:
    assert forms("十四五") == ["十", "四", "五"]
    assert forms("统一") == ["统", "一"]
    assert forms("万余人") == ["万", "余", "人"]


def test_words_know_where_they_stand() -> None:
    text = "共１,035人。\n（补助）三十五天"
    shown = [(word.form, text[word.start : word.end], word.fresh) for word in words(text)]
    assert shown == [
        ("共", "共", True),
        ("1035", "１,035", False),
        ("人", "人", False),
        ("，", "。", False),
        ("补", "补", True),
        ("助", "助", False),
        ("35", "三十五", False),
        ("天", "天", False),
    ]


@given(st.text(max_size=100))
def test_words_stand_in_order_inside_any_text(text: str) -> None:
    found = words(text)
    assert all(word.form for word in found)
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert [w.start for w in found] == sorted(w.start for w in found)


@given(st.text(alphabet="市补助三千五35０.，、：%％ABab\n年月日至-《》余万个第", max_size=40))
def test_reading_a_text_in_full_width_changes_nothing(text: str) -> None:
    wide = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
    assert forms(wide) == forms(text)


@pytest.mark.timeout(60)  # a pattern that tries again at every character would take hours
@pytest.mark.parametrize(
    "text", ["1" * 20000, "一" * 20000, "1," * 10000, "年" * 20000, "-" * 20000]
)
def test_whatever_stands_there_is_read_to_its_end(text: str) -> None:
    assert "".join(text[one.start : one.end] for one in words(text)) == text.strip("-")
