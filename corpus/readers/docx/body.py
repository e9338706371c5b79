"""The body of a Word file → lines in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from corpus.raw import LineKind, RawLine
from corpus.readers.captions import is_caption, is_note
from corpus.readers.docx.inserted import Inserted
from corpus.readers.docx.letterhead import is_letterhead_table, labelled
from corpus.readers.docx.notes import Notes, note_line
from corpus.readers.docx.numbering import Numbering, W, value_of
from corpus.readers.docx.runs import FALLBACK, Paragraph, Reference, RunReader, is_placeholder
from corpus.readers.docx.styles import Styles
from corpus.readers.docx.tables import (
    ALTERNATIVES,
    WRAPPERS,
    cells_of,
    chosen,
    rows_of,
    unwrapped,
)
from corpus.readers.open_xml import Parts
from corpus.structure.tables import FIELD, Table, record, row_cells, table_lines

# A paragraph this long is body text that someone gave a heading style for its looks.
_MAX_HEADING = 120
#: Words of this length hardly stand in another cell by chance.
_SURE_LENGTH = 6
#: A letterhead in a table stands among the first blocks and has few rows.
_HEAD_BLOCKS, _HEAD_ROWS = 12, 6
_BODY_TAGS = frozenset((f"{W}p", f"{W}tbl", f"{W}altChunk"))


@dataclass
class _CellNotes:
    """What belongs to a cell and stands behind its row.

    Attributes:
        text: the words of the cell.
        row: the first words of its row.
        references: the notes that it refers to.
        paragraphs: its paragraphs, on which boxes and objects hang.
        tables: the tables in it.
    """

    text: str = ""
    row: str = ""
    references: list[Reference] = field(default_factory=list)
    paragraphs: list[Any] = field(default_factory=list)
    tables: list[Any] = field(default_factory=list)


class BodyReader:
    """Walks the body's XML."""

    def __init__(
        self, parts: Parts, main: str, styles: Styles, runs: RunReader, inserted: Inserted
    ) -> None:
        self._main = main
        self._runs = runs
        self._styles = styles
        self._inserted = inserted
        self._notes = Notes(parts, main, runs)
        numbering = parts.xml_or_none(next(iter(parts.related(main, "numbering")), ""))
        self._numbering = Numbering.of(numbering, styles.elements)
        # Text whose paragraph mark is deleted runs on in the next paragraph.
        self._carried = Paragraph()

    def lines(self, body: Any) -> list[RawLine]:
        """The lines of the body in order, and the notes that nothing refers to."""
        made: list[RawLine] = []
        behind_table = False
        blocks = list(self._blocks(body))
        for i, group in enumerate(_joined_tables(blocks)):
            if group[0].tag == f"{W}tbl":
                _mark_captions(made)
                made += self._table(group, in_head=i < _HEAD_BLOCKS)
                behind_table = True
            else:
                read = self._block(group[0])
                if behind_table:
                    read = [_as_table_note(line) for line in read]
                    behind_table = all(_is_note(line) for line in read)
                made += read
        made += self._notes.lines(self._carried.references)
        if text := self._carried.text.replace("\n", " ").strip():
            made.append(RawLine(text))
        return [*made, *self._notes.rest()]

    def _blocks(self, parent: Any) -> Iterator[Any]:
        """Paragraphs, tables and merged files in order, also those inside controls and insertions."""
        for child in parent.iterchildren():
            if child.tag in _BODY_TAGS:
                yield child
            elif child.tag == f"{W}sdt":
                contents = value_of(child, "sdtPr", "docPartObj", "docPartGallery")
                content = child.find(f"{W}sdtContent")
                if is_placeholder(child):
                    self._runs.left_out["placeholder"] += 1
                elif contents != "Table of Contents" and content is not None:
                    yield from self._blocks(content)
            elif child.tag in WRAPPERS:
                yield from self._blocks(child)
            elif child.tag == ALTERNATIVES:
                yield from self._blocks(chosen(child))

    def _block(self, block: Any) -> list[RawLine]:
        if block.tag == f"{W}altChunk":
            return list(self._inserted.merged(self._main, block))
        return self._table([block]) if block.tag == f"{W}tbl" else list(self._paragraph(block))

    def _paragraph(self, p: Any) -> Iterator[RawLine]:
        if self._styles.is_contents_entry(p):
            return
        number = self._numbering.next_number(p)
        read = self._runs.read(p)
        if p.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            self._carried.text += number + read.text
            self._carried.references += read.references
            return
        if self._carried.text or self._carried.references:
            read.text = self._carried.text + number + read.text
            read.references = self._carried.references + read.references
            number, self._carried = "", Paragraph()
        yield from self._words(p, number, read)
        yield from self._notes.lines(read.references)
        yield from self._hanging(p)

    def _words(self, p: Any, number: str, read: Paragraph) -> Iterator[RawLine]:
        kind, level = self._styles.kind(p)
        pieces = [piece.strip() for piece in read.text.split("\n")]
        if read.note:
            yield note_line(read.note, " ".join(filter(None, pieces)))
        elif kind is not LineKind.TEXT and len("".join(pieces)) <= _MAX_HEADING:
            # A long title is often broken over two lines by hand.
            if text := number + "".join(pieces):
                yield RawLine(text, kind=kind, level=level)
        else:
            yield from (
                RawLine(number + piece if i == 0 else piece)
                for i, piece in enumerate(pieces)
                if piece or len(pieces) == 1
            )

    def _hanging(self, p: Any) -> Iterator[RawLine]:
        """What hangs on a paragraph: embedded files, charts, text boxes."""
        yield from self._inserted.objects(self._main, p)
        for box in _text_boxes(p):
            for group in _joined_tables(list(self._blocks(box))):
                if group[0].tag == f"{W}tbl":
                    yield from self._table(group, in_head=True)
                else:
                    yield from (line for line in self._block(group[0]) if line.text)

    def _table(self, tables: Sequence[Any], in_head: bool = False) -> list[RawLine]:
        rows = [row for table in tables for row in rows_of(table)]
        of_rows = [list(unwrapped(row, "tc")) for row in rows]
        if all(len(row) <= 1 for row in of_rows):
            # A frame around text, not a table: the red head of a document is often drawn so.
            return self._as_text(of_rows)
        if in_head and _is_letterhead(of_rows):
            return self._as_letterhead(of_rows)
        nested = [cell for row in of_rows for cell in row if cell.find(f"{W}tbl") is not None]
        if nested and not _is_grid(of_rows):
            return self._as_text(of_rows)
        hanging: list[_CellNotes] = []
        leads: dict[Any, str] = {}

        def read(cell: Any) -> list[str]:
            texts, notes = self._cell(cell)
            # A row is known by its first words.
            notes.row = (
                leads.setdefault(next(cell.iterancestors(f"{W}tr")), notes.text) or notes.text
            )
            if notes.references or notes.paragraphs or notes.tables:
                hanging.append(notes)
            return texts

        return self._with_notes(table_lines(Table(tuple(cells_of(rows, read)))), hanging)

    def _cell(self, cell: Any) -> tuple[list[str], _CellNotes]:
        texts: list[str] = []
        notes = _CellNotes(tables=list(unwrapped(cell, "tbl")))
        for p in unwrapped(cell, "p"):
            number = self._numbering.next_number(p)
            read = self._runs.read(p)
            mark = f"注{read.note}：" if read.note else ""
            texts.append(mark + number + " ".join(read.text.split("\n")).strip())
            notes.references += read.references
            if next(p.iter(f"{W}drawing", f"{W}pict", f"{W}object"), None) is not None:
                notes.paragraphs.append(p)
        notes.text = " ".join(filter(None, texts))
        return texts, notes

    def _with_notes(self, lines: list[RawLine], cells: Sequence[_CellNotes]) -> list[RawLine]:
        """The lines with what belongs to a cell behind the first that holds its words."""
        made: list[RawLine] = []
        rest = iter(lines)
        last = RawLine("")
        for cell in cells:
            # Cells come in the order of their rows: one may be in the last line taken.
            while not _holds(last, cell.row, cell.text) and (line := next(rest, None)):
                made.append(line)
                last = line
            made += self._notes.lines(cell.references)
            made += (line for p in cell.paragraphs for line in self._hanging(p))
            for table in cell.tables:
                made += (_under(last, line) for line in self._table([table]))
        return [*made, *rest]

    def _as_letterhead(self, rows: Sequence[Sequence[Any]]) -> list[RawLine]:
        """The cells as lines, a label and its value on one."""
        made: list[RawLine] = []
        for row in rows:
            lines = [self._as_text([[cell]]) for cell in row]
            if all(len(cell) == 1 and cell[0].kind is LineKind.TEXT for cell in lines):
                made += map(RawLine, labelled([cell[0].text for cell in lines]))
            else:
                made += (line for cell in lines for line in cell)
        return made

    def _as_text(self, rows: Sequence[Sequence[Any]]) -> list[RawLine]:
        """The cells one after the other, each with its paragraphs and tables."""
        return [
            line
            for row in rows
            for cell in row
            if not _is_merged_above(cell)
            for group in _joined_tables(list(self._blocks(cell)))
            for line in (self._table(group) if group[0].tag == f"{W}tbl" else self._block(group[0]))
            if line.text
        ]


