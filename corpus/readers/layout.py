"""Pieces of text with their places on a page → lines in reading order."""

from __future__ import annotations

import re
import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.language.characters import VERTICAL_MARKS
from corpus.language.documents import CLOSED, LINE_START, RUNS_OUT
from corpus.raw import LineKind
from corpus.structure.headings import find_marker, is_item

_MIN_COLUMN_LINES = 5
_MIN_COLUMN_FILL, _MIN_FULL = 0.6, 0.35
#: No column is narrower than this part of the page's text.
_NEAREST = 0.25
#: So many lines begin at the edge of a column at least.
_SHARED_EDGE = 3
#: The em of a line by its height.
_EM = 1.05
#: So many ems short of its end a line still fills its column.
_RAGGED = 2.5
#: A gap this wide, in heights, parts the cells of a table, or a label from its value.
_CELL_GAP = 1.2
#: Lines of one paragraph are no farther apart, in sizes of their type.
_LARGEST_LEADING = 2.5
#: At most this part of the characters on pages is smaller than the text.
_TEXT_SHARE = 0.65
_MAX_CROSSING_SHARE = 0.25
_MIN_DOUBLED_PAIRS = 3
_CJK = re.compile("[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—]")


@dataclass(frozen=True)
class Piece:
    """Text on one baseline with its box; x grows rightwards and y grows downwards.

    Edges are in any unit that the whole page shares (points, pixels).

    Attributes:
        text: its words.
        left: left edge.
        top: upper edge.
        right: right edge.
        bottom: lower edge.
        confidence: how sure the recognition is, in [0, 1].
        size: size of its type, in the unit of the edges; 0 where unknown.
        marks: names of the notes whose raised marks stood in it, in order.
        label: name of the note by whose raised mark it begins, or "".
        tone: lightness of its type, from 0 (black) to 1 (white).
        kind: what it is, where that is known.
        cells: of how many parts with gaps between them it was joined.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float = 1.0
    size: float = 0.0
    marks: tuple[str, ...] = ()
    label: str = ""
    tone: float = 0.0
    kind: LineKind = LineKind.TEXT
    cells: int = 1

    @property
    def height(self) -> float:
        """Height of the box."""
        return self.bottom - self.top

    @property
    def type_size(self) -> float:
        """Size of its type, by its height where that is not known."""
        return self.size or self.height

    @property
    def width(self) -> float:
        """Width of the box."""
        return self.right - self.left


def reading_order(pieces: Sequence[Piece]) -> list[Piece]:
    """Sort the pieces of a page into lines, top to bottom, and columns one after the other.

    Pieces on one baseline (the cells of a table row) are joined from left to right, by a space where
    there is a gap between them. Lines of a column that fill it are joined to paragraphs: too short
    to be told from headings later.
    """
    gutter = _gutter(pieces)
    return _rows(pieces) if gutter is None else _in_bands(pieces, gutter)


def _in_bands(pieces: Sequence[Piece], gutter: float) -> list[Piece]:
    ordered: list[Piece] = []
    band: list[Piece] = []
    # A line across both columns (a title) closes the band of columns above it.
    for row in sorted(pieces, key=lambda piece: piece.top):
        if row.left < gutter < row.right:
            ordered += [*_columns(band, gutter), row]
            band = []
        else:
            band.append(row)
    return ordered + _columns(band, gutter)


def _columns(band: Sequence[Piece], gutter: float) -> list[Piece]:
    sides = (
        [piece for piece in band if piece.right <= gutter],
        [piece for piece in band if piece.right > gutter],
    )
    ordered: list[Piece] = []
    for side in sides:
        inner = _gutter(side)
        ordered += join_full_lines(_rows(side)) if inner is None else _in_bands(side, inner)
    return ordered


def join_full_lines(lines: Sequence[Piece], vertical: bool = False) -> list[Piece]:
    """Join lines that fill their column with the next one, where that does not begin anew.

    ``vertical``: the lines run from top to bottom.
    """
    if len(lines) < 2:
        return list(lines)
    begins = [line.top if vertical else line.left for line in lines]
    ends = [line.bottom if vertical else line.right for line in lines]
    start, end = min(begins), max(ends)
    joined = [lines[0]]
    for i, line in enumerate(lines[1:], start=1):
        em = (line.width if vertical else line.height) * _EM
        before = lines[i - 1]
        runs_on = ends[i - 1] >= end - _RAGGED * em and begins[i] <= start + 0.5 * em
        if (
            runs_on
            and end - start > 8 * em
            and same_type(before, line)
            and goes_on(before.text, line.text)
        ):
            text = join_pieces((joined[-1].text, line.text))
            joined[-1] = _merged((joined[-1], line), text)
        else:
            joined.append(line)
    return joined


def usual_size(pages: Iterable[Sequence[Piece]]) -> float:
    """The size of the type of the text: notes and headers may be as long, but are smaller."""
    sizes = sorted(
        piece.type_size
        for pieces in pages
        for piece in pieces
        for _ in range(min(40, len(piece.text)))
    )
    return sizes[int(_TEXT_SHARE * len(sizes))] if sizes else 0.0


def usual_leading(pages: Iterable[Sequence[Piece]]) -> float:
    """The usual distance of two lines that follow each other; gaps between paragraphs do not count."""
    steps = [
        step
        for pieces in pages
        for above, below in pairwise(pieces)
        if 0 < (step := below.bottom - above.bottom) <= _LARGEST_LEADING * below.type_size
    ]
    return statistics.median(steps) if steps else 0.0


def same_type(one: Piece, other: Piece) -> bool:
    """Whether two lines are set in type of about one size."""
    small, large = sorted((one.type_size, other.type_size))
    return small >= 0.9 * large


def goes_on(before: str, line: str) -> bool:
    """Whether a line that fills its column may go on in the next one by their words."""
    starts_anew = find_marker(line) or is_item(line) or LINE_START.match(line)
    return not starts_anew and RUNS_OUT.search(before) is None


def _rows(pieces: Sequence[Piece]) -> list[Piece]:
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda item: (item.top + item.bottom) / 2):
        # Only the last few rows can be on the same baseline.
        for row in rows[-3:]:
            if _same_baseline(row[0], piece) and not _covers(row, piece):
                row.append(piece)
                break
        else:
            rows.append([piece])
    return [_joined(sorted(row, key=lambda item: item.left)) for row in rows]


def _same_baseline(one: Piece, other: Piece) -> bool:
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return overlap > 0.5 * min(one.height, other.height)


def _covers(row: Sequence[Piece], piece: Piece) -> bool:
    """Whether the piece lies on top of the row's text (a stamp), not beside it."""
    return any(
        min(piece.right, other.right) - max(piece.left, other.left)
        > 0.5 * min(piece.width, other.width)
        for other in row
    )


