"""A table of scores: as records, as plain text for a terminal, as JSON for a program."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from eval.metrics.refusal import RefusalScores

#: Name of the row over all questions.
OVERALL = "all"

#: The same where every question was drafted by a program.
SYNTHETIC = "synthetic"
SYNTHETIC_REMARK = "注：全是合成题，分数不能代表人提的问题，不与别的题集比较。"

#: Types of question in Chinese.
TYPE_NAMES = {
    "fact": "事实",
    "semantic": "换说法",
    "list": "列举",
    "precedent": "范例",
    "multi": "多处",
    "filter": "限定",
    "noans": "无答案",
    "noisy": "错字",
    OVERALL: "合计",
    SYNTHETIC: "合成题",
}
_RETRIEVAL = (
    ("命中@5", "success_at_5"),
    ("召回@10", "recall_at_10"),
    ("nDCG@10", "ndcg_at_10"),
    ("RR@10", "rr_at_10"),
    ("1500字内", "success_in_1500"),
)
_ANSWERS = (
    ("含答案", "contains"),
    ("短答F1", "short_f1"),
    ("短答全同", "short_exact"),
    ("列出项", "items_found"),
    ("引文可证", "citation_supports"),
    ("引用召回", "citation_recall"),
    ("引用精度", "citation_precision"),
    ("引文原样", "quote_exact"),
    ("该拒且拒", "refused_noans"),
    ("误拒", "refused_answerable"),
)
_IDS_SHOWN = 5


@dataclass(frozen=True)
class Scores:
    """The measures of a question, or their means over many; None where one is not defined.

    All lie between 0 and 1. Of the refusal rates, ``refused_noans`` is better high and
    ``refused_answerable`` better low.
    """

    success_at_5: float | None = None
    recall_at_10: float | None = None
    ndcg_at_10: float | None = None
    rr_at_10: float | None = None
    success_in_1500: float | None = None
    contains: float | None = None
    short_f1: float | None = None
    items_found: float | None = None
    citation_supports: float | None = None
    refused_noans: float | None = None
    refused_answerable: float | None = None
    short_exact: float | None = None
    citation_recall: float | None = None
    citation_precision: float | None = None
    quote_exact: float | None = None


@dataclass(frozen=True)
class QuestionScore:
    """The scores of one question.

    Attributes:
        id: the question's id.
        type: its type.
        missing: the run holds nothing for it.
        scores: its measures.
        length: characters of the answer; None on refusal.
        ms: milliseconds it took; None when missing.
    """

    id: str
    type: str
    missing: bool
    scores: Scores
    length: int | None = None
    ms: float | None = None


@dataclass(frozen=True)
class ScoreRow:
    """The means over the questions of one type, or over all.

    Attributes:
        name: the type, ``all``, or ``synthetic`` over all of a synthetic set.
        questions: how many questions there are.
        missing: how many of them the run lacks; these score as badly as can be.
        scores: each measure's mean over the questions for which it is defined.
        median_length: median length of the answers given, in characters.
        median_ms: median latency in milliseconds.
        p95_ms: its 95th percentile (nearest rank).
    """

    name: str
    questions: int
    missing: int
    scores: Scores
    median_length: float | None
    median_ms: float | None
    p95_ms: float | None


@dataclass(frozen=True)
class ScoreTable:
    """The scores of a run.

    Attributes:
        rows: a row for each type that occurs, in the order of ``QUESTION_TYPES``.
        overall: the row over all questions; of a synthetic set named so.
        questions: the scores of each question, in the order of the golden set.
        unknown_ids: ids of the run that the golden set lacks; they are not scored.
        search_only: the run holds no answer at all, so answers are not scored.
        refusal: how well the system knows what it does not know; None when ``search_only``.
        per_second: questions answered in a second, one after another; None when nothing took time.
    """

    rows: tuple[ScoreRow, ...]
    overall: ScoreRow
    questions: tuple[QuestionScore, ...]
    unknown_ids: tuple[str, ...] = ()
    search_only: bool = False
    refusal: RefusalScores | None = None
    per_second: float | None = None


def format_table(table: ScoreTable) -> str:
    """Two aligned tables, search and answers, with remarks on what is missing; no final newline.

    Measures are shown with three decimals, ``-`` where one is not defined. Chinese characters
    count as two columns.
    """
    rows = (*table.rows, table.overall)
    parts = ["检索", aligned(_retrieval_cells(rows))]
    if not table.search_only:
        parts += ["", "回答", aligned(_answer_cells(rows))]
    return "\n".join([*parts, *_remarks(table)])


def table_json(table: ScoreTable) -> str:
    """The whole table, questions included, as one JSON object with the names of the fields."""
    return json.dumps(asdict(table), ensure_ascii=False, indent=2)


def _retrieval_cells(rows: Sequence[ScoreRow]) -> list[list[str]]:
    titles = ["类型", "题数", *(title for title, _ in _RETRIEVAL), "中位ms", "p95ms"]
    return [titles] + [
        [
            TYPE_NAMES[row.name],
            str(row.questions),
            *(_share(getattr(row.scores, field)) for _, field in _RETRIEVAL),
            _whole(row.median_ms),
            _whole(row.p95_ms),
        ]
        for row in rows
    ]


def _answer_cells(rows: Sequence[ScoreRow]) -> list[list[str]]:
    titles = ["类型", "题数", *(title for title, _ in _ANSWERS), "字数"]
    return [titles] + [
        [
            TYPE_NAMES[row.name],
            str(row.questions),
            *(_share(getattr(row.scores, field)) for _, field in _ANSWERS),
            _whole(row.median_length),
        ]
        for row in rows
    ]


def _remarks(table: ScoreTable) -> list[str]:
    remarks = _refusal_remarks(table.refusal)
    if table.per_second is not None:
        remarks.append(f"速度：每秒 {table.per_second:.1f} 题，一题接一题。")
    if table.overall.name == SYNTHETIC:
        remarks.append(SYNTHETIC_REMARK)
    if table.search_only:
        remarks.append("注：运行结果里没有回答，只评检索。")
    if table.overall.missing:
        absent = [question.id for question in table.questions if question.missing]
        remarks.append(f"注：运行结果缺 {len(absent)} 道题，按最差计：{_some(absent)}")
    if table.unknown_ids:
        count = len(table.unknown_ids)
        remarks.append(f"注：运行结果有 {count} 道题不在题集中，未计：{_some(table.unknown_ids)}")
    return ["", *remarks] if remarks else []


def _refusal_remarks(refusal: RefusalScores | None) -> list[str]:
    if refusal is None:
        return []
    remarks = [f"拒答：精确率 {_share(refusal.precision)}，召回率 {_share(refusal.recall)}。"]
    if refusal.aurc is not None:
        remarks.append(
            f"把握：风险-覆盖曲线下面积 {refusal.aurc:.3f}，"
            f"校准误差 {_share(refusal.calibration_error)}，都是越低越好。"
        )
    return remarks


def _some(ids: Sequence[str]) -> str:
    return "、".join(ids[:_IDS_SHOWN]) + (" 等" if len(ids) > _IDS_SHOWN else "")


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _whole(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"


def aligned(cells: Sequence[Sequence[str]]) -> str:
    """Columns two spaces apart, the first flush left, the others flush right."""
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    lines = []
    for row in cells:
        padded = [row[0] + " " * (widths[0] - _width(row[0]))]
        pairs = zip(row[1:], widths[1:], strict=True)
        padded += [" " * (width - _width(cell)) + cell for cell, width in pairs]
        lines.append("  ".join(padded))
    return "\n".join(lines)


def _width(text: str) -> int:
    """Terminal columns: wide and full-width characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
