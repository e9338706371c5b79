"""Runs of characters → pieces of text, with the marks of notes taken out and exponents kept."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Literal

from corpus.readers.encoding import clean_characters
from corpus.readers.glyphs import Glyph
from corpus.readers.layout import Piece, level_marks
from corpus.readers.raised import note_name, raised_text, subscript

_Level = Literal["plain", "raised", "lowered"]
#: Raised and lowered type is so much smaller than its line, and so far off the baseline (in sizes).
_SMALLER, _RISE, _FALL, _MOST = 0.86, 0.12, 0.06, 0.9
#: A mark drawn apart from its line, of so many characters at most, lies so near to it (in sizes).
_LONGEST_MARK, _NEAR = 4, 0.5
_LONGEST_MARKS, _MOST_MARKS = 40, 400
_PARTED = 0.35
_MOST_ON_A_LINE = 50
#: A character drawn late fits its gap but for this part of its size.
_REACH = 0.2
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_WRITTEN_MARK = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_DIGIT_BEFORE = re.compile(r"[\d.]$")
#: 「1/2」 with its numbers raised and lowered; 「25℃」 with a raised nought.
_SLASH, _DEGREE = re.compile("[/⁄∕]"), frozenset("0oO○")


def pieces_of(runs: Sequence[Sequence[Glyph]]) -> list[Piece]:
    """Runs of characters as pieces of text in the same order; blank ones are left out."""
    found = (piece_of(run) for run in _with_marks_placed(_with_late_placed(runs)))
    return [piece for piece in found if piece.text.strip() or piece.label]


def piece_of(run: Sequence[Glyph]) -> Piece:
    """A run of characters as a piece of text."""
    size = main_size(run)
    own = [glyph for glyph in run if _same(glyph.size, size)]
    baseline = sorted(glyph.baseline for glyph in own)[len(own) // 2]
    text, marks, label = _text(run, size, baseline)
    return Piece(
        level_marks(clean_characters(text)).rstrip(),
        min(glyph.left for glyph in run),
        baseline - 0.85 * size,
        max(glyph.right for glyph in run),
        baseline + 0.15 * size,
        size=size,
        marks=marks,
        label=label,
        tone=min(glyph.tone for glyph in run),
    )


def pieces_of_columns(columns: Sequence[Sequence[Glyph]]) -> list[Piece]:
    """Columns of text set from top to bottom as pieces."""
    pieces = []
    for column in columns:
        for piece in pieces_of([[_level_with(g, column[0]) for g in column]]):
            top, bottom = min(g.top for g in column), max(g.baseline for g in column)
            pieces.append(replace(piece, top=top, bottom=bottom))
    return pieces


def _level_with(glyph: Glyph, first: Glyph) -> Glyph:
    return glyph._replace(baseline=first.baseline, before=glyph.before.strip("\n "))


def main_size(run: Sequence[Glyph]) -> float:
    """The size of type that fills most of a run."""
    if len({glyph.size for glyph in run}) == 1:
        return run[0].size or 1.0
    widths: defaultdict[float, float] = defaultdict(float)
    for glyph in run:
        widths[round(glyph.size, 1)] += max(glyph.right - glyph.left, 0.1 * glyph.size)
    return max(widths, key=lambda size: (widths[size], size)) or 1.0


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 0.1 * max(one, other)


def _level(glyph: Glyph, size: float, baseline: float) -> _Level:
    rise = baseline - glyph.baseline
    if glyph.size > _SMALLER * size or abs(rise) > _MOST * size:
        return "plain"
    return "raised" if rise > _RISE * size else "lowered" if -rise > _FALL * size else "plain"


def _text(run: Sequence[Glyph], size: float, baseline: float) -> tuple[str, tuple[str, ...], str]:
    """The text of a run, the names of the notes marked in it, and the one it begins with."""
    if len({glyph.size for glyph in run}) == 1:
        text = run[0].char + "".join([glyph.before + glyph.char for glyph in run[1:]])
        return *_without_written_marks(text, []), ""
    parts: list[tuple[_Level, str, str]] = []
    for level, glyphs in groupby(run, key=lambda glyph: _level(glyph, size, baseline)):
        first, *rest = glyphs
        text = first.char + "".join(glyph.before + glyph.char for glyph in rest)
        parts.append((level, first.before, text))
    text, label = "", ""
    marks: list[str] = []
    swallow = False
    for i, (level, before, part) in enumerate(parts):
        after = parts[i + 1][2] if i + 1 < len(parts) else ""
        shown = _shown(level, part, text, after)
        if shown is None:
            name = note_name(part)
            label, marks = (name, marks) if not text.strip() else (label, [*marks, name])
            swallow = True
            continue
        # A space beside a mark is where the mark was, one before an exponent where it is raised.
        text += ("" if swallow or level != "plain" else before) + shown
        swallow = level == "raised" and shown != part
    return *_without_written_marks(text, marks), label


def _shown(level: _Level, part: str, before: str, after: str) -> str | None:
    """What a part of a line stands for; None for the mark of a note."""
    if level == "raised":
        if _SLASH.fullmatch(after.strip()) and part.strip().isdigit():
            return f" {part}" if _DIGIT_BEFORE.search(before) else part
        if part.strip() in _DEGREE and _DIGIT_BEFORE.search(before):
            return "°"
        return raised_text(part, before, after)
    if level == "lowered" and not _SLASH.search(before[-1:]):
        shown = subscript(part)
        # 「PM2.5」 and 「35」 must not become 「PM2.535」.
        return f"{shown} " if _DIGIT_BEFORE.search(shown) and after[:1].isdigit() else shown
    return part


def _without_written_marks(text: str, marks: list[str]) -> tuple[str, tuple[str, ...]]:
    """The same for marks written as superscripts of Unicode: 「352¹万人」."""

    def read(found: re.Match[str]) -> str:
        digits = found.group().translate(_SUPERSCRIPTS)
        before, after = text[: found.start()], text[found.end() :]
        if not before.strip() or before[-1] in "⁺⁻" or raised_text(digits, before, after):
            return found.group()
        marks.append(digits)
        return ""

    return _WRITTEN_MARK.sub(read, text), tuple(marks)


def _with_late_placed(runs: Sequence[Sequence[Glyph]]) -> list[list[Glyph]]:
    """Runs with a few characters drawn late (quotes, by some programs) in the gap left for them."""
    placed: list[list[Glyph]] = [list(run) for run in runs]
    lines: defaultdict[int, list[int]] = defaultdict(list)
    for i, run in enumerate(placed):
        if len(run) > _LONGEST_MARK:
            lines[round(run[0].baseline)].append(i)
    gone: set[int] = set()
    for i, run in enumerate(placed):
        if len(run) > _LONGEST_MARK:
            continue
        y = round(run[0].baseline)
        near = (j for row in (y - 1, y, y + 1) for j in lines.get(row, ())[:_MOST_ON_A_LINE])
        for j in near:
            at = _gap_for(placed[j], run)
            if at:
                placed[j][at] = placed[j][at]._replace(before="")
                placed[j][at:at] = [glyph._replace(before="") for glyph in run]
                gone.add(i)
                break
    return [run for i, run in enumerate(placed) if i not in gone]


def _gap_for(host: Sequence[Glyph], run: Sequence[Glyph]) -> int:
    """Before which character of a line there is a gap for a run of the same type; 0 for none."""
    left, right, size = run[0].left, run[-1].right, run[0].size
    level = abs(host[0].baseline - run[0].baseline) <= 0.1 * size and _same(host[0].size, size)
    if not level or not host[0].right <= left + _REACH * size or host[-1].left < left:
        return 0
    at = bisect_right(host, left, key=lambda glyph: glyph.left)
    if not 0 < at < len(host):
        return 0
    before, behind = host[at - 1], host[at]
    fits = before.right - _REACH * size <= left and right <= behind.left + _REACH * size
    return at if fits and behind.left - before.right > _REACH * size else 0


def _with_marks_placed(runs: Sequence[Sequence[Glyph]]) -> list[Sequence[Glyph]]:
    """Runs with what is only a mark, drawn before or after its line, put where it stands in it."""
    sizes = [main_size(run) for run in runs]
    usual = _usual_size(runs, sizes)
    small = [
        i
        for i, run in enumerate(runs)
        if sizes[i] <= _SMALLER * usual and len(run) <= _LONGEST_MARKS
    ]
    if not small or len(small) > _MOST_MARKS:
        return list(runs)
    placed: list[list[Glyph]] = [list(run) for run in runs]
    gone: set[int] = set()
    for i in small:
        marks = _parted(placed[i])
        hosts = [_host(mark, i, placed, sizes, gone) for mark in marks]
        if None in hosts or max(map(len, marks)) > _LONGEST_MARK:
            continue
        for mark, host in zip(marks, hosts, strict=True):
            _insert(placed[host or 0], mark)
        gone.add(i)
    return [run for i, run in enumerate(placed) if i not in gone]


def _usual_size(runs: Sequence[Sequence[Glyph]], sizes: Sequence[float]) -> float:
    """The size of type of most characters."""
    counts: Counter[float] = Counter()
    for run, size in zip(runs, sizes, strict=True):
        counts[round(size, 1)] += len(run)
    return counts.most_common(1)[0][0] if counts else 0.0


def _parted(run: Sequence[Glyph]) -> list[list[Glyph]]:
    """The marks of a line drawn in one go, each for itself."""
    parts = [[run[0]]]
    for last, glyph in pairwise(run):
        if glyph.left - last.right > _PARTED * glyph.size:
            parts.append([glyph])
        else:
            parts[-1].append(glyph)
    return parts


def _host(
    mark: Sequence[Glyph],
    own: int,
    runs: Sequence[Sequence[Glyph]],
    sizes: Sequence[float],
    gone: set[int],
) -> int | None:
    """The run that a mark belongs to: the one whose end, or whose inside, is nearest."""
    found = [
        (distance, j)
        for j, run in enumerate(runs)
        if j != own and j not in gone and sizes[j] * _SMALLER >= mark[0].size
        if (distance := _distance(run, sizes[j], mark)) is not None
    ]
    return min(found)[1] if found else None


def _distance(host: Sequence[Glyph], size: float, mark: Sequence[Glyph]) -> float | None:
    """How far a mark lies from the end of a line, or None where it is none of the line's."""
    rise = host[-1].baseline - mark[0].baseline
    if not (_RISE * size < rise < _MOST * size or _FALL * size < -rise < 0.5 * size):
        return None
    left, right = host[0].left, max(host[-1].right, host[0].right)
    if not left - _NEAR * size <= mark[0].left <= right + _NEAR * size:
        return None
    return abs(mark[0].left - right)


def _insert(host: list[Glyph], mark: Sequence[Glyph]) -> None:
    at = len(host)
    while at and host[at - 1].middle[0] > mark[0].left:
        at -= 1
    if at < len(host) and host[at].guessed:
        host[at] = host[at]._replace(before="", guessed=False)
    host[at:at] = [glyph._replace(before="") for glyph in mark]
