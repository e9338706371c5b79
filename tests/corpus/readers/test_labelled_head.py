"""Heads of labels over a document: what is one, and what only looks like one."""

from __future__ import annotations

import pytest

from corpus.raw import RawLine
from corpus.readers.labelled_head import Pair, head_lines, pairs_of, table_pairs


def head_of(text: str) -> list[int]:
    return sorted(head_lines([RawLine(line) for line in text.split("\n")]))


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        ("发布日期: 2024-09-04", [Pair("发布日期", "2024-09-04")]),
        ("文　　号：江发〔2024〕7号", [Pair("文　　号", "江发〔2024〕7号")]),
        (
            "发布日期：2021-07-30来源：国家法律法规数据库字体大小：大中小",
            [
                Pair("发布日期", "2021-07-30"),
                Pair("来源", "国家法律法规数据库"),
                Pair("字体大小", "大中小"),
            ],
        ),
        ("【发布机构】：市民政局", []),
        ("资金来源：市级财政安排200万元。", []),
        ("本办法所称发布机构：市民政局", []),
        ("各区人民政府：", []),
    ],
)
def test_a_line_of_labels_and_values(line: str, pairs: list[Pair]) -> None:
    assert pairs_of(line) == pairs


def test_a_head_ends_where_the_text_begins() -> None:
    text = (
        "发文单位：江源市人民政府\n发文时间：2024-01-08\n来源URL：http://a.b/c\n正文：\n"
        "江源市人民政府工作报告\n各位代表：现在报告工作，请予审议。\n发布日期：2024-01-09"
    )
    assert head_of(text) == [1, 2, 3, 4]


def test_a_value_may_stand_on_the_line_below() -> None:
    text = "关于养老的通知\n来源:\n江源日报\n发布时间：\n2024-02-10 07:41\n各区人民政府：\n现通知如下。"
    assert head_of(text) == [2, 3, 4, 5]


@pytest.mark.parametrize(
    "text",
    [
        "会议通知\n时间：5月8日9时\n地点：市政府一楼\n请准时参加。",
        "名称：江源市养老中心\n主题：开放日\n欢迎参加。",
        "关于检查的通知\n各部门负责风险排查。\n成文日期：2024年6月8日",
    ],
)
def test_labels_that_documents_have_make_no_head(text: str) -> None:
    assert head_of(text) == []


def test_a_table_of_documents_is_no_header_table() -> None:
    assert table_pairs([["标题", "文号", "发布日期"], ["甲", "江发1号", "2020-01-02"]]) == []
    assert table_pairs([["单位", "电话"], ["民政局", "123"]]) == []


def test_a_long_line_of_labels_is_read_in_no_time() -> None:
    assert pairs_of("来源：" * 100_000) == []
    assert pairs_of("发 " * 50_000) == []
