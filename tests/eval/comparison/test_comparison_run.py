"""Comparisons from names and files to a report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import PolicyQAError
from eval.comparison.comparison import ComparisonRun
from eval.comparison.comparison_run import ComparisonPlan, run_comparison
from eval.datasets.runs import RunRecord, read_run, write_run
from tests.conftest import TinyEncoder
from tests.eval.making import GOLDEN, SETTINGS, answered, build_small_index, searched


@pytest.fixture(scope="module")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_small_index(tmp_path_factory.mktemp("plan"))


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "golden.jsonl"
    path.write_text(GOLDEN, "utf-8")
    return path


def _run(folder: Path, name: str, records: Sequence[RunRecord]) -> str:
    write_run(records, folder / name)
    return str(folder / name)


def _hold(plan: ComparisonPlan) -> ComparisonRun:
    return run_comparison(replace(plan, encoder=TinyEncoder()), SETTINGS, progress=False)


def test_run_files_are_compared_without_an_index(tmp_path: Path, questions: Path) -> None:
    one = _run(tmp_path, "one.jsonl", searched([1, 0, 6]))
    two = _run(tmp_path, "hybrid.jsonl", answered([1, 1, 1]))
    report = _hold(ComparisonPlan((one, two), questions))
    assert [s.name for s in report.comparison.systems] == [one, two]
    # A run named after a recipe goes by its label.
    assert [s.label for s in report.comparison.systems] == ["one", "混合检索"]
    assert report.comparison.systems[1].mean("success@5") == 1.0
    assert report.conditions[0] == ("题集", "golden.jsonl，4 题")


def test_recipes_are_run_on_the_index(index_dir: Path, questions: Path) -> None:
    report = _hold(ComparisonPlan(("baseline", "policyqa"), questions, index=index_dir))
    assert [s.label for s in report.comparison.systems] == ["常见做法", "本系统（带回答）"]
    assert report.comparison.systems[1].mean("success@5") == 1.0
    assert report.systems[1].records[0].answered
    assert re.fullmatch(r"2 篇文档，\d 段，模型 tiny", dict(report.conditions)["索引"])


def test_runs_are_kept_and_can_be_compared_again(
    index_dir: Path, questions: Path, tmp_path: Path
) -> None:
    runs = tmp_path / "runs"
    first = _hold(ComparisonPlan(("bm25", "hybrid"), questions, index=index_dir, runs=runs))
    assert {path.name for path in runs.iterdir()} == {"bm25.jsonl", "hybrid.jsonl"}
    assert len(read_run(runs / "hybrid.jsonl")) == 4
    again = _hold(ComparisonPlan((str(runs / "bm25.jsonl"), str(runs / "hybrid.jsonl")), questions))
    for before, after in zip(first.comparison.systems, again.comparison.systems, strict=True):
        assert before.scores == after.scores


def test_documents_are_indexed_first(index_dir: Path, questions: Path, tmp_path: Path) -> None:
    docs = index_dir.parent / "docs"
    report = _hold(ComparisonPlan(("hybrid",), questions, index=tmp_path / "new", docs=docs))
    assert report.comparison.systems[0].mean("success@5") == 1.0
    assert (tmp_path / "new").is_dir()
    without = _hold(ComparisonPlan(("hybrid",), questions, docs=docs))
    assert without.comparison.systems[0].scores == report.comparison.systems[0].scores


def test_own_recipes_are_used(index_dir: Path, questions: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[recipes.words]\nkind = "bm25"\nlabel = "字"\n', "utf-8")
    report = _hold(ComparisonPlan(("words",), questions, index=index_dir, recipes=path))
    assert report.comparison.systems[0].label == "字"


def test_a_group_and_one_of_its_members_are_one_system_each(
    index_dir: Path, questions: Path, tmp_path: Path
) -> None:
    path = tmp_path / "own.toml"
    recipes = "".join(f'[recipes.{n}]\nkind = "bm25"\n' for n in "ab")
    path.write_text(recipes + "[groups]\nboth = ['a', 'b']\n", "utf-8")
    report = _hold(ComparisonPlan(("b", "both"), questions, index=index_dir, recipes=path))
    assert [s.name for s in report.comparison.systems] == ["b", "a"]


def test_trec_runs_are_compared_by_judgements(tmp_path: Path) -> None:
    (tmp_path / "qrels").write_text("q1 0 d1 1\nq2 0 d2 1\n", "utf-8")
    (tmp_path / "a.trec").write_text("q1 Q0 d1 1 2.0 a\nq2 Q0 d9 1 2.0 a\n", "utf-8")
    (tmp_path / "b.trec").write_text("q1 Q0 d1 1 2.0 b\nq2 Q0 d2 1 2.0 b\n", "utf-8")
    runs = (str(tmp_path / "a.trec"), str(tmp_path / "b.trec"))
    report = _hold(ComparisonPlan(runs, qrels=tmp_path / "qrels"))
    assert [s.mean("nDCG@10") for s in report.comparison.systems] == [1 / 2, 1.0]
    assert next(p for p in report.comparison.pairs if p.measure == "AP").wins == ("q2",)


def test_our_runs_rank_documents_by_their_first_passage(tmp_path: Path) -> None:
    (tmp_path / "qrels").write_text("A1 0 云溪县通知.txt 1\nA3 0 槐荫镇方案.txt 1\n", "utf-8")
    run = _run(tmp_path, "run.jsonl", searched([0, 0, 3]))
    report = _hold(ComparisonPlan((run,), qrels=tmp_path / "qrels"))
    scores = report.comparison.systems[0].scores["RR@10"]
    # The other passages are all of one document, which A1 wants; A3's comes second.
    assert (scores["A1"], scores["A3"]) == (1.0, 1 / 2)


def test_what_does_not_fit_is_reported_before_any_question_is_asked(
    tmp_path: Path, questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "eval.comparison.comparison_run.open_bench", None
    )  # whoever opens an index fails otherwise
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    trec = tmp_path / "a.trec"
    trec.write_text("q1 Q0 d1 1 2.0 a\n", "utf-8")
    other = _run(tmp_path, "other.jsonl", [RunRecord("X")])
    index = tmp_path / "index"
    for plan, complaint in (
        (ComparisonPlan(("hybrid",)), "没有题集"),
        (ComparisonPlan(("hybrid",), questions, qrels=trec), "--questions 和 --qrels 都写了"),
        (ComparisonPlan(("hybird",), questions, index=index), "没有叫 hybird 的系统"),
        (ComparisonPlan(("no/run.jsonl",), questions), r"没有运行结果文件 no/run\.jsonl"),
        (ComparisonPlan((str(trec), "hybrid"), questions, index=index), "不是 JSONL 运行结果"),
        (ComparisonPlan((other,), questions), "没有一道题在题集中"),
        (ComparisonPlan(("hybrid",), questions), "没有写索引"),
        (ComparisonPlan(("hybrid",), qrels=trec), "--qrels 不能用来评 hybrid"),
        (ComparisonPlan((other, "hybrid"), questions, index=index), "没有一道题在题集中"),
        (ComparisonPlan((other, other), questions), "写了两次"),
        (ComparisonPlan(("txtai", "hybrid"), questions, index=index), "没有安装 txtai"),
        (ComparisonPlan(("hybrid",), questions, scale=tmp_path / "none"), "读不到文件"),
    ):
        with pytest.raises(PolicyQAError, match=complaint) as error:
            _hold(plan)
        assert "\n" not in str(error.value)
