"""Lists in a text: what announces them, and their items, inside one line or over many.

Numbered items are those that count on (「（一）…；（二）…」, 「一是…，二是…」), whatever stands between
them; items without a mark are the clauses before 「；」 and the lines below 「…包括：」.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from corpus.language.documents import ITEM_END, ITEM_MARK, PROMISED
from corpus.language.numerals import read_count
from corpus.structure.sentences import sentence_spans

Span = tuple[int, int]

#: A colon that announces; that of an address does not.
_ANNOUNCING = re.compile(r"[：:](?!//)")
#: A line without an end mark that is longer is no item of a list without marks.
_LONGEST_BARE = 40
#: A heading that may stand for the lead-in is no longer.
_LONGEST_HEAD = 60
#: A lead-in is looked for so far before the first item.
_LONGEST_LEAD = 400
_CIRCLED = ord("①")
_COLON = re.compile(r"[：:]\s*$")
_STOP = re.compile(r"[。！？!?][”’』」）)》】]*")
_ENDS = "。！？!?；;\n"
_UNFINISHED = re.compile(r"[^。；;，,：:！？!?、…\s]$")


@dataclass(frozen=True)
class ItemList:
    """A list in a text; all spans are half-open offsets into it.

    Attributes:
        kind: of its marks, a group of ``ITEM_MARK``, or ``none``.
        lead: the sentence or heading that announces it; empty at the first item where there is none.
        items: each with its mark and all that belongs to it, in order.
        first: number of the first item; 0 without numbers.
        announced: the lead-in ends with a colon.
        promised: how many items the lead-in says there are (「以下七个方面：」); 0 where it says nothing.
    """

    kind: str
    lead: Span
    items: tuple[Span, ...]
    first: int = 0
    announced: bool = False
    promised: int = 0

    @property
    def span(self) -> Span:
        """From the lead-in to the end of the last item."""
        return self.lead[0], self.items[-1][1]


@dataclass(frozen=True)
class _Mark:
    kind: str
    number: int
    start: int


@dataclass
class _Run:
    """Items that count on, while they are being read."""

    kind: str
    first: int
    last: int
    starts: list[int]
    inner: int = 0


def find_lists(text: str) -> tuple[ItemList, ...]:
    """The lists of a text by where they begin, an outer one before those in its items."""
    numbered = list(_numbered(text))
    plain = _below_lead_ins(text, numbered)
    clauses = _clauses(text, [*numbered, *plain])
    return tuple(sorted((*numbered, *plain, *clauses), key=lambda x: (x.items[0][0], -x.span[1])))


def _marks(text: str) -> Iterator[_Mark]:
    for match in ITEM_MARK.finditer(text):
        kind = match.lastgroup or ""
        words = match[kind]
        if kind == "bullet":
            number = 0
        elif kind == "circled":
            number = ord(words) - _CIRCLED + 1
        else:
            number = read_count(words)
        if number or kind == "bullet":
            yield _Mark(kind, number, match.start())


def _numbered(text: str) -> Iterator[ItemList]:
    """Lists with marks. Of each kind one is open at a time; an item of an outer one ends the inner."""
    runs: list[_Run] = []
    for mark in _marks(text):
        own = next((i for i, run in enumerate(runs) if run.kind == mark.kind), None)
        counts_on = own is not None and mark.number in (0, runs[own].last + 1)
        cut = len(runs) if own is None else own + counts_on
        while len(runs) > cut:
            yield from _closed(text, runs, mark.start)
        if counts_on:
            runs[-1].starts.append(mark.start)
            runs[-1].last = mark.number
        else:
            runs.append(_Run(mark.kind, mark.number, mark.number, [mark.start]))
    while runs:
        yield from _closed(text, runs, len(text))


def _closed(text: str, runs: list[_Run], limit: int) -> Iterator[ItemList]:
    """The innermost open list, ended: what comes behind begins at ``limit``."""
    run = runs.pop()
    end = max(run.inner, _last_end(text, run, limit))
    if runs:
        runs[-1].inner = max(runs[-1].inner, end)
    if len(run.starts) < 2:
        return
    bounds = [*run.starts, end]
    items = tuple(_stripped(text, a, b) for a, b in pairwise(bounds))
    lead = _lead(text, run.starts[0])
    announced = _COLON.search(text[slice(*lead)]) is not None
    yield ItemList(run.kind, lead, items, run.first, announced, _promised(text, lead))


def _last_end(text: str, run: _Run, limit: int) -> int:
    """Where the last item ends: with its line, or inside a line with its sentence."""
    start = run.starts[-1]
    line_end = text.find("\n", start, limit)
    line_end = limit if line_end < 0 else line_end
    before = run.starts[-2] if len(run.starts) > 1 else start
    clause = text[before:start].rstrip()
    if clause.endswith(("；", ";", "，", ",")) and (stop := _STOP.search(text, start, line_end)):
        return stop.end()
    return line_end


def _stripped(text: str, start: int, end: int) -> Span:
    return start, start + len(text[start:end].rstrip())


def _lead(text: str, start: int) -> Span:
    """The sentence before the first item, or the heading on the line above."""
    line_start = max(text.rfind("\n", 0, start) + 1, start - _LONGEST_LEAD)
    if text[line_start:start].strip():
        return _last_sentence(text, line_start, start)
    before = text[max(0, line_start - _LONGEST_LEAD) : line_start]
    above_end = line_start - len(before) + len(before.rstrip())
    above = max(text.rfind("\n", 0, above_end) + 1, above_end - _LONGEST_LEAD, 0)
    if above_end == above:
        return start, start
    sentence = _last_sentence(text, above, above_end)
    words = text[slice(*sentence)]
    heads = _UNFINISHED.search(words) and above_end - above <= _LONGEST_HEAD
    return sentence if _COLON.search(words) or heads else (start, start)


def _last_sentence(text: str, start: int, end: int) -> Span:
    end = start + len(text[start:end].rstrip())
    at = max(text.rfind(mark, start, end - 1) for mark in _ENDS) + 1
    return max(at, start), end


def _promised(text: str, lead: Span) -> int:
    counted = PROMISED.search(text[slice(*lead)].rstrip())
    return read_count(counted["n"].replace("两", "二")) if counted else 0


def _lines(text: str) -> list[Span]:
    return [m.span() for m in re.finditer(r"[^\n]+", text)]


def _below_lead_ins(text: str, numbered: Sequence[ItemList]) -> list[ItemList]:
    """Lines without marks below a line that ends with a colon, up to the one that ends the sentence."""
    lines = _lines(text)
    firsts = sorted(x.items[0][0] for x in numbered)
    found: list[ItemList] = []
    at = 0
    while at < len(lines):
        start, end = lines[at]
        at += 1
        if not _COLON.search(text[start:end]):
            continue
        items = _plain_items(text, lines, at)
        # A list that is known begins among them: theirs is another.
        crosses = len(items) > 1 and _any_between(firsts, items[0][0], items[-1][1])
        if len(items) > 1 and not crosses:
            lead = _last_sentence(text, start, end)
            found.append(ItemList("none", lead, items, 0, True, _promised(text, lead)))
            at += len(items)
    return found


def _plain_items(text: str, lines: Sequence[Span], first: int) -> tuple[Span, ...]:
    items: list[Span] = []
    for at in range(first, len(lines)):
        start, end = lines[at]
        words = text[start:end]
        if ITEM_MARK.match(text, start) or _COLON.search(words):
            break
        if ITEM_END.search(words):
            items.append((start, end))
        elif items and ITEM_END.search(text[slice(*items[-1])]):
            return (*items, (start, end))
        elif len(words) <= _LONGEST_BARE and "：" not in words and _alike(text, items, words):
            items.append((start, end))
        else:
            break
    return tuple(items)


def _alike(text: str, items: Sequence[Span], words: str) -> bool:
    """Whether a short line ends as the item before it does: with a word, or with 「。」."""
    if not items:
        return True
    return bool(_UNFINISHED.search(words)) == bool(_UNFINISHED.search(text[slice(*items[-1])]))


def _any_between(places: Sequence[int], start: int, end: int) -> bool:
    """Whether one of the places, in order, is in [start, end)."""
    return bisect_left(places, start) < bisect_left(places, end)


def _clauses(text: str, known: Sequence[ItemList]) -> list[ItemList]:
    """Sentences of one line that 「；」 parts, the first behind its colon if it has one."""
    spans = sorted(one.span for one in known)
    starts = [start for start, _ in spans]
    # Where the last of the lists that begin at or before each of these ends.
    reach = list(accumulate((end for _, end in spans), max))
    found: list[ItemList] = []
    for start, end in _lines(text):
        run: list[Span] = []
        for a, b in sentence_spans(text[start:end]):
            run.append((start + a, start + b))
            if ITEM_END.search(text[start + a : start + b]):
                continue
            if len(run) > 1 and not _is_taken(starts, reach, (run[0][0], run[-1][1])):
                found.append(_of_clauses(text, run))
            run = []
    return found


def _is_taken(starts: Sequence[int], reach: Sequence[int], span: Span) -> bool:
    """Whether one of the spans with these starts, and the farthest ends so far, meets a span."""
    before = bisect_left(starts, span[1])
    return before > 0 and reach[before - 1] > span[0]


def _of_clauses(text: str, run: Sequence[Span]) -> ItemList:
    start, end = run[0]
    colon = max((m.end() for m in _ANNOUNCING.finditer(text, start, end - 1)), default=start)
    if colon <= start:
        return ItemList("none", (start, start), tuple(run))
    lead = start, colon
    return ItemList("none", lead, ((colon, end), *run[1:]), 0, True, _promised(text, lead))
