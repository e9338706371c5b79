"""Which passages are looked at closely, and how their scores are scaled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from indexer.backend import Encoded
from indexer.filters import Selection
from indexer.memory import MemoryBackend
from indexer.passage import passage_place
from indexer.similarity import SimilarityScale
from retriever.candidates import Candidates, find_candidates
from tests.indexer.making import passage

#: The query points along the first axis, so that a vector's first number is its cosine.
QUERY = np.array([1.0, 0.0], dtype=np.float32)


def _vectors(cosines: Sequence[float]) -> Any:
    pairs = [(c, (1 - c * c) ** 0.5) for c in cosines]
    return np.array(pairs, dtype=np.float32).reshape(-1, 2)


class _Backend(MemoryBackend):
    """Passages of these cosines and BM25 scores, each with sentences of these cosines."""

    def __init__(
        self, cosines: Sequence[float], words: Sequence[float], own: Sequence[Sequence[float]]
    ) -> None:
        self._given = words
        passages = [passage("字", row) for row in range(len(cosines))]
        units = [(row, 0, 1) for row, each in enumerate(own) for _ in each]
        sentences = _vectors([c for each in own for c in each])
        encoded = Encoded.of(passages, units, _vectors(cosines), sentences)
        super().__init__(replace(encoded, scale=SimilarityScale(0.5, 0.02)))

    def lexical_scores(self, text: str, ids: Sequence[str]) -> Any:
        return np.array([self._given[passage_place(each)[1]] for each in ids], dtype=np.float32)


def _index(
    cosines: Sequence[float],
    words: Sequence[float] | None = None,
    sentences: Sequence[Sequence[float]] | None = None,
) -> _Backend:
    own = [[c] for c in cosines] if sentences is None else sentences
    return _Backend(cosines, words or [0.0] * len(cosines), own)


def _ordinals(found: Candidates) -> list[int]:
    return [passage_place(each)[1] for each in found.ids]


def _by_row(found: Candidates, scores: Any) -> Mapping[int, float]:
    return {
        row: pytest.approx(float(s), abs=1e-5)
        for row, s in zip(_ordinals(found), scores, strict=True)
    }


def test_the_best_has_1_the_last_of_the_depth_0_and_the_rest_are_between() -> None:
    # Of .9, .5, .8 the nearest two are .9 and .8.
    found = find_candidates(_index([0.9, 0.5, 0.8]), "", QUERY, depth=2)
    assert _by_row(found, found.passage) == {0: 1.0, 2: 0.0}
    # With all three, .8 is (.8 − .5) / (.9 − .5) = .75 of the way.
    found = find_candidates(_index([0.9, 0.5, 0.8]), "", QUERY, depth=3)
    assert _by_row(found, found.passage) == {0: 1.0, 1: 0.0, 2: 0.75}


def test_words_are_scaled_alike() -> None:
    found = find_candidates(_index([0, 0, 0, 0], [2.0, 6.0, 0.0, 3.0]), "补助", None, depth=3)
    # 2 is the least of three, 3 is (3 − 2) / (6 − 2) of the way; without a word it is no candidate.
    assert _by_row(found, found.lexical) == {0: 0.0, 1: 1.0, 3: 0.25}


def test_candidates_of_both_lists_stand_in_order_and_once() -> None:
    index = _index([0.1, 0.9, 0.2, 0.8], [5.0, 4.0, 0.0, 0.0])
    found = find_candidates(index, "补助", QUERY, depth=2)
    assert _ordinals(found) == [0, 1, 3]


def test_a_candidate_by_words_that_is_far_in_meaning_has_0_for_it() -> None:
    index = _index([-0.5, 0.9, 0.8], [7.0, 0.0, 0.0])
    found = find_candidates(index, "补助", QUERY, depth=2)
    assert _by_row(found, found.passage) == {0: 0.0, 1: 1.0, 2: 0.0}
    assert _by_row(found, found.lexical) == {0: 1.0, 1: 0.0, 2: 0.0}


def test_sentences_are_the_mean_of_the_best_two_of_each_candidate() -> None:
    sentences = [[0.9, 0.1, 0.7], [0.6, 0.6], [0.2, 0.2]]
    found = find_candidates(_index([0.9, 0.8, 0.7], None, sentences), "", QUERY, depth=3)
    # Means .8, .6 and .2: the second is (.6 − .2) / (.8 − .2) of the way.
    assert _by_row(found, found.sentence) == {0: 1.0, 1: 2 / 3, 2: 0.0}


def test_an_only_sentence_is_taken_to_stand_a_little_above_a_second() -> None:
    sentences = [[0.9], [0.883, 0.883], [0.5, 0.5]]
    found = find_candidates(_index([0.9, 0.8, 0.7], None, sentences), "", QUERY, depth=3)
    # .9 and a second 1.7 deviations of .02 below it are .883 in the mean.
    assert _by_row(found, found.sentence) == {0: 1.0, 1: 1.0, 2: 0.0}


def test_sentences_of_other_passages_are_not_looked_at() -> None:
    # The third passage has the best sentences, and is no candidate by itself.
    sentences = [[0.5, 0.5], [0.3, 0.3], [1.0, 1.0]]
    found = find_candidates(_index([0.9, 0.8, 0.1], None, sentences), "", QUERY, depth=2)
    assert _by_row(found, found.sentence) == {0: 1.0, 1: 0.0}


def test_only_what_is_selected_is_found_and_scaled_among_themselves() -> None:
    passages = [passage("字", doc=doc) for doc in ("甲", "乙", "丙")]
    nothing = _vectors([])
    backend = MemoryBackend(Encoded.of(passages, [], _vectors([0.9, 0.8, 0.7]), nothing))
    selection = Selection(without=frozenset({"甲#0"}))
    found = find_candidates(backend, "", QUERY, 3, selection)
    assert dict(zip(found.ids, found.passage.tolist(), strict=True)) == {"乙#0/0": 1, "丙#0/0": 0}


def test_named_passages_are_candidates_in_any_case() -> None:
    index = _index([0.9, 0.8, 0.1], [1.0, 0.0, 0.0])
    found = find_candidates(index, "补助", QUERY, depth=1, named=["a.txt#0/2"])
    assert _by_row(found, found.passage) == {0: 1.0, 2: 0.0}


def test_without_a_vector_nothing_has_a_meaning() -> None:
    found = find_candidates(_index([0.9, 0.8], [1.0, 3.0]), "补助", None, depth=2)
    assert found.passage.tolist() == found.sentence.tolist() == [0.0, 0.0]
    assert found.lexical.tolist() == [0.0, 1.0]


def test_without_words_nothing_has_a_score_of_words() -> None:
    found = find_candidates(_index([0.9, 0.8], [1.0, 3.0]), "", QUERY, depth=2)
    assert found.lexical.tolist() == [0.0, 0.0]


def test_equal_scores_all_have_1() -> None:
    found = find_candidates(_index([0.5, 0.5], [2.0, 2.0]), "补助", QUERY, depth=2)
    assert found.passage.tolist() == found.sentence.tolist() == found.lexical.tolist() == [1, 1]


def test_no_words_that_any_passage_has_find_none() -> None:
    found = find_candidates(_index([0.9, 0.8]), "补助", None, depth=2)
    assert [len(part) for part in (found.ids, found.passage, found.lexical)] == [0, 0, 0]


def test_a_depth_beyond_the_index_takes_everything() -> None:
    found = find_candidates(_index([0.9, 0.8, 0.1], [1.0, 2.0, 3.0]), "补助", QUERY, depth=99)
    assert _ordinals(found) == [0, 1, 2]


def test_without_sentence_vectors_the_passages_own_stand_in() -> None:
    index = _index([0.9, 0.5, 0.8], sentences=[[], [], []])
    found = find_candidates(index, "", QUERY, depth=3)
    assert _by_row(found, found.sentence) == {0: 1.0, 1: 0.0, 2: 0.75}
