"""``index`` and ``eval``: commands that read files."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from indexer.build import BuildReport, SkippedFile
from tests.ui.conftest import Capture, Opened
from tests.ui.fakes import QUOTE
from ui.cli.main import main

REPORT = BuildReport(
    files=3,
    documents=4,
    passages=50,
    unchanged=1,
    removed=0,
    skipped=(SkippedFile(Path("坏.pdf"), "文件已加密"),),
    seconds=1.25,
)
EMPTY = replace(REPORT, files=1, documents=0, passages=0, unchanged=0)


@pytest.fixture
def built(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> list[BuildReport]:
    """The report that building will give, in a list so that a test can change it."""
    reports = [REPORT]

    def build_index(
        paths: list[Path],
        index_dir: Path,
        settings: object,
        encoder: None = None,
        progress: bool = True,
    ) -> BuildReport:
        assert settings == "index settings" and progress
        print("progress of a careless library")
        return reports[0]

    module = ModuleType("indexer.build")
    vars(module)["build_index"] = build_index
    monkeypatch.setitem(sys.modules, "indexer.build", module)
    return reports


def test_index_prints_a_summary_with_reasons(
    built: list[BuildReport], tmp_path: Path, capsys: Capture
) -> None:
    assert main(["index", str(tmp_path), "--index", str(tmp_path / "i")]) == 0
    summary, skipped = capsys.readouterr().out.splitlines()
    assert "文件 3 个，文档 4 篇，段落 50 段" in summary and "用时 1.2 秒" in summary
    assert skipped == "跳过 坏.pdf：文件已加密"


def test_index_json(built: list[BuildReport], tmp_path: Path, capsys: Capture) -> None:
    assert main(["index", str(tmp_path), "--index", str(tmp_path / "i"), "--json"]) == 0
    out = json.loads(capsys.readouterr().out)
    assert out["skipped"] == [{"path": "坏.pdf", "reason": "文件已加密"}]
    assert (out["files"], out["documents"], out["passages"]) == (3, 4, 50)


def test_nothing_indexed_exits_1_but_unchanged_files_are_fine(
    built: list[BuildReport], tmp_path: Path, capsys: Capture
) -> None:
    built[0] = EMPTY
    assert main(["index", str(tmp_path), "--index", str(tmp_path / "i")]) == 1
    captured = capsys.readouterr()
    assert "文件已加密" in captured.out and "什么都没有编入索引" in captured.err
    built[0] = replace(EMPTY, unchanged=2)
    assert main(["index", str(tmp_path), "--index", str(tmp_path / "i")]) == 0


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
    assert main([*asked, "--out", str(run), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"questions": 1, "out": str(run)}
    assert main(["eval", "score", "--golden", str(golden), "--run", str(run)]) == 0
    assert "命中@5" in capsys.readouterr().out
    assert main(["eval", "score", "--questions", str(golden), "--run", str(run), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["overall"]["scores"]["success_at_5"] == 1.0


def test_eval_scores_a_ranking_against_judgements(tmp_path: Path, capsys: Capture) -> None:
    qrels, run = tmp_path / "qrels.tsv", tmp_path / "run.trec"
    qrels.write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\n", encoding="utf-8")
    run.write_text("q1 Q0 d9 1 2.0 x\nq1 Q0 d1 2 1.0 x\n", encoding="utf-8")
    asked = ["eval", "score", "--qrels", str(qrels), "--run", str(run)]
    assert main([*asked, "--measures", "RR@10", "AP"]) == 0
    # Found at rank 2 for q1 and not at all for q2.
    assert capsys.readouterr().out.splitlines()[:2] == ["RR@10  0.2500", "AP     0.2500"]
    assert main([*asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["means"]["R@10"] == 0.5


def test_eval_scores_either_questions_or_judgements(tmp_path: Path, capsys: Capture) -> None:
    golden, run = str(tmp_path / "g"), str(tmp_path / "r")
    for given in ([], ["--golden", golden, "--qrels", golden]):
        assert main(["eval", "score", "--run", run, *given]) == 2
        assert "--questions 和 --qrels 要给一个" in capsys.readouterr().err
    assert main(["eval", "score", "--golden", golden, "--run", run, "--measures", "AP"]) == 2
    assert "--measures 只用于 --qrels" in capsys.readouterr().err
