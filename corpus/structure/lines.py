"""A line on its way from a reader to a block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain

from corpus.raw import LineKind
from corpus.structure.character_map import Run, cut


@dataclass(frozen=True)
class Line:
    """A line of a file while it is being cleaned.

    Attributes:
        text: its characters so far, never blank.
        number: number from 1 in the file.
        page: page from 1, or None.
        kind: what the file format says it is.
        level: heading level the format gives, else 0.
        after_blank: True when a blank line stood before it.
        runs: where its characters stand in the file; empty for a line as it was read.
    """

    text: str
    number: int
    page: int | None = None
    kind: LineKind = LineKind.TEXT
    level: int = 0
    after_blank: bool = False
    runs: tuple[Run, ...] = ()

    @property
    def traced(self) -> tuple[Run, ...]:
        """``runs``, also of a line as it was read."""
        # A piece of glue between two lines was read nowhere, so runs may have gaps.
        return self.runs or (Run(0, len(self.text), self.number, 0, len(self.text)),)

    def piece(self, start: int, end: int) -> Line:
        """The line ``text[start:end]`` without spaces around it."""
        text = self.text[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        runs = cut(self.traced, start, start + len(text))
        number = runs[0].line if runs else self.number
        return replace(self, text=text, number=number, runs=runs)

    def followed_by(self, other: Line, glue: str = "") -> Line:
        """This line with another one's text behind its own; number and page stay."""
        text = self.text + glue
        behind = (run._replace(start=run.start + len(text)) for run in other.traced)
        runs = (*self.traced, *behind)
        return replace(self, text=text + other.text, runs=runs)

    def without(self, spans: Sequence[tuple[int, int]]) -> Line:
        """This line without the characters at ``spans``, which are in order."""
        if not spans:
            return self
        bounds = [0, *chain.from_iterable(spans), len(self.text)]
        kept = (self.piece(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True))
        return reduce(Line.followed_by, kept)
