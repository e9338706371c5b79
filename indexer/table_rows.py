"""Rows of tables: where one is cut, and what of its table each has to know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.document import Block, BlockKind
from corpus.language.documents import UNIT_LINE
from corpus.language.quantities import TOTALS
from corpus.structure.tables import FIELD, row_cells
from indexer.pieces import Piece, short_enough
from indexer.settings import PassageSettings

#: A row may be so many times as long as a passage, as its cells say little apart.
_LONGER = 2
#: Characters of the cells that name a row, and of what frames it.
_LONGEST_NAME = 60
_LONGEST_FRAME = 160
#: Lines in front of a table that may be its caption and unit.
_ABOVE = 2
_LONGEST_CAPTION = 60


def row_pieces(index: int, block: Block, settings: PassageSettings) -> Iterator[Piece]:
    """A row as it is or, much longer than a passage may be, cut between its fields.

    Only a field that is itself too long is cut, between sentences.
    """
    start = 0
    for end in _cuts(block.text, settings.longest):
        yield Piece(block.text[start:end], block.display[start:end], index, block.kind, start)
        start = end


def _cuts(text: str, longest: int) -> Iterator[int]:
    if len(text) <= _LONGER * longest:
        yield len(text)
        return
    bounds: list[int] = []
    at = 0
    for cell in row_cells(text):
        end = min(cell.end + len(FIELD), len(text))
        own = text[at:end]
        parts = short_enough(own, longest) if len(own) > longest else [(0, len(own))]
        bounds += [at + part for _, part in parts]
        at = end
    start = last = 0
    for bound in bounds:
        if bound - start > longest and last > start:
            yield last
            start = last
        last = bound
    yield len(text)


def row_name(text: str) -> str:
    """The cells a row begins with, which mostly name it, as far as there is room."""
    end = max((c.end for c in row_cells(text) if c.end <= _LONGEST_NAME), default=_LONGEST_NAME)
    return text[:end]


@dataclass
class _Table:
    """A table while it is read: its captions, the groups a row is in, its rows with their groups."""

    captions: list[str] = field(default_factory=list)
    groups: list[tuple[int, str]] = field(default_factory=list)
    rows: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)

    def leads(self, blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
        """Each row with its frame; a total of the whole table is in no group."""
        totals = {i for i, _ in self.rows if _is_total(blocks[i].text)}
        outer = len({groups[:1] for _, groups in self.rows if groups})
        for i, groups in self.rows:
            own = () if i in totals and len(totals) < outer else groups
            yield i, "\n".join((*self.captions, *own))[:_LONGEST_FRAME]


def row_leads(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """For each row of a table, by its index: a line each its table's caption and unit, its groups."""
    table = _Table()
    for i, block in enumerate(blocks):
        if block.kind is BlockKind.TABLE_ROW:
            if not table.rows and not table.captions:
                table.captions = _announced(blocks, i)
            table.rows.append((i, tuple(text for _, text in table.groups)))
        elif block.kind is BlockKind.CAPTION and block.level:
            table.groups = [g for g in table.groups if g[0] < block.level]
            table.groups.append((block.level, block.text))
        elif block.kind is BlockKind.CAPTION and not table.rows:
            table.captions = [*(table.captions or _announced(blocks, i)), block.text]
        elif block.kind is not BlockKind.NOTE:
            yield from table.leads(blocks)
            table = _Table()
            if block.kind is BlockKind.CAPTION:
                table.captions = [block.text]
    yield from table.leads(blocks)


def _is_total(text: str) -> bool:
    return any(cell.text in TOTALS for cell in row_cells(text)[:2])


def _announced(blocks: Sequence[Block], first: int) -> list[str]:
    """Lines of text right in front of a table that are its caption or unit, or lead in to it."""
    found: list[str] = []
    for block in reversed(blocks[max(first - _ABOVE, 0) : first]):
        text = block.text
        if block.kind in (BlockKind.HEADING, BlockKind.TITLE, BlockKind.TABLE_ROW):
            break
        if text.endswith(("：", ":")):
            return [text[max(text.rfind("。") + 1, len(text) - _LONGEST_CAPTION) :], *found[::-1]]
        if not UNIT_LINE.match(text) and (len(text) > _LONGEST_CAPTION or text[-1:] in "。；！？"):
            break
        found.append(text)
    return found[::-1]
