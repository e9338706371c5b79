"""What is read from a query before it is searched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.numerals import read_numeral, write_numeral
from retriever.query.analysis import AnswerKind, analyse, articles_in, query_form
from retriever.spelling.corrector import Change, Corrected, SpellCorrector


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("物业条例第三十二条", "第三十二条"),
        ("物业条例第32条说了什么", "第三十二条"),
        ("物业条例第 32 条说了什么", "第三十二条"),
        ("物业条例32条", "第三十二条"),
        ("物业条例三十二条怎么说", "第三十二条"),
        ("物业条例1042条规定了什么", "第一千零四十二条"),
        ("第十五条规定的罚款是多少", "第十五条"),
        ("第十五条第二款", "第十五条"),
        ("第一百〇五条", "第一百零五条"),
        ("第105条", "第一百零五条"),
        ("第133条之一", "第一百三十三条之一"),
        ("第一百二十条之六怎么处罚", "第一百二十条之六"),
    ],
)
def test_an_article_is_read_as_regulations_head_it(text: str, article: str) -> None:
    assert articles_in(text) == (article,)


@pytest.mark.parametrize(
    "text",
    [
        "优化营商环境十条措施",
        "优化营商环境三十二条措施",
        "出台了15条规定",
        "全镇修补12条道路",
        "3.15条",
        "第3.15条",
        "12345条",
        "哪一条讲了罚款",
        "几十条的意见",
        "第十五条件",
        "物业管理条例",
        "第0条",
        "",
    ],
)
def test_what_counts_or_only_looks_like_it_names_no_article(text: str) -> None:
    assert articles_in(text) == ()


def test_articles_come_in_order_and_once() -> None:
    assert articles_in("第九条和第3条，还有第三条") == ("第九条", "第三条")


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (10, "十"),
        (19, "十九"),
        (20, "二十"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1010, "一千零一十"),
        (2005, "二千零五"),
        (9999, "九千九百九十九"),
    ],
)
def test_numbers_are_written_as_articles_are_numbered(number: int, written: str) -> None:
    assert write_numeral(number) == written


@given(st.integers(1, 9999))
def test_a_written_number_reads_as_the_same_number(number: int) -> None:
    assert read_numeral(write_numeral(number)) == number


@given(st.integers(1, 9999))
def test_an_article_in_figures_and_in_characters_is_the_same(number: int) -> None:
    assert articles_in(f"第{number}条") == articles_in(f"第{write_numeral(number)}条") != ()


def test_places_years_kind_and_articles_are_read() -> None:
    query = analyse("沈阳市2023年第五条的补助是多少？", frozenset())
    assert query.places == ("沈阳",)
    assert query.years == ("2023",)
    assert query.articles == ("第五条",)
    assert query.kind is AnswerKind.NUMBER


def test_a_place_of_the_documents_counts_though_no_table_has_it() -> None:
    assert analyse("云溪的补助", frozenset()).places == ()
    assert analyse("云溪的补助", frozenset({"云溪"})).places == ("云溪",)


def test_a_query_is_searched_in_the_form_of_the_index() -> None:
    assert query_form("  創建\n文明　城市，２０２３年 ") == "创建 文明 城市，2023年"


@pytest.mark.parametrize("damage", ["\ud83d", "\udcff", "\udc00\ud800"])
def test_half_characters_are_left_out(damage: str) -> None:
    assert query_form(f"整改{damage}情况") == "整改情况"


def test_a_long_draft_is_cut() -> None:
    assert query_form("创" * 2000 + "城") == "创" * 2000


@pytest.mark.parametrize(
    ("text", "has"), [("整改", True), ("5", True), ("？！…", False), ("", False)]
)
def test_only_letters_characters_and_digits_are_something_to_search(text: str, has: bool) -> None:
    assert analyse(text, frozenset()).has_words is has


class _KnowsOneTypo(SpellCorrector):
    """Corrects one word, without reading a vocabulary."""

    def __init__(self) -> None:
        pass

    def correct(self, text: str) -> Corrected:
        corrected = text.replace("沈杨", "沈阳")
        return Corrected(corrected, (Change("沈杨", "沈阳"),) if corrected != text else ())


def test_everything_is_read_from_the_corrected_words() -> None:
    query = analyse("沈杨市的补助", frozenset(), _KnowsOneTypo())
    assert query.text == "沈阳市的补助"
    assert query.places == ("沈阳",)
    assert query.changes == (Change("沈杨", "沈阳"),)


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    query = analyse(text, frozenset())
    assert len(query.text) <= 18 * len(text)  # a ligature or a sign is written out
    assert all(each.startswith("第") and "条" in each for each in query.articles)


def test_the_subject_of_a_query_is_its_words_without_places() -> None:
    read = analyse("沈阳企业开办时间压缩到几天", frozenset({"沈阳"}))
    assert read.subject.split() == ["企业开办时间压缩到几天"]


def test_a_query_that_is_little_more_than_a_place_is_its_own_subject() -> None:
    assert analyse("沈阳市", frozenset({"沈阳"})).subject == "沈阳市"
