"""Torn sentences are joined; headings stay apart from their text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given

from corpus.cleaning.line_breaks import join_broken_lines, printed_width, word_across
from corpus.cleaning.report import Tally
from corpus.document import Document
from corpus.raw import LineKind
from corpus.structure.lines import Line
from tests.corpus.conftest import MakeLines
from tests.corpus.strategies import texts


def joined(lines: list[Line]) -> list[str]:
    return [line.text for line in join_broken_lines(lines, Tally())]


@pytest.mark.parametrize(
    ("tail", "head"),
    [
        ("各区要认真落实网格化管理要求，把责任压实到每一名网格员，", "做到每日巡查、当日上报。"),
        (
            "会议听取了全市老旧小区改造工作进展情况的汇报，研究了下一阶段工作要",
            "求，强调要加快进度。",
        ),
        ("全年累计投入资金", "》，新建改建道路。"),
        ("市政府印发了《霖川市促进夜间经济", "发展若干措施》，安排专项资金。"),
        ("针对“窗口排队时间长", "”问题，增开窗口六个。"),
        ("三是", "对沿河排口逐一开展溯源，完成整治。"),
    ],
)
def test_a_torn_sentence_is_joined(make_lines: MakeLines, tail: str, head: str) -> None:
    assert joined(make_lines(f"{tail}\n\n{head}")) == [tail + head]


@pytest.mark.parametrize(
    ("tail", "head"),
    [
        ("巡察云埠县发现的主要问题", "学习贯彻上级决策部署不够深入，抓落实的力度还不大。"),
        ("三、市图书馆党支部", "问题：阅读推广活动形式单一，群众参与不足。"),
        ("（二）存在的短板", "一是基础设施欠账较多。"),
        ("各项任务已全部完成。", "市委将继续抓好后续工作。"),
        ("组长：林清溪", "副组长：高原"),
        ("（2023年1月15日）", "按照统一部署，现将有关情况通报如下。"),
        ("霖川市人民政府办公室", "2023年4月24日"),
    ],
)
def test_a_heading_or_finished_line_stays_apart(
    make_lines: MakeLines, tail: str, head: str
) -> None:
    assert joined(make_lines(f"{tail}\n{head}")) == [tail, head]


def test_a_word_across_the_break_is_seen() -> None:
    assert word_across("继续抓好老旧小区改", "造工作")
    assert not word_across("市图书馆", "加强管理")


def test_latin_words_are_joined_with_a_space(make_lines: MakeLines) -> None:
    assert joined(
        make_lines(
            "会议强调，要加快建设全市统一的公共数据开放平台，面向企业和群众提供数据服务，平台定名为Open\nData，向社会开放。"
        )
    ) == [
        "会议强调，要加快建设全市统一的公共数据开放平台，面向企业和群众提供数据服务，平台定名为Open Data，向社会开放。"
    ]


PAGE = """
关于养老服务的意见
为健全养老服务制度，更好满足老年人多样化的服务
需要，经市政府同意，提出如下意见。
一、总体要求
到二〇二五年底，全市护理型床位占比达到百分之六
十，街道养老服务机构覆盖率达到百分之六十五，社
区助餐点覆盖全部城市社区，特殊困难老年人每月探
访一次以上。
二、重点任务
面向高龄老年人和失能老年人，提供物质帮助；面向
独居老年人，提供照护服务。
三、保障措施
"""


def test_a_line_that_fills_its_page_runs_on(make_lines: MakeLines) -> None:
    lines = make_lines(PAGE)
    assert printed_width(lines) == 46
    assert joined(lines)[1:5] == [
        "为健全养老服务制度，更好满足老年人多样化的服务需要，经市政府同意，提出如下意见。",
        "一、总体要求",
        "到二〇二五年底，全市护理型床位占比达到百分之六十，街道养老服务机构覆盖率达到百分之六十五，社区助餐点覆盖全部城市社区，特殊困难老年人每月探访一次以上。",
        "二、重点任务",
    ]


def test_lines_of_many_lengths_are_paragraphs_and_have_no_page_width(
    make_lines: MakeLines,
) -> None:
    assert printed_width(make_lines("\n".join("政" * n for n in range(3, 60, 5)))) == 0


def test_what_a_format_calls_a_heading_or_row_is_never_joined() -> None:
    lines = [
        Line("坚持以人民为中心，", 1, kind=LineKind.HEADING),
        Line("统筹推进", 2),
        Line("霖川市，12", 3, kind=LineKind.TABLE_ROW),
    ]
    assert len(joined(lines)) == 3


def test_a_line_that_is_a_title_of_the_contents_begins_a_text(make_lines: MakeLines) -> None:
    lines = make_lines("新建的道路、\n关于夜间经济的汇报")
    titles = frozenset({"关于夜间经济的汇报"})
    assert len(join_broken_lines(lines, Tally(), titles)) == 2


@given(texts)
def test_joining_keeps_every_character_and_the_order_of_lines(text: list[str]) -> None:
    lines = [Line(line.strip(), i) for i, line in enumerate(text) if line.strip()]
    result = join_broken_lines(lines, Tally())
    before = re.sub(r"\s", "", "".join(line.text for line in lines))
    assert re.sub(r"\s", "", "".join(line.text for line in result)) == before
    numbers = [line.number for line in result]
    assert numbers == sorted(numbers)


def test_breaks_of_the_real_compilation_are_joined_and_its_headings_kept(
    compilation: tuple[Document, ...], dev_set: Callable[[str], list[str]]
) -> None:
    blocks = [re.sub(r"\s", "", b.text) for d in compilation for b in d.blocks]
    right = {True: [0, 0], False: [0, 0]}
    for line in dev_set("line-breaks-dev.jsonl"):
        case = json.loads(line)
        glued = re.sub(r"\s", "", case["tail"] + case["head"])
        right[case["join"]][0] += any(glued in block for block in blocks)
        right[case["join"]][1] += 1
    made, to_make = right[True]
    wrong, to_keep = right[False]
    assert (to_make, to_keep) == (39, 25)
    assert made / to_make >= 0.95
    assert wrong / to_keep <= 0.03


def test_text_without_punctuation_does_not_become_one_endless_line(make_lines: MakeLines) -> None:
    lines = make_lines("\n".join(["各街道要把整治任务落到实处并且压实工作责任，明确"] * 2000))
    joined = join_broken_lines(lines, Tally())
    assert len(joined) > 1
    assert max(len(line.text) for line in joined) < 5_100
    assert "".join(line.text for line in joined) == "".join(line.text for line in lines)
