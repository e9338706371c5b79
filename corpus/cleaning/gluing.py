"""Headings glued to each other or to the text before them, split off."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.cleaning.line import Line
from corpus.cleaning.report import Tally
from corpus.headings import find_marker
from corpus.raw import LineKind

_GLUED_NUMBER = re.compile(r"(?<=[^\d\s.．（(第、，,《“—－-])(?=\d{1,2}[.．][\u4e00-\u9fff“《])")
_GLUED_AFTER_SENTENCE = re.compile(
    r"(?<=。)(?=(?:\d{1,2}[.．]|[（(][一二三四五六七八九十]{1,3}[）)])[\u4e00-\u9fff“《])"
)
#: How far into a line a second number may stand for both to be headings.
_REACH = 80
_SHORTEST = 4


def split_glued_headings(lines: Sequence[Line], tally: Tally) -> list[Line]:
    """Split 「（一）…有差距1.贯彻落实…」 and 「…处罚。3．“万达西”…」 into their pieces."""
    split: list[Line] = []
    for line in lines:
        pieces = _pieces(line)
        split += pieces
        tally.add("glued headings", len(pieces) - 1)
    return split


def _pieces(line: Line) -> list[Line]:
    if line.kind is not LineKind.TEXT:
        return [line]
    cuts = [m.start() for m in _GLUED_AFTER_SENTENCE.finditer(line.text)]
    first_end = cuts[0] if cuts else len(line.text)
    marker = find_marker(line.text)
    sentence_end = line.text.find("。")
    limit = min(first_end, sentence_end if sentence_end >= 0 else first_end, _REACH)
    if marker:
        glued = _GLUED_NUMBER.search(line.text, marker.end + _SHORTEST, limit)
        if glued:
            cuts.insert(0, glued.start())
    if not cuts:
        return [line]
    bounds = [0, *cuts, len(line.text)]
    first, *rest = [p for a, b in itertools.pairwise(bounds) if (p := line.piece(a, b)).text]
    return [first, *(replace(piece, after_blank=False) for piece in rest)]
