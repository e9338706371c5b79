"""Metadata of what somebody saved with a head of his own, of reports, and of pages."""

from __future__ import annotations

import pytest

from corpus.document import Metadata
from corpus.raw import LineKind
from tests.corpus.conftest import LoadText

BODY = "各街道要把整治任务落到实处，明确完成时限，压实工作责任，确保群众满意，按月报送进展。"
HEAD = "标题：{}\n发文单位：霖川市人民政府\n发文时间：{}\n来源URL：http://x.cn/1\n\n正文：\n\n"
SPEECH = f"各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n一、工作回顾\n{BODY}"
MEETING = "在霖川市第十四届人民代表大会第五次会议上"


def metadata_of(load_text: LoadText, text: str) -> Metadata:
    return load_text(text).documents[0].metadata


@pytest.mark.parametrize(
    "subtitle",
    [
        f"——2026年1月26日{MEETING}",
        f"（2026年1月26日{MEETING}）",
        f"二〇二六年一月二十六日{MEETING}",
        f"——{MEETING}\n霖川市市长 张三\n（2026年1月26日）",
        f"——2026年1月26日{MEETING[:12]}\n{MEETING[12:]}",
    ],
)
def test_a_report_is_dated_by_its_meeting(load_text: LoadText, subtitle: str) -> None:
    text = f"政府工作报告\n{subtitle}\n2026-02-10 09:45:30\n{SPEECH}"
    m = metadata_of(load_text, text)
    assert (m.title, m.doc_type) == ("政府工作报告", "政府工作报告")
    assert (m.date, m.date_kind) == ("2026-01-26", "delivered")
    assert (m.issuer, m.region) == ("霖川市人民政府", "霖川市")


def test_a_label_gives_the_title_where_the_text_has_none(load_text: LoadText) -> None:
    text = HEAD.format("2018年霖川市政府工作报告", "未知") + f"2019年1月14日{MEETING}\n{SPEECH}"
    m = metadata_of(load_text, text)
    assert (m.title, m.date, m.year) == ("2018年霖川市政府工作报告", "2019-01-14", "2019")


def test_the_texts_own_title_goes_before_another_documents_head(load_text: LoadText) -> None:
    own = f"夯实基础 提速发展\n——{MEETING}的政府工作报告\n（2007年1月30日）\n{SPEECH}"
    head = HEAD.format("霖川市第四次会议政府工作报告", "2006-02-15")
    m = metadata_of(load_text, head + own)
    assert m.title == f"夯实基础 提速发展——{MEETING}的政府工作报告"
    assert (m.date, m.date_kind) == ("2007-01-30", "delivered")


def test_a_newspapers_story_in_a_reports_head_is_news(load_text: LoadText) -> None:
    head = HEAD.format("霖川市2023年政府工作报告", "2023-01-14")
    story = (
        f"【聚焦两会】霖川市第十八届人民代表大会隆重开幕\n1月12日上午，大会隆重开幕。{BODY}\n{BODY}"
    )
    m = metadata_of(load_text, head + story)
    assert (m.title, m.doc_type) == ("霖川市第十八届人民代表大会隆重开幕", "新闻报道")


def test_the_year_of_a_day_in_a_story_is_that_of_its_page(load_text: LoadText) -> None:
    text = (
        "张三在市十六届人大七次会议上的政府工作报告（摘登）\n添加时间2026/2/12 15:20:47\n"
        f"2月4日，市长张三在市十六届人大七次会议上作政府工作报告。{BODY}\n{BODY}"
    )
    m = metadata_of(load_text, text)
    assert (m.date, m.date_kind, m.doc_type) == ("2026-02-04", "delivered", "政府工作报告")


def test_the_title_once_more_in_full_names_issuer_and_day(load_text: LoadText) -> None:
    text = (
        "# 关于加快农业现代化的意见\n发布日期：2021年2月21日\n\n"
        f"中共中央 国务院\n关于加快农业现代化的意见\n（2021年1月4日）\n{BODY}\n{BODY}"
    )
    m = metadata_of(load_text, text)
    assert (m.issuer, m.date, m.region) == ("中共中央 国务院", "2021-01-04", "全国")


