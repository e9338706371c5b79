"""Nearest neighbours by inner product (FAISS): exact, and of many vectors in half precision."""

from __future__ import annotations

import contextlib
import os
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from indexer.backend import Rows, Sentences, Spans, Vectors

Owners = np.ndarray[Any, np.dtype[np.int32]]

#: So many vectors are kept as they are; more are kept in half precision, which halves memory, disk
#: and the time of a search for a thousandth of the hundred nearest (docs/measurements.md, "Vectors").
EXACT_UP_TO = 100_000


class VectorIndex:
    """Unit vectors by row number; the inner product of unit vectors is their cosine.

    Every vector is looked at in every search, so a filter never hides a neighbour. A vector that
    was rounded to half precision is not changed by being rounded again: updating an index does not
    wear its vectors down.
    """

    def __init__(self, index: Any, path: Path | None = None) -> None:
        self._index = index
        self._file = None if path is None else self._own_file(path)

    @classmethod
    def build(cls, vectors: Vectors) -> VectorIndex:
        """Index vectors of shape (n, dimension); in half precision beyond ``EXACT_UP_TO``."""
        import faiss

        count, dimension = (int(length) for length in vectors.shape)
        index: Any = faiss.IndexFlatIP(dimension)
        if count > EXACT_UP_TO:
            half = faiss.ScalarQuantizer.QT_fp16
            index = faiss.IndexScalarQuantizer(dimension, half, faiss.METRIC_INNER_PRODUCT)
        index.add(vectors)
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Open an index file, mapped into memory."""
        import faiss

        # IO_FLAG_MMAP maps inverted lists only; a flat index it would read whole.
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        return cls(index, path)

    def save(self, path: Path) -> None:
        """Write the index to a file.

        Raises:
            OSError: it cannot be written.
        """
        import faiss

        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            raise OSError(f"{path.name}: {str(error).splitlines()[0][-80:]}") from error

    @property
    def size(self) -> int:
        """Number of vectors."""
        return int(self._index.ntotal)

    @property
    def is_exact(self) -> bool:
        """Whether the vectors are kept as they were given."""
        return int(self._index.code_size) == int(self._index.d) * 4

    def nearest(self, query: Vectors, k: int, rows: Rows | None = None) -> tuple[Vectors, Rows]:
        """The ``k`` vectors of the highest cosine.

        Args:
            query: unit vector of shape (dimension,).
            k: how many; fewer come back when there are fewer.
            rows: only these rows, or all.

        Returns:
            Cosines and row numbers, best first, both of shape (≤ k,).
        """
        k = min(k, self.size if rows is None else len(rows))
        if k <= 0:
            return np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.int64)
        parameters = None if rows is None else _only(rows, self.size)
        with _one_thread():
            cosines, found = self._index.search(query.reshape(1, -1), k, params=parameters)
        kept = found[0] >= 0
        return cosines[0][kept], found[0][kept]

    def vectors(self, start: int, count: int) -> Vectors:
        """Rows ``start`` to ``start + count``, shape (count, dimension)."""
        return self.at(np.arange(start, start + count, dtype=np.int64))

    def at(self, rows: Rows) -> Vectors:
        """The vectors of ``rows``, in their order, shape (n, dimension).

        Raises:
            IndexError: there is no such row.
        """
        if len(rows) == 0:
            return np.zeros((0, int(self._index.d)), dtype=np.float32)
        if rows.min() < 0 or rows.max() >= self.size:
            raise IndexError(f"row {rows.max()} of {self.size}")
        if self._file is not None:
            return self._file.read(rows)
        return np.asarray(self._index.reconstruct_batch(rows), dtype=np.float32)

    def _own_file(self, path: Path) -> VectorFile | None:
        """The vectors within the index's file; None where they cannot be read by position."""
        if self.size == 0 or not hasattr(os, "pread"):  # as on Windows
            return None
        shape = self.size, int(self._index.d)
        file = VectorFile(path, shape, "float32" if self.is_exact else "float16")
        # FAISS writes them last. Should that change one day, its own way of reading them is the slower.
        last = np.array([self.size - 1], dtype=np.int64)
        return file if (file.read(last) == self._index.reconstruct_batch(last)).all() else None


