"""Rankings of documents and relevance judgements, and TREC's column formats of both."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from corpus.errors import PolicyQAError
from eval.datasets.lines import numbered_lines, write_lines

_Value = TypeVar("_Value")
_RUN = "六列，空格或制表符分隔：题号 Q0 文档号 名次 得分 系统名"
_QRELS = "四列，空格或制表符分隔：题号 0 文档号 相关度"
_NO_SPACES = "文档号和题号里不能有空格"


@dataclass(frozen=True)
class Qrels:
    """Relevance judgements.

    Attributes:
        relevance: query id → document id → grade; 1 or more is relevant, 0 or less judged not to be.
    """

    relevance: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Run:
    """What a system ranked.

    Attributes:
        scores: query id → document id → score, higher is better.

    Raises:
        PolicyQAError: a score is not a number, so that it has no place in an order.
    """

    scores: Mapping[str, Mapping[str, float]]

    def __post_init__(self) -> None:
        for query, scores in self.scores.items():
            for doc, score in scores.items():
                if math.isnan(score):
                    raise PolicyQAError(
                        f"运行结果里题目「{query}」的文档「{doc}」得分是 NaN",
                        "可以比较大小的数",
                        "查清检索为什么给出 NaN，再重新运行",
                    )

    def ranking(self, query: str) -> list[str]:
        """The document ids of a query, best first; empty when the run lacks it.

        As trec_eval ranks: by score in single precision, equal scores by id from high to low; ranks
        in the file mean nothing.
        """
        scores = self.scores.get(query, {})
        with np.errstate(over="ignore"):  # beyond single precision lies infinity, as in C
            single = dict(
                zip(scores, np.array(list(scores.values()), dtype=np.float32), strict=True)
            )
        return sorted(sorted(scores, reverse=True), key=lambda doc: -single[doc])


def read_trec_run(path: str | Path) -> Run:
    """Read a run: ``query Q0 document rank score tag``, split at white space.

    The rank is not used: documents are ordered by score (see ``Run.ranking``).

    Raises:
        PolicyQAError: the file is missing or empty, a line has more or fewer columns, a score is no
            number, or a document comes twice for a query; names the file and the line.
    """
    rows = ((where, cells[0], cells[2], cells[4]) for where, cells in _rows(Path(path), 6, _RUN))
    return Run(by_query(rows, _score))


def write_trec_run(run: Run, path: str | Path, tag: str = "policyqa") -> int:
    """Write a run, best first, ranks from 1; returns the number of lines.

    Raises:
        PolicyQAError: an id or the tag is empty or has white space in it, which nothing could read
            back, or the place cannot be written to.
    """

    def lines() -> Iterator[str]:
        for query, scores in run.scores.items():
            for rank, doc in enumerate(run.ranking(query), start=1):
                yield f"{_id(query)} Q0 {_id(doc)} {rank} {float(scores[doc])!r} {_id(tag)}"

    return write_lines(lines(), path)


def read_trec_qrels(path: str | Path) -> Qrels:
    """Read judgements: ``query 0 document grade``, split at white space.

    Raises:
        PolicyQAError: the file is missing or empty, a line has more or fewer columns, a grade is no
            whole number, or a document is judged twice for a query; names the file and the line.
    """
    rows = ((where, cells[0], cells[2], cells[3]) for where, cells in _rows(Path(path), 4, _QRELS))
    return Qrels(by_query(rows, grade_of))


def write_trec_qrels(qrels: Qrels, path: str | Path) -> int:
    """Write judgements; returns the number of lines.

    Raises:
        PolicyQAError: an id is empty or has white space in it, or the place cannot be written to.
    """
    return write_lines(
        (
            f"{_id(query)} 0 {_id(doc)} {grade}"
            for query, grades in qrels.relevance.items()
            for doc, grade in grades.items()
        ),
        path,
    )


def by_query(
    rows: Iterable[tuple[str, str, str, str]], value_of: Callable[[str, str], _Value]
) -> dict[str, dict[str, _Value]]:
    """Query → document → value of (where, query, document, text) rows.

    Args:
        rows: ``where`` is the file and the line.
        value_of: takes text and where.

    Raises:
        PolicyQAError: a document comes twice for a query, or ``value_of`` raises one.
    """
    values: dict[str, dict[str, _Value]] = {}
    lines: dict[tuple[str, str], str] = {}
    for where, query, doc, text in rows:
        if (query, doc) in lines:
            raise PolicyQAError(
                f"{where}的题目「{query}」和文档「{doc}」与{lines[query, doc]}重复",
                "每对题目和文档只有一行",
                "删去多余的一行",
            )
        lines[query, doc] = where[where.rindex("第") :]
        values.setdefault(query, {})[doc] = value_of(text, where)
    return values


def grade_of(text: str, where: str) -> int:
    """A relevance grade.

    Raises:
        PolicyQAError: it is no whole number.
    """
    try:
        return int(text)
    except ValueError:
        raise PolicyQAError(
            f"{where}的相关度是「{text}」", "整数，如 0、1、2", "改正这一行"
        ) from None


def _rows(file: Path, columns: int, expected: str) -> Iterator[tuple[str, list[str]]]:
    for number, line in numbered_lines(file):
        where = f"{file.name} 第 {number} 行"
        cells = line.split()
        if len(cells) != columns:
            raise PolicyQAError(
                f"{where}有 {len(cells)} 列", f"{expected}；{_NO_SPACES}", "改正这一行再试"
            )
        yield where, cells


def _score(text: str, where: str) -> float:
    try:
        score = float(text)
    except ValueError:
        score = math.nan
    if math.isnan(score):
        raise PolicyQAError(f"{where}的得分是「{text}」", "可以比较大小的数", "改正这一行")
    return score


def _id(text: str) -> str:
    if not text or text.split() != [text]:
        raise PolicyQAError(f"「{text}」写不进 TREC 格式", _NO_SPACES, "先把它换成没有空格的编号")
    return text
