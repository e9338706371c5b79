"""Each rule has its switch and its count."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.cleaning.pipeline import RULES, Switches
from corpus.errors import SettingsError
from corpus.load import LoadResult, clean
from corpus.raw import RawDocument, RawLine

#: Text on which a rule does something; what stands in the result only with the rule, and only without.
FLATTENED = "关于绿化的通知 各街道： 现就绿化工作通知如下。 一、加强管护 各街道要落实责任。 二、加强巡查 各社区要每周巡查。"
CASES = {
    "flattened paragraphs": (FLATTENED, "\n一、加强管护\n各街道", "一、加强管护各街道"),
    "pinyin notes": ("推進創(chuàng )建。", "创建", "chuàng"),
    "invisible characters": ("落实\u200b责任。", "落实责任", "\u200b"),
    "mojibake runs": ("落實決策責任。科學決策。\n做到?jīng)Q策公開。", "做到决策公开", "jīng)Q"),
    "stray spaces": ("提升了全市的22 项指标，排名靠前。", "22项", "22 项"),
    "reversed quotes": ("推行”一业一证”改革。", "“一业一证”", "”一业"),
    "spam lines": ("正文一句。\n人妻少妇无码在线观看", "正文一句", "人妻"),
    "boilerplate lines": ("正文一句。\n##paidend##", "正文一句", "paidend"),
    "injected phrases": ("要當前隱藏內容免費查看落實管理。", "要落实管理", "隐藏"),
    "contents lines": (
        "目录\n关于城市管理的通知\t1\n关于园林绿化的通知\t2\n关于环境卫生的通知\t3\n正文一句。", "正文一句", "\t3",
    ),
    "broken lines": ("城市管理工作要严格落实各项\n\n，做到应管尽管。", "各项，做到", "各项\n，做到"),
    "glued headings": ("（一）主体责任落实不够有差距1.贯彻落实上级部署有差距。", "有差距\n1.贯彻", "有差距1.贯"),
    "traditional characters": ("推進文明。", "推进", "推進"),
    "half-width punctuation": ("推进,落实。", "推进，", "推进,"),
}  # fmt: skip


def cleaned(text: str, *off: str) -> LoadResult:
    lines = tuple(RawLine(line) for line in text.split("\n"))
    return clean(RawDocument(Path("甲.txt"), "txt", lines, False), "甲", Switches.without(off))


def words(result: LoadResult) -> str:
    return "\n".join(block.text for d in result.documents for block in d.blocks)


def test_every_rule_has_a_case_here() -> None:
    assert CASES.keys() == RULES.keys()


@pytest.mark.parametrize("name", RULES)
def test_a_rule_does_its_work_and_counts_it_only_when_switched_on(name: str) -> None:
    text, only_with, only_without = CASES[name]
    result = cleaned(text)
    assert result.report is not None
    assert dict(result.report.counts)[name] >= 1
    assert only_with in words(result)
    assert only_without not in words(result)

    untouched = cleaned(text, name)
    assert untouched.report is not None
    assert name not in dict(untouched.report.counts)
    assert only_without in words(untouched)


def test_what_is_left_out_is_kept_for_the_report() -> None:
    report = cleaned("正文一句。\n##paidend##\n人妻少妇无码在线观看").report
    assert report is not None
    assert [(d.rule, d.line, d.text) for d in report.dropped] == [
        ("spam lines", 3, "人妻少妇无码在线观看"),
        ("boilerplate lines", 2, "##paidend##"),
    ]


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(SettingsError, match="没有清理规则“拼音”"):
        Switches.without(["拼音"])
