"""The straight lines that an open PDF page draws: strokes, sides of boxes, thin filled boxes."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from corpus.readers.tables.rules import MOST_RULES, Rule, rules_of_box

if TYPE_CHECKING:
    import pypdfium2

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

#: A filled box no thicker than this, in points, is a line; a stroke thicker than that is a bar.
_THICK = 3.0
#: A line is level or upright when it leaves its axis by less than this, in points.
_SLANT = 0.5
_MOST_NESTED = 5
_MOST_POINTS = 2000
_MOST_SEGMENTS = 60_000
#: No page is so large, in points; damaged files hold numbers that are none.
_FARTHEST = 1e5


def page_rules(page: pypdfium2.PdfPage, placed: Callable[[float, float], Point]) -> list[Rule]:
    """The level and upright lines of a page in points; none of one that draws more than a table does.

    Args:
        page: the page.
        placed: gives for a point of the page's own space (y upwards) where it lies for a reader of
            its text (y downwards).
    """
    from pypdfium2 import raw

    rules: list[Rule] = []
    segments = 0
    for path, matrix in _paths(page.raw, _IDENTITY, 0):
        segments += max(0, raw.FPDFPath_CountSegments(path))
        for left, bottom, right, top in _lines_of(path, matrix):
            (x1, y1), (x2, y2) = placed(left, bottom), placed(right, top)
            if all(abs(place) < _FARTHEST for place in (x1, y1, x2, y2)):
                box = min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
                rules += rules_of_box(*box, _THICK)
        if len(rules) > MOST_RULES or segments > _MOST_SEGMENTS:
            return []
    return rules


def _paths(holder: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    """Every drawn path under a page or form, with the transformation to the page."""
    from pypdfium2 import raw

    count, get = (
        (raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject)
        if depth
        else (raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject)
    )
    for i in range(max(0, min(count(holder), MOST_RULES))):
        item = get(holder, i)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield item, _after(_matrix(item), matrix)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MOST_NESTED:
            yield from _paths(item, _after(_matrix(item), matrix), depth + 1)


def _matrix(item: Any) -> Matrix:
    from pypdfium2 import raw

    own = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(own)):
        return _IDENTITY
    return own.a, own.b, own.c, own.d, own.e, own.f


def _after(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def _lines_of(path: Any, matrix: Matrix) -> Iterator[tuple[float, float, float, float]]:
    """(left, bottom, right, top) of the lines of a path, in the page's own space."""
    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    if not fill.value and not stroke.value:
        return
    for points in _outlines(path, matrix, not stroke.value):
        if stroke.value and _stroke_width(path, matrix) <= _THICK:
            for (x1, y1), (x2, y2) in pairwise(points):
                if abs(x1 - x2) <= _SLANT or abs(y1 - y2) <= _SLANT:
                    yield min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
        else:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            if min(max(xs) - min(xs), max(ys) - min(ys)) <= _THICK and _is_box(points):
                yield min(xs), min(ys), max(xs), max(ys)


def _stroke_width(path: Any, matrix: Matrix) -> float:
    from pypdfium2 import raw

    width = ctypes.c_float()
    if not raw.FPDFPageObj_GetStrokeWidth(path, ctypes.byref(width)):
        return 0.0
    return float(width.value * max(abs(matrix[0]), abs(matrix[1]), 1e-3))


def _is_box(points: Sequence[Point]) -> bool:
    """Whether every side of an outline is level or upright."""
    return len(points) <= 6 and all(
        abs(x1 - x2) <= _SLANT or abs(y1 - y2) <= _SLANT for (x1, y1), (x2, y2) in pairwise(points)
    )


def _outlines(path: Any, matrix: Matrix, is_filled: bool) -> Iterator[list[Point]]:
    """The points of each part of a path; a part with a curve is left out.

    What is filled and has a curve is the outline of a character.
    """
    from pypdfium2 import raw

    count = raw.FPDFPath_CountSegments(path)
    if not 0 < count <= _MOST_POINTS:
        return
    points: list[Point] = []
    curved = False
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (x.value * a + y.value * c + e, x.value * b + y.value * d + f)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        if curved and is_filled:
            return
        points.append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points
