"""The head that a site or a collection puts over a document: 「索引号：… 发布机构：… 发布日期：…」.

What it says is declared, and the lines that say it are no part of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.language.boilerplate import (
    HEAD_CAPTION,
    HEAD_LABELS,
    PAGE_LABELS,
    PAGE_MOMENT,
    WEAK_LABELS,
)
from corpus.raw import Declared, DeclaredField, LineKind, RawLine

_FIELDS: dict[str, DeclaredField | None] = {
    **dict.fromkeys(PAGE_LABELS.split()),
    **{
        name: DeclaredField(field) for field, names in HEAD_LABELS.items() for name in names.split()
    },
}
_WEAK = frozenset(WEAK_LABELS.split())
_SPACED = "|".join(
    r"[ \u3000\xa0]*".join(map(re.escape, label))
    for label in sorted(_FIELDS, key=len, reverse=True)
)
_EDGES = " \t\u3000\xa0|｜丨,，;；【】[]［］-—*·"
#: A label, also glued to the value before it: 「2021-07-30来源：…」.
_LABEL = re.compile(rf"(?P<label>{_SPACED})\s*[:：]")
_SPACE = re.compile(r"\s")
#: Lines that are looked at, those of words that begin the text not counted.
_MOST_LINES, _MOST_OTHERS = 90, 40
_LONGEST_OTHER, _LONGEST_VALUE, _LONGEST_URL = 60, 300, 2000
_FEWEST_LABELS = 2
_SENTENCE = re.compile("[。！？；]")


class Pair(NamedTuple):
    """A label as it stands in the page, and what it says."""

    label: str
    value: str

    @property
    def name(self) -> str:
        """The label without spaces."""
        return _SPACE.sub("", self.label)


@dataclass(frozen=True)
class Head:
    """What a head declares, and the lines without it.

    Attributes:
        declared: what its labels say, in order.
        lines: the other lines.
    """

    declared: tuple[Declared, ...]
    lines: tuple[RawLine, ...]


def is_label(text: str) -> bool:
    """Whether a cell holds only a label: 「索 引 号：」."""
    return _SPACE.sub("", text).strip(":：") in _FIELDS


def pairs_of(text: str) -> list[Pair]:
    """The labels of a line that holds nothing else, with their values; none of another line."""
    text = text.strip(_EDGES)
    # A long value is an address.
    is_short = len(text) <= _LONGEST_VALUE or (len(text) <= _LONGEST_URL and "。" not in text)
    found = list(_LABEL.finditer(text)) if is_short else []
    if not found or found[0].start() > 0:
        return []
    ends = [*(match.start() for match in found[1:]), len(text)]
    return [
        Pair(match["label"], text[match.end() : end].strip(_EDGES))
        for match, end in zip(found, ends, strict=True)
    ]


def table_pairs(rows: Sequence[Sequence[str]]) -> list[Pair]:
    """The labels and values of a header table: cells in turn, or both in a cell; none of another."""
    pairs: list[Pair] = []
    others = 0
    for row in rows:
        label = ""
        for cell in row:
            if is_label(cell) and not label:
                label = cell.strip().strip(":： ")
            elif own := pairs_of(cell):
                pairs += own
            elif label:
                # Two labels side by side name columns: a list of documents, not a head.
                if is_label(cell):
                    return []
                pairs.append(Pair(label, cell.strip()))
                label = ""
            elif cell.strip():
                others += 1
    names = {pair.name for pair in pairs}
    if len(names) < 2 or len(names - _WEAK) < 1 or others > len(pairs) // 2 or len(pairs) > 40:
        return []
    return pairs


def declared_pairs(pairs: Sequence[Pair], place: str) -> Iterator[Declared]:
    """What labels declare; those of counters and tools declare nothing, nor do empty ones."""
    for pair in pairs:
        field = _FIELDS.get(pair.name)
        if field is not None and pair.value:
            yield Declared(field, pair.value, place, pair.name)


def take_head(lines: Sequence[RawLine], place: str) -> Head:
    """Declare what the labels above the text of a site's page say, and leave out their lines.

    A day on its own there is the day of publication.
    """
    found = _find_head(lines, of_page=True)
    declared: list[Declared] = []
    for pairs in found.values():
        days = (pair.value for pair in pairs if not pair.label)
        declared += (Declared(DeclaredField.PUBLISHED, day, place) for day in days)
        declared += declared_pairs([pair for pair in pairs if pair.label], place)
    return Head(tuple(declared), tuple(x for i, x in enumerate(lines) if i not in found))


def head_lines(lines: Sequence[RawLine]) -> frozenset[int]:
    """The numbers, from 1, of the lines of a head that somebody saved with a text.

    Without a label that no document begins with there is none, nor is one label a head.
    """
    found = _find_head(lines, of_page=False)
    names = {pair.name for pairs in found.values() for pair in pairs}
    return frozenset(i + 1 for i in found) if len(names) >= _FEWEST_LABELS else frozenset()


def _find_head(lines: Sequence[RawLine], of_page: bool) -> dict[int, list[Pair]]:
    """The indices of a head's lines, and what each says."""
    found: dict[int, list[Pair]] = {}
    open_label, at = "", -1
    for i in range(_end_of_head(lines)):
        text = lines[i].text.strip()
        if lines[i].kind in (LineKind.TABLE_ROW, LineKind.TITLE, LineKind.NOTE) or not text:
            continue
        if pairs := pairs_of(text):
            found[i] = pairs
            open_label, at = (pairs[-1].label, i) if not pairs[-1].value else ("", -1)
            continue
        if open_label and len(text) <= _LONGEST_OTHER and _fits(open_label, text):
            # The value stands on the line below.
            found[at] = [*found[at][:-1], Pair(open_label, text.strip(_EDGES))]
            found[i] = []
        elif HEAD_CAPTION.fullmatch(text):
            found[i] = []
        elif of_page and PAGE_MOMENT.fullmatch(text) and text[4:5] in "-/.":
            found[i] = [Pair("", text)]
        open_label = ""
    strong = any(p.name not in _WEAK for pairs in found.values() for p in pairs)
    return found if strong else {}


def _fits(label: str, value: str) -> bool:
    """Whether a line may be the value of the label above it: a day behind 「发布日期：」."""
    name = _SPACE.sub("", label)
    field = _FIELDS[name]
    if field is None or _SENTENCE.search(value) or value.endswith(("：", ":")):
        return False
    if field in (DeclaredField.WRITTEN, DeclaredField.PUBLISHED):
        return PAGE_MOMENT.match(value.strip()) is not None
    return field in (DeclaredField.SOURCE, DeclaredField.ISSUER, DeclaredField.NUMBER)


def _end_of_head(lines: Sequence[RawLine]) -> int:
    """The first line that belongs to the text: a sentence, or too many lines that are no label."""
    others = 0
    for i, line in enumerate(lines[:_MOST_LINES]):
        text = line.text.strip()
        if not text or pairs_of(text) or line.kind is LineKind.TITLE:
            continue
        others += 1
        if others > _MOST_OTHERS or (len(text) > _LONGEST_OTHER and line.kind is LineKind.TEXT):
            return i
        if _SENTENCE.search(text) and line.kind is LineKind.TEXT:
            return i
    return min(len(lines), _MOST_LINES)
