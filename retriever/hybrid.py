"""Hybrid search: passage vectors, sentence vectors and BM25, fused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from corpus.errors import PolicyQAError
from corpus.simplify import search_form
from indexer.embedding import Encoder
from indexer.passage import Passage
from indexer.reader import IndexReader
from retriever.duplicates import are_copies, says_more
from retriever.filters import FilterTable
from retriever.fusion import weighted_sum
from retriever.highlight import highlights
from retriever.hit import Filters, Hit, SentenceHit
from retriever.presence import Presence
from retriever.settings import RetrieverSettings

if TYPE_CHECKING:
    import numpy as np

    Vectors = np.ndarray[Any, np.dtype[np.float32]]
    Rows = np.ndarray[Any, np.dtype[np.int64]]

#: A passage has about four sentences, of which the best two are wanted.
_SENTENCES_A_CANDIDATE = 6
#: Copies are folded, so a few more rows than asked for are fetched.
_SPARE = 20
#: The model reads no more than this of a long draft anyway.
_LONGEST_QUERY = 2000


class HybridRetriever:
    """Ranks the passages of an opened index."""

    def __init__(
        self, index: IndexReader, encoder: Encoder, settings: RetrieverSettings | None = None
    ) -> None:
        self._index = index
        self._encoder = encoder
        self._settings = settings or RetrieverSettings()
        self._last: tuple[str, Vectors | None] = ("", None)
        self.filters = FilterTable(index.store)
        self.presence = Presence(index.catalogue)

    def search(self, query: str, k: int = 10, filters: Filters = Filters()) -> tuple[Hit, ...]:
        """The ``k`` best passages, copies folded into the one that says most.

        Documents whose files have been deleted since are left out (see ``Presence``).

        Raises:
            PolicyQAError: the query is empty, ``k`` is not positive, or no document passes the
                filters.
        """
        text = _query_form(query)
        if not any(c.isalnum() for c in text):
            raise PolicyQAError("检索词是空的", "含有文字的检索词", "输入要找的内容")
        if k < 1:
            raise PolicyQAError(f"k 是 {k}", "1 以上的整数", "改正 -k")
        chosen = self._fold(self._present(text, k + max(k, _SPARE), filters), k)
        return tuple(
            Hit(rank, score, passage, highlights(text, passage.display))
            for rank, (passage, score) in enumerate(chosen, start=1)
        )

    def ranked(self, query: str, k: int = 100) -> list[tuple[Passage, float]]:
        """The ``k`` best passages with their scores, copies of each other included."""
        return self._present(_query_form(query), k, Filters())

    def sentences(self, query: str, hits: Sequence[Hit]) -> tuple[SentenceHit, ...]:
        """Every sentence of ``hits`` with its similarity to the query, in reading order."""
        vector = self._vector(_query_form(query))
        found: list[SentenceHit] = []
        for hit in hits:
            spans = self._index.store.sentences(self._index.store.row_of(hit.passage.id))
            if not spans:
                continue
            rows = self._index.sentence_vectors.vectors(spans[0].row, len(spans))
            cosines = (rows @ vector).tolist()
            found.extend(
                SentenceHit(hit, s.start, s.end, c) for s, c in zip(spans, cosines, strict=True)
            )
        return tuple(found)

    def idf(self, token: str) -> float:
        """How telling a search token is in this index."""
        return self._index.lexical.idf(token)

    def _vector(self, text: str) -> Vectors:
        """The query's vector; the last one is kept, as answering needs it again after searching."""
        key, vector = self._last
        if vector is None or key != text:
            vector = self._encoder.encode_query(text)
            self._last = (text, vector)
        return vector

    def _present(self, query: str, count: int, filters: Filters) -> list[tuple[Passage, float]]:
        """The ``count`` best passages of files that are still there, as if there were no others."""
        gone: frozenset[str] = frozenset()
        while True:
            ranked = self._rank(query, self.filters.rows(filters, gone))[:count]
            passages = self._index.store.passages([row for row, _ in ranked])
            more = self.presence.gone(p.path for p in passages)
            if more <= gone:
                return [(p, score) for p, (_, score) in zip(passages, ranked, strict=True)]
            gone |= more

    def _rank(self, query: str, rows: Rows | None) -> list[tuple[int, float]]:
        s = self._settings
        parts: list[tuple[dict[int, float], float]] = []
        # A part without a weight costs nothing: words alone need no vector of the query.
        if s.passage_weight > 0:
            parts.append((self._by_passage(self._vector(query), rows), s.passage_weight))
        if s.sentence_weight > 0:
            parts.append((self._by_sentence(self._vector(query), rows), s.sentence_weight))
        if s.lexical_weight > 0:
            parts.append((self._by_words(query, rows), s.lexical_weight))
        return weighted_sum([(r, w) for r, w in parts if r], s.candidates)

    def _by_passage(self, vector: Vectors, rows: Rows | None) -> dict[int, float]:
        cosines, found = self._index.passage_vectors.nearest(
            vector, self._settings.candidates, rows
        )
        return dict(zip(found.tolist(), cosines.tolist(), strict=True))

    def _by_sentence(self, vector: Vectors, rows: Rows | None) -> dict[int, float]:
        """Mean cosine of each passage's best two sentences.

        Where only one of a passage's sentences is among the nearest, the last of these stands in
        for its second: it cannot be nearer.
        """
        import numpy as np

        owners = self._index.sentence_owners
        allowed = None if rows is None else np.flatnonzero(np.isin(owners, rows)).astype(np.int64)
        wanted = self._settings.candidates * _SENTENCES_A_CANDIDATE
        cosines, found = self._index.sentence_vectors.nearest(vector, wanted, allowed)
        if len(found) == 0:
            return {}
        floor = float(cosines[-1])
        best: dict[int, list[float]] = {}
        for cosine, owner in zip(cosines.tolist(), owners[found].tolist(), strict=True):
            best.setdefault(owner, []).append(cosine)
        return {owner: (c[0] + (c[1] if len(c) > 1 else floor)) / 2 for owner, c in best.items()}

    def _by_words(self, query: str, rows: Rows | None) -> dict[int, float]:
        import numpy as np

        scores = self._index.lexical.scores(query)
        if rows is not None:
            mask = np.zeros(len(scores), dtype=bool)
            mask[rows] = True
            scores = np.where(mask, scores, 0.0)
        count = min(self._settings.candidates, len(scores))
        top = np.argpartition(-scores, count - 1)[:count]
        return {int(row): float(scores[row]) for row in top if scores[row] > 0}

    def _fold(self, ranked: Sequence[tuple[Passage, float]], k: int) -> list[tuple[Passage, float]]:
        """The first ``k`` passages that are no copies of one before them."""
        chosen: list[tuple[Passage, float]] = []
        for passage, score in ranked:
            copy = next((i for i, (c, _) in enumerate(chosen) if are_copies(c, passage)), None)
            if copy is None:
                chosen.append((passage, score))
            elif says_more(passage, chosen[copy][0]):
                chosen[copy] = (passage, chosen[copy][1])
        return chosen[:k]


def _query_form(query: str) -> str:
    """A query as it is searched; half characters of a damaged input would stop the tokenizer."""
    whole = query.encode("utf-8", "ignore").decode("utf-8")
    return search_form(" ".join(whole.split()))[:_LONGEST_QUERY]
