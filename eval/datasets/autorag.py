"""Ground truth as an AND of ORs: look-alike passages of which one is enough, and facts that all count.

The form is that of AutoRAG's ``qa.parquet`` (B. Kim et al., "AutoRAG: automated framework for
optimization of retrieval augmented generation pipeline", 2024), here as JSONL.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import PolicyQAError
from eval.datasets.lines import Entry, read_entries

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
    return read_entries(file, _question, "qid")


def _question(entry: Entry) -> AutoRagQuestion:
    identifier, question = entry.text("qid"), entry.text("query")
    if not identifier or not question:
        raise entry.wrong("缺少 qid 或 query", "AutoRAG 的一行", "补上再试")
    return AutoRagQuestion(identifier, question, _wanted(entry), _answers(entry))


def _wanted(entry: Entry) -> tuple[frozenset[str], ...]:
    value: Any = entry.values.get("retrieval_gt")
    listed = value if isinstance(value, list) else [value]
    groups = listed if listed and isinstance(listed[0], list) else [listed]
    if not all(
        isinstance(group, list) and group and all(isinstance(doc, str) and doc for doc in group)
        for group in groups
    ):
        raise entry.wrong(
            "的 retrieval_gt 不是编号的分组",
            '形如 [["甲", "乙"], ["丙"]]：每组有一个就够，各组都要有',
        )
    return tuple(frozenset(group) for group in groups)


def _answers(entry: Entry) -> tuple[str, ...]:
    value = entry.values.get("generation_gt")
    if isinstance(value, str):
        return (value,) if value else ()
    return entry.texts("generation_gt")
