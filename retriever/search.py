"""Hybrid search: candidates by meaning and by words, ranked by all that speaks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.errors import PolicyQAError
from corpus.language.gazetteer import region_names
from corpus.language.question_words import EMPTY_TOKENS
from indexer.backend import SearchBackend
from indexer.changes import Presence
from indexer.embedding.encoder import Encoder
from indexer.filters import Filters, Selection
from indexer.passage import Passage
from indexer.tokens import runs, tokenise
from retriever.candidates import find_candidates
from retriever.duplicates import Group, grouped
from retriever.hit import Hit, SentenceHit, Span
from retriever.query.analysis import Question, analyse, query_form
from retriever.query.named_documents import NamedDocuments
from retriever.ranking import ranked_rows
from retriever.rerank.reranker import Reranker, rerank
from retriever.settings import RerankSettings, RetrieverSettings, Weights
from retriever.spelling.corrector import SpellCorrector

#: Copies are folded, so a few more rows than asked for are fetched.
_SPARE = 20
#: Candidates of each list however many hits are asked for: their texts are read and compared.
_DEEPEST = 300


@dataclass(frozen=True)
class Found:
    """What a search found.

    Attributes:
        question: as it was searched, with what was corrected.
        hits: best first.
    """

    question: Question
    hits: tuple[Hit, ...]


class HybridRetriever:
    """Ranks the passages of an index.

    Attributes:
        backend: the index.
        presence: which of its documents' files are still there.
        known_places: short names of the places that its documents are of.
    """

    def __init__(
        self,
        backend: SearchBackend,
        encoder: Encoder,
        settings: RetrieverSettings = RetrieverSettings(),
        reranker: Reranker | None = None,
        second: RerankSettings = RerankSettings(),
    ) -> None:
        self.backend = backend
        self._settings, self._reranker, self._second = settings, reranker, second
        # The last vector is kept, as answering needs it again after searching.
        self._vector = lru_cache(maxsize=1)(encoder.encode_query)
        self.presence = Presence(backend.documents())
        self._named = NamedDocuments(backend)
        self._regions = tuple(region for region, _ in backend.facets().counts["region"])
        self.known_places = frozenset(n for region in self._regions for n in region_names(region))
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
        hits = (
            Hit(rank, g.score, g.head, highlights(read.text, g.head.text), g.copies)
            for rank, g in enumerate(groups, start=1)
        )
        return Found(read, tuple(hits))

    def ranked(self, query: str, k: int = 100) -> list[tuple[Passage, float]]:
        """The ``k`` best passages with their scores, copies of each other included."""
        return self._present(self.analyse(query), k, Filters())

    def sentences(self, query: str, hits: Sequence[Hit]) -> tuple[SentenceHit, ...]:
        """Every sentence of ``hits`` with its similarity to the query, in reading order."""
        vector = self._vector(query_form(query))
        own = self.backend.sentences([hit.passage.id for hit in hits])
        cosines = (own.vectors @ vector).tolist()
        rows = zip(own.owners.tolist(), own.spans.tolist(), cosines, strict=True)
        above = self.backend.similarity.above
        return tuple(SentenceHit(hits[at], start, end, c, above(c)) for at, (start, end), c in rows)

    @property
    def weights(self) -> Weights:
        """What each feature weighs in a hit's score."""
        return self._settings.weights

    def has_documents_of(self, place: str) -> bool:
        """Whether a filter by this place, in whichever form, leaves any document."""
        return any(place in region for region in self._regions)

    def idf(self, token: str) -> float:
        """How telling a search token is in this index."""
        return self.backend.idf(token)

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
            self._corrector = SpellCorrector(self.backend)
        return analyse(query, self.known_places, self._corrector)

    def _present(
        self, query: Question, count: int, filters: Filters
    ) -> list[tuple[Passage, float]]:
        """The ``count`` best passages of files that are still there, as if there were no others."""
        gone: frozenset[str] = frozenset()
        while True:
            passages = self._rank(query, count, filters, gone)
            more = self.presence.gone([p.path for p, _ in passages])
            if more <= gone:
                return passages
            gone |= more

    def _rank(
        self, query: Question, count: int, filters: Filters, gone: frozenset[str]
    ) -> list[tuple[Passage, float]]:
        selection, named = Selection(filters, gone), self._named.find(query)
        depth = max(self._settings.candidates, min(count, _DEEPEST))
        weights = self._settings.weights
        # A part without a weight costs nothing: words alone need no vector of the query.
        by_meaning = weights.passage > 0 or weights.sentence > 0
        by_words = weights.lexical > 0 or not by_meaning
        candidates = find_candidates(
            self.backend,
            query.subject if by_words else "",
            self._vector(query.text) if by_meaning else None,
            depth,
            selection,
            named.candidates(self.backend, selection),
        )
        passages = self.backend.passages(candidates.ids)
        ranked = ranked_rows(query, candidates, passages, named, weights)
        return [(passages[i], score) for i, score in ranked[:count]]


def highlights(query: str, text: str) -> tuple[Span, ...]:
    """Spans of a text in simplified characters that hold tokens of the query, merged where they touch.

    Single tokens of two characters are kept only when at least two stand together or the token is
    a number or Latin word, so that chance pairs do not light up. Numbers and Latin words match
    whole ones only: a 2 is not found in 2024.
    """
    form = _lower(text)
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
