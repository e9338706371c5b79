"""Sixty questions for cells of five tables, over what a reader without a fault gives."""

from __future__ import annotations

import pytest

from qa.answer import Answer
from tests.conftest import TinyEncoder
from tests.qa.table_questions.measure import engine, is_right, shows_wrong_cell
from tests.qa.table_questions.questions import QUESTIONS


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[Answer]:
    with engine("model", tmp_path_factory.mktemp("tables"), TinyEncoder()) as qa:
        return [qa.ask(asked.text) for asked in QUESTIONS]


def test_the_right_cell_is_in_the_answer(answers: list[Answer]) -> None:
    right = [is_right(asked, answer) for asked, answer in zip(QUESTIONS, answers, strict=True)]
    assert len(right) == 60
    assert sum(right) >= 0.92 * len(right)


def test_no_wrong_cell_is_shown_as_the_short_answer(answers: list[Answer]) -> None:
    pairs = zip(QUESTIONS, answers, strict=True)
    wrong = [asked.text for asked, answer in pairs if shows_wrong_cell(asked, answer)]
    assert len(wrong) <= 1


def test_a_row_is_quoted_whole_with_its_caption_and_unit(answers: list[Answer]) -> None:
    answer = next(a for a in answers if a.question == "北山县2024年有多少张养老床位？")
    assert answer.short_answer == "2100张"
    assert answer.citations[0].quote == (
        "县区：北山县；2021年：1875；2022年：1960；2023年：2044；2024年：2100"
    )
    assert "单位：张" in answer.text.split("县区：")[0]
