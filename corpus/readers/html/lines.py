"""The lines of a page's content in reading order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.raw import LineKind, RawLine
from corpus.readers.encoding import clean_characters
from corpus.readers.html.inline import BLOCKS
from corpus.readers.html.tables import data_lines, table_cells

if TYPE_CHECKING:
    from bs4.element import Tag

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SPACES = re.compile(r"[ \t\n\xa0]+")
# A line end of the source inside a Chinese sentence is no space.
_SOURCE_LINE_END = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*\n\s*(?=[\u3000-\u9fff])")


def tidy(text: str) -> str:
    """A text on one line, without what nobody sees."""
    return _SPACES.sub(" ", _SOURCE_LINE_END.sub("", clean_characters(text))).strip()


def content_lines(root: Tag) -> list[RawLine]:
    """The lines under an element: a line a paragraph, heading, item or table row."""
    walker = _Walker()
    walker.walk(root)
    return walker.lines


def cell_text(tag: Tag) -> str:
    """The words of a cell on one line; those of tables in it are left out."""
    walker = _Walker(with_tables=False)
    walker.walk(tag)
    return " ".join(line.text for line in walker.lines)


class _Walker:
    """Collects the lines of an element; ``_inline`` holds the text of the open line."""

    def __init__(self, with_tables: bool = True) -> None:
        self.lines: list[RawLine] = []
        self._inline: list[str] = []
        self._with_tables = with_tables

    def walk(self, root: Tag) -> None:
        """Read everything under ``root``, without recursion: pages may nest thousands deep."""
        from bs4.element import NavigableString, PreformattedString, Tag

        stack: list[NavigableString | Tag | None] = [root]
        while stack:
            node = stack.pop()
            if node is None:
                self._end_line()
            elif isinstance(node, Tag):
                if node.name == "br":
                    self._end_line()
                elif self._with_tables and node.name in HEADINGS and not node.find(["table", "p"]):
                    self._add_heading(node)
                elif node.name == "table" and self._has_read(node):
                    continue
                else:
                    if node.name in BLOCKS:
                        self._end_line()
                        stack.append(None)
                    stack.extend(list(node.contents)[::-1])  # type: ignore[arg-type]
            # Comments and doctypes are strings too, but not text.
            elif not isinstance(node, PreformattedString):
                self._inline.append(str(node))
        self._end_line()

    def _has_read(self, table: Tag) -> bool:
        """Whether a table is dealt with; the cells of one that lays out a page are walked."""
        if not self._with_tables:
            return True
        rows = data_lines(table, table_cells(table, cell_text), cell_text)
        if rows:
            self._end_line()
            self.lines.extend(rows)
        return bool(rows)

    def _add_heading(self, node: Tag) -> None:
        self._end_line()
        if text := tidy(node.get_text()):
            self.lines.append(RawLine(text, kind=LineKind.HEADING, level=int(node.name[1])))

    def _end_line(self) -> None:
        if text := tidy("".join(self._inline)):
            self.lines.append(RawLine(text))
        self._inline = []
