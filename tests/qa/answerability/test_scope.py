"""Places and years a question restricts itself to."""

from __future__ import annotations

from qa.answerability.scope import (
    is_national,
    names_place,
    of_document_year,
    other_year,
    unknown_place,
    within_places,
    years_in,
)
from retriever.query.analysis import Scope, analyse
from tests.qa.making import passage

KNOWN = frozenset({"云岭", "河汀", "槐岭"})


def test_places_of_the_index_count_without_their_kind() -> None:
    assert analyse("河汀和槐岭的补助各是多少", KNOWN).scope.places == ("河汀", "槐岭")


def test_places_of_the_country_count_though_no_document_is_theirs() -> None:
    assert analyse("上海市的补助", KNOWN).scope.places == ("上海",)


def test_a_year_in_front_of_a_document_is_the_documents() -> None:
    assert analyse("河汀市2024年夜间经济工作方案的目标", KNOWN).scope.of_document
    assert not analyse("河汀市2024年新建多少处充电棚？", KNOWN).scope.of_document


def test_a_passage_is_of_a_place_by_region_title_heading_or_word() -> None:
    for one in (
        passage("一句。", region="云岭省河汀市"),
        passage("一句。", title="河汀市方案"),
        passage("一句。", headings=("二、河汀市的做法",)),
        passage("河汀市做法。"),
    ):
        assert names_place(one, "河汀")
    assert not names_place(passage("一句。", region="云岭省槐岭市"), "河汀")


def test_any_of_several_places_will_do_and_none_asked_is_met_by_all() -> None:
    one = passage("一句。", region="云岭省槐岭市")
    assert within_places(one, Scope(("河汀", "槐岭"), ()))
    assert within_places(one, Scope((), ()))
    assert not within_places(one, Scope(("河汀",), ()))


def test_the_year_of_the_words_goes_before_that_of_the_document() -> None:
    one = passage("2022年达到179户。", year="2023", title="2023年通报")
    assert other_year(one, Scope((), ("2022",)), "") == ""
    assert other_year(one, Scope((), ("2023",)), "") == "2022"


def test_a_documents_year_holds_though_its_words_name_a_later_one() -> None:
    one = passage("到2025年底前全部建成。", year="2024", title="2024年方案")
    assert other_year(one, Scope((), ("2024",), of_document=True), "") == ""
    assert of_document_year(one, Scope((), ("2024",)))


def test_words_without_a_year_take_the_documents_or_that_of_its_text() -> None:
    one = passage("全部建成。", year="2024")
    assert other_year(one, Scope((), ("2024",)), "") == ""
    assert other_year(one, Scope((), ("2018",)), "2018年") == ""
    assert other_year(one, Scope((), ("2018",)), "") == "2024"


def test_a_text_without_any_year_contradicts_none() -> None:
    assert other_year(passage("全部建成。"), Scope((), ("2018",)), "") == ""
    assert other_year(passage("2020年建成。"), Scope((), ()), "") == ""


def test_years_of_a_text_are_told_from_other_numbers() -> None:
    assert years_in("2018-2020年完成2021个，2022年续建") == {"2018", "2020", "2022"}


def test_documents_of_bodies_of_the_whole_country_hold_everywhere() -> None:
    assert is_national(passage("一句。", issuer="国家卫生健康委办公厅"))
    assert is_national(passage("一句。", title="财政部关于夜间经济的公告"))


def test_a_document_with_a_region_or_of_a_local_body_does_not() -> None:
    assert not is_national(passage("一句。", issuer="国家税务总局河汀市税务局", region="河汀市"))
    assert not is_national(passage("一句。", title="河汀市财政局通知"))
    assert not is_national(passage("国务院要求。"))


WRITTEN = "河汀槐岭创城督查老旧小区"


def strange(text: str) -> str:
    return unknown_place(text, lambda pair: pair in WRITTEN)


def test_a_place_that_nobody_knows_is_told_wherever_it_stands() -> None:
    assert strange("苔溪县补助多少") == "苔溪县"
    assert strange("截至2024年底，霜原市办了多少件") == "霜原市"
    assert strange("在棠口街道办证要几天") == "棠口街道"
    assert strange("柚岭县市委通报了什么") == "柚岭县"


def test_known_places_and_everyday_words_are_no_strange_places() -> None:
    for text in (
        "河汀市补助多少",
        "上海市补助多少",
        "老旧小区怎么改",
        "乡下的市场怎么管",
        "跟外县互查",
    ):
        assert strange(text) == "", text


def test_a_year_far_from_the_documents_own_is_another_though_named_in_passing() -> None:
    of = passage("每户补助三千元。", year="2024")
    far, near = Scope((), ("2016",)), Scope((), ("2023",))
    assert other_year(of, far, "2016年") == "2024"
    assert other_year(of, near, "2023年") == ""


def test_a_document_without_a_date_is_of_the_years_it_names() -> None:
    of = passage("每户补助三千元。")
    assert other_year(of, Scope((), ("2010",)), "2018年、2019年") == "2018"
    assert other_year(of, Scope((), ("2010",)), "") == ""
