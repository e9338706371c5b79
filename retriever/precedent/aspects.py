"""Which passages serve a draft best: each of its sentences wants precedents of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from retriever.hit import Hit
from retriever.precedent.likeness import Match


def rank_for_draft(
    matches: Sequence[Sequence[Match]], hits: Iterable[Hit], k: int
) -> tuple[Hit, ...]:
    """The ``k`` hits that together hold most precedents, each score being what the hit adds.

    Greedy: a passage's worth is the sum over the draft's sentences of its best likeness times what
    the passages before it have left open, Π (1 − likeness) (xQuAD, Santos et al. 2010, with the
    sentences as aspects). Passages without a precedent are left out.

    Args:
        matches: of each sentence of the draft, those found for it.
        hits: all that were found, each passage once.
        k: how many.
    """
    likenesses = _best_likenesses(matches)
    left = {hit.passage.id: hit for hit in hits if hit.passage.id in likenesses}
    open_share = [1.0] * len(matches)
    chosen: list[Hit] = []

    def worth(identifier: str) -> float:
        return sum(like * open_share[n] for n, like in likenesses[identifier].items())

    while left and len(chosen) < k:
        pick = max(left, key=lambda identifier: (worth(identifier), identifier))
        chosen.append(replace(left.pop(pick), rank=len(chosen) + 1, score=worth(pick)))
        for n, like in likenesses[pick].items():
            open_share[n] *= 1 - like
    return tuple(chosen)


def _best_likenesses(matches: Sequence[Sequence[Match]]) -> dict[str, dict[int, float]]:
    """Of each passage with precedents: sentence number → its best likeness."""
    found: dict[str, dict[int, float]] = {}
    for n, group in enumerate(matches):
        for match in group:
            if match.is_precedent:
                own = found.setdefault(match.passage.id, {})
                own[n] = max(own.get(n, 0.0), match.likeness)
    return found
