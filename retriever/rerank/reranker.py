"""A second look at the best passages, by a slower model that reads question and passage together."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from corpus.errors import SettingsError
from indexer.passage import Passage
from retriever.settings import RerankSettings

_log = logging.getLogger("policyqa.reranking")

#: Passages with their scores, best first.
Ranked = Sequence[tuple[Passage, float]]


class Reranker(Protocol):
    """Anything that says how well texts answer a query; called from several threads."""

    def scores(self, query: str, texts: Sequence[str], seconds: float) -> Sequence[float | None]:
        """Relevance of each text, higher is better; None for those that the time did not suffice for.

        The scores may be on any scale and are comparable within one call only. ``texts`` come best
        first, so that it is the last ones that go without when the time is up.
        """


def load_reranker(settings: RerankSettings) -> Reranker | None:
    """The reranker of the settings, ready for use; None when none is set, and nothing is imported.

    Raises:
        PolicyQAError: a setting does not fit, or the model is missing or does not work.
    """
    if not settings.model:
        return None
    _check(settings)
    from retriever.rerank.cross_encoder import CrossEncoderReranker, open_cross_encoder

    return CrossEncoderReranker(open_cross_encoder(settings), settings)


def rerank(
    ranked: Ranked, query: str, reranker: Reranker, settings: RerankSettings
) -> list[tuple[Passage, float]]:
    """``ranked`` with its first ``settings.candidates`` passages in a new order.

    Both scores are scaled to [0, 1] over the passages that the reranker scored, then added,
    ``settings.weight`` on the reranker's side, and the sum is scaled to the interval that the old
    scores of these very passages filled. So the new scores are of the same size as the old ones,
    fall from rank to rank, and stay above those of the passages behind: the ones that the reranker
    had no time for and the ones beyond ``candidates``, which keep order and score. Nothing speaks
    for lifting these over a passage that was before them and has been read.

    Equal sums keep their old order. When the reranker fails, or scores fewer than two passages,
    everything stays as it was, and a warning is logged once.
    """
    head = ranked[: settings.candidates]
    if len(head) < 2:
        return list(ranked)
    scores = _scores(head, query, reranker, settings)
    scored = [i for i, score in enumerate(scores) if score is not None]
    old = [head[i][1] for i in scored]
    new = [score for score in scores if score is not None]
    if len(new) < 2 or max(new) <= min(new):
        return list(ranked)
    weight, low, high = settings.weight, min(old), max(old)
    sums = [(1 - weight) * o + weight * n for o, n in zip(_scaled(old), _scaled(new), strict=True)]
    order = sorted(range(len(scored)), key=lambda i: -sums[i])
    first = [(head[scored[i]][0], low + (high - low) * sums[i]) for i in order]
    read = set(scored)
    # A reranker that leaves gaps: what was skipped is now behind and may not score above.
    lowest = first[-1][1]
    behind = [(p, min(s, lowest)) for i, (p, s) in enumerate(ranked) if i not in read]
    return first + behind


def _scores(
    head: Ranked, query: str, reranker: Reranker, settings: RerankSettings
) -> list[float | None]:
    """The reranker's scores, what is no number left out; all None when it fails."""
    try:
        # As is encoded for the index, but that a document without a title goes by its file's name.
        texts = [passage.in_context(Path(passage.doc).stem) for passage, _ in head]
        given = reranker.scores(query, texts, settings.budget_ms / 1000)
        if len(given) != len(head):
            raise ValueError(f"{len(given)} scores of {len(head)} texts")
        found = [None if s is None or not math.isfinite(s) else float(s) for s in given]
    # A search without a second look is worth more than none, whatever a model's libraries raise.
    except Exception as error:
        first = (str(error).strip().splitlines() or [""])[0][:120]
        _warn_once(f"重排失败（{type(error).__name__}: {first}），按原来的顺序显示")
        return [None] * len(head)
    if sum(score is not None for score in found) < 2:
        _warn_once(
            f"重排来不及：{settings.budget_ms} 毫秒内打不完两段的分，按原来的顺序显示；"
            "可以加大 reranker.budget_ms，或换一个小些的模型"
        )
    return found


@lru_cache(maxsize=64)
def _warn_once(message: str) -> None:
    """Log a warning, the same one only once a process."""
    _log.warning(message)


def _scaled(scores: Sequence[float]) -> list[float]:
    """Min–max scaling to [0, 1], as candidates are; equal scores become 0."""
    low, high = min(scores), max(scores)
    return [(score - low) / (high - low) if high > low else 0.0 for score in scores]


def _check(settings: RerankSettings) -> None:
    for name, value, least in (
        ("candidates", settings.candidates, 2),
        ("budget_ms", settings.budget_ms, 1),
        ("max_length", settings.max_length, 16),
        ("batch", settings.batch, 1),
    ):
        if value < least:
            raise SettingsError(f"reranker.{name} 是 {value}", f"{least} 以上的整数", "改正设置")
    if not 0 < settings.weight <= 1:
        raise SettingsError(
            f"reranker.weight 是 {settings.weight}",
            "大于 0、不超过 1 的数",
            "改正设置；不要重排就去掉 reranker.model",
        )
