"""What stands right above and below a table: its caption, its unit line, its notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.language.documents import TABLE_CAPTION, TABLE_NOTES, UNIT_LINE
from corpus.raw import LineKind, RawLine

_LONGEST_CAPTION = 80
#: Lines above a table that are looked at.
_MOST_ABOVE = 3
_NOTE = re.compile(r"[^:：]{1,12}[:：]")


def with_captions(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, those named that belong to the table below or above them.

    「表1 各县床位」 and 「单位：张」 right above a table are its caption, 「注：…」 right below it its note.
    """
    named = list(lines)
    for i, line in enumerate(lines):
        if line.kind is not LineKind.TABLE_ROW:
            continue
        at = i - 1
        while at >= 0 and named[at].kind is LineKind.CAPTION:
            at -= 1
        for above in range(at, max(-1, at - _MOST_ABOVE), -1):
            if not is_caption(named[above]):
                break
            named[above] = replace(named[above], kind=LineKind.CAPTION, level=0)
        below = i + 1
        if below < len(named) and is_note(named[below]):
            named[below] = replace(named[below], kind=LineKind.NOTE)
    return named


def is_caption(line: RawLine) -> bool:
    """Whether a line above a table is its caption or its unit line."""
    is_text = line.kind in (LineKind.TEXT, LineKind.HEADING) and len(line.text) <= _LONGEST_CAPTION
    return is_text and bool(UNIT_LINE.match(line.text) or TABLE_CAPTION.match(line.text))


def is_note(line: RawLine) -> bool:
    """Whether a line below a table begins like its note: 「注：…」."""
    is_text = line.kind is LineKind.TEXT and line.text.startswith(TABLE_NOTES)
    return is_text and not UNIT_LINE.match(line.text) and bool(_NOTE.match(line.text))