def _only(rows: Rows, size: int) -> Any:
    """Search parameters that leave other rows out."""
    import faiss

    mask = np.zeros(size, dtype=bool)
    mask[rows] = True
    # A bit for each row, the lowest first: asking one is quicker than a look into a set.
    bits: Any = np.packbits(mask, bitorder="little")
    selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg]
    return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """One query is the work of one thread: FAISS starts the others for nothing, and waits for them
    where other programs keep them from running, for two or three times as long as the search.
    """
    import faiss

    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)  # of this thread of Python; others search meanwhile with theirs
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)


@dataclass(frozen=True)
class SentenceVectors:
    """A vector for each sentence, those of a passage one after another.

    Attributes:
        index: the vectors by sentence row.
        owners: passage row of each sentence row, ascending, shape (sentences,).
        spans: where each begins and ends in its passage's text, shape (sentences, 2).
    """

    index: VectorIndex
    owners: Owners
    spans: Spans

    @classmethod
    def load(cls, vectors: Path, owners: Path, spans: Path) -> SentenceVectors:
        """Open the three files.

        Raises:
            OSError, RuntimeError, ValueError: one is missing or damaged.
        """
        return cls(
            VectorIndex.load(vectors),
            np.load(owners, allow_pickle=False),
            np.load(spans, mmap_mode="r", allow_pickle=False).view(np.ndarray),
        )

    def of_passages(self, rows: Rows) -> Sentences:
        """The sentences of some passages, of none for a row below 0."""
        wanted = rows.astype(self.owners.dtype)  # or all the owners would be converted
        starts = np.searchsorted(self.owners, wanted)
        counts = np.searchsorted(self.owners, wanted, side="right") - starts
        positions = np.repeat(np.arange(len(rows), dtype=np.int64), counts)
        # Sentences counted through all the passages, less those before their own passage.
        within = np.arange(len(positions)) - np.repeat(np.cumsum(counts) - counts, counts)
        own = np.repeat(starts, counts) + within
        return Sentences(positions, self.spans[own], self.index.at(own))


#: Bytes asked of the system at once; it gives no more than 2 GB.
_PIECE = 1 << 26


class VectorFile:
    """Vectors one after another at the end of a file, read by their positions.

    A mapped file would do, but the system maps the neighbourhood of whatever is touched: the
    sentences of 200 passages for one question made 340 of 710 MB count as the program's own memory,
    and took fifteen times as long as reading them.
    """

    def __init__(self, path: Path, shape: tuple[int, int], dtype: str) -> None:
        """Open a file whose last numbers are as many as ``shape`` says.

        Raises:
            OSError: it cannot be opened.
        """
        self._handle = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._handle)
        self._dtype = np.dtype(dtype)
        rows, self._width = shape
        self._row_bytes = self._width * self._dtype.itemsize
        self._start = os.fstat(self._handle).st_size - rows * self._row_bytes

    def read(self, rows: Rows) -> Vectors:
        """The vectors of ``rows``, in their order, shape (n, width); rows in a row are read at once.

        Raises:
            OSError: the file is shorter than it should be.
        """
        found = np.empty((len(rows), self._width), dtype=np.float32)
        most = _PIECE // self._row_bytes
        breaks = np.flatnonzero(np.diff(rows) != 1) + 1
        for begin, end in zip([0, *breaks.tolist()], [*breaks.tolist(), len(rows)], strict=True):
            for at in range(begin, end, most):
                count = min(most, end - at)
                found[at : at + count] = self._read(int(rows[at]), count)
        return found

    def _read(self, row: int, count: int) -> np.ndarray[Any, Any]:
        start, wanted = self._start + row * self._row_bytes, count * self._row_bytes
        data = os.pread(self._handle, wanted, start)
        while len(data) < wanted:
            more = os.pread(self._handle, wanted - len(data), start + len(data))
            if not more:
                raise OSError("vectors are missing at the end of the file")
            data += more
        return np.frombuffer(data, dtype=self._dtype).reshape(count, self._width)
