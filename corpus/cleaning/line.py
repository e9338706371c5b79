"""A line on its way from a reader to a block."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.raw import LineKind


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
    """

    text: str
    number: int
    page: int | None = None
    kind: LineKind = LineKind.TEXT
    level: int = 0
    after_blank: bool = False
