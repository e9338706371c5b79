"""The bodies a document is addressed to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.metadata.addressees import names_bodies
from tests.corpus.conftest import LoadText

TITLE = "霖川市民政局关于养老服务的通知"
BODY = "各街道要把整治任务落到实处，明确完成时限，压实工作责任，确保群众满意。"


@pytest.mark.parametrize(
    "words",
    [
        "各县（市、区）人民政府，市政府各部门",
        "各社区、各科室",
        "省委",
        "市政府办公厅",
        "各市（州）、县（市、区）委，省直有关单位",
        "各省、自治区、直辖市及计划单列市民政厅（局）",
        "各街道、镇，区直各单位",
        "各县人力资源和社会保障局、住房和城乡建设局、经济和信息化局",
        "国家税务总局各省、自治区、直辖市和计划单列市税务局，局内各单位",
        "市文明委各成员单位",
        "各物业服务企业，有关改造项目部",
        "霖川市自来水集团，排水中心",
    ],
)
def test_bodies_are_told_by_their_names(words: str) -> None:
    assert names_bodies(words)


@pytest.mark.parametrize(
    "words",
    [
        "现将有关事项通知如下", "同志们", "各位领导、同志们", "尊敬的各位代表", "整改意见", "主要做法", "广大市民朋友",
        "责任单位", "成员单位", "市级牵头部门", "领导小组", "办公室", "街道、社区", "成立市级工作领导小组", "各县（市、区）联系人",
        "由市政府办公室", "附件", "时间", "存在问题", "各部门职责", "",
    ],
)  # fmt: skip
def test_greetings_lead_ins_and_labels_are_no_bodies(words: str) -> None:
    assert not names_bodies(words)


def addressees_of(load_text: LoadText, text: str) -> str:
    metadata = load_text(text).documents[0].metadata
    return str(metadata.addressees)


def test_the_line_below_title_number_and_date_is_read(load_text: LoadText) -> None:
    text = f"{TITLE}\n霖民发〔2024〕9号\n（2024年2月1日）\n各县（区）民政局，局机关各处室：\n{BODY}"
    assert addressees_of(load_text, text) == "各县（区）民政局，局机关各处室"


def test_the_title_may_stand_twice(load_text: LoadText) -> None:
    text = f"{TITLE}\n\n{TITLE}\n\n各县民政局:\n{BODY}"
    assert addressees_of(load_text, text) == "各县民政局"


def test_a_number_that_ran_into_the_line_is_left_out(load_text: LoadText) -> None:
    text = f"{TITLE}\n霖民发〔2024〕9号 各县民政局：\n{BODY}"
    assert addressees_of(load_text, text) == "各县民政局"


@pytest.mark.parametrize(
    "line", [f"{BODY}\n各县民政局：", "一、各县民政局：", f"{'各县、' * 70}各区："]
)
def test_bodies_below_the_first_sentence_in_a_numbered_line_or_past_all_length_are_none(
    load_text: LoadText, line: str
) -> None:
    assert addressees_of(load_text, f"{TITLE}\n\n{line}\n{BODY}") == ""


@given(st.text(alphabet="各市县区政府部门单位（）、，：通知同志 ", max_size=30))
def test_telling_bodies_never_raises(words: str) -> None:
    assert names_bodies(words) in (True, False)
