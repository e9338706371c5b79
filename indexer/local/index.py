"""The backend of one machine: an index folder opened for searching."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from corpus.catalogue import Catalogue
from corpus.errors import IndexStateError
from indexer import backend
from indexer.backend import DocumentEntry, Encoded, Floats, Ranked, Rows, Sentences, Vectors
from indexer.filters import Selection
from indexer.local import generations
from indexer.local.documents import DocumentTable
from indexer.local.generations import Generation
from indexer.local.lexical import LexicalIndex
from indexer.local.store import PassageStore
from indexer.local.vectors import SentenceVectors, VectorIndex
from indexer.local.writer import store_generation
from indexer.passage import Passage
from indexer.settings import IndexSettings
from indexer.similarity import SimilarityScale


class LocalBackend(backend.SearchBackend):
    """One generation of an index, with what only this machine's index has.

    Attributes:
        manifest: what it was made with.
        catalogue: files and documents.
        passage_vectors: vectors of passages with their context, in the order of ``documents()``.
    """

    def __init__(self, generation: Generation) -> None:
        """Open a generation.

        Raises:
            IndexStateError: it is damaged or of another format.
        """
        self._open(generation)

    def _open(self, generation: Generation) -> None:
        self._generation = generation
        self.manifest = manifest = generation.manifest()
        self._stamp = generation.stamp()
        with generations.reading(generation.folder.parent):
            self.catalogue = Catalogue(generation.catalogue)
            self._store = PassageStore(generation.passages)
            self.passage_vectors = VectorIndex.load(generation.passage_vectors)
            self._sentences = SentenceVectors.load(
                generation.sentence_vectors, generation.sentence_owners, generation.sentence_spans
            )
            self._lexical = LexicalIndex.load(generation.lexical, manifest.passages)
            self._documents = DocumentTable(self._store.documents())
        sentences = self._sentences
        sizes = self.passage_vectors.size, sentences.index.size, len(sentences.owners)
        if sizes != (manifest.passages, manifest.sentences, manifest.sentences):
            raise generations.damaged(generation.folder.parent)
        # A search asks for each of these several times.
        self._rows = lru_cache(maxsize=1)(self._documents.rows)
        self._scores = lru_cache(maxsize=1)(self._lexical.scores)
        self._rows_of_ids = lru_cache(maxsize=1)(self._documents.rows_of)

    def close(self) -> None:
        """Release the files."""
        self.catalogue.close()
        self._store.close()

    @property
    def similarity(self) -> SimilarityScale:
        """What cosines mean in this index."""
        return self.manifest.similarity

    def generation(self) -> str:
        """A name that no other generation has."""
        return self._stamp

    def documents(self, selection: Selection = Selection()) -> list[DocumentEntry]:
        """The documents, in the order of their files' names."""
        return self._documents.entries(selection)

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """Passages in the order given."""
        return self._store.passages(self._rows_of(ids).tolist())

    def sentences(self, ids: Sequence[str]) -> Sentences:
        """The sentences of passages; an unknown passage has none."""
        return self._sentences.of_passages(self._rows_of(ids))

    def dense(self, vector: Vectors, k: int, selection: Selection = Selection()) -> Ranked:
        """The ``k`` passages of the highest cosine: all are looked at."""
        cosines, rows = self.passage_vectors.nearest(vector, k, self._rows(selection))
        return Ranked(tuple(self._documents.ids(rows)), cosines)

    def lexical(self, text: str, k: int, selection: Selection = Selection()) -> Ranked:
        """The ``k`` best passages by BM25."""
        scores, allowed = self._scores(text), self._rows(selection)
        rows = np.flatnonzero(scores) if allowed is None else allowed[scores[allowed] > 0]
        if len(rows) > k:
            rows = rows[np.argpartition(-scores[rows], k - 1)[:k]]
        rows = rows[np.argsort(-scores[rows], kind="stable")]
        return Ranked(tuple(self._documents.ids(rows)), scores[rows])

    def cosines(self, vector: Vectors, ids: Sequence[str]) -> Floats:
        """Of passages to a unit vector."""
        found: Floats = self.passage_vectors.at(self._rows_of(ids)) @ vector
        return found

    def lexical_scores(self, text: str, ids: Sequence[str]) -> Floats:
        """BM25 of passages."""
        return self._scores(text)[self._rows_of(ids)]

    @property
    def size(self) -> int:
        """How many passages there are."""
        return self._lexical.size

    def count(self, token: str) -> int:
        """How many passages hold a token."""
        return self._lexical.count(token)

    def counts(self) -> Iterator[tuple[str, int]]:
        """Every token with how many passages hold it."""
        return self._lexical.counts()

    def stand_together(self, tokens: Collection[str]) -> bool:
        """Whether some passage holds all of the tokens."""
        return self._lexical.stand_together(tokens)

    def holding(self, tokens: Collection[str], missing: int = 0) -> list[str]:
        """Passages that hold all different tokens but ``missing``."""
        return self._documents.ids(self._lexical.holding(tokens, missing))

    def apply(self, changes: backend.BackendChanges) -> None:
        """Write and open a new generation; the catalogue, which is ``build_index``'s, stays.

        Raises:
            IndexStateError: another process is writing.
            ValueError: the passages of a document do not follow one another from 0.
        """
        index_dir = self._generation.folder.parent
        with generations.writing(index_dir) as building:
            copy = Generation(building)
            shutil.copyfile(self._generation.catalogue, copy.catalogue)
            store_generation(copy, self._changed(changes), self.manifest)
            published = generations.publish(index_dir, building)
        self.close()
        self._open(published)

    def _changed(self, changes: backend.BackendChanges) -> Encoded:
        ids = backend.ids_of(d for d in self.documents() if d.id not in changes.replaced)
        vectors = self.passage_vectors.at(self._rows_of(ids))
        encoded = Encoded(self.passages(ids), vectors, self.sentences(ids), self.similarity)
        return encoded.joined(changes.add) if changes.add else encoded

    def _rows_of(self, ids: Sequence[str]) -> Rows:
        return self._rows_of_ids(tuple(ids))


def open_index(index_dir: Path, settings: IndexSettings) -> LocalBackend:
    """Open the current generation.

    Raises:
        IndexStateError: there is no index, it is damaged, or it was made with another model.
    """
    generation = generations.require_current(index_dir)
    while True:
        try:
            generation.manifest().require_model(settings.model, index_dir)
            return LocalBackend(generation)
        except IndexStateError:
            # A new generation may have been published and this one cleared away meanwhile.
            newer = generations.require_current(index_dir)
            if newer == generation:
                raise
            generation = newer
