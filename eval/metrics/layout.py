"""Figures, ids and columns as text for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

#: What stands where there is no figure.
NO_FIGURE = "-"
_IDS_SHOWN = 5


def share(value: float | None) -> str:
    """A measure between 0 and 1."""
    return NO_FIGURE if value is None else f"{value:.3f}"


def whole(value: float | None, form: str = ".0f") -> str:
    """A time, length or size."""
    return NO_FIGURE if value is None else f"{value:{form}}"


def some(ids: Sequence[str]) -> str:
    """The first of several ids."""
    return "、".join(ids[:_IDS_SHOWN]) + (" 等" if len(ids) > _IDS_SHOWN else "")


def aligned(cells: Sequence[Sequence[str]]) -> str:
    """Columns two spaces apart, the first flush left, the others flush right."""
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    lines = []
    for row in cells:
        padded = [row[0] + " " * (widths[0] - _width(row[0]))]
        pairs = zip(row[1:], widths[1:], strict=True)
        padded += [" " * (width - _width(cell)) + cell for cell, width in pairs]
        lines.append("  ".join(padded))
    return "\n".join(lines)


def _width(text: str) -> int:
    """Terminal columns: wide and full-width characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