def _joined(row: Sequence[Piece]) -> Piece:
    if len(row) == 1:
        return row[0]
    text = row[0].text
    cells = 1
    for before, piece in pairwise(row):
        gap = piece.left - before.right > 0.5 * min(before.height, piece.height)
        cells += piece.left - before.right > _CELL_GAP * min(before.height, piece.height)
        text += (" " if gap else "") + piece.text
    return replace(_merged(row, text), cells=cells)


def _merged(parts: Sequence[Piece], text: str) -> Piece:
    """One piece in place of several, with another text."""
    letters = sum(len(piece.text) for piece in parts) or 1
    return Piece(
        text,
        min(piece.left for piece in parts),
        min(piece.top for piece in parts),
        max(piece.right for piece in parts),
        max(piece.bottom for piece in parts),
        sum(piece.confidence * len(piece.text) for piece in parts) / letters,
        max(parts, key=lambda piece: len(piece.text)).size,
        tuple(mark for piece in parts for mark in piece.marks),
        parts[0].label,
        min(piece.tone for piece in parts),
        parts[0].kind,
    )


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """The x of the blank strip between two columns of prose, or None.

    The lines of a column fill it, or end as paragraphs do; the cells of a table, which must be read
    row by row, do not.
    """
    if len(pieces) < 2 * _MIN_COLUMN_LINES:
        return None
    lefts = sorted(piece.left for piece in pieces)
    rights = sorted(piece.right for piece in pieces)
    left, width = lefts[0], rights[-1] - lefts[0]
    candidates = [x for x in rights if left + _NEAREST * width < x < left + (1 - _NEAREST) * width]
    if not candidates:
        return None

    def crossing(x: float) -> int:
        return bisect_left(lefts, x) - bisect_right(rights, x)

    gutter = min(candidates, key=lambda x: (crossing(x), abs(x - left - width / 2)))
    if crossing(gutter) > _MAX_CROSSING_SHARE * len(pieces):
        return None
    on_left = [piece for piece in pieces if piece.right <= gutter]
    on_right = [piece for piece in pieces if piece.left >= gutter]
    if not all(_is_prose(s, width) or _gutter(s) is not None for s in (on_left, on_right)):
        return None
    # The middle of the strip, so that a title over part of it is across both columns.
    shared = (x for x in lefts if x >= gutter and _near(lefts, x, 0.01 * width) >= _SHARED_EDGE)
    return (gutter + next(shared, gutter)) / 2


def _near(edges: Sequence[float], x: float, reach: float) -> int:
    """How many of the sorted edges lie at x."""
    return bisect_right(edges, x + reach) - bisect_left(edges, x - reach)


def _is_prose(side: Sequence[Piece], width: float) -> bool:
    """Whether the pieces on one side of a strip are the lines of a column."""
    if len(side) < _MIN_COLUMN_LINES:
        return False
    span = max(piece.right for piece in side) - min(piece.left for piece in side)
    full = [piece.width >= 0.8 * span for piece in side]
    if span < 0.25 * width or sum(full) < _MIN_FULL * len(side):
        return False
    ended = (CLOSED.search(piece.text) is not None for piece in side)
    return sum(map(any, zip(full, ended, strict=True))) >= _MIN_COLUMN_FILL * len(side)


def level_marks(text: str) -> str:
    """Marks as they are drawn in text set from top to bottom → the usual ones: ︵ → （."""
    return text.translate(VERTICAL_MARKS)


def halve_doubled(lines: Sequence[str]) -> list[str]:
    """Halve the lines of a page in which every character stands twice (bold faked by printing twice).

    A short doubled line may be a word (高高兴兴); it is halved only where the page also holds a
    doubled line of at least three different pairs, e.g. 「通通知知如如下下」.
    """
    bare = ["".join(line.split()) for line in lines]
    doubled = [len(line) >= 4 and line[::2] == line[1::2] for line in bare]
    certain = any(
        is_doubled and len(set(filter(str.isalpha, line))) >= _MIN_DOUBLED_PAIRS
        for line, is_doubled in zip(bare, doubled, strict=True)
    )
    if not certain:
        return list(lines)
    return [
        short[::2] if is_doubled else line
        for line, short, is_doubled in zip(lines, bare, doubled, strict=True)
    ]


def join_pieces(pieces: Iterable[str]) -> str:
    """Join pieces of one paragraph in order.

    A space goes between two pieces only where neither side is Chinese, so that English words stay
    apart and 「加快」 torn into 「加」 and 「快」 becomes one word again.
    """
    joined = ""
    for piece in filter(None, map(str.strip, pieces)):
        if joined and not _CJK.match(joined[-1]) and not _CJK.match(piece[0]):
            joined += " "
        joined += piece
    return joined
