"""The straight lines on the picture of a page, by OpenCV (which rapidocr needs anyway)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from corpus.readers.tables.rules import Rule

if TYPE_CHECKING:
    import numpy as np

#: The shortest level and upright strokes that are lines, in sizes of the type: those of large
#: characters are shorter, and rows are hardly lower.
_SHORTEST = (2.0, 1.3)
#: A line is thinner than this, in sizes of the type.
_THICKEST = 0.4
#: A line leaves its axis by less than this part of its length, once the page is straight.
_SLANT = 0.02
_MOST_LINES = 3000


def picture_rules(image: np.ndarray, turn: float, size: float) -> list[Rule]:
    """The level and upright lines on a picture, as they lie when it is turned back by ``turn``.

    Args:
        image: height × width × 3, 8 bits a channel.
        turn: the angle of the page's lines of text in radians.
        size: the height of its type in pixels.
    """
    import cv2

    # The darkest channel shows red lines as black ones.
    grey = image.min(axis=2)
    around = max(15, int(size) | 1)
    ink = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, 12
    )
    rules: list[Rule] = []
    for is_level, shortest in zip((True, False), _SHORTEST, strict=True):
        for start, end in _strokes(ink, is_level, int(shortest * size), size):
            x1, y1 = map(float, turned(*start, -turn))
            x2, y2 = map(float, turned(*end, -turn))
            along, across = (x2 - x1, y2 - y1) if is_level else (y2 - y1, x2 - x1)
            if abs(across) > _SLANT * along + 3:
                continue
            if is_level:
                rules.append(Rule(True, (y1 + y2) / 2, x1, x2))
            else:
                rules.append(Rule(False, (x1 + x2) / 2, y1, y2))
    return rules


def turned(x: float, y: float, angle: float) -> tuple[float, float]:
    """A point turned about the upper left corner by an angle in radians."""
    cos, sin = math.cos(angle), math.sin(angle)
    return x * cos - y * sin, x * sin + y * cos


def _strokes(
    ink: Any, is_level: bool, shortest: int, size: float
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Both ends of every straight stroke of at least ``shortest`` pixels."""
    import cv2
    import numpy as np

    # Lines a little askew are steps of a pixel: widened first, they stay whole.
    wide = cv2.dilate(ink, np.ones((3, 1) if is_level else (1, 3), np.uint8))
    kernel = np.ones((1, shortest) if is_level else (shortest, 1), np.uint8)
    found = cv2.morphologyEx(wide, cv2.MORPH_OPEN, kernel)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(found, connectivity=8)
    if count > _MOST_LINES:
        return
    for i in range(1, count):
        left, top, width, height, area = (int(value) for value in boxes[i])
        length = width if is_level else height
        if area / length > _THICKEST * size + 2:
            continue
        own = labels[top : top + height, left : left + width] == i
        if is_level:
            start, end = own[:, :2], own[:, -2:]
            ends = [np.nonzero(part.any(axis=1))[0].mean() for part in (start, end)]
            yield (left, top + ends[0]), (left + width, top + ends[1])
        else:
            start, end = own[:2], own[-2:]
            ends = [np.nonzero(part.any(axis=0))[0].mean() for part in (start, end)]
            yield (left + ends[0], top), (left + ends[1], top + height)
