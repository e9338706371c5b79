"""Issuer, number, kind, date and year of a text."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Metadata
from corpus.load import LoadResult
from corpus.metadata import chinese_number, doc_type_of, find_date, inherit
from tests.corpus.conftest import LoadText

BODY = "各街道要把整治任务落到实处，明确完成时限，压实工作责任，确保群众满意。"


def metadata_of(load_text: LoadText, text: str) -> Metadata:
    document = load_text(text).documents[0]
    metadata = document.metadata
    assert isinstance(metadata, Metadata)
    return metadata


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023年4月24日", "2023-04-24"),
        ("二〇二四年十二月二十一日", "2024-12-21"),
        ("二○二三年三月", "2023-03"),
        ("于2022 年 5 月 6 日印发", "2022-05-06"),
        ("2023年", "2023"),
        ("2023年13月", "2023"),
        ("20xx年5月", ""),
        ("三年行动", ""),
    ],
)
def test_dates_are_read(text: str, date: str) -> None:
    assert find_date(text) == date


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("七", 7), ("十", 10), ("十二", 12), ("二十", 20), ("三十一", 31)],
)
def test_chinese_numbers_are_read(text: str, number: int) -> None:
    assert chinese_number(text) == number


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于印发夜间经济方案的通知", "通知"),
        ("养老服务工作方案（试行）", "方案"),
        ("停车管理暂行办法", "办法"),
        ("在推进会上的讲话", "讲话"),
        ("市委第一轮巡视反馈意见摘要", "巡视反馈"),
        ("第二批巡视整改情况概览", "整改情况"),
        ("夜色温柔", ""),
    ],
)
def test_the_kind_of_document_is_the_last_word_of_its_title(title: str, kind: str) -> None:
    assert doc_type_of(title) == kind


def test_number_issuer_and_date_are_read_off_a_notice(load_text: LoadText) -> None:
    text = f"霖川市人民政府办公室关于印发夜间经济方案的通知\n霖政办发〔2024〕 9 号\n{BODY}\n霖川市人民政府办公室\n2024年2月26日"
    found = metadata_of(load_text, text)
    assert (found.issuer, found.number) == ("霖川市人民政府办公室", "霖政办发〔2024〕9号")
    assert (found.date, found.year, found.doc_type) == ("2024-02-26", "2024", "通知")


@pytest.mark.parametrize(
    ("sign_off", "issuer"),
    [
        ("中共霖川市沙岭区松涛街道工作委员会\n2023年2月20日", "中共霖川市沙岭区松涛街道工作委员会"),
        ("中共霖川市委2023年2月20日", "中共霖川市委"),
        (
            "霖川市民政局　霖川市发展和改革委员会\n霖川市财政局\n2023年2月20日",
            "霖川市民政局 霖川市发展和改革委员会 霖川市财政局",
        ),
        ("霖川市政务服务中心", "霖川市政务服务中心"),
        ("霖川市民政局\n二〇二三年二月二十日", "霖川市民政局"),
    ],
)
def test_who_signs_issues(load_text: LoadText, sign_off: str, issuer: str) -> None:
    found = metadata_of(load_text, f"养老服务提升行动方案\n\n{BODY}\n{sign_off}")
    assert found.issuer == issuer
    assert found.date in ("2023-02-20", "")


def test_a_forwarding_notice_has_its_own_issuer_and_date(load_text: LoadText) -> None:
    text = f"""霖川市人民政府办公室转发《云岭省人民政府办公厅养老服务意见》的通知

{BODY}
霖川市人民政府办公室
2023年10月12日
云岭省人民政府办公厅关于养老服务的意见
{BODY}
云岭省人民政府办公厅
2023年9月5日"""
    found = metadata_of(load_text, text)
    assert (found.issuer, found.date) == ("霖川市人民政府办公室", "2023-10-12")


def test_the_fuller_name_of_the_issuer_is_kept(load_text: LoadText) -> None:
    text = f"霖川市沙岭区文明城市创建指挥部办公室关于督查情况的通报\n\n{BODY}\n沙岭区文明城市创建指挥部办公室\n2024年6月26日"
    assert metadata_of(load_text, text).issuer == "霖川市沙岭区文明城市创建指挥部办公室"


def test_a_bulletins_masthead_names_issuer_and_date(load_text: LoadText) -> None:
    text = f"霖川市文明城市创建工作简报\n第7期\n霖川市文明委办公室编　2023年8月14日\n{BODY}"
    found = metadata_of(load_text, text)
    assert (found.issuer, found.date) == ("霖川市文明委办公室", "2023-08-14")


def test_a_date_under_the_title_counts_without_a_sign_off(load_text: LoadText) -> None:
    found = metadata_of(load_text, f"综合窗口改革情况汇报\n\n（2024年4月）\n{BODY}")
    assert (found.date, found.year) == ("2024-04", "2024")


def test_an_issue_gives_the_year_and_no_date(load_text: LoadText) -> None:
    found = metadata_of(load_text, f"流动办事车服务情况简报\n\n（2024年第5期）\n{BODY}")
    assert (found.date, found.year) == ("", "2024")


def test_the_year_of_the_title_goes_before_that_of_the_date(load_text: LoadText) -> None:
    text = f"关于2023年度满意度测评情况的通报\n\n{BODY}\n霖川市政务服务局\n2024年1月30日"
    found = metadata_of(load_text, text)
    assert (found.year, found.date) == ("2023", "2024-01-30")


def test_a_numbered_heading_that_ends_like_a_body_issues_nothing(load_text: LoadText) -> None:
    text = f"整改情况概览\n\n{BODY}\n一、市图书馆党委\n{BODY}\n问题：{BODY}"
    assert metadata_of(load_text, text).issuer == ""


def test_what_the_text_does_not_say_stays_empty(load_text: LoadText) -> None:
    assert metadata_of(load_text, f"{BODY}{BODY}") == Metadata()


def test_an_article_inherits_what_its_bulletin_says() -> None:
    bulletin = Metadata("简报", "霖川市文明办", "", "简报", "2023-08-14", "2023", "霖川市")
    own = inherit(Metadata(title="云埠县：小板凳大作用", region="云埠县"), bulletin)
    assert (own.title, own.region) == ("云埠县：小板凳大作用", "云埠县")
    assert (own.issuer, own.doc_type, own.date) == ("霖川市文明办", "简报", "2023-08-14")


def test_asked_metadata_of_real_documents_are_right(
    seeds: dict[str, LoadResult], dev_set: Callable[[str], list[str]]
) -> None:
    right: list[bool] = []
    for line in dev_set("metadata-dev.jsonl"):
        asked = json.loads(line)
        documents = seeds[asked.pop("file")[:3]].documents
        begin = asked.pop("line")
        near = min(documents, key=lambda d: abs(d.blocks[0].line - begin))
        by_title = [d for d in documents if d.metadata.title == asked["title"]]
        document = by_title[0] if by_title else near
        right += [getattr(document.metadata, key) == value for key, value in asked.items()]
    assert sum(right) / len(right) >= 0.9


@given(st.text(alphabet="二〇一三十年月日0123456789 xX至", max_size=20))
def test_a_date_is_empty_or_well_formed(text: str) -> None:
    date = find_date(text)
    assert date == "" or [len(part) for part in date.split("-")] in ([4], [4, 2], [4, 2, 2])
