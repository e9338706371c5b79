"""Indexes of growing size for the scale series, with vectors made up where time is short."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corpus.document import Metadata
from corpus.errors import PolicyQAError
from corpus.language.simplification import search_form
from eval.benchmarks.beir_index import write_index
from eval.benchmarks.vectors import Encoding, VectorStore
from eval.metrics.resources import folder_bytes, peak_memory_mb
from indexer.backend import Encoded
from indexer.embedding.encoder import Encoder, load_encoder
from indexer.embedding.texts import search_texts, sentence_texts, sentences_of
from indexer.passage import Passage
from indexer.settings import IndexSettings

Vectors = np.ndarray[Any, np.dtype[np.float32]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]

#: Characters a passage, the last of a document apart.
PASSAGE = 300
#: Length of the noise that sets a made-up vector apart from the embedded one it was made of, whose own
#: length is 1: their cosine is about 1 / sqrt(1 + NOISE²) = .96, as of two passages of one text.
NOISE = 0.3
METHOD = (
    "a text that there was no time to embed got the vector of an embedded one, chosen at random, plus "
    f"Gaussian noise of length {NOISE}, normalised; such vectors serve for time and memory only"
)
_SEED = 20_260_102
#: Rows made up at once: 100 MB.
_ROWS = 65_536


@dataclass(frozen=True)
class ScaleTask:
    """An index to build.

    Attributes:
        corpus: folder with ``corpus.jsonl`` and perhaps ``corpus.extra….jsonl``, gzipped or not.
        size: passages.
        work: folder for vectors and the index.
        settings: the model.
        embed_seconds: how long passages may be embedded, and sentences again so long.
        progress: show bars.
        encoder: the model of the settings, where it is loaded already.
    """

    corpus: Path
    size: int
    work: Path
    settings: IndexSettings
    embed_seconds: float
    progress: bool = True
    encoder: Encoder | None = None

    @property
    def index_dir(self) -> Path:
        """Where the index is built."""
        return self.work / "indexes" / f"scale-{self.size}"


@dataclass(frozen=True)
class ScaleCost:
    """What an index of the series is and what it cost.

    Attributes:
        documents: in it.
        passages: in it.
        sentences: in it, each with a vector of its own.
        text_characters: of the passages.
        embedded_passages: those whose vectors are the model's.
        embedded_sentences: likewise.
        characters_per_second: at which these were embedded.
        encoding_seconds: to embed everything; worked out from the rate where not all was.
        other_seconds: reading, cutting, BM25, writing.
        index_bytes: on disk.
        file_bytes: file or folder of the index → its size.
        peak_memory_mb: of the process that built it; None where the system does not say.
        fresh_characters: embedded in that process; with 0 the model was not loaded.
    """

    documents: int
    passages: int
    sentences: int
    text_characters: int
    embedded_passages: int
    embedded_sentences: int
    characters_per_second: float
    encoding_seconds: float
    other_seconds: float
    index_bytes: int
    file_bytes: dict[str, int]
    peak_memory_mb: float | None
    fresh_characters: int

    @property
    def all_embedded(self) -> bool:
        """Whether no vector is made up."""
        return (self.embedded_passages, self.embedded_sentences) == (self.passages, self.sentences)


def build_scale_index(task: ScaleTask) -> ScaleCost:
    """Build an index of the first ``size`` passages of a corpus.

    Raises:
        PolicyQAError: the corpus is missing or bad, or the folder cannot be written.
    """
    began = time.perf_counter()
    passages = first_passages(task.corpus, task.size)
    units = sentences_of(passages)
    texts = search_texts(passages)
    spoken = sentence_texts(passages, units)
    total = sum(map(len, texts)) + sum(map(len, spoken))
    before_encoding = time.perf_counter() - began
    store = VectorStore(task.work / "vectors", task.encoder or load_encoder(task.settings))
    ours = store.encode(texts, task.progress, task.embed_seconds)
    theirs = store.encode(spoken, task.progress, task.embed_seconds)
    del texts, spoken
    made_up(ours)
    made_up(theirs)
    began = time.perf_counter()
    encoded = Encoded.of(passages, units, ours.vectors, theirs.vectors)
    folder = write_index(task.index_dir, encoded, task.settings).folder
    after_encoding = time.perf_counter() - began
    rate = (ours.characters + theirs.characters) / (ours.seconds + theirs.seconds)
    whole = bool(ours.encoded.all() and theirs.encoded.all())
    return ScaleCost(
        documents=len({p.document_id for p in passages}),
        passages=len(passages),
        sentences=len(units),
        text_characters=sum(len(p.text) for p in passages),
        embedded_passages=int(ours.encoded.sum()),
        embedded_sentences=int(theirs.encoded.sum()),
        characters_per_second=rate,
        encoding_seconds=ours.seconds + theirs.seconds if whole else total / rate,
        other_seconds=before_encoding + after_encoding,
        index_bytes=folder_bytes(folder),
        file_bytes={
            each.name: folder_bytes(each) if each.is_dir() else each.stat().st_size
            for each in sorted(folder.iterdir())
        },
        peak_memory_mb=peak_memory_mb(),
        fresh_characters=ours.fresh + theirs.fresh,
    )


def first_passages(corpus: Path, count: int) -> list[Passage]:
    """The first passages of a corpus, at most ``count``, each of 300 characters of one document.

    Raises:
        PolicyQAError: there is no corpus, or a line of it is bad.
    """
    passages: list[Passage] = []
    for identifier, display in _documents(corpus):
        text = search_form(display)
        for ordinal, start in enumerate(range(0, len(text), PASSAGE)):
            if len(passages) == count:
                return passages
            passages.append(
                Passage(
                    id=f"{identifier}/{ordinal}",
                    document_id=identifier,
                    ordinal=ordinal,
                    doc=identifier,
                    path=str(corpus),
                    heading_path=(),
                    text=text[start : start + PASSAGE],
                    display=display[start : start + PASSAGE],
                    page=None,
                    blocks=(),
                    metadata=Metadata(),
                )
            )
    return passages


def _documents(corpus: Path) -> Iterator[tuple[str, str]]:
    """(id, text) line by line: the whole file would count as memory of the index."""
    found = [p for p in corpus.glob("corpus*.jsonl*") if p.name.endswith((".jsonl", ".jsonl.gz"))]
    files = sorted(found, key=lambda file: ("extra" in file.name, file.name))
    if not files:
        raise PolicyQAError(f"没有 {corpus / 'corpus.jsonl'}", "BEIR 格式的语料", "用 --data 指明")
    for file in files:
        opened = gzip.open if file.suffix == ".gz" else open
        with opened(file, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    entry = json.loads(line)
                    yield str(entry["_id"]), str(entry["text"]).strip()
                except (ValueError, LookupError, TypeError):
                    raise PolicyQAError(
                        f"{file.name} 第 {number} 行读不了", '{"_id": …, "text": …}', "改正这一行"
                    ) from None


def made_up(encoding: Encoding) -> None:
    """Fill the rows that were not encoded, as ``METHOD`` says, the same way each time."""
    missing = np.flatnonzero(~encoding.encoded)
    known = np.flatnonzero(encoding.encoded)
    draw = np.random.default_rng(_SEED)
    width = encoding.vectors.shape[1]
    for start in range(0, len(missing), _ROWS):
        rows = missing[start : start + _ROWS]
        noise = draw.standard_normal((len(rows), width), dtype=np.float32)
        noise *= NOISE / np.linalg.norm(noise, axis=1, keepdims=True)
        vectors = encoding.vectors[draw.choice(known, len(rows))] + noise
        encoding.vectors[rows] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
