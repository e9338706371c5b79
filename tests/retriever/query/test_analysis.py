"""What a question asks for."""

from __future__ import annotations

import pytest

from retriever.query.analysis import AnswerKind, analyse


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("动员部署阶段安排在什么时间？", AnswerKind.DATE),
        ("新办法从哪一天起施行", AnswerKind.DATE),
        ("早市几点到几点", AnswerKind.DATE),
        ("补助申请多久办结？", AnswerKind.DURATION),
        ("几个工作日内响应", AnswerKind.DURATION),
        ("等候时间缩短到几分钟", AnswerKind.DURATION),
        ("保修期不少于几年", AnswerKind.DURATION),
        ("一共选聘了多少名巷长？", AnswerKind.NUMBER),
        ("好评率达到百分之几", AnswerKind.NUMBER),
        ("每户补助多少钱", AnswerKind.NUMBER),
        ("领导小组组长是谁", AnswerKind.PERSON),
        ("由谁兼任办公室主任", AnswerKind.PERSON),
        ("街道书记叫什么名字", AnswerKind.PERSON),
        ("办公室设在哪个部门？", AnswerKind.ORGANISATION),
        ("依据的是什么文件", AnswerKind.TITLE),
        ("停办的评比叫什么名字", AnswerKind.TITLE),
        ("投诉电话是多少", AnswerKind.CONTACT),
        ("寄信的地址在哪条路", AnswerKind.CONTACT),
        ("申报要具备哪些条件？", AnswerKind.LIST),
        ("分为哪七个阶段", AnswerKind.LIST),
        ("夜市怎么管", AnswerKind.TEXT),
        ("用什么办法记账", AnswerKind.TEXT),
    ],
)
def test_the_words_of_asking_tell_the_kind_of_answer(question: str, kind: AnswerKind) -> None:
    assert analyse(question).kind is kind


def test_a_drafting_request_wants_a_wording_and_no_value() -> None:
    assert analyse("通报结尾公布联系电话这一段怎么写").kind is AnswerKind.TEXT
    assert analyse("起草补助标准多少元的条款").kind is AnswerKind.TEXT


def test_years_are_read_once_each_and_in_order() -> None:
    asked = analyse("河汀市2023年和2024年的目标，2023年是多少？")
    assert asked.years == ("2023", "2024")


def test_a_number_of_four_digits_inside_a_longer_one_is_no_year() -> None:
    assert analyse("编号120245的文件").years == ()


def test_words_in_quotation_marks_and_titles_are_kept() -> None:
    asked = analyse("“巷长制”和《夜市管理办法》是怎么说的")
    assert asked.quoted == ("巷长制", "夜市管理办法")


def test_traditional_characters_and_spaces_run_together_are_understood() -> None:
    asked = analyse("  組長   是誰 ")
    assert asked.text == "组长 是谁"
    assert asked.kind is AnswerKind.PERSON


def test_only_a_question_for_the_day_asks_for_the_day() -> None:
    assert analyse("哪一天召开").asks_day
    assert not analyse("什么时候召开").asks_day


@pytest.mark.parametrize(
    ("question", "contact"),
    [
        ("办公地址在哪", "address"),
        ("电子邮箱是什么", "mail"),
        ("邮编是多少", "post code"),
        ("监督电话", "phone"),
    ],
)
def test_the_kind_of_contact_is_read(question: str, contact: str) -> None:
    assert analyse(question).contact == contact


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("哪几天不得进厂检查", AnswerKind.DATE),
        ("什么钟点不收摊位费", AnswerKind.DATE),
        ("案件标的额有多大？", AnswerKind.NUMBER),
        ("办理时限是多久", AnswerKind.DURATION),
        ("缓缴期限内滞纳金怎么规定", AnswerKind.TEXT),
    ],
)
def test_what_a_question_word_asks_for_outweighs_the_nouns_around_it(
    question: str, kind: AnswerKind
) -> None:
    assert analyse(question).kind is kind
