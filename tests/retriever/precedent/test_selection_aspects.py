"""Which passages serve all sentences of a draft."""

from __future__ import annotations

import pytest

from retriever.hit import Hit
from retriever.precedent.likeness import LEAST, Match
from retriever.precedent.selection import rank_for_draft
from tests.retriever.precedent.making import match

_A1 = match("甲地第一句话的先例。", "甲市", 0.8)
_B1 = match("乙地第一句话的先例。", "乙市", 0.7)
_C2 = match("丙地第二句话的先例。", "丙市", 0.5)
_WEAK = match("丁地不够像的一句话。", "丁市", LEAST - 0.01)


def _hits(*matches: Match) -> list[Hit]:
    return [Hit(n, 1.0, m.passage) for n, m in enumerate(matches, start=1)]


def _places(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.passage.metadata.region for hit in hits]


def test_each_sentence_gets_a_precedent_before_one_gets_a_second() -> None:
    # After 甲 the first sentence is open to .2 only: 乙 adds .7 × .2 = .14, 丙 .5.
    ranked = rank_for_draft([[_A1, _B1], [_C2]], _hits(_A1, _B1, _C2), 3)
    assert _places(ranked) == ["甲市", "丙市", "乙市"]
    assert [hit.score for hit in ranked] == pytest.approx([0.8, 0.5, 0.14])


def test_a_passage_that_serves_two_sentences_goes_first() -> None:
    both = match("甲地两句话的先例。", "甲市", 0.5)
    ranked = rank_for_draft([[_B1, both], [both]], _hits(_B1, both), 2)
    assert _places(ranked) == ["甲市", "乙市"]


def test_passages_without_a_precedent_are_left_out() -> None:
    assert _places(rank_for_draft([[_A1, _WEAK]], _hits(_A1, _WEAK), 5)) == ["甲市"]
    assert rank_for_draft([[_WEAK]], _hits(_WEAK), 5) == ()


def test_no_more_than_asked_with_ranks_from_one() -> None:
    ranked = rank_for_draft([[_A1, _B1], [_C2]], _hits(_A1, _B1, _C2), 2)
    assert [hit.rank for hit in ranked] == [1, 2]
