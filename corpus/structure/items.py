"""Which lines of a text are items of a list, and no headings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

from corpus.structure.lists import ItemList, find_lists
from corpus.structure.sentences import sentence_spans

#: Characters of an item that does not end with 「；」: each, and all in the mean.
_LONGEST_ITEM, _USUAL_ITEM = 160, 100
#: Kinds of marks that number a document's parts: without a lead-in or 「；」 they head these.
_PARTS = ("numeral", "bracketed_numeral")
_NO_MARKS = ("none", "bullet")


def item_lines(lines: Sequence[str]) -> frozenset[int]:
    """Indices of the lines that begin an item; ``lines`` in order, notes and page marks left blank.

    They are items when most end with 「；」, or when they are short, follow a lead-in that ends with a
    colon (or are a sentence each) and hardly any has text of its own below it.
    """
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    lists = [
        (one, [bisect_right(starts, a) - 1 for a, _ in one.items])
        for one in find_lists("\n".join(lines))
    ]
    depth = _depths(len(lines), lists)
    found: set[int] = set()
    for one, rows in lists:
        begins = [starts[row] == a for row, (a, _) in zip(rows, one.items, strict=True)]
        # Of 「…：1.…」 the first item stands behind its lead-in, the others on lines of their own.
        if all(begins[1:]) and _lists_things(one, rows, lines, depth):
            found.update(row for row, own in zip(rows, begins, strict=True) if own)
    return frozenset(found)


def _depths(count: int, lists: Sequence[tuple[ItemList, list[int]]]) -> list[int]:
    """For each line how many lists it lies in, from the first to the last item's own line."""
    steps = [0] * (count + 1)
    for _, rows in lists:
        steps[rows[0]] += 1
        steps[rows[-1] + 1] -= 1
    return list(accumulate(steps))


def _lists_things(
    one: ItemList, rows: Sequence[int], lines: Sequence[str], depth: Sequence[int]
) -> bool:
    own = [lines[row].rstrip() for row in rows]
    if one.kind in _NO_MARKS:
        return True
    parted = sum(words.endswith(("；", ";")) or "；" in words[-3:] for words in own[:-1])
    if parted * 2 >= len(own) - 1:
        return True
    headed = sum(
        any(lines[row].strip() and depth[row] <= depth[a] for row in range(a + 1, b))
        for a, b in pairwise(rows)
    )
    if headed * 2 > len(own) - 1:
        return False
    if max(map(len, own)) > _LONGEST_ITEM or sum(map(len, own)) > _USUAL_ITEM * len(own):
        return False
    return one.announced or (one.kind not in _PARTS and all(map(_is_sentence, own)))


def _is_sentence(words: str) -> bool:
    return words.endswith(("。", "；", ";")) and len(sentence_spans(words)) == 1
