"""``policyqa eval compare`` and ``eval report``: what they print, write and refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.datasets.runs import write_run
from tests.eval.making import GOLDEN, answered, searched
from tests.ui.conftest import Capture, one_line
from ui.cli.main import main


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Two runs and what they are compared on, as arguments."""
    write_run(searched([1, 0, 6]), tmp_path / "old.jsonl")
    write_run(answered([1, 1, 1]), tmp_path / "new.jsonl")
    (tmp_path / "golden.jsonl").write_text(GOLDEN, "utf-8")
    runs = [str(tmp_path / name) for name in ("old.jsonl", "new.jsonl")]
    return [*runs, "--questions", str(tmp_path / "golden.jsonl")]


def test_compare_prints_tables(files: list[str], capsys: Capture) -> None:
    assert main(["eval", "compare", *files]) == 0
    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert lines[0] == "总体 · overall"
    # Ranks 1, 0 and 6 against 1, 1 and 1.
    assert lines[2].startswith("old   0.333 ") and lines[3].startswith("new   1.000 ")
    assert "与“old”配对检验 · paired tests" in lines
    assert printed.err == ""


def test_compare_prints_json(files: list[str], capsys: Capture) -> None:
    assert main(["eval", "compare", *files, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [system["label"] for system in data["comparison"]["systems"]] == ["old", "new"]


def test_out_keeps_the_report(files: list[str], tmp_path: Path, capsys: Capture) -> None:
    assert main(["eval", "compare", *files, "--out", str(tmp_path / "out")]) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "report.html", "report.md", "report.json"
    }  # fmt: skip
    assert capsys.readouterr().err == f"报告写在 {tmp_path / 'out' / 'report.html'}\n"


def test_report_makes_the_same_page_of_run_files(
    files: list[str], tmp_path: Path, capsys: Capture
) -> None:
    scale = tmp_path / "scale.json"
    scale.write_text(
        '[{"passages": 1000, "median_ms": 30}, {"passages": 9000, "median_ms": 40}]', "utf-8"
    )
    out = tmp_path / "out"
    arguments = ["eval", "report", *files, "--out", str(out), "--scale", str(scale)]
    assert main(arguments) == 0
    assert capsys.readouterr().out == ""
    page = (out / "report.html").read_text("utf-8")
    assert "检索中位（毫秒）" in page and "老人吃饭的地方县里给多少钱？" in page


def test_a_system_under_its_bar_fails(files: list[str], capsys: Capture) -> None:
    command = ["eval", "compare", *files, "--fail-under", "success@5=1"]
    assert main([*command, "--fail-under", "answer=0.5"]) == 0
    capsys.readouterr()
    # Two of three answers are right.
    assert main([*command, "--fail-under", "answer=0.7"]) == 1
    printed = capsys.readouterr()
    assert "new的 answer 是 0.6667；应为：不低于 0.7" in one_line(printed.err)
    assert printed.out.startswith("总体"), "the table is there to see why"


def test_a_bar_for_errors_is_a_ceiling(files: list[str], capsys: Capture) -> None:
    assert main(["eval", "compare", *files, "--fail-under", "refused-wrongly=0"]) == 0
    assert main(["eval", "compare", *files[1::-1], *files[2:], "--fail-under", "answer=0"]) == 1
    error = capsys.readouterr().err
    assert "old没有指标 answer；应为：success@5、recall@10、nDCG@10、success@1500 之一" in error


@pytest.mark.parametrize("gate", ["nDCG@10", "nDCG@10=high", "nDCG@10=1.5", "=0.5", "x=nan"])
def test_a_bar_that_is_none_is_reported_before_anything_runs(
    files: list[str], capsys: Capture, gate: str
) -> None:
    assert main(["eval", "compare", "no-such-system", *files, "--fail-under", gate]) == 2
    assert "写成 指标=0到1的数" in one_line(capsys.readouterr().err)


def test_expected_figures_are_written_with_their_command_and_checked(
    files: list[str], tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "expected figures.json"
    assert main(["eval", "compare", *files, "--write-expected", str(path)]) == 0
    command = json.loads(path.read_text("utf-8"))["made_by"]
    assert command == (
        f"policyqa eval compare {files[0]} {files[1]} --questions {files[3]} "
        f"--write-expected '{path}'"
    )
    assert main(["eval", "compare", *files, "--expect", str(path)]) == 0
    capsys.readouterr()
    write_run(answered([1, 0, 0]), Path(files[1]))
    assert main(["eval", "compare", *files, "--expect", str(path)]) == 1
    error = one_line(capsys.readouterr().err)
    assert f"{files[1]} success@5 由 1.000 变为 0.333" in error
    assert "made_by" in error


def test_an_unknown_system_is_reported_in_one_line(files: list[str], capsys: Capture) -> None:
    assert main(["eval", "compare", "hybird", *files]) == 1
    error = one_line(capsys.readouterr().err)
    assert "没有叫 hybird 的系统" in error and "hybrid-rrf" in error


def test_help_names_the_groups(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as left:
        main(["eval", "compare", "--help"])
    assert left.value.code == 0
    assert "ablation" in capsys.readouterr().out
