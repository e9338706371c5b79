"""What answers show is looked at anew: every kind of dishonesty is found, and honest labels are none."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from eval.audit import (
    INVENTED,
    REAL,
    Kind,
    Swap,
    audit,
    audit_swapped,
    faults_of,
    overlooks,
    swapped_questions,
    swaps,
)
from indexer.passage import Passage
from qa.answer import Answer, Citation, Compared
from qa.composition.annotations import OTHERWISE
from retriever.hit import Hit
from tests.qa.making import passage

PLAN = passage(
    "每户补助3000元。依据河政发[2020]5号，申请5日内办结。",
    headings=("三、支持措施",),
    region="河汀市",
    title="河汀市方案",
    issuer="河汀市商务局",
    year="2024",
)
MORE = passage(
    "共投入1.5亿元，惠及2035户、二十五个村。18日召开，8时开始。", ordinal=1, region="河汀市"
)
HONEST = Answer(
    "河汀市每户补助多少？", "每户补助3000元[1]", "3000元", True, (Citation(1, PLAN, 0, 9),), (), 0.0
)  # fmt: skip

KNOWN_PLACES = frozenset({"河汀", "槐岭"})


def whats(answer: Answer) -> list[str]:
    return [fault.what for fault in faults_of(answer)]


@pytest.mark.parametrize(
    "text",
    [
        "每户补助3000元[1]",
        "（1）每户补助3000元[1]",
        "（三、支持措施）每户补助3000元[1]",
        "河汀市：每户补助3000元[1]",
        f"{OTHERWISE}（《河汀市方案》，2024年）：每户补助3000元[1]",
        "依据河政发[2020]5号，申请5日内办结[1]",
        "每户补助3000元[1]\n沈阳市：资料中没有相应的内容。",
    ],
)
def test_honest_words_and_labels_are_no_fault(text: str) -> None:
    assert faults_of(replace(HONEST, text=text)) == []


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"text": "每户补助8000元[1]"}, "数字 8000 不在所引段落里"),
        ({"text": "每户都有补助[1]"}, "文字不在所引段落里"),
        ({"text": "沈阳市：每户补助3000元[1]"}, "文字不在所引段落里"),
        (
            {"text": "024年：每户补助3000元[1]", "question": "河汀市2024年每户补助多少？"},
            "数字 024 不在所引段落里",
        ),
        ({"text": "（四、附则）每户补助3000元[1]"}, "文字不在所引段落里"),
        (
            {"text": f"{OTHERWISE}（《河汀市方案》，2023年）：每户补助3000元[1]"},
            "数字 2023 不在所引段落里",
        ),
        (
            {"text": f"{OTHERWISE}（《槐岭市方案》，2024年）：每户补助3000元[1]"},
            "数字 2024 不在所引段落里",
        ),
        ({"text": "每户补助3000元[1]，另补助5000元[7]"}, "没有 [7] 这条引文"),
        ({"text": "每户补助3000元[1]，另有奖励"}, "没有引文编号的话"),
        ({"text": "每户补助3000元[1]\n另有奖励。"}, "没有引文编号的话"),
        ({"text": "[1]"}, "引文编号前没有文字"),
        ({"text": "每户补助3000元"}, "没有标在回答里的引文"),
        ({"short_answer": "9000元"}, "简答不在所引段落里"),
        ({"short_answer": "3000元；9000元"}, "简答不在所引段落里"),
        ({"short_answer": "000元"}, "简答不在所引段落里"),
        ({"comparison": (Compared("河汀市", "9000元", "有[1]"),)}, "简答不在所引段落里"),
        ({"citations": (Citation(1, PLAN, 5, 5),)}, "引文不在所引段落的范围里"),
        ({"citations": (Citation(1, PLAN, 0, 999),)}, "引文不在所引段落的范围里"),
        ({"citations": (), "text": "每户3000元"}, "回答没有引文"),
    ],
)
def test_what_does_not_hold_is_found(changes: dict[str, object], what: str) -> None:
    assert what in whats(replace(HONEST, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("共投入1.5亿元", ""),
        ("惠及2035户、二十五个村", ""),
        ("共投入15亿元", "数字 15 不在所引段落里"),
        ("5亿元", "数字 5 不在所引段落里"),
        ("35户", "数字 35 不在所引段落里"),
        ("五个村", "文字不在所引段落里"),
        ("8日召开", "文字不在所引段落里"),
    ],
)
def test_a_number_must_stand_as_a_whole(words: str, what: str) -> None:
    answer = replace(
        HONEST, text=f"{words}[1]", short_answer="", citations=(Citation(1, MORE, 0, 9),)
    )
    assert whats(answer) == [what][: bool(what)]


def test_a_number_on_the_line_above_is_another_one() -> None:
    lines = passage("支队0997-2511898\n11、河汀支队0908-4220621")
    cited = (Citation(1, lines, 16, len(lines.text)),)
    words = "11、河汀支队0908-4220621"
    assert whats(replace(HONEST, text=f"{words}[1]", short_answer=words, citations=cited)) == []


def test_marks_side_by_side_share_their_words() -> None:
    both = (HONEST.citations[0], Citation(2, MORE, 0, 9))
    assert whats(replace(HONEST, text="每户补助3000元[1][2]", citations=both)) == []
    wrong = whats(replace(HONEST, text="每户补助4000元[1][2]", citations=both))
    assert wrong == ["数字 4000 不在所引段落里"]


def test_a_refusal_shows_nothing() -> None:
    assert faults_of(replace(HONEST, answered=False, text="资料中没有。", citations=())) == []


class System:
    """Gives one answer to everything."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def search(self, query: str, k: int) -> tuple[Hit, ...]:
        return ()

    def ask(self, question: str) -> Answer:
        return replace(self.answer, question=question)


