"""Places and years in a question: where they stand, and others put in their place."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.language.dates import NAMED_YEAR
from corpus.language.gazetteer import place_spans
from corpus.language.place_names import JOINT, KIND_OF_PLACE


def year_spans(text: str) -> list[tuple[int, int]]:
    """Where years stand in a text, with 「年」."""
    return [match.span() for match in NAMED_YEAR.finditer(text)]


def with_scope(
    question: str, places: Sequence[str], years: Sequence[str], known_places: frozenset[str]
) -> str:
    """A question asked of other places and years: in place of its own, else in front."""
    if places:
        run = first_run(place_spans(question, known_places), question)
        named, rest = "和".join(places), question[run[1] :]
        if named.endswith(("省", "市", "县", "区")):  # 「沈阳市」 for 「朝阳」 in 「朝阳市委」
            rest = rest.removeprefix(named[-1])
        question = f"{question[: run[0]]}{named}{rest}"
    if years:
        named = "和".join(f"{year}年" for year in years)
        spans = year_spans(question)
        run = first_run(spans, question)
        if not spans:
            # 「沈阳市2023年…」: the year follows the place; of 「营口港」 it goes before.
            start, end = first_run(place_spans(question, known_places), question)
            at = end if KIND_OF_PLACE.fullmatch(question, max(end - 1, 0), end) else start
            run = (at, at)
        question = f"{question[: run[0]]}{named}{question[run[1] :]}"
    return question


def first_run(spans: Sequence[tuple[int, int]], text: str) -> tuple[int, int]:
    """The first span with those that follow it directly or by 「和」; (0, 0) without any."""
    if not spans:
        return 0, 0
    start, end = spans[0]
    for a, b in spans[1:]:
        if not JOINT.fullmatch(text, end, a):
            break
        end = b
    return start, end
