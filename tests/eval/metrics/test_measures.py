"""Each measure on cases small enough to work out by hand."""

from __future__ import annotations

import math

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.datasets.golden import Evidence, GoldenItem
from eval.datasets.runs import Extract, RunRecord
from eval.metrics import measures as metrics

FIRST = Evidence("a.txt", "累计选树表彰好班子16个、好书记6人、好干部97人")
SECOND = Evidence("a.txt", "开展3期40名干部上讲台讲“我的担当故事”座谈会")
THIRD = Evidence("b.txt", "制发问题整改通知函，及时检视落实情况")
JUNK = Extract("a.txt", "与此无关的一段文字。")


def _passage(evidence: Evidence) -> Extract:
    return Extract(evidence.doc, f"前文。{evidence.quote}。后文。")


def _discount(rank: int) -> float:
    return 1 / math.log2(rank + 1)


def _found(*supported: set[int]) -> tuple[frozenset[int], ...]:
    return tuple(frozenset(each) for each in supported)


def test_evidence_listed_twice_counts_once() -> None:
    again = Evidence("a.txt", FIRST.quote.replace("、", "，"))
    elsewhere = Evidence("c.txt", FIRST.quote)
    item = GoldenItem("1", "precedent", "问", evidence=(FIRST, again, elsewhere))
    assert metrics.distinct_evidence(item.evidence) == (FIRST, elsewhere)


def test_the_right_words_in_another_file_support_nothing() -> None:
    assert metrics.supports(_passage(FIRST), FIRST)
    assert not metrics.supports(Extract("b.txt", FIRST.quote), FIRST)


def test_supported_by_rank_stops_at_the_depth() -> None:
    passages = [JUNK, Extract("a.txt", FIRST.quote + SECOND.quote), _passage(THIRD)]
    found = metrics.supported_by_rank((FIRST, SECOND, THIRD), passages, depth=2)
    assert found == _found(set(), {0, 1})


def test_success_looks_at_five_ranks() -> None:
    assert metrics.success(_found(set(), set(), set(), set(), {0})) == 1
    assert metrics.success(_found(set(), set(), set(), set(), set(), {0})) == 0
    assert metrics.success(()) == 0


def test_recall_counts_distinct_evidence_over_ten_ranks() -> None:
    assert metrics.recall(_found({0}, {0, 2}, set()), total=4) == 2 / 4
    assert metrics.recall(_found(*[set()] * 10, {0}), total=1) == 0
    assert metrics.recall((), total=3) == 0


def test_ndcg_rewards_only_evidence_not_yet_seen() -> None:
    found = _found({0}, {0}, {1}, {0, 1})
    expected = (_discount(1) + _discount(3)) / (_discount(1) + _discount(2) + _discount(3))
    assert metrics.ndcg(found, total=3) == pytest.approx(expected)


def test_ndcg_is_one_for_new_evidence_at_every_rank() -> None:
    assert metrics.ndcg(_found({0}, {1}, {2}), total=3) == pytest.approx(1)
    assert metrics.ndcg(_found(*({i} for i in range(10))), total=12) == pytest.approx(1)


def test_ndcg_of_a_passage_that_holds_two_is_one_gain() -> None:
    expected = _discount(1) / (_discount(1) + _discount(2))
    assert metrics.ndcg(_found({0, 1}), total=2) == pytest.approx(expected)


@given(st.lists(st.frozensets(st.integers(0, 3)), max_size=12))
def test_measures_lie_between_nothing_and_all(found: list[frozenset[int]]) -> None:
    for value in (
        metrics.ndcg(found, 4),
        metrics.recall(found, 4),
        metrics.success(found),
        metrics.reciprocal_rank(found),
    ):
        assert 0 <= value <= 1 + 1e-12
    assert (metrics.reciprocal_rank(found) > 0) == (metrics.recall(found, 4) > 0)


@pytest.mark.parametrize("rank", [1, 2, 3, 5, 10])
def test_one_piece_of_evidence_scores_as_ir_measures_does(rank: int) -> None:
    found = _found(*({0} if r == rank else set() for r in range(1, 11)))
    qrels = [ir_measures.Qrel("q", f"d{rank}", 1)]
    run = [ir_measures.ScoredDoc("q", f"d{r}", 100 - r) for r in range(1, 11)]
    measures = [ir_measures.nDCG @ 10, ir_measures.RR @ 10, ir_measures.Success @ 5]
    theirs = ir_measures.calc_aggregate(measures, qrels, run)
    assert metrics.ndcg(found, 1) == pytest.approx(theirs[measures[0]])
    assert metrics.reciprocal_rank(found) == pytest.approx(theirs[measures[1]])
    assert metrics.success(found) == pytest.approx(theirs[measures[2]])


def test_distinct_evidence_apart_scores_as_ir_measures_does() -> None:
    found = _found(set(), {1}, set(), {0})
    qrels = [ir_measures.Qrel("q", d, 1) for d in ("d2", "d4", "never")]
    run = [ir_measures.ScoredDoc("q", f"d{r}", 100 - r) for r in range(1, 5)]
    theirs = ir_measures.calc_aggregate([ir_measures.nDCG @ 10, ir_measures.R @ 10], qrels, run)
    assert metrics.ndcg(found, 3) == pytest.approx(theirs[ir_measures.nDCG @ 10])
    assert metrics.recall(found, 3) == pytest.approx(theirs[ir_measures.R @ 10])


