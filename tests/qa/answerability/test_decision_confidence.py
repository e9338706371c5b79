"""How likely an answer is right."""

from __future__ import annotations

import math

import pytest

from qa.answerability.decision import confidence
from retriever.query.analysis import analyse
from tests.qa.making import evidence, passage

PLAN = passage("每户补助3000元。")


def sure(question: str, score: float = 2.0) -> float:
    return confidence(analyse(question), evidence(PLAN, score=score))


def test_it_is_a_logistic_function_of_the_best_score() -> None:
    """−1.58 + 1.07 × 2 = 0.56 for a question of no particular kind."""
    assert sure("商户有补助吗") == pytest.approx(1 / (1 + math.exp(-0.56)))
    assert sure("商户有补助吗", 1.0) < sure("商户有补助吗", 2.0) < sure("商户有补助吗", 3.0)


def test_an_exact_value_is_surer_and_an_open_question_less_sure() -> None:
    plain = sure("商户有补助吗")
    assert sure("商户补助多少元") > plain > sure("如何补助商户")


def test_who_asks_for_a_wording_is_mostly_served() -> None:
    assert sure("补助商户这一段怎么写") > sure("如何补助商户")
