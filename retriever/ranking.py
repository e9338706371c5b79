"""Candidates in the order of everything that speaks for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import astuple

import numpy as np

from corpus.language import answer_values
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

    The score is the weighted mean of the signals: 1 for a passage for which everything speaks, a
    little more with the right year besides the right place, and more still in a document that the
    query names. It is comparable within one search only. Equal ones keep the candidates' order, so
    that a search gives the same order every time.
    """
    if not passages:
        return []
    scores = _by_scores(candidates, weights) + _by_texts(query, passages, weights)
    if weights.before:
        base = _by_scores(candidates, weights) / _most(weights)
        scores = scores + weights.before * text_before(base, passages)
    if weights.scope:
        scores = scores + weights.scope * scope_fit(query, passages)
    if weights.scope and named.documents:
        documents, articles = set(named.documents), set(named.articles)
        gains = [_NAMED * (i in documents) + _ARTICLE * (i in articles) for i in candidates.ids]
        scores = scores + weights.scope * np.array(gains, dtype=np.float32)
    scores = scores / (sum(astuple(weights)) or 1.0)
    order = np.argsort(-scores, kind="stable")
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


def _by_texts(query: Question, passages: Sequence[Passage], weights: Weights) -> Floats:
    scores = np.zeros(len(passages), dtype=np.float32)
    texts = [searched_text(p) for p in passages]
    if weights.characters:
        scores += weights.characters * character_share(query, texts)
    if weights.run:
        scores += weights.run * longest_run(query, texts)
    if weights.value:
        scores += weights.value * holds_value(query, [p.text for p in passages])
    return scores


#: What an answer of a kind has in it, as a rough sign; exact values are read by ``qa``.
_VALUES: dict[AnswerKind, re.Pattern[str]] = {
    AnswerKind.DATE: answer_values.SIGNS_OF_DATE,
    AnswerKind.DURATION: answer_values.SIGNS_OF_DURATION,
    AnswerKind.NUMBER: re.compile(r"\d"),
    AnswerKind.CONTACT: answer_values.SIGNS_OF_CONTACT,
    AnswerKind.LIST: answer_values.SIGNS_OF_LIST,
}
#: How much a wrong or right year weighs against a place, which tells look-alikes apart better.
_OF_A_YEAR = 0.3


def character_share(query: Question, texts: Sequence[str]) -> Floats:
    """Share of the query's different characters that each text holds, without function words'.

    Holds what bigrams miss: words whose characters stand apart (「关张」, 「关门大吉」).
    """
    wanted = {c for c in query.text if c.isalnum() and c not in FUNCTION_CHARACTERS}
    if not wanted:
        return np.zeros(len(texts), dtype=np.float32)
    return np.array([len(wanted & set(text)) / len(wanted) for text in texts], dtype=np.float32)


def longest_run(query: Question, texts: Sequence[str]) -> Floats:
    """Length of the longest piece of the query that stands in each text, by the query's length."""
    words = "".join(c for c in query.text if c.isalnum())
    if not words:
        return np.zeros(len(texts), dtype=np.float32)
    return np.array([_run(words, text) / len(words) for text in texts], dtype=np.float32)


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
    own = passage.metadata.region
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
    if pattern is None:
        return np.zeros(len(texts), dtype=np.float32)
    return np.array([pattern.search(text) is not None for text in texts], dtype=np.float32)


def text_before(scores: Floats, passages: Sequence[Passage]) -> Floats:
    """The score of the passage right before each in its document, 0 where that is no candidate.

    An answer often stands behind the passage that names the subject.
    """
    known = {(p.document_id, p.ordinal): float(s) for p, s in zip(passages, scores, strict=True)}
    return np.array(
        [known.get((p.document_id, p.ordinal - 1), 0.0) for p in passages], dtype=np.float32
    )


def searched_text(passage: Passage) -> str:
    """A passage behind its title, headings and lead-in, as it was indexed.

    Where a document has no title, the opening that was indexed in its stead is left out.
    """
    return f"{passage.context()}\n{passage.text}"
