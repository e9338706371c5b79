"""Text objects of an OFD page → characters with their places, in millimetres."""

from __future__ import annotations

import math
import statistics
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from corpus.readers.glyphs import LIGHT, Glyph
from corpus.readers.ofd.package import children, local
from corpus.readers.tables.rules import Walls

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
"""The transformation that changes nothing."""

_MAX_SLANT = 0.1
#: Gaps in sizes of type: between two runs, between columns or cells, between words.
_WIDE_GAP, _COLUMN_GAP, _SPACE_GAP = 1.5, 0.6, 0.5
_MAX_GLYPHS = 200_000
#: In mm: type smaller than this is not seen; less high or wide things are lines.
_SMALLEST, _LEAST_GROUND = 0.3, 2.0
#: A ground lighter than this is paper.
_GROUND_TONE = 0.85
#: ``ReadDirection`` of text set from top to bottom, in degrees.
_DOWNWARDS = 90.0


class Ground(NamedTuple):
    """A filled part of a page in mm, y downwards; whether it is known to be dark."""

    left: float
    top: float
    right: float
    bottom: float
    is_dark: bool


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


@dataclass
class Inked:
    """What text objects of a page draw: characters as (quarter turns to the left, glyph).

    Attributes:
        glyphs: the characters, each with its place as its text is read upright.
        hidden: how many characters are drawn without ink, too small, or in a hidden layer.
        slanted: how many text objects run askew, as watermarks do.
    """

    glyphs: list[tuple[int, Glyph]] = field(default_factory=list)
    hidden: int = 0
    slanted: int = 0


def draw_text(
    element: Any, outer: Matrix, page: tuple[float, float], inked: Inked, params: Mapping[str, Any]
) -> None:
    """Add the characters of a ``TextObject`` on a page of (width, height) in mm.

    ``params`` are the sets of drawing parameters by their id, from which colours may come.
    """
    matrix = placed(element, outer)
    size, stretch = _number(element, "Size", 3.0), _number(element, "HScale", 1.0)
    along, across = math.hypot(matrix[0], matrix[1]), math.hypot(matrix[2], matrix[3])
    quarters = -math.atan2(matrix[1], matrix[0]) / (math.pi / 2)
    if not along or not across or size * across < _SMALLEST or not _has_ink(element):
        inked.hidden += sum(
            len("".join(c.itertext()).strip()) for c in children(element, "TextCode")
        )
        return
    if abs(quarters - round(quarters)) * math.pi / 2 > _MAX_SLANT:
        inked.slanted += 1
        return
    turns, tone = round(quarters) % 4, _tone(element, params)
    start_x = start_y = 0.0
    for code in children(element, "TextCode"):
        # A code without a place begins where the last one began, says the standard (11.3).
        start_x = _number(code, "X", start_x)
        start_y = _number(code, "Y", start_y)
        downwards = _number(element, "ReadDirection", 0.0) == _DOWNWARDS
        for char, x, y in _characters(code, start_x, start_y, size * stretch, downwards):
            at_x = x * matrix[0] + y * matrix[2] + matrix[4]
            at_y = x * matrix[1] + y * matrix[3] + matrix[5]
            left, baseline = _upright(turns, at_x, at_y, page)
            right = left + _width(char) * size * stretch * along
            inked.glyphs.append(
                (turns, Glyph(char, left, right, baseline, size * across, tone=tone))
            )


def _upright(turns: int, x: float, y: float, page: tuple[float, float]) -> tuple[float, float]:
    """Where a point of a page lies when text that is turned so is read upright."""
    width, height = page
    return ((x, y), (height - y, x), (width - x, height - y), (y, width - x))[turns]


def _has_ink(element: Any) -> bool:
    fills = str(element.get("Fill", "true")).lower() != "false"
    return fills or str(element.get("Stroke", "false")).lower() == "true"


def _tone(element: Any, params: Mapping[str, Any]) -> float:
    """Lightness of an object's colour on white paper, from 0 (black) to 1 (white)."""
    colour = next(children(element, "FillColor", "StrokeColor"), None)
    if colour is None and (shared := params.get(str(element.get("DrawParam")))) is not None:
        colour = next(children(shared, "FillColor"), None)
    levels = numbers(colour.get("Value")) if colour is not None else []
    alpha = _number(element, "Alpha", 255.0) / 255
    if colour is not None:
        alpha *= _number(colour, "Alpha", 255.0) / 255
    if len(levels) in (1, 3):
        # A strong colour is not light: yellow on red is meant to be read.
        ink = 1 - min(levels) / 255
    elif len(levels) == 4:
        ink = max(levels[:3]) + levels[3]
        ink /= 100 if ink > 2 else 1
    else:
        ink = 1.0
    return 1 - min(1.0, max(0.0, ink)) * min(1.0, max(0.0, alpha))


