"""The order that all features together give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Metadata
from indexer.passage import Passage
from retriever.candidates import Candidates
from retriever.query.analysis import analyse
from retriever.query.named_documents import Named
from retriever.ranking import ranked_rows
from retriever.settings import Weights
from tests.indexer.making import passage

NOTHING = Weights(**{field.name: 0.0 for field in fields(Weights)})
NAMES = [field.name for field in fields(Weights)]


def _weights(**given: float) -> Weights:
    return Weights(**{name: given.get(name, 0.0) for name in NAMES})


def _candidates(
    passage: Sequence[float], sentence: Sequence[float], lexical: Sequence[float]
) -> Candidates:
    """Scores of passages 10, 11 …"""
    ids = tuple(str(number) for number in range(10, 10 + len(passage)))
    parts = [np.array(part, dtype=np.float32) for part in (passage, sentence, lexical)]
    return Candidates(ids, *parts)


def _ranked(
    candidates: Candidates,
    weights: Weights,
    query: str = "甲",
    texts: Sequence[Passage] | None = None,
    named: Named = Named(),
) -> list[tuple[int, Any]]:
    # Every second number, so that none stands right before another.
    passages = texts or [passage("乙", 2 * i) for i in range(len(candidates.ids))]
    read = analyse(query, frozenset({"青禾"}))
    found = ranked_rows(read, candidates, passages, named, weights)
    return [(place, pytest.approx(score, abs=1e-5)) for place, score in found]


SCORES = _candidates([1.0, 0.0, 0.5], [0.0, 1.0, 0.5], [0.0, 0.5, 1.0])


def test_the_score_is_the_weighted_mean() -> None:
    # (2·1 + 0 + 0)/4, (0 + 1·1 + 1·.5)/4, (2·.5 + 1·.5 + 1·1)/4
    found = _ranked(SCORES, _weights(passage=2, sentence=1, lexical=1))
    assert found == [(2, 2.5 / 4), (0, 2 / 4), (1, 1.5 / 4)]


@pytest.mark.parametrize(("name", "first"), [("passage", 0), ("sentence", 1), ("lexical", 2)])
def test_a_weight_of_nought_leaves_a_part_out(name: str, first: int) -> None:
    assert _ranked(SCORES, _weights(**{name: 0.1}))[0] == (first, 1.0)


@pytest.mark.parametrize(
    ("name", "query", "better", "worse"),
    [
        ("characters", "关张", "张贴后关门", "张贴后开门"),
        ("run", "食堂补助", "食堂补助", "补助食堂"),
        ("scope", "青禾市补助", "青禾市补助", "补助"),
        ("value", "补助多少？", "补助3元", "补助三元"),
    ],
)
def test_a_sign_of_the_text_decides_only_when_it_has_a_weight(
    name: str, query: str, better: str, worse: str
) -> None:
    def placed(text: str, ordinal: int) -> Passage:
        region = "白岩市" if name == "scope" else ""
        return passage(text, ordinal, Metadata(title="通知", region=region))

    alike = _candidates([0.5, 0.5], [0.5, 0.5], [0.5, 0.5])
    texts = [placed(worse, 0), placed(better, 2)]
    with_sign = _ranked(alike, _weights(passage=1, **{name: 1}), query, texts)
    without = _ranked(alike, _weights(passage=1), query, texts)
    assert [place for place, _ in with_sign] == [1, 0]
    assert [place for place, _ in without] == [0, 1]


def test_a_good_passage_speaks_for_the_one_behind_it() -> None:
    scores = _candidates([1.0, 0.2, 0.3], [0, 0, 0], [0, 0, 0])
    texts = [passage("甲", 0), passage("乙", 1), passage("丙", 5)]
    # The second gains what the first has, scaled to at most 1: (2·.2 + 1·1)/3.
    found = _ranked(scores, _weights(passage=2, before=1), texts=texts)
    assert found == [(0, 2 / 3), (1, 1.4 / 3), (2, 0.6 / 3)]


def test_equal_scores_keep_their_order() -> None:
    alike = _candidates([0.5] * 5, [0.5] * 5, [0.5] * 5)
    assert [place for place, _ in _ranked(alike, Weights())] == [0, 1, 2, 3, 4]


def test_the_named_article_comes_first_and_then_its_document() -> None:
    scores = _candidates([1.0, 0.0, 0.1], [1.0, 0.0, 0.1], [1.0, 0.0, 0.1])
    named = Named(documents=("11", "12"), articles=("11",))
    weights = _weights(passage=1, sentence=1, lexical=1, scope=1)
    # Nothing but its being named speaks for passage 11: (1 + 3)/4; 12 has (.3 + 1)/4.
    assert _ranked(scores, weights, named=named) == [(1, 1.0), (0, 0.75), (2, 1.3 / 4)]


def test_parts_searched_alone_know_of_no_names() -> None:
    named = Named(documents=("11",), articles=("11",))
    found = _ranked(SCORES, _weights(passage=1), named=named)
    assert found == [(0, 1.0), (2, 0.5), (1, 0.0)]


def test_a_passage_for_which_everything_speaks_has_1() -> None:
    own = [
        passage("无关", 0),
        passage("青禾市食堂补助多少1元", 1, Metadata(title="通知", region="青禾市")),
    ]
    best = _candidates([1.0, 1.0], [1.0, 1.0], [1.0, 1.0])
    assert _ranked(best, Weights(), "青禾市食堂补助多少", own)[0] == (1, 1.0)


def test_no_candidates_are_ranked_as_none() -> None:
    nobody = Candidates((), *[np.zeros(0, dtype=np.float32)] * 3)
    assert ranked_rows(analyse("甲", frozenset()), nobody, [], Named(), Weights()) == []


def test_without_any_weight_all_are_alike() -> None:
    assert sum(astuple(NOTHING)) == 0
    assert _ranked(SCORES, NOTHING) == [(0, 0.0), (1, 0.0), (2, 0.0)]


_SHARE = st.floats(0, 1, width=32)
_WEIGHT = st.just(0.0) | st.floats(0.01, 5)


@given(
    scores=st.lists(st.tuples(_SHARE, _SHARE, _SHARE), min_size=1, max_size=6),
    weights=st.lists(_WEIGHT, min_size=8, max_size=8),
)
def test_scores_fall_from_place_to_place_and_stay_between_0_and_1(
    scores: list[tuple[float, float, float]], weights: list[float]
) -> None:
    passages, sentences, words = zip(*scores, strict=True)
    read = analyse("食堂补助多少", frozenset())
    texts = [passage("食堂补助3万元", i) for i in range(len(scores))]
    candidates = _candidates(passages, sentences, words)
    found = ranked_rows(read, candidates, texts, Named(), Weights(*weights))
    assert sorted(place for place, _ in found) == list(range(len(scores)))
    values = [score for _, score in found]
    assert values == sorted(values, reverse=True)
    assert all(-1e-6 <= value <= 1 + 1e-6 for value in values)
