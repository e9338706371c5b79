"""Titles, meta tags, header tables, and what of a site is not the document."""

from __future__ import annotations

import pytest

from corpus.raw import DeclaredField as Field
from corpus.raw import LineKind

BODY = (
    "<p>各区人民政府：</p><p>现将有关事项通知如下，请遵照执行。</p>"
    "<p>一、提高补贴标准，自下月起执行。</p><p>二、加强资金管理，确保专款专用。</p>"
    "<p>江源市民政局</p><p>2024年3月5日</p>"
)
LINES = [
    "各区人民政府：",
    "现将有关事项通知如下，请遵照执行。",
    "一、提高补贴标准，自下月起执行。",
    "二、加强资金管理，确保专款专用。",
    "江源市民政局",
    "2024年3月5日",
]
TITLE = "江源市民政局关于提高补贴标准的通知"


def said(document) -> dict[Field, list[str]]:
    found: dict[Field, list[str]] = {}
    for one in document.declared:
        found.setdefault(one.field, []).append(one.value)
    return found


@pytest.mark.parametrize(
    "head",
    [
        f'<meta name="ArticleTitle" content="{TITLE}"><title>通知公告 - 江源市政府网</title>',
        f'<meta property="og:title" content="{TITLE}"><title>江源市政府网</title>',
        f'<meta name="SiteName" content="江源市民政局网站"><title>江源市民政局网站-{TITLE}</title>',
        f"<title>{TITLE}_通知公告_江源市人民政府门户网站</title>",
        f"<title> {TITLE} - 江源市人民政府门户网站 </title>",
    ],
)
def test_the_title_is_the_documents_and_not_the_sites(read, head: str) -> None:
    document = read("a.html", f"<head>{head}</head><body>{BODY}</body>")
    assert (document.lines[0].kind, document.lines[0].text) == (LineKind.TITLE, TITLE)


def test_meta_tags_are_declared_by_what_they_mean(read) -> None:
    head = (
        f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2024-03-08 09:00">'
        '<meta name="ContentSource" content="市民政局"><meta name="SiteName" content="江源市政府网">'
        '<meta name="ColumnName" content="通知公告"><meta name="viewport" content="width=1">'
    )
    found = said(read("a.html", f"<head>{head}</head><body>{BODY}</body>"))
    assert found[Field.TITLE] == [TITLE]
    assert found[Field.PUBLISHED] == ["2024-03-08 09:00"]
    assert found[Field.SOURCE] == ["市民政局", "江源市政府网"]
    assert found[Field.OTHER] == ["通知公告"]


TABLE = (
    "<table><tr><td>索 引 号：</td><td>0001-2024</td><td>主题分类：</td><td>民政</td></tr>"
    "<tr><td>发文机关：</td><td>江源市民政局</td><td>成文日期：</td><td>2024年3月5日</td></tr>"
    "<tr><td>发文字号：</td><td>江民发〔2024〕7号</td><td>有 效 性：</td><td>有效</td></tr></table>"
)
CELLS = TABLE.replace("：</td><td>", "：")
LIST = (
    "<ul><li><b>索引号：</b><span>0001-2024</span></li><li><b>发文机关：</b>江源市民政局</li>"
    "<li><b>成文日期：</b>2024年3月5日</li><li><b>文　　号：</b>江民发〔2024〕7号</li></ul>"
)
TERMS = (
    "<dl><dt>索引号</dt><dd>0001-2024</dd><dt>发文机关</dt><dd>江源市民政局</dd>"
    "<dt>成文日期</dt><dd>2024年3月5日</dd><dt>文号</dt><dd>江民发〔2024〕7号</dd></dl>"
)
SPANS = (
    "<div><span>索引号：0001-2024</span><span>发文机关：江源市民政局</span>"
    "<span>成文日期：2024年3月5日</span><span>文号：江民发〔2024〕7号</span></div>"
)


@pytest.mark.parametrize("head", [TABLE, CELLS, LIST, TERMS, SPANS])
def test_a_header_table_is_declared_and_is_no_part_of_the_text(read, head: str) -> None:
    document = read("a.html", f"<body>{head}<h1>{TITLE}</h1><div>{BODY}</div></body>")
    assert [line.text for line in document.lines] == [TITLE, *LINES]
    found = said(document)
    assert found[Field.ISSUER] == ["江源市民政局"]
    assert found[Field.WRITTEN] == ["2024年3月5日"]
    assert found[Field.NUMBER] == ["江民发〔2024〕7号"]
    assert "0001-2024" in found[Field.OTHER]


def test_the_line_under_the_title_is_declared(read) -> None:
    line = "<div>发布时间：2024-03-08 09:00 　来源：市民政局　字体：大 中 小　浏览次数：12</div>"
    document = read("a.html", f"<h1>{TITLE}</h1>{line}<div>{BODY}</div>")
    assert [x.text for x in document.lines] == [TITLE, *LINES]
    assert said(document)[Field.PUBLISHED] == ["2024-03-08 09:00"]
    assert said(document)[Field.SOURCE] == ["市民政局"]


def test_a_list_of_documents_with_such_columns_stays_a_table(read) -> None:
    page = (
        "<h1>现行文件目录</h1><p>下列文件继续有效。</p><table>"
        "<tr><th>标题</th><th>文号</th><th>发布日期</th></tr>"
        "<tr><td>关于甲的通知</td><td>江发〔2020〕1号</td><td>2020-01-02</td></tr>"
        "<tr><td>关于乙的通知</td><td>江发〔2021〕2号</td><td>2021-03-04</td></tr></table>"
    )
    document = read("a.html", page)
    assert sum(line.kind is LineKind.TABLE_ROW for line in document.lines) == 2
    assert Field.NUMBER not in said(document)


def test_a_meeting_notice_keeps_its_time_and_place(read) -> None:
    page = "<h1>会议通知</h1><p>时间：2024年3月5日9时</p><p>地点：市政府一楼</p><p>请准时参加。</p>"
    assert [line.text for line in read("a.html", page).lines] == [
        "会议通知",
        "时间：2024年3月5日9时",
        "地点：市政府一楼",
        "请准时参加。",
    ]


def test_blocks_of_links_around_the_text_are_left_out(read) -> None:
    page = (
        '<body><div><a href="/">首页</a><a href="/a">要闻</a><a href="/b">公开</a></div>'
        f'<h1>{TITLE}</h1><div class="text">{BODY}</div>'
        '<div><h3>大家还看</h3><ul><li><a href="1">全市防汛演练举行</a></li>'
        '<li><a href="2">关于召开会议的通知</a></li></ul></div></body>'
    )
    assert [line.text for line in read("a.html", page).lines] == [TITLE, *LINES]


def test_links_to_the_documents_attachments_stay(read) -> None:
    page = (
        f'<h1>{TITLE}</h1><div>{BODY}</div><div><a href="/f/1.doc">附件：补贴标准表.doc</a></div>'
    )
    assert read("a.html", page).lines[-1].text == "附件：补贴标准表.doc"


def test_a_page_of_links_alone_is_still_read(read) -> None:
    items = "".join(f'<li><a href="{i}">关于第{i}项工作的通知</a></li>' for i in range(9))
    document = read("a.html", f"<title>通知公告</title><ul>{items}</ul>")
    assert len(document.lines) == 10
