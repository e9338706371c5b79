"""From a cleaned text back to the characters of the file: so that a citation can be found in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.language.characters import INVISIBLE

#: Characters of a long line that are compared at a time.
_PIECE = 2048


class Run(NamedTuple):
    """Characters of a cleaned text and those of one line of the file that they were made of.

    As many on both sides, and they belong together one by one; else only as a whole.

    Attributes:
        start: offset of the first in the cleaned text.
        length: how many; 0 where something was taken out.
        line: number from 1 of the file's line.
        column: offset from 0 in that line, as the reader took it from the file.
        taken: how many characters of the line.
    """

    start: int
    length: int
    line: int
    column: int
    taken: int


class Position(NamedTuple):
    """A place in a file: line and column, both from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Origin:
    """What stands in the file where a block was read.

    Attributes:
        text: the file's characters from the block's first to its last, line breaks as ``\\n``.
        column: offset from 0 of the first in its line.
        spans: (start, length, at, taken): ``length`` characters of the block from ``start`` were
            made of ``taken`` characters of ``text`` from ``at``; in order, gaps were taken out.
    """

    text: str
    column: int
    spans: tuple[tuple[int, int, int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of ``text`` that the block's characters ``start`` to ``end`` were made of."""
        touched = [s for s in self.spans if s[0] < end and s[0] + s[1] > start]
        if not touched:
            return 0, 0
        first, last = touched[0], touched[-1]
        begin = first[2] + (max(start - first[0], 0) if first[1] == first[3] else 0)
        stop = last[2] + (min(end - last[0], last[1]) if last[1] == last[3] else last[3])
        return begin, stop

    def position(self, at: int, line: int) -> Position:
        """Line and column of ``text[at]`` when ``text`` begins on ``line``."""
        before = self.text[:at]
        breaks = before.count("\n")
        column = len(before) - before.rfind("\n") - 1 if breaks else self.column + at
        return Position(line + breaks, column + 1)


def trace(original: str, cleaned: str, number: int, column: int = 0) -> tuple[Run, ...]:
    """How a cleaned line came from the file's: the fewest single edits (Levenshtein 1966).

    ``original`` is the file's line ``number`` (from 1), or the part of it from ``column`` (from 0).
    """
    if original == cleaned:
        return (Run(0, len(cleaned), number, column, len(original)),)
    indent = len(original) - len(original.lstrip())
    if original[indent:].rstrip() == cleaned:
        return (Run(0, len(cleaned), number, column + indent, len(cleaned)),)
    runs: list[Run] = []
    for edit in _edits(original, cleaned):
        if edit.length == 0:
            continue
        is_equal, at, taken, start, length = edit
        at += column
        last = runs[-1] if runs else None
        if last and not is_equal and last.length != last.taken:
            # Two edits side by side are one repair: 「?!稖」 as a whole became 「。《温」.
            at, taken = last.column, at + taken - last.column
            start, length = last.start, start + length - last.start
            runs.pop()
        runs.append(Run(start, length, number, at, taken))
    return tuple(runs)


class _Edit(NamedTuple):
    """``length`` characters from ``start`` that came of ``taken`` ones from ``at``."""

    is_equal: bool
    at: int
    taken: int
    start: int
    length: int


def _edits(original: str, cleaned: str) -> Iterator[_Edit]:
    """The edits from one text to the other, in pieces of ``_PIECE`` characters: what cleaning changes
    is near by, and the time for a whole text grows with the square of its length.
    """
    from rapidfuzz.distance import Levenshtein

    at = start = 0
    while at < len(original) or start < len(cleaned):
        if spaces := _left_out(original, at, cleaned[start : start + 1]):
            yield _Edit(False, at, spaces, start, 0)
            at += spaces
        source, target = original[at : at + _PIECE], cleaned[start : start + _PIECE]
        edits = [
            _Edit(e.tag == "equal", at + e.src_start, e.src_end - e.src_start, start + e.dest_start, e.dest_end - e.dest_start)
            for e in Levenshtein.opcodes(source, target)
        ]  # fmt: skip
        if at + _PIECE < len(original) or start + _PIECE < len(cleaned):
            edits = _first_half(edits, at + _PIECE // 2)
        yield from edits
        at = edits[-1].at + edits[-1].taken if edits else at + len(source)
        start = edits[-1].start + edits[-1].length if edits else start + len(target)


def _left_out(original: str, at: int, following: str) -> int:
    """How many blank characters from ``at`` on have no counterpart in front of ``following``."""
    end = at
    while end < len(original) and original[end] != following and _is_blank(original[end]):
        end += 1
    return end - at


def _is_blank(character: str) -> bool:
    return character.isspace() or INVISIBLE.match(character) is not None


def _first_half(edits: list[_Edit], middle: int) -> list[_Edit]:
    """The edits up to the last equal characters before the middle: near its end a piece that was cut
    off may be taken for something else.
    """
    kept: list[_Edit] = []
    sure = 0
    for edit in edits:
        room = middle - edit.at
        if room <= 0:
            break
        if edit.is_equal and edit.taken > room:
            kept.append(edit._replace(taken=room, length=room))
            sure = len(kept)
            break
        kept.append(edit)
        sure = len(kept) if edit.is_equal else sure
    return kept[:sure] or kept


def cut(runs: Sequence[Run], start: int, end: int) -> tuple[Run, ...]:
    """The runs of ``text[start:end]``, counted from its beginning."""
    kept: list[Run] = []
    for run in runs:
        a, b = max(run.start, start), min(run.start + run.length, end)
        if a < b:
            by_one = run.length == run.taken
            column, taken = (run.column + a - run.start, b - a) if by_one else run[3:]
            kept.append(Run(a - start, b - a, run.line, column, taken))
    return tuple(kept)


def origin_of(text: str, runs: Sequence[Run], lines: Sequence[str]) -> Origin | None:
    """What stands in the file, whose ``lines`` are all given, behind the text of a block.

    None where the file says the same from the beginning of a line.
    """
    if not runs or not lines:
        return None
    first = runs[0]
    last = max(run.line for run in runs)
    end = max(run.column + run.taken for run in runs if run.line == last)
    starts: dict[int, int] = {}
    pieces: list[str] = []
    size = 0
    for number in range(first.line, last + 1):
        line = lines[number - 1][: end if number == last else None]
        starts[number] = size - (first.column if number == first.line else 0)
        pieces.append(line[first.column :] if number == first.line else line)
        size += len(pieces[-1]) + 1
    original = "\n".join(pieces)
    if original == text and first.column == 0:
        return None
    spans = tuple((r.start, r.length, starts[r.line] + r.column, r.taken) for r in runs)
    return Origin(original, first.column, spans)
