"""Amounts with their units, read once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.numerals import write_numeral
from corpus.language.quantities import Quantity, find_quantities, read_quantity


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("200元", "200", "元"),
        ("二百元", "200", "元"),
        ("2百元", "200", "元"),
        ("２００元", "200", "元"),
        ("200块钱", "200", "元"),
        ("1,200万元", "12000000", "元"),
        ("3亿5000万元", "350000000", "元"),
        ("3.5亿美元", "350000000", "美元"),
        ("三点五个百分点", "3.5", "百分点"),
        ("3.5百分点", "3.5", "百分点"),
        ("1.2万㎡", "12000", "平方米"),
        ("12000平方米", "12000", "平方米"),
        ("１．２万㎡", "12000", "平方米"),
        ("500㎥", "500", "立方米"),
        ("千分之三", "0.3", "%"),
        ("3‰", "0.3", "%"),
        ("百分之三十", "30", "%"),
        ("百分之百", "100", "%"),
        ("30％", "30", "%"),
        ("三成", "30", "%"),
        ("三成五", "35", "%"),
        ("2倍", "2", "倍"),
        ("两倍", "2", "倍"),
        ("2.5亿吨标准煤", "250000000", "吨标准煤"),
        ("35微克/立方米", "35", "微克/立方米"),
        ("35μg/m³", "35", "微克/立方米"),
        ("26度", "26", "度"),
        ("零下5℃", "-5", "摄氏度"),
        ("三千亩", "3000", "亩"),
        ("200床", "200", "床"),
        ("一百零三人", "103", "人"),
        ("一百〇三人", "103", "人"),
        ("一百○三人", "103", "人"),
        ("3千克", "3", "公斤"),
        ("10个工作日", "10", "工作日"),
    ],
)
def test_an_amount_is_read_with_its_unit(text: str, value: str, unit: str) -> None:
    found = read_quantity(text)
    assert found is not None
    assert (found.value, found.unit) == (Decimal(value), unit)
    assert not found.approximate


def test_one_amount_written_in_three_ways_is_equal() -> None:
    one, two, three = (read_quantity(text) for text in ("二百元", "2百元", "200元"))
    assert one is not None and two is not None and three is not None
    assert one.equals(two) and two.equals(three)
    wide, narrow = read_quantity("1.2万㎡"), read_quantity("12000平方米")
    assert wide is not None and narrow is not None and wide.equals(narrow)


@pytest.mark.parametrize(
    "text",
    [
        "二三季度",
        "十四五时期",
        "第三条",
        "第12项",
        "2024年6月8日",
        "二〇二四年",
        "三农",
        "一带一路",
        "一百二元",
        "15012345678901234567",
    ],
)
def test_what_counts_nothing_is_no_amount(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("3至5年", [("3", "年"), ("5", "年")]),
        ("三至五年", [("3", "年"), ("5", "年")]),
        ("3—5万元", [("30000", "元"), ("50000", "元")]),
        ("2000—3万元", [("2000", "元"), ("30000", "元")]),
        ("5%—10%", [("5", "%"), ("10", "%")]),
    ],
)
def test_the_lower_end_of_a_range_has_the_unit_of_the_upper(
    text: str, amounts: list[tuple[str, str]]
) -> None:
    found = [(q.value, q.unit) for q in find_quantities(text)]
    assert found == [(Decimal(value), unit) for value, unit in amounts]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("超过60%", "60%"),
        ("约三千亩", "三千亩"),
        ("1800余万元", "1800余万元"),
        ("10个工作日以内", "10个工作日"),
    ],
)
def test_an_estimate_or_bound_is_marked(text: str, words: str) -> None:
    (found,) = find_quantities(text)
    assert found.approximate
    assert text[found.start : found.end] == words


def test_amounts_stand_among_dates() -> None:
    text = "2024年6月8日前完成35个项目，投资二百元"
    assert [text[q.start : q.end] for q in find_quantities(text)] == ["35个", "二百元"]


ALPHABET = "〇一二两三十百千万亿点零0123456789.,，第成%‰年月日元米㎡个余约至-— 分之人"


@given(st.text(alphabet=ALPHABET, max_size=40))
def test_amounts_stand_in_the_text_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for found in find_quantities(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert all(isinstance(found, Quantity) for found in find_quantities(text))


@given(st.integers(1, 10**12))
def test_digits_and_characters_are_the_same_amount(number: int) -> None:
    digits, characters = read_quantity(f"{number}元"), read_quantity(f"{write_numeral(number)}元")
    assert digits is not None and characters is not None
    assert digits.value == characters.value == number


@pytest.mark.parametrize("run", ["1", "一", "万", "1,111", "3-", "第一", "百分之", "1万", "亿"])
def test_a_long_run_is_read_to_its_end(run: str) -> None:
    text = run * 5_000 + "，共200元"
    assert find_quantities(text)[-1].value == 200
