"""Questions of several parts are asked part by part and answered as one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.answer import CANNOT_ANSWER, Answer, Citation, Conversation
from qa.composition.comparison import joined
from qa.conversation.dialogue import standalone_parts
from retriever.query.analysis import sub_questions
from tests.qa.making import hit, passage
from tests.qa.talking import FAMILIAR, talked


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("夜市补助多少元？几天办结？", ("夜市补助多少元？", "几天办结？")),
        ("我想开夜市。补助多少元？找谁？", ("我想开夜市。补助多少元？", "找谁？")),
        (
            "请问几个问题：一是夜市补助多少元？二是谁负责？",
            ("夜市补助多少元？", "谁负责？"),
        ),
        ("河汀市夜市：1、补助多少？2、谁负责？", ("河汀市夜市补助多少？", "河汀市夜市谁负责？")),
        (
            "河汀市领导小组组长和办公室主任分别是谁？",
            ("河汀市领导小组组长是谁？", "河汀市领导小组办公室主任是谁？"),
        ),
    ],
)
def test_a_question_is_taken_apart(question: str, parts: tuple[str, ...]) -> None:
    assert sub_questions(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "河汀市夜间消费街区建成多少条？",
        "河汀市和槐岭市的补助分别是多少？",
        "哪两个市点名了夜市？各是怎么说的？",
        "什么？真的吗",
        "甲？乙？丙？",
        "达到多少，排第几？",
        "一是完善制度，二是加强督查，这段怎么写",
        "到2.5万元了吗？",
        "谁？" * 9,
        "",
        "？？",
    ],
)
def test_a_question_for_one_thing_stays_whole(question: str) -> None:
    assert "".join(sub_questions(question)) == question
    assert len(sub_questions(question)) <= 2


def test_one_thing_asked_is_one_part() -> None:
    for question in ("哪两个市点名了夜市？各是怎么说的？", "甲？乙？丙？", "谁？" * 9):
        assert sub_questions(question) == (question,)


def test_a_part_is_completed_from_the_part_before() -> None:
    parts = standalone_parts("河汀市夜市每户补助多少元？槐岭市呢？", Conversation(), FAMILIAR)
    assert parts == ("河汀市夜市每户补助多少元？", "槐岭市夜市每户补助多少元？")


def test_a_part_without_a_place_is_about_the_first_ones() -> None:
    parts = standalone_parts("河汀市夜市补助多少元？停车泊位有多少个？", Conversation(), FAMILIAR)
    assert parts == ("河汀市夜市补助多少元？", "河汀市停车泊位有多少个？")


def test_a_follow_up_of_several_parts_asks_all_of_them_anew() -> None:
    conversation = talked("河汀市夜市补助多少元？河汀市停车泊位有多少个？")
    parts = standalone_parts("那槐岭呢？", conversation, FAMILIAR)
    assert parts == ("槐岭夜市补助多少元？", "槐岭停车泊位有多少个？")


ONE = passage("补助3000元。5日内办结。", doc="甲.txt")
TWO = passage("由方小砚负责。", doc="乙.txt")
FIRST = Answer(
    "一", "补助3000元[1]", "3000元", True, (Citation(1, ONE, 0, 7),), (hit(ONE), hit(TWO, 2)), 5.0,
    confidence=0.9,
)  # fmt: skip
SECOND = Answer(
    "二", "由方小砚负责[1]，补助3000元[2]", "方小砚", True,
    (Citation(1, TWO, 0, 6), Citation(2, ONE, 0, 7)), (hit(TWO), hit(ONE, 2)), 7.0,
    notice="已按“夜市”检索", confidence=0.4,
)  # fmt: skip
REFUSED = Answer("三", f"{CANNOT_ANSWER}这项内容。", "", False, (), (hit(TWO),), 1.0)


def test_citations_are_numbered_through_and_one_place_keeps_one_number() -> None:
    answer = joined("一？二？", (FIRST, SECOND))
    assert answer.text == "（1）补助3000元[1]\n（2）由方小砚负责[2]，补助3000元[1]"
    assert [(c.n, c.quote) for c in answer.citations] == [(1, "补助3000元"), (2, "由方小砚负责")]
    assert (answer.short_answer, answer.notice) == ("3000元；方小砚", "已按“夜市”检索")
    assert (answer.ms, answer.confidence) == (12.0, 0.4)


def test_passages_of_all_parts_are_listed_once_and_ranked() -> None:
    answer = joined("一？二？", (FIRST, SECOND))
    assert [(h.rank, h.passage.doc) for h in answer.hits] == [(1, "甲.txt"), (2, "乙.txt")]


def test_a_part_that_is_refused_says_so_beside_the_others() -> None:
    answer = joined("三？一？", (REFUSED, FIRST))
    assert answer.answered
    assert not answer.text.startswith(CANNOT_ANSWER)
    assert answer.text == f"（1）{CANNOT_ANSWER}这项内容。\n（2）补助3000元[1]"


def test_when_every_part_is_refused_it_is_a_refusal() -> None:
    other = replace(REFUSED, text=f"{CANNOT_ANSWER}2021年的内容。")
    answer = joined("三？三？", (REFUSED, other))
    assert (answer.answered, answer.citations, answer.confidence) == (False, (), 0.0)
    assert answer.text == f"{CANNOT_ANSWER}这项内容；也没有2021年的内容。"
    assert joined("三？三？", (REFUSED, REFUSED)).text == f"{CANNOT_ANSWER}这项内容。"