@pytest.mark.parametrize(
    "signed",
    [
        "霖川市民政局 霖川市财政局 霖川市教育局",
        "霖川市民政局霖川市财政局霖川市教育局",
        "霖川市民政局　　霖川市财政局\n霖川市教育局",
        "霖川市民政局\n霖川市财政局\n霖川市教育局",
    ],
)
def test_all_who_sign_issue_it(load_text: LoadText, signed: str) -> None:
    text = f"关于优化养老服务的通知\n各区民政局：\n{BODY}\n一、总体要求\n{BODY}\n{signed}\n2024年6月8日"
    assert metadata_of(load_text, text).issuer == "霖川市民政局 霖川市财政局 霖川市教育局"


@pytest.mark.parametrize("bodies", [["民政局", "财政局", "教育局", "公安局", "水利局", "商务局"]])
def test_six_may_sign(load_text: LoadText, bodies: list[str]) -> None:
    names = [f"霖川市{body}" for body in bodies]
    text = "关于优化养老服务的通知\n各区民政局：\n" + "\n".join([BODY, *names, "2024年6月8日"])
    assert metadata_of(load_text, text).issuer == " ".join(names)


def test_an_order_has_its_number_in_two_lines_and_its_day(load_text: LoadText) -> None:
    text = (
        "霖川市老年人优待办法\n霖川市人民政府令\n第179号\n"
        "《霖川市老年人优待办法》已经2021年1月8日市政府常务会议通过，现予公布，自2021年5月1日起施行。\n"
        f"市长：张三\n2021年1月29日\n第一条 {BODY}\n第二条 本办法自2021年5月1日起施行。"
    )
    document = load_text(text).documents[0]
    m = document.metadata
    assert (m.number, m.issuer) == ("霖川市人民政府令第179号", "霖川市人民政府")
    assert (m.date, m.date_kind) == ("2021-01-29", "promulgated")
    assert ("2021-05-01", "effective") in [(d.value, d.kind) for d in document.dates]


def test_brackets_below_a_title_keep_each_day_with_its_deed(load_text: LoadText) -> None:
    deeds = "（2021年4月14日市政府第131次常务会议通过 2021年7月27日市政府令第7号公布 自2022年3月1日起施行）"
    document = load_text(f"霖川市停车管理条例\n{deeds}\n第一条 {BODY}\n第二条 {BODY}").documents[0]
    assert [(d.value, d.kind) for d in document.dates] == [
        ("2021-07-27", "promulgated"),
        ("2021-04-14", "adopted"),
        ("2022-03-01", "effective"),
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("怎么申领社会保障卡？", "问答"),
        ("积分入户工作热点13问", "问答"),
        ("失业保险常见问题解答", "常见问题"),
        ("问答实录：《停车办法》有关情况", "问答实录"),
        ("霖川市第三次会议隆重开幕", "新闻报道"),
        ("停车新规1月1日起实施", "新闻报道"),
    ],
)
def test_pages_have_kinds_of_their_own(load_text: LoadText, title: str, kind: str) -> None:
    lines = [(LineKind.TITLE, title), BODY, BODY]
    assert load_text(lines, reliable=True).documents[0].metadata.doc_type == kind


def test_a_page_that_explains_a_service_is_a_guide(load_text: LoadText) -> None:
    text = f"本月起，这笔钱直接发放！\n\n{BODY}\n一、办理材料\n{BODY}\n二、办理步骤\n{BODY}"
    assert metadata_of(load_text, text).doc_type == "办事指引"


def test_a_list_of_others_has_no_issuer_number_or_day(load_text: LoadText) -> None:
    rows = [f"关于第{i}号停车管理事项的公告[ 2025-01-1{i} ]" for i in range(1, 9)]
    lines = [(LineKind.TITLE, "仲裁公告"), *rows]
    m = load_text(lines, reliable=True).documents[0].metadata
    assert (m.doc_type, m.date, m.issuer, m.number) == ("目录页", "", "", "")


def test_a_national_bodys_local_office_is_of_its_place(load_text: LoadText) -> None:
    text = f"关于申报的通知\n各区：\n{BODY}\n{{}}\n2024年6月8日"
    local = metadata_of(load_text, text.format("国家税务总局沈阳市税务局"))
    assert local.region == "辽宁省沈阳市"
    assert metadata_of(load_text, text.format("国家税务总局")).region == "全国"
