"""As of when a number is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.composition.annotations import as_of_date
from tests.qa.making import passage


def basis(text: str, shown: str) -> str:
    start = text.index(shown)
    span = as_of_date(passage(text), (start, start + len(shown)))
    return "" if span is None else text[slice(*span)]


@pytest.mark.parametrize(
    ("text", "shown", "told"),
    [
        ("截至2023年6月底，建成街区12条。", "建成街区12条", "截至2023年6月底"),
        ("截至2023年6月底，建成街区12条。引进小店86家。", "引进小店86家", "截至2023年6月底"),
        ("持续推进，截至省厅规定的时间节点，活跃率21%。", "活跃率21%", "截至省厅规定的时间节点"),
        ("2023年上半年全市建成12条，引进小店86家。", "引进小店86家", "2023年上半年"),
        ("2022年，建成12条。引进小店86家。", "引进小店86家", "2022年"),
        ("2023年1—6月，办件3万件，办结率97%。", "办结率97%", "2023年1—6月"),
    ],
)
def test_the_date_in_front_is_the_basis(text: str, shown: str, told: str) -> None:
    assert basis(text, shown) == told


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("截至目前，建成街区12条。", "建成街区12条"),
        ("截至2023年6月底，建成街区12条。", "截至2023年6月底，建成街区12条"),
        ("一是推进建设，截至2023年6月底，建成街区12条。二是引进小店86家。", "引进小店86家"),
        ("截至2023年6月底，建成街区12条。\n引进小店86家。", "引进小店86家"),
        ("截至2023年6月底，建成12条。2024年1月起，引进小店86家。", "引进小店86家"),
        ("印发《2022年工作方案》，建成街区12条。", "建成街区12条"),
        ("建成街区12条。", "建成街区12条"),
    ],
)
def test_what_is_of_another_sentence_or_says_nothing_is_none(text: str, shown: str) -> None:
    assert basis(text, shown) == ""


@given(
    st.text("截至2023年6月底，。\n上半12条", max_size=40), st.integers(0, 40), st.integers(0, 40)
)
def test_a_basis_stands_in_front_of_what_is_shown(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    span = as_of_date(passage(text), (start, end))
    assert span is None or 0 <= span[0] < span[1] <= start
