"""How good the best passage is, measured by what its question allows."""

from __future__ import annotations

import pytest

from qa.answerability.decision import asks_wording
from qa.answerability.evidence_set import relative_score
from retriever.query.analysis import Scope, analyse
from retriever.settings import Weights
from tests.qa.making import hit, passage

#: Features that weigh 8 together; the place 1 and the value 2 of them.
WEIGHTS = Weights(1, 1, 1, 1, 1, scope=1, value=2, before=0)
HITS = [hit(passage("甲。"), score=0.6), hit(passage("乙。"), rank=2, score=0.4)]
NOWHERE, SOMEWHERE = Scope((), ()), Scope(("河汀",), ())


def test_all_signs_count_for_a_question_with_a_place_that_asks_for_a_value() -> None:
    assert relative_score(analyse("河汀市补助多少元"), SOMEWHERE, HITS, WEIGHTS) == pytest.approx(
        0.6
    )


def test_a_question_without_a_place_is_measured_without_that_sign() -> None:
    measured = relative_score(analyse("补助多少元"), NOWHERE, HITS, WEIGHTS)
    assert measured == pytest.approx(0.6 * 8 / 7)


def test_a_question_for_no_value_is_measured_without_that_sign_too() -> None:
    measured = relative_score(analyse("怎样防火"), NOWHERE, HITS, WEIGHTS)
    assert measured == pytest.approx(0.6 * 8 / 5)


def test_nothing_found_reaches_nothing() -> None:
    assert relative_score(analyse("怎样防火"), NOWHERE, [], WEIGHTS) == 0


@pytest.mark.parametrize("text", ["督导机制怎么写？", "压实领导责任", "想写一段志愿服务", "督查机制：每周暗访、当日交办、限期销号"])  # fmt: skip
def test_requests_for_a_wording(text: str) -> None:
    assert asks_wording(analyse(text))


@pytest.mark.parametrize(
    "text", ["谁负责督导", "有没有补助", "补助多少", "何时开工", "企业怎么办理"]
)
def test_questions_are_no_requests_for_a_wording(text: str) -> None:
    assert not asks_wording(analyse(text))
