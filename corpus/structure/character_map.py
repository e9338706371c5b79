"""From a cleaned text back to the characters of the file: so that a citation can be found in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


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
    from rapidfuzz.distance import Levenshtein

    runs: list[Run] = []
    for edit in Levenshtein.opcodes(original, cleaned):
        if edit.tag == "delete":
            continue
        start, length = edit.dest_start, edit.dest_end - edit.dest_start
        at, taken = column + edit.src_start, edit.src_end - edit.src_start
        last = runs[-1] if runs else None
        if last and edit.tag != "equal" and last.length != last.taken:
            # Two edits side by side are one repair: 「?!稖」 as a whole became 「。《温」.
            at, taken = last.column, at + taken - last.column
            start, length = last.start, start + length - last.start
            runs.pop()
        runs.append(Run(start, length, number, at, taken))
    return tuple(runs)


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
