"""The words of a sentence that stand where the question word of a question is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading.slots import Source, answer_slot, best_span, span_candidates


def filled(question: str, *texts: str, headings: tuple[str, ...] = ()) -> str:
    gap = answer_slot(question)
    assert gap is not None
    filling = best_span(gap, [Source(text, headings) for text in texts])
    if filling is None:
        return ""
    text = texts[filling.source] if filling.heading < 0 else headings[filling.heading]
    return text[filling.span[0] : filling.span[1]]


@pytest.mark.parametrize(
    ("question", "sentence", "value"),
    [
        ("河汀街道实施的是什么预警制度？", "河汀街道分片督查，实施橙色亮灯预警制度，每周通报。", "橙色亮灯预警制度"),
        ("河汀市建立了哪两项制度？", "河汀市建立“首问负责”和“限时办结”制度，逐月检查。", "“首问负责”和“限时办结”"),
        ("要发挥哪两个平台的作用？", "要发挥“码上河汀”“网格通”等平台作用，提高效率。", "“码上河汀”“网格通”"),
        ("河汀市印发的办法叫什么？", "河汀市印发《河汀市潮汐摊位管理办法》，明确收费标准。", "《河汀市潮汐摊位管理办法》"),
        ("论坛的主办方是谁？", "承办由河汀日报社和柳岸集团主办的第三届论坛，交流经验。", "河汀日报社和柳岸集团"),
    ],
)  # fmt: skip
def test_the_words_at_the_place_of_the_question_word_are_the_value(
    question: str, sentence: str, value: str
) -> None:
    assert filled(question, sentence) == value


def test_a_clause_answers_how_something_is_done() -> None:
    value = filled("逾期不退的押金如何处理？", "逾期不退的押金，转入社区公共维修账户。")
    assert value == "转入社区公共维修账户"


def test_a_body_that_the_sentence_leaves_unsaid_is_read_from_the_heading() -> None:
    value = filled(
        "哪家企业被要求管好水网？",
        "一是树牢宗旨意识，管好水网，当好守护者。",
        headings=("三、向河汀水务集团有限公司反馈的意见",),
    )
    assert value.endswith("河汀水务集团有限公司")


def test_a_sentence_that_asks_itself_is_no_answer() -> None:
    assert filled("逾期不退的应如何处理？", "逾期不退的应如何处理？") == ""


def test_the_earlier_sentence_wins_where_both_answer_alike() -> None:
    gap = answer_slot("建立了什么制度？")
    assert gap is not None
    one = Source("河汀市建立首问负责制度。")
    filling = best_span(gap, [one, one])
    assert filling is not None
    assert filling.source == 0


def test_a_very_long_sentence_is_looked_at_in_its_beginning_only() -> None:
    gap = answer_slot("建立了什么制度？")
    assert gap is not None
    ends = [f.span[1] for f in span_candidates(gap, [Source("改善环境，" * 200)])]
    assert max(ends) <= 400


@given(
    st.text("什么制度哪两个如何是谁建立实施“”《》（），。、的0a\n", max_size=40),
    st.text(max_size=60),
)
def test_no_words_at_all_break_it_and_quotes_are_kept_whole(question: str, text: str) -> None:
    gap = answer_slot(question)
    if gap is None:
        return
    for filling in span_candidates(gap, [Source(text, (text,))]):
        words = text[filling.span[0] : filling.span[1]]
        assert len(words) >= 2
        assert words.count("“") == words.count("”")
