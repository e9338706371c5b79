"""Dates and years as documents write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.dates import find_dates, find_year, locate_date


def _date(text: str) -> str:
    found = locate_date(text)
    return found.value if found else ""


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
    assert _date(text) == date


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
    date = _date(text)
    assert date == "" or [len(part) for part in date.split("-")] in ([4], [4, 2], [4, 2, 2])


@pytest.mark.parametrize(
    ("text", "value", "part", "until"),
    [
        ("二〇二四年六月八日", "2024-06-08", "", False),
        ("二○二四年六月", "2024-06", "", False),
        ("2024年6月8日", "2024-06-08", "", False),
        ("２０２４年６月８日", "2024-06-08", "", False),
        ("2024.6.8", "2024-06-08", "", False),
        ("2024-06", "2024-06", "", False),
        ("6月上旬", "--06", "上旬", False),
        ("6月8日", "--06-08", "", False),
        ("5月31日之前", "--05-31", "", True),
        ("2024年上半年", "2024", "上半年", False),
        ("第三季度", "", "三季度", False),
        ("年底前", "", "底", True),
        ("2024年底前", "2024", "底", True),
        ("6月底前", "--06", "底", True),
        ("2025年末", "2025", "末", False),
    ],
)
def test_a_date_is_read_in_every_form_it_is_written(
    text: str, value: str, part: str, until: bool
) -> None:
    (found,) = find_dates(text)
    assert (found.value, found.part, found.until) == (value, part, until)
    assert (found.start, found.end) == (0, len(text))


@pytest.mark.parametrize("text", ["12个月", "底部", "目前", "之前", "十五月", "2023.4", "三年行动"])
def test_what_names_no_day_is_no_date(text: str) -> None:
    assert list(find_dates(text)) == []


@given(st.text(alphabet="二〇一三十年月日底初前上半旬季度0123456789 至.-/", max_size=30))
def test_dates_stand_in_the_text_in_order(text: str) -> None:
    end = 0
    for found in find_dates(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end


@pytest.mark.parametrize("run", ["1", "一", "2024", "2024年", "6月", " ", "二〇"])
def test_a_long_run_does_not_hide_the_date_behind_it(run: str) -> None:
    *_, last = find_dates(run * 5_000 + "，2024年6月")
    assert last.value == "2024-06"
