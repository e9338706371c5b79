"""The measures, one function each: what was found, what was answered, and how fast.

A passage *supports* a piece of evidence when it is from the evidence's file and covers its quote
(``eval.metrics.matching.covers``). Evidence that a set lists twice counts once. Every retrieval measure is
0 for a question of whose evidence nothing was found, and is not defined without evidence.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence

from eval.datasets.golden import Evidence, GoldenItem
from eval.datasets.rgb import REFUSAL, RgbQuestion
from eval.datasets.runs import Extract, RunRecord
from eval.metrics.matching import bare, covers, stands_in, without_marks

#: How much a person reads before giving up: about a screen and a half.
READ_CHARACTERS = 1500
#: Kinds of question that ask for one short value.
SHORT_ANSWER_TYPES = frozenset({"fact", "semantic", "noisy", "filter"})


def distinct_evidence(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Evidence without repetitions, compared by file and bare quote, and without empty quotes."""
    kept: dict[tuple[str, str], Evidence] = {}
    for entry in evidence:
        if bare(entry.quote):
            kept.setdefault((entry.doc, bare(entry.quote)), entry)
    return tuple(kept.values())


def supports(extract: Extract, evidence: Evidence) -> bool:
    """Whether a text is from the evidence's file and covers its quote."""
    return extract.doc == evidence.doc and covers(extract.text, evidence.quote)


def supported_by_rank(
    evidence: Sequence[Evidence], passages: Sequence[Extract], depth: int = 10
) -> tuple[frozenset[int], ...]:
    """For each of the first ``depth`` passages, the indices of the evidence it supports."""
    return tuple(
        frozenset(i for i, entry in enumerate(evidence) if supports(passage, entry))
        for passage in passages[:depth]
    )


def success(found: Sequence[frozenset[int]], depth: int = 5) -> float:
    """1 when any of the first ``depth`` passages supports any evidence, else 0."""
    return float(any(found[:depth]))


def recall(found: Sequence[frozenset[int]], total: int, depth: int = 10) -> float:
    """Share of the ``total`` distinct pieces of evidence that the first ``depth`` support."""
    return len(frozenset().union(*found[:depth])) / total


def ndcg(found: Sequence[frozenset[int]], total: int, depth: int = 10) -> float:
    """Normalised discounted cumulative gain that rewards new evidence only.

    DCG = Σ g(r) / log2(r + 1) over ranks r = 1 … ``depth``, where g(r) is 1 when passage r
    supports evidence that no higher passage supports, else 0; divided by the DCG of min(total,
    depth) gains at the top. The discount is that of K. Järvelin and J. Kekäläinen, "Cumulated
    gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002; the gain of novelty follows
    C. Clarke et al., "Novelty and diversity in information retrieval evaluation", SIGIR 2008
    (α = 1, binary). With one piece of evidence it equals trec_eval's ``ndcg_cut`` when only the
    first supporting passage is judged relevant.
    """
    seen: set[int] = set()
    gained = 0.0
    for rank, supported in enumerate(found[:depth], start=1):
        if supported - seen:
            gained += 1 / math.log2(rank + 1)
        seen |= supported
    return gained / sum(1 / math.log2(rank + 1) for rank in range(1, min(total, depth) + 1))


def reciprocal_rank(found: Sequence[frozenset[int]], depth: int = 10) -> float:
    """1 / rank of the first passage that supports any evidence; 0 when none does.

    Source: E. Voorhees, "The TREC-8 question answering track report", 1999.
    """
    ranks = (rank for rank, supported in enumerate(found[:depth], start=1) if supported)
    first = next(ranks, None)
    return 0.0 if first is None else 1 / first


def success_in_read(
    evidence: Sequence[Evidence], passages: Sequence[Extract], characters: int = READ_CHARACTERS
) -> float:
    """1 when evidence stands within the first ``characters`` read from the top, else 0.

    The passage that crosses the limit is cut there, so that long passages win nothing.
    """
    left = characters
    for passage in passages:
        if left <= 0:
            break
        read = Extract(passage.doc, passage.text[:left])
        # A beginning covers nothing that the whole does not, and the whole's answer is cached.
        if any(supports(passage, entry) and supports(read, entry) for entry in evidence):
            return 1.0
        left -= len(passage.text)
    return 0.0


