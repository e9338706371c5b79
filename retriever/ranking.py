"""Candidates in the order of everything that speaks for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import astuple

import numpy as np

from corpus.language import answer_values
from corpus.language.equivalents import plain_values
from corpus.language.question_words import FUNCTION_CHARACTERS
from indexer.backend import Floats
from indexer.passage import Passage
from retriever.candidates import Candidates
from retriever.query.analysis import AnswerKind, Question
from retriever.query.named_documents import Named
from retriever.settings import Weights

#: What a passage of a document named in the query gains, and what one that holds the article asked
#: for gains besides, in units of ``Weights.scope``.
_NAMED, _ARTICLE = 1.0, 3.0


def ranked_rows(
    query: Question,
    candidates: Candidates,
    passages: Sequence[Passage],
    named: Named,
    weights: Weights,
) -> list[tuple[int, float]]:
    """(place among the candidates, score) best first.

    The score is the weighted mean of the features: 1 for a passage for which everything speaks, a
    little more with the right year besides the right place, and more still in a document that the
    query names. It is comparable within one search only. Equal ones keep the candidates' order, so
    that a search gives the same order every time.
    """
    if not passages:
        return []
    base: Floats = (
        weights.passage * candidates.passage
        + weights.sentence * candidates.sentence
        + weights.lexical * candidates.lexical
    )
    most = (weights.passage + weights.sentence + weights.lexical) or 1.0
    texts = [plain_values(p.in_context()) for p in passages]
    parts: tuple[tuple[float, Callable[[], Floats]], ...] = (
        (weights.characters, lambda: character_share(query, texts)),
        (weights.run, lambda: longest_run(query, texts)),
        (weights.value, lambda: holds_value(query, [p.text for p in passages])),
        (weights.before, lambda: text_before(base / most, passages)),
        (weights.scope, lambda: scope_fit(query, passages) + _gains(candidates.ids, named)),
    )
    scores = sum((weight * part() for weight, part in parts if weight), base)
    scores = scores / (sum(astuple(weights)) or 1.0)
    order = np.argsort(-scores, kind="stable")
    return [(int(i), float(scores[i])) for i in order]


def _gains(ids: Sequence[str], named: Named) -> Floats:
    """What passages gain that the query names."""
    documents, articles = set(named.documents), set(named.articles)
    gains = [_NAMED * (i in documents) + _ARTICLE * (i in articles) for i in ids]
    return np.array(gains, dtype=np.float32)


#: What an answer of a kind has in it, as a rough feature; exact values are read by ``qa``.
_VALUES: dict[AnswerKind, re.Pattern[str]] = {
    AnswerKind.DATE: answer_values.SIGNS_OF_DATE,
    AnswerKind.DURATION: answer_values.SIGNS_OF_DURATION,
    AnswerKind.NUMBER: answer_values.SIGNS_OF_NUMBER,
    AnswerKind.CONTACT: answer_values.SIGNS_OF_CONTACT,
    AnswerKind.LIST: answer_values.SIGNS_OF_LIST,
}
#: How much a wrong or right year weighs against a place, which separates look-alikes better.
_OF_A_YEAR = 0.3


def character_share(query: Question, texts: Sequence[str]) -> Floats:
    """Share of the query's different characters that each text holds, without function words'.

    Holds what bigrams miss: words whose characters stand apart (「关张」, 「关门大吉」).
    """
    wanted = {c for c in query.text if c.isalnum() and c not in FUNCTION_CHARACTERS}
    return np.array([len(wanted & set(text)) / (len(wanted) or 1) for text in texts], np.float32)


def longest_run(query: Question, texts: Sequence[str]) -> Floats:
    """Length of the longest piece of the query that stands in each text, by the query's length."""
    words = "".join(c for c in query.text if c.isalnum())
    return np.array([_run(words, text) / (len(words) or 1) for text in texts], np.float32)


def _run(words: str, text: str) -> int:
    longest = start = 0
    while start + longest < len(words):
        if words[start : start + longest + 1] in text:
            longest += 1
        else:
            start += 1
    return longest


def scope_fit(query: Question, passages: Sequence[Passage]) -> Floats:
    """Whether each passage is of the place and year asked about: from −1.3 (of others) to 1.3."""
    return np.array([_place(query, p) + _OF_A_YEAR * _year(query, p) for p in passages], np.float32)


def _place(query: Question, passage: Passage) -> float:
    if not query.places:
        return 0.0
    own = passage.metadata.local_region
    named = " ".join((own, passage.title, *passage.heading_path))
    if any(place in named for place in query.places):
        return 1.0
    # A provincial report that names the city is not about another place.
    return -1.0 if own and not any(place in passage.text for place in query.places) else 0.0


def _year(query: Question, passage: Passage) -> float:
    if not query.years:
        return 0.0
    own = passage.metadata.year
    if own in query.years or any(y in passage.title or y in passage.text for y in query.years):
        return 1.0
    return -1.0 if own else 0.0


def holds_value(query: Question, texts: Sequence[str]) -> Floats:
    """1 for texts that hold the kind of value asked for (a date, a number, a telephone …)."""
    pattern = _VALUES.get(query.kind)
    return np.array([pattern is not None and bool(pattern.search(t)) for t in texts], np.float32)


def text_before(scores: Floats, passages: Sequence[Passage]) -> Floats:
    """The score of the passage right before each in its document, 0 where that is no candidate.

    An answer often stands behind the passage that names the subject.
    """
    known = {(p.document_id, p.ordinal): float(s) for p, s in zip(passages, scores, strict=True)}
    return np.array([known.get((p.document_id, p.ordinal - 1), 0.0) for p in passages], np.float32)
