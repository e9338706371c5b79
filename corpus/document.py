"""A clean, structured document: what every later stage works on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from corpus.language.place_names import NATIONWIDE
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


class DateKind(StrEnum):
    """What happened on a date of a document."""

    #: 成文: signed, or given below the title.
    WRITTEN = "written"
    #: 公布 by an order, an announcement.
    PROMULGATED = "promulgated"
    #: 作报告, 讲话: at a meeting.
    DELIVERED = "delivered"
    #: 通过, 批准.
    ADOPTED = "adopted"
    #: 印发: at the foot of the last page.
    PRINTED = "printed"
    #: 发布: of the page that shows it.
    PUBLISHED = "published"
    #: 施行, 实施.
    EFFECTIVE = "effective"
    #: 检索, 抓取, 更新: of the copy.
    SAVED = "saved"


@dataclass(frozen=True)
class DocumentDate:
    """A date that a document gives of itself.

    Attributes:
        value: ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``.
        kind: what happened on it.
        sure: False where it is what a page or a list says about the document, not the document.
        block: index of the block where it stands, or -1 where it stands in none.
        start: offset of its first character in the block's ``display``.
        end: offset after the last.
    """

    value: str
    kind: DateKind
    sure: bool = True
    block: int = -1
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Metadata:
    """What is known about a document without reading it through; empty strings when unknown.

    Attributes:
        title: the document's title.
        issuer: 发文机关, e.g. ``中共朝阳市委``; several with a space between them.
        number: 发文字号, e.g. ``国办发〔2022〕3号``.
        doc_type: 文种, e.g. ``通知``, ``方案``, ``通报``.
        date: 成文日期 as ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``; where none is known the best other
            one, and ``date_kind`` says what it is.
        year: four digits; of the date, else of the title.
        region: path of places from the province down, e.g. ``吉林省吉林市桦甸市``; ``全国`` for what
            national bodies issue.
        addressees: 主送机关 as they stand there, e.g. ``各县（市、区）人民政府，市政府各部门``.
        date_kind: value of the ``DateKind`` of ``date``; "" without one.
    """

    title: str = ""
    issuer: str = ""
    number: str = ""
    doc_type: str = ""
    date: str = ""
    year: str = ""
    region: str = ""
    addressees: str = ""
    date_kind: str = ""

    @property
    def local_region(self) -> str:
        """``region``, but "" for what holds in the whole country."""
        return "" if self.region == NATIONWIDE else self.region


@dataclass(frozen=True)
class FieldSource:
    """Where a metadata value was read from.

    Attributes:
        field: name of the ``Metadata`` field.
        rule: how it was found: ``title``, ``sign-off``, ``masthead``, ``body``, ``gazetteer``,
            ``label`` (of a line like 「发文机关：…」), ``declared`` (outside the text),
            ``bulletin`` (from the head of the bulletin it stands in) or ``person``.
        block: index of the block where the words stand, or -1 when they stand in none.
        start: offset of the first character in the block's ``display``.
        end: offset after the last.
        sure: False for what is likely only: read off a page's source, the words of the body.
    """

    field: str
    rule: str
    block: int = -1
    start: int = 0
    end: int = 0
    sure: bool = True


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
        dates: all dates that the document gives of itself, the one of ``metadata`` first.
    """

    id: str
    file: str
    path: str
    part: int
    metadata: Metadata
    blocks: tuple[Block, ...] = field(default=())
    sources: tuple[FieldSource, ...] = field(default=())
    dates: tuple[DocumentDate, ...] = field(default=())

    @property
    def title(self) -> str:
        """The document's title, or its file's name when it has none."""
        return self.metadata.title or self.file
