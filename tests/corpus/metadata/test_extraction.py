"""Issuer, number, kind, date and year of a text."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from corpus.document import FieldSource, Metadata
from corpus.load import LoadResult
from corpus.metadata.extraction import ReadMetadata, inherit
from corpus.metadata.kinds import find_doc_type
from tests.corpus.conftest import LoadText

BODY = "各街道要把整治任务落到实处，明确完成时限，压实工作责任，确保群众满意。"


def metadata_of(load_text: LoadText, text: str) -> Metadata:
    document = load_text(text).documents[0]
    metadata = document.metadata
    assert isinstance(metadata, Metadata)
    return metadata


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于印发夜间经济方案的通知", "通知"),
        ("养老服务工作方案（试行）", "方案"),
        ("停车管理暂行办法", "办法"),
        ("在推进会上的讲话", "讲话"),
        ("市委第一轮巡视反馈意见摘要", "巡视反馈"),
        ("第二批巡视整改情况概览", "整改情况"),
        ("关于集贸市场检查的反馈意见", "意见"),
        ("停车管理条例（征求意见稿）", "条例"),
        ("关于落实《停车管理通知》的工作情况报告", "报告"),
        ("转发《停车管理办法》", "办法"),
        ("关于稳定就业的若干措施", "措施"),
        ("霖川市出台12条措施", ""),
        ("食品抽检结果公示", "公示"),
        ("通知公告发布平台建成启用", ""),
        ("夜色温柔", ""),
    ],
)
def test_the_kind_of_document_is_the_last_word_of_its_title(title: str, kind: str) -> None:
    found = find_doc_type(title)
    assert found.value == kind


@pytest.mark.parametrize(
    ("title", "word"), [("关于印发夜间经济方案的通知", "通知"), ("市委巡视反馈摘要", "反馈")]
)
def test_the_word_that_names_the_kind_is_known(title: str, word: str) -> None:
    found = find_doc_type(title)
    assert title[found.start : found.end] == word


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
        ("财政部　税务总局\n2023年2月20日", "财政部 税务总局"),
        (
            "霖川市中级人民法院\n霖川市人民检察院\n2023年2月20日",
            "霖川市中级人民法院 霖川市人民检察院",
        ),
        ("霖川市民政局\n（2023年2月20日）", "霖川市民政局"),
        ("霖川市民政局\n2023.2.20", "霖川市民政局"),
        ("联系人：张三，电话0641-5550126霖川市民政局2023年2月20日", "霖川市民政局"),
        (
            "霖川市养老服务提升\n工作领导小组办公室\n2023年2月20日",
            "霖川市养老服务提升工作领导小组办公室",
        ),
        ("特此通告\n霖川市民政局\n2023年2月20日", "霖川市民政局"),
        ("霖川市民政局养老科（代章）2023年2月20日", "霖川市民政局养老科"),
        ("霖川市养老联动机制2023年2月20日", "霖川市养老联动机制"),
        ("会议召开时间2023年2月20日", ""),
    ],
)
def test_who_signs_issues(load_text: LoadText, sign_off: str, issuer: str) -> None:
    found = metadata_of(load_text, f"养老服务提升行动方案\n\n{BODY}\n{sign_off}")
    assert found.issuer == issuer
    assert found.date in ("2023-02-20", "")


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("霖川市民政局关于养老服务的通知", "霖川市民政局"),
        ("中共霖川市委 霖川市人民政府关于养老服务的意见", "中共霖川市委 霖川市人民政府"),
        ("霖川市民政局等5部门印发养老服务方案的通知", "霖川市民政局等5部门"),
        ("财政部关于养老服务的通知", "财政部"),
        ("霖川市公安局通告", "霖川市公安局"),
        ("霖川市疫情防控指挥部通告（第8号）", "霖川市疫情防控指挥部"),
        ("关于养老服务的通知", ""),
        ("在全市养老服务推进会关于增加床位的讲话", ""),
        ("养老服务条例", ""),
    ],
)
def test_the_title_names_the_issuer(load_text: LoadText, title: str, issuer: str) -> None:
    assert metadata_of(load_text, f"{title}\n\n{BODY}").issuer == issuer


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("霖政办发〔2024〕9号", "霖政办发〔2024〕9号"),
        ("霖政办发[2024] 9号", "霖政办发[2024]9号"),
        ("霖政办发（2024）9号", "霖政办发（2024）9号"),
        ("霖政办发【2024】第9号", "霖政办发【2024】第9号"),
        ("发文字号霖政办发〔2024〕9号", "霖政办发〔2024〕9号"),
        ("关于养老的通知霖政办发〔2024〕9号", "霖政办发〔2024〕9号"),
        ("沙岭区人民政府文件霖政办发〔2024〕9号", "霖政办发〔2024〕9号"),
        ("霖川市民政局公告2024年第4号", "霖川市民政局公告2024年第4号"),
        ("（第8号）", "第8号"),
        ("根据霖政办发〔2024〕9号", ""),
        ("《养老服务意见》（霖政发〔2023〕5号）", ""),
        ("霖政发〔2023〕5号文件", ""),
    ],
)
def test_a_number_is_the_documents_own(load_text: LoadText, line: str, number: str) -> None:
    assert metadata_of(load_text, f"养老服务提升行动方案\n{line}\n{BODY}").number == number


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("（2023年4月24日）", "2023-04-24"),
        ("（二〇二三年四月二十四日）", "2023-04-24"),
        ("（2023年4月24日霖川市第九届人民代表大会第二次会议通过）", "2023-04-24"),
        ("2023.4.24", "2023-04-24"),
        ("成文日期：2023-04-24", "2023-04-24"),
        ("截至2023年4月24日", ""),
        ("自2023年4月24日起施行", ""),
    ],
)
def test_a_line_that_is_little_more_than_a_date_dates_the_text(
    load_text: LoadText, line: str, date: str
) -> None:
    assert metadata_of(load_text, f"养老服务提升行动方案\n{line}\n{BODY}").date == date


def test_without_a_sign_off_the_printing_date_counts(load_text: LoadText) -> None:
    text = f"养老服务提升行动方案\n\n{BODY}\n霖川市民政局办公室　2023年4月24日印发"
    assert metadata_of(load_text, text).date == "2023-04-24"


def test_a_masked_date_of_a_sign_off_is_no_name(load_text: LoadText) -> None:
    found = metadata_of(load_text, f"养老服务提升行动方案\n\n{BODY}\n霖川市民政局\n20xx年x月x日")
    assert (found.issuer, found.date) == ("霖川市民政局", "")


def test_bodies_above_the_title_issue_it_too(load_text: LoadText) -> None:
    text = f"霖川市教育局\n霖川市财政局\n霖川市民政局关于养老服务的通知\n\n{BODY}"
    assert metadata_of(load_text, text).issuer == "霖川市教育局 霖川市财政局 霖川市民政局"


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


def test_the_year_is_that_of_issue_not_the_titles(load_text: LoadText) -> None:
    text = f"关于2023年度满意度测评情况的通报\n\n{BODY}\n霖川市政务服务局\n2024年1月30日"
    found = metadata_of(load_text, text)
    assert (found.year, found.date) == ("2024", "2024-01-30")


def test_a_numbered_heading_that_ends_like_a_body_issues_nothing(load_text: LoadText) -> None:
    text = f"整改情况概览\n\n{BODY}\n一、市图书馆党委\n{BODY}\n问题：{BODY}"
    assert metadata_of(load_text, text).issuer == ""


def test_what_the_text_does_not_say_stays_empty(load_text: LoadText) -> None:
    assert metadata_of(load_text, f"{BODY}{BODY}") == Metadata()


def test_an_article_inherits_what_its_bulletin_says() -> None:
    bulletin = Metadata("简报", "霖川市文明办", "", "简报", "2023-08-14", "2023", "霖川市")
    article = Metadata(title="云埠县：小板凳大作用", region="云埠县")
    title = FieldSource("title", "title", 0, 0, 11)
    own = inherit(ReadMetadata(article, (title,)), bulletin)
    assert (own.metadata.title, own.metadata.region) == ("云埠县：小板凳大作用", "云埠县")
    assert (own.metadata.issuer, own.metadata.date) == ("霖川市文明办", "2023-08-14")
    assert own.sources == (
        title,
        *(FieldSource(name, "bulletin") for name in ("issuer", "doc_type", "date", "year")),
    )


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
