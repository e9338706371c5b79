"""Passages for drafters: near-copies folded, places mixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.tokens import tokenise
from retriever.hit import Hit

#: Share of common character pairs from which two passages are one wording (Jaccard).
_SAME_WORDING = 0.7
#: What one more passage of a place already shown loses, relative to the best score.
_REPEATED_PLACE = 0.08


@dataclass(frozen=True)
class Precedent:
    """A passage worth copying from.

    Attributes:
        hit: the best of its wording.
        copies: other passages with nearly the same words, best first.
    """

    hit: Hit
    copies: tuple[Hit, ...] = ()


def group_precedents(hits: Sequence[Hit], k: int) -> tuple[Precedent, ...]:
    """At most ``k`` wordings, ranked anew so that places take turns (a maximal-marginal-relevance
    order whose similarity is "from the same place", Carbonell & Goldstein 1998).
    """
    folded = _fold(hits)
    chosen: list[Precedent] = []
    shown: dict[str, int] = {}
    best = folded[0].hit.score if folded else 1.0
    while folded and len(chosen) < k:
        pick = max(
            folded, key=lambda p: p.hit.score - _REPEATED_PLACE * best * shown.get(_place(p), 0)
        )
        folded.remove(pick)
        shown[_place(pick)] = shown.get(_place(pick), 0) + 1
        chosen.append(replace(pick, hit=replace(pick.hit, rank=len(chosen) + 1)))
    return tuple(chosen)


def _place(precedent: Precedent) -> str:
    passage = precedent.hit.passage
    return passage.metadata.region or passage.document_id


def _fold(hits: Sequence[Hit]) -> list[Precedent]:
    heads: list[tuple[Hit, set[str], list[Hit]]] = []
    for hit in hits:
        pairs = set(tokenise(hit.passage.text))
        for _, own, copies in heads:
            if len(pairs & own) >= _SAME_WORDING * len(pairs | own):
                copies.append(hit)
                break
        else:
            heads.append((hit, pairs, []))
    return [Precedent(head, tuple(copies)) for head, _, copies in heads]
