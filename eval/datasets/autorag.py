"""Ground truth as an AND of ORs: look-alike passages of which one is enough, and facts that all count.

The form is that of AutoRAG's ``qa.parquet`` (B. Kim et al., "AutoRAG: automated framework for
optimization of retrieval augmented generation pipeline", 2024), here as JSONL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import PolicyQAError
from eval.datasets.golden import json_lines, string_of
from eval.datasets.judgements import Run

_CONVERT = (
    "先用 pandas 转换：read_parquet(…).to_json(…, orient='records', lines=True, force_ascii=False)"
)


@dataclass(frozen=True)
class AutoRagQuestion:
    """A question with what must be found.

    Attributes:
        id: unique within its file.
        question: the question.
        wanted: groups of passage ids; of each group one is enough.
        answers: answers written by people.
    """

    id: str
    question: str
    wanted: tuple[frozenset[str], ...]
    answers: tuple[str, ...] = ()


def read_autorag(path: str | Path) -> tuple[AutoRagQuestion, ...]:
    """Read ``{qid, query, retrieval_gt, generation_gt}``, one question a line.

    As in AutoRAG, a single id or a flat list of ids is one group.

    Raises:
        PolicyQAError: the file cannot be read or is Parquet, or a line lacks a key, has an empty
            group, holds a value of the wrong type or repeats an id; names the file and the line.
    """
    file = Path(path)
    if file.suffix == ".parquet":
        raise PolicyQAError(f"{file.name} 是 Parquet 文件", "JSONL 文件", _CONVERT)
    questions: dict[str, AutoRagQuestion] = {}
    for number, entry in json_lines(file):
        where = f"{file.name} 第 {number} 行"
        question = AutoRagQuestion(
            id=string_of(entry, "qid", where),
            question=string_of(entry, "query", where),
            wanted=_wanted(entry, where),
            answers=_answers(entry, where),
        )
        if not question.id or not question.question:
            raise PolicyQAError(f"{where}缺少 qid 或 query", "AutoRAG 的一行", "补上再试")
        if question.id in questions:
            raise PolicyQAError(f"{where}的 qid「{question.id}」重复", "qid 各不相同", "改掉一个")
        questions[question.id] = question
    return tuple(questions.values())


def group_recall(wanted: Sequence[frozenset[str]], found: Sequence[str]) -> float:
    """Share of the groups of which at least one passage was found.

    AutoRAG's ``retrieval_recall``; with one passage a group it is plain recall.

    Raises:
        ValueError: nothing is wanted.
    """
    if not wanted:
        raise ValueError("no group is wanted")
    have = set(found)
    return sum(not group.isdisjoint(have) for group in wanted) / len(wanted)


def autorag_recall(
    questions: Sequence[AutoRagQuestion], run: Run, depth: int = 10
) -> dict[str, float]:
    """Question id → ``group_recall`` over the first ``depth`` passages; 0 where the run has none."""
    return {q.id: group_recall(q.wanted, run.ranking(q.id)[:depth]) for q in questions}


def _wanted(entry: Mapping[str, object], where: str) -> tuple[frozenset[str], ...]:
    value: Any = entry.get("retrieval_gt")
    listed = value if isinstance(value, list) else [value]
    groups = listed if listed and isinstance(listed[0], list) else [listed]
    if not all(
        isinstance(group, list) and group and all(isinstance(doc, str) and doc for doc in group)
        for group in groups
    ):
        raise PolicyQAError(
            f"{where}的 retrieval_gt 不是编号的分组",
            '形如 [["甲", "乙"], ["丙"]]：每组有一个就够，各组都要有',
            "改正这一行",
        )
    return tuple(frozenset(group) for group in groups)


def _answers(entry: Mapping[str, object], where: str) -> tuple[str, ...]:
    value = entry.get("generation_gt") or []
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(text, str) for text in listed):
        raise PolicyQAError(
            f"{where}的 generation_gt 不是文字的列表", '形如 ["甲", "乙"]', "改正这一行"
        )
    return tuple(listed)
