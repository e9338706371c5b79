"""Hybrid search: candidates by meaning and by words, ranked by all that speaks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from corpus.errors import PolicyQAError
from corpus.language.gazetteer import region_names
from corpus.language.question_words import EMPTY_TOKENS
from corpus.language.simplification import search_form
from indexer.embedding.encoder import Encoder
from indexer.local.index import IndexReader
from indexer.passage import Passage
from indexer.tokens import runs, tokenise
from retriever.candidates import Candidates, find_candidates
from retriever.duplicates import Group, grouped
from retriever.filters import FilterTable, Presence
from retriever.hit import Filters, Hit, SentenceHit, Span
from retriever.query.analysis import Question, analyse, query_form
from retriever.query.named_documents import Named, NamedDocuments
from retriever.ranking import ranked_rows
from retriever.rerank.reranker import Reranker, rerank
from retriever.settings import RerankSettings, RetrieverSettings, Weights
from retriever.spelling.corrector import SpellCorrector

Vectors = np.ndarray[Any, np.dtype[np.float32]]

#: Copies are folded, so a few more rows than asked for are fetched.
_SPARE = 20
#: Candidates of each list however many hits are asked for: their texts are read and compared.
_DEEPEST = 300


#: Sentences that tell what similarity chance gives.
_SAMPLE = 400
#: Of fewer sentences chance cannot be told from meaning: the nearest one counts as near.
_FEW = 16
#: What the nearest stands above chance then, in standard deviations, and the least of these as a
#: share of what is left to 1: the spread of fewer or of equal sentences says nothing.
_NEAR, _LEAST_SPREAD = 4.0, 0.05


@dataclass(frozen=True)
class ChanceSimilarity:
    """The cosines that a query has with sentences of an index, whatever they say.

    Cosines of one embedding model crowd between .8 and .95, those of another between .1 and .7, and
    each query has a level of its own; a sentence's cosine means something by how far it is above.

    Attributes:
        mean: of the cosines.
        deviation: their standard deviation, above 0.
    """

    mean: float
    deviation: float

    @classmethod
    def of(cls, cosines: Vectors) -> ChanceSimilarity:
        """Measured on a sample, shape (n,)."""
        if len(cosines) == 0:
            return cls(0.0, 1.0)
        mean = float(cosines.mean())
        deviation = max(float(cosines.std()), _LEAST_SPREAD * (1 - mean), 1e-6)
        if len(cosines) < _FEW:
            mean = float(cosines.max()) - _NEAR * deviation
        return cls(mean, deviation)

    def above(self, cosine: float) -> float:
        """How many standard deviations a cosine is above chance."""
        return (cosine - self.mean) / self.deviation


@dataclass(frozen=True)
class Found:
    """What a search found.

    Attributes:
        question: as it was searched; says what was corrected.
        hits: best first.
    """

    question: Question
    hits: tuple[Hit, ...]


class HybridRetriever:
    """Ranks the passages of an opened index."""

    def __init__(
        self,
        index: IndexReader,
        encoder: Encoder,
        settings: RetrieverSettings | None = None,
        reranker: Reranker | None = None,
        second: RerankSettings = RerankSettings(),
    ) -> None:
        self._index = index
        self._encoder = encoder
        self._settings = settings or RetrieverSettings()
        self._reranker, self._second = reranker, second
        self._last: tuple[str, Vectors | None] = ("", None)
        self.filters = FilterTable(index.store)
        self.presence = Presence(index.catalogue)
        self._named = NamedDocuments(index.store)
        regions = (region for region, _ in self.filters.counts("region"))
        self.known_places = frozenset(name for region in regions for name in region_names(region))
        self._corrector: SpellCorrector | None = None

    def search(
        self, query: str | Question, k: int = 10, filters: Filters = Filters()
    ) -> tuple[Hit, ...]:
        """The ``k`` best passages, copies folded into the one that says most.

        Documents whose files have been deleted since are left out (see ``Presence``).

        Raises:
            PolicyQAError: the query is empty, ``k`` is not positive, or no document passes the
                filters.
        """
        return self.find(query, k, filters).hits

    def find(self, query: str | Question, k: int = 10, filters: Filters = Filters()) -> Found:
        """``search``, with the query as it was understood; one that was read before is not read again.

        Raises:
            PolicyQAError: as ``search``.
        """
        read = self.analyse(query) if isinstance(query, str) else query
        if not read.has_words:
            raise PolicyQAError("检索词是空的", "含有文字的检索词", "输入要找的内容")
        if k < 1:
            raise PolicyQAError(f"k 是 {k}", "1 以上的整数", "改正 -k")
        wanted = max(k, self._second.candidates) if self._reranker else k
        groups = grouped(self._present(read, wanted + max(wanted, _SPARE), filters), wanted)
        if self._reranker:
            groups = self._read_again(groups, read.text, self._reranker)[:k]
        hits = (_hit(rank, group, read.text) for rank, group in enumerate(groups, start=1))
        return Found(read, tuple(hits))

    def ranked(self, query: str, k: int = 100) -> list[tuple[Passage, float]]:
        """The ``k`` best passages with their scores, copies of each other included."""
        return self._present(self.analyse(query), k, Filters())

    def sentences(self, query: str, hits: Sequence[Hit]) -> tuple[SentenceHit, ...]:
        """Every sentence of ``hits`` with its similarity to the query, in reading order."""
        vector = self._vector(query_form(query))
        found: list[SentenceHit] = []
        for hit in hits:
            spans = self._index.store.sentences(self._index.store.row_of(hit.passage.id))
            if not spans:
                continue
            rows = self._index.sentence_vectors.vectors(spans[0].row, len(spans))
            cosines = (rows @ vector).tolist()
            found.extend(
                SentenceHit(hit, s.start, s.end, c, self._scale.above(c))
                for s, c in zip(spans, cosines, strict=True)
            )
        return tuple(found)

    @cached_property
    def _scale(self) -> ChanceSimilarity:
        vectors, store = self._index.sentence_vectors, self._index.store
        count = min(vectors.size, _SAMPLE)
        rows = np.arange(count, dtype=np.int64) * vectors.size // max(count, 1)
        sample = vectors.index.at(rows)
        step = max(1, count // 48)
        cosines = []
        for i in range(0, count, step):
            owner = int(vectors.owners[rows[i]])
            passage = store.passages([owner])[0]
            span = next(s for s in store.sentences(owner) if s.row == rows[i])
            text = passage.text[span.start : span.end].strip()[:25]
            own = sample @ self._encoder.encode_query(text)
            cosines.append(np.delete(own, i))
        return ChanceSimilarity.of(np.concatenate(cosines) if cosines else np.zeros(0, np.float32))

    @property
    def weights(self) -> Weights:
        """What each sign weighs in a hit's score."""
        return self._settings.weights

    def idf(self, token: str) -> float:
        """How telling a search token is in this index."""
        return self._index.lexical.idf(token)

    def _read_again(
        self, groups: Sequence[Group], query: str, reranker: Reranker
    ) -> tuple[Group, ...]:
        """The best groups in the order of a cross-encoder; copies cost it no time."""
        by_id = {group.head.id: group for group in groups}
        ranked = rerank([(g.head, g.score) for g in groups], query, reranker, self._second)
        return tuple(replace(by_id[p.id], score=score) for p, score in ranked)

    def analyse(self, query: str) -> Question:
        """A query read with the places and words of this index."""
        if self._settings.correct_typos and self._corrector is None:
            self._corrector = SpellCorrector(self._index.lexical)
        return analyse(query, self.known_places, self._corrector)

    def _vector(self, text: str) -> Vectors:
        """The query's vector; the last one is kept, as answering needs it again after searching."""
        key, vector = self._last
        if vector is None or key != text:
            vector = self._encoder.encode_query(text)
            self._last = (text, vector)
        return vector

    def _present(
        self, query: Question, count: int, filters: Filters
    ) -> list[tuple[Passage, float]]:
        """The ``count`` best passages of files that are still there, as if there were no others."""
        gone: frozenset[str] = frozenset()
        while True:
            passages = self._rank(query, count, filters, gone)
            more = self.presence.gone(p.path for p, _ in passages)
            if more <= gone:
                return passages
            gone |= more

    def _rank(
        self, query: Question, count: int, filters: Filters, gone: frozenset[str]
    ) -> list[tuple[Passage, float]]:
        allowed = self.filters.rows(filters, gone)
        named = self._named.find(query)
        depth = max(self._settings.candidates, min(count, _DEEPEST))
        candidates = self._candidates(query, named, allowed, depth)
        passages = self._index.store.passages(candidates.rows.tolist())
        ranked = ranked_rows(query, candidates, passages, named, self._settings.weights)
        return [(passages[i], score) for i, score in ranked[:count]]

    def _candidates(self, query: Question, named: Named, allowed: Any, depth: int) -> Candidates:
        weights = self._settings.weights
        # A part without a weight costs nothing: words alone need no vector of the query.
        by_meaning = weights.passage > 0 or weights.sentence > 0
        by_words = weights.lexical > 0 or not by_meaning
        return find_candidates(
            self._index,
            query.subject if by_words else "",
            self._vector(query.text) if by_meaning else None,
            depth,
            allowed,
            _allowed(named.rows, allowed),
        )


