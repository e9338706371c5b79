"""Scoring a run: each question, each type and overall."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import fields

from corpus.errors import PolicyQAError
from eval.datasets.golden import QUESTION_TYPES, GoldenItem, require_one_make
from eval.datasets.runs import RunRecord
from eval.metrics import measures as metrics
from eval.metrics.citations import citation_scores, quote_exactness
from eval.metrics.refusal import outcomes_of, refusal_scores
from eval.metrics.table import (
    OVERALL,
    SYNTHETIC,
    QuestionScore,
    ScoreRow,
    Scores,
    ScoreTable,
    format_table,
    table_json,
)

# A table's types and layout are next door; callers need only this module.
__all__ = [
    "QuestionScore",
    "ScoreRow",
    "ScoreTable",
    "Scores",
    "format_table",
    "score_run",
    "table_json",
]


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
            "同一个题集的 --golden 和 --run",
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
    latency = metrics.latency([record.ms for record in records.values()])
    return ScoreTable(
        rows,
        _row(overall, questions),
        questions,
        unknown,
        search_only,
        refusal=None if search_only else refusal_scores(outcomes_of(golden, run)),
        per_second=latency.per_second if latency else None,
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
    evidence = metrics.distinct_evidence(item)
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
    times = [question.ms for question in questions if question.ms is not None]
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
        median_ms=statistics.median(times) if times else None,
        p95_ms=metrics.percentile(times, 0.95) if times else None,
    )
