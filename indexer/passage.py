"""The unit of retrieval."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import Metadata


@dataclass(frozen=True)
class Passage:
    """Whole sentences of one document under one heading.

    Attributes:
        id: ``<document id>/<ordinal>``.
        document_id: the document it is from.
        ordinal: number from 0 within the document.
        doc: the file's name.
        path: where the file is.
        heading_path: headings above it, outermost first, without the title.
        text: simplified text that is searched.
        display: the same characters as in the original; as long as ``text``.
        page: page of its first block, from 1, or None.
        first_block: index in ``Document.blocks`` of the first block it takes from.
        last_block: index of the last such block, inclusive.
        metadata: the document's metadata, its title included.
        lead: what introduces it but stands in another passage: the lead-in of its list
            (「共分为七个阶段：」) or the head row of its table; "" mostly.
    """

    id: str
    document_id: str
    ordinal: int
    doc: str
    path: str
    heading_path: tuple[str, ...]
    text: str
    display: str
    page: int | None
    first_block: int
    last_block: int
    metadata: Metadata
    lead: str = ""

    @property
    def title(self) -> str:
        """Title of the document, or the file's name when it has none."""
        return self.metadata.title or self.doc
