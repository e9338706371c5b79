"""What a cosine means is measured from the corpus."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from indexer.similarity import SimilarityScale, measure


def _unit(vectors: Any) -> Any:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def _corpus(documents: int, each: int, shared: float) -> tuple[Any, Any]:
    """Sentences of documents; all have a direction in common with this weight."""
    draw = np.random.default_rng(7)
    vectors = draw.standard_normal((documents * each, 64)) / 8
    vectors[:, 0] += shared
    return _unit(vectors), np.repeat(np.arange(documents), each)


@pytest.mark.parametrize("shared", [0.0, 1.0, 3.0])
def test_chance_is_the_median_between_documents(shared: float) -> None:
    vectors, documents = _corpus(20, 15, shared)
    scale = measure(vectors, documents)
    others = documents[:, None] != documents[None, :]
    cosines = (vectors @ vectors.T)[others]
    assert scale.chance == pytest.approx(np.median(cosines), abs=1e-3)
    assert scale.high == pytest.approx(np.quantile(cosines, 0.999), abs=1e-3)


def test_models_whose_cosines_differ_are_read_alike() -> None:
    """What stands out by chance's spread stands out in either."""
    narrow, wide = (measure(*_corpus(20, 15, shared)) for shared in (3.0, 0.0))
    assert narrow.chance > 0.85 and wide.chance < 0.1
    for scale in (narrow, wide):
        assert scale.relative(scale.chance) == 0 < scale.relative(scale.high) < 0.6
        assert scale.relative(1.0) == pytest.approx(1)


def test_of_a_single_document_sentences_far_apart_are_compared() -> None:
    vectors, _ = _corpus(1, 100, 1.0)
    scale = measure(vectors, np.zeros(100, dtype=np.int64))
    assert 0.3 < scale.chance < 0.7 < scale.high < 1


@pytest.mark.parametrize("count", [1, 5])
def test_too_little_to_compare_leaves_cosines_as_they_are(count: int) -> None:
    vectors, _ = _corpus(1, count, 1.0)
    scale = measure(vectors, np.zeros(count, dtype=np.int64))
    assert scale == SimilarityScale() and scale.relative(0.5) == 0.5


def test_equal_sentences_throughout_leave_something_to_compare() -> None:
    same = np.tile(np.eye(1, 8, dtype=np.float32), (4, 1))
    assert measure(same, np.arange(4)).relative(1.0) == pytest.approx(1)
