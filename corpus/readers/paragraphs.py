"""Printed lines of placed text → paragraphs, over notes and page ends, by where the lines stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from corpus.language.quantities import LARGE, UNIT
from corpus.raw import LineKind, RawLine
from corpus.readers.furniture import PlacedLine
from corpus.readers.layout import goes_on, join_pieces, same_type, usual_leading
from corpus.structure.titles import names_document

#: How far from the edges, in ems, a line may end that fills its block, and begin that goes on in it.
_RAGGED, _FLUSH = 2.2, 0.6
_INDENT = 2.6
#: A block of prose is at least so many ems wide.
_NARROWEST = 20
#: Lines of a paragraph are no farther apart than this part of the usual distance.
_FARTHEST = 1.4
_LONGEST = 5_000
#: The last line of a page fills so much of its width.
_AT_PAGE_END = 0.6
_MANY_LINES = 10
#: So many indented lines are no chance.
_FEWEST_INDENTS = 2
_CLAUSE = re.compile("[，；,;]")
_NUMBER_END = re.compile(r"\d$")
_UNIT_START = re.compile(rf"(?:{LARGE})?(?:{UNIT})|{LARGE}|年|月|日")
#: A line of a table of contents.
_LEADERS = re.compile(r"…{2,}|\.{4,}|·{4,}|．{4,}|_{3,}")


class _Block(NamedTuple):
    """The text of a page: its edges, the usual distance of its lines, how many reach its right edge,
    and whether paragraphs are indented."""

    left: float
    right: float
    leading: float
    full_lines: int
    has_indents: bool


def join_paragraphs(pages: Sequence[Sequence[PlacedLine]]) -> list[RawLine]:
    """The lines of all pages, those of one paragraph joined.

    A line that fills the width of its page's text without ending a sentence goes on in the next one
    where that is not indented: also over notes between them and onto the next page. A joined line
    keeps the page of its first piece and stands before the notes. Lines of unknown place stay.
    """
    lines: list[RawLine] = []
    open_at: int | None = None
    last: tuple[PlacedLine, _Block | None] | None = None
    for page in pages:
        block = _block(page)
        for placed in page:
            if placed.line.kind is LineKind.NOTE:
                lines.append(placed.line)
                continue
            if open_at is not None and last and _runs_on(last, placed, block, lines[open_at]):
                text = join_pieces((lines[open_at].text, placed.line.text))
                lines[open_at] = replace(lines[open_at], text=text)
            else:
                open_at = len(lines)
                lines.append(placed.line)
            last = placed, block
    return lines


def _block(page: Sequence[PlacedLine]) -> _Block | None:
    """The block of text of a page; None where its lines do not show one."""
    pieces = [p.piece for p in page if p.piece and p.line.kind is LineKind.TEXT]
    if len(pieces) != sum(p.line.kind is LineKind.TEXT for p in page) or not pieces:
        return None
    left = min(p.left for p in pieces)
    rights = sorted(p.right for p in pieces)
    # Among many lines a single one may stick out.
    right = rights[-1] if len(rights) < _MANY_LINES else rights[-2]
    full = sum(piece.right >= right - _RAGGED * piece.type_size for piece in pieces)
    indented = sum(1.5 <= (p.left - left) / p.type_size <= _INDENT for p in pieces)
    has_indents = indented >= _FEWEST_INDENTS and indented < len(pieces)
    return _Block(left, right, usual_leading([pieces]), full, has_indents)


def _runs_on(
    last: tuple[PlacedLine, _Block | None],
    placed: PlacedLine,
    block: _Block | None,
    whole: RawLine,
) -> bool:
    """Whether a line goes on in the next; ``whole`` is what is joined of its paragraph so far."""
    before, before_block = last
    one, other = before.piece, placed.piece
    if not (one and other and block and before_block) or len(whole.text) > _LONGEST:
        return False
    if not before.line.kind is placed.line.kind is LineKind.TEXT:
        return False
    if one.cells > 1 or other.cells > 1 or not same_type(one, other):
        return False
    if _LEADERS.search(before.line.text) or _LEADERS.search(placed.line.text):
        return False
    em = one.type_size
    begins = one.left <= before_block.left + _INDENT * em
    flush = other.left <= block.left + _FLUSH * em
    if not (begins and flush) or not _follows(before, placed, before_block):
        return False
    full = one.right >= before_block.right - _RAGGED * em
    if before_block.right - before_block.left < _NARROWEST * em:
        full = False
    if whole.text == before.line.text and names_document(whole.text):
        return False
    # Where paragraphs are indented, what is not goes on, whatever it begins with.
    if full and before_block.has_indents and block.has_indents:
        return True
    return goes_on(whole.text, placed.line.text) and _stops_short(
        before, placed, whole, last[1], full
    )


def _stops_short(
    before: PlacedLine, placed: PlacedLine, whole: RawLine, block: _Block | None, full: bool
) -> bool:
    """Whether a line stops where its sentence does not: at a number, or at the end of its space."""
    one = before.piece
    has_clause = _CLAUSE.search(whole.text) is not None
    if has_clause and _NUMBER_END.search(whole.text) and _UNIT_START.match(placed.line.text):
        return True
    if one is None or block is None:
        return False
    width = block.right - block.left
    if has_clause and before.line.page != placed.line.page:
        wide = width >= _NARROWEST * one.type_size
        return wide and one.right >= block.left + _AT_PAGE_END * width
    return full and (has_clause or block.full_lines > 1)


def _follows(before: PlacedLine, placed: PlacedLine, block: _Block) -> bool:
    """Whether a line is the next one of its page, or one on another page."""
    if before.line.page != placed.line.page:
        return True
    one, other = before.piece, placed.piece
    if one is None or other is None:
        return False
    return 0 < other.bottom - one.bottom <= _FARTHEST * max(block.leading, 1.2 * one.type_size)
