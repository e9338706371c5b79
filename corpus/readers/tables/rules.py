"""Ruling lines of a page: drawn in pieces and twice → whole lines; what they part."""

from __future__ import annotations

import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.readers.layout import Piece

#: Lines nearer to each other than this part of the type's size are one line.
NEAR = 0.3
#: Pages with more lines than this are drawings.
MOST_RULES = 20_000
_MOST_MERGED = 600
_DEFAULT_SIZE = 10.0


@dataclass(frozen=True)
class Rule:
    """A straight line along a page's edge; x grows rightwards and y downwards, in the page's unit.

    Attributes:
        is_level: whether it runs from left to right, not from top to bottom.
        at: its y where it is level, else its x.
        start: where it begins, on the other axis.
        end: where it ends.
    """

    is_level: bool
    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        """How long it is."""
        return self.end - self.start


def type_size(pieces: Sequence[Piece]) -> float:
    """The usual size of a page's type, by which its distances are measured."""
    return statistics.median(piece.height for piece in pieces) if pieces else _DEFAULT_SIZE


def rules_of_box(left: float, top: float, right: float, bottom: float, thick: float) -> list[Rule]:
    """A drawn rectangle as lines: one where it is no thicker than ``thick``, else its four sides."""
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    if bottom - top <= thick:
        return [Rule(True, middle_y, left, right)] if right - left > thick else []
    if right - left <= thick:
        return [Rule(False, middle_x, top, bottom)]
    return [
        Rule(True, top, left, right),
        Rule(True, bottom, left, right),
        Rule(False, left, top, bottom),
        Rule(False, right, top, bottom),
    ]


def whole_rules(rules: Sequence[Rule], size: float) -> list[Rule]:
    """Lines put together from their pieces and dashes; short strokes left out.

    Args:
        rules: lines as drawn.
        size: the size of the page's type.

    Returns:
        The level ones from top to bottom, then the upright ones from left to right; none of a page
        that is a drawing.
    """
    if len(rules) > MOST_RULES:
        return []
    found: list[Rule] = []
    for is_level in (True, False):
        own = sorted((r for r in rules if r.is_level is is_level), key=lambda rule: rule.at)
        merged = [rule for group in _near(own, NEAR * size) for rule in _joined(group, size)]
        merged = [rule for rule in merged if rule.length >= 0.7 * size]
        if len(merged) > _MOST_MERGED:
            return []
        found += merged
    return found


def _near(rules: Sequence[Rule], reach: float) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in rules:
        if groups and rule.at - groups[-1][0].at <= reach:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _joined(group: Sequence[Rule], size: float) -> list[Rule]:
    at = statistics.median(rule.at for rule in group)
    joined: list[Rule] = []
    for rule in sorted(group, key=lambda item: item.start):
        if joined and rule.start <= joined[-1].end + NEAR * size:
            joined[-1] = replace(joined[-1], end=max(joined[-1].end, rule.end))
        else:
            joined.append(replace(rule, at=at))
    return joined


class Walls:
    """The upright lines of a page, which part the text to their left and right.

    Args:
        rules: lines of the page.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = sorted((r for r in rules if not r.is_level), key=lambda rule: rule.at)
        self._places = [rule.at for rule in self._rules]

    def between(self, left: float, right: float, y: float) -> bool:
        """Whether a line stands between two places on one height."""
        return any(rule.start <= y <= rule.end for rule in self._rules[self._slice(left, right)])

    def places(self, left: float, right: float, y: float) -> list[float]:
        """The x of the lines between two places on one height."""
        own = self._rules[self._slice(left, right)]
        return [rule.at for rule in own if rule.start <= y <= rule.end]

    def _slice(self, left: float, right: float) -> slice:
        return slice(bisect_left(self._places, left), bisect_right(self._places, right))
