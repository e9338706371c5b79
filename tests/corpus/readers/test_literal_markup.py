"""Markup that stands in text files as characters."""

from __future__ import annotations

import re

import pytest

from corpus.raw import LineKind
from corpus.readers.literal_markup import decode_entities, plain_lines


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("损失率5.7&nbsp;%", ["损失率5.7 %"]),
        ("小于&lt;5%，&ldquo;十四五&rdquo;", ["小于<5%，“十四五”"]),
        ("甲&amp;nbsp;乙&#12288;丙", ["甲 乙 丙"]),
        (r"第一条 总则。\r\n第二条 范围。", ["第一条 总则。", "第二条 范围。"]),
        (r"一、总则。\n二、范围。", ["一、总则。", "二、范围。"]),
        ("第一条<br>第二条<br/>第三条", ["第一条", "第二条", "第三条"]),
        ("面积35m<sup>2</sup>，人口352<sup>[1]</sup>万人", ["面积35m²，人口352万人"]),
        ("票价<del>5元</del>6元", ["票价6元"]),
        ('<span style="color:red">水价</span>为<strong>2.8</strong>元', ["水价为2.8元"]),
    ],
)
def test_literal_markup_is_decoded(written: str, lines: list[str]) -> None:
    assert [line.text for line in plain_lines(written) if line.text] == lines


@pytest.mark.parametrize(
    "text",
    [
        "若a<b且c>d，取5&6",
        r"路径 C:\new\readme",
        "AT&T公司；R&D经费",
        "温度<5℃，湿度>60%",
        "标签 <b> 表示加粗",
        "&1;与&x;",
    ],
)
def test_what_only_looks_like_markup_stays(text: str) -> None:
    assert [line.text for line in plain_lines(text)] == [text]


def test_paragraphs_written_in_html_become_lines() -> None:
    lines = [
        x.text for x in plain_lines("<p>第一段。</p><p>第二段12<b>3</b>。</p>\n末行") if x.text
    ]
    assert lines == ["第一段。", "第二段123。", "末行"]


def test_a_table_written_in_html_becomes_rows() -> None:
    text = "见下表\n<table><tr><th>县</th><th>户</th></tr><tr><td>甲县</td><td>12</td></tr></table>\n完"
    lines = [line for line in plain_lines(text) if line.text]
    assert [line.text for line in lines] == ["见下表", "县：甲县；户：12", "完"]
    assert lines[1].kind is LineKind.TABLE_ROW


def test_cells_of_an_unfinished_table_do_not_join_their_figures() -> None:
    text = "".join(line.text for line in plain_lines("<table><tr><td>12</td><td>34</td>"))
    assert re.findall(r"\d+", text) == ["12", "34"]


@pytest.mark.parametrize("piece", ["&", "<", "<p", "<table>", "\\r", "<sup>1", "&nbsp", "<!--"])
@pytest.mark.timeout(60)
def test_a_hundred_thousand_characters_of_markup_take_no_time(piece: str) -> None:
    count = sum(len(line.text) for line in plain_lines(piece * (100_000 // len(piece))))
    assert count >= 0
    assert decode_entities("&" * 1000) == "&" * 1000
