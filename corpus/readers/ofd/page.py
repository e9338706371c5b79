"""What is drawn on an OFD page → its lines with their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from corpus.readers.glyphs import LIGHT, Glyph, is_vertical, vertical_columns, without_shadows
from corpus.readers.layout import Piece, halve_doubled, join_full_lines, reading_order
from corpus.readers.ofd.package import local
from corpus.readers.ofd.rules import path_rules
from corpus.readers.ofd.text import (
    IDENTITY,
    Ground,
    Inked,
    Matrix,
    draw_text,
    glyph_runs,
    ground_of,
    hidden_characters,
    numbers,
    placed,
    visible_objects,
)
from corpus.readers.tables.finder import TableFinder, with_tables
from corpus.readers.tables.rules import Rule, Walls
from corpus.readers.type_lines import pieces_of, pieces_of_columns
from corpus.readers.watermarks import split_watermarks

_MAX_NESTING = 5
_MAX_OBJECTS = 200_000
_MOST_GROUNDS = 2_000
#: Type this light is seen on a darker ground only.
_ALMOST_WHITE = 0.95


@dataclass(frozen=True)
class Shared:
    """What the pages of a document share: drawings and drawing parameters by their id."""

    units: Mapping[str, Any] = field(default_factory=dict)
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PageText:
    """The text of a page: lines in reading order, and how much was left out of it.

    Attributes:
        pieces: its lines in mm, y downwards, of text read upright.
        height: height of the page as it is read.
        hidden: how many characters that nobody sees were left out.
        watermarks: how many pieces of watermarks were left out.
    """

    pieces: list[Piece]
    height: float
    hidden: int = 0
    watermarks: int = 0


class Drawing:
    """Collects what is drawn on a page of (width, height) in mm.

    Attributes:
        pictures: pictures as (y, area in mm², resource id).
    """

    def __init__(self, size: tuple[float, float], shared: Shared) -> None:
        self.pictures: list[tuple[float, float, str]] = []
        self._size = size
        self._shared = shared
        self._inked = Inked()
        self._grounds: list[Ground] = []
        self._rules: list[Rule] = []
        self._objects = 0

    def add(self, element: Any, outer: Matrix = IDENTITY, depth: int = 0) -> None:
        """Draw a page, a template, an annotation or a drawing used by them."""
        if depth == 0:
            self._inked.hidden += hidden_characters(element)
        for item in visible_objects(element):
            self._objects += 1
            if self._objects > _MAX_OBJECTS:
                return
            name = local(item)
            if name == "TextObject":
                draw_text(item, outer, self._size, self._inked, self._shared.params)
                continue
            if name in ("ImageObject", "PathObject") and len(self._grounds) < _MOST_GROUNDS:
                ground = ground_of(item, outer, self._shared.params)
                self._grounds += [ground] if ground else []
            if name == "PathObject":
                self._rules += path_rules(item, outer)
            if name == "ImageObject":
                matrix = placed(item, outer)
                box = numbers(item.get("Boundary"), 4) or [0.0] * 4
                self.pictures.append((matrix[5], abs(box[2] * box[3]), str(item.get("ResourceID"))))
            elif name == "CompositeObject" and depth < _MAX_NESTING:
                unit = self._shared.units.get(str(item.get("ResourceID")))
                if unit is not None:
                    self.add(unit, placed(item, outer), depth + 1)

    def text(self, finder: TableFinder | None = None) -> PageText:
        """The text of what was drawn; ``finder`` finds the tables, page after page."""
        by_turns: dict[int, list[Glyph]] = {}
        hidden = self._inked.hidden
        shown = [(t, g) for t, g in self._inked.glyphs if self._is_inside(t, g)]
        # A page whose text lies outside for the most part has a wrong box.
        if 2 * len(shown) < len(self._inked.glyphs):
            shown = self._inked.glyphs
        hidden += len(self._inked.glyphs) - len(shown)
        for turns, glyph in shown:
            seen = glyph
            if glyph.tone >= LIGHT and self._has_ground(turns, glyph):
                seen = glyph._replace(tone=0.0)
            elif glyph.tone >= _ALMOST_WHITE:
                hidden += not glyph.char.isspace()
                continue
            by_turns.setdefault(turns, []).append(seen)
        order = sorted(by_turns, key=lambda turns: -len(by_turns[turns]))
        pieces: list[Piece] = []
        watermarks = self._inked.slanted
        for turns in order:
            upright = finder is not None and turns == 0
            found, faint = _lines(by_turns[turns], finder if upright else None, self._rules)
            pieces += found
            watermarks += faint
        texts = halve_doubled([piece.text for piece in pieces])
        lines = [replace(p, text=t) for p, t in zip(pieces, texts, strict=True) if t.strip()]
        height = self._size[1 - order[0] % 2] if order else self._size[1]
        return PageText(lines, height, hidden, watermarks)

    def _is_inside(self, turns: int, glyph: Glyph) -> bool:
        x, y = glyph.middle
        width, height = self._size if turns % 2 == 0 else self._size[::-1]
        return -1 <= x <= width + 1 and -1 <= y <= height + 1

    def _has_ground(self, turns: int, glyph: Glyph) -> bool:
        white = glyph.tone >= _ALMOST_WHITE
        grounds = [ground for ground in self._grounds if ground.is_dark or white]
        if turns:
            return bool(grounds)
        x, y = glyph.middle
        return any(g.left <= x <= g.right and g.top <= y <= g.bottom for g in grounds)


def _lines(
    glyphs: Sequence[Glyph], finder: TableFinder | None, rules: Sequence[Rule]
) -> tuple[list[Piece], int]:
    once = without_shadows(glyphs)
    if is_vertical(once):
        return join_full_lines(pieces_of_columns(vertical_columns(once)), vertical=True), 0
    walls = Walls(rules) if finder else None
    pieces, watermarks = split_watermarks(pieces_of(glyph_runs(once, walls)))
    if finder is None:
        return reading_order(pieces), len(watermarks)
    tables, rest = finder.take(pieces, rules)
    return with_tables(reading_order(rest), tables), len(watermarks)
