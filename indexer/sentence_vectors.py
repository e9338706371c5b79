"""The vectors of the sentences of passages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.vectors import VectorIndex

if TYPE_CHECKING:
    import numpy as np

    Vectors = np.ndarray[Any, np.dtype[np.float32]]
    Rows = np.ndarray[Any, np.dtype[np.int64]]
    Owners = np.ndarray[Any, np.dtype[np.int32]]


@dataclass(frozen=True)
class SentenceVectors:
    """A vector for each sentence, those of a passage one after another.

    Attributes:
        index: the vectors by sentence row.
        owners: passage row of each sentence row, ascending, shape (sentences,).
    """

    index: VectorIndex
    owners: Owners

    @classmethod
    def load(cls, vectors: Path, owners: Path) -> SentenceVectors:
        """Open the two files.

        Raises:
            OSError, RuntimeError, ValueError: one is missing or damaged.
        """
        import numpy as np

        return cls(VectorIndex.load(vectors), np.load(owners, allow_pickle=False))

    @property
    def size(self) -> int:
        """Number of sentences."""
        return self.index.size

    def vectors(self, start: int, count: int) -> Vectors:
        """Sentence rows ``start`` to ``start + count``, shape (count, dimension)."""
        return self.index.vectors(start, count)

    def of_passages(self, rows: Rows) -> tuple[Vectors, Rows]:
        """The sentences of some passages.

        Args:
            rows: passage rows, in any order.

        Returns:
            Vectors of shape (m, dimension), passage after passage in the order given and sentences
            as they stand, and for each its passage's position in ``rows``, shape (m,). A passage
            without sentences has none.
        """
        import numpy as np

        wanted = rows.astype(self.owners.dtype)  # or all the owners would be converted
        starts = np.searchsorted(self.owners, wanted)
        counts = np.searchsorted(self.owners, wanted, side="right") - starts
        positions = np.repeat(np.arange(len(rows), dtype=np.int64), counts)
        # Sentences counted through all the passages, less those before their own passage.
        within = np.arange(len(positions)) - np.repeat(np.cumsum(counts) - counts, counts)
        return self.index.at(np.repeat(starts, counts) + within), positions
