"""Whether the sentences found have the value a question asks for."""

from __future__ import annotations

import pytest

from qa.answerability.decision import lacks_each, lacks_value
from retriever.query.analysis import analyse
from tests.qa.making import evidence, passage


def lacks(question: str, text: str, sentence: str = "") -> bool:
    """The sentence, or all of the text, is the best evidence and has no value of the usual shape."""
    return lacks_value(analyse(question), [evidence(passage(text), sentence)])


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("夜市一共多少户？", "鼓励夜市有序发展。"),
        ("夜市组组长是谁？", "成立夜市领导小组。"),
        ("夜市哪一天开业？", "夜市验收结束后开业。"),
        ("夜市申请期限多久？", "夜市可以申请。"),
        ("夜市的电话是多少？", "夜市可以电话咨询。"),
    ],
)
def test_a_sentence_without_the_value_does_not_answer(question: str, text: str) -> None:
    assert lacks(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("夜市是否受60%比例的限制？", "夜市不受限制。"),
        ("夜市期限比早市长还是短？", "夜市更长。"),
        ("夜市补贴比例要申报吗？", "夜市无需申报。"),
    ],
)
def test_yes_no_and_a_choice_need_no_value(question: str, text: str) -> None:
    assert not lacks(question, text)


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("培育企业12家，投入资金2.5亿元。", True),
        ("每家企业给予奖励10万元。", False),
        ("奖励标准为10万元。", False),
        ("补助300元/户。", False),
    ],
)
def test_a_sum_for_each_stands_where_something_is_said_of_each(text: str, lacking: bool) -> None:
    found = [evidence(passage(text), text)]
    assert lacks_each(analyse("企业每家多少万元？"), found) is lacking
    assert not lacks_each(analyse("一共投入多少万元？"), found)


def test_aspects_counted_in_words_are_a_number() -> None:
    assert not lacks("夜市从几个方面改进？共几项", "夜市从七个方面改进。")


def test_who_does_a_thing_may_be_a_body() -> None:
    assert not lacks("夜市垃圾由谁清运？", "垃圾由夜市办清运。")
    assert lacks("夜市组长由谁担任？", "组长由夜市办推举。")


def test_an_event_says_when() -> None:
    assert not lacks("夜市什么时候可以换证？", "夜市换证延期到雨季结束后办理。")


def test_the_date_of_the_same_day_stands_before() -> None:
    text = "5月12日，市里开会。当日，夜市开业。"
    assert not lacks("夜市何时开业？", text, "当日，夜市开业。")
    assert lacks("夜市何时开业？", "市里开会。当日，夜市开业。", "当日，夜市开业。")


def test_two_dates_say_how_long() -> None:
    assert not lacks("夜市试行多久？", "夜市自3月1日至5月31日试行。")


def test_a_site_is_an_address_of_the_web() -> None:
    assert not lacks("夜市网址是多少？", "夜市报名（https://yeshi.example.cn）。")
    assert lacks("夜市网址是多少？", "夜市报名。")
