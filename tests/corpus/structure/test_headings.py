"""Numbering, items, sign-offs and what stands around a title."""

from __future__ import annotations

import pytest
from hypothesis import given

from corpus.language.documents import MASTHEAD, SIGN_OFF, SIGNER
from corpus.structure.headings import KINDS, find_marker, is_item
from tests.corpus.strategies import lines


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("第一编 总则", "part", "第一编"),
        ("第二章　保障措施", "chapter", "第二章"),
        ("第三节 监督", "section", "第三节"),
        ("第十二条 各级政府应当", "article", "第十二条"),
        ("一、总体要求", "numeral", "一、"),
        ("十一．附则", "numeral", "十一．"),
        ("（二）强化责任", "bracketed numeral", "（二）"),
        ("(三)完善机制", "bracketed numeral", "(三)"),
        ("3.开展排查", "digit", "3."),
        ("12、建立台账", "digit", "12、"),
        ("（4）逐项销号", "bracketed digit", "（4）"),
        ("②公示结果", "circled digit", "②"),
    ],
)
def test_a_number_and_its_kind_are_found(text: str, kind: str, number: str) -> None:
    marker = find_marker(text)
    assert marker is not None
    assert (marker.kind, text[: marker.end]) == (kind, number)


@pytest.mark.parametrize("text", ["2.5万元已到位", "2024年目标", "总体要求", "一是强化责任", ""])
def test_other_beginnings_are_no_number(text: str) -> None:
    assert find_marker(text) is None


def test_depth_grows_inwards() -> None:
    samples = ("第一章 总则", "第一条 为了", "一、总则", "（一）总则", "1.总则", "（1）总则")
    depths = [marker.depth for text in samples if (marker := find_marker(text))]
    assert depths == sorted(depths)
    assert len(set(depths)) == len(samples)


@pytest.mark.parametrize(
    "text", ["一是压实责任", "二要加大投入", "3则落实到人", "第二，严格督查", "• 设立专窗"]
)
def test_items_of_an_enumeration_are_known(text: str) -> None:
    assert is_item(text)
    assert not is_item("市政府印发通知")


@pytest.mark.parametrize(
    "text",
    [
        "中共霖川市委2023年4月24日",
        "霖川市政务服务中心 2024年10月8日",
        "二〇二四年三月一日",
        "20xx年x月x日",
    ],
)
def test_sign_offs_are_known(text: str) -> None:
    assert SIGN_OFF.fullmatch(text)


def test_a_sentence_with_a_date_is_no_sign_off() -> None:
    assert not SIGN_OFF.fullmatch("2023年4月24日，市委召开会议。")
    assert not SIGN_OFF.fullmatch("截至2023年4月24日")


def test_one_or_several_bodies_may_sign() -> None:
    assert SIGNER.fullmatch("中共霖川市沙岭区工作委员会")
    assert SIGNER.fullmatch("霖川市民政局 霖川市财政局")
    assert not SIGNER.fullmatch("由霖川市民政局、财政局负责落实")
    assert not SIGNER.fullmatch("一、霖川市民政局")


@pytest.mark.parametrize(
    "text",
    [
        "霖政办发〔2024〕9号",
        "（2024年第5期）",
        "第7期",
        "2023年6月",
        "（2023年1月15日）",
        "霖川市民政局文件",
    ],
)
def test_what_stands_around_a_title_is_known(text: str) -> None:
    assert MASTHEAD.fullmatch(text)
    assert not MASTHEAD.fullmatch("霖川市民政局关于印发文件的通知")


@given(lines)
def test_a_marker_lies_within_its_line(text: str) -> None:
    marker = find_marker(text)
    if marker:
        assert marker.kind in KINDS
        assert 0 < marker.end <= len(text)
