"""The same clause of several places, word by word."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from retriever.precedent.comparison import Piece, align, common_phrases

_ONE = "每月5日前报送整改进展，逾期不报的予以通报。"
_TWO = "每月10日前报送整改进展，逾期不报的予以通报。"


def _marked(pieces: tuple[Piece, ...]) -> str:
    return "".join(p.text if p.shared else f"【+{p.text}】" for p in pieces)


def test_a_word_that_differs_is_each_version_s_own() -> None:
    wording = align([_ONE, _TWO])
    assert _marked(wording.versions[0]) == "每月【+5】日前报送整改进展，逾期不报的予以通报。"
    assert _marked(wording.versions[1]) == "每月【+10】日前报送整改进展，逾期不报的予以通报。"
    assert wording.shared == "每月…日前报送整改进展，逾期不报的予以通报"


def test_what_one_version_adds_is_marked_there_alone() -> None:
    wording = align(["建立整改台账，逐项销号。", "建立整改台账，倒排工期，逐项销号。"])
    assert _marked(wording.versions[0]) == "建立整改台账，逐项销号。"
    assert _marked(wording.versions[1]) == "建立整改台账，【+倒排工期，】逐项销号。"


def test_equal_versions_share_everything() -> None:
    wording = align([_ONE, _ONE, _ONE])
    assert wording.shared == _ONE.rstrip("。")
    assert [_marked(v) for v in wording.versions] == [_ONE] * 3


def test_words_that_share_nothing_have_no_shared_wording() -> None:
    wording = align(["推行夜间窗口", "组建志愿总队"])
    assert wording.shared == ""
    assert [_marked(v) for v in wording.versions] == ["【+推行夜间窗口】", "【+组建志愿总队】"]


def test_shared_is_what_more_than_half_have() -> None:
    # 「倒排工期」 stands in two of three versions, 「挂图作战」 in one.
    wording = align(
        [
            "建立整改台账，逐项销号",
            "建立整改台账，倒排工期，逐项销号",
            "建立整改台账，倒排工期，挂图作战，逐项销号",
        ]
    )
    assert "倒排工期" in wording.shared and "挂图作战" not in wording.shared


def test_words_that_the_first_version_lacks_can_be_shared() -> None:
    wording = align(["建立台账", "建立整改工作台账", "建立整改工作台账"])
    assert wording.shared == "建立整改工作台账"
    assert _marked(wording.versions[1]) == "建立整改工作台账"


def test_quotation_marks_make_no_difference_and_stay_where_they_are() -> None:
    wording = align(["深化“放管服”改革", "深化「放管服」改革"])
    assert [_marked(v) for v in wording.versions] == ["深化“放管服”改革", "深化「放管服」改革"]


def test_a_repeated_word_is_met_where_it_first_stands() -> None:
    wording = align(["公布不予处罚事项清单35项", "公布不予处罚事项清单62项、减轻处罚事项清单19项"])
    assert _marked(wording.versions[1]) == "公布不予处罚事项清单【+62项、减轻处罚事项清单19项】"


def test_a_single_character_between_other_words_is_chance() -> None:
    wording = align(["群众的满意度", "干部的责任心"])
    assert _marked(wording.versions[0]) == "【+群众的满意度】"
    assert wording.shared == ""


def test_common_phrases_count_characters_of_long_pieces_only() -> None:
    # 「报送整改进展」 has 6 characters; 「每月」 alone is no phrase.
    assert common_phrases("每月由专人报送整改进展", "每月定期向市委报送整改进展") == 6
    assert common_phrases("每月调度一次", "每月通报一回") == 0


@settings(max_examples=60)
@given(
    st.lists(
        st.text(alphabet="建立整改台账逐项销号，。12“”的 ", max_size=24), min_size=1, max_size=5
    )
)
def test_the_pieces_of_a_version_are_its_text(texts: list[str]) -> None:
    wording = align(texts)
    assert ["".join(p.text for p in pieces) for pieces in wording.versions] == texts
