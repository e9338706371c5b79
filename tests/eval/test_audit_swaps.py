"""Questions asked of another place, year or number, and whether an answer notices."""

from __future__ import annotations

import random
from dataclasses import replace

from eval.audit import INVENTED, REAL, Swap, overlooks, swaps
from indexer.passage import Passage
from qa.answer import Answer, Citation
from tests.qa.making import passage

FAMILIAR = frozenset({"河汀", "槐岭"})


def answer(*cited: Passage) -> Answer:
    citations = tuple(Citation(n, one, 0, 2) for n, one in enumerate(cited, start=1))
    return Answer("问", "答", "", bool(cited), citations, (), 0.0)


def overlooked(swap: Swap, *cited: Passage, text: str = "") -> bool:
    return overlooks(swap, answer(*cited), lambda _: text)


def test_a_place_becomes_a_real_an_invented_and_another_known_one() -> None:
    made = swaps(["河汀市每户补助多少元？"], FAMILIAR, random.Random(1))
    real, invented, known = (one.question.removesuffix("每户补助多少元？") for one in made)
    assert real in REAL
    assert invented in INVENTED
    assert known == "槐岭"


def test_a_year_becomes_earlier_ones() -> None:
    made = swaps(["2024年补助多少元？"], FAMILIAR, random.Random(1))
    assert {one.kind for one in made} == {"year"}
    assert all(
        int(one.asked) < 2024 and one.question == f"{one.asked}年补助多少元？" for one in made
    )


def test_an_ordinal_becomes_another() -> None:
    (made,) = swaps(["第三轮督查查了多少处？"], FAMILIAR, random.Random(1))
    assert made.kind == "number"
    assert made.question == f"第{made.asked}轮督查查了多少处？"


def test_a_question_that_names_nothing_gives_none() -> None:
    assert swaps(["每户补助多少元？"], FAMILIAR, random.Random(1)) == []


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
    noticed = replace(answer(passage("减免六个月。")), notice="没有专门说到云潭")
    assert not overlooks(swap, noticed, lambda _: "")
