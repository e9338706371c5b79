"""Plain text and Markdown files."""

from __future__ import annotations

import pytest

from corpus.raw import LineKind
from corpus.readers.markdown import strip_inline_marks

TITLE, HEADING, TEXT, ROW = LineKind.TITLE, LineKind.HEADING, LineKind.TEXT, LineKind.TABLE_ROW


def test_a_text_file_keeps_its_lines_and_indents_and_blank_lines(read) -> None:
    document = read("a.txt", "工作方案\n\n　　一、指导思想\r\n以**为指导\n")
    assert [line.text for line in document.lines] == [
        "工作方案",
        "",
        "　　一、指导思想",
        "以**为指导",
    ]
    assert (document.format, document.paragraphs_reliable) == ("txt", False)
    assert document.encoding == "utf-8"
    assert all(line.page is None and line.kind is TEXT for line in document.lines)


def test_markdown_headings_become_title_and_levels(read, shape) -> None:
    document = read("a.md", "# 管理办法\n## 第一章 总则\n第一条 内容。\n### 细则 ###\n# 附件\n")
    assert shape(document) == [
        (TITLE, 0, "管理办法"),
        (HEADING, 2, "第一章 总则"),
        (TEXT, 0, "第一条 内容。"),
        (HEADING, 3, "细则"),
        (HEADING, 1, "附件"),
    ]
    assert (document.format, document.paragraphs_reliable) == ("md", True)


def test_underlined_headings_and_headings_without_a_space_are_headings(read, shape) -> None:
    document = read("a.md", "工作方案\n===\n一、目标\n---\n##二、任务\n")
    assert shape(document) == [
        (TITLE, 0, "工作方案"),
        (HEADING, 2, "一、目标"),
        (HEADING, 2, "二、任务"),
    ]


def test_front_matter_gives_the_title_and_is_dropped(read, shape) -> None:
    document = read(
        "a.md", "---\ntitle: '关于测试的通知'\ndate: 2024\n---\n# 关于测试的通知\n正文。\n"
    )
    assert shape(document) == [(TITLE, 0, "关于测试的通知"), (TEXT, 0, "正文。")]


def test_wrapped_lines_are_joined_without_a_space_between_chinese_characters(read) -> None:
    first = "为巩固和提高我街创建工作水平，推动我街创建工作步入常态化、制"
    document = read(
        "a.md", f"{first}\n度化、精准化轨道，全面实现创建全国文明城市目标，制定本方案。\n"
    )
    assert [line.text for line in document.lines] == [
        f"{first}度化、精准化轨道，全面实现创建全国文明城市目标，制定本方案。"
    ]


def test_short_lines_without_blank_lines_between_them_stay_apart(read) -> None:
    lines = ["一、总体要求", "坚持以人民为中心。", "某某市人民政府", "2024年3月18日"]
    assert [line.text for line in read("a.md", "\n".join(lines)).lines] == lines


def test_list_items_are_lines_and_take_in_their_indented_continuation(read) -> None:
    document = read("a.md", "- 压实**责任**\n  层层落实\n* [x] 细化措施\n1. 建立台账\n2、公开\n")
    assert [line.text for line in document.lines] == [
        "压实责任层层落实",
        "细化措施",
        "1. 建立台账",
        "2、公开",
    ]


def test_table_rows_are_records_under_the_heads(read, shape) -> None:
    document = read(
        "a.md", "| 单位 | 责任人 |\n|:--|--:|\n| 城管局 | 张三\\|李四 |\n| 住建局 | |\n"
    )
    assert shape(document) == [
        (ROW, 0, "单位：城管局；责任人：张三|李四"),
        (ROW, 0, "单位：住建局"),
    ]


def test_comments_rules_and_fences_are_dropped_but_code_is_kept(read) -> None:
    document = read("a.md", "正文<!-- 注\n释 -->。\n\n***\n```\n# 代码\n```\n[1]: http://a.b\n")
    assert [line.text for line in document.lines] == ["正文。", "# 代码"]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("见**附件**与*说明*和`代码`", "见附件与说明和代码"),
        ("[名单](http://a.b/c(1).html)及![图](x.png)", "名单及图"),
        ("***重要***__通知__~~作废~~", "重要通知"),
        ("2*3*4、a_b_c、\\*原样\\*", "2*3*4、a_b_c、*原样*"),
        ("中共**市委和**县委", "中共**市委和**县委"),
        ("小于<5%，见<b>粗体</b>", "小于<5%，见粗体"),
    ],
)
def test_inline_marks_go_and_what_only_looks_like_marks_stays(marked: str, plain: str) -> None:
    assert strip_inline_marks(marked) == plain


