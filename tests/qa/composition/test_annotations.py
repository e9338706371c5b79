"""What is said beside an answer: its basis, and what another document says otherwise."""

from __future__ import annotations

import pytest

from indexer.passage import Passage
from qa.composition.annotations import OTHERWISE, annotated
from qa.composition.answer_text import Composed, ComposeSettings, compose
from qa.reading.reader import Evidence
from retriever.query.analysis import Scope, analyse
from tests.qa.making import evidence, passage

REPORT = passage(
    "全市新建改建夜间消费街区共计12条。", doc="通报.txt", region="云岭省河汀市", title="通报"
)


def answer(question: str, *found: Evidence) -> Composed:
    asked = analyse(question)
    composed = compose(asked, Scope((), ()), found[:1], ComposeSettings())
    return annotated(asked, found, composed)


def told(of: Passage) -> Evidence:
    return evidence(of, has_value=True)


def other(text: str, **metadata: str) -> Evidence:
    known = {"region": "云岭省河汀市", "title": "简报", **metadata}
    return told(passage(text, doc="简报.txt", **known))


QUESTION = "全市新建改建夜间消费街区共计多少条？"


def test_another_documents_number_is_said_with_its_citation() -> None:
    found = answer(QUESTION, told(REPORT), other("全市新建改建夜间消费街区共15条。"))
    assert found.text.split("\n")[1] == (
        f"{OTHERWISE}（《简报》）：全市新建改建夜间消费街区共15条[2]"
    )
    assert found.citations[1].passage.doc == "简报.txt"
    assert found.citations[1].quote == "全市新建改建夜间消费街区共15条"
    assert found.short_answer == "12条"


@pytest.mark.parametrize(
    "one",
    [
        other("全市新建改建夜间消费街区共计12条。"),
        other("全市新建改建夜间消费街区共计１２条。"),
        other("全市新建改建夜间消费街区共计15条。", region="云岭省槐岭市"),
        other("全市新建改建夜间消费街区共计15家。"),
        other("全市新建改建夜间消费街区共计**条。"),
        other("全市拆除影响夜间通行的违法建筑15条。"),
        told(passage("全市新建改建夜间消费街区共计15条。", doc="通报.txt", region="云岭省河汀市")),
    ],
)
def test_the_same_value_another_place_unit_or_matter_is_no_conflict(one: Evidence) -> None:
    assert OTHERWISE not in answer(QUESTION, told(REPORT), one).text


def test_two_years_are_no_conflict() -> None:
    now = told(passage(REPORT.text, doc="通报.txt", region="云岭省河汀市", year="2024"))
    before = other("全市新建改建夜间消费街区共计15条。", year="2023")
    assert OTHERWISE not in answer(QUESTION, now, before).text
    same = other("全市新建改建夜间消费街区共计15条。", year="2024")
    assert f"{OTHERWISE}（《简报》，2024年）" in answer(QUESTION, now, same).text


def test_a_cut_sentence_keeps_its_cut_off_date() -> None:
    text = (
        "截至2023年6月底，全市上线三务数据30余万条，各县区和市直各部门全部完成平台对接任务，并按月开展通报和调度，"
        "群众查询次数持续增长，开展宣传活动若干场，服务窗口延时办理，满意度稳步提升，全市“三务公开”平台活跃率为21%，列全省第三。"
    )
    report = passage(text, doc="通报.txt")
    found = answer("全市“三务公开”平台活跃率为百分之多少？", told(report))
    assert "（截至2023年6月底[2]）" in found.text
    assert found.citations[1].quote == "截至2023年6月底"


def test_what_has_no_value_gets_no_remark() -> None:
    composed = compose(analyse("如何推进"), Scope((), ()), [told(REPORT)], ComposeSettings())
    bare = Composed(composed.text, "", composed.citations)
    assert annotated(analyse("如何推进"), [told(REPORT)], bare) == bare
