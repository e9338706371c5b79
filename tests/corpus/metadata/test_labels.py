"""What labels and a file's format say of a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Document
from corpus.load import clean
from corpus.metadata.labels import read_labels
from corpus.raw import Declared, DeclaredField, LineKind, RawDocument, RawLine
from tests.corpus.conftest import LoadText

BODY = "各街道要把整治任务落到实处，明确完成时限，压实工作责任，确保群众满意，按月报送进展。"
PAGE = ("关于优化停车管理的通知", BODY, "一、总体要求", BODY)


def raw(lines: list[str], *declared: Declared) -> RawDocument:
    return RawDocument(Path("页.html"), "html", tuple(map(RawLine, lines)), True, declared=declared)


def read(lines: list[str] | tuple[str, ...], *declared: Declared) -> Document:
    return clean(raw(list(lines), *declared), "页.html").documents[0]


def said(name: str, value: str, place: str = "header table", label: str = "") -> Declared:
    return Declared(DeclaredField(name), value, place, label)


@pytest.mark.parametrize(
    ("line", "what", "value"),
    [
        ("成文日期：2024年6月8日", "written", "2024年6月8日"),
        ("**发布日期**: 2024-09-04", "published", "2024-09-04"),
        ("成 文 日 期：2024年6月8日", "written", "2024年6月8日"),
        ("发文机关 | 霖川市民政局", "issuer", "霖川市民政局"),
        ("添加时间2026/2/12 15:20", "published", "2026/2/12 15:20"),
        ("- **文件名称**：停车管理办法", "title", "停车管理办法"),
        ("检索时间：2026-02-04 21:08:10", "saved", "2026-02-04 21:08:10"),
        ("施行日期：2024年7月1日", "effective", "2024年7月1日"),
    ],
)
def test_a_labelled_line_is_read(line: str, what: str, value: str) -> None:
    (found,) = read_labels(raw([line, BODY]))
    assert (found.what, found.value, found.line) == (what, value, 1)


def test_several_labels_stand_on_one_line() -> None:
    found = read_labels(raw(["文　　号：霖民发〔2024〕9号　　成文日期：2024年6月8日", BODY]))
    assert [(x.what, x.value) for x in found] == [
        ("number", "霖民发〔2024〕9号"),
        ("written", "2024年6月8日"),
    ]


def test_a_label_alone_has_its_value_on_the_next_line() -> None:
    assert [x.value for x in read_labels(raw(["来源:", "霖川日报", BODY]))] == ["霖川日报"]


@pytest.mark.parametrize("value", ["无", "未知", "暂无", "相关部门", "——", "N/A", "不详"])
def test_a_filler_says_nothing(value: str) -> None:
    assert read_labels(raw([f"发布机构：{value}", BODY])) == ()
    assert read_labels(raw([BODY], said("issuer", value))) == ()


def test_a_label_within_the_text_is_none() -> None:
    assert read_labels(raw([BODY, "时间：2024年6月8日", *[BODY] * 20])) == ()


def test_the_days_of_labels_are_kept_with_what_they_are(load_text: LoadText) -> None:
    text = "关于优化停车管理的通知\n\n一、总体要求\n" + BODY
    document = load_text(f"{text}\n发布日期：2024-06-10 成文日期：2024年6月8日").documents[0]
    assert (document.metadata.date, document.metadata.date_kind) == ("2024-06-08", "written")
    assert [(d.value, d.kind, d.sure) for d in document.dates] == [
        ("2024-06-08", "written", True),
        ("2024-06-10", "published", False),
    ]


@pytest.mark.parametrize("year", ["二○二四", "二〇二四", "二零二四", "二O二四", "二０二四", "2024"])
def test_years_with_any_zero_are_one(load_text: LoadText, year: str) -> None:
    text = f"关于优化停车管理的通知\n\n{BODY}\n成文日期：{year}年6月8日"
    assert load_text(text).documents[0].metadata.date == "2024-06-08"


def test_a_header_table_gives_number_issuer_and_day() -> None:
    found = read(
        PAGE,
        said("number", "霖民发〔2024〕9号"),
        said("issuer", "霖川市民政局"),
        said("written", "2024-06-08"),
        said("published", "2024-06-10"),
    )
    m = found.metadata
    assert (m.number, m.issuer, m.date) == ("霖民发〔2024〕9号", "霖川市民政局", "2024-06-08")
    assert (m.region, m.date_kind) == ("霖川市", "written")
    rules = {s.field: (s.rule, s.sure) for s in found.sources}
    assert rules["issuer"] == rules["number"] == ("declared", True)


def test_the_texts_own_words_go_before_a_page(load_text: LoadText) -> None:
    text = [*PAGE, "霖川市民政局", "2024年6月8日"]
    found = read(text, said("source", "霖川市大数据局"), said("published", "2024-06-10"))
    assert (found.metadata.issuer, found.metadata.date) == ("霖川市民政局", "2024-06-08")
    assert found.dates[1].kind == "published"


def test_a_source_that_is_a_body_is_likely_the_issuer() -> None:
    found = read(PAGE, said("source", "霖川市民政局（加挂老龄办牌子）、霖川市财政局"))
    assert found.metadata.issuer == "霖川市民政局 霖川市财政局"
    assert [s.sure for s in found.sources if s.field == "issuer"] == [False]


@pytest.mark.parametrize(
    "source",
    ["霖川日报", "南方+", "本网", "霖川发布微信公众号", "霖川市人民政府门户网站", "新华社"],
)
def test_a_newspaper_or_site_is_no_issuer(source: str) -> None:
    assert read(PAGE, said("source", source)).metadata.issuer == ""


def test_a_bureaus_own_site_and_section_are_its_bureau() -> None:
    assert read(PAGE, said("source", "市民政局官网")).metadata.issuer == "市民政局"
    assert read(PAGE, said("source", "市民政局 养老服务处")).metadata.issuer == "市民政局"


def test_the_site_tells_the_region_where_nothing_else_does() -> None:
    site = said("source", "沈阳市民政局网站", "meta SiteName", "SiteName")
    found = read(("怎么申领老年卡？", BODY), site)
    assert (found.metadata.region, found.metadata.issuer) == ("辽宁省沈阳市", "")
    assert [s.sure for s in found.sources if s.field == "region"] == [False]


def test_a_line_that_is_the_declared_title_is_the_title() -> None:
    lines = ["政务公开", "本月起，这笔钱直接发放！", BODY, "一、办理材料", BODY]
    title = said("title", "本月起，这笔钱直接发放！", "meta ArticleTitle")
    assert read(lines, title).metadata.title == "本月起，这笔钱直接发放！"


def test_the_page_tag_is_a_title_only_where_there_is_no_other() -> None:
    tag = said("title", "停车办法 - 霖川市人民政府网", "title")
    assert read(PAGE, tag).metadata.title == PAGE[0]
    found = read([BODY, BODY], tag)
    assert found.metadata.title == "停车办法"
    assert [(s.rule, s.sure) for s in found.sources if s.field == "title"] == [("declared", False)]


def test_a_table_above_the_title_gives_the_number(load_text: LoadText) -> None:
    row = (LineKind.TABLE_ROW, "霖政办发〔2024〕19号 | 签发人：某某")
    lines = [row, "霖川市人民政府办公室关于规范夜间施工的通知", "各区人民政府：", BODY]
    m = load_text(lines, reliable=True).documents[0].metadata
    assert (m.title, m.number) == (lines[1], "霖政办发〔2024〕19号")


def test_a_number_in_the_body_is_not_the_documents() -> None:
    lines = [PAGE[0], f"根据霖政发〔2023〕5号，{BODY}", "附：《办法》（霖政发〔2022〕1号）"]
    assert read(lines).metadata.number == ""
