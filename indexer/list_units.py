"""Lists among the blocks of a document: what stays together in a passage, what introduces what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.document import Block, BlockKind
from corpus.structure.lists import ItemList, find_lists

#: Share of a paragraph that a list in it takes where the paragraph is that list.
_MOST_OF = 0.6
#: Longer items, in the mean, are paragraphs that say enough alone.
_USUAL_ITEM = 100
_NO_ITEMS = (BlockKind.HEADING, BlockKind.TITLE, BlockKind.TABLE_ROW, BlockKind.SIGN_OFF)


@dataclass(frozen=True)
class ListUnit:
    """A list whose items are blocks of one section.

    Attributes:
        first: index of the block of its lead-in, or of its first item where a heading leads it.
        end: index behind the block of its last item.
        lead: the words that announce it, "" where none end with a colon.
        is_short: its items say little alone.
    """

    first: int
    end: int
    lead: str
    is_short: bool


def list_units(blocks: Sequence[Block]) -> Iterator[ListUnit]:
    """The lists over several blocks, an outer one before those in its items."""
    starts = [0, *accumulate(len(block.text) + 1 for block in blocks)]
    text = "\n".join(block.text for block in blocks)
    last_other = list(
        accumulate((i if b.kind in _NO_ITEMS else -1 for i, b in enumerate(blocks)), max)
    )
    same_path = _same_path(blocks)
    for one in find_lists(text):
        first = bisect_right(starts, one.span[0]) - 1
        end = bisect_right(starts, max(one.span[1] - 1, 0))
        while first < end and blocks[first].kind in _NO_ITEMS:
            first += 1
        if end - first > 1 and last_other[end - 1] < first and same_path[end - 1] <= first:
            yield ListUnit(first, end, _lead_of(text, one), _is_short(one))


def _same_path(blocks: Sequence[Block]) -> list[int]:
    """For each block the first of those before it, without a gap, that stand under the same headings."""
    first: list[int] = []
    for i, block in enumerate(blocks):
        same = i > 0 and blocks[i - 1].heading_path == block.heading_path
        first.append(first[-1] if same else i)
    return first


def _is_short(one: ItemList) -> bool:
    return one.items[-1][1] - one.items[0][0] <= _USUAL_ITEM * len(one.items)


def _lead_of(text: str, one: ItemList) -> str:
    return text[slice(*one.lead)].strip() if one.announced else ""


def kept_together(blocks: Sequence[Block], longest: int) -> dict[int, int]:
    """First block → end of each list that is not cut: the outermost of at most ``longest`` characters."""
    ends: dict[int, int] = {}
    last = 0
    for unit in list_units(blocks):
        if unit.first < last or not unit.is_short:
            continue
        if sum(len(block.text) + 1 for block in blocks[unit.first : unit.end]) - 1 <= longest:
            ends[unit.first] = last = unit.end
    return ends


def is_one_list(text: str) -> bool:
    """Whether a paragraph is hardly more than a list with marks: 「做法：一是…二是…」."""
    spans = (one.span for one in find_lists(text) if one.kind != "none" and _is_short(one))
    return max((end - start for start, end in spans), default=0) >= _MOST_OF * len(text)
