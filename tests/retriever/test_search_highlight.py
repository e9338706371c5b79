"""Highlights are spans of the passage as it is shown."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from corpus.language.simplification import search_form
from retriever.search import highlights


def _marked(query: str, text: str) -> list[str]:
    return [text[a:b] for a, b in highlights(query, search_form(text))]


def test_words_of_the_query_are_marked() -> None:
    assert _marked("营商环境怎么优化", "持续优化营商环境，提升满意度") == ["优化营商环境"]


def test_traditional_text_is_marked_by_a_simplified_query_and_the_other_way_round() -> None:
    assert _marked("营商环境", "優化營商環境") == ["營商環境"]
    assert _marked("營商環境", "优化营商环境") == ["营商环境"]


def test_a_chance_pair_does_not_light_up() -> None:
    assert _marked("社区工作者培训", "工作方案") == []


def test_numbers_match_whole_ones_only() -> None:
    assert _marked("2个", "2024年改造2个、12个") == ["2个"]
    assert _marked("2024", "２０２４年和20245") == ["２０２４"]
    assert _marked("95.6%", "达到95.6%，不是95.6") == ["95.6%"]


def test_latin_words_match_whole_ones_only_in_either_case() -> None:
    assert _marked("gdp", "GDP增长，gdpx不算，Gdp") == ["GDP", "Gdp"]


def test_question_words_are_not_marked() -> None:
    assert _marked("什么时候", "什么时候都要落实") == []


def test_a_letter_that_grows_in_lower_case_moves_nothing() -> None:
    """「İ」 is two characters in lower case."""
    assert _marked("营商环境", "İİİİ优化营商环境") == ["营商环境"]


def test_nothing_is_marked_for_nothing() -> None:
    assert highlights("", "文明") == ()
    assert highlights("文明", "") == ()


_WORDS = st.text(alphabet="营商环境優化创城aA2.%，、 İß\n", max_size=40)


@given(_WORDS | st.text(max_size=20), _WORDS | st.text(max_size=60))
def test_spans_are_valid_sorted_and_apart(query: str, text: str) -> None:
    spans = highlights(query, search_form(text))
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(spans))


@given(st.text(alphabet="营商环境创城满意度", min_size=3, max_size=12), _WORDS)
def test_a_query_found_word_for_word_is_marked_whole(query: str, around: str) -> None:
    text = f"{around}。{query}。{around}"
    start = len(around) + 1
    assert any(
        a <= start and start + len(query) <= b for a, b in highlights(query, search_form(text))
    )
