"""Matches out of invented words."""

from __future__ import annotations

from retriever.precedent.likeness import Match
from tests.qa.making import passage


def match(
    text: str, region: str, likeness: float = 0.6, year: str = "2024", doc: str = ""
) -> Match:
    """A sentence that is a passage of its own, as like as said in meaning and wording."""
    own = passage(text, doc=doc or f"{region}{year}.txt", region=region, year=year)
    return Match(own, 0, len(text), likeness, likeness)
