"""Exact nearest neighbours against numpy."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indexer.vectors import VectorIndex


def _unit(rows: int, seed: int, dimension: int = 32) -> Any:
    vectors = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def vectors() -> Any:
    return _unit(500, 1)


@pytest.fixture
def index(vectors: Any, tmp_path: Path) -> VectorIndex:
    VectorIndex.build(vectors).save(tmp_path / "v.faiss")
    return VectorIndex.load(tmp_path / "v.faiss")


def test_the_nearest_are_exact(index: VectorIndex, vectors: Any) -> None:
    for query in _unit(20, 2):
        cosines, rows = index.nearest(query, 10)
        expected = np.argsort(-(vectors @ query), kind="stable")[:10]
        assert rows.tolist() == expected.tolist()
        np.testing.assert_allclose(cosines, (vectors @ query)[expected], rtol=1e-5, atol=1e-6)


def test_a_filter_gives_the_nearest_of_its_rows(index: VectorIndex, vectors: Any) -> None:
    allowed = np.array([3, 77, 120, 121, 499], dtype=np.int64)
    for query in _unit(20, 3):
        cosines, rows = index.nearest(query, 3, allowed)
        expected = allowed[np.argsort(-(vectors[allowed] @ query))[:3]]
        assert rows.tolist() == expected.tolist()
        np.testing.assert_allclose(cosines, vectors[rows] @ query, rtol=1e-5, atol=1e-6)


def test_no_more_come_back_than_there_are(index: VectorIndex) -> None:
    assert len(index.nearest(_unit(1, 4)[0], 10_000)[1]) == 500
    assert len(index.nearest(_unit(1, 4)[0], 10, np.array([8], dtype=np.int64))[1]) == 1


@pytest.mark.parametrize(("k", "rows"), [(0, None), (5, [])])
def test_nothing_is_asked_for(index: VectorIndex, k: int, rows: list[int] | None) -> None:
    allowed = None if rows is None else np.array(rows, dtype=np.int64)
    cosines, found = index.nearest(_unit(1, 5)[0], k, allowed)
    assert cosines.shape == found.shape == (0,)


def test_rows_come_back_as_they_went_in(index: VectorIndex, vectors: Any) -> None:
    np.testing.assert_array_equal(index.vectors(10, 5), vectors[10:15])
    assert index.vectors(0, 0).shape == (0, 32)
    assert index.size == 500


def test_an_open_index_outlives_its_file(vectors: Any, tmp_path: Path) -> None:
    path = tmp_path / "v.faiss"
    VectorIndex.build(vectors).save(path)
    index = VectorIndex.load(path)
    path.unlink()
    VectorIndex.build(vectors[::-1].copy()).save(path)
    assert index.nearest(vectors[7], 1)[1].tolist() == [7]
    assert VectorIndex.load(path).nearest(vectors[7], 1)[1].tolist() == [492]


def test_the_file_is_mapped_and_not_read(tmp_path: Path) -> None:
    maps = Path("/proc/self/maps")
    if not maps.exists():
        pytest.skip("no /proc here")
    path = tmp_path / "mapped.faiss"
    VectorIndex.build(_unit(100, 6)).save(path)
    index = VectorIndex.load(path)
    assert str(path) in maps.read_text()
    assert index.size == 100


def test_threads_do_not_mix_their_answers(index: VectorIndex, vectors: Any) -> None:
    asked = list(range(0, 500, 3)) * 3
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda row: int(index.nearest(vectors[row], 1)[1][0]), asked)
        assert list(found) == asked


def test_a_file_that_cannot_be_written_is_an_os_error(vectors: Any, tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"v\.faiss"):
        VectorIndex.build(vectors).save(tmp_path / "missing" / "v.faiss")
