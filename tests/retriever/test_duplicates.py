"""Which passages are copies of each other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Metadata
from retriever.duplicates import are_copies, differences, grouped, words_key
from tests.indexer.making import passage


def _copies(one: str, other: str) -> bool:
    return are_copies(passage(one), passage(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2017年10月改造12户。", "2017年10月改造12户"),  # punctuation
        ("2017年10月改造12户。", "20xx年x月改造12户。"),  # masked
        ("2017年10月改造12户。", "20××年*月改造**户。"),
        ("满意率85.6%。", "满意率8x.x%。"),
        ("一、任务\n落实责任。", "一、任务 落实责任。"),
        ("Apple Inc. 2017", "apple inc 20xx"),
    ],
)
def test_these_are_copies(one: str, other: str) -> None:
    assert _copies(one, other) and _copies(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2017年改造12户。", "2018年改造12户。"),  # another year
        ("2017年改造12户。", "20xx年改造13户。"),  # one number masked, another different
        ("甲市改造12户。", "乙市改造12户。"),
        ("甲市改造。", "甲市改造。甲市验收。"),
        ("Annual report", "Budget proposal"),  # no Chinese at all
        ("max 5 tax", "max 6 tax"),  # the x of a word masks nothing
        ("5×8小时服务，12项", "5×8小时服务，13项"),
        ("𬭎某同志任组长。", "𠮷某同志任组长。"),  # rare characters of names
        ("1\t2\t3", "4\t5\t6"),
    ],
)
def test_these_are_not(one: str, other: str) -> None:
    assert not _copies(one, other) and not _copies(other, one)


def test_copies_share_a_key() -> None:
    one, other = passage("20xx年x月，改造**户"), passage("2017年10月改造12户。")
    assert words_key(one) == words_key(other) == "年月改造户"


def test_the_unmasked_one_says_more() -> None:
    masked, plain = passage("20xx年改造**户"), passage("2017年改造12户")
    for family in ([plain, masked], [masked, plain]):
        (group,) = grouped([(one, 1.0) for one in family], 1)
        assert group.head == plain


_TEXT = st.text(alphabet="年改造户甲乙ax×*0123.，。 \n", max_size=30)


@given(_TEXT)
def test_every_passage_is_a_copy_of_itself(text: str) -> None:
    assert _copies(text, text)


@given(_TEXT, _TEXT)
def test_being_copies_is_mutual_and_needs_one_key(one: str, other: str) -> None:
    assert _copies(one, other) == _copies(other, one)
    if _copies(one, other):
        assert words_key(passage(one)) == words_key(passage(other))


LONG = "各单位要把文明城市创建摆上重要位置，主要领导亲自抓，分管领导具体抓，建立台账，逐项销号，每月通报一次进展情况，对推进不力的严肃问责，确保任务按期完成。"


def test_a_reprint_with_a_word_changed_is_a_copy() -> None:
    assert _copies(LONG, LONG.replace("严肃问责", "严肃追责"))


def test_a_clause_of_another_place_is_no_copy_even_with_one_word_changed() -> None:
    ours = replace(passage(LONG), metadata=Metadata(region="青禾市"))
    theirs = replace(passage(LONG.replace("按期", "如期")), metadata=Metadata(region="白岩市"))
    assert not are_copies(ours, theirs)


def test_a_reprint_that_masks_its_place_is_a_copy() -> None:
    ours = replace(passage(LONG), metadata=Metadata(region="青禾市"))
    theirs = replace(passage(LONG.replace("按期", "如期")), metadata=Metadata())
    assert are_copies(ours, theirs)


MASKED = "20xx年改造**户。"
PLAIN = "2017年改造12户。"
OTHER = "每月通报一次进展。"


def test_copies_are_hidden_and_the_rest_keep_their_order() -> None:
    ranked = [(passage(PLAIN), 0.9), (passage(OTHER), 0.5), (passage(PLAIN, 1), 0.3)]
    assert [(g.head, g.score) for g in grouped(ranked, 5)] == ranked[:2]


def test_a_copy_in_the_same_file_is_not_listed() -> None:
    (group,) = grouped([(passage(PLAIN), 0.9), (passage(PLAIN, 7), 0.3)], 5)
    assert group.copies == ()


def test_copies_in_other_files_are_listed_best_first_and_one_a_file() -> None:
    first, second = passage(PLAIN, 0, doc="b.txt"), passage(PLAIN, 0, doc="c.txt")
    again = passage(PLAIN, 1, doc="b.txt")
    ranked = [(passage(PLAIN), 0.9), (first, 0.8), (second, 0.7), (again, 0.6)]
    (group,) = grouped(ranked, 5)
    assert group.copies == (first, second)


def test_files_of_one_name_in_two_folders_are_two() -> None:
    elsewhere = replace(passage(PLAIN), id="另一处", path="/别处/a.txt")
    (group,) = grouped([(passage(PLAIN), 0.9), (elsewhere, 0.8)], 5)
    assert group.copies == (elsewhere,)


def test_the_head_says_most_and_has_the_score_of_the_best() -> None:
    masked, plain = passage(MASKED), passage(PLAIN, doc="b.txt")
    (group,) = grouped([(masked, 0.9), (plain, 0.4)], 5)
    assert (group.head, group.score, group.copies) == (plain, 0.9, (masked,))


def test_copies_behind_the_last_group_still_count() -> None:
    copy = passage(PLAIN, doc="b.txt")
    ranked = [(passage(PLAIN), 0.9), (passage(OTHER), 0.5), (copy, 0.3)]
    (group,) = grouped(ranked, 1)
    assert group.copies == (copy,)


@given(st.lists(st.sampled_from([MASKED, PLAIN, OTHER, LONG]), max_size=8), st.integers(1, 5))
def test_groups_hold_different_passages_and_never_more_than_asked(texts: list[str], k: int) -> None:
    ranked = [(passage(t, i, doc=f"{i % 3}.txt"), 1 - i / 10) for i, t in enumerate(texts)]
    groups = grouped(ranked, k)
    shown = [p.id for g in groups for p in (g.head, *g.copies)]
    assert len(groups) <= k and len(set(shown)) == len(shown)
    # Masked and plain are copies of each other, so there are three kinds of text at most.
    assert len(groups) == min(k, len({t.replace(MASKED, PLAIN) for t in texts}))


def test_what_copies_word_otherwise_is_told_by_values() -> None:
    one, other = passage("2017年10月，改造12户。"), passage("20xx年x月改造12户")
    assert differences(one, other) == (("2017", "20xx"), ("10", "x"))
    assert differences(one, one) == ()


@given(
    st.text(alphabet="一二三改造12x，。 ", max_size=30),
    st.text(alphabet="一二三改造12x，。 ", max_size=30),
)
def test_differences_are_none_only_for_the_same_words(one: str, other: str) -> None:
    found = differences(passage(one), passage(other))
    assert all(ours != theirs for ours, theirs in found)
    assert bool(found) == bool(differences(passage(other), passage(one)))


def test_rows_of_a_table_are_copies_only_when_they_and_their_captions_are_the_same() -> None:
    words = (
        "项目：老旧小区综合整治和配套设施提升工程；责任单位：市住房城乡建设局；投资：1074；地点：{}"
    )
    one, two = (
        replace(passage(words.format(place)), is_row=True, lead="表1")
        for place in ("甲街道", "乙街道")
    )
    assert not are_copies(one, two)
    assert are_copies(one, replace(one, id="x"))
    assert not are_copies(one, replace(one, lead="表2"))
