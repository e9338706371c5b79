"""Text objects of an OFD page → pieces of text with their places, in millimetres."""

from __future__ import annotations

import math
import statistics
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from corpus.readers.encoding import clean_characters
from corpus.readers.layout import Piece
from corpus.readers.ofd.package import children, local
from corpus.readers.tables.rules import Walls

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
"""The transformation that changes nothing."""

_MAX_SLANT = 0.1
_WIDE_GAP = 1.5
_SPACE_GAP = 0.5
_MAX_GLYPHS = 200_000
# Parts of a font's height above and below its baseline.
_ASCENT, _DESCENT = 0.85, 0.15


@dataclass(frozen=True)
class Glyph:
    """A character with the place of its baseline's start and its size."""

    char: str
    x: float
    y: float
    size: float
    width: float


def numbers(text: str | None, count: int = 0) -> list[float]:
    """The ``count`` numbers (0 for any) of an attribute such as ``"10 20 30 40"``; empty otherwise."""
    try:
        found = [float(part) for part in (text or "").replace(",", " ").split()]
    except ValueError:
        return []
    usable = all(math.isfinite(number) and abs(number) < 1e7 for number in found)
    return found if usable and (not count or len(found) == count) else []


def _number(element: Any, name: str, default: float) -> float:
    return (numbers(element.get(name), 1) or [default])[0]


def placed(element: Any, outer: Matrix) -> Matrix:
    """The transformation of an object on its page: its own, then its box, then what is around it."""
    matrix = numbers(element.get("CTM"), 6)
    own: Matrix = tuple(matrix) if matrix else IDENTITY  # type: ignore[assignment]
    box = numbers(element.get("Boundary"), 4)
    left, top = (box[0], box[1]) if box else (0.0, 0.0)
    return _after(_after(own, (1.0, 0.0, 0.0, 1.0, left, top)), outer)


def _after(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def text_glyphs(element: Any, outer: Matrix) -> list[Glyph]:
    """The characters of a ``TextObject``; none of one that runs askew, as watermarks do."""
    matrix = placed(element, outer)
    size, stretch = _number(element, "Size", 3.0), _number(element, "HScale", 1.0)
    along, across = math.hypot(matrix[0], matrix[1]), math.hypot(matrix[2], matrix[3])
    angle = math.atan2(matrix[1], matrix[0]) % (math.pi / 2)
    if not along or not across or min(angle, math.pi / 2 - angle) > _MAX_SLANT:
        return []
    glyphs = []
    start_x = start_y = 0.0
    for code in children(element, "TextCode"):
        # A code without a place begins where the last one began, says the standard (11.3).
        start_x = _number(code, "X", start_x)
        start_y = _number(code, "Y", start_y)
        for char, x, y in _characters(code, start_x, start_y, size * stretch):
            place_x = x * matrix[0] + y * matrix[2] + matrix[4]
            place_y = x * matrix[1] + y * matrix[3] + matrix[5]
            height = size * across
            glyphs.append(Glyph(char, place_x, place_y, height, _width(char) * size * along))
    return glyphs


def _characters(code: Any, x: float, y: float, em: float) -> Iterator[tuple[str, float, float]]:
    """The characters of a ``TextCode`` that begins at (x, y) with their places in the object."""
    text = "".join(code.itertext())
    if "\n" in text:
        text = text.strip()  # indented by the program that wrote the file, not text
    across = _deltas(code.get("DeltaX"), len(text))
    down = _deltas(code.get("DeltaY"), len(text))
    for i, char in enumerate(text[:_MAX_GLYPHS]):
        yield char, x, y
        if i < len(across):
            x += across[i]
        elif not down:
            x += _width(char) * em
        y += down[i] if i < len(down) else 0.0


def _deltas(text: str | None, most: int) -> list[float]:
    """The list of steps; ``g 3 5`` stands for three steps of 5."""
    parts = (text or "").replace(",", " ").split()
    steps: list[float] = []
    i = 0
    while i < len(parts) and len(steps) < most:
        try:
            if parts[i].lower() == "g":
                steps += [float(parts[i + 2])] * min(int(parts[i + 1]), most)
                i += 3
            else:
                steps.append(float(parts[i]))
                i += 1
        except (ValueError, IndexError):
            break
    return [step if math.isfinite(step) and abs(step) < 1e6 else 0.0 for step in steps]


def _width(char: str) -> float:
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5


def glyph_lines(glyphs: Sequence[Glyph], walls: Walls | None = None) -> list[Piece]:
    """Characters → pieces of text, one for each run on a baseline without a wide gap or a wall.

    Programs write a line as one object or as one for each character, so only places count. A
    character drawn twice at the same place (fake bold) is taken once.
    """
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda item: (item.y, item.x)):
        if rows and glyph.y - rows[-1][0].y <= 0.3 * min(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    runs: list[list[Glyph]] = []
    for row in rows:
        run: list[Glyph] = []
        for glyph in sorted(row, key=lambda item: item.x):
            if _is_shadow(run[-4:], glyph):
                continue
            if (
                not run
                or glyph.x - run[-1].x - run[-1].width > _WIDE_GAP * glyph.size
                or (walls and walls.between(_centre(run[-1]), _centre(glyph), glyph.y))
            ):
                run = []
                runs.append(run)
            run.append(glyph)
    return [piece for run in runs if (piece := _piece(run)).text.strip()]


def _centre(glyph: Glyph) -> float:
    return glyph.x + glyph.width / 2


def _is_shadow(before: Sequence[Glyph], glyph: Glyph) -> bool:
    return any(
        other.char == glyph.char and abs(other.x - glyph.x) < 0.25 * glyph.size for other in before
    )


def _piece(run: Sequence[Glyph]) -> Piece:
    gaps = [after.x - before.x - before.width for before, after in pairwise(run)]
    usual = statistics.median(gaps) if gaps else 0.0
    text = run[0].char
    for gap, glyph in zip(gaps, run[1:], strict=True):
        # Letters spaced out evenly (通　知) are one word; a single gap parts two.
        if gap - max(0.0, usual) > _SPACE_GAP * glyph.size and text[-1] != " ":
            text += " "
        text += glyph.char
    size = max(glyph.size for glyph in run)
    baseline = statistics.median(glyph.y for glyph in run)
    return Piece(
        clean_characters(text).replace("\n", " ").strip(),
        run[0].x,
        baseline - _ASCENT * size,
        max(glyph.x + glyph.width for glyph in run),
        baseline + _DESCENT * size,
    )


def visible_objects(element: Any, depth: int = 0) -> Iterator[Any]:
    """The drawn objects under a page, layer or block, hidden ones left out."""
    for child in element:
        if str(child.get("Visible", "true")).lower() == "false":
            continue
        name = local(child)
        if name in ("Layer", "PageBlock", "Content") and depth < 20:
            yield from visible_objects(child, depth + 1)
        elif name in ("TextObject", "ImageObject", "PathObject", "CompositeObject"):
            yield child
