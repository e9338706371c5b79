"""Ground truth as an AND of ORs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import PolicyQAError
from eval.datasets.autorag import AutoRagQuestion, read_autorag
from eval.datasets.trec import Run
from eval.metrics.judged import autorag_recall, group_recall

LINE: dict[str, Any] = {
    "qid": "q1",
    "query": "两市的补贴各是多少？",
    "retrieval_gt": [["甲市通知", "甲市通知（转发）"], ["乙市通知"]],
    "generation_gt": ["甲市三千，乙市五千"],
}
WANTED = (frozenset({"甲市通知", "甲市通知（转发）"}), frozenset({"乙市通知"}))


def _read(folder: Path, *lines: dict[str, Any]) -> tuple[AutoRagQuestion, ...]:
    path = folder / "qa.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return read_autorag(path)


def test_either_copy_of_a_passage_is_enough_and_every_group_counts() -> None:
    assert group_recall(WANTED, ["甲市通知（转发）", "无关"]) == 1 / 2
    assert group_recall(WANTED, ["甲市通知", "甲市通知（转发）"]) == 1 / 2
    assert group_recall(WANTED, ["乙市通知", "无关", "甲市通知"]) == 2 / 2
    assert group_recall(WANTED, []) == 0 / 2
    with pytest.raises(ValueError, match="no group"):
        group_recall((), ["甲"])


def test_with_one_passage_a_group_it_is_plain_recall() -> None:
    wanted = tuple(frozenset({each}) for each in "abcd")
    found = ["a", "x", "c"]
    assert group_recall(wanted, found) == len(set(found) & set("abcd")) / 4


def test_a_run_is_scored_down_to_a_depth() -> None:
    questions = (
        AutoRagQuestion("q1", "问", WANTED),
        AutoRagQuestion("q2", "问", (frozenset({"丙"}),)),
    )
    run = Run({"q1": {"乙市通知": 3.0, "无关": 2.0, "甲市通知": 1.0}})
    assert autorag_recall(questions, run, depth=2) == {"q1": 1 / 2, "q2": 0}
    assert autorag_recall(questions, run) == {"q1": 2 / 2, "q2": 0}


def test_a_line_is_read_with_its_groups(tmp_path: Path) -> None:
    assert _read(tmp_path, LINE) == (
        AutoRagQuestion("q1", LINE["query"], WANTED, ("甲市三千，乙市五千",)),
    )


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("甲", ({"甲"},)),
        (["甲", "乙"], ({"甲", "乙"},)),  # a flat list is one group
        ([["甲"], ["乙"]], ({"甲"}, {"乙"})),
    ],
)
def test_shorter_ways_to_write_groups_are_read_as_autorag_does(
    tmp_path: Path, given: object, wanted: tuple[set[str], ...]
) -> None:
    (question,) = _read(tmp_path, LINE | {"retrieval_gt": given, "generation_gt": "一句"})
    assert question.wanted == wanted
    assert question.answers == ("一句",)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"retrieval_gt": []}, "第 2 行的 retrieval_gt 不是编号的分组"),
        ({"retrieval_gt": [["甲"], []]}, "第 2 行的 retrieval_gt 不是编号的分组"),
        ({"retrieval_gt": [["甲"], "乙"]}, "第 2 行的 retrieval_gt 不是编号的分组"),
        ({"retrieval_gt": [["甲", 2]]}, "第 2 行的 retrieval_gt 不是编号的分组"),
        ({"retrieval_gt": None}, "第 2 行的 retrieval_gt 不是编号的分组"),
        ({"retrieval_gt": ""}, "第 2 行的 retrieval_gt 不是编号的分组"),
        ({"generation_gt": [1]}, "第 2 行的 generation_gt 不是文字的列表"),
        ({"qid": ""}, "第 2 行缺少 qid 或 query"),
        ({"qid": "q1"}, "第 2 行的 qid「q1」与第 1 行重复"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    with pytest.raises(PolicyQAError) as caught:
        _read(tmp_path, LINE, LINE | {"qid": "q2"} | change)
    assert words in str(caught.value)


def test_a_parquet_file_says_how_to_convert_it(tmp_path: Path) -> None:
    with pytest.raises(PolicyQAError, match=r"qa\.parquet 是 Parquet 文件.*to_json"):
        read_autorag(tmp_path / "qa.parquet")
