"""Scoring a run: each question, each type and overall, and the table of it."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, fields

from corpus.errors import PolicyQAError
from eval.datasets.golden import QUESTION_TYPES, GoldenItem, require_one_make
from eval.datasets.runs import RunRecord
from eval.metrics import measures as metrics
from eval.metrics.citations import citation_scores, quote_exactness
from eval.metrics.layout import aligned, share, some, whole
from eval.metrics.refusal import RefusalScores, outcomes_of, refusal_scores

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
_TIMES = (("中位ms", "median_ms"), ("p95ms", "p95_ms"))
_LENGTH = (("字数", "median_length"),)


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


def score_run(golden: Sequence[GoldenItem], run: Sequence[RunRecord]) -> ScoreTable:
    """Score a run against a golden set.

    A question that the run lacks is never left out of a mean: it scores 0, and counts as refused
    where refusing is wrong and as not refused where it is right.

    Raises:
        PolicyQAError: the golden set is empty or partly synthetic, or no id of the run is in it.
    """
    if not golden:
        raise PolicyQAError("题集里没有题", "至少一道题", "换一个题集再试")
    overall = SYNTHETIC if require_one_make(golden) else OVERALL
    known = {item.id for item in golden}
    records = {record.id: record for record in run if record.id in known}
    if not records:
        raise PolicyQAError(
            "运行结果里没有一道题在题集中",
            "同一个题集的 --questions 和 --run",
            "检查两个文件是否对应",
        )
    search_only = not any(record.answered or record.answer for record in records.values())
    questions = tuple(_score(item, records.get(item.id), search_only) for item in golden)
    rows = tuple(
        _row(kind, chosen)
        for kind in QUESTION_TYPES
        if (chosen := [question for question in questions if question.type == kind])
    )
    unknown = tuple(record.id for record in run if record.id not in known)
    return ScoreTable(
        rows,
        _row(overall, questions),
        questions,
        unknown,
        search_only,
        refusal=None if search_only else refusal_scores(outcomes_of(golden, run)),
        per_second=metrics.per_second([record.ms for record in records.values()]),
    )


def _score(item: GoldenItem, record: RunRecord | None, search_only: bool) -> QuestionScore:
    given = record or RunRecord(item.id)
    found = _retrieval(item, given)
    if not search_only:
        found |= _answer(item, given, missing=record is None)
    return QuestionScore(
        id=item.id,
        type=item.type,
        missing=record is None,
        scores=Scores(**found),
        length=metrics.answer_length(given),
        ms=record.ms if record else None,
    )


def _retrieval(item: GoldenItem, record: RunRecord) -> dict[str, float | None]:
    evidence = metrics.distinct_evidence(item.evidence)
    if not item.answerable or not evidence:
        return {}
    found = metrics.supported_by_rank(evidence, record.passages)
    return {
        "success_at_5": metrics.success(found),
        "recall_at_10": metrics.recall(found, len(evidence)),
        "ndcg_at_10": metrics.ndcg(found, len(evidence)),
        "rr_at_10": metrics.reciprocal_rank(found),
        "success_in_1500": metrics.success_in_read(evidence, record.passages),
    }


def _answer(item: GoldenItem, record: RunRecord, missing: bool) -> dict[str, float | None]:
    if not item.answerable:
        return {"refused_noans": float(not record.answered and not missing)}
    # What a refusal happens to quote as nearest facts is not an answer.
    text = record.answer if record.answered else ""
    short = record.short_answer if record.answered else ""
    cited = citation_scores(record)
    return {
        "contains": metrics.contains_answer(item, text),
        "short_f1": metrics.short_answer_f1(item, short),
        "short_exact": metrics.exact_match(item, short),
        "items_found": metrics.items_found(item, text),
        "citation_supports": metrics.citation_supports(item, record),
        "citation_recall": cited.recall if cited else None,
        "citation_precision": cited.precision if cited else None,
        "quote_exact": quote_exactness(record) if cited else None,
        "refused_answerable": float(not record.answered),
    }


def _row(name: str, questions: Sequence[QuestionScore]) -> ScoreRow:
    lengths = [question.length for question in questions if question.length is not None]
    median, p95 = metrics.median_and_p95([q.ms for q in questions if q.ms is not None])
    means = {
        field.name: metrics.mean([getattr(question.scores, field.name) for question in questions])
        for field in fields(Scores)
    }
    return ScoreRow(
        name=name,
        questions=len(questions),
        missing=sum(question.missing for question in questions),
        scores=Scores(**means),
        median_length=statistics.median(lengths) if lengths else None,
        median_ms=median,
        p95_ms=p95,
    )


def format_table(table: ScoreTable) -> str:
    """Two aligned tables, search and answers, with remarks on what is missing; no final newline.

    Measures are shown with three decimals, ``-`` where one is not defined. Chinese characters
    count as two columns.
    """
    rows = (*table.rows, table.overall)
    parts = ["检索", aligned(_cells(rows, _RETRIEVAL, _TIMES))]
    if not table.search_only:
        parts += ["", "回答", aligned(_cells(rows, _ANSWERS, _LENGTH))]
    return "\n".join([*parts, *_remarks(table)])


def _cells(
    rows: Sequence[ScoreRow], measures: Sequence[tuple[str, str]], others: Sequence[tuple[str, str]]
) -> list[list[str]]:
    """Titles, then a line a row; measures are fields of its scores, the others its own."""
    titles = ["类型", "题数", *(title for title, _ in (*measures, *others))]
    return [titles] + [
        [
            TYPE_NAMES[row.name],
            str(row.questions),
            *(share(getattr(row.scores, field)) for _, field in measures),
            *(whole(getattr(row, field)) for _, field in others),
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
        remarks.append(f"注：运行结果缺 {len(absent)} 道题，按最差计：{some(absent)}")
    if table.unknown_ids:
        count = len(table.unknown_ids)
        remarks.append(f"注：运行结果有 {count} 道题不在题集中，未计：{some(table.unknown_ids)}")
    return ["", *remarks] if remarks else []


def _refusal_remarks(refusal: RefusalScores | None) -> list[str]:
    if refusal is None:
        return []
    remarks = [f"拒答：精确率 {share(refusal.precision)}，召回率 {share(refusal.recall)}。"]
    if refusal.aurc is not None:
        remarks.append(
            f"把握：风险-覆盖曲线下面积 {refusal.aurc:.3f}，"
            f"校准误差 {share(refusal.calibration_error)}，都是越低越好。"
        )
    return remarks