def ground_of(element: Any, outer: Matrix, params: Mapping[str, Any]) -> Ground | None:
    """The box of a picture or of a filled drawing that is not white: what white type is seen on."""
    box = numbers(element.get("Boundary"), 4)
    if not box or min(box[2], box[3]) < _LEAST_GROUND:
        return None
    is_path = local(element) == "PathObject"
    if is_path:
        fills = str(element.get("Fill", "false")).lower() == "true"
        if not fills or _tone(element, params) > _GROUND_TONE:
            return None
    x, y = box[0] * outer[0] + outer[4], box[1] * outer[3] + outer[5]
    return Ground(x, y, x + box[2] * abs(outer[0]), y + box[3] * abs(outer[3]), is_path)


def _characters(
    code: Any, x: float, y: float, em: float, downwards: bool
) -> Iterator[tuple[str, float, float]]:
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
        elif not down and not downwards:
            x += _width(char) * em
        if i < len(down):
            y += down[i]
        elif downwards and not across:
            y += em


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


def glyph_runs(glyphs: Sequence[Glyph], walls: Walls | None = None) -> list[list[Glyph]]:
    """Characters → runs on one baseline without a wide gap or a wall; spaces put in where gaps are.

    Programs write a line as one object or as one for each character, so only places count.
    """
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda item: (item.baseline, item.left)):
        first = rows[-1][0] if rows else None
        if first and glyph.baseline - first.baseline <= 0.3 * min(glyph.size, first.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [run for row in rows for run in _runs(sorted(row, key=lambda item: item.left), walls)]


def _runs(row: Sequence[Glyph], walls: Walls | None) -> list[list[Glyph]]:
    runs: list[list[Glyph]] = []
    for glyph in row:
        last = runs[-1][-1] if runs else None
        wall = last and walls and walls.between(last.middle[0], glyph.middle[0], glyph.middle[1])
        if last and not wall and not _apart(last, glyph, _WIDE_GAP):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [part for run in runs for part in _spaced(run)]


def _apart(last: Glyph, glyph: Glyph, most: float) -> bool:
    shade = (last.tone >= LIGHT) is not (glyph.tone >= LIGHT)
    return shade or glyph.left - last.right > most * glyph.size


def _spaced(run: Sequence[Glyph]) -> list[list[Glyph]]:
    """A run with spaces in its gaps, parted at the wider ones."""
    gaps = [after.left - before.right for before, after in pairwise(run)]
    # Letters spaced out evenly (通　知) are one word; a single gap parts two.
    usual = max(0.0, statistics.median(gaps)) if gaps else 0.0
    parts = [[run[0]]]
    for gap, glyph in zip(gaps, run[1:], strict=True):
        if gap - usual > _COLUMN_GAP * glyph.size:
            parts.append([glyph])
        elif gap - usual > _SPACE_GAP * glyph.size and not parts[-1][-1].char.isspace():
            parts[-1].append(glyph._replace(before=" ", guessed=True))
        else:
            parts[-1].append(glyph)
    return parts


def hidden_characters(element: Any) -> int:
    """How many characters stand in objects and layers that are not shown."""
    hidden = (e for e in element.iter() if str(e.get("Visible", "true")).lower() == "false")
    codes = (code for item in hidden for code in item.iter() if local(code) == "TextCode")
    return sum(len("".join(code.itertext()).strip()) for code in codes)


def visible_objects(element: Any, depth: int = 0) -> Iterator[Any]:
    """The drawn objects under a page, layer or block, hidden ones left out."""
    for child in element:
        if str(child.get("Visible", "true")).lower() == "false":
            continue
        name = local(child)
        if name in ("Layer", "PageBlock", "Content") and depth < 20:
            yield from visible_objects(child, depth + 1)
        elif name in ("TextObject", "ImageObject", "CompositeObject", "PathObject"):
            yield child