def _allowed(rows: list[int], allowed: Any) -> list[int]:
    if allowed is None or not rows:
        return rows
    return sorted(set(rows) & set(allowed.tolist()))


def _hit(rank: int, group: Group, query: str) -> Hit:
    shown = highlights(query, group.head.display)
    return Hit(rank, group.score, group.head, shown, group.copies)


def highlights(query: str, text: str) -> tuple[Span, ...]:
    """Spans of ``text`` that hold tokens of the query, merged where they touch.

    Single tokens of two characters are kept only when at least two stand together or the token is
    a number or Latin word, so that chance pairs do not light up. Numbers and Latin words match
    whole ones only: a 2 is not found in 2024.
    """
    form = _lower(search_form(text))
    wanted = {t for t in tokenise(query) if t not in EMPTY_TOKENS}
    spans: list[Span] = []
    for start, end in runs(form):
        run = form[start:end]
        if run.isascii():
            if run in wanted:
                spans.append((start, end))
            continue
        spans.extend(
            (start + i, start + i + size)
            for size in (1, 2)
            for i in range(len(run) - size + 1)
            if run[i : i + size] in wanted
        )
    return tuple(s for s in _merge(spans) if s[1] - s[0] > 2 or form[s[0]].isascii())


def _lower(text: str) -> str:
    """Lower case, as long as ``text``: 「İ」 would become two characters."""
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


def _merge(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
