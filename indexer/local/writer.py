"""Write a new generation, and read the vectors of an old one for reuse."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from indexer.backend import Encoded, Vectors
from indexer.embedding.texts import keys_of, search_texts, sentence_texts
from indexer.local.generations import Generation, Manifest, reading
from indexer.local.lexical import LexicalIndex
from indexer.local.store import PassageStore
from indexer.local.vectors import VectorIndex

Known = dict[tuple[int, ...], Vectors]


def store_generation(generation: Generation, encoded: Encoded, made: Manifest) -> Manifest:
    """Write everything but the catalogue.

    Args:
        generation: where.
        encoded: what.
        made: what it was made with, by the settings; the rest is found here.

    Returns:
        The manifest, also written.

    Raises:
        ValueError: there are no passages, or those of a document do not follow one another from 0.
    """
    passages, sentences = encoded.passages, encoded.sentences
    PassageStore.create(generation.passages, passages)
    texts = search_texts(passages)
    VectorIndex.build(encoded.vectors).save(generation.passage_vectors)
    VectorIndex.build(sentences.vectors).save(generation.sentence_vectors)
    owners, spans = sentences.owners.astype(np.int32), sentences.spans.astype(np.int32)
    units = np.column_stack([owners, spans]).tolist()
    sentence_keys = keys_of(sentence_texts(passages, units))
    np.savez(generation.vector_keys, passages=keys_of(texts), sentences=sentence_keys)
    np.save(generation.sentence_owners, owners, allow_pickle=False)
    np.save(generation.sentence_spans, spans, allow_pickle=False)
    LexicalIndex.build(texts).save(generation.lexical)
    manifest = replace(
        made,
        dimension=int(encoded.vectors.shape[1]),
        files=len({p.path for p in passages}),
        documents=len({p.document_id for p in passages}),
        passages=len(passages),
        sentences=len(owners),
        similarity=encoded.similarity(),
    )
    generation.write_manifest(manifest)
    return manifest


def known_vectors(kind: str, old: Generation | None) -> Known:
    """Vectors of the ``passages`` or ``sentences`` of a generation by their texts' digests."""
    if old is None:
        return {}
    with reading(old.folder.parent):
        with np.load(old.vector_keys, allow_pickle=False) as archive:
            keys = archive[kind].tolist()
        path = old.passage_vectors if kind == "passages" else old.sentence_vectors
        vectors = VectorIndex.load(path).vectors(0, len(keys))
    return {tuple(k): v for k, v in zip(keys, vectors, strict=True)}
