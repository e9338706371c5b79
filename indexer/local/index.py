"""An index opened for searching."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.errors import IndexStateError
from indexer.local.generations import Generation, Manifest, damaged, reading, require_current
from indexer.local.lexical import LexicalIndex
from indexer.local.store import PassageStore
from indexer.local.vectors import SentenceVectors, VectorIndex
from indexer.settings import IndexSettings


@dataclass(frozen=True)
class IndexReader:
    """Everything a search needs, opened from one generation.

    Attributes:
        generation: where it is on disk.
        manifest: what it was made with.
        catalogue: files and documents.
        store: passages and sentences.
        passage_vectors: vectors of passages with their context, by passage row.
        sentence_vectors: vectors of sentences, by sentence row or by passage.
        lexical: BM25 over passages with their context.
    """

    generation: Generation
    manifest: Manifest
    catalogue: Catalogue
    store: PassageStore
    passage_vectors: VectorIndex
    sentence_vectors: SentenceVectors
    lexical: LexicalIndex

    def close(self) -> None:
        """Release the files."""
        self.catalogue.close()
        self.store.close()


def open_index(index_dir: Path, settings: IndexSettings) -> IndexReader:
    """Open the current generation.

    Raises:
        IndexStateError: there is no index, it is damaged, or it was made with another model.
    """
    generation = require_current(index_dir)
    try:
        return _open(generation, index_dir, settings)
    except IndexStateError:
        # policyqa index may have published a new generation and cleared this one away meanwhile.
        newer = require_current(index_dir)
        if newer == generation:
            raise
        return _open(newer, index_dir, settings)


def _open(generation: Generation, index_dir: Path, settings: IndexSettings) -> IndexReader:
    manifest = generation.manifest()
    if manifest.model != settings.model:
        raise IndexStateError(
            f"索引 {index_dir} 是用向量模型 {manifest.model} 建的，设置里是 {settings.model}",
            "同一个模型",
            "改回设置里的 index.model，或重建索引",
        )
    with reading(index_dir):
        index = IndexReader(
            generation=generation,
            manifest=manifest,
            catalogue=Catalogue(generation.catalogue),
            store=PassageStore(generation.passages),
            passage_vectors=VectorIndex.load(generation.passage_vectors),
            sentence_vectors=SentenceVectors.load(
                generation.sentence_vectors, generation.sentence_owners
            ),
            lexical=LexicalIndex.load(generation.lexical, manifest.passages),
        )
    sizes = (
        index.passage_vectors.size,
        index.sentence_vectors.size,
        len(index.sentence_vectors.owners),
    )
    if sizes != (manifest.passages, manifest.sentences, manifest.sentences):
        raise damaged(index_dir)
    return index
