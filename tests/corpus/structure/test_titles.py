"""Where a text begins and what it is called."""

from __future__ import annotations

import pytest

from corpus.document import Document
from corpus.load import LoadResult
from corpus.raw import LineKind
from corpus.structure.lines import Line
from corpus.structure.titles import is_frame, is_masthead, looks_like_title, split_texts
from tests.corpus.conftest import LoadText, MakeLines

NINE_TITLES = (
    "河南省委巡视组集中向十一届省委第二轮被巡视单位反馈巡视情况",
    "十二届天津市委第一轮巡视反馈意见摘要",
    "十一届天津市委第十轮第二批巡视整改情况概览",
    "中共朝阳市委关于省委巡视整改落实进展情况的通报",
    "中共德州市委关于十二届省委第一轮巡视集中整改进展情况的通报",
    "中共抚顺市委关于省委巡视整改落实进展情况的通报",
    "中共盘锦市委关于省委巡视整改进展情况的通报",
    "中共沈阳市委关于十三届省委第一轮巡视整改落实进展情况的通报",
    "中共营口市委关于省委巡视整改落实进展情况的通报",
)
BODY = "各街道要把整治任务落到实处，明确时限，压实责任，确保群众满意。"


@pytest.mark.parametrize(
    "text",
    [
        "霖川市关于印发夜间经济方案的通知",
        "在全市养老工作会议上的讲话",
        "沙岭区环境整治工作总结（2023年）",
    ],
)
def test_a_line_that_ends_in_a_kind_of_document_looks_like_a_title(text: str) -> None:
    assert looks_like_title(text)


@pytest.mark.parametrize(
    "text",
    [
        "一、工作总结",
        "各区要制定方案。",
        "制定下列方案：",
        "方案",
        "现将《方案》印发给你们",
        "一是制定工作方案",
    ],
)
def test_sentences_and_headings_do_not(text: str) -> None:
    assert not looks_like_title(text)


def test_number_issue_date_and_red_head_are_no_titles() -> None:
    for text in ("霖政办发〔2024〕9号", "第7期", "2024年3月", "（内部交流）", "霖川市民政局文件"):
        assert is_masthead(text), text


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("霖川市人民政府办公室\n关于印发夜间经济方案的通知", "霖川市人民政府办公室关于印发夜间经济方案的通知"),
        ("霖政办发〔2024〕9号\n霖川市夜间经济实施方案", "霖川市夜间经济实施方案"),
        ("2023年11月\n\n霖川市夜间经济实施方案", "霖川市夜间经济实施方案"),
        ("关于印发霖川市促进夜间经济发展若干措施及\n任务分工的通知", "关于印发霖川市促进夜间经济发展若干措施及任务分工的通知"),
        ("今年以来，全市夜间经济持续回暖，成效明显。", ""),
    ],
)  # fmt: skip
def test_the_title_at_the_head_of_a_file_is_found(
    load_text: LoadText, head: str, title: str
) -> None:
    (document,) = load_text(f"{head}\n\n{BODY}").documents
    assert document.metadata.title == title


def test_a_red_head_that_the_page_calls_its_title_is_not_the_title(load_text: LoadText) -> None:
    lines: list[str | tuple[LineKind, str]] = [
        (LineKind.TITLE, "松涛街道办事处文件"),
        "松街通〔2024〕18号",
        "云埠县松涛街道办事处关于做好排水防涝工作的通知",
        "各社区居民委员会：",
        BODY,
    ]
    (document,) = load_text(lines, reliable=True).documents
    assert document.metadata.title == "云埠县松涛街道办事处关于做好排水防涝工作的通知"
    assert document.metadata.issuer == "云埠县松涛街道办事处"
    assert not any(block.heading_path for block in document.blocks)


def test_a_second_title_after_a_finished_text_begins_a_second_text(load_text: LoadText) -> None:
    speech = "\n".join(f"{n}、{BODY}" for n in "一二三四五六七八九十")
    text = f"在养老工作会议上的讲话\n\n{speech}\n\n在夜间经济推进会上的讲话\n\n同志们：\n{BODY}"
    titles = [d.metadata.title for d in load_text(text).documents]
    assert titles == ["在养老工作会议上的讲话", "在夜间经济推进会上的讲话"]


def test_a_cover_line_joins_the_first_text(make_lines: MakeLines) -> None:
    lines = make_lines("2023年6月\n关于夜间经济的情况汇报\n" + BODY)
    (text,) = split_texts(lines, frozenset({"关于夜间经济的情况汇报"}), may_split=True)
    assert len(text.lines) == 3
    assert [line.text for line in text.title] == ["关于夜间经济的情况汇报"]


