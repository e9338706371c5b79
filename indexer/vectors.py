"""Exact nearest neighbours by inner product (FAISS)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Vectors = np.ndarray[Any, np.dtype[np.float32]]
    Rows = np.ndarray[Any, np.dtype[np.int64]]


class VectorIndex:
    """Unit vectors by row number; the inner product of unit vectors is their cosine."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> VectorIndex:
        """Index vectors of shape (n, dimension)."""
        import faiss

        index = faiss.IndexFlatIP(int(vectors.shape[1]))
        index.add(vectors)
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Open an index file, mapped into memory."""
        import faiss

        # IO_FLAG_MMAP maps inverted lists only; a flat index it would read whole.
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))

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

    def nearest(self, query: Vectors, k: int, rows: Rows | None = None) -> tuple[Vectors, Rows]:
        """The ``k`` vectors of the highest cosine.

        Args:
            query: unit vector of shape (dimension,).
            k: how many; fewer come back when there are fewer.
            rows: only these rows, or all.

        Returns:
            Cosines and row numbers, best first, both of shape (≤ k,).
        """
        import faiss

        k = min(k, self.size if rows is None else len(rows))
        if k <= 0:
            empty = self.vectors(0, 0)
            return empty.reshape(-1), empty.reshape(-1).astype("int64")
        parameters = None
        if rows is not None:
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(rows))  # type: ignore[call-arg]
        cosines, found = self._index.search(query.reshape(1, -1), k, params=parameters)
        kept = found[0] >= 0
        return cosines[0][kept], found[0][kept]

    def vectors(self, start: int, count: int) -> Vectors:
        """Rows ``start`` to ``start + count``, shape (count, dimension)."""
        import numpy as np

        if count == 0:
            return np.zeros((0, int(self._index.d)), dtype=np.float32)
        return np.asarray(self._index.reconstruct_n(start, count), dtype=np.float32)
