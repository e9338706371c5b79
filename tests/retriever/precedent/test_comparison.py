"""Which sentences are versions of one clause."""

from __future__ import annotations

from retriever.precedent.comparison import compare
from retriever.precedent.likeness import LEAST, Match
from tests.qa.making import passage
from tests.retriever.precedent.making import match

_ASKED = "建立问题清单和责任清单，逐项销号"
_ONE = match("建立问题清单、责任清单，明确完成时限，逐项销号。", "河汀市", 0.7)
_TWO = match("建立问题清单、责任清单，实行挂图作战，逐项销号。", "槐岭市", 0.6)
_THREE = match("各地建立问题清单、责任清单，逐项销号。", "沙柳市", 0.5)
_OTHER = match("组建夜间巡查小队，每晚巡查两次。", "芝溪市", 0.5)


def test_the_same_clause_of_several_places_is_aligned() -> None:
    found = compare(_ASKED, [_ONE, _TWO, _THREE, _OTHER])
    assert found is not None
    assert [v.match.passage.metadata.region for v in found.versions] == [
        "河汀市",
        "槐岭市",
        "沙柳市",
    ]
    assert found.shared == "建立问题清单、责任清单，…，逐项销号"
    own = ["".join(p.text for p in v.pieces if not p.shared) for v in found.versions]
    assert own == ["明确完成时限", "实行挂图作战", "各地"]


def test_clauses_that_have_nothing_in_common_are_not_compared() -> None:
    assert compare(_ASKED, [_ONE, _OTHER]) is None


def test_nothing_found_is_nothing_compared() -> None:
    assert compare(_ASKED, []) is None


def test_sentences_below_the_threshold_are_not_compared() -> None:
    low = LEAST / 2
    found = [match(m.text, m.passage.metadata.region, low) for m in (_ONE, _TWO)]
    assert compare(_ASKED, found) is None


def test_a_sentence_without_end_is_not_compared() -> None:
    endless = [
        match("建立问题清单、责任清单、" * 30 + m.text, m.passage.metadata.region)
        for m in (_ONE, _TWO)
    ]
    assert compare(_ASKED, endless) is None


def test_a_place_has_one_version_a_year() -> None:
    again = match("建立问题清单、责任清单，按月调度，逐项销号。", "河汀市", 0.5)
    later = match(again.text, "河汀市", 0.5, year="2025")
    assert compare(_ASKED, [_ONE, again]) is None
    found = compare(_ASKED, [_ONE, later])
    assert found is not None
    assert [v.match.passage.metadata.year for v in found.versions] == ["2024", "2025"]


def test_versions_are_shown_in_the_file_s_own_characters() -> None:
    text, display = (
        "建立问题清单、责任清单，实行挂图作战，逐项销号。",
        "建立問題清單、責任清單，實行掛圖作戰，逐項銷號。",
    )
    traditional = Match(
        passage(text, display, doc="繁.txt", region="芝溪镇"), 0, len(text), 0.6, 0.6
    )
    found = compare(_ASKED, [_ONE, traditional])
    assert found is not None
    assert "".join(p.text for p in found.versions[1].pieces) == display
    assert [p.text for p in found.versions[1].pieces if not p.shared] == ["實行掛圖作戰"]