def test_questions_are_counted() -> None:
    result = audit(System(HONEST), ["一", "二"])
    assert (result.asked, result.answered, result.pieces, result.faults) == (2, 2, 2, ())


def test_a_swapped_question_answered_from_another_place_is_a_fault() -> None:
    swap = Swap("place", "鹿洲市每户补助多少？", HONEST.question, "鹿洲")
    overlooked = audit_swapped(System(HONEST), [swap], lambda _: PLAN.text)
    assert [fault.what for fault in overlooked.faults] == ["所引段落都不是“鹿洲”的"]
    assert overlooked.faults[0].answer == HONEST.text
    assert overlooked.kinds == (Kind("place", 1, 1),)
    row = replace(HONEST, comparison=(Compared("鹿洲市", "", ""), Compared("河汀市", "", "有[1]")))
    assert audit_swapped(System(row), [swap], lambda _: PLAN.text).faults == ()


def test_swapped_questions_are_drawn_the_same_each_time() -> None:
    questions = ["河汀市2024年第二轮巡视什么时候开始？", "槐岭市补助多少？"]
    one, two = (
        [s.question for s in swapped_questions(questions, frozenset(("河汀", "槐岭")), 5)]
        for _ in range(2)
    )
    assert one == two
    assert len(one) == 5
    assert swapped_questions([], frozenset(), 5) == []


def answer_from(*cited: Passage) -> Answer:
    citations = tuple(Citation(n, one, 0, 2) for n, one in enumerate(cited, start=1))
    return Answer("问", "答", "", bool(cited), citations, (), 0.0)


def overlooked(swap: Swap, *cited: Passage, text: str = "") -> bool:
    return overlooks(swap, answer_from(*cited), lambda _: text)


def test_a_place_becomes_a_real_an_invented_and_another_known_one() -> None:
    made = swaps(["河汀市每户补助多少元？"], KNOWN_PLACES, random.Random(1))
    real, invented, known = (one.question.removesuffix("每户补助多少元？") for one in made)
    assert real in REAL
    assert invented in INVENTED
    assert known == "槐岭"


def test_a_year_becomes_earlier_ones() -> None:
    made = swaps(["2024年补助多少元？"], KNOWN_PLACES, random.Random(1))
    assert {one.kind for one in made} == {"year"}
    assert all(
        int(one.asked) < 2024 and one.question == f"{one.asked}年补助多少元？" for one in made
    )


def test_an_ordinal_becomes_another() -> None:
    (made,) = swaps(["第三轮督查查了多少处？"], KNOWN_PLACES, random.Random(1))
    assert made.kind == "number"
    assert made.question == f"第{made.asked}轮督查查了多少处？"


def test_a_question_that_names_nothing_gives_none() -> None:
    assert swaps(["每户补助多少元？"], KNOWN_PLACES, random.Random(1)) == []


def test_an_answer_out_of_another_places_passage_overlooks_the_swap() -> None:
    swap = Swap("place", "云潭市补助多少", "河汀市补助多少", "云潭")
    assert overlooked(swap, passage("每户三千元。", region="云岭省河汀市"))
    assert not overlooked(swap, passage("每户三千元。", region="云岭省云潭市"))
    assert not overlooked(swap, passage("一句。"), passage("云潭每户三千元。", doc="乙.txt"))


def test_a_regionless_document_is_about_the_places_it_names_anywhere() -> None:
    swap = Swap("place", "云潭市补助多少", "河汀市补助多少", "云潭")
    assert not overlooked(swap, passage("每户三千元。"), text="云潭市讲话。每户三千元。")
    assert overlooked(swap, passage("每户三千元。", region="河汀市"), text="云潭市来学习。")


def test_a_refusal_overlooks_nothing() -> None:
    assert not overlooked(Swap("year", "2010年补助多少", "2024年补助多少", "2010"))


def test_a_notice_that_the_place_is_not_spoken_of_is_no_oversight() -> None:
    swap = Swap("place", "云潭市减免多久", "河汀市减免多久", "云潭")
    noticed = replace(answer_from(passage("减免六个月。")), notice="没有专门说到云潭")
    assert not overlooks(swap, noticed, lambda _: "")
