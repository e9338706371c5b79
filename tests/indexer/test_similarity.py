"""What a cosine means is measured from the corpus."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from indexer.similarity import SimilarityScale, measure, measure_pairs, sample


def _unit(vectors: Any) -> Any:
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


def _corpus(count: int, shared: float) -> Any:
    """Sentences without anything to do with each other; all have a direction in common."""
    vectors = np.random.default_rng(7).standard_normal((count, 64)) / 8
    vectors[:, 0] += shared
    return _unit(vectors)


@pytest.mark.parametrize("shared", [0.0, 1.0, 3.0])
def test_chance_is_what_sentences_have_with_each_other(shared: float) -> None:
    vectors = _corpus(300, shared)
    cosines = (vectors @ vectors.T)[np.triu_indices(300, 1)]
    scale = measure_pairs(vectors)
    assert scale.mean == pytest.approx(cosines.mean(), abs=1e-4)
    assert scale.deviation == pytest.approx(cosines.std(), abs=1e-4)


def test_models_whose_cosines_differ_are_read_alike() -> None:
    """A sentence that is as near to another as a third of its directions is far above chance."""
    for shared in (3.0, 0.0):
        vectors = _corpus(300, shared)
        near = _unit(vectors[0] * 0.8 + vectors[1] * 0.6)
        scale = measure_pairs(vectors)
        assert scale.above(float(near @ vectors[0])) > 4
        assert abs(scale.above(float(vectors[7] @ vectors[200]))) < 4


def test_sentences_are_asked_with_as_the_model_encodes_questions() -> None:
    """A model that turns questions away from texts has lower cosines between them."""
    vectors = _corpus(100, 3.0)
    away = np.zeros(64, dtype=np.float32)
    away[1] = 1.0
    asked: list[str] = []

    def encode_query(text: str) -> Any:
        asked.append(text)
        return _unit(vectors[len(asked)] + away)

    scale = measure(vectors, [f"第{i}句，{'很长' * 30}。" for i in range(100)], encode_query)
    assert scale.mean < measure_pairs(vectors).mean - 0.1
    assert len(asked) == 32 and max(map(len, asked)) == 25


@pytest.mark.parametrize("count", [1, 2, 5])
def test_of_too_few_sentences_the_nearest_counts_as_near(count: int) -> None:
    vectors = _corpus(count, 1.0)
    scale = measure(vectors, list(map(str, range(count))), lambda text: vectors[int(text)])
    cosines = (vectors @ vectors.T)[np.triu_indices(count, 1)]
    if count > 1:
        assert scale.above(float(cosines.max())) == pytest.approx(4, abs=0.1)
    assert scale.deviation > 0


def test_equal_sentences_throughout_leave_something_to_compare() -> None:
    same = np.tile(np.eye(1, 8, dtype=np.float32), (40, 1))
    scale = measure_pairs(same)
    assert scale.deviation > 0 and scale.above(1.0) == pytest.approx(0, abs=0.1)


def test_nothing_to_measure_leaves_cosines_as_they_are() -> None:
    assert SimilarityScale.of(np.zeros(0, np.float32), 0).above(0.5) == 0.5


def test_a_sample_is_spread_over_all_sentences() -> None:
    rows = sample(10_000)
    assert len(rows) == 400 and rows[0] == 0 and rows[-1] == 9_999
    assert sample(3).tolist() == [0, 1, 2]
