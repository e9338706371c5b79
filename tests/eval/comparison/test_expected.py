"""Figures that must come out again, and those of the samples."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import PolicyQAError
from eval.comparison.comparison import Comparison, Measure, compare
from eval.comparison.comparison_run import ComparisonPlan, run_comparison
from eval.comparison.expected import check_expected, write_expected
from indexer.settings import IndexSettings
from qa.settings import Settings
from tests.eval.making import scored_system

SAMPLES = Path(__file__).resolve().parents[3] / "corpus" / "samples"


def _comparison(*scores: float) -> Comparison:
    questions = {f"q{i}": "fact" for i in range(len(scores))}
    return compare(questions, [Measure("nDCG@10", "nDCG@10")], [scored_system("a", scores)])


def test_the_same_figures_pass(tmp_path: Path) -> None:
    write_expected(_comparison(1, 0), tmp_path / "e.json", "policyqa eval compare a")
    check_expected(_comparison(0, 1), tmp_path / "e.json")
    data = json.loads((tmp_path / "e.json").read_text("utf-8"))
    assert data == {
        "made_by": "policyqa eval compare a",
        "tolerance": 0.02,
        "systems": {"a": {"nDCG@10": {"mean": 0.5, "questions": 2}}},
    }


def test_a_difference_within_the_tolerance_passes(tmp_path: Path) -> None:
    hundred = [0.5] * 100
    write_expected(_comparison(*hundred), tmp_path / "e.json", "")
    check_expected(_comparison(*[0.5] * 98, 1.0, 1.0), tmp_path / "e.json")  # +0.01
    check_expected(_comparison(*[0.5] * 96, 0, 0, 0, 0), tmp_path / "e.json")  # -0.02


@pytest.mark.parametrize("changed", [0.0, 1.0])
def test_a_larger_difference_either_way_is_reported_with_the_figures(
    tmp_path: Path, changed: float
) -> None:
    write_expected(_comparison(*[0.5] * 100), tmp_path / "e.json", "")
    now = (95 * 0.5 + 5 * changed) / 100  # 0.025 off
    complaint = rf"a nDCG@10 由 0\.500 变为 {now:.3f}".replace(".", r"\.").replace(r"\\.", r"\.")
    with pytest.raises(PolicyQAError, match=complaint):
        check_expected(_comparison(*[0.5] * 95, *[changed] * 5), tmp_path / "e.json")


def test_one_question_of_few_is_no_difference(tmp_path: Path) -> None:
    write_expected(_comparison(*[1.0] * 10), tmp_path / "e.json", "")
    check_expected(_comparison(*[1.0] * 9, 0), tmp_path / "e.json")
    with pytest.raises(PolicyQAError, match=r"变为 0\.800"):
        check_expected(_comparison(*[1.0] * 8, 0, 0), tmp_path / "e.json")


def test_a_system_that_is_not_there_is_reported(tmp_path: Path) -> None:
    write_expected(_comparison(1), tmp_path / "e.json", "")
    other = compare({"q0": "fact"}, [Measure("nDCG@10", "")], [scored_system("b", [1])])
    with pytest.raises(PolicyQAError, match=r"a nDCG@10 由 1\.000 变为 无"):
        check_expected(other, tmp_path / "e.json")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"systems": {"a": 1}, "tolerance": 1}'])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "e.json").write_text(text, "utf-8")
    with pytest.raises(PolicyQAError, match="不是预期分数的文件"):
        check_expected(_comparison(1), tmp_path / "e.json")


@pytest.mark.slow
def test_the_samples_give_their_committed_figures(
    real_index: Path, real_settings: IndexSettings
) -> None:
    plan = ComparisonPlan(("baseline", "policyqa"), SAMPLES / "golden.jsonl", index=real_index)
    report = run_comparison(plan, Settings(index=real_settings), progress=False)
    check_expected(report.comparison, SAMPLES / "expected.json")
