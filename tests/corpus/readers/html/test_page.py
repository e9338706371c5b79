"""Web pages, among them the layouts of government sites."""

from __future__ import annotations

import pytest

from corpus.errors import UnreadableFileError
from corpus.raw import LineKind

TITLE, HEADING, TEXT, ROW = LineKind.TITLE, LineKind.HEADING, LineKind.TEXT, LineKind.TABLE_ROW

SITE_PAGE = """<html><head><meta charset="gb2312">
<title>关于印发2021-2025年规划的通知_某市人民政府</title>
<meta name="ArticleTitle" content="关于印发2021-2025年规划的通知">
<script>var a = "脚本。";</script>
</head><body><form id="aspnetForm">
<div class="header"><ul class="nav"><li><a>首页</a></li></ul></div>
<div class="breadcrumb">当前位置：<a>首页</a></div>
<table><tr><td><div>
<p>　　各县（市、区）人民政府：<br>　　现将规划印发给你们，请<b>认真</b>
贯彻执行。</p><h3>一、总体要求</h3><p>坚持以人民为中心的发展思想，改善人居环境。</p>
<table><tr><th>单位</th><th>责任人</th></tr><tr><td rowspan=2>城管局</td><td>张三</td></tr>
<tr><td>李四<br>王五</td></tr></table>
<p style="display: none">隐藏的文字不应出现在这里。</p><!-- 注释。 -->
<ul><li>第一项工作要按时完成。</li></ul></div></td></tr></table>
<div class="related"><a>相关阅读</a></div><footer>版权所有</footer></form></body></html>"""


def test_a_government_page_gives_its_document_and_nothing_of_the_site(read, shape) -> None:
    document = read("a.html", SITE_PAGE.encode("gb18030"))
    assert shape(document) == [
        (TITLE, 0, "关于印发2021-2025年规划的通知"),
        (TEXT, 0, "各县（市、区）人民政府："),
        (TEXT, 0, "现将规划印发给你们，请认真贯彻执行。"),
        (HEADING, 3, "一、总体要求"),
        (TEXT, 0, "坚持以人民为中心的发展思想，改善人居环境。"),
        (ROW, 0, "单位：城管局；责任人：张三"),
        (ROW, 0, "单位：城管局；责任人：李四 王五"),
        (TEXT, 0, "第一项工作要按时完成。"),
    ]
    assert (document.format, document.encoding) == ("html", "gb18030")
    assert document.paragraphs_reliable


def test_the_first_h1_is_the_title_even_outside_the_text_container(read, shape) -> None:
    page = "<body><h1>工作简报</h1><div><p>第一段文字。</p><p>第二段文字。</p></div></body>"
    assert shape(read("a.htm", page)) == [
        (TITLE, 0, "工作简报"),
        (TEXT, 0, "第一段文字。"),
        (TEXT, 0, "第二段文字。"),
    ]


def test_the_title_element_loses_the_name_of_the_site_but_keeps_year_ranges(read) -> None:
    page = "<title>2021-2025年发展规划 - 某市政府 | 门户</title><p>正文文字。</p>"
    assert read("a.html", page).lines[0].text == "2021-2025年发展规划"


def test_a_title_that_also_stands_in_the_body_is_not_doubled(read, shape) -> None:
    page = "<title>关于开展检查的通知</title><p>关于开展检查的通知</p><p>正文文字。</p>"
    assert shape(read("a.html", page)) == [
        (TITLE, 0, "关于开展检查的通知"),
        (TEXT, 0, "正文文字。"),
    ]


def test_text_beside_the_main_container_is_kept_when_it_is_prose(read) -> None:
    body = "".join(f"<p>第{i}段正文文字，内容相当充实。</p>" for i in range(9))
    page = f"<div><p>这是一段导语，说明文件的由来。</p><div>{body}</div></div>"
    assert read("a.html", page).lines[0].text == "这是一段导语，说明文件的由来。"


def test_an_article_header_with_the_title_is_kept(read) -> None:
    article = "<article><header><h1>实施方案</h1></header><p>正文。</p></article>"
    page = "<header>某市政府</header>" + article
    assert [line.text for line in read("a.html", page).lines] == ["实施方案", "正文。"]


def test_a_page_encoded_in_big5_and_saying_so_is_read(read) -> None:
    page = '<meta charset="big5"><h1>關於加強建設的通知</h1><p>請各單位認真貫徹執行。</p>'
    document = read("a.html", page.encode("big5"))
    assert document.encoding == "big5hkscs"
    assert document.lines[1].text == "請各單位認真貫徹執行。"


def test_deeply_nested_pages_are_read_quickly(read) -> None:
    page = "<div>" * 5000 + "正文文字。" + "</div>" * 5000
    assert read("a.html", page).lines[-1].text == "正文文字。"


def test_a_page_of_millions_of_tags_is_refused(read) -> None:
    with pytest.raises(UnreadableFileError, match="标签超过"):
        read("a.html", "<html>" + "<b>" * 500_001 + "文字")


@pytest.mark.parametrize(
    "page",
    [
        "<p>" + "甲<s>乙</s>" * 3000 + "。</p>",
        "<p>" + "甲<sup>1</sup>" * 3000 + "。</p>",
        "<table><tr><td>" * 1500 + "正文。",
        "<table><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>" * 300 + "正文。",
        "<ul>" + "<li>索引号：1</li>" * 3000 + "</ul><p>正文。</p>",
    ],
    ids=["struck", "raised", "nested", "nested data", "labels"],
)
@pytest.mark.timeout(60)
def test_thousands_of_marks_and_tables_are_read_quickly(read, page: str) -> None:
    assert read("a.html", page).lines
