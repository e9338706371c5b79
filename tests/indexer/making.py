"""Builders of blocks, documents and passages."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Block, BlockKind, Document, Metadata
from indexer.passage import Passage


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
        first_block=ordinal,
        last_block=ordinal,
        metadata=metadata,
    )
