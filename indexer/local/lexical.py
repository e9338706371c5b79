"""BM25 over tokens, on disk as plain arrays that are memory-mapped when read."""

from __future__ import annotations

import logging
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from indexer.backend import K1, B, Floats
from indexer.tokens import query_tokens, tokenise

Rows = np.ndarray[Any, np.dtype[np.int32]]

#: A token that no query has, for texts of symbols alone.
_NOTHING = "\0"
#: Rows of the rarest token that are looked for among those of the others at a time.
_PIECE = 4096


class LexicalIndex:
    """BM25 scores of ``size`` passages for a query (``bm25s``, Lucene's idf)."""

    def __init__(self, model: Any, size: int) -> None:
        self._model, self.size = model, size

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

    def scores(self, query: str) -> Floats:
        """BM25 score of every text, shape (n,); zeros when no token of the query is known."""
        known = query_tokens(query, self._model.vocab_dict)
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._model.get_scores(known), dtype=np.float32)

    def count(self, token: str) -> int:
        """How many texts hold a token."""
        return len(self.rows_of(token))

    def counts(self) -> Iterator[tuple[str, int]]:
        """Every token with how many texts hold it."""
        totals = np.diff(self._model.scores["indptr"]).tolist()
        return ((token, totals[at]) for token, at in self._model.vocab_dict.items() if token)

    def stand_together(self, tokens: Collection[str]) -> bool:
        """Whether some text holds all of the tokens."""
        rows = sorted((self.rows_of(token) for token in set(tokens)), key=len)
        if not rows:
            return False
        # In pieces: frequent tokens meet within the first.
        for start in range(0, len(rows[0]), _PIECE):
            met = rows[0][start : start + _PIECE]
            for others in rows[1:]:
                at = np.minimum(np.searchsorted(others, met), len(others) - 1)
                met = met[others[at] == met]
            if len(met):
                return True
        return False

    def holding(self, tokens: Collection[str], missing: int) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Rows of the texts that hold all different tokens but ``missing``, ascending."""
        different = set(tokens)
        if not different:
            return np.empty(0, dtype=np.int64)
        postings = np.concatenate([self.rows_of(token) for token in different])
        rows, times = np.unique(postings, return_counts=True)
        return rows[times >= len(different) - missing].astype(np.int64)

    def rows_of(self, token: str) -> Rows:
        """Rows of the texts that hold a token, ascending."""
        column = self._model.vocab_dict.get(token)
        if column is None:
            return np.empty(0, dtype=np.int32)
        start, end = self._model.scores["indptr"][column : column + 2]
        return np.asarray(self._model.scores["indices"][start:end])


def _bm25s() -> Any:
    import bm25s

    # The library sets its logger to DEBUG on import; an application decides that for itself.
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    return bm25s
