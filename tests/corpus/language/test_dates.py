"""Dates and years as documents write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.dates import find_date, find_year, locate_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023年4月24日", "2023-04-24"),
        ("二〇二四年十二月二十一日", "2024-12-21"),
        ("二○二三年三月", "2023-03"),
        ("于2022 年 5 月 6 日印发", "2022-05-06"),
        ("2023年", "2023"),
        ("2023年13月", "2023"),
        ("2023.4.24", "2023-04-24"),
        ("2023-04-24", "2023-04-24"),
        ("2023/4/24", "2023-04-24"),
        ("2023.4", ""),
        ("2023.4-24", ""),
        ("20xx年5月", ""),
        ("三年行动", ""),
    ],
)
def test_dates_are_read(text: str, date: str) -> None:
    assert find_date(text) == date


def test_a_date_knows_where_its_words_and_its_year_stand() -> None:
    text = "霖川市民政局二〇二四年三月一日"
    found = locate_date(text)
    assert found is not None
    assert text[found.start : found.end] == "二〇二四年三月一日"
    assert text[found.start : found.year_end] == "二〇二四"


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("霖川市2023年工作要点", "2023"),
        ("改造三年行动方案（2024—2026年）", "2024"),
        ("2022-2023学年工作总结", "2022"),
        ("二〇二三年工作总结", "2023"),
        ("三年行动方案", ""),
        ("2023号文件", ""),
    ],
)
def test_the_year_of_a_title_is_read(title: str, year: str) -> None:
    found = find_year(title)
    assert (found.value if found else "") == year


@given(st.text(alphabet="二〇一三十年月日0123456789 xX至.-/", max_size=20))
def test_a_date_is_empty_or_well_formed(text: str) -> None:
    date = find_date(text)
    assert date == "" or [len(part) for part in date.split("-")] in ([4], [4, 2], [4, 2, 2])
