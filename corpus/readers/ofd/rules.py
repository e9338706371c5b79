"""Path objects of an OFD page → its straight lines, in millimetres."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from corpus.readers.ofd.package import children
from corpus.readers.ofd.text import Matrix, numbers, placed
from corpus.readers.tables.rules import Rule, rules_of_box

Point = tuple[float, float]
#: In millimetres: a filled box no thicker is a line, a stroke thicker is a bar.
_THICK = 1.0
_SLANT = 0.2
_MOST_STEPS = 4000
#: How many numbers follow each letter of ``AbbreviatedData`` (GB/T 33190-2016, 9.1).
_NUMBERS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def path_rules(item: Any, outer: Matrix) -> list[Rule]:
    """The level and upright lines of a ``PathObject``."""
    matrix = placed(item, outer)
    stroked = str(item.get("Stroke", "true")).lower() != "false"
    width = (numbers(item.get("LineWidth"), 1) or [0.353])[0] * max(abs(matrix[0]), abs(matrix[1]))
    data = "".join(text.text or "" for text in children(item, "AbbreviatedData"))
    rules: list[Rule] = []
    for points in _outlines(data, matrix):
        if stroked and width <= _THICK:
            for (x1, y1), (x2, y2) in pairwise(points):
                if abs(x1 - x2) <= _SLANT or abs(y1 - y2) <= _SLANT:
                    rules += rules_of_box(
                        min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2), _THICK
                    )
        else:
            rules += _thin_box(points)
    return rules


def _thin_box(points: Sequence[Point]) -> list[Rule]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if len(points) > 6 or min(max(xs) - min(xs), max(ys) - min(ys)) > _THICK:
        return []
    return rules_of_box(min(xs), min(ys), max(xs), max(ys), _THICK)


def _outlines(data: str, matrix: Matrix) -> Iterator[list[Point]]:
    """The points of each part of a path; a part with a curve is left out."""
    a, b, c, d, e, f = matrix
    points: list[Point] = []
    curved = False
    for letter, values in _steps(data):
        if letter in "SM":
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        if letter == "C":
            points += points[:1]
            continue
        curved = curved or letter in "QBA"
        x, y = values[-2:]
        points.append((x * a + y * c + e, x * b + y * d + f))
    if len(points) > 1 and not curved:
        yield points


def _steps(data: str) -> Iterator[tuple[str, list[float]]]:
    parts = data.replace(",", " ").split()[: 8 * _MOST_STEPS]
    at = 0
    while at < len(parts):
        letter = parts[at].upper()
        count = _NUMBERS.get(letter)
        values = [] if not count else numbers(" ".join(parts[at + 1 : at + 1 + count]), count)
        if count is None or len(values) != count:
            return
        yield letter, values
        at += 1 + count
