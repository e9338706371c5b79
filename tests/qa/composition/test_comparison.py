"""Places and years side by side."""

from __future__ import annotations

import pytest

from qa.answer import Answer, Citation
from qa.composition.comparison import NOTHING, is_comparison, side_by_side, sides_of
from qa.facade import PolicyQA
from retriever.query.analysis import analyse
from tests.qa.making import passage

KNOWN = frozenset(("抚顺", "营口", "盘锦", "沈阳", "河南", "濮阳", "河汀", "槐岭", "鹿洲"))


def asked(question: str) -> list[tuple[str, str]]:
    return [(side.name, side.question) for side in sides_of(analyse(question, KNOWN))]


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        (
            "抚顺和营口的活跃率分别是多少？",
            [("抚顺", "抚顺的活跃率是多少？"), ("营口", "营口的活跃率是多少？")],
        ),
        (
            "河汀市、槐岭市、鹿洲市的夜市补助各是多少",
            [
                ("河汀市", "河汀市的夜市补助是多少"),
                ("槐岭市", "槐岭市的夜市补助是多少"),
                ("鹿洲市", "鹿洲市的夜市补助是多少"),
            ],
        ),
        (
            "河汀市2023年和2024年各建成多少条",
            [("2023年", "河汀市2023年各建成多少条"), ("2024年", "河汀市2024年各建成多少条")],
        ),
        (
            "“三篇大文章”：抚顺的综合排名、盘锦的在建项目数，各是多少？",
            [
                ("抚顺", "“三篇大文章”：抚顺的综合排名，是多少？"),
                ("盘锦", "“三篇大文章”：盘锦的在建项目数，是多少？"),
            ],
        ),
    ],
)
def test_each_side_is_asked_about_alone(question: str, sides: list[tuple[str, str]]) -> None:
    assert asked(question) == sides


@pytest.mark.parametrize(
    "question",
    [
        "沈阳市的补助是多少",
        "沈阳市对标抚顺做了什么",
        "河南和濮阳的反馈是怎么说的",
        "河南那次巡视反馈里，濮阳下辖的哪几个县有问题",
        "2023年建成多少条",
        "",
        "和和和、、、",
    ],
)
def test_what_sets_nothing_side_by_side_has_no_sides(question: str) -> None:
    assert asked(question) == []


def test_two_places_of_one_matter_are_no_comparison() -> None:
    sides = sides_of(analyse("市长在河汀市和槐岭市调研时强调什么", KNOWN))
    both = passage("在河汀和槐岭调研时，市长强调安全。")
    assert not is_comparison(analyse("市长在河汀市和槐岭市调研时强调什么"), sides, both)
    assert is_comparison(analyse("河汀市和槐岭市的补助有什么不同"), sides, both)
    assert is_comparison(analyse("河汀市和槐岭市的补助"), sides, passage("河汀每户3000元。"))


def test_a_district_belongs_to_its_city() -> None:
    names = [name for name, _ in asked("沈阳和抚顺市新抚区各做了什么")]
    assert names == ["沈阳", "抚顺市新抚区"]


def test_more_than_a_question_can_compare_is_not_compared() -> None:
    names = "、".join(f"{year}年" for year in range(2001, 2012))
    assert asked(f"{names}各建成多少条") == []


def test_rows_are_numbered_through_and_say_where_nothing_is_known() -> None:
    sides = sides_of(analyse("河汀市、槐岭市和鹿洲市的补助各是多少", KNOWN))
    one, two = passage("每户补助3000元。"), passage("每户补助2000元。", doc="乙.txt")
    answers = [
        Answer("", "每户补助3000元。[1]", "3000元", True, (Citation(1, one, 0, 9),), (), 0.0),
        Answer("", "每户补助2000元。[1]", "2000元", True, (Citation(1, two, 0, 9),), (), 0.0),
        Answer("", "资料中没有关于鹿洲的相关内容。", "", False, (), (), 0.0),
    ]
    text, citations, rows = side_by_side(sides, answers)
    assert text == (
        f"河汀市：每户补助3000元。[1]\n槐岭市：每户补助2000元。[2]\n鹿洲市：{NOTHING}。"
    )
    assert [(c.n, c.passage.doc) for c in citations] == [(1, "甲.txt"), (2, "乙.txt")]
    assert [(r.value, bool(r.said)) for r in rows] == [
        ("3000元", True), ("2000元", True), ("", False),
    ]  # fmt: skip


def test_values_of_two_kinds_are_not_set_side_by_side() -> None:
    sides = sides_of(analyse("抚顺和营口的活跃率各是多少，各排第几", KNOWN))
    of = passage("活跃率21%，列全省第三。")
    answers = [
        Answer("", "活跃率21%，列全省第三。[1]", value, True, (Citation(1, of, 0, 13),), (), 0.0)
        for value in ("21%", "第三")
    ]
    assert [row.value for row in side_by_side(sides, answers)[2]] == ["", ""]


def test_a_comparison_answers_each_place_from_its_own_document(engine: PolicyQA) -> None:
    answer = engine.ask("河汀市和槐岭市对新开办的夜市每户各补助多少元？")
    assert [(row.name, row.value) for row in answer.comparison] == [
        ("河汀市", "3000元"), ("槐岭市", "2000元"),
    ]  # fmt: skip
    assert [c.passage.metadata.region for c in answer.citations][:1] == ["河汀市"]
    assert answer.short_answer == "3000元；2000元"
    for row, place in zip(answer.comparison, ("河汀", "槐岭"), strict=True):
        cited = [c for c in answer.citations if f"[{c.n}]" in row.said]
        assert cited and all(place in c.passage.metadata.region for c in cited)
    shown = {hit.passage.id for hit in answer.hits}
    assert all(c.passage.id in shown for c in answer.citations)


def test_a_place_that_no_document_is_of_has_an_empty_row(engine: PolicyQA) -> None:
    answer = engine.ask("河汀市和桂林市对新开办的夜市每户各补助多少元？")
    assert [(row.name, row.value) for row in answer.comparison] == [
        ("河汀市", "3000元"), ("桂林市", ""),
    ]  # fmt: skip
    assert f"桂林市：{NOTHING}。" in answer.text


def test_places_of_which_nothing_is_known_are_refused(engine: PolicyQA) -> None:
    answer = engine.ask("桂林市和莆田市对新开办的夜市每户各补助多少元？")
    assert not answer.answered
    assert answer.comparison == ()