@pytest.mark.parametrize("unit", ["**a", "[a", "`", "***a ", "<a ", "![a](", "~~a ", "|", "_a"])
def test_a_line_of_nothing_but_marks_is_read_quickly(read, unit: str) -> None:
    read("a.md", "文字" + unit * 5000)


def test_a_markdown_table_with_two_heads_of_html_is_read(read, shape) -> None:
    text = (
        "# 收费标准\n\n<table>\n<tr><th>项目</th><th>元</th></tr>\n"
        "<tr><td>学费</td><td>350</td></tr>\n</table>\n\n自即日起执行。\n"
    )
    assert shape(read("a.md", text))[1:] == [
        (ROW, 0, "项目：学费；元：350"),
        (TEXT, 0, "自即日起执行。"),
    ]


def test_footnotes_follow_the_line_that_refers_to_them(read) -> None:
    text = (
        "# 公报\n\n常住人口352[^1]万人，面积35m<sup>2</sup>。\n\n产值860$^{[2]}$亿元。\n\n"
        "[^1]: 为年末数。\n    含外来人口。\n[2] 按现价计算。\n"
    )
    lines = [line.text for line in read("a.md", text).lines]
    assert lines == [
        "公报",
        "常住人口352万人，面积35m²。",
        "注1：为年末数。含外来人口。",
        "产值860亿元。",
        "注2：按现价计算。",
    ]


def test_powers_written_between_carets_stay_powers(read) -> None:
    assert read("a.md", "流量3×10^6^立方米。\n").lines[0].text == "流量3×10⁶立方米。"


def test_struck_out_text_of_markdown_is_left_out(read) -> None:
    assert read("a.md", "票价~~5元~~6元，<del>另收1元</del>。\n").lines[0].text == "票价6元，。"


def test_a_header_table_of_markdown_is_declared(read) -> None:
    text = (
        "# 关于养老的通知\n\n| 索引号 | 0001 | 发布机构 | 市民政局 |\n|---|---|---|---|\n"
        "| 文号 | 江民发〔2024〕7号 | 成文日期 | 2024年3月5日 |\n\n各区人民政府：\n"
    )
    document = read("a.md", text)
    assert [line.text for line in document.lines] == ["关于养老的通知", "各区人民政府："]
    assert {(one.label, one.value) for one in document.declared} == {
        ("索引号", "0001"),
        ("发布机构", "市民政局"),
        ("文号", "江民发〔2024〕7号"),
        ("成文日期", "2024年3月5日"),
    }


def test_front_matter_is_declared(read) -> None:
    text = (
        "---\ntitle: 关于养老的通知\ndate: 2024-03-08\n发布机构：市民政局\n---\n各区：\n请执行。\n"
    )
    document = read("a.md", text)
    assert [(one.field.value, one.value) for one in document.declared] == [
        ("title", "关于养老的通知"),
        ("published", "2024-03-08"),
        ("issuer", "市民政局"),
    ]


def test_labels_over_a_text_are_lines_of_their_own(read) -> None:
    url = "http://www.example.gov.cn/zwgk/2024/03/a-very-long-address-of-a-page.html"
    text = (
        f"# 通知\n\n**原文链接**: [{url}]({url})\n**检索时间**: 2026-02-04 21:08:10\n\n正文在此。\n"
    )
    lines = [line.text for line in read("a.md", text).lines]
    assert lines == ["通知", f"原文链接: {url}", "检索时间: 2026-02-04 21:08:10", "正文在此。"]


def test_the_caption_above_a_markdown_table_belongs_to_it(read) -> None:
    text = "# 公报\n\n表2 财政收入\n\n单位：万元\n\n|年|收入|\n|-|-|\n|2023|1200|\n\n其他情况。\n"
    lines = read("a.md", text).lines
    assert [(x.kind, x.text) for x in lines[1:]] == [
        (LineKind.CAPTION, "表2 财政收入"),
        (LineKind.CAPTION, "单位：万元"),
        (ROW, "年：2023；收入：1200"),
        (TEXT, "其他情况。"),
    ]
