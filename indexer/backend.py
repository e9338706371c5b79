"""What an index can do, whatever holds it: everything is named by passage id, never by row.

The local backend (``indexer.local``) and the reference in memory (``indexer.memory``) implement it;
``tests/indexer/contract.py`` says what any other has to pass.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Protocol, Self

import numpy as np

from corpus.document import Metadata
from indexer.filters import Selection
from indexer.passage import Passage
from indexer.similarity import SimilarityScale, measure_pairs
from indexer.tokens import Vocabulary

Vectors = np.ndarray[Any, np.dtype[np.float32]]
Floats = Vectors
Rows = np.ndarray[Any, np.dtype[np.int64]]
Spans = np.ndarray[Any, np.dtype[np.int32]]

#: Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework": usual values for short texts.
K1, B = 1.2, 0.75
#: Metadata fields whose values are counted for people to filter by.
FACETS = ("region", "year", "doc_type", "issuer")
#: (value, how many have it), most frequent first.
Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class DocumentEntry:
    """A document as an index knows it.

    Attributes:
        id: its identifier.
        doc: its file's name.
        path: where the file is.
        passages: how many it has, numbered from 0.
        metadata: what is known about it.
    """

    id: str
    doc: str
    path: str
    passages: int
    metadata: Metadata

    @property
    def passage_ids(self) -> list[str]:
        """Of its passages, in order."""
        return [f"{self.id}/{ordinal}" for ordinal in range(self.passages)]


def counted(known: Iterable[Metadata], field: str) -> Counts:
    """How often each value of a field occurs; an unknown one is not counted."""
    totals = Counter(str(value) for each in known if (value := getattr(each, field)))
    return tuple(sorted(totals.items(), key=lambda item: (-item[1], item[0])))


def ids_of(documents: Iterable[DocumentEntry]) -> list[str]:
    """Of all passages of some documents, in order."""
    return [each for document in documents for each in document.passage_ids]


@dataclass(frozen=True)
class Facets:
    """How much there is of what.

    Attributes:
        documents: number of documents.
        passages: number of their passages.
        counts: of documents by each of ``FACETS``.
    """

    documents: int
    passages: int
    counts: Mapping[str, Counts]


@dataclass(frozen=True)
class Ranked:
    """Passages found, best first.

    Attributes:
        ids: theirs.
        scores: theirs, shape (n,).
    """

    ids: tuple[str, ...]
    scores: Floats


@dataclass(frozen=True)
class Sentences:
    """Sentences of some passages, passage after passage, as they stand there.

    Attributes:
        owners: position of each one's passage among the passages, ascending, shape (n,).
        spans: where each begins and ends in ``Passage.text``, shape (n, 2).
        vectors: theirs, shape (n, dimension).
    """

    owners: Rows
    spans: Spans
    vectors: Vectors


@dataclass(frozen=True)
class Encoded:
    """Whole documents' passages, one document after another, with all vectors.

    Attributes:
        passages: in order; those of a document numbered from 0.
        vectors: of the passages with their context, shape (passages, dimension).
        sentences: theirs; none where passages alone are found by vectors.
        scale: what cosines of questions mean in it; None where it was not measured.
    """

    passages: Sequence[Passage]
    vectors: Vectors
    sentences: Sentences
    scale: SimilarityScale | None = None

    @classmethod
    def of(
        cls,
        passages: Sequence[Passage],
        units: Sequence[Sequence[int]],
        vectors: Vectors,
        sentence_vectors: Vectors,
    ) -> Self:
        """From ``indexer.embedding.texts.sentences_of`` the passages, and the vectors of both."""
        table = np.array(units, dtype=np.int32).reshape(-1, 3)
        owners = table[:, 0].astype(np.int64)
        return cls(passages, vectors, Sentences(owners, table[:, 1:], sentence_vectors))

    def joined(self, more: Encoded) -> Encoded:
        """These, then others."""
        one, two = self.sentences, more.sentences
        sentences = Sentences(
            np.concatenate([one.owners, two.owners + len(self.passages)]),
            np.concatenate([one.spans, two.spans]),
            np.concatenate([one.vectors, two.vectors]),
        )
        passages = (*self.passages, *more.passages)
        vectors = np.concatenate([self.vectors, more.vectors])
        return Encoded(passages, vectors, sentences, self.scale or more.scale)

    def similarity(self) -> SimilarityScale:
        """What cosines mean in it: as measured, else by its sentences or passages alone."""
        vectors = self.sentences.vectors if len(self.sentences.owners) else self.vectors
        return self.scale or measure_pairs(vectors)


@dataclass(frozen=True)
class BackendChanges:
    """Documents to add, in place of those of the same identifiers, and identifiers to remove."""

    add: Encoded | None = None
    remove: frozenset[str] = frozenset()

    @property
    def replaced(self) -> Set[str]:
        """Identifiers of the documents whose present passages go."""
        added = self.add.passages if self.add else ()
        return self.remove | {passage.document_id for passage in added}


class SearchBackend(Vocabulary, Protocol):
    """An index; may be read from several threads, though not while ``apply`` works.

    Whatever takes a ``Selection`` raises ``PolicyQAError`` where it has filters and no document
    passes them.
    """

    @property
    def similarity(self) -> SimilarityScale:
        """What cosines mean in this index."""

    def generation(self) -> str:
        """A name that no other state of the index has."""

    def documents(self, selection: Selection = Selection()) -> list[DocumentEntry]:
        """The documents, always in the same order."""

    def facets(self, selection: Selection = Selection()) -> Facets:
        """What the documents are."""
        chosen = self.documents(selection)
        counts = {name: counted([d.metadata for d in chosen], name) for name in FACETS}
        return Facets(len(chosen), sum(document.passages for document in chosen), counts)

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """Passages in the order given.

        Raises:
            KeyError: there is no such passage.
        """

    def sentences(self, ids: Sequence[str]) -> Sentences:
        """The sentences of passages; an unknown passage has none."""

    def dense(self, vector: Vectors, k: int, selection: Selection = Selection()) -> Ranked:
        """The ``k`` passages of the highest cosine to a unit vector."""

    def lexical(self, text: str, k: int, selection: Selection = Selection()) -> Ranked:
        """The ``k`` best passages by BM25; none that holds no token of the text."""

    def cosines(self, vector: Vectors, ids: Sequence[str]) -> Floats:
        """Of passages to a unit vector, shape (n,)."""

    def lexical_scores(self, text: str, ids: Sequence[str]) -> Floats:
        """BM25 of passages, shape (n,)."""

    def stand_together(self, tokens: Collection[str]) -> bool:
        """Whether some passage holds all of the tokens."""
        return bool(self.holding(tokens))

    def holding(self, tokens: Collection[str], missing: int = 0) -> list[str]:
        """Passages that hold all different tokens but ``missing``; none for no tokens."""

    def apply(self, changes: BackendChanges) -> None:
        """Change the index as a whole or not at all; from then on this object answers from it.

        Raises:
            ValueError: no passage would be left, or those of a document do not follow one another
                from 0.
        """


def check_order(passages: Sequence[Passage]) -> None:
    """Refuse passages whose ids do not give their places, and none at all.

    Raises:
        ValueError: there are none, or those of a document do not follow one another from 0.
    """
    if not passages:
        raise ValueError("an index without passages")
    follows: dict[str, int] = {}
    last = ""
    for passage in passages:
        document, expected = passage.document_id, follows.get(passage.document_id, 0)
        if passage.id != f"{document}/{expected}" or (expected and document != last):
            raise ValueError(f"{passage.id} does not follow {last}/{follows.get(last, 0) - 1}")
        follows[document], last = expected + 1, document