def test_reading_stops_in_the_middle_of_a_passage() -> None:
    filler = Extract("a.txt", "无" * 1480)
    quote = Extract("a.txt", "据" * 20 + FIRST.quote)
    assert metrics.success_in_read([FIRST], [quote, filler]) == 1
    # 1480 + 20 = 1500 characters are read before the quote begins.
    assert metrics.success_in_read([FIRST], [filler, quote]) == 0
    assert metrics.success_in_read([FIRST], [filler, quote], characters=1600) == 1
    assert metrics.success_in_read([FIRST], []) == 0


FACT = GoldenItem("1", "fact", "问", answers=("97人", "97"), evidence=(FIRST,))
LISTED = GoldenItem("2", "multi", "问", must_include=("濮阳县", "范县", "台前县"))
OPEN = GoldenItem("3", "precedent", "问", evidence=(FIRST, THIRD))


def test_any_gold_answer_in_the_text_is_right() -> None:
    assert metrics.contains_answer(FACT, "共表彰97名[1]。") == 1
    assert metrics.contains_answer(FACT, "共表彰98名，1997年。") == 0
    assert metrics.contains_answer(FACT, "") == 0


def test_without_gold_answers_every_item_is_due() -> None:
    assert metrics.contains_answer(LISTED, "濮阳县、范县[1]、台前县[2]") == 1
    assert metrics.contains_answer(LISTED, "濮阳县、范县") == 0
    assert metrics.items_found(LISTED, "濮阳县、范县") == 2 / 3


def test_without_anything_due_nothing_is_measured() -> None:
    assert metrics.contains_answer(OPEN, "任何文字") is None
    assert metrics.items_found(FACT, "97人") is None
    assert metrics.short_answer_f1(LISTED, "濮阳县") is None
    assert metrics.short_answer_f1(GoldenItem("4", "list", "问", answers=("甲",)), "甲") is None


def test_short_answer_f1_takes_the_best_gold_answer() -> None:
    assert metrics.short_answer_f1(FACT, "９７ 人") == 1
    # 97 and 97名 share 2 characters: P = 2/3, R = 2/2; 97人 gives P = R = 2/3.
    precision, recall = 2 / 3, 2 / 2
    assert metrics.short_answer_f1(FACT, "97名") == pytest.approx(
        2 * precision * recall / (precision + recall)
    )
    assert metrics.short_answer_f1(FACT, "") == 0


def test_repeated_characters_count_as_often_as_both_have_them() -> None:
    item = GoldenItem("1", "noisy", "问", answers=("个个",))
    assert metrics.short_answer_f1(item, "个") == pytest.approx(2 * 1 * 0.5 / (1 + 0.5))


def test_a_citation_proves_by_quote_or_by_answer_from_the_right_file() -> None:
    def score(*citations: Extract) -> float | None:
        record = RunRecord("1", answer="97人", answered=True, citations=citations)
        return metrics.citation_supports(FACT, record)

    assert score(JUNK, _passage(FIRST)) == 1
    assert score(Extract("a.txt", "好干部97人")) == 1
    assert score(Extract("b.txt", "好干部97人")) == 0
    assert score(JUNK) == 0
    assert score() == 0


def test_a_citation_proves_only_with_a_quote_of_its_own_file() -> None:
    record = RunRecord("3", answered=True, citations=(Extract("b.txt", FIRST.quote),))
    assert metrics.citation_supports(OPEN, record) == 0


def test_refusals_and_questions_without_evidence_need_no_citation() -> None:
    assert metrics.citation_supports(FACT, RunRecord("1")) is None
    unanswerable = GoldenItem("5", "noans", "问")
    assert metrics.citation_supports(unanswerable, RunRecord("5", answered=True)) is None


def test_length_leaves_out_the_marks_and_refusals() -> None:
    assert metrics.answer_length(RunRecord("1", answer="97人[1]", answered=True)) == 3
    assert metrics.answer_length(RunRecord("1", answer="资料中没有")) is None


def test_percentile_is_a_value_that_occurs() -> None:
    values = [float(n) for n in range(100, 0, -1)]
    assert metrics.percentile(values, 0.95) == 95
    assert metrics.percentile([float(n) for n in range(1, 61)], 0.95) == 57
    assert metrics.percentile([7.0], 0.95) == 7
    assert metrics.percentile([7.0, 8.0], 0) == 7
    with pytest.raises(ValueError, match="0 values"):
        metrics.percentile([], 0.95)


def test_mean_is_over_what_is_defined() -> None:
    assert metrics.mean([1.0, None, 0.0]) == 1 / 2
    assert metrics.mean([None]) is None


def test_an_exact_match_is_the_whole_short_answer() -> None:
    assert metrics.exact_match(FACT, "９７ 人") == 1
    assert metrics.exact_match(FACT, "97[1]") == 1
    assert metrics.exact_match(FACT, "共97人") == 0
    assert metrics.exact_match(FACT, "") == 0
    assert metrics.exact_match(LISTED, "濮阳县") is None
    assert metrics.exact_match(GoldenItem("1", "fact", "问", answers=("**",)), "，") == 0


def test_latency_and_throughput_of_questions_one_after_another() -> None:
    # Four questions in 10 + 20 + 30 + 40 = 100 ms.
    times = [40.0, 10.0, 30.0, 20.0]
    assert metrics.median_and_p95(times) == ((20 + 30) / 2, 40)
    assert metrics.per_second(times) == 4 / 0.1
    assert metrics.median_and_p95([]) == (None, None)
    assert metrics.per_second([]) is metrics.per_second([0.0]) is None
