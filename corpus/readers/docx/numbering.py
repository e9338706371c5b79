"""Automatic numbers of Word paragraphs, which stand nowhere in the paragraph's own text.

Word stores 「一、总体要求」 typed as a list item as 「总体要求」 plus a reference to a numbering
definition. Without the number the headings of most official documents would be unrecognisable.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from corpus.language.numerals import write_digits, write_numeral

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of Word's elements and attributes."""

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


@dataclass(frozen=True)
class _Level:
    """One level of a list: where it starts and how its number is written, e.g. ``（%1）``."""

    start: int
    number_format: str
    pattern: str


@dataclass
class Numbering:
    """The lists of one document and how far each has counted.

    Attributes:
        levels: list id → its levels.
        counters: abstract list → the last number given at each level (0: none yet).
        abstract_of: list id → the abstract list whose counting it shares.
        styles: style id → (list id, level) where a style numbers its paragraphs.
    """

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    counters: dict[str, list[int]] = field(default_factory=dict)
    abstract_of: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Any, styles: Mapping[str, Any]) -> Numbering:
        """The numbering of a document by its numbering part (or None) and its styles by id."""
        numbering = cls()
        if root is None:
            return numbering
        abstract = {
            a.get(f"{W}abstractNumId", ""): _levels(a) for a in root.iterchildren(f"{W}abstractNum")
        }
        for num in root.iterchildren(f"{W}num"):
            numbering._add_list(num, abstract)
        for name, style in styles.items():
            if found := _reference(style):
                numbering.styles[name] = found
        return numbering

    def next_number(self, p: Any) -> str:
        """Count a ``w:p`` element and return its number as written, e.g. ``（二）``, or "".

        Paragraphs must be given in document order.
        """
        reference = _reference(p) or self.styles.get(value_of(p, "pPr", "pStyle"))
        # An empty paragraph is not numbered.
        if reference is None or next(p.iter(f"{W}t"), None) is None:
            return ""
        list_id, depth = reference
        levels = self.levels.get(list_id, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counters.setdefault(self.abstract_of[list_id], [0] * _LEVELS)
        counts[depth] = counts[depth] + 1 if counts[depth] else level.start
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        if level.number_format in ("bullet", "none"):
            return ""

        def written(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            used = levels.get(at, level)
            return format_number(counts[at] or used.start, used.number_format)

        number = _PLACE.sub(written, level.pattern).strip()
        # 「第一条」「1」 would run into the text; 「一、」「（一）」 set themselves apart.
        return f"{number} " if number and number[-1].isalnum() else number

    def _add_list(self, num: Any, abstract: dict[str, dict[int, _Level]]) -> None:
        list_id = num.get(f"{W}numId", "")
        abstract_id = value_of(num, "abstractNumId")
        self.levels[list_id] = dict(abstract.get(abstract_id, {}))
        overrides = list(num.iterchildren(f"{W}lvlOverride"))
        # A list with its own start counts for itself; others go on counting together.
        self.abstract_of[list_id] = f"list {list_id}" if overrides else abstract_id
        for override in overrides:
            depth = _integer(override.get(f"{W}ilvl"), -1)
            self.levels[list_id].update(_levels(override))
            level = self.levels[list_id].get(depth)
            if level is not None and override.find(f"{W}startOverride") is not None:
                start = _integer(value_of(override, "startOverride"), 1)
                self.levels[list_id][depth] = replace(level, start=start)


def format_number(number: int, number_format: str) -> str:
    """Write a list number, 0 or more, the way Word's number format says.

    ``chineseCounting`` gives 十二, ``decimal`` 12, ``decimalEnclosedCircle`` ⑫, ``lowerLetter`` l; a
    format that is unknown counts as decimal.
    """
    if "hinese" in number_format or number_format.startswith(("japaneseCounting", "taiwanese")):
        return write_numeral(number) if number else write_digits(number)
    if number_format.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if number_format in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr(ord("a" if number_format == "lowerLetter" else "A") + number - 1)
    if number_format in ("lowerRoman", "upperRoman") and 1 <= number <= 100:
        roman = _roman(number)
        return roman.lower() if number_format == "lowerRoman" else roman
    if number_format == "decimalFullWidth":
        return "".join(chr(ord("０") + int(digit)) for digit in str(number))
    return str(number)


def _roman(number: int) -> str:
    values = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"))
    text = ""
    for value, letters in (*values, (4, "IV"), (1, "I")):
        while number >= value:
            text += letters
            number -= value
    return text


def _levels(parent: Any) -> dict[int, _Level]:
    levels = {}
    for element in parent.iterchildren(f"{W}lvl"):
        depth = _integer(element.get(f"{W}ilvl"), -1)
        if 0 <= depth < _LEVELS:
            levels[depth] = _Level(
                _integer(value_of(element, "start"), 1),
                value_of(element, "numFmt") or "decimal",
                value_of(element, "lvlText"),
            )
    return levels


def _reference(element: Any) -> tuple[str, int] | None:
    """(list id, level) of a paragraph or style; None without one or for list 0 ("no list")."""
    if element.find(f"{W}pPr/{W}numPr") is None:
        return None
    depth = _integer(value_of(element, "pPr", "numPr", "ilvl"), 0)
    list_id = value_of(element, "pPr", "numPr", "numId")
    return (list_id, depth) if list_id != "0" and 0 <= depth < _LEVELS else None


def value_of(parent: Any, *path: str) -> str:
    """The ``w:val`` of the element at a path of names below another, or ""."""
    element = parent.find(_found_at(path))
    return (element.get(f"{W}val") or "") if element is not None else ""


@cache
def _found_at(path: tuple[str, ...]) -> str:
    return "/".join(f"{W}{name}" for name in path)


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else default
