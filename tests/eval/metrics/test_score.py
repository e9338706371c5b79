"""A small golden set and run, scored from files to table."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import PolicyQAError
from eval.datasets.golden import Evidence, GoldenItem, load_golden
from eval.datasets.lines import json_text
from eval.datasets.runs import Extract, RunRecord, read_run
from eval.metrics.score import Scores, format_table, score_run

GOLDEN = """
{"id": "F", "type": "fact", "question": "表彰多少人？", "answers": ["97人", "97"], \
"must_include": [], "evidence": [{"doc": "a.txt", "quote": "累计选树表彰好班子16个、好干部97人"}]}
{"id": "P", "type": "precedent", "question": "整改怎么写", "answers": [], "must_include": [], \
"evidence": [{"doc": "a.txt", "quote": "坚持高频调度进展，实行三天一汇总、一周一调度"}, \
{"doc": "b.txt", "quote": "安排专人实时跟踪调度案件整改工作进度，逐案整改"}]}
{"id": "M", "type": "multi", "question": "哪几个县？", "answers": [], \
"must_include": ["濮阳县", "范县"], \
"evidence": [{"doc": "b.txt", "quote": "十三、巡视濮阳县发现的主要问题"}]}
{"id": "N", "type": "noans", "question": "盘锦满意率？", "evidence": []}
{"id": "X", "type": "fact", "question": "没有运行的题？", "answers": ["甲"], \
"evidence": [{"doc": "b.txt", "quote": "安排专人实时跟踪调度案件整改工作进度，逐案整改"}]}
""".strip()

RUN = """
{"id": "F", "passages": [{"doc": "b.txt", "text": "累计选树表彰好班子16个、好干部97人"}, \
{"doc": "a.txt", "text": "累计选树表彰好班子16个，好干部97人。"}], "answer": "共97人[1]", \
"short_answer": "97名", "answered": true, \
"citations": [{"doc": "a.txt", "text": "好干部97人"}], "ms": 10}
{"id": "P", "passages": [{"doc": "b.txt", \
"text": "安排专人实时跟踪调度案件整改工作进度,逐案整改"}], \
"answer": "可参考：逐案整改[1]", \
"short_answer": "", "answered": true, \
"citations": [{"doc": "b.txt", "text": "逐案整改"}], "ms": 30}
{"id": "M", "passages": [], "answer": "资料中没有濮阳县", "short_answer": "", "answered": false, \
"citations": [], "ms": 20}
{"id": "N", "passages": [{"doc": "a.txt", "text": "段"}], "answer": "资料中没有", \
"short_answer": "", "answered": false, "citations": [], "ms": 40}
{"id": "Z", "passages": [], "answer": "多余", "answered": true}
""".strip()


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    golden, run = tmp_path / "golden.jsonl", tmp_path / "run.jsonl"
    golden.write_text(GOLDEN, "utf-8")
    run.write_text(RUN, "utf-8")
    return golden, run


def test_each_question_gets_its_scores(files: tuple[Path, Path]) -> None:
    table = score_run(load_golden(files[0]), read_run(files[1]))
    fact, precedent, multi, noans, absent = (question.scores for question in table.questions)
    assert fact == Scores(
        success_at_5=1,
        recall_at_10=1,
        ndcg_at_10=1 / math.log2(3),
        rr_at_10=1 / 2,
        success_in_1500=1,
        contains=1,
        short_f1=2 * (2 / 3) * 1 / (2 / 3 + 1),
        citation_supports=1,
        refused_answerable=0,
        short_exact=0,  # 97名 is neither 97人 nor 97
        citation_recall=0 / 1,  # 「共97人」 does not stand in 「好干部97人」
        citation_precision=0 / 1,
        quote_exact=1 / 1,
    )
    assert precedent.recall_at_10 == 1 / 2
    assert precedent.ndcg_at_10 == pytest.approx(1 / (1 + 1 / math.log2(3)))
    assert (precedent.contains, precedent.citation_supports) == (None, 0)
    assert (multi.success_at_5, multi.contains, multi.items_found) == (0, 0, 0)
    # Of the seven characters of 「可参考：逐案整改」 only four stand in what it cites.
    assert (precedent.citation_recall, precedent.citation_precision) == (0, 0)
    assert precedent.quote_exact == 1
    assert (multi.refused_answerable, multi.citation_supports) == (1, None)
    assert (multi.citation_recall, multi.quote_exact) == (None, None)
    assert noans == Scores(refused_noans=1)
    assert (absent.success_at_5, absent.contains, absent.refused_answerable) == (0, 0, 1)


def test_rows_hold_means_over_what_is_due(files: tuple[Path, Path]) -> None:
    table = score_run(load_golden(files[0]), read_run(files[1]))
    assert [row.name for row in table.rows] == ["fact", "precedent", "multi", "noans"]
    assert (table.overall.questions, table.overall.missing, table.rows[0].missing) == (5, 1, 1)
    scores = table.overall.scores
    assert scores.success_at_5 == (1 + 1 + 0 + 0) / 4  # without the unanswerable one
    assert scores.contains == pytest.approx((1 + 0 + 0) / 3)  # F, M, X
    assert scores.citation_supports == (1 + 0) / 2  # F, P
    assert scores.refused_noans == 1
    assert scores.refused_answerable == (0 + 0 + 1 + 1) / 4
    assert table.overall.median_length == (len("共97人") + len("可参考：逐案整改")) / 2
    assert (table.overall.median_ms, table.overall.p95_ms) == ((20 + 30) / 2, 40)
    assert table.unknown_ids == ("Z",)


def test_the_text_is_aligned_and_names_what_is_missing(files: tuple[Path, Path]) -> None:
    text = format_table(score_run(load_golden(files[0]), read_run(files[1])))
    lines = text.splitlines()
    assert lines[:3] == [
        "检索",
        "类型    题数  命中@5  召回@10  nDCG@10  RR@10  1500字内  中位ms  p95ms",
        "事实       2   0.500    0.500    0.315  0.250     0.500      10     10",
    ]
    assert "无答案     1       -        -        -      -         -      40     40" in lines
    # Refused are M, N and X, of which N rightly; nobody says how sure it is. Z is no question here.
    assert "拒答：精确率 0.333，召回率 1.000。" in lines
    assert "速度：每秒 40.0 题，一题接一题。" in lines  # F, P, M, N in 10 + 30 + 20 + 40 ms
    assert "注：运行结果缺 1 道题，按最差计：X" in lines
    assert "注：运行结果有 1 道题不在题集中，未计：Z" in lines


def test_confidences_are_scored_where_a_run_has_them(files: tuple[Path, Path]) -> None:
    sure = files[1].read_text("utf-8").replace('"ms": 10', '"ms": 10, "confidence": 0.8')
    sure = sure.replace('"ms": 30', '"ms": 30, "confidence": 0.9')
    files[1].write_text(sure, "utf-8")
    table = score_run(load_golden(files[0]), read_run(files[1]))
    assert table.refusal is not None
    # P, the surer one, is wrong and F is right.
    assert table.refusal.aurc == (1 / 1 + 1 / 2) / 2
    assert table.refusal.calibration_error == pytest.approx((abs(0 - 0.9) + abs(1 - 0.8)) / 2)
    assert "把握：风险-覆盖曲线下面积 0.750，校准误差 0.550，都是越低越好。" in format_table(table)


def test_the_json_holds_every_row_and_question(files: tuple[Path, Path]) -> None:
    table = score_run(load_golden(files[0]), read_run(files[1]))
    data: dict[str, Any] = json.loads(json_text(asdict(table)))
    assert [question["id"] for question in data["questions"]] == ["F", "P", "M", "N", "X"]
    assert data["overall"]["scores"]["success_at_5"] == 0.5
    assert data["unknown_ids"] == ["Z"]


def test_a_run_without_answers_is_scored_on_search_only() -> None:
    golden = [
        GoldenItem("F", "fact", "问", ("97",), evidence=(Evidence("a.txt", "好干部九十七人"),))
    ]
    table = score_run(golden, [RunRecord("F", (Extract("a.txt", "有好干部九十七人"),))])
    assert table.search_only
    assert table.refusal is None
    assert table.overall.scores.success_at_5 == 1
    assert table.overall.scores.contains is None
    assert table.overall.scores.refused_answerable is None
    assert "回答\n" not in format_table(table)
    assert "只评检索" in format_table(table)


def test_refusing_everything_is_not_a_run_without_answers() -> None:
    golden = [
        GoldenItem("F", "fact", "问", ("97",), evidence=(Evidence("a.txt", "好干部九十七人"),))
    ]
    table = score_run(golden, [RunRecord("F", answer="资料中没有")])
    assert not table.search_only
    assert table.overall.scores.refused_answerable == 1
    assert table.overall.scores.contains == 0


def test_a_run_of_another_set_is_refused() -> None:
    with pytest.raises(PolicyQAError, match="没有一道题在题集中"):
        score_run([GoldenItem("F", "fact", "问")], [RunRecord("Z")])
    with pytest.raises(PolicyQAError, match="题集里没有题"):
        score_run([], [RunRecord("Z")])
