"""Word files: paragraphs and tables in body order, with their styles and automatic numbers."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from corpus.errors import UnreadableFileError
from corpus.language.boilerplate import CONTENTS_STYLE, HEADING_STYLE, TITLE_STYLES
from corpus.raw import LineKind, RawDocument, RawLine
from corpus.readers.docx.numbering import Numbering, W, value_of
from corpus.readers.encoding import clean_characters, empty_file_error
from corpus.readers.limits import ReadLimits, refuse_too_long
from corpus.readers.package import check_xml, damaged, open_package

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Not text of the paragraph: boxes (read apart), deletions, pinyin above characters, properties.
_SKIPPED = frozenset(
    (_FALLBACK, *(f"{W}{name}" for name in ("txbxContent", "del", "moveFrom", "rt", "pPr", "rPr")))
)
# A paragraph this long is body text that someone gave a heading style for its looks.
_MAX_HEADING = 120
# A thousand pages have about a million.
_MAX_TAGS = 6_000_000
# What python-docx raises where a part is missing or is not what it should be.
_ERRORS = (KeyError, ValueError, AttributeError, TypeError, IndexError)


def read_docx(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read a ``.docx`` file: a line a paragraph or table row.

    Paragraphs in the style Title become the title, those in Heading n / 标题 n headings of level n;
    table rows become 「甲 | 乙」 with merged cells named once. Automatic numbers (一、) are written
    out. Text boxes follow the paragraph they hang on; footnotes and a generated table of contents
    are left out; of tracked changes the inserted text is kept and the deleted text is not.
    """
    with open_package(path, data, "docx") as package:
        if "[Content_Types].xml" not in package.namelist():
            raise UnreadableFileError(
                f"{path.name} 是压缩包，不是 Word 文件", "docx 文件", "解压后给出里面的文件"
            )
        check_xml(path, package, "docx", _MAX_TAGS, entities=True)
    word = _open(path, data)
    try:
        lines = list(_BodyReader(word).lines())
    except _ERRORS as error:
        raise damaged(path, "docx") from error
    refuse_too_long(path, sum(len(line.text) for line in lines), limits)
    if not any(line.text.strip() for line in lines):
        raise empty_file_error(path)
    return RawDocument(path, "docx", tuple(lines), True)


def _open(path: Path, data: bytes) -> WordDocument:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        return docx.Document(io.BytesIO(data))
    except (*_ERRORS, BadZipFile, OpcError, LxmlError, zlib.error, EOFError, OSError) as error:
        raise damaged(path, "docx") from error