def test_splitting_loses_no_line(make_lines: MakeLines) -> None:
    lines = make_lines(f"关于甲事项的工作通知\n{BODY}\n关于乙事项的工作通知\n{BODY}\n尾声")
    titles = frozenset({"关于甲事项的工作通知", "关于乙事项的工作通知"})
    parts = split_texts(lines, titles, may_split=True)
    assert [line for text in parts for line in text.lines] == lines
    assert len(parts) == 2


def test_the_nine_texts_of_the_real_compilation_are_found(
    compilation: tuple[Document, ...],
) -> None:
    assert tuple(d.metadata.title for d in compilation) == NINE_TITLES


def test_a_greeting_on_a_line_of_its_own_begins_a_speech_without_a_title(
    load_text: LoadText,
) -> None:
    one = "各街道要把整治任务落到实处，明确完成时限，压实工作责任。" * 14
    result = load_text(f"在整治推进会上的讲话\n同志们：\n{one}\n同志们：。\n{one}")
    assert result.documents[0].metadata.title == "在整治推进会上的讲话"
    assert [d.blocks[0].text for d in result.documents] == ["在整治推进会上的讲话", "同志们：。"]


def test_an_address_within_a_speech_begins_none(load_text: LoadText) -> None:
    one = "各街道要把整治任务落到实处，明确完成时限，压实工作责任。" * 14
    result = load_text(f"在整治推进会上的讲话\n同志们：\n{one}\n同志们，让我们行动起来。\n{one}")
    assert len(result.documents) == 1


def test_a_damaged_greeting_is_not_joined_to_the_title_above(load_text: LoadText) -> None:
    one = "各街道要把整治任务落到实处，明确完成时限，压实工作责任。" * 14
    result = load_text(f"{one}\n\n在巡查部署会上的讲话\n?同志们:\n{one}")
    assert result.documents[-1].metadata.title == "在巡查部署会上的讲话"


def test_the_fifteen_speeches_of_the_real_page_are_found(seeds: dict[str, LoadResult]) -> None:
    assert len(seeds["003"].documents) == 15


def test_a_title_torn_behind_its_issuer_is_whole_again(load_text: LoadText) -> None:
    text = (
        "霖川市民政局关于充分发挥职能作用\n做好冬季救助十二项措施的通知\n各区民政局：\n现通知如下。"
    )
    title = load_text(text).documents[0].metadata.title
    assert title == "霖川市民政局关于充分发挥职能作用做好冬季救助十二项措施的通知"


@pytest.mark.parametrize(
    "head",
    [
        "附件3：停车管理工作方案",
        "附件3\n停车管理工作方案",
        "【转载】停车管理工作方案",
        "标题：停车管理工作方案",
        "# 停车管理工作方案",
        "停车管理工作方案①",
        "停车管理工作方案[1]",
        "停 车 管 理 工 作 方 案",
        "停车管理工作方案停车管理工作方案",
        "停车管理工作方案\n停车管理工作方案",
        "停车管理\n工作方案",
    ],
)
def test_what_stands_around_a_title_is_left_out(load_text: LoadText, head: str) -> None:
    document = load_text(f"{head}\n\n一、总体要求\n{BODY}\n二、任务\n{BODY}").documents[0]
    assert document.metadata.title == "停车管理工作方案"


def test_the_title_below_an_announcements_count_is_the_title(load_text: LoadText) -> None:
    head = "霖川市税务局公告\n2024年第3号\n"
    named = load_text(f"{head}关于停车费的公告\n\n{BODY}\n{BODY}").documents[0].metadata
    assert (named.title, named.number) == ("关于停车费的公告", "霖川市税务局公告2024年第3号")
    assert load_text(f"{head}\n{BODY}\n{BODY}").documents[0].title == "霖川市税务局公告"


def test_a_photographs_credit_is_no_title(load_text: LoadText) -> None:
    head = ["张三作政府工作报告。本报记者李四摄", "政府工作报告", "——在霖川市人民代表大会会议上"]
    document = load_text([*head, "各位代表：", BODY, BODY], reliable=True).documents[0]
    assert document.title == "政府工作报告"


@pytest.mark.parametrize(
    "line",
    [
        "平县人民政府县长张三",
        "临川市市长 张三",
        "2019年1月29日平县第二届人民代表大会第三次会议",
        "（2019年1月29日在平县第二届人民代表大会第三次会议上）",
    ],
)
def test_speaker_and_meeting_are_no_title(line: str) -> None:
    lines = [Line(line, 1), Line("各位代表：", 2), Line("现在，我向大会报告政府工作。", 3)]
    assert is_frame(line)
    assert split_texts(lines, frozenset(), may_split=True)[0].title == ()
