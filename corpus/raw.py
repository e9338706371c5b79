"""What a reader takes from a file, before any cleaning."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class LineKind(StrEnum):
    """What the file format itself says about a line; ``TEXT`` when it says nothing."""

    TEXT = "text"
    TITLE = "title"
    HEADING = "heading"
    TABLE_ROW = "table_row"
    #: What a table is called, and its unit line: 「表1 各县区床位」, 「单位：万元」.
    CAPTION = "caption"
    #: A footnote, endnote, comment of a cell: right behind the line it is a note of where the format
    #: says which, else where it stands. 「注1：…」 where a mark named it.
    NOTE = "note"


@dataclass(frozen=True)
class RawLine:
    """One line or paragraph exactly as it stands in the file.

    Attributes:
        text: the characters as read, without the line end; may be empty (a blank line).
        page: page number from 1, or None where the format has no pages.
        kind: what the format says the line is.
        level: heading level from 1 where the format names one (``#``, ``<h2>``, 标题 2), else 0; of a
            caption from 1 where it names the rows below it in its table.
        confidence: mean recognition confidence in [0, 1] of a line read by OCR, else 1.0.
    """

    text: str
    page: int | None = None
    kind: LineKind = LineKind.TEXT
    level: int = 0
    confidence: float = 1.0


class DeclaredField(StrEnum):
    """What a format or a header table may say about a document outside its text."""

    TITLE = "title"
    NUMBER = "number"
    ISSUER = "issuer"
    #: Who shows or reposts it (来源, SiteName); seldom who issued it.
    SOURCE = "source"
    #: 成文日期 or 印发日期.
    WRITTEN = "written"
    #: 发布日期, PubDate: of the page.
    PUBLISHED = "published"
    #: 有效性, 实施日期, 索引号 and the like are kept under their own label.
    OTHER = "other"


@dataclass(frozen=True)
class Declared:
    """One thing that a file says about its document outside the text.

    Attributes:
        field: what it is.
        value: the words as they stand there.
        place: where they stand: ``meta ArticleTitle``, ``title``, ``header table``, ``core properties``.
        label: the label as it stands there (``发布机构``), or the meta tag's name.
    """

    field: DeclaredField
    value: str
    place: str
    label: str = ""


@dataclass(frozen=True)
class Attached:
    """A file inside another one: its name, and its bytes (none where they cannot be had)."""

    name: str
    content: bytes


@dataclass(frozen=True)
class RawDocument:
    """A file as its reader saw it.

    Attributes:
        path: the file.
        format: ``txt``, ``md``, ``html``, ``docx``, ``pdf``, ``pdf-scan``, ``xlsx``, ``image``,
            ``ofd``, ``ofd-scan``, ``doc``, ``wps``, ``rtf``, ``odt``, ``csv`` or ``pptx``.
        lines: the lines in reading order.
        paragraphs_reliable: True where one line is one paragraph by the format itself (docx, html,
            md); False where a line may be a torn piece of a sentence (txt, pdf).
        warnings: one line each about what a person should look at.
        encoding: the text encoding found, e.g. ``gb18030``; empty for binary formats.
        declared: what the file says about its document outside the text, in the file's order.
        attached: files inside the file, until they are read (``readers/attachments.py``).
    """

    path: Path
    format: str
    lines: tuple[RawLine, ...]
    paragraphs_reliable: bool
    warnings: tuple[str, ...] = field(default=())
    encoding: str = ""
    declared: tuple[Declared, ...] = field(default=())
    attached: tuple[Attached, ...] = field(default=())
