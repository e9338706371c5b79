"""Systems side by side: means, tests, wins and losses."""

from __future__ import annotations

import pytest

from corpus.errors import PolicyQAError
from eval.comparison.comparison import (
    GOLDEN_MEASURES,
    Comparison,
    Measure,
    ScoredSystem,
    compare,
    golden_system,
    judged_measure,
    judged_system,
)
from eval.datasets.trec import Qrels, Run
from tests.eval.making import ITEMS, answered, scored_system, searched

NDCG = Measure("nDCG@10", "nDCG@10")


def _compared(*systems: ScoredSystem, types: str = "") -> Comparison:
    count = len(systems[0].scores["nDCG@10"])
    kinds = types.split() or ["fact"] * count
    return compare({f"q{i}": kind for i, kind in enumerate(kinds)}, [NDCG], systems)


def test_a_mean_stands_for_each_type_and_for_all() -> None:
    comparison = _compared(scored_system("a", [1, 0, 1, 1]), types="fact semantic fact semantic")
    rows = comparison.systems[0].rows
    assert [(row.type, row.questions) for row in rows] == [("fact", 2), ("semantic", 2), ("all", 4)]
    means = [row.cells[0].interval.mean for row in rows if row.cells[0].interval]
    assert means == [(1 + 1) / 2, (0 + 1) / 2, (1 + 0 + 1 + 1) / 4]
    assert comparison.systems[0].mean("nDCG@10") == 3 / 4


def test_questions_of_one_type_need_no_row_of_their_own() -> None:
    assert [row.type for row in _compared(scored_system("a", [1, 0])).systems[0].rows] == ["all"]


def test_types_come_in_the_order_of_the_tables() -> None:
    comparison = _compared(scored_system("a", [1, 1, 1]), types="noisy own fact")
    assert [row.type for row in comparison.systems[0].rows] == ["fact", "noisy", "own", "all"]


def test_each_system_is_tested_against_the_first() -> None:
    comparison = _compared(
        scored_system("a", [0] * 5),
        scored_system("b", [1] * 5),
        scored_system("c", [1, 1, 1, 0, 0]),
    )
    b, c = comparison.pairs
    assert (b.system, b.against, c.system, c.against) == ("b", "a", "c", "a")
    # Five wins of five: 2 of the 2⁵ swaps reach them; three of three: 2 of 2³.
    assert (b.randomisation.raw, c.randomisation.raw) == (2 / 32, 2 / 8)
    # Holm over two systems: the smaller p times two, the larger times one.
    assert (b.randomisation.corrected, c.randomisation.corrected) == (2 * 2 / 32, 2 / 8)
    assert (b.difference.mean, c.difference.mean) == (1.0, 3 / 5)


def test_wins_losses_and_ties_are_named() -> None:
    (pair,) = _compared(
        scored_system("a", [0.2, 0.5, 0.7]), scored_system("b", [0.3, 0.5, 0.1])
    ).pairs
    assert (pair.wins, pair.losses, pair.ties) == (("q0",), ("q2",), ("q1",))


def test_rounding_is_no_win() -> None:
    (pair,) = _compared(scored_system("a", [0.1 + 0.2]), scored_system("b", [0.3])).pairs
    assert (pair.wins, pair.losses, pair.ties) == ((), (), ("q0",))


def test_less_is_more_where_a_measure_says_so() -> None:
    wrong = Measure("wrong", "错", higher=False)
    one, two = scored_system("a", [1, 0], "wrong"), scored_system("b", [0, 0], "wrong")
    (pair,) = compare({"q0": "fact", "q1": "fact"}, [wrong], [one, two]).pairs
    assert (pair.wins, pair.losses) == (("q0",), ())
    assert pair.difference.mean == -1 / 2


def test_a_measure_that_nobody_has_is_left_out() -> None:
    measures = [NDCG, Measure("answer", "答案")]
    comparison = compare({"q0": "fact"}, measures, [scored_system("a", [1])])
    assert comparison.measures == (NDCG,)


def test_a_system_without_a_measure_is_not_tested_on_it() -> None:
    measures = [NDCG, Measure("answer", "答案")]
    both = ScoredSystem("b", "乙", {"nDCG@10": {"q0": 1.0}, "answer": {"q0": 1.0}})
    comparison = compare({"q0": "fact"}, measures, [scored_system("a", [1]), both])
    assert comparison.systems[0].mean("answer") is None
    assert comparison.systems[1].mean("answer") == 1.0
    assert [pair.measure for pair in comparison.pairs] == ["nDCG@10"]


def test_one_question_has_no_t_test() -> None:
    (pair,) = _compared(scored_system("a", [0]), scored_system("b", [1])).pairs
    assert pair.t_test is None
    assert pair.randomisation.raw == 1.0


def test_times_stand_beside_quality() -> None:
    scored = ScoredSystem("a", "甲", {"nDCG@10": {"q0": 1.0}}, (1.0, 2.0, 3.0, 100.0))
    (system,) = compare({"q0": "fact"}, [NDCG], [scored]).systems
    assert (system.median_ms, system.p95_ms) == ((2 + 3) / 2, 100.0)


def test_nothing_to_compare_is_reported() -> None:
    with pytest.raises(PolicyQAError, match="没有可比的题或系统"):
        compare({}, [NDCG], [scored_system("a", [])])
    with pytest.raises(PolicyQAError, match="没有可比的题或系统"):
        compare({"q0": "fact"}, [NDCG], [])
    with pytest.raises(PolicyQAError, match="a 写了两次"):
        _compared(scored_system("a", [1]), scored_system("a", [0]))


def test_a_run_is_scored_question_by_question() -> None:
    scored = golden_system("甲", "甲", ITEMS, searched([1, 6, 0]))
    assert scored.scores["success@5"] == {"A1": 1, "A2": 0, "A3": 0}
    assert scored.scores["recall@10"] == {"A1": 1, "A2": 1, "A3": 0}
    assert scored.scores["answer"] == {}
    assert scored.times == (10, 20, 30, 10)
    assert scored.refusals is None


def test_answers_are_scored_where_there_are_any() -> None:
    scored = golden_system("甲", "甲", ITEMS, answered([1, 1, 1]))
    assert scored.scores["answer"] == {"A1": 1, "A2": 0, "A3": 1}
    assert scored.scores["refused-noans"] == {"N1": 1}
    assert scored.refusals is not None
    # Surest first: two right of two, then one wrong of three, of four questions.
    assert scored.refusals.curve == ((2 / 4, 0.0), (3 / 4, 1 / 3))


def test_a_question_that_a_run_lacks_scores_0_and_is_named() -> None:
    scored = golden_system("甲", "甲", ITEMS, searched([1, 1, 1])[1:])
    assert scored.missing == ("A1",)
    assert scored.scores["success@5"]["A1"] == 0
    comparison = compare({i.id: i.type for i in ITEMS}, GOLDEN_MEASURES, [scored])
    assert comparison.systems[0].mean("success@5") == 2 / 3
    assert comparison.systems[0].missing == ("A1",)


def test_a_ranking_of_documents_is_scored_against_judgements() -> None:
    qrels = Qrels({"q0": {"d1": 1}, "q1": {"d2": 1}})
    scored = judged_system("甲", "甲", qrels, Run({"q0": {"d1": 2, "d2": 1}}), ["RR@10"])
    assert scored.scores == {"RR@10": {"q0": 1.0, "q1": 0.0}}
    assert scored.missing == ("q1",)
    assert judged_measure("RR@10").tested
