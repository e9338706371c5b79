"""Measures over judged documents: worked out by hand, and against trec_eval's own code."""

from __future__ import annotations

import math
import random
import statistics
from dataclasses import asdict

import pytest
import pytrec_eval

from corpus.errors import PolicyQAError
from eval.datasets.lines import json_text
from eval.datasets.trec import Qrels, Run
from eval.metrics.judged import format_judged, judged_measures

QRELS = Qrels({"q1": {"a": 2, "b": 1, "c": 0}, "q2": {"d": 1}})
#: Ranks for q1: x, a, c, b.
RUN = Run({"q1": {"x": 9.0, "a": 8.0, "c": 7.0, "b": 6.0}})

#: trec_eval's names for ours. RR has no cut there and Judged does not exist.
THEIRS = {
    "nDCG@10": "ndcg_cut_10",
    "nDCG": "ndcg",
    "RR": "recip_rank",
    "AP": "map",
    "R@10": "recall_10",
    "R@100": "recall_100",
    "P@10": "P_10",
    "Success@5": "success_5",
}


def test_each_measure_of_a_small_run_by_hand() -> None:
    found = {
        name: values["q1"]
        for name, values in judged_measures(
            QRELS,
            RUN,
            ("nDCG@10", "RR@10", "AP", "R@2", "P@10", "P(rel=2)@2", "Success@1", "Judged@10"),
        ).per_query.items()
    }
    # Gains 2 at rank 2 and 1 at rank 4; ideally 2 at rank 1 and 1 at rank 2.
    gained = 2 / math.log2(3) + 1 / math.log2(5)
    ideal = 2 / math.log2(2) + 1 / math.log2(3)
    assert found == pytest.approx(
        {
            "nDCG@10": gained / ideal,
            "RR@10": 1 / 2,
            "AP": (1 / 2 + 2 / 4) / 2,
            "R@2": 1 / 2,
            "P@10": 2 / 10,
            "P(rel=2)@2": 1 / 2,
            "Success@1": 0,
            "Judged@10": 3 / 4,  # a, b, c of the four returned
        }
    )


def test_a_question_without_a_result_counts_as_nothing_found() -> None:
    scores = judged_measures(QRELS, RUN, ("RR@10", "Judged@10"))
    assert scores.per_query["RR@10"] == {"q1": 1 / 2, "q2": 0}
    assert scores.means["RR@10"] == (1 / 2 + 0) / 2
    assert scores.means["Judged@10"] == (3 / 4 + 0) / 2
    assert scores.missing == ("q2",)


def test_an_empty_result_list_is_no_result() -> None:
    scores = judged_measures(QRELS, Run({**RUN.scores, "q2": {}}))
    assert scores.missing == ("q2",)
    assert scores.per_query["Judged@10"]["q2"] == 0


def test_documents_that_nobody_judged_are_counted() -> None:
    run = Run({**RUN.scores, "q2": {"d": 1.0, "e": 0.5}, "q3": {"f": 1.0}})
    scores = judged_measures(QRELS, run)
    assert (scores.unjudged, scores.retrieved) == (1 + 1, 4 + 2)  # x and e; q3 is not scored
    assert scores.unknown == ("q3",)


@pytest.mark.parametrize("name", ["RR", "RR@10", "AP", "nDCG@10", "Judged@1", "Success@1", "P@1"])
def test_every_measure_puts_the_higher_id_first_among_ties(name: str) -> None:
    run = Run({"q1": {"doc9": 1.0, "doc10": 1.0}})
    assert run.ranking("q1") == ["doc9", "doc10"]
    high = judged_measures(Qrels({"q1": {"doc9": 1}}), run, (name,)).means[name]
    low = judged_measures(Qrels({"q1": {"doc10": 1}}), run, (name,)).means[name]
    assert high == 1
    assert low < 1


