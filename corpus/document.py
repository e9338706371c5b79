"""A clean, structured document: what every later stage works on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from corpus.structure.character_map import Origin, Position


class BlockKind(StrEnum):
    """What a block is in its document."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE_ROW = "table_row"
    CAPTION = "caption"
    NOTE = "note"
    SIGN_OFF = "sign_off"
    CONTACT = "contact"


@dataclass(frozen=True)
class Block:
    """A title, heading, paragraph, list item or the like.

    Attributes:
        kind: what it is.
        text: clean text in simplified characters, the text that is searched.
        display: the same characters before conversion to simplified ones, for showing; always as
            long as ``text`` so that a span of one is a span of the other.
        heading_path: the headings above it, outermost first, without the document's title.
        page: page number from 1, or None.
        line: number from 1 of the line in the file where the block begins.
        level: depth of a heading from 1, and of a caption inside a table that names the rows below
            it; 0 for anything else.
        origin: the file's own characters behind ``display``; None where they are the same and
            begin their line.
    """

    kind: BlockKind
    text: str
    display: str
    heading_path: tuple[str, ...] = ()
    page: int | None = None
    line: int = 0
    level: int = 0
    origin: Origin | None = None

    def original(self, start: int = 0, end: int | None = None) -> str:
        """The file's characters that ``display[start:end]`` was made of."""
        end = len(self.display) if end is None else end
        if self.origin is None:
            return self.display[start:end]
        begin, stop = self.origin.span(start, end)
        return self.origin.text[begin:stop]

    def position(self, at: int = 0) -> Position:
        """Where in the file the character ``display[at]`` stands."""
        if self.origin is None:
            return Position(self.line, at + 1)
        return self.origin.position(self.origin.span(at, at + 1)[0], self.line)


@dataclass(frozen=True)
class Metadata:
    """What is known about a document without reading it through; empty strings when unknown.

    Attributes:
        title: the document's title.
        issuer: 发文机关, e.g. ``中共朝阳市委``.
        number: 发文字号, e.g. ``国办发〔2022〕3号``.
        doc_type: 文种, e.g. ``通知``, ``方案``, ``通报``.
        date: 成文日期 as ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``.
        year: four digits; of the date, else of the title.
        region: path of places from the province down, e.g. ``吉林省吉林市桦甸市``.
        addressees: 主送机关 as they stand there, e.g. ``各县（市、区）人民政府，市政府各部门``.
    """

    title: str = ""
    issuer: str = ""
    number: str = ""
    doc_type: str = ""
    date: str = ""
    year: str = ""
    region: str = ""
    addressees: str = ""


@dataclass(frozen=True)
class FieldSource:
    """Where a metadata value was read from.

    Attributes:
        field: name of the ``Metadata`` field.
        rule: how it was found: ``title``, ``sign-off``, ``masthead``, ``body``, ``gazetteer``,
            ``bulletin`` (from the head of the bulletin it stands in) or ``person``.
        block: index of the block where the words stand, or -1 when they stand in none.
        start: offset of the first character in the block's ``display``.
        end: offset after the last.
    """

    field: str
    rule: str
    block: int = -1
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Document:
    """One text: a whole file, or one of the texts of a compilation.

    Attributes:
        id: stable identifier, ``<path under the indexed folder>#<part>``.
        file: the file's name, shown to people as the document's name.
        path: where the file is.
        part: number from 0 of this text within its file.
        metadata: what is known about it, its title included.
        blocks: its blocks in reading order.
        sources: where the values of ``metadata`` were read from.
    """

    id: str
    file: str
    path: str
    part: int
    metadata: Metadata
    blocks: tuple[Block, ...] = field(default=())
    sources: tuple[FieldSource, ...] = field(default=())

    @property
    def title(self) -> str:
        """The document's title, or its file's name when it has none."""
        return self.metadata.title or self.file
