"""Passages for drafters: near-copies folded, places mixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.passage import Passage
from indexer.tokens import tokenise
from retriever.hit import Hit

#: Share of common character pairs from which two passages are one wording (Jaccard).
_SAME_WORDING = 0.7
#: What each passage already shown of a place costs its next one, in shares of the span between the
#: best and the worst score. On the dev questions the first five are then of 4.4 places instead of
#: 3.8, for .01 of nDCG; what is chosen stays the same, so that recall does.
_TURN = 0.2


@dataclass(frozen=True)
class Precedent:
    """A passage worth copying from.

    Attributes:
        hit: the best of its wording.
        copies: other passages with nearly the same words, best first.
    """

    hit: Hit
    copies: tuple[Hit, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Its passage and the copies'."""
        return (self.hit.passage, *(copy.passage for copy in self.copies))


def spread(hits: Sequence[Hit], k: int) -> tuple[Precedent, ...]:
    """The ``k`` best wordings, in an order in which places take turns.

    Maximal marginal relevance (Carbonell & Goldstein 1998) whose similarity is "from the same
    place". It orders what is chosen and chooses nothing: a second good passage of a place is worth
    more to a drafter than a bad one of another.
    """
    left = fold(hits)[:k]
    scores = [precedent.hit.score for precedent in left]
    cost = _TURN * (max(scores) - min(scores)) if left else 0.0
    shown: dict[str, int] = {}
    ordered: list[Precedent] = []
    while left:
        pick = max(left, key=lambda p: p.hit.score - cost * shown.get(place_of(p.hit.passage), 0))
        left.remove(pick)
        place = place_of(pick.hit.passage)
        shown[place] = shown.get(place, 0) + 1
        ordered.append(replace(pick, hit=replace(pick.hit, rank=len(ordered) + 1)))
    return tuple(ordered)


def fold(hits: Sequence[Hit]) -> list[Precedent]:
    """Wordings with the passages that have nearly the same words, in the order given."""
    heads: list[tuple[Hit, set[str], list[Hit]]] = []
    for hit in hits:
        pairs = set(tokenise(hit.passage.text))
        exact = [Hit(hit.rank, hit.score, passage) for passage in hit.copies]
        for _, own, copies in heads:
            if len(pairs & own) >= _SAME_WORDING * len(pairs | own):
                copies += [hit, *exact]
                break
        else:
            heads.append((hit, pairs, exact))
    return [Precedent(head, tuple(copies)) for head, _, copies in heads]


def place_of(passage: Passage) -> str:
    """The place a passage is from; its document where the place is not known."""
    return passage.metadata.region or passage.document_id
