"""Search tokens."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from corpus.language.simplification import search_form
from indexer.tokens import runs, tokenise


def test_chinese_is_cut_into_overlapping_pairs() -> None:
    assert tokenise("营商环境") == ["营商", "商环", "环境"]


def test_numbers_and_latin_words_stay_whole() -> None:
    expected = ["2024", "年", "2", "月上", "上旬", "旬完", "完成", "95.6%", "gdp"]
    assert tokenise("2024年2月上旬完成95.6%GDP") == expected


def test_a_single_character_is_a_token() -> None:
    assert tokenise("第3条") == ["第", "3", "条"]


def test_pairs_do_not_go_over_punctuation() -> None:
    assert tokenise("创城，文明") == ["创城", "文明"]


def test_traditional_and_full_width_forms_are_the_same_tokens() -> None:
    assert tokenise("優化營商環境２０２４") == tokenise("优化营商环境2024")


def test_rare_characters_of_names_are_tokens() -> None:
    assert tokenise("𬭎某") == ["𬭎某"]


def test_symbols_are_no_tokens() -> None:
    assert tokenise("——！《》…·\n\t") == []


@given(st.text())
def test_any_text_gives_tokens_that_stand_in_its_search_form(text: str) -> None:
    form = search_form(text).lower()
    assert all(token and token in form for token in tokenise(text))


@given(st.text())
def test_runs_are_in_order_and_apart(text: str) -> None:
    spans = runs(text)
    assert all(a < b for a, b in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
