"""The exact value, out of the right sentence, and always within what is shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.composition.answer_text import Composed, ComposeSettings, compose
from retriever.query.analysis import Scope, analyse
from tests.qa.making import evidence, passage

NOWHERE = Scope((), ())


def composed(question: str, *sentences: str, headings: tuple[str, ...] = ()) -> Composed:
    """The answer out of sentences of one passage, each a little worse than the one before."""
    of = passage("".join(sentences), headings=headings)
    found = [evidence(of, words, score=2 - n / 10) for n, words in enumerate(sentences)]
    return compose(analyse(question), NOWHERE, found, ComposeSettings())


@pytest.mark.parametrize(
    ("question", "sentences", "value"),
    [
        # The words around the values tell them apart.
        ("移交的信件已经办结多少件？", ("移交的线索已办结35件。", "移交的信件已办结77件。"), "77件"),
        # The unit asked for decides between sentences.
        ("最长可以停业几年？", ("贷款最长使用15天。", "停业的可以申请最多3年。"), "最多3年"),
        # The new value, not the one before.
        ("泊位年接卸能力提高到多少？", ("泊位年接卸能力由原50万吨增加到80万吨。",), "80万吨"),
        ("咨询拨打哪个电话？", ("可拨打咨询专线2518363、2518690或登录网站。",), "2518363、2518690"),
        ("每人联系多少个街道和多少条道路？", ("每人联系1-2个街道和2-3条道路。",), "1-2个街道和2-3条"),
        ("哪几天不得进厂检查？", ("每月1日至20日不得进厂检查。",), "每月1日至20日"),
        ("查实的案件标的额有多大？", ("查实案件16件，标的额达9.9亿元。",), "9.9亿元"),
        ("实施的是什么预警制度？", ("分片督查，实施橙色亮灯预警制度，每周通报。",), "橙色亮灯预警制度"),
    ],
)  # fmt: skip
def test_the_value_is_the_one_asked_for(
    question: str, sentences: tuple[str, ...], value: str
) -> None:
    assert composed(question, *sentences).short_answer == value


def test_the_sentence_with_the_value_is_shown_first() -> None:
    answer = composed("最长可以停业几年？", "贷款最长使用15天。", "停业的可以申请最多3年。")
    assert answer.text.startswith("停业的可以申请最多3年。[1]")


def test_a_body_in_the_heading_is_shown_with_its_heading() -> None:
    answer = composed(
        "要求管好水网的是对哪家企业的意见？",
        "一是树牢宗旨意识，管好水网，当好守护者。",
        headings=("向河汀水务集团有限公司反馈的意见",),
    )
    assert answer.short_answer in "向河汀水务集团有限公司反馈的意见"
    assert answer.short_answer.endswith("河汀水务集团有限公司")
    assert answer.text.startswith("（向河汀水务集团有限公司反馈的意见）")


def test_a_value_out_of_a_heading_of_two_lines_stands_on_one_as_it_is_shown() -> None:
    answer = composed("哪家单位牵头", "建立", headings=("建立\n河汀市商务局",))
    assert answer.short_answer == "建立 河汀市商务局"
    assert answer.short_answer in answer.text


def test_the_less_sure_the_value_the_more_is_shown() -> None:
    words = (
        "街道加强巡查并且及时劝导离开通道的摊贩。",
        "夜市按月轮换摊位，先登记的先选。",
        "收摊以后地面由摊主自己扫净。",
    )
    asked = "走了以后要收拾成什么样"
    of = passage("".join(words))
    found = [evidence(of, text, score=2 - 0.4 * n) for n, text in enumerate(words)]
    doubtful = compose(analyse(asked), NOWHERE, found, ComposeSettings(sure=1.1))
    certain = compose(analyse(asked), NOWHERE, found, ComposeSettings(sure=0.0))
    assert len(doubtful.citations) > len(certain.citations)


def test_where_nothing_around_tells_the_place_no_words_are_picked() -> None:
    answer = composed(
        "会被拿走什么？", "改善环境，加强管理，优化服务，方便群众，提高水平，凝聚合力。"
    )
    assert answer.short_answer == ""


WORDS = st.lists(
    st.sampled_from(
        "建立|“首问负责”|制度|、|和|，|由|河汀市商务局|牵头|77件|3年|每月1日|《办法》|实施|的|如何|处理|哪家|\n|（|）|补|助".split(
            "|"
        )
    ),
    min_size=1,
    max_size=90,
).map("".join)
ASKED = st.sampled_from(
    ("建立了什么制度", "哪家单位牵头", "如何处理", "要建立哪两项制度", "办结多少件", "叫什么", "能不能处理", "是谁牵头的", "几年")
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(ASKED, st.lists(WORDS, min_size=1, max_size=4), st.lists(WORDS, max_size=2))
def test_the_short_answer_always_stands_in_what_is_shown(
    question: str, sentences: list[str], headings: list[str]
) -> None:
    sentences = [s for s in sentences if s.strip()]
    if not sentences:
        return
    answer = composed(question, *sentences, headings=tuple(h.strip() for h in headings))
    assert answer.short_answer in answer.text
