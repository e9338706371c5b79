"""What speaks for a passage beside its scores."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Metadata
from indexer.passage import Passage
from retriever.query.analysis import Question, analyse
from retriever.ranking import (
    character_share,
    holds_value,
    longest_run,
    scope_fit,
    text_before,
)
from tests.indexer.making import passage


def _query(text: str) -> Question:
    return analyse(text, frozenset({"青禾", "白岩"}))


def test_the_share_of_characters_leaves_function_words_out() -> None:
    # Of 养老食堂补助, without 的 and 是多少: 养老食堂补助 are six, of which 食堂 are two.
    query = _query("养老食堂的补助是多少")
    shares = character_share(query, ["食堂里", "老少补养助食堂", "的是多少"])
    assert shares.tolist() == pytest.approx([2 / 6, 1.0, 0.0])


def test_characters_may_stand_apart() -> None:
    assert character_share(_query("关张"), ["张贴公告，关闭门店"]).tolist() == [1.0]


def test_a_query_of_function_words_alone_has_no_share() -> None:
    assert character_share(_query("是什么呢？"), ["是什么"]).tolist() == [0.0]


def test_the_longest_run_is_counted_by_the_length_of_the_query() -> None:
    # Eight characters; 食堂补助 stands together, 养老食堂补助多少 wholly.
    query = _query("养老食堂补助多少")
    runs = longest_run(query, ["给食堂补助一笔", "问：养老食堂补助多少", "无关"])
    assert runs.tolist() == pytest.approx([4 / 8, 1.0, 0.0])


def test_punctuation_of_the_query_breaks_no_run() -> None:
    assert longest_run(_query("“食堂”补助？"), ["食堂补助"]).tolist() == [1.0]


def _longest_common(one: str, other: str) -> int:
    ends = range(len(one) + 1)
    return max(b - a for a in ends for b in ends[a:] if one[a:b] in other)


@given(st.text("养老食堂补助", min_size=1, max_size=9), st.text("养老食堂补助，", max_size=20))
def test_the_longest_run_is_the_longest_common_piece(words: str, text: str) -> None:
    (run,) = longest_run(_query(words), [text]).tolist()
    assert run == pytest.approx(_longest_common(words, text) / len(words))


def _of(region: str = "", year: str = "", text: str = "补助3万元。") -> Passage:
    return passage(text, metadata=Metadata(title="通知", region=region, year=year))


@pytest.mark.parametrize(
    ("query", "region", "year", "fit"),
    [
        ("补助多少", "青禾市", "2023", 0.0),  # asks for no place and no year
        ("青禾市补助多少", "某省青禾市", "", 1.0),
        ("青禾市补助多少", "某省白岩市", "", -1.0),
        ("青禾市补助多少", "", "", 0.0),  # of no place that is known
        ("2023年补助多少", "", "2023", 0.3),
        ("2023年补助多少", "", "2022", -0.3),
        ("2023年补助多少", "", "", 0.0),
        ("青禾市2023年补助多少", "青禾市", "2023", 1.3),
        ("青禾市2023年补助多少", "青禾市", "2022", 0.7),
        ("青禾市2023年补助多少", "白岩市", "2022", -1.3),
    ],
)
def test_place_and_year_speak_for_a_passage_or_against(
    query: str, region: str, year: str, fit: float
) -> None:
    assert scope_fit(_query(query), [_of(region, year)]).tolist() == pytest.approx([fit])


def test_a_report_of_another_place_that_names_the_one_asked_about_is_not_against() -> None:
    report = _of("某省", text="青禾市补助3万元，白岩市补助2万元。")
    assert scope_fit(_query("青禾市补助多少"), [report]).tolist() == [0.0]


def test_a_title_or_heading_that_names_the_place_is_for() -> None:
    plain = passage("补助3万元。", metadata=Metadata(title="青禾市通知", region="某省"))
    under = replace(_of("某省"), heading_path=("二、青禾市",))
    assert scope_fit(_query("青禾市补助多少"), [plain, under]).tolist() == [1.0, 1.0]


def test_a_text_that_names_the_year_is_for() -> None:
    report = _of(year="2024", text="2023年补助3万元。")
    assert scope_fit(_query("2023年补助多少"), [report]).tolist() == pytest.approx([0.3])


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        ("什么时候完工？", "六月底前完工。", True),
        ("什么时候完工？", "尽快完工。", False),
        ("几天办完？", "三个工作日办结。", True),
        ("几天办完？", "马上办结。", False),
        ("补助多少？", "补助3万元。", True),
        ("补助多少？", "给予补助。", False),
        ("联系电话是什么？", "电话：024-12345678。", True),
        ("联系电话是什么？", "可以打电话。", False),
        ("有哪些措施？", "一是宣传，二是检查。", True),
        ("有哪些措施？", "加强宣传。", False),
        ("为什么整改？", "2023年整改3项。", False),  # asks for no value
    ],
)
def test_a_text_holds_the_kind_of_value_asked_for(question: str, text: str, holds: bool) -> None:
    assert holds_value(_query(question), [text]).tolist() == [float(holds)]


def test_a_passage_has_the_score_of_the_one_before_it_in_its_document() -> None:
    passages = [passage("甲", 0), passage("乙", 1), passage("丁", 3), passage("戊", 1, doc="b.txt")]
    # The passage before 丁 is no candidate, and b.txt's 0 is none either.
    import numpy as np

    scores = np.array([0.5, 0.25, 1.0, 0.75], dtype=np.float32)
    assert text_before(scores, passages).tolist() == [0.0, 0.5, 0.0, 0.0]


def test_a_passage_is_searched_behind_its_title_headings_and_lead_in() -> None:
    own = replace(passage("补助3万元。"), heading_path=("一、补助",), lead="标准如下：")
    assert own.in_context() == "测试方案 一、补助 标准如下：\n补助3万元。"


_ANY = st.text("青禾白岩市2023年补助多少什么时候一、1 ，的", max_size=24)


@given(query=_ANY, text=_ANY, region=st.sampled_from(["", "青禾市", "白岩市"]))
def test_every_share_is_between_0_and_1_and_scope_within_its_bounds(
    query: str, text: str, region: str
) -> None:
    asked = _query(query)
    for feature in (character_share, longest_run, holds_value):
        (share,) = feature(asked, [text]).tolist()
        assert 0.0 <= share <= 1.0
    (fit,) = scope_fit(asked, [_of(region, "2022", text)]).tolist()
    assert -1.3001 <= fit <= 1.3001
