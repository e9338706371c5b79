"""The reference backend: everything in memory, clear rather than quick."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import numpy as np

from corpus.language.simplification import to_simplified
from indexer import backend
from indexer.backend import DocumentEntry, Encoded, Floats, Ranked, Sentences, Vectors, ids_of
from indexer.embedding.texts import search_texts
from indexer.filters import EXACT, Selection
from indexer.passage import Passage
from indexer.similarity import SimilarityScale
from indexer.tokens import query_tokens, tokenise


class MemoryBackend(backend.SearchBackend):
    """A ``SearchBackend`` of dicts."""

    def __init__(self, encoded: Encoded) -> None:
        self._generation = 0
        self._index(encoded)

    def _index(self, encoded: Encoded) -> None:
        passages = encoded.passages
        backend.check_order(passages)
        self._encoded = encoded
        self._generation += 1
        self._rows = {passage.id: row for row, passage in enumerate(passages)}
        self._tokens = [Counter(tokenise(text)) for text in search_texts(passages)]
        self._count = Counter(token for tokens in self._tokens for token in tokens)
        self._mean = sum(tokens.total() for tokens in self._tokens) / len(passages)
        self._similarity = encoded.similarity()
        sizes = Counter(passage.document_id for passage in passages)
        self._documents = [
            DocumentEntry(first.document_id, first.doc, first.path, size, first.metadata)
            for first, size in zip(
                (p for p in passages if not p.ordinal), sizes.values(), strict=True
            )
        ]

    @property
    def similarity(self) -> SimilarityScale:
        """What cosines mean in this index."""
        return self._similarity

    def generation(self) -> str:
        """How often it was changed."""
        return str(self._generation)

    def documents(self, selection: Selection = Selection()) -> list[DocumentEntry]:
        """The documents in the order they were added."""
        passing = [d for d in self._documents if _passes(d, selection)]
        left = [d for d in passing if d.id not in selection.without]
        if selection.asked and not left:
            raise selection.nothing()
        return left

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """Passages in the order given."""
        return [self._encoded.passages[self._rows[each]] for each in ids]

    def sentences(self, ids: Sequence[str]) -> Sentences:
        """The sentences of passages."""
        every, rows = self._encoded.sentences, [self._rows.get(each, -1) for each in ids]
        own = [np.flatnonzero(every.owners == row) for row in rows]
        owners = np.repeat(np.arange(len(ids)), [len(each) for each in own])
        chosen = np.concatenate([np.zeros(0, np.int64), *own])
        return Sentences(owners, every.spans[chosen], every.vectors[chosen])

    def dense(self, vector: Vectors, k: int, selection: Selection = Selection()) -> Ranked:
        """The ``k`` passages of the highest cosine."""
        ids = ids_of(self.documents(selection))
        return _best(ids, self.cosines(vector, ids), k)

    def lexical(self, text: str, k: int, selection: Selection = Selection()) -> Ranked:
        """The ``k`` best passages by BM25."""
        ids = ids_of(self.documents(selection))
        found = _best(ids, self.lexical_scores(text, ids), k)
        some = int((found.scores > 0).sum())
        return Ranked(found.ids[:some], found.scores[:some])

    def cosines(self, vector: Vectors, ids: Sequence[str]) -> Floats:
        """Of passages to a unit vector."""
        found: Floats = self._encoded.vectors[[self._rows[each] for each in ids]] @ vector
        return found

    def lexical_scores(self, text: str, ids: Sequence[str]) -> Floats:
        """BM25 with Lucene's idf (Kamphuis et al. 2020, "Which BM25 Do You Mean?", table 1)."""
        scores = []
        for tokens in (self._tokens[self._rows[each]] for each in ids):
            longer = backend.B * (tokens.total() / self._mean - 1)
            weight = backend.K1 * (1 + longer)
            own = query_tokens(text, tokens)
            scores.append(sum(self.idf(t) * tokens[t] / (tokens[t] + weight) for t in own))
        return np.array(scores, dtype=np.float32)

    @property
    def size(self) -> int:
        """How many passages there are."""
        return len(self._tokens)

    def count(self, token: str) -> int:
        """How many passages hold a token."""
        return self._count[token]

    def counts(self) -> Iterator[tuple[str, int]]:
        """Every token with how many passages hold it."""
        return iter(self._count.items())

    def holding(self, tokens: Collection[str], missing: int = 0) -> list[str]:
        """Passages that hold all different tokens but ``missing``."""
        different = set(tokens)
        least = max(len(different) - missing, 1)
        rows = zip(self._rows, self._tokens, strict=True)
        return [i for i, own in rows if len(different & own.keys()) >= least]

    def apply(self, changes: backend.BackendChanges) -> None:
        """Count everything anew."""
        ids = ids_of(d for d in self._documents if d.id not in changes.replaced)
        vectors = self._encoded.vectors[[self._rows[each] for each in ids]]
        encoded = Encoded(self.passages(ids), vectors, self.sentences(ids))
        self._index(encoded.joined(changes.add) if changes.add else encoded)


def _best(ids: Sequence[str], scores: Floats, k: int) -> Ranked:
    order = np.argsort(-scores, kind="stable")[:k]
    return Ranked(tuple(ids[i] for i in order), scores[order])


def _passes(document: DocumentEntry, selection: Selection) -> bool:
    own = {"doc": document.doc, "title": document.metadata.title or document.doc}
    for name, wanted in selection.asked.items():
        value = own.get(name, getattr(document.metadata, name, ""))
        passes = value == wanted if name in EXACT else to_simplified(wanted) in to_simplified(value)
        if not passes:
            return False
    return True
