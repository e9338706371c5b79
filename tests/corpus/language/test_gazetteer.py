"""The table of places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.language.gazetteer import (
    has_kind,
    inside_word,
    is_full_name,
    is_known,
    lookup,
    lookup_within,
    places_in,
    region_names,
    short_name,
)


def test_a_place_has_its_path_from_the_province_down() -> None:
    place = lookup("桦甸市")
    assert place is not None
    assert place.path == "吉林省吉林市桦甸市"
    assert lookup("霖川市") is None


def test_the_context_decides_between_places_of_one_name() -> None:
    beijing = lookup("朝阳区", "北京市朝阳区建设路")
    changchun = lookup("朝阳区", "吉林省长春市朝阳区建设路")
    assert beijing is not None
    assert changchun is not None
    assert beijing.path.startswith("北京")
    assert changchun.path == "吉林省长春市朝阳区"


def test_without_context_a_name_of_several_places_has_no_path() -> None:
    somewhere = lookup("朝阳区")
    assert somewhere is not None
    assert (somewhere.path, somewhere.code) == ("朝阳区", "")


def test_a_place_is_found_within_another() -> None:
    beijing = lookup("北京市")
    assert beijing is not None
    within = lookup_within("朝阳区", beijing)
    assert within is not None
    assert within.path == "北京市朝阳区"
    assert lookup_within("桦甸市", beijing) is None


def test_rows_that_only_group_others_are_no_places() -> None:
    assert [is_known(name) for name in ("市辖区", "省直辖县级行政区划", "县")] == [False] * 3
    county = lookup("忠县")
    assert county is not None
    assert county.path == "重庆市忠县"


def test_an_autonomous_prefecture_has_a_short_name() -> None:
    assert lookup("延边州") == lookup("延边") == lookup("延边朝鲜族自治州")
    assert is_full_name("延边朝鲜族自治州")
    assert not is_full_name("延边州")


def test_a_short_name_is_known_too() -> None:
    assert is_known("沈阳")
    assert is_known("沈阳市")
    assert not is_known("霖川市")


def test_kinds_and_words_are_told() -> None:
    assert has_kind("霖川市")
    assert not has_kind("霖川")
    assert inside_word("示范县", 1)
    assert not inside_word("范县", 0)


def test_short_names() -> None:
    assert short_name("沈阳市") == "沈阳"
    assert short_name("范县") == "范县"
    assert region_names("辽宁省沈阳市") == ("辽宁", "沈阳")
    assert region_names("吉林省吉林市桦甸市明桦街道") == ("吉林", "桦甸", "明桦街道")
    assert region_names("") == ()


def test_an_everyday_word_misread_as_a_region_is_no_place() -> None:
    assert region_names("期间市") == ()
    assert region_names("广东省合理区") == ("广东",)
    assert region_names("霖川市") == ("霖川",)


def test_places_of_a_question_are_found_in_order_once() -> None:
    question = "沈阳和营口两市的整改，沈阳完成了多少？"
    assert places_in(question, frozenset()) == ("沈阳", "营口")


def test_an_invented_place_counts_when_the_documents_name_it() -> None:
    assert places_in("霖川的早市几点收摊", frozenset()) == ()
    assert places_in("霖川的早市几点收摊", frozenset({"霖川"})) == ("霖川",)


def test_a_word_that_holds_a_place_name_names_no_place() -> None:
    assert places_in("哪些示范县得到奖励", frozenset()) == ()


@given(st.text(alphabet="沈阳市朝区的霖川县 a1", max_size=20))
def test_finding_places_never_raises(text: str) -> None:
    assert all(isinstance(name, str) for name in places_in(text, frozenset({"霖川"})))


def test_a_citys_whole_name_is_a_place_although_its_first_character_makes_a_word() -> None:
    assert places_in("除了当日照市创城组长还担任什么", frozenset()) == ("日照",)
    assert places_in("文明示范县有哪些", frozenset()) == ()
