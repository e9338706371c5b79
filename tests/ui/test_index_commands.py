"""``index``, ``corpus inspect`` and ``eval``: commands that read files."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

import pytest

from tests.ui.conftest import Opened
from tests.ui.fakes import QUOTE
from ui.cli import main

Capture = pytest.CaptureFixture[str]


@dataclass(frozen=True)
class Skipped:
    """As ``indexer.build.SkippedFile``."""

    path: Path
    reason: str


@dataclass(frozen=True)
class Report:
    """As ``indexer.build.BuildReport``."""

    files: int = 3
    documents: int = 4
    passages: int = 50
    unchanged: int = 1
    removed: int = 0
    skipped: tuple[Skipped, ...] = (Skipped(Path("坏.pdf"), "文件已加密"),)
    seconds: float = 1.25


EMPTY = Report(files=1, documents=0, passages=0, unchanged=0)


@pytest.fixture
def built(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> list[Report]:
    """The report that building will give, in a list so that a test can change it."""
    reports = [Report()]

    def build_index(
        paths: list[Path], index_dir: Path, settings: object, progress: bool = True
    ) -> Report:
        assert settings == "index settings" and progress
        print("progress of a careless library")
        return reports[0]

    module = ModuleType("indexer.build")
    vars(module)["build_index"] = build_index
    monkeypatch.setitem(sys.modules, "indexer.build", module)
    return reports


def test_index_prints_a_summary_with_reasons(
    built: list[Report], tmp_path: Path, capsys: Capture
) -> None:
    assert main(["index", str(tmp_path), "--index", str(tmp_path / "i")]) == 0
    summary, skipped = capsys.readouterr().out.splitlines()
    assert "文件 3 个，文档 4 篇，段落 50 段" in summary and "用时 1.2 秒" in summary
    assert skipped == "跳过 坏.pdf：文件已加密"


def test_index_json(built: list[Report], tmp_path: Path, capsys: Capture) -> None:
    assert main(["index", str(tmp_path), "--index", str(tmp_path / "i"), "--json"]) == 0
    out = json.loads(capsys.readouterr().out)
    assert out["skipped"] == [{"path": "坏.pdf", "reason": "文件已加密"}]
    assert (out["files"], out["documents"], out["passages"]) == (3, 4, 50)


def test_nothing_indexed_exits_1_but_unchanged_files_are_fine(
    built: list[Report], tmp_path: Path, capsys: Capture
) -> None:
    built[0] = EMPTY
    assert main(["index", str(tmp_path), "--index", str(tmp_path / "i")]) == 1
    captured = capsys.readouterr()
    assert "文件已加密" in captured.out and "什么都没有编入索引" in captured.err
    built[0] = replace(EMPTY, unchanged=2)
    assert main(["index", str(tmp_path), "--index", str(tmp_path / "i")]) == 0


def test_inspect_shows_what_was_read(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "方案.txt"
    text = f"关于优化营商环境的实施方案\n\n一、总体要求\n坚持问题导向。\n二、整改任务\n{QUOTE}。\n"
    file.write_text(text, encoding="utf-8")
    assert main(["corpus", "inspect", str(file), "--json"]) == 0
    out = json.loads(capsys.readouterr().out)
    assert set(out) == {"documents", "report"}
    (document,) = out["documents"]
    assert set(document) == {"title", "metadata", "blocks"}
    assert set(document["blocks"][0]) == {"kind", "text", "heading_path", "page"}
    last = next(block for block in document["blocks"] if QUOTE in block["text"])
    assert last["heading_path"] == ["二、整改任务"]
    assert out["report"]["errors"] == []

    assert main(["corpus", "inspect", str(file)]) == 0
    assert "二、整改任务" in capsys.readouterr().out


def test_inspect_of_an_unreadable_file_exits_1(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "坏.docx"
    file.write_bytes(b"PK\x03\x04 broken")
    assert main(["corpus", "inspect", str(file), "--json"]) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["report"]["errors"][0]["path"] == str(file)
    assert captured.err.startswith("错误：") and captured.err.count("\n") == 1


def test_eval_runs_and_scores(opened: Opened, tmp_path: Path, capsys: Capture) -> None:
    golden, run = tmp_path / "golden.jsonl", tmp_path / "run.jsonl"
    item = {
        "id": "q1", "type": "fact", "question": "整改情况什么时候报送？",
        "answers": ["2023年8月10日前"], "short_answer": "2023年8月10日前", "key_points": [],
        "evidence": [{"doc": "优化营商环境方案.docx", "quote": QUOTE}], "filters": {},
    }  # fmt: skip
    golden.write_text(json.dumps(item, ensure_ascii=False), encoding="utf-8")
    asked = ["eval", "run", "--index", str(tmp_path), "--questions", str(golden)]
    assert main([*asked, "--out", str(run)]) == 0
    assert capsys.readouterr().out == f"1 题的结果写在 {run}\n"
    assert main(["eval", "score", "--golden", str(golden), "--run", str(run)]) == 0
    assert "命中@5" in capsys.readouterr().out
    assert main(["eval", "score", "--golden", str(golden), "--run", str(run), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["overall"]["scores"]["success_at_5"] == 1.0
