"""``policyqa precedent``: what is looked up, and what is shown."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from retriever.hit import Filters
from retriever.precedent.finder import PrecedentReport
from tests.ui.cli.test_main import HIT_KEYS
from tests.ui.conftest import Capture, Opened, one_line
from tests.ui.fakes import HITS
from tests.ui.precedent_fakes import LONG_ADDITION, report_of
from ui.cli.main import main
from ui.output.precedent_output import report_lines

_DRAFT = "书记要履行第一责任人责任。发射火星探测飞船。"
_SOURCE_KEYS = {"doc", "path", "title", "heading_path", "page", "metadata"}
_MATCH_KEYS = _SOURCE_KEYS | {"text", "likeness", "meaning", "wording", "others"}


@pytest.fixture
def asked(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that reach the engine."""
    texts: list[str] = []
    find = opened.engine.precedent

    def remembered(text: str, k: int = 10, filters: Filters = Filters()) -> PrecedentReport:
        texts.append(text)
        return find(text, k, filters)

    monkeypatch.setattr(opened.engine, "precedent", remembered)
    return texts


def _json(argv: list[str], index: Path, capsys: Capture) -> dict[str, Any]:
    assert main(["precedent", *argv, "--index", str(index), "--json"]) == 0
    out: dict[str, Any] = json.loads(capsys.readouterr().out)
    return out


def test_json_has_the_keys_that_others_rely_on(
    opened: Opened, tmp_path: Path, capsys: Capture
) -> None:
    out = _json([_DRAFT], tmp_path, capsys)
    assert set(out) == {
        "query", "corrected", "mended", "hits", "documents", "facets", "sentences", "left_over", "comparison",
        "formulas",
    }  # fmt: skip
    assert out["corrected"] == [{"written": "责壬", "read": "责任"}]
    assert out["mended"] == out["corrected"], "the former name is kept for one release"
    assert out["query"] == _DRAFT and len(out["hits"]) == 2
    assert set(out["hits"][0]) == HIT_KEYS | {"copies"}
    [copy] = out["hits"][0]["copies"]
    assert set(copy) >= HIT_KEYS


def test_json_groups_the_ranks_by_document_and_counts_values(
    opened: Opened, tmp_path: Path, capsys: Capture
) -> None:
    out = _json([_DRAFT], tmp_path, capsys)
    assert [group["hits"] for group in out["documents"]] == [[1, 2]]
    assert out["documents"][0]["metadata"]["region"] == "辽宁省朝阳市"
    assert out["facets"]["region"] == [{"value": "辽宁省朝阳市", "documents": 1}]
    assert set(out["facets"]) == {"region", "issuer", "year", "doc_type"}


def test_json_tells_which_sentences_have_precedents(
    opened: Opened, tmp_path: Path, capsys: Capture
) -> None:
    first, second = _json([_DRAFT], tmp_path, capsys)["sentences"]
    assert first["has_precedent"] and set(first["precedents"][0]) == _MATCH_KEYS
    assert first["precedents"][0]["likeness"] == 0.7  # (.8 + .6) / 2
    assert not second["has_precedent"] and second["precedents"] == []
    assert set(second["nearest"]) == _MATCH_KEYS


def test_json_marks_the_pieces_of_each_version(
    opened: Opened, tmp_path: Path, capsys: Capture
) -> None:
    [comparison] = _json([_DRAFT], tmp_path, capsys)["comparison"]
    assert comparison["shared"] == "履行第一责任人责任"
    assert comparison["versions"][0]["pieces"] == [
        {"text": "切实", "shared": False},
        {"text": "履行第一责任人责任", "shared": True},
    ]


def test_json_gives_formulas_with_years_and_users(
    opened: Opened, tmp_path: Path, capsys: Capture
) -> None:
    [formula] = _json([_DRAFT], tmp_path, capsys)["formulas"]
    assert (formula["documents"], formula["undated"], formula["in_draft"]) == (3, 1, True)
    assert (formula["first_year"], formula["last_year"]) == ("2021", "2023")
    assert formula["regions"][0] == {"value": "辽宁省朝阳市", "documents": 2}
    assert set(formula["first"]) == _SOURCE_KEYS