class _BodyReader:
    """Walks the body's XML, which holds more than python-docx's paragraphs and tables do."""

    def __init__(self, word: WordDocument) -> None:
        self._body: Any = word.element.body
        self._numbering = Numbering.of(word)
        self._styles = StyleLevels(word)

    def lines(self) -> Iterator[RawLine]:
        """The lines of the body in order."""
        for block in _blocks(self._body):
            read = self._paragraph if block.tag == f"{W}p" else self._table
            yield from read(block)

    def _paragraph(self, p: Any) -> Iterator[RawLine]:
        if self._styles.is_contents_entry(p):
            return
        kind, level = self._styles.of(p)
        number = self._numbering.next_number(p)
        pieces = [piece.strip() for piece in _text(p).split("\n")]
        if kind is not LineKind.TEXT and len("".join(pieces)) <= _MAX_HEADING:
            # A long title is often broken over two lines by hand.
            text = number + "".join(pieces)
            if text:
                yield RawLine(text, kind=kind, level=level)
        else:
            yield from (
                RawLine(number + piece if i == 0 else piece)
                for i, piece in enumerate(pieces)
                if piece or len(pieces) == 1
            )
        for box in _text_boxes(p):
            for inner in _blocks(box):
                if inner.tag == f"{W}p" and (text := _text(inner).replace("\n", " ").strip()):
                    yield RawLine(text)

    def _table(self, table: Any) -> Iterator[RawLine]:
        rows = [list(_unwrapped(row, "tc")) for row in _unwrapped(table, "tr")]
        if all(len(row) <= 1 for row in rows):
            # A frame around text, not a table: the red head of a document is often drawn so.
            for cell in (cell for row in rows for cell in row):
                for block in _blocks(cell):
                    yield from self._paragraph(block) if block.tag == f"{W}p" else ()
            rows = []
        for row in rows:
            cells = [cell for cell in map(self._cell_text, row) if cell]
            if cells:
                yield RawLine(" | ".join(cells), kind=LineKind.TABLE_ROW)
        for row in _unwrapped(table, "tr"):
            for cell in _unwrapped(row, "tc"):
                for inner in _unwrapped(cell, "tbl"):
                    yield from self._table(inner)

    def _cell_text(self, cell: Any) -> str:
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        # A cell merged with the one above: only the first of them says "restart".
        if merge is not None and merge.get(f"{W}val", "continue") == "continue":
            return ""
        parts = (
            self._numbering.next_number(p) + _text(p).replace("\n", " ").strip()
            for p in _unwrapped(cell, "p")
        )
        return " ".join(part for part in parts if part)


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also those inside content controls and insertions."""
    for child in parent.iterchildren():
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag == f"{W}sdt":
            contents = value_of(child, "sdtPr", "docPartObj", "docPartGallery")
            content = child.find(f"{W}sdtContent")
            if contents != "Table of Contents" and content is not None:
                yield from _blocks(content)
        elif child.tag in (f"{W}ins", f"{W}smartTag", f"{W}customXml"):
            yield from _blocks(child)


def _unwrapped(parent: Any, name: str) -> Iterator[Any]:
    """Children of one tag, also those inside content controls."""
    for child in parent.iterchildren():
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag == f"{W}sdt" and (content := child.find(f"{W}sdtContent")) is not None:
            yield from _unwrapped(content, name)


def _text(p: Any) -> str:
    """The text of a ``w:p``; line breaks as ``\\n``; without text boxes and deletions."""
    parts: list[str] = []
    stack = [iter(p)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif node.tag == f"{W}t":
            parts.append(node.text or "")
        elif node.tag in (f"{W}tab", f"{W}ptab"):
            parts.append("\t")
        elif node.tag == f"{W}cr" or (
            node.tag == f"{W}br" and node.get(f"{W}type", "textWrapping") == "textWrapping"
        ):
            parts.append("\n")
        elif node.tag == f"{W}noBreakHyphen":
            parts.append("-")
        elif node.tag not in _SKIPPED:
            stack.append(iter(node))
    return clean_characters("".join(parts))


def _text_boxes(p: Any) -> Iterator[Any]:
    for box in p.iter(f"{W}txbxContent"):
        # Every box stands twice: as drawing and as fallback for old programs.
        if not any(parent.tag == _FALLBACK for parent in box.iterancestors()):
            yield box


class StyleLevels:
    """What a paragraph's style says it is, following 「based on」 to a built-in style."""

    def __init__(self, word: WordDocument) -> None:
        self._known = {"": (LineKind.TEXT, 0)}
        self._elements: dict[str, Any] = {
            name: style
            for style in word.styles.element.iterchildren(f"{W}style")
            if (name := style.get(f"{W}styleId"))
        }

    def of(self, p: Any) -> tuple[LineKind, int]:
        """Kind and heading level of a ``w:p`` element."""
        if (outline := value_of(p, "pPr", "outlineLvl")).isdigit():
            return _of_outline(int(outline))
        name = value_of(p, "pPr", "pStyle")
        if name not in self._known:
            self._known[name] = self._look_up(name)
        return self._known[name]

    def is_contents_entry(self, p: Any) -> bool:
        """Whether a ``w:p`` is a line of a generated table of contents."""
        style = self._elements.get(value_of(p, "pPr", "pStyle"))
        return style is not None and bool(CONTENTS_STYLE.fullmatch(_style_name(style)))

    def _look_up(self, style_id: str) -> tuple[LineKind, int]:
        for _ in range(10):  # styles of a damaged file may be based on each other in a circle
            style = self._elements.get(style_id)
            if style is None:
                break
            name = _style_name(style)
            if name.lower() in TITLE_STYLES:
                return LineKind.TITLE, 0
            if found := HEADING_STYLE.fullmatch(name):
                return LineKind.HEADING, int(found.group(1))
            if (outline := value_of(style, "pPr", "outlineLvl")).isdigit():
                return _of_outline(int(outline))
            style_id = value_of(style, "basedOn")
        return LineKind.TEXT, 0


def _style_name(style: Any) -> str:
    return value_of(style, "name").strip()


def _of_outline(level: int) -> tuple[LineKind, int]:
    # Outline levels count from 0; 9 means body text.
    return (LineKind.HEADING, level + 1) if level < 9 else (LineKind.TEXT, 0)
