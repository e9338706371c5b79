"""Where official prose is cut into words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.language.lexicon import words


def test_words_of_the_dictionary_stay_whole() -> None:
    assert words("建立问题清单，逐项整改") == ("建立", "问题", "清单", "，", "逐项", "整改")


def test_a_short_quotation_is_one_word_with_its_marks() -> None:
    assert words("推行“双随机、一公开”监管") == ("推行", "“双随机、一公开”", "监管")


def test_numbers_and_latin_words_stay_whole() -> None:
    assert words("压缩至0.5个") == ("压缩", "至", "0.5", "个")
    assert words("APP占98%") == ("APP", "占", "98%")


def test_words_newer_than_the_dictionary_stay_whole() -> None:
    assert words("优化营商环境微信公众号") == ("优化", "营商", "环境", "微信", "公众号")


def test_nothing_has_no_words() -> None:
    assert words("") == ()


@given(st.text(alphabet="建立问题清单整改一网通办“”「」、，。12.% \nAb𠮷〇", max_size=40))
def test_words_together_are_the_text(text: str) -> None:
    assert "".join(words(text)) == text