def contains_answer(item: GoldenItem, answer: str) -> float | None:
    """1 when a gold answer stands in the answer text, else 0.

    Where the set gives no ``answers`` but ``must_include``, all of its items must stand in the
    text. None where it gives neither.
    """
    text = without_marks(answer)
    if item.answers:
        return float(any(stands_in(gold, text) for gold in item.answers))
    if item.must_include:
        return float(all(stands_in(part, text) for part in item.must_include))
    return None


def rgb_right(question: RgbQuestion, answer: str, answered: bool, noise_rate: float) -> bool:
    """Whether an answer is right: of each group one wording stands in it; at rate 1, a refusal.

    Compared as golden answers are (``eval.metrics.matching.stands_in``), where RGB looks for the characters:
    ``97`` is not in ``1997年`` here.
    """
    if noise_rate == REFUSAL:
        return not answered
    text = without_marks(answer)
    return answered and all(
        any(stands_in(wording, text) for wording in group) for group in question.answers
    )


def items_found(item: GoldenItem, answer: str) -> float | None:
    """Share of ``must_include`` that stands in the answer text; None where there is none."""
    if not item.must_include:
        return None
    text = without_marks(answer)
    return sum(stands_in(part, text) for part in item.must_include) / len(item.must_include)


def short_answer_f1(item: GoldenItem, short_answer: str) -> float | None:
    """Character F1 of the short answer, the best over the gold answers; None where none is due.

    Over bare characters counted with repetition: F1 = 2PR / (P + R). Source: P. Rajpurkar et al.,
    "SQuAD", EMNLP 2016, with characters for words as in Y. Cui et al., "CMRC 2018", EMNLP 2019.
    """
    if item.type not in SHORT_ANSWER_TYPES or not item.answers:
        return None
    given = bare(without_marks(short_answer))
    return max(_character_f1(given, bare(gold)) for gold in item.answers)


def exact_match(item: GoldenItem, short_answer: str) -> float | None:
    """1 when the short answer is a gold answer, both bare, else 0; None where none is due.

    Source: P. Rajpurkar et al., "SQuAD", EMNLP 2016.
    """
    if item.type not in SHORT_ANSWER_TYPES or not item.answers:
        return None
    given = bare(without_marks(short_answer))
    return float(bool(given) and any(given == bare(gold) for gold in item.answers))


def _character_f1(given: str, gold: str) -> float:
    shared = (Counter(given) & Counter(gold)).total()
    # 2PR / (P + R) with P = shared / |given| and R = shared / |gold|.
    return 2 * shared / (len(given) + len(gold)) if shared else 0.0


def citation_supports(item: GoldenItem, record: RunRecord) -> float | None:
    """1 when a citation proves the answer, else 0; None on refusal or without evidence.

    A citation proves it when it is from a file of the evidence and covers a quote of that file
    or holds a gold answer.
    """
    if not record.answered or not item.answerable or not item.evidence:
        return None
    docs = {entry.doc for entry in item.evidence}
    return float(
        any(
            any(supports(citation, entry) for entry in item.evidence)
            or any(stands_in(gold, citation.text) for gold in item.answers)
            for citation in record.citations
            if citation.doc in docs
        )
    )


def answer_length(record: RunRecord) -> int | None:
    """Characters of the answer without its citation marks; None on refusal."""
    return len(without_marks(record.answer)) if record.answered else None


def per_second(times: Sequence[float]) -> float | None:
    """Questions answered in a second, of milliseconds a question; None where nothing took time."""
    return 1000 * len(times) / sum(times) if sum(times) else None


def median_and_p95(times: Sequence[float]) -> tuple[float, float] | tuple[None, None]:
    """Median and 95th percentile (nearest rank); None where there is no time."""
    return (statistics.median(times), percentile(times, 0.95)) if times else (None, None)


def percentile(values: Sequence[float], share: float) -> float:
    """Smallest value that at least ``share`` of the values do not exceed (nearest rank).

    Raises:
        ValueError: no values, or a share outside 0 … 1.
    """
    if not values or not 0 <= share <= 1:
        raise ValueError(f"got {len(values)} values and share {share}")
    # Rounded first: 0.95 × 60 is not quite 57 in binary.
    return sorted(values)[max(0, math.ceil(round(share * len(values), 9)) - 1)]


def mean(values: Sequence[float | None]) -> float | None:
    """Mean of the values that are defined; None where none is."""
    defined = [value for value in values if value is not None]
    return statistics.fmean(defined) if defined else None