def _is_letterhead(rows: Sequence[Sequence[Any]]) -> bool:
    """Only looked at: what is left out of the words is counted when they are read."""
    if len(rows) > _HEAD_ROWS or any(c.find(f"{W}tbl") is not None for r in rows for c in r):
        return False
    texts = [
        ["".join(t.text or "" for t in cell.iter(f"{W}t")).strip() for cell in row] for row in rows
    ]
    return is_letterhead_table(texts)


def _holds(line: RawLine, *texts: str) -> bool:
    """Whether a line of a table holds the words of cells, as values or in its heads."""
    if line.kind is not LineKind.TABLE_ROW:
        return all(text in line.text for text in texts) and bool(line.text)
    cells = row_cells(line.text)
    return all(
        any(text == cell.text or text in cell.head for cell in cells)
        or (len(text) > _SURE_LENGTH and text in line.text)
        for text in texts
        if text
    )


def _under(row: RawLine, line: RawLine) -> RawLine:
    """A record of a table in a cell, led by what the row of that cell is about."""
    if row.kind is LineKind.TABLE_ROW is line.kind:
        first = row_cells(row.text)[0]
        return replace(line, text=f"{record([(first.head, first.text)])}{FIELD}{line.text}")
    return line


def _joined_tables(blocks: Sequence[Any]) -> Iterator[list[Any]]:
    """Each block alone, but tables of as many columns with nothing between them together.

    Word shows these as one; programs that write page by page part them so.
    """
    group: list[Any] = []
    for block in blocks:
        if group and group[-1].tag == block.tag == f"{W}tbl" and _width(group[-1]) == _width(block):
            group.append(block)
            continue
        if group:
            yield group
        group = [block]
    if group:
        yield group