def test_scores_that_single_precision_cannot_tell_apart_are_ties() -> None:
    assert Run({"q": {"a": 1 + 1e-9, "b": 1.0}}).ranking("q") == ["b", "a"]
    assert Run({"q": {"a": 1 + 1e-6, "b": 1.0}}).ranking("q") == ["a", "b"]
    assert Run({"q": {"a": 1e300, "b": math.inf, "c": -math.inf}}).ranking("q") == ["b", "a", "c"]


def _random_case(chance: random.Random) -> tuple[Qrels, Run]:
    """Few documents and few different scores, so that ties, gaps and misses abound."""
    docs = [f"d{n}" for n in range(chance.randint(1, 30))]
    queries = [f"q{n}" for n in range(chance.randint(1, 6))]
    relevance = {
        query: {doc: chance.choice((0, 0, 1, 1, 2, 3)) for doc in docs if chance.random() < 0.4}
        for query in queries
    }
    precise = chance.random() < 0.3
    scores = {
        query: {
            doc: chance.gauss(0, 1) if precise else chance.randint(-2, 3) / 7
            for doc in docs
            if chance.random() < 0.7
        }
        for query in [*queries, "q99"]
        if chance.random() < 0.8
    }
    return Qrels(relevance), Run(scores)


def test_a_thousand_random_runs_score_as_trec_eval_scores_them() -> None:
    chance = random.Random(20240521)
    compared = with_missing = with_ties = 0
    while compared < 1000:
        qrels, run = _random_case(chance)
        if not any(run.scores.get(query) for query in qrels.relevance):
            continue
        ours = judged_measures(qrels, run, tuple(THEIRS))
        evaluator = pytrec_eval.RelevanceEvaluator(dict(qrels.relevance), set(THEIRS.values()))
        theirs = evaluator.evaluate({q: dict(s) for q, s in run.scores.items() if s})
        for name, trec_name in THEIRS.items():
            values = [theirs.get(q, {}).get(trec_name, 0.0) for q in qrels.relevance]
            assert list(ours.per_query[name].values()) == pytest.approx(values, abs=1e-9)
            assert ours.means[name] == pytest.approx(statistics.fmean(values), abs=1e-9)
        compared += 1
        with_missing += bool(ours.missing)
        with_ties += any(len(set(s.values())) < len(s) for s in run.scores.values())
    # The cases that matter were really among them.
    assert with_missing > 100
    assert with_ties > 100


def test_a_score_that_is_no_number_is_refused() -> None:
    with pytest.raises(PolicyQAError, match="题目「q1」的文档「a」得分是 NaN"):
        Run({"q1": {"a": math.nan}})


@pytest.mark.parametrize(
    "name", ["命中率", "nDCG@", "nDCG@0", "nDCG@-1", "R", "P(rel=2", "NDCG@10@10", ""]
)
def test_a_measure_that_does_not_exist_is_named(name: str) -> None:
    with pytest.raises(PolicyQAError, match="算不了指标"):
        judged_measures(QRELS, RUN, (name,))


def test_judgements_and_runs_that_do_not_meet_are_refused() -> None:
    with pytest.raises(PolicyQAError, match="相关性判断是空的"):
        judged_measures(Qrels({}), RUN)
    for run in (Run({}), Run({"q9": {"a": 1.0}}), Run({"q1": {}})):
        with pytest.raises(PolicyQAError, match="没有一道题在相关性判断中"):
            judged_measures(QRELS, run)


def test_the_text_shows_means_and_what_is_missing() -> None:
    run = Run({**RUN.scores, "q3": {"f": 1.0}})
    assert format_judged(judged_measures(QRELS, run, ("RR@10", "AP"))).splitlines() == [
        "RR@10  0.2500",
        "AP     0.2500",
        "",
        "注：2 道题，返回 4 条，其中 1 条无人判断，按不相关计。",
        "注：运行结果缺 1 道题，计 0 分：q2",
        "注：运行结果有 1 道题不在判断中，未计：q3",
    ]


def test_the_json_holds_each_question() -> None:
    assert '"q2": 0.0' in json_text(asdict(judged_measures(QRELS, RUN, ("AP",))))
