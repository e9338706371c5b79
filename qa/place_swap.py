"""Places and years in a question: where they stand, and others put in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.gazetteer import places_in

_AFTER_PLACE = re.compile(r"(?:省|市|自治区|自治州|地区|州|盟|县|区|旗|街道|镇|乡)")
_JOIN = re.compile(r"(?:[、，,]|和|与|及|以及|跟)?")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年度?|(?!\d))")


def place_spans(text: str, familiar: frozenset[str]) -> list[tuple[int, int]]:
    """Where places stand in a text, with the word for their kind: 「沈阳市」."""
    spans: list[tuple[int, int]] = []
    at = 0
    for name in places_in(text, familiar):
        start = text.find(name, at)
        if start < 0:
            continue
        kind = _AFTER_PLACE.match(text, start + len(name))
        at = kind.end() if kind else start + len(name)
        spans.append((start, at))
    return spans


def year_spans(text: str) -> list[tuple[int, int]]:
    """Where years stand in a text, with 「年」."""
    return [match.span() for match in YEAR.finditer(text)]


def with_scope(
    question: str, places: Sequence[str], years: Sequence[str], familiar: frozenset[str]
) -> str:
    """A question asked of other places and years: in place of its own, else in front."""
    if places:
        run = first_run(place_spans(question, familiar), question)
        question = f"{question[: run[0]]}{'和'.join(places)}{question[run[1] :]}"
    if years:
        named = "和".join(f"{year}年" for year in years)
        spans = [match.span() for match in YEAR.finditer(question)]
        run = first_run(spans, question)
        if not spans:
            # 「沈阳市2023年…」: the year follows the place.
            places_end = first_run(place_spans(question, familiar), question)[1]
            run = (places_end, places_end)
        question = f"{question[: run[0]]}{named}{question[run[1] :]}"
    return question


def first_run(spans: Sequence[tuple[int, int]], text: str) -> tuple[int, int]:
    """The first span with those that follow it directly or by 「和」; (0, 0) without any."""
    if not spans:
        return 0, 0
    start, end = spans[0]
    for a, b in spans[1:]:
        if not _JOIN.fullmatch(text, end, a):
            break
        end = b
    return start, end
