"""``policyqa eval bench``: what it prints, writes and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.datasets.scale_points import read_scale
from tests.eval.making import FILES, OWN, here, write_jsonl, write_set
from ui.cli.main import main

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run benchmarks with the quick encoder, from a folder of their own."""
    for place in ("benchmarks.registry", "benchmarks.scale"):
        monkeypatch.setattr(f"eval.{place}.in_fresh_process", here)
    monkeypatch.setenv("POLICYQA_INDEX__MODEL", "tiny")
    monkeypatch.chdir(tmp_path)


def one_error(text: str) -> str:
    """The last line of stderr, which is an error."""
    last = text.splitlines()[-1]
    assert last.startswith("错误：")
    return last


def test_a_folder_of_ones_own_is_measured(tmp_path: Path, capsys: Capture) -> None:
    folder = write_set(tmp_path / "mine")
    out = tmp_path / "out.json"
    assert main(["eval", "bench", str(folder), "--system", "bm25", "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    # Two of three questions are answered by the first document.
    assert any(line.split()[:3] == ["mine", "bm25", "0.667"] for line in printed.splitlines())
    (result,) = json.loads(out.read_text("utf-8"))
    assert result["systems"][0]["measures"]["nDCG@10"] == pytest.approx(2 / 3)
    assert (tmp_path / ".policyqa" / "bench" / "results" / "mine.json").is_file()


def test_options_reach_the_benchmark(tmp_path: Path, capsys: Capture) -> None:
    folder = write_set(tmp_path / "mine")
    given = ["--limit", "3", "--sentence-characters", "5", "--work", str(tmp_path / "w")]
    assert main(["eval", "bench", str(folder), "--system", "bm25", *given]) == 0
    printed = capsys.readouterr().out
    assert "只用了 3 篇文档" in printed
    assert "正文超过 5 字，没有句子向量" in printed
    assert (tmp_path / "w" / "results" / "mine-3.json").is_file()


def test_the_scale_series_writes_points_for_the_report(tmp_path: Path, capsys: Capture) -> None:
    write_jsonl(OWN, tmp_path / "data" / "crud_news" / "corpus.jsonl")
    questions = [{"_id": "q", "text": "甲1"}]
    write_jsonl(questions, tmp_path / "data" / "crud_news" / "queries.jsonl")
    given = ["--data", str(tmp_path / "data"), "--sizes", "2", "4", "--system", "bm25", "hybrid"]
    given += ["--work", str(tmp_path / "w"), "--out", str(tmp_path / "scale.json")]
    assert main(["eval", "bench", "scale", *given]) == 0
    assert "检索 · search" in capsys.readouterr().out
    points = read_scale(tmp_path / "w" / "results" / "scale-points-hybrid.json")
    assert [point.passages for point in points] == [2, 4]
    assert len(json.loads((tmp_path / "scale.json").read_text("utf-8"))) == 2


def test_cleaning_prints_megabytes_a_second(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "docs").mkdir()
    for name, text in FILES.items():
        (tmp_path / "docs" / name).write_text(text, "utf-8")
    assert main(["eval", "bench", "cleaning", "--data", str(tmp_path / "docs")]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert " MB/s（2 个 txt，" in first


@pytest.mark.parametrize(
    ("arguments", "status", "complaint"),
    [
        (["nothing"], 1, "没有叫 nothing 的评测"),
        (["scale", "stard"], 2, "scale 和别的评测写在一起"),
        (["--data", "nowhere"], 1, "没有评测数据"),
        ([], 2, "没有写 --data"),
        (["scale"], 2, "没有写 --data"),
        (["cleaning"], 2, "没有写 --data"),
        (["--limit", "1", "--data", "d"], 1, "--limit 1"),
        (["--limit", "many"], 2, "--limit 的值“many”不对"),
        (["--system", "magic", "--data", "d"], 1, "没有叫 magic 的系统"),
        (["scale", "--data", "nowhere"], 1, "queries.jsonl"),
        (["cleaning", "--data", "nowhere"], 1, "nowhere"),
    ],
)
def test_what_cannot_be_run_is_reported_in_one_line(
    arguments: list[str], status: int, complaint: str, capsys: Capture
) -> None:
    assert main(["eval", "bench", *arguments]) == status
    assert complaint in one_error(capsys.readouterr().err)
