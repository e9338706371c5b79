"""Which passages drafters are shown: near-copies folded, places in turns, counted by what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.backend import Counts, counted
from indexer.passage import Passage
from indexer.tokens import tokenise
from retriever.hit import Hit
from retriever.precedent.likeness import Match

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
    shown: Counter[str] = Counter()
    ordered: list[Precedent] = []
    while left:
        pick = max(left, key=lambda p: p.hit.score - cost * shown[place_of(p.hit.passage)])
        left.remove(pick)
        shown[place_of(pick.hit.passage)] += 1
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
    return passage.metadata.local_region or passage.document_id


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


#: Fields that what was found is counted by.
_FIELDS = ("region", "issuer", "year", "doc_type")


def by_document(precedents: Sequence[Precedent]) -> tuple[tuple[Precedent, ...], ...]:
    """Precedents grouped, the document of the best one first."""
    groups: dict[str, list[Precedent]] = {}
    for one in precedents:
        groups.setdefault(one.hit.passage.document_id, []).append(one)
    return tuple(map(tuple, groups.values()))


def facets(passages: Iterable[Passage]) -> dict[str, Counts]:
    """Field → how many of the passages' documents have each value; the newest year first."""
    documents = {passage.document_id: passage.metadata for passage in passages}
    counts = {field: counted(documents.values(), field) for field in _FIELDS}
    return counts | {"year": tuple(sorted(counts["year"], reverse=True))}
