"""BM25 over tokens, on disk as plain arrays that are memory-mapped when read."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.tokens import tokenise

if TYPE_CHECKING:
    import numpy as np

    Scores = np.ndarray[Any, np.dtype[np.float32]]

#: Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework": usual values for short texts.
K1, B = 1.2, 0.75
#: A token that no query has, for texts of symbols alone.
_NOTHING = "\0"


class LexicalIndex:
    """BM25 scores of all passages for a query (``bm25s``, Lucene's idf)."""

    def __init__(self, model: Any, size: int) -> None:
        self._model = model
        self._size = size

    @classmethod
    def build(cls, texts: Sequence[str]) -> LexicalIndex:
        """Index texts; their positions are the passages' rows."""
        bm25s = _bm25s()
        model = bm25s.BM25(k1=K1, b=B, method="lucene")
        # Each different token is held once: half the memory of a big corpus is its tokens.
        tokens = [[sys.intern(token) for token in tokenise(text)] for text in texts]
        if not any(tokens):
            tokens[0] = [_NOTHING]  # bm25s fails on an empty vocabulary
        model.index(tokens, show_progress=False)
        return cls(model, len(texts))

    @classmethod
    def load(cls, folder: Path, size: int) -> LexicalIndex:
        """Open an index of ``size`` texts without reading it into memory."""
        model = _bm25s().BM25.load(str(folder), mmap=True, show_progress=False)
        return cls(model, size)

    def save(self, folder: Path) -> None:
        """Write the arrays into a new folder."""
        self._model.save(str(folder), show_progress=False)

    def scores(self, query: str) -> Scores:
        """BM25 score of every text, shape (n,); zeros when no token of the query is known."""
        import numpy as np

        known = [t for t in tokenise(query) if t in self._model.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._model.get_scores(known), dtype=np.float32)

    def idf(self, token: str) -> float:
        """Inverse document frequency (Lucene's): ln(1 + (n − df + .5) / (df + .5)); the highest
        possible for a token that no text holds.
        """
        import math

        column = self._model.vocab_dict.get(token)
        frequency = 0
        if column is not None:
            bounds = self._model.scores["indptr"]
            frequency = int(bounds[column + 1]) - int(bounds[column])
        return math.log(1 + (self._size - frequency + 0.5) / (frequency + 0.5))


def _bm25s() -> Any:
    import bm25s

    # The library sets its logger to DEBUG on import; an application decides that for itself.
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    return bm25s
