"""Candidates in the order of everything that speaks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from indexer.passage import Passage
from retriever.candidates import Candidates
from retriever.naming import Named
from retriever.query import Query
from retriever.settings import Weights
from retriever.signals import (
    character_share,
    holds_value,
    longest_run,
    scope_fit,
    searched_text,
    text_before,
)

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float32]]

#: What a passage of a document named in the query gains, and what one that holds the article asked
#: for gains besides, in units of ``Weights.scope``.
_NAMED, _ARTICLE = 1.0, 3.0


def ranked_rows(
    query: Query,
    candidates: Candidates,
    passages: Sequence[Passage],
    named: Named,
    weights: Weights,
) -> list[tuple[int, float]]:
    """(place among the candidates, score) best first.

    The score is the weighted mean of the signals: 1 for a passage for which everything speaks, a
    little more with the right year besides the right place, and more still in a document that the
    query names. It is comparable within one search only. Equal ones are ordered by row, so that a
    search gives the same order every time.
    """
    import numpy as np

    if not passages:
        return []
    scores = _by_scores(candidates, weights) + _by_texts(query, passages, weights)
    if weights.before:
        base = _by_scores(candidates, weights) / _most(weights)
        scores = scores + weights.before * text_before(base, passages)
    if weights.scope:
        scores = scores + weights.scope * scope_fit(query, passages)
    if weights.scope and named.documents:
        rows = candidates.rows.tolist()
        scores = scores + weights.scope * np.array(
            [_NAMED * (r in named.documents) + _ARTICLE * (r in named.articles) for r in rows],
            dtype=np.float32,
        )
    scores = scores / (sum(astuple(weights)) or 1.0)
    order = np.lexsort((candidates.rows, -scores))
    return [(int(i), float(scores[i])) for i in order]


def _by_scores(candidates: Candidates, weights: Weights) -> Floats:
    scores: Floats = (
        weights.passage * candidates.passage
        + weights.sentence * candidates.sentence
        + weights.lexical * candidates.lexical
    )
    return scores


def _most(weights: Weights) -> float:
    """What ``_by_scores`` is at most."""
    return (weights.passage + weights.sentence + weights.lexical) or 1.0


def _by_texts(query: Query, passages: Sequence[Passage], weights: Weights) -> Floats:
    import numpy as np

    scores = np.zeros(len(passages), dtype=np.float32)
    texts = [searched_text(p) for p in passages]
    if weights.characters:
        scores += weights.characters * character_share(query, texts)
    if weights.run:
        scores += weights.run * longest_run(query, texts)
    if weights.value:
        scores += weights.value * holds_value(query, [p.text for p in passages])
    return scores
