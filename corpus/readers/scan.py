"""What the picture of a page shows beside its text: lines, text across them, two facing pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.readers.layout import Piece
from corpus.readers.tables.picture import picture_rules, turned
from corpus.readers.tables.rules import Rule, Walls, whole_rules

if TYPE_CHECKING:
    import numpy as np

#: Two facing pages are so wide for their height, and leave so much of the width white between them.
_FACING, _FOLD = (1.15, 1.75), 0.05
#: The fold lies no further from the middle than this part of the width.
_OFF_MIDDLE = 0.08
_FEWEST_PIECES = 2
#: So much darker than its paper is ink, of 255; so many pixels of a cell are ink where one is written.
_INK, _LEAST_INK = 80, 0.004
_LEAST_CONFIDENCE = 0.5
_MOST_CROPS = 200


@dataclass
class Scan:
    """The picture of a page whose text was recognised.

    Attributes:
        image: height × width × 3, 8 bits a channel, upright.
        turn: the angle of its lines of text in radians; the boxes of its text are turned back.
        size: the height of its type in pixels.
        read_crop: recognises a picture of one line: its text and the confidence.
    """

    image: np.ndarray
    turn: float
    size: float
    read_crop: Callable[[np.ndarray], tuple[str, float]]
    _crops: int = 0

    @cached_property
    def rules(self) -> list[Rule]:
        """Its straight lines, in the places of its text."""
        return picture_rules(self.image, self.turn, self.size)

    def parted(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Pieces with those that run over an upright line read again on both sides of it."""
        walls = Walls(whole_rules(self.rules, self.size))
        found: list[Piece] = []
        for piece in pieces:
            inset = 0.4 * piece.height
            middle = (piece.top + piece.bottom) / 2
            places = walls.places(piece.left + inset, piece.right - inset, middle)
            found += self._cut(piece, places) if places else [piece]
        return found

    def _cut(self, piece: Piece, places: Sequence[float]) -> list[Piece]:
        edges = [piece.left, *places, piece.right]
        parts: list[Piece] = []
        for left, right in pairwise(edges):
            text, confidence = self._read(left, piece.top, right, piece.bottom)
            if text:
                parts.append(
                    replace(piece, text=text, left=left, right=right, confidence=confidence)
                )
        return parts or [piece]

    def read(self, left: float, top: float, right: float, bottom: float) -> str:
        """What stands in a cell where no text was found: a single digit is often overlooked."""
        if bottom - top > 3 * self.size:
            return ""
        return self._read(left, top, right, bottom)[0]

    def _read(self, left: float, top: float, right: float, bottom: float) -> tuple[str, float]:
        import numpy as np

        inset = 0.15 * self.size
        corners = [
            turned(x, y, self.turn)
            for x in (left + inset, right - inset)
            for y in (top + inset / 2, bottom - inset / 2)
        ]
        xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
        crop = self.image[
            max(0, int(ys[0])) : int(ys[-1]) + 1, max(0, int(xs[0])) : int(xs[-1]) + 1
        ]
        if min(crop.shape[:2]) < 4 or self._crops >= _MOST_CROPS:
            return "", 0.0
        dark = crop.min(axis=2)
        ink = dark < float(np.median(dark)) - _INK
        # What touches the edge is the end of a line.
        if ink[2:-2, 2:-2].mean() < _LEAST_INK:
            return "", 0.0
        self._crops += 1
        columns = np.nonzero(ink[2:-2].any(axis=0))[0]
        pad = int(0.3 * self.size)
        near = crop[:, max(0, int(columns[0]) - pad) : int(columns[-1]) + pad + 1]
        text, confidence = self.read_crop(np.ascontiguousarray(near))
        return (text, confidence) if confidence >= _LEAST_CONFIDENCE else ("", 0.0)


def facing_pages(
    pieces: Sequence[Piece], rules: Sequence[Rule], width: float, height: float
) -> list[list[Piece]]:
    """The pieces of one page, or of the left and then the right of two facing pages.

    Two pages leave a white strip in the middle of a broad picture, which no text and no level line
    crosses.
    """
    if not _FACING[0] * height < width < _FACING[1] * height:
        return [list(pieces)]
    edges = sorted(
        [(piece.left, piece.right) for piece in pieces]
        + [(rule.start, rule.end) for rule in rules if rule.is_level]
    )
    reach = 0.0
    best: tuple[float, float] | None = None
    for left, right in edges:
        middle = (reach + left) / 2
        if (
            reach
            and left - reach >= _FOLD * width
            and abs(middle - width / 2) <= _OFF_MIDDLE * width
        ):
            best = max(best or (0.0, 0.0), (left - reach, middle))
        reach = max(reach, right)
    if best is None:
        return [list(pieces)]
    halves = [[p for p in pieces if p.right <= best[1]], [p for p in pieces if p.left >= best[1]]]
    return halves if min(map(len, halves)) >= _FEWEST_PIECES else [list(pieces)]
