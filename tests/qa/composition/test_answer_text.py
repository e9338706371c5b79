"""From evidence to an answer."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.composition.answer_text import ComposeSettings, compose
from qa.reading.reader import Evidence
from retriever.query.analysis import Scope, analyse
from tests.qa.making import evidence, passage

NOWHERE = Scope((), ())
SIZES = ComposeSettings()
_MARK = re.compile(r"\[(\d+)\]")

PLAN = passage(
    "一、工作目标\n到2024年底前，全市建成消费街区12条，引进品牌小店86家。每户补助3000元，资金由市县分担。\n"
    "二、申报条件\n第六条 申报项目应当同时具备下列条件：\n（一）手续齐全；\n（二）邻里同意；\n（三）用电安全。",
    headings=("一、工作目标", "二、申报条件"),
)


def answer(question: str, *found: Evidence, scope: Scope = NOWHERE) -> str:
    return compose(analyse(question), scope, found, SIZES).text


def test_the_answer_is_the_sentence_with_its_citation() -> None:
    composed = compose(
        analyse("每户补助多少钱"),
        NOWHERE,
        [evidence(PLAN, "每户补助3000元，资金由市县分担。")],
        SIZES,
    )
    assert composed.text == "每户补助3000元，资金由市县分担。[1]"
    assert composed.short_answer == "3000元"
    assert composed.citations[0].quote == "每户补助3000元，资金由市县分担。"


def test_a_heading_line_in_front_of_the_sentence_is_left_out() -> None:
    words = "一、工作目标\n到2024年底前，全市建成消费街区12条，引进品牌小店86家。"
    text = answer("建成多少条消费街区", evidence(PLAN, words, has_value=True))
    assert text == "到2024年底前，全市建成消费街区12条，引进品牌小店86家。[1]"


def test_a_few_words_keep_the_heading_that_tells_what_they_belong_to() -> None:
    staff = passage("2.宣传专班\n组长：李向军", headings=("2.宣传专班",))
    assert answer("李向军是什么职务", evidence(staff)) == "2.宣传专班 组长：李向军[1]"


def test_a_heading_that_is_itself_the_answer_stands_alone() -> None:
    steps = passage(
        "五、步骤\n（一）动员阶段（2024年2月）",
        headings=("五、步骤", "（一）动员阶段（2024年2月）"),
    )
    assert (
        answer("动员阶段是什么时候", evidence(steps, has_value=True))
        == "（一）动员阶段（2024年2月）[1]"
    )


def test_a_sentence_that_announces_a_list_is_followed_by_it() -> None:
    text = answer("申报项目要具备哪些条件", evidence(PLAN, "第六条 申报项目应当同时具备下列条件："))
    assert "手续齐全" in text
    assert "用电安全" in text
    assert _MARK.findall(text) == ["1"]


def test_headings_and_sign_offs_are_no_second_sentences() -> None:
    signed = passage("河汀市人民政府办公室 2024年3月18日", doc="乙.txt")
    heading = evidence(PLAN, "一、工作目标", score=1.9)
    best = evidence(PLAN, "每户补助3000元，资金由市县分担。", has_value=True)
    assert "[2]" not in answer("每户补助多少钱", best, heading, evidence(signed, score=1.9))


def test_behind_the_value_no_sentence_without_one_is_shown() -> None:
    best = evidence(PLAN, "每户补助3000元，资金由市县分担。", has_value=True)
    dry = evidence(passage("补助资金要加强监管。", doc="乙.txt"), score=1.9)
    wet = evidence(passage("原补助2000元。", doc="丙.txt"), score=1.9, has_value=True)
    assert "监管" not in answer("每户补助多少钱", best, dry)
    assert "2000元" in answer("每户补助多少钱", best, dry, wet)


def test_a_sentence_with_the_value_leads_before_a_better_one_without() -> None:
    dry = evidence(passage("现印发补助方案，请认真组织实施。", doc="乙.txt"), score=2.1)
    wet = evidence(PLAN, "每户补助3000元，资金由市县分担。", has_value=True)
    assert answer("每户补助多少钱", dry, wet).startswith("每户补助3000元")


def test_the_same_words_are_shown_once() -> None:
    copy = passage(PLAN.text, doc="副本.txt", headings=PLAN.heading_path)
    words = "每户补助3000元，资金由市县分担。"
    found = (evidence(PLAN, words, has_value=True), evidence(copy, words, has_value=True))
    assert answer("每户补助多少钱", *found).count("3000元") == 1


def test_a_worse_sentence_is_not_added() -> None:
    far = evidence(passage("原补助2000元。", doc="乙.txt"), score=1.0, has_value=True)
    best = evidence(PLAN, "每户补助3000元，资金由市县分担。", has_value=True)
    assert "[2]" not in answer("每户补助多少钱", best, far)


def test_of_a_long_sentence_the_clauses_with_the_value_are_shown() -> None:
    filler = "，".join(["各级各部门要提高认识压实责任细化举措"] * 12)
    long = passage(f"{filler}，清偿率达到88.4%，{filler}。")
    text = answer("清偿率达到多少", evidence(long, has_value=True))
    assert "清偿率达到88.4%" in text
    assert len(text) <= SIZES.clause + len("[1]")


def test_a_traditional_document_is_quoted_in_its_own_characters() -> None:
    speech = passage("全镇新增停车泊位430个。", display="全鎮新增停車泊位430個。")
    composed = compose(
        analyse("新增停车泊位多少个"), NOWHERE, [evidence(speech, has_value=True)], SIZES
    )
    assert composed.text == "全鎮新增停車泊位430個。[1]"
    assert composed.citations[0].quote == "全鎮新增停車泊位430個。"
    assert composed.short_answer == "430個"


def test_a_comparison_gives_one_sentence_of_each_place() -> None:
    one = passage("每户补助3000元。", doc="甲.txt", region="云岭省河汀市")
    two = passage("每户补助2000元。", doc="乙.txt", region="云岭省槐岭市")
    found = (evidence(one, has_value=True), evidence(two, score=0.4, has_value=True))
    composed = compose(
        analyse("河汀和槐岭的补助各是多少元"), Scope(("河汀", "槐岭"), ()), found, SIZES
    )
    assert composed.text == "每户补助3000元。[1]\n每户补助2000元。[2]"
    assert composed.short_answer == "3000元；2000元"


def test_a_comparison_of_years_gives_one_sentence_of_each_year() -> None:
    new = passage("目标5500人。", doc="新.txt", year="2024")
    old = passage("目标4000人。", doc="旧.txt", year="2023")
    found = (evidence(new, has_value=True), evidence(old, score=0.4, has_value=True))
    composed = compose(
        analyse("2023年和2024年的目标各多少人"), Scope((), ("2023", "2024")), found, SIZES
    )
    assert composed.text == "目标4000人。[1]\n目标5500人。[2]"
    assert composed.short_answer == "4000人；5500人"


def test_a_contact_block_is_shown_with_the_lines_beside() -> None:
    block = passage("对整改有意见请反映。\n市委督查科\n联系电话：0421—3398903\n邮编：122000")
    text = answer("督查科的电话是多少", evidence(block, "市委督查科"))
    assert "市委督查科" in text
    assert "0421—3398903" in text


def test_a_question_for_a_body_is_told_the_heading_once() -> None:
    part = passage("问题一。问题二。", headings=("三、巡视云港县发现的问题",))
    found = (evidence(part, "问题一。"), evidence(part, "问题二。", score=1.9))
    text = answer("哪个县有这些问题", *found)
    assert text == "（三、巡视云港县发现的问题）问题一。[1]\n问题二。[2]"


@pytest.mark.parametrize(
    ("question", "sentence", "value"),
    [
        ("作业能力提高到多少", "作业能力由50万标准箱增加到80万标准箱。", "80万标准箱"),
        ("等候时间缩短到几分钟", "等候时间由26分钟缩短到8分钟。", "8分钟"),
        ("加装电梯每部补助多少钱", "计划加装电梯240部，每部给予15万元补助。", "15万元"),
        ("满意率达到多少", "办结401件，处理342人，群众满意率达97.2%。", "97.2%"),
        ("得分要不低于多少分", "得分不低于92分，知晓率达到95%。", "不低于92分"),
        ("重度失能老人每月补贴多少", "轻度、中度、重度失能老年人的，分别按照每人每月100元、250元、400元补贴。", "400元"),
        ("护理员奖励多少钱", "对取得中级、高级资格的，分别给予1000元、2000元奖励。", "1000元、2000元"),
        ("副组长是谁", "书记水云间任组长，主任连城任副组长。", "连城"),
    ],
)  # fmt: skip
def test_the_short_answer_is_the_value_asked_for(question: str, sentence: str, value: str) -> None:
    found = [evidence(passage(sentence), has_value=True)]
    assert compose(analyse(question), NOWHERE, found, SIZES).short_answer == value


CLAUSE = st.text(
    alphabet="组织推进夜市3000元每户补助12条2024年底前，；：、（）“”\n ", min_size=1, max_size=60
)


@settings(max_examples=150)
@given(
    clauses=st.lists(CLAUSE, min_size=1, max_size=8),
    question=st.sampled_from(
        ["补助多少钱", "什么时候", "有哪些条件", "怎么推进", "联系电话", "组长是谁", "哪个部门"]
    ),
    headings=st.lists(CLAUSE, max_size=2),
)
def test_what_is_shown_stands_verbatim_in_the_quote_and_marks_run_from_one(
    clauses: list[str], question: str, headings: list[str]
) -> None:
    text = "\n".join(headings) + "\n" + "。".join(clauses)
    if not any(c.isalnum() for c in text):
        return
    of = passage(text, display=text.replace("补", "補"), headings=headings)
    found = [
        evidence(of, clause, score=2 - i / 10)
        for i, clause in enumerate(c for c in clauses if c.strip())
    ]
    if not found:
        return
    composed = compose(analyse(question), NOWHERE, found, SIZES)
    lines = composed.text.split("\n")
    assert [c.n for c in composed.citations] == list(range(1, len(lines) + 1))
    for line, citation in zip(lines, composed.citations, strict=True):
        assert line.endswith(f"[{citation.n}]")
        words = line.removesuffix(f"[{citation.n}]")
        words = re.sub(r"^（.*?）(?=.)", "", words) if question == "哪个部门" else words
        assert citation.quote == of.display[citation.start : citation.end]
        quote = citation.quote.replace("\n", " ")
        assert words in quote or question == "哪个部门"
    # A list is whole, wherever it is asked for or a colon announces it.
    room = SIZES.whole_list if "哪些" in question or "：" in text else SIZES.longest
    assert sum(len(line) for line in lines) <= max(room, len(clauses[0])) + 130
