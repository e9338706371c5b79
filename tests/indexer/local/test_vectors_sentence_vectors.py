"""Sentences of passages, by passage."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.local.vectors import SentenceVectors, VectorIndex

#: Passage 0 has two sentences, 1 none, 2 one, 3 three.
OWNERS = np.array([0, 0, 2, 3, 3, 3], dtype=np.int32)
VECTORS = np.eye(6, dtype=np.float32)
SPANS = np.array([(0, 3), (3, 9), (0, 4), (0, 2), (2, 5), (5, 8)], dtype=np.int32)


@pytest.fixture
def sentences(tmp_path: Path) -> SentenceVectors:
    VectorIndex.build(VECTORS).save(tmp_path / "s.faiss")
    np.save(tmp_path / "owners.npy", OWNERS)
    np.save(tmp_path / "spans.npy", SPANS)
    return SentenceVectors.load(
        tmp_path / "s.faiss", tmp_path / "owners.npy", tmp_path / "spans.npy"
    )


@pytest.mark.parametrize(
    ("passages", "rows", "positions"),
    [
        ([3, 0], [3, 4, 5, 0, 1], [0, 0, 0, 1, 1]),
        ([1, 2], [2], [1]),
        ([2, 2], [2, 2], [0, 1]),
        ([1, 9, -1], [], []),
        ([], [], []),
    ],
)
def test_sentences_come_passage_after_passage(
    sentences: SentenceVectors, passages: list[int], rows: list[int], positions: list[int]
) -> None:
    found = sentences.of_passages(np.array(passages, dtype=np.int64))
    np.testing.assert_array_equal(found.vectors, VECTORS[rows].reshape(-1, 6))
    assert found.spans.tolist() == SPANS[rows].tolist()
    assert found.owners.tolist() == positions