def test_people_read_verdicts_passages_comparison_and_formulas(
    opened: Opened, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["precedent", _DRAFT, "--index", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    for words in (
        "提示：已按“责任”检索",
        "草稿 2 句：1 句有先例，1 句没有",
        "[有] 1. 书记要履行第一责任人责任。",
        "[无] 2. 发射火星探测飞船。",
        "最接近的（不够像）：0.15",
        "后面还有 3 句没有查",
        "可以参考的 2 段，来自 1 篇文件，另有 1 处文字基本相同",
        "地区：辽宁省朝阳市 1",
        "另有 1 处文字基本相同：",
        "共同的措辞：履行第一责任人责任",
        "辽宁省朝阳市 2023：【+切实】履行第一责任人责任（辽宁省朝阳市 2023相同）",
        "第一责任人责任：3 篇，2 地（辽宁省朝阳市 2 · 吉林省吉林市桦甸市 1），2021—2023年，1 篇年份不详，草稿里已有",
    ):
        assert words in out
    order = [out.index(words) for words in ("[有]", "可以参考的", "措辞比较", "常用提法")]
    assert order == sorted(order)


def test_a_long_addition_is_shortened_for_people_only(
    opened: Opened, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["precedent", _DRAFT, "--index", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert LONG_ADDITION not in out and f"【+{LONG_ADDITION[:18]}……{LONG_ADDITION[-18:]}】" in out
    [comparison] = _json([_DRAFT], tmp_path, capsys)["comparison"]
    assert comparison["versions"][1]["pieces"][1]["text"] == LONG_ADDITION


def test_nothing_found_is_said() -> None:
    assert report_lines(report_of("随便", HITS, 0)) == ["没有找到可以参考的先例。"]


def test_a_draft_is_read_from_a_file(asked: list[str], tmp_path: Path, capsys: Capture) -> None:
    draft = tmp_path / "草稿.txt"
    draft.write_text(
        f"河汀市关于开展巡视整改工作的通知\n\n一、组织领导\n　　{_DRAFT}\n\n河汀市委办公室\n2024年3月18日\n",
        encoding="gb18030",
    )
    _json(["--file", str(draft)], tmp_path, capsys)
    assert asked == [_DRAFT]


@pytest.mark.parametrize("argv", [["-"], ["--file", "-"]])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_draft_is_read_from_standard_input(
    argv: list[str],
    encoding: str,
    asked: list[str],
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(_DRAFT.encode(encoding))))
    _json(argv, tmp_path, capsys)
    assert asked == [_DRAFT]


@pytest.mark.parametrize(
    ("argv", "reason", "status"),
    [
        ([], "没有要查的文字", 2),
        (["一句话", "--file", "草稿.txt"], "给了不止一处", 2),
        (["一句话", "-k", "0"], "-k 0", 2),
        (["--file", "没有这个文件.txt"], "找不到草稿文件", 1),
    ],
)
def test_wrong_use_is_one_line(
    argv: list[str], reason: str, status: int, opened: Opened, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["precedent", *argv, "--index", str(tmp_path)]) == status
    assert reason in one_line(capsys.readouterr().err)


def test_filters_and_number_reach_the_engine(
    opened: Opened, tmp_path: Path, capsys: Capture
) -> None:
    out = _json(["整改", "-k", "1", "--filter", "year=2023"], tmp_path, capsys)
    assert opened.engine.filters == [Filters(year="2023")]
    assert len(out["hits"]) == 1


def test_one_formula_can_be_asked_for(opened: Opened, tmp_path: Path, capsys: Capture) -> None:
    assert main(["precedent", "--formula", "一岗双责", "--index", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("一岗双责：3 篇，2 地")
    assert "年份：2021 1 · 2023 1" in out and "最早：2023年 《" in out
    formula = _json(["--formula", "一岗双责"], tmp_path, capsys)
    assert formula["text"] == "一岗双责" and formula["documents"] == 3


def test_a_formula_that_nobody_uses_is_said(
    opened: Opened, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["precedent", "--formula", "火星基地", "--index", str(tmp_path)]) == 0
    assert capsys.readouterr().out.strip() == "资料里没有“火星基地”。"
