"""Lists in answers are whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from indexer.passage import Passage
from qa.composition.answer_text import ComposeSettings, compose
from qa.composition.listing import best_listing
from qa.reading.reader import Evidence
from retriever.query.analysis import Scope, analyse
from tests.qa.making import evidence, passage

SIZES = ComposeSettings()
FEES = "第八条 下列费用不予支付：\n（一）应当由第三人负担的；\n（二）在境外就医的；\n（三）体检的费用。"


def answer(question: str, *found: Evidence, beside: Sequence[Passage] = ()) -> str:
    def around(_: Passage) -> Sequence[Passage]:
        return beside or (_,)

    return compose(analyse(question), Scope(), found, SIZES, around).text


def bare(text: str) -> str:
    return re.sub(r"\s|；|\[\d+\]", "", text)


@pytest.mark.parametrize(
    "words", ["第八条 下列费用不予支付：", "（二）在境外就医的；", "（三）体检的费用。"]
)
def test_whichever_sentence_is_found_the_whole_list_is_shown(words: str) -> None:
    said = answer("哪些费用不予支付？", evidence(passage(FEES), words))
    assert bare(said) == bare(FEES)


def test_a_list_over_two_passages_is_whole_and_each_part_is_cited() -> None:
    one = passage(FEES.split("（二）", maxsplit=1)[0].strip(), ordinal=0)
    two = passage("（二）" + FEES.split("（二）")[1], ordinal=1)
    composed = compose(
        analyse("哪些费用不予支付？"),
        Scope(),
        [evidence(one, "第八条 下列费用不予支付：")],
        SIZES,
        lambda _: (one, two),
    )
    assert bare(composed.text) == bare(FEES)
    assert [c.passage.id for c in composed.citations] == [one.id, two.id]


def test_the_list_with_as_many_items_as_asked_for_is_taken() -> None:
    of = passage("安排：\n（一）甲平台；\n（二）乙平台。\n任务：\n1.建；\n2.管；\n3.用；\n4.修。")
    found = (evidence(of, "（一）甲平台；", score=2.1), evidence(of, "3.用；", score=2.0))
    assert bare(answer("安排了哪四件事？", *found)) == "任务：1.建2.管3.用4.修。"


def test_of_a_list_too_long_for_an_answer_the_heads_of_all_items_are_shown() -> None:
    body = "各单位要落实责任，" * 40 + "确保完成。"
    text = "要走好三条路：\n" + "\n".join(
        f"{n}.走好{c}路。{body}" for n, c in enumerate("甲乙丙", start=1)
    )
    said = answer("要走好哪三条路？", evidence(passage(text), "要走好三条路："))
    assert bare(said) == "要走好三条路：1.走好甲路。2.走好乙路。3.走好丙路。"


def test_no_answer_ends_at_the_colon_where_items_follow() -> None:
    for question in ("费用怎么支付？", "哪些费用不予支付？", "不予支付的是什么？"):
        said = answer(question, evidence(passage(FEES), "第八条 下列费用不予支付："))
        assert "体检" in said, question


def test_what_a_colon_announces_stands_in_the_next_passage() -> None:
    one, two = passage("办理方式如下：", ordinal=0), passage("携带证件到窗口办理。", ordinal=1)
    said = answer("怎么办理？", evidence(one), beside=(one, two))
    assert bare(said) == "办理方式如下：携带证件到窗口办理。"


def test_a_row_in_running_text_is_shown_whole() -> None:
    row = "确定工商银行甲分行、中国银行甲分行、甲农商银行等3家银行为合作机构。"
    assert bare(answer("哪三家银行可以办理？", evidence(passage(f"申请不难。{row}"), row))) == row


def test_sections_of_a_document_are_no_list_of_things() -> None:
    body = "各单位要落实责任，" * 20 + "确保完成。"
    text = f"一、目标\n{body}\n二、任务\n{body}\n三、保障\n{body}"
    of = passage(text, headings=("一、目标",))
    assert best_listing(analyse("有哪些要求？"), [evidence(of, body)], lambda p: (p,), 900) is None


def test_a_list_of_which_an_item_is_missing_says_so() -> None:
    of = passage("抓好以下三个方面：\n（一）排查；\n（二）整治。")
    found = [evidence(of, "抓好以下三个方面：")]
    composed = compose(analyse("抓好哪些方面？"), Scope(), found, SIZES)
    assert "3项" in composed.notice and "2项" in composed.notice
