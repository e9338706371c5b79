"""Nearest neighbours against numpy: exact ones, and of vectors in half precision."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.local.vectors import VectorIndex


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


@pytest.mark.parametrize("from_file", [True, False])
def test_rows_come_back_as_they_went_in(index: VectorIndex, vectors: Any, from_file: bool) -> None:
    index = index if from_file else VectorIndex.build(vectors)
    np.testing.assert_array_equal(index.vectors(10, 5), vectors[10:15])
    scattered = np.array([499, 3, 4, 5, 3, 0], dtype=np.int64)
    np.testing.assert_array_equal(index.at(scattered), vectors[scattered])
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


@pytest.mark.parametrize("row", [-1, 500])
def test_a_row_that_is_not_there_is_an_error(index: VectorIndex, row: int) -> None:
    with pytest.raises(IndexError):
        index.at(np.array([7, row], dtype=np.int64))


def test_a_search_leaves_the_threads_of_faiss_as_they_were(index: VectorIndex) -> None:
    import faiss

    before = faiss.omp_get_max_threads()
    try:
        faiss.omp_set_num_threads(3)
        index.nearest(_unit(1, 9)[0], 5)
        assert faiss.omp_get_max_threads() == 3
    finally:
        faiss.omp_set_num_threads(before)


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


class TestHalfPrecision:
    """What is true of 100,001 vectors, with as few as let tests be quick."""

    @pytest.fixture(autouse=True)
    def _every_index_is_big(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("indexer.local.vectors.EXACT_UP_TO", 99)

    @pytest.fixture
    def big(self, vectors: Any, tmp_path: Path) -> VectorIndex:
        VectorIndex.build(vectors).save(tmp_path / "half.faiss")
        return VectorIndex.load(tmp_path / "half.faiss")

    @pytest.mark.parametrize(("count", "bytes_each"), [(99, 128), (100, 64)])
    def test_it_begins_beyond_a_number_of_vectors_and_halves_the_file(
        self, tmp_path: Path, count: int, bytes_each: int
    ) -> None:
        VectorIndex.build(_unit(count, 7)).save(tmp_path / "v.faiss")
        size = (tmp_path / "v.faiss").stat().st_size
        assert count * bytes_each < size < count * bytes_each + 200

    def test_nearly_all_of_the_hundred_nearest_are_found(self, tmp_path: Path) -> None:
        # As a model's vectors are: all near one direction, so that cosines lie close together.
        crowded = _unit(4000, 8, 384) * 0.4 + _unit(1, 9, 384)
        crowded /= np.linalg.norm(crowded, axis=1, keepdims=True)
        index = VectorIndex.build(crowded)
        shares = []
        for query in crowded[:50]:
            exact = set(np.argsort(-(crowded @ query))[:100].tolist())
            shares.append(len(exact & set(index.nearest(query, 100)[1].tolist())) / 100)
        assert np.mean(shares) >= 0.99

    def test_cosines_are_right_to_three_digits(self, big: VectorIndex, vectors: Any) -> None:
        for query in _unit(20, 2):
            cosines, rows = big.nearest(query, 50)
            np.testing.assert_allclose(cosines, vectors[rows] @ query, atol=1e-3)

    @given(
        rows=st.sets(st.integers(0, 499), min_size=1), k=st.integers(1, 60), seed=st.integers(0, 99)
    )
    def test_a_filter_gives_as_many_as_there_are_and_the_best_of_them(
        self, rows: set[int], k: int, seed: int
    ) -> None:
        vectors = _unit(500, 1)
        index = VectorIndex.build(vectors)
        query, allowed = _unit(1, 1000 + seed)[0], np.array(sorted(rows), dtype=np.int64)
        cosines, found = index.nearest(query, k, allowed)
        assert len(found) == min(k, len(rows))
        assert set(found.tolist()) <= rows
        of_all = np.sort(index.at(allowed) @ query)[::-1][: len(found)]
        np.testing.assert_allclose(cosines, of_all, rtol=1e-4, atol=1e-5)

    def test_what_was_rounded_once_is_not_rounded_further(self, vectors: Any) -> None:
        first = VectorIndex.build(vectors).vectors(0, 500)
        again = first
        for _ in range(5):
            again = VectorIndex.build(again).vectors(0, 500)
        assert (first != vectors).any()
        np.testing.assert_array_equal(again, first)

    def test_rows_of_a_file_are_those_of_the_index(self, big: VectorIndex, vectors: Any) -> None:
        scattered = np.array([499, 3, 4, 5, 3, 0], dtype=np.int64)
        expected = vectors.astype(np.float16).astype(np.float32)[scattered]
        np.testing.assert_array_equal(big.at(scattered), expected)
        np.testing.assert_array_equal(VectorIndex.build(vectors).at(scattered), expected)