def _width(table: Any) -> int:
    return len(table.findall(f"{W}tblGrid/{W}gridCol"))


def _is_grid(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether most cells of a table with tables inside hold text of their own, in two rows or more."""
    cells = [cell for row in rows for cell in row]
    plain = [cell for cell in cells if cell.find(f"{W}tbl") is None]
    return len(rows) > 1 and max(map(len, rows)) > 1 and len(plain) > 0.6 * len(cells)


def _is_merged_above(cell: Any) -> bool:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _text_boxes(p: Any) -> Iterator[Any]:
    for box in p.iter(f"{W}txbxContent"):
        # Every box stands twice: as drawing and as fallback for old programs. One inside another
        # is read with it.
        inside = (parent.tag for parent in box.iterancestors())
        own = next((tag for tag in inside if tag in (FALLBACK, f"{W}txbxContent", p.tag)), p.tag)
        if own == p.tag and not _in_fallback(box, p):
            yield box


def _in_fallback(box: Any, p: Any) -> bool:
    for parent in box.iterancestors():
        if parent is p:
            return False
        if parent.tag == FALLBACK:
            return True
    return False


def _mark_captions(lines: list[RawLine]) -> None:
    """Name what stands right above a table: its unit line, 「表1 …」."""
    for at in range(len(lines) - 1, max(-1, len(lines) - 5), -1):
        line = lines[at]
        if not line.text:
            continue
        if line.kind is not LineKind.TEXT or not is_caption(line):
            break
        lines[at] = replace(line, kind=LineKind.CAPTION)


def _is_note(line: RawLine) -> bool:
    return line.kind is LineKind.NOTE or not line.text


def _as_table_note(line: RawLine) -> RawLine:
    """A line below a table is its note where it begins like one: 「注：…」."""
    return replace(line, kind=LineKind.NOTE) if is_note(line) else line
