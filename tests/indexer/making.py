"""Builders of blocks, documents and passages."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Block, BlockKind, Document, Metadata
from indexer.backend import Encoded, SearchBackend, ids_of
from indexer.embedding.encoder import Encoder
from indexer.embedding.texts import search_texts, sentence_texts, sentences_of
from indexer.passage import BlockSpan, Passage


def heading(text: str, above: tuple[str, ...] = ()) -> Block:
    return Block(BlockKind.HEADING, text, text, above, None, 1, len(above) + 1)


def paragraph(
    text: str, path: tuple[str, ...] = (), kind: BlockKind = BlockKind.PARAGRAPH
) -> Block:
    return Block(kind, text, text, path, None, 1, 0)


def document(
    blocks: Sequence[Block],
    metadata: Metadata = Metadata(title="测试方案"),
    identifier: str = "测试.txt#0",
) -> Document:
    file = identifier.partition("#")[0]
    return Document(identifier, file, f"/资料/{file}", 0, metadata, tuple(blocks))


def passage(
    text: str, ordinal: int = 0, metadata: Metadata = Metadata(title="测试方案"), doc: str = "a.txt"
) -> Passage:
    return Passage(
        id=f"{doc}#0/{ordinal}",
        document_id=f"{doc}#0",
        ordinal=ordinal,
        doc=doc,
        path=f"/资料/{doc}",
        heading_path=(),
        text=text,
        display=text,
        page=None,
        blocks=(BlockSpan(ordinal, 0, 0, len(text)),),
        metadata=metadata,
    )


def encoded(passages: Sequence[Passage], encoder: Encoder, sentences: bool = True) -> Encoded:
    """Passages with the vectors of an encoder, theirs and their sentences'."""
    units = sentences_of(passages) if sentences else []
    vectors = encoder.encode_passages(search_texts(passages))
    return Encoded.of(
        passages, units, vectors, encoder.encode_passages(sentence_texts(passages, units))
    )


def passages_of(backend: SearchBackend) -> list[Passage]:
    """All of an index."""
    return backend.passages(ids_of(backend.documents()))
