"""Passages of the real compilation say which city or unit they are about (「我市」 does not)."""

from __future__ import annotations

import pytest

from corpus.language.gazetteer import region_names
from corpus.load import load_path
from corpus.structure.headings import find_marker
from indexer.chunking import split_passages
from indexer.passage import Passage
from indexer.settings import PassageSettings
from tests.corpus.conftest import SEEDS

FILE = SEEDS / "002_3c2370c02cc15db6.txt"
#: Reports over many units: which one a passage is about stands in its first heading only.
OVER_UNITS = ("河南", "天津")


@pytest.fixture(scope="module")
def passages() -> list[Passage]:
    if not FILE.exists():
        pytest.skip("needs ../shared/seeds")
    (result,) = load_path(FILE)
    return [p for d in result.documents for p in split_passages(d, PassageSettings())]


def test_every_passage_carries_its_city_in_its_title(passages: list[Passage]) -> None:
    without = [
        p.id
        for p in passages
        if not any(name in p.title for name in region_names(p.metadata.region))
    ]
    assert len(passages) > 500
    assert without == []


def test_every_passage_of_a_report_over_units_carries_its_unit(passages: list[Passage]) -> None:
    own = [p for p in passages if any(place in p.title for place in OVER_UNITS)]
    without = [
        p.id
        for p in own
        if p.ordinal > 1 and not (p.heading_path and find_marker(p.heading_path[0]))
    ]
    assert len(own) > 100
    assert without == []
