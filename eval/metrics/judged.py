"""Ranked documents against relevance judgements, by the names and values of the field.

The measures are those of ``ir_measures`` (S. MacAvaney, C. Macdonald and I. Ounis, "Streamlining
evaluation with ir-measures", ECIR 2022), most of them computed by trec_eval's own code.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.errors import PolicyQAError
from eval.datasets.autorag import AutoRagQuestion
from eval.datasets.trec import Qrels, Run
from eval.metrics.layout import some

#: What is measured when nothing else is asked for.
DEFAULT_MEASURES = ("nDCG@10", "RR@10", "AP", "R@10", "R@100", "P@10", "Success@5", "Judged@10")


@dataclass(frozen=True)
class JudgedScores:
    """A run's measures.

    Attributes:
        means: measure → mean over all queries of the qrels.
        per_query: measure → query id → value, for every query of the qrels in their order.
        retrieved: documents that the run ranks for those queries.
        unjudged: how many of these nobody judged; they count as not relevant.
        missing: queries of the qrels for which the run has nothing; they score 0.
        unknown: queries of the run that the qrels lack; they are not scored.
    """

    means: Mapping[str, float]
    per_query: Mapping[str, Mapping[str, float]]
    retrieved: int
    unjudged: int
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def judged_measures(
    qrels: Qrels, run: Run, names: Sequence[str] = DEFAULT_MEASURES
) -> JudgedScores:
    """Measure a run; the measures bear the names in which ``ir_measures`` writes them.

    A query without a result scores 0 and counts in the mean, as one without a relevant document
    does (trec_eval's ``-c``). Ties are broken as in ``Run.ranking``, in every measure.

    Raises:
        PolicyQAError: a name is unknown, nothing is judged, or no query of the run is.
    """
    if not qrels.relevance:
        raise PolicyQAError("相关性判断是空的", "至少一道题的判断", "换一个 qrels 文件再试")
    rankings = {q: ranking for q in qrels.relevance if (ranking := run.ranking(q))}
    if not rankings:
        raise PolicyQAError(
            "运行结果里没有一道题在相关性判断中",
            "同一批题目的 --qrels 和 --run",
            "检查两个文件是否对应",
        )
    measures = [_measure(name) for name in names]
    per_query = {str(measure): dict.fromkeys(qrels.relevance, 0.0) for measure in measures}
    for found in _calculated(measures, qrels, rankings):
        per_query[str(found.measure)][found.query_id] = float(found.value)
    return JudgedScores(
        means={name: statistics.fmean(values.values()) for name, values in per_query.items()},
        per_query=per_query,
        retrieved=sum(map(len, rankings.values())),
        unjudged=sum(
            doc not in qrels.relevance[query] for query, docs in rankings.items() for doc in docs
        ),
        missing=tuple(query for query in qrels.relevance if query not in rankings),
        unknown=tuple(query for query in run.scores if query not in qrels.relevance),
    )


def _calculated(
    measures: Sequence[Any], qrels: Qrels, rankings: Mapping[str, Sequence[str]]
) -> list[Any]:
    import ir_measures

    judged = {query: dict(grades) for query, grades in qrels.relevance.items()}
    # Scores without ties: the programs behind the measures break ties in different ways.
    ranked = {
        query: {doc: float(len(docs) - place) for place, doc in enumerate(docs)}
        for query, docs in rankings.items()
    }
    try:
        return list(ir_measures.iter_calc(measures, judged, ranked))
    except (ValueError, AssertionError):
        names = "、".join(map(str, measures))
        raise _unknown(names) from None


def _measure(name: str) -> Any:
    import ir_measures

    try:
        measure: Any = ir_measures.parse_measure(name)
        measure.validate_params()
    except (ValueError, NameError, TypeError, AssertionError):
        raise _unknown(name) from None
    cutoff = measure.params.get("cutoff", 1)
    if not isinstance(cutoff, int) or cutoff < 1:
        raise _unknown(name)
    return measure


def _unknown(name: str) -> PolicyQAError:
    return PolicyQAError(
        f"算不了指标「{name}」",
        "ir_measures 的写法，如 nDCG@10、RR、AP、R@100、P(rel=2)@10",
        "改正指标的名字",
    )


def format_judged(scores: JudgedScores) -> str:
    """The means, one measure a line, with remarks on what is missing; no final newline."""
    width = max(map(len, scores.means))
    count = len(next(iter(scores.per_query.values())))
    lines = [f"{name:<{width}}  {value:.4f}" for name, value in scores.means.items()]
    lines += [
        "",
        f"注：{count} 道题，返回 {scores.retrieved} 条，其中 {scores.unjudged} 条无人判断，按不相关计。",
    ]
    if scores.missing:
        lines.append(f"注：运行结果缺 {len(scores.missing)} 道题，计 0 分：{some(scores.missing)}")
    if scores.unknown:
        lines.append(
            f"注：运行结果有 {len(scores.unknown)} 道题不在判断中，未计：{some(scores.unknown)}"
        )
    return "\n".join(lines)


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
