"""The unit of retrieval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from corpus.document import Metadata


class BlockSpan(NamedTuple):
    """A run of characters that a passage took from a block.

    Attributes:
        block: index in ``Document.blocks``.
        at: where the run begins in the passage's text and display.
        start: where it begins in the block's.
        length: how many characters it has.
    """

    block: int
    at: int
    start: int
    length: int


#: Characters of a title and of each heading that go in front of a passage.
_TITLE, _HEADING = 40, 30


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
        blocks: what of which block it is made of, in order.
        metadata: the document's metadata, its title included.
        lead: what introduces it but stands in another passage: the lead-in of its list
            (「共分为七个阶段：」); of a table's row a line each its caption, its unit, the group it is
            in; "" mostly.
        is_row: whether it is a row of a table, one record (``corpus.structure.tables``).
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
    blocks: tuple[BlockSpan, ...]
    metadata: Metadata
    lead: str = ""
    is_row: bool = False

    @property
    def first_block(self) -> int:
        """Index in ``Document.blocks`` of the first block it takes from."""
        return self.blocks[0].block if self.blocks else 0

    def context(self, opening: str = "") -> str:
        """What its own words leave out (「我市」: which?): title, headings, lead-in.

        ``opening`` stands in for the title of a document that has none.
        """
        title = self.metadata.title or opening
        headings = (h[:_HEADING] for h in self.heading_path)
        return " ".join((title[:_TITLE], *headings, *self.lead.split("\n"))).strip()

    def in_context(self, opening: str = "") -> str:
        """Its text behind its ``context``: what is encoded, indexed and reranked."""
        return f"{self.context(opening)}\n{self.text}"

    @property
    def title(self) -> str:
        """Title of the document, or the file's name when it has none."""
        return self.metadata.title or self.doc

    @property
    def full_text(self) -> str:
        """Its text below its title and headings, a line each; of a row also what frames the table."""
        frame = (self.lead,) if self.is_row and self.lead else ()
        return "\n".join((self.title, *self.heading_path, *frame, self.text))


def passage_place(identifier: str) -> tuple[str, int]:
    """Document and number of a passage, by its id."""
    document, _, ordinal = identifier.rpartition("/")
    return document, int(ordinal) if ordinal.isdecimal() else -1
