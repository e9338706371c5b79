"""The report: whole, harmless whatever the texts hold, and showing where evidence stands."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from corpus.errors import PolicyQAError
from eval.comparison.comparison import (
    GOLDEN_MEASURES,
    ComparisonRun,
    ScoredSystem,
    compare,
    golden_system,
    judged_measure,
)
from eval.datasets.golden import GoldenItem
from eval.datasets.runs import Extract, RunRecord
from eval.datasets.scale_points import ScalePoint
from eval.report.report import (
    MOST_QUESTIONS,
    pieces,
    question_views,
    quote_span,
    report_html,
    report_json,
    write_report,
)
from tests.eval.making import ITEMS, answered, scored_system, searched

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
SCALE = (
    ScalePoint(1000, index_seconds=60, median_ms=30),
    ScalePoint(10_000, index_seconds=600, median_ms=40, extrapolated=("index_seconds",)),
)


def _report(items: tuple[GoldenItem, ...] = ITEMS, *more: ScoredSystem) -> ComparisonRun:
    systems = (
        golden_system("baseline", "常见做法", items, searched([1, 0, 6])),
        golden_system("policyqa", "本系统", items, answered([1, 1, 1])),
        *more,
    )
    comparison = compare({i.id: i.type for i in items}, GOLDEN_MEASURES, systems)
    return ComparisonRun(comparison, systems, items, (("题集", "甲.jsonl"),), SCALE)


class _Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_three_files_are_written(tmp_path: Path) -> None:
    page = write_report(_report(), tmp_path / "new" / "folder")
    assert page == tmp_path / "new" / "folder" / "report.html"
    assert {path.name for path in page.parent.iterdir()} == {
        "report.html", "report.md", "report.json"
    }  # fmt: skip


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    tags = _Tags(report_html(_report())).seen
    assert not {"script", "img", "iframe", "object", "base", "form"} & {tag for tag, _ in tags}
    links = [a for _, attributes in tags for k, a in attributes.items() if k in ("href", "src")]
    assert links and all(link and link.startswith(("#", "data:,")) for link in links)
    assert not [k for _, attributes in tags for k in attributes if k.startswith("on")]
    policy = next(a["content"] for tag, a in tags if a.get("http-equiv"))
    assert policy is not None and policy.startswith("default-src 'none'")


def test_hostile_texts_stay_text() -> None:
    item = replace(ITEMS[0], id=f"A1{HOSTILE}", question=HOSTILE, note=HOSTILE)
    record = RunRecord(item.id, (Extract(HOSTILE, HOSTILE),), HOSTILE, answered=True, ms=1.0)
    scored = golden_system(HOSTILE, HOSTILE, (item,), (record,))
    comparison = compare({item.id: item.type}, GOLDEN_MEASURES, [scored])
    page = report_html(ComparisonRun(comparison, (scored,), (item,), ((HOSTILE, HOSTILE),)))
    assert "script" not in {tag for tag, _ in _Tags(page).seen}
    assert page.count("&lt;script&gt;alert(1)") >= 6


def test_every_plot_is_a_picture_with_text_in_it() -> None:
    page = report_html(_report())
    pictures = [ElementTree.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", page)]
    names = [picture.get("aria-label") for picture in pictures]
    assert names == [
        "各题型：nDCG@10", "各题型：答案正确", "nDCG@10 之差", "风险与覆盖", "耗时分布",
        "建索引（秒）", "检索中位（毫秒）",
    ]  # fmt: skip
    words = ["".join(picture.itertext()) for picture in pictures]
    assert "换说法" in words[0] and "常见做法" in words[0]
    assert "10,000 段：600（推算）" in words[5]


def test_a_mark_shows_its_value() -> None:
    picture = re.findall(r"<svg.*?</svg>", report_html(_report()))[0]
    tips = [tip.text for tip in ElementTree.fromstring(picture).iter("title")]
    # All three questions have their evidence at rank 1.
    assert "本系统 合计，3 题：1.000 [1.000, 1.000]" in tips


def test_without_times_confidences_or_costs_there_are_fewer_plots() -> None:
    run = tuple(replace(record, ms=0.0) for record in searched([1, 1, 1]))
    scored = golden_system("a", "甲", ITEMS, run)
    comparison = compare({i.id: i.type for i in ITEMS}, GOLDEN_MEASURES, [scored])
    page = report_html(ComparisonRun(comparison, (scored,), ITEMS))
    assert re.findall(r'aria-label="([^"]*)"', page) == ["各题型：nDCG@10"]


def test_evidence_is_marked_in_passages_and_answers() -> None:
    page = report_html(_report())
    assert "<mark>每个养老食堂一次性补助3万元，由县财政承担</mark>。" in page
    assert "补助<mark>3万元</mark>[1]" in page
    assert '<div class="answer refused">资料中没有</div>' in page


def test_a_question_shows_who_won() -> None:
    report = _report()
    views = question_views(report)
    assert [view.outcomes for view in views] == [(), ("win",), ("win",), ()]
    assert [system.outcome for system in views[1].systems] == ["", "win"]
    assert [p.supports for p in views[2].systems[0].passages] == [i == 5 for i in range(10)]
    assert ("命中@5", "0.00") in views[2].systems[0].scores


def test_what_nobody_finds_can_be_filtered() -> None:
    scored = golden_system("a", "甲", ITEMS, searched([1, 0, 1]))
    comparison = compare({i.id: i.type for i in ITEMS}, GOLDEN_MEASURES, [scored])
    views = question_views(ComparisonRun(comparison, (scored,), ITEMS))
    assert [view.outcomes for view in views] == [(), ("none",), (), ()]


def test_passages_without_evidence_are_cut() -> None:
    report = _report()
    view = question_views(report)[0]
    found, other = view.systems[0].passages[:2]
    assert (
        "".join(words for words, _ in found.pieces) == report.systems[0].records[0].passages[0].text
    )
    ((words, marked),) = other.pieces
    assert (len(words), words[-1], marked) == (140 + 1, "…", False)


def test_of_many_questions_those_that_differ_are_shown() -> None:
    count = MOST_QUESTIONS + 50
    items = tuple(GoldenItem(f"q{i}", "fact", f"第{i}问") for i in range(count))
    one, two = scored_system("a", [0] * count), scored_system("b", [0] * (count - 1) + [1])
    comparison = compare({item.id: "fact" for item in items}, GOLDEN_MEASURES, [one, two])
    views = question_views(ComparisonRun(comparison, (one, two), items))
    assert len(views) == MOST_QUESTIONS
    assert [view.item.id for view in views[:3]] == [f"q{count - 1}", "q0", "q1"]
    page = report_html(ComparisonRun(comparison, (one, two), items))
    assert "其余 50 题见 report.json" in page


def test_judged_documents_have_no_texts_to_show() -> None:
    scored = scored_system("a", [1, 0], "RR@10")
    comparison = compare({"q0": "all", "q1": "all"}, [judged_measure("RR@10")], [scored])
    page = report_html(ComparisonRun(comparison, (scored,)))
    assert "逐题" not in page
    assert "RR@10" in page


def test_the_json_holds_every_figure_and_no_text() -> None:
    text = report_json(_report())
    data = json.loads(text)
    assert data["conditions"] == {"题集": "甲.jsonl"}
    assert data["comparison"]["systems"][1]["scores"]["success@5"] == {"A1": 1, "A2": 1, "A3": 1}
    pair = next(p for p in data["comparison"]["pairs"] if p["measure"] == "nDCG@10")
    assert (pair["system"], pair["wins"], pair["ties"]) == ("policyqa", ["A2", "A3"], ["A1"])
    assert data["scale"][1]["extrapolated"] == ["index_seconds"]
    assert "每月通报一次进展" not in text


def test_a_folder_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(PolicyQAError, match="写不了文件"):
        write_report(_report(), tmp_path / "file")


@pytest.mark.parametrize(
    ("text", "quote", "marked"),
    [
        ("前言。强调（1）落实责任。", "强调(１)落实责任", "强调（1）落实责任"),
        ("要強調落實責任", "强调落实责任", "強調落實責任"),
        ("分三步走：先易后难再收尾", "先易后难，再收尾工作", "先易后难再收尾"),
        ("无关", "补助", None),
    ],
)
def test_a_quote_is_found_in_whatever_typing(text: str, quote: str, marked: str | None) -> None:
    span = quote_span(text, quote)
    assert (text[slice(*span)] if span else None) == marked


def test_an_answer_must_stand_whole() -> None:
    assert quote_span("补助3元", "3万元", whole=True) is None
    assert quote_span("补助3万元", "", whole=True) is None


def test_spans_may_overlap() -> None:
    assert pieces("甲乙丙丁", [(0, 2), (1, 3)]) == (("甲乙丙", True), ("丁", False))
    assert pieces("", []) == ()
