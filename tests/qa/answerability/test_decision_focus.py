"""The noun whose value is asked for."""

from __future__ import annotations

import pytest

from qa.answerability.decision import focus_of, holds_focus, shown_focus
from retriever.query.analysis import analyse


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("清偿率达到多少？", "清偿率"),
        ("群众满意率是百分之多少", "众满意率"),
        ("夜市项目总投资是多少", "目总投资"),
        ("财政安排多少资金？", "资金"),
        ("加装电梯补贴多少", "电梯补贴"),
    ],
)
def test_a_noun_that_measures_is_found_beside_the_word_of_asking(question: str, focus: str) -> None:
    assert focus_of(analyse(question)) == focus


@pytest.mark.parametrize(
    "question", ["一共选聘了多少名巷长？", "组长是谁", "压缩到多少", "怎么办理"]
)
def test_what_measures_nothing_is_no_focus(question: str) -> None:
    assert focus_of(analyse(question)) == ""


def test_half_of_the_words_are_enough() -> None:
    assert holds_focus("众满意率", "群众满意度为97.2%，满意率居首")
    assert not holds_focus("财政资金", "各区要加强组织领导")


def test_another_word_for_the_same_measure_counts() -> None:
    assert holds_focus("电梯补贴", "加装电梯每部给予15万元补助")
    assert not holds_focus("电梯补贴", "每部给予15万元补助，限2024年")


def test_an_empty_focus_is_held_by_any_text() -> None:
    assert holds_focus("", "任何一句")


@pytest.mark.parametrize(
    ("cut", "shown"), [("目总投资", "投资"), ("审败诉率", "败诉率"), ("财政资金", "财政资金")]
)
def test_a_cut_noun_is_shown_from_its_first_whole_word(cut: str, shown: str) -> None:
    assert shown_focus(cut) == shown
