"""What hangs on a sheet beside its cells: comments, text boxes, embedded files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from corpus.raw import RawLine
from corpus.readers.charts import drawn_text
from corpus.readers.encoding import clean_characters
from corpus.readers.nesting import InnerFiles, as_insertion
from corpus.readers.open_xml import Parts
from corpus.readers.xlsx.cells import place_of
from corpus.readers.xlsx.parts import S, rich_text
from corpus.readers.xlsx.sheet import SheetLine

_THREAD = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_MOST = 5_000


class Comment(NamedTuple):
    """A comment on a cell."""

    row: int
    column: int
    text: str


def comments(parts: Parts, sheet: str) -> list[Comment]:
    """The comments on a sheet's cells in the order of its rows; of a thread each of its entries."""
    found = list(_threads(parts, sheet))
    threaded = {(comment.row, comment.column) for comment in found}
    # Beside a thread stands a comment for old programs that only says so.
    found += (c for c in _plain(parts, sheet) if (c.row, c.column) not in threaded)
    return sorted(found, key=lambda comment: (comment.row, comment.column))[:_MOST]


def _threads(parts: Parts, sheet: str) -> Iterator[Comment]:
    for part in parts.related(sheet, "threadedComment"):
        root = parts.xml_or_none(part)
        for element in root.iter(f"{_THREAD}threadedComment") if root is not None else ():
            yield from _comment(element.get("ref"), element.findtext(f"{_THREAD}text") or "")


def _plain(parts: Parts, sheet: str) -> Iterator[Comment]:
    for part in parts.related(sheet, "comments"):
        root = parts.xml_or_none(part)
        if root is None:
            continue
        authors = [author.text or "" for author in root.iter(f"{S}author")]
        for element in root.iter(f"{S}comment"):
            text = element.find(f"{S}text")
            words = rich_text(text) if text is not None else ""
            author = element.get("authorId") or ""
            if author.isdigit() and len(author) < 6 and int(author) < len(authors):
                # Programs begin a comment with the name of who writes it.
                name = authors[int(author)]
                words = words.strip().removeprefix(name).lstrip(":：") if name else words
            yield from _comment(element.get("ref"), words)


def _comment(reference: str | None, text: str) -> Iterator[Comment]:
    place = place_of(reference or "")
    words = " ".join(clean_characters(text).split())
    if place and words:
        yield Comment(place[1], place[0], words)


def text_boxes(parts: Parts, sheet: str) -> Iterator[SheetLine]:
    """The words of text boxes and shapes, each a line at the row where its box begins."""
    for part in parts.related(sheet, "drawing"):
        root = parts.xml_or_none(part)
        for anchor in root if root is not None else ():
            row = anchor.findtext(f"{_DRAWING}from/{_DRAWING}row") or "0"
            number = int(row) + 1 if row.isdigit() and len(row) < 8 else 1
            for body in anchor.iter(f"{_DRAWING}txBody"):
                if text := drawn_text(body):
                    yield SheetLine(number, RawLine(text))


def embedded(parts: Parts, sheet: str, files: InnerFiles) -> Iterator[RawLine]:
    """The lines of the files embedded in a sheet."""
    found = [*parts.related(sheet, "package"), *parts.related(sheet, "oleObject")]
    for part in dict.fromkeys(found):
        yield from map(as_insertion, files.lines(part, "嵌入"))
