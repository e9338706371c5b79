"""Everything that is found for a heading or a draft."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import PolicyQAError
from retriever.hit import Filters
from retriever.precedent.finder import MOST_SENTENCES, PrecedentFinder
from retriever.spelling.corrector import Change

_DRAFT = "建立问题清单、责任清单，逐项销号。\n发射火星探测飞船，采集岩石样本带回。"


def test_a_draft_s_sentences_are_told_apart_by_having_precedents(finder: PrecedentFinder) -> None:
    first, second = finder.find(_DRAFT).sentences
    assert first.has_precedent and not second.has_precedent
    assert second.matches == () and second.nearest is not None
    assert len({m.passage.document_id for m in first.matches}) == len(first.matches) == 3


def test_only_passages_that_serve_a_sentence_are_shown_for_a_draft(finder: PrecedentFinder) -> None:
    report = finder.find(_DRAFT)
    assert report.precedents
    assert all("问题清单" in p.hit.passage.text for p in report.precedents)


def test_a_draft_without_any_precedent_still_shows_what_is_nearest(finder: PrecedentFinder) -> None:
    report = finder.find("发射火星探测飞船，采集岩石样本带回。训练宇航员在水下行走和维修。")
    assert not any(s.has_precedent for s in report.sentences)
    assert report.precedents and report.comparisons == ()


def test_a_slip_of_the_pen_is_mended_and_said(finder: PrecedentFinder) -> None:
    report = finder.find("建立问题情单、责任情单，逐项销号。")
    assert report.changes == (Change("情单", "清单"),)
    assert report.sentences[0].text.startswith("建立问题情单")
    assert report.sentences[0].has_precedent


def test_a_heading_has_precedents_but_no_verdict(finder: PrecedentFinder) -> None:
    report = finder.find("整改机制")
    assert report.sentences == () and report.precedents


def test_the_clause_of_all_places_is_compared(finder: PrecedentFinder) -> None:
    [comparison] = finder.find("建立问题清单、责任清单，逐项销号。").comparisons
    assert comparison.shared == "建立问题清单、责任清单，…，逐项销号"
    own = {p.text for v in comparison.versions for p in v.pieces if not p.shared}
    assert own == {"明确完成时限", "实行挂图作战", "每月调度一次", "倒排工期"}


def test_formulas_are_counted_in_the_whole_index_and_marked_when_the_draft_has_them(
    finder: PrecedentFinder,
) -> None:
    report = finder.find("深化放管服改革")
    [use] = [f for f in report.formulas if "放管服" in f.text]
    assert (use.documents, use.first_year, use.last_year) == (3, "2022", "2024")
    assert use.in_draft
    assert not any(f.in_draft for f in report.formulas if "亲自过问" in f.text)


def test_documents_and_facets_are_of_what_was_found(finder: PrecedentFinder) -> None:
    report = finder.find("建立问题清单、责任清单，逐项销号。")
    ranks = sorted(p.hit.rank for group in report.documents for p in group)
    assert ranks == list(range(1, len(report.precedents) + 1))
    assert dict(report.facets["year"])["2024"] == 2
    assert dict(report.facets["region"])["河汀市"] == 1


def test_filters_hold_for_everything_but_the_timeline(finder: PrecedentFinder) -> None:
    report = finder.find("推进放管服改革，建立问题清单、责任清单", filters=Filters(region="槐岭"))
    assert {p.hit.passage.metadata.region for p in report.precedents} == {"槐岭市"}
    assert [region for region, _ in report.facets["region"]] == ["槐岭市"]


def test_no_more_passages_than_asked(finder: PrecedentFinder) -> None:
    assert len(finder.find("便民服务").precedents) > 2
    assert len(finder.find("便民服务", 2).precedents) == 2


def test_a_very_long_draft_says_how_much_was_not_looked_up(
    finder: PrecedentFinder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retriever.precedent.finder.MOST_SENTENCES", 2)
    report = finder.find("".join(f"第{n}批问题清单已经全部建立。" for n in "甲乙丙丁戊"))
    assert (len(report.sentences), report.left_over) == (2, 3)
    assert MOST_SENTENCES > 2


def test_deleted_files_are_no_precedents(own_finder: PrecedentFinder, tmp_path: Path) -> None:
    (tmp_path / "docs" / "河汀.txt").unlink()
    report = own_finder.find(_DRAFT)
    docs = {p.hit.passage.doc for p in report.precedents}
    docs |= {m.passage.doc for s in report.sentences for m in s.matches}
    assert docs and "河汀.txt" not in docs


@pytest.mark.parametrize("text", ["", "  \n", "，。！"])
def test_an_empty_text_is_one_line(finder: PrecedentFinder, text: str) -> None:
    with pytest.raises(PolicyQAError) as caught:
        finder.find(text)
    assert "\n" not in str(caught.value)
