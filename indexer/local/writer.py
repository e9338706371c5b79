"""Write a new generation, reusing the vectors of texts that the old one had already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.errors import IndexStateError
from indexer.embedding.encoder import Encoder, load_encoder
from indexer.embedding.texts import keys_of, search_texts, sentence_units
from indexer.local.generations import FORMAT, Generation, Manifest, reading
from indexer.local.lexical import LexicalIndex
from indexer.local.store import PassageStore, Sentence
from indexer.local.vectors import VectorIndex
from indexer.passage import Passage
from indexer.settings import IndexSettings

if TYPE_CHECKING:
    import numpy as np

    Vectors = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True)
class Encoded:
    """What a generation is made of.

    Attributes:
        passages: by row.
        sentences: by row; none where passages alone are found by vectors.
        passage_vectors: shape (passages, dimension).
        sentence_vectors: shape (sentences, dimension).
    """

    passages: Sequence[Passage]
    sentences: Sequence[Sentence]
    passage_vectors: Vectors
    sentence_vectors: Vectors


class _LazyEncoder:
    """The encoder given, or the settings' model, loaded only when there is a text to encode."""

    def __init__(self, encoder: Encoder | None, settings: IndexSettings, progress: bool) -> None:
        self._encoder = encoder
        self._settings = settings
        self._progress = progress

    def encode(self, texts: Sequence[str]) -> Vectors:
        if self._encoder is None:
            self._encoder = load_encoder(self._settings)
        return self._encoder.encode_passages(texts, self._progress)


def write_generation(
    generation: Generation,
    passages: Sequence[Passage],
    old: Generation | None,
    settings: IndexSettings,
    encoder: Encoder | None,
    progress: bool,
) -> Manifest:
    """Write everything but the catalogue, which is there already.

    Returns:
        The manifest, also written.
    """
    sentences = sentences_of(passages)
    lazy = _LazyEncoder(encoder, settings, progress)
    passage_vectors = _vectors(search_texts(passages), "passages", old, lazy)
    sentence_vectors = _vectors(sentence_texts(passages, sentences), "sentences", old, lazy)
    encoded = Encoded(passages, sentences, passage_vectors, sentence_vectors)
    return store_generation(generation, encoded, settings)


def store_generation(generation: Generation, encoded: Encoded, settings: IndexSettings) -> Manifest:
    """Write everything but the catalogue from vectors that are there already.

    Returns:
        The manifest, also written.
    """
    import numpy as np

    passages, sentences = encoded.passages, encoded.sentences
    texts = search_texts(passages)
    VectorIndex.build(encoded.passage_vectors).save(generation.passage_vectors)
    VectorIndex.build(encoded.sentence_vectors).save(generation.sentence_vectors)
    sentence_keys = keys_of(sentence_texts(passages, sentences))
    np.savez(generation.vector_keys, passages=keys_of(texts), sentences=sentence_keys)
    owners = np.array([s.passage for s in sentences], dtype=np.int32)
    np.save(generation.sentence_owners, owners, allow_pickle=False)
    LexicalIndex.build(texts).save(generation.lexical)
    PassageStore.create(generation.passages, passages, sentences)
    manifest = Manifest(
        format=FORMAT,
        model=settings.model,
        dimension=int(encoded.passage_vectors.shape[1]),
        files=len({p.path for p in passages}),
        documents=len({p.document_id for p in passages}),
        passages=len(passages),
        sentences=len(sentences),
        passage_target=settings.passages.target,
        ocr=settings.ocr,
        max_file_mb=settings.max_file_mb,
        rules_off=settings.rules_off,
    )
    generation.write_manifest(manifest)
    return manifest


def sentences_of(passages: Sequence[Passage]) -> list[Sentence]:
    """The sentences to encode, with their rows."""
    spans = [(i, a, b) for i, p in enumerate(passages) for a, b in sentence_units(p.text)]
    return [Sentence(row, i, a, b) for row, (i, a, b) in enumerate(spans)]


def sentence_texts(passages: Sequence[Passage], sentences: Sequence[Sentence]) -> list[str]:
    """The words of each sentence."""
    return [passages[s.passage].text[s.start : s.end].strip() for s in sentences]


def _vectors(
    texts: Sequence[str], kind: str, old: Generation | None, encoder: _LazyEncoder
) -> Vectors:
    """Vectors of ``texts`` in order: taken from the old generation, else encoded once each."""
    import numpy as np

    known = _known_vectors(kind, old)
    keys = [tuple(k) for k in keys_of(texts).tolist()]
    missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in known}
    if missing:
        fresh = encoder.encode(list(missing.values()))
        _check_dimension(fresh, known, old)
        known.update(zip(missing, fresh, strict=True))
    return np.ascontiguousarray(np.stack([known[k] for k in keys]), dtype=np.float32)


def _check_dimension(
    fresh: Vectors, known: Mapping[tuple[int, ...], Vectors], old: Generation | None
) -> None:
    """Refuse to mix vectors after a model's folder was given other weights."""
    length = next((len(v) for v in known.values()), fresh.shape[1])
    if old is not None and fresh.shape[1] != length:
        raise IndexStateError(
            f"模型现在给出 {fresh.shape[1]} 维的向量，索引 {old.folder.parent} 里是 {length} 维",
            "建索引时的模型",
            "换回原来的模型，或用 --index 指定新的文件夹重建",
        )


def _known_vectors(kind: str, old: Generation | None) -> dict[tuple[int, ...], Vectors]:
    import numpy as np

    if old is None:
        return {}
    with reading(old.folder.parent):
        with np.load(old.vector_keys, allow_pickle=False) as archive:
            keys = archive[kind].tolist()
        path = old.passage_vectors if kind == "passages" else old.sentence_vectors
        vectors = VectorIndex.load(path).vectors(0, len(keys))
    return {tuple(k): v for k, v in zip(keys, vectors, strict=True)}
