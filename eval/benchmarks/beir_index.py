"""An index of a BEIR corpus: documents → passages → the files that every search opens."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.document import Block, BlockKind, Document, Metadata
from corpus.errors import PolicyQAError
from corpus.language.simplification import search_form
from eval.benchmarks.vectors import VectorStore
from eval.datasets.beir import BeirText
from eval.datasets.lines import read_back, write_json
from eval.metrics.resources import folder_bytes
from indexer.backend import Encoded
from indexer.chunking import split_passages
from indexer.embedding.texts import keys_of, search_texts, sentence_texts, sentences_of
from indexer.local.generations import (
    FORMAT,
    Generation,
    Manifest,
    publish,
    require_current,
    writing,
)
from indexer.local.writer import store_generation
from indexer.passage import Passage
from indexer.settings import IndexSettings, PassageSettings

#: What joins the parts of a title that shows the way to a text: 「刑法 · 第一编 总则」.
_TITLE_PARTS = " · "
_METADATA = ("region", "year", "date", "doc_type", "issuer", "number")
_COST = "cost.json"


@dataclass(frozen=True)
class IndexCost:
    """What an index is and what it cost.

    Attributes:
        documents: in it.
        passages: in it.
        sentences: that have a vector of their own; 0 where passages alone have.
        text_characters: of the passages.
        encoded_characters: that the model read: passages behind their context, and sentences.
        encoding_seconds: that took, in all runs together; None where it was not timed apart.
        seconds: of the whole building, encoding included; None where parts were there already.
        index_bytes: on disk.
        content: digest of what it was made from.
    """

    documents: int
    passages: int
    sentences: int
    text_characters: int
    encoded_characters: int
    encoding_seconds: float | None
    seconds: float | None
    index_bytes: int
    content: str = ""

    @property
    def characters_per_second(self) -> float | None:
        """Characters encoded in a second; None where that was not timed."""
        return self.encoded_characters / self.encoding_seconds if self.encoding_seconds else None


def beir_passages(
    documents: Iterable[BeirText], source: str, settings: PassageSettings
) -> list[Passage]:
    """The passages of a corpus; ``doc`` of each is the id of its document.

    A document no longer than a passage may be is one passage; a longer one is split as a file would
    be, each line a paragraph. A title in parts (「法 · 章 · 节」) is a title and headings.

    Args:
        documents: the corpus.
        source: the corpus file, which all passages name as their path.
        settings: sizes of passages.

    Raises:
        PolicyQAError: no document holds any text.
    """
    passages = [
        passage
        for text in documents
        for passage in split_passages(_document(text, source, settings), settings)
    ]
    if not passages:
        raise PolicyQAError(f"语料 {source} 里没有文字", "至少一篇有文字的文档", "换一个数据集再试")
    return passages


def _document(text: BeirText, source: str, settings: PassageSettings) -> Document:
    title, *headings = (search_form(part.strip()) for part in text.title.split(_TITLE_PARTS))
    whole = text.text.strip()
    lines = [whole] if len(whole) <= settings.longest else whole.splitlines()
    known = {name: text.metadata.get(name, "") for name in _METADATA}
    return Document(
        id=text.id,
        file=text.id,
        path=source,
        part=0,
        metadata=Metadata(title=title, **known),
        blocks=tuple(
            Block(BlockKind.PARAGRAPH, search_form(line), line, tuple(headings), line=number)
            for number, line in enumerate((line.strip() for line in lines), start=1)
            if line
        ),
    )


def content_of(passages: Sequence[Passage], settings: IndexSettings, sentences: bool) -> str:
    """A digest of all that an index is made from: equal ones need building once."""
    digest = blake2b(keys_of(search_texts(passages)).tobytes(), digest_size=16)
    digest.update(keys_of([p.id for p in passages]).tobytes())
    digest.update(f"{FORMAT} {settings.model} {sentences}".encode())
    return digest.hexdigest()


def index_passages(
    passages: Sequence[Passage],
    index_dir: Path,
    store: VectorStore,
    settings: IndexSettings,
    sentences: bool,
    progress: bool = True,
) -> IndexCost:
    """Build an index of passages, or keep the one that was made from the very same.

    Args:
        passages: what to index.
        index_dir: the index's folder.
        store: where vectors come from.
        settings: the model and how passages were cut.
        sentences: give each sentence a vector of its own.
        progress: show a bar.

    Raises:
        PolicyQAError: the folder cannot be written, or another process writes it.
    """
    content = content_of(passages, settings, sentences)
    kept = read_cost(index_dir)
    if kept and kept.content == content:
        return kept
    began = time.perf_counter()
    units = sentences_of(passages) if sentences else []
    ours = store.encode(search_texts(passages), progress)
    theirs = store.encode(sentence_texts(passages, units), progress)
    encoded = Encoded.of(passages, units, ours.vectors, theirs.vectors)
    # What earlier runs spent on vectors belongs to the cost; what this one did is in its clock.
    rate = (ours.seconds + theirs.seconds) / max(1, ours.characters + theirs.characters)
    earlier = ours.characters + theirs.characters - ours.fresh - theirs.fresh
    generation = write_index(index_dir, encoded, settings)
    cost = IndexCost(
        documents=len({p.document_id for p in passages}),
        passages=len(passages),
        sentences=len(units),
        text_characters=sum(len(p.text) for p in passages),
        encoded_characters=ours.characters + theirs.characters,
        encoding_seconds=ours.seconds + theirs.seconds,
        seconds=time.perf_counter() - began + earlier * rate,
        index_bytes=folder_bytes(generation.folder),
        content=content,
    )
    write_cost(index_dir, cost)
    return cost


def write_index(index_dir: Path, encoded: Encoded, settings: IndexSettings) -> Generation:
    """Write an index without files, as ``open_index`` opens it; replaces one that was there.

    Raises:
        PolicyQAError: the folder cannot be written, or another process writes it.
    """
    with writing(index_dir) as building:
        (index_dir / _COST).unlink(missing_ok=True)
        generation = Generation(building)
        Catalogue(generation.catalogue, writable=True).close()
        store_generation(generation, encoded, Manifest.of(settings))
        return publish(index_dir, building)


def write_cost(index_dir: Path, cost: IndexCost) -> None:
    """Note beside an index what it cost.

    Raises:
        PolicyQAError: the folder cannot be written.
    """
    write_json(asdict(cost), index_dir / _COST)


def read_cost(index_dir: Path) -> IndexCost | None:
    """What the index in a folder cost; None where there is none or nobody noted it."""
    try:
        require_current(index_dir)
    except PolicyQAError:
        return None
    return read_back(IndexCost, index_dir / _COST)
