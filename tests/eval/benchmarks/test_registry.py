"""Running benchmarks one after another: which are run, kept, added to and reported."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import PolicyQAError, SettingsError
from eval.benchmarks.registry import BenchPlan, run_bench, run_benchmark
from eval.benchmarks.result import BenchResult, result_value
from eval.benchmarks.table import bench_text
from eval.benchmarks.task import BenchTask
from eval.datasets.lines import read_back
from tests.eval.making import FILES, GOLDEN, SETTINGS, here, write_set


@pytest.fixture
def plan(tmp_path: Path) -> BenchPlan:
    """Two of the known benchmarks are there: gov_reports and seeds-dev."""
    write_set(tmp_path / "data" / "gov_reports")
    (tmp_path / "seeds").mkdir()
    for name, text in FILES.items():
        (tmp_path / "seeds" / name).write_text(text, "utf-8")
    (tmp_path / "eval").mkdir()
    (tmp_path / "eval" / "seeds-dev.jsonl").write_text(GOLDEN, "utf-8")
    return BenchPlan((), tmp_path / "data", tmp_path / "work", systems=("bm25",))


class Bench:
    """Runs benchmarks here, remembering which systems of which, and what was reported."""

    def __init__(self) -> None:
        self.ran: list[tuple[str, tuple[str, ...]]] = []
        self.reported: list[str] = []

    def __call__(self, plan: BenchPlan) -> Any:
        return run_bench(plan, SETTINGS, self.reported.append, progress=False, runner=self._run)

    def _run(self, work: Any, task: BenchTask) -> Any:
        self.ran.append((task.place, task.systems))
        return here(work, task)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_what_is_absent_is_reported_in_one_line_and_the_rest_is_run(
    plan: BenchPlan, bench: Bench
) -> None:
    results = bench(plan)
    assert [(r.benchmark, r.kind) for r in results] == [
        ("seeds-dev", "golden"),
        ("gov_reports", "beir"),
    ]
    absent = [line for line in bench.reported if "跳过" in line]
    assert [line.partition("：")[0] for line in absent] == [
        "ncp-dev", "cmrc2018", "stard", "zhengwu_reply", "cn_local_regs",
    ]  # fmt: skip


def test_without_any_data_there_is_an_error(tmp_path: Path, bench: Bench) -> None:
    with pytest.raises(PolicyQAError, match="没有评测数据"):
        bench(BenchPlan((), tmp_path, tmp_path / "work"))


def test_an_unknown_name_is_reported_before_anything_is_run(plan: BenchPlan, bench: Bench) -> None:
    with pytest.raises(SettingsError, match="没有叫 nothing 的评测"):
        bench(replace(plan, names=("gov_reports", "nothing")))
    assert bench.ran == []


def test_an_unknown_system_is_reported_before_anything_is_run(
    plan: BenchPlan, bench: Bench
) -> None:
    with pytest.raises(SettingsError, match="没有叫 magic 的系统"):
        bench(replace(plan, systems=("magic",)))
    assert bench.ran == []


def test_golden_questions_are_measured_by_evidence(plan: BenchPlan, bench: Bench) -> None:
    (result,) = bench(replace(plan, names=("seeds-dev",)))
    words = result.system("bm25")
    # Both answers stand in passages that share words with their questions.
    assert words.by_type["fact"]["success@5"] == 1
    assert result.questions == 4
    assert result.index.documents == len(FILES)
    assert result.index.seconds > 0


def test_a_golden_index_that_is_kept_keeps_its_cost(plan: BenchPlan, bench: Bench) -> None:
    golden = replace(plan, names=("seeds-dev",), again=True)
    (first,), (second,) = bench(golden), bench(golden)
    assert first.index == second.index


def test_what_is_finished_is_not_run_again(plan: BenchPlan, bench: Bench) -> None:
    first = bench(plan)
    ran = list(bench.ran)
    assert bench(plan) == first
    assert bench.ran == ran


def test_again_runs_it_again(plan: BenchPlan, bench: Bench) -> None:
    one = replace(plan, names=("gov_reports",))
    bench(one)
    bench(replace(one, again=True))
    assert bench.ran == [("gov_reports", ("bm25",))] * 2


def test_systems_that_a_result_lacks_are_added(plan: BenchPlan, bench: Bench) -> None:
    one = replace(plan, names=("gov_reports",))
    bench(one)
    (result,) = bench(replace(one, systems=("bm25", "dense")))
    assert bench.ran[-1] == ("gov_reports", ("dense",))
    assert [system.name for system in result.systems] == ["bm25", "dense"]


def test_a_system_that_does_not_fit_is_not_tried_again(plan: BenchPlan, bench: Bench) -> None:
    one = replace(plan, names=("gov_reports",), systems=("bm25", "baseline"))
    bench(one)
    bench(one)
    assert len(bench.ran) == 1


@pytest.mark.parametrize("change", [{"sentence_limit": 10}, {"limit": 3}])
def test_other_conditions_are_measured_anew(
    plan: BenchPlan, bench: Bench, change: dict[str, int]
) -> None:
    one = replace(plan, names=("gov_reports",))
    bench(one)
    bench(replace(one, **change))  # type: ignore[arg-type]
    assert len(bench.ran) == 2


def test_a_small_part_does_not_replace_the_whole(plan: BenchPlan, bench: Bench) -> None:
    one = replace(plan, names=("gov_reports",))
    whole = bench(one)
    bench(replace(one, limit=3))
    assert bench(one) == whole


def test_a_benchmark_that_fails_is_reported_and_the_others_go_on(
    plan: BenchPlan, bench: Bench
) -> None:
    (plan.data / "gov_reports" / "qrels.tsv").write_text("nothing", "utf-8")
    assert [r.benchmark for r in bench(plan)] == ["seeds-dev"]
    (line,) = [line for line in bench.reported if line.startswith("gov_reports：qrels.tsv")]
    assert "\n" not in line


def test_when_all_fail_the_error_is_that_of_the_last(plan: BenchPlan, bench: Bench) -> None:
    (plan.data / "gov_reports" / "qrels.tsv").write_text("nothing", "utf-8")
    with pytest.raises(PolicyQAError, match=r"qrels\.tsv"):
        bench(replace(plan, names=("gov_reports",)))


def test_a_beir_folder_anywhere_is_a_benchmark(
    plan: BenchPlan, bench: Bench, tmp_path: Path
) -> None:
    folder = write_set(tmp_path / "mine")
    (folder / "qrels.tsv").rename(folder / "qrels.dev.tsv")
    (result,) = bench(replace(plan, names=(str(folder),), split="dev"))
    assert (result.benchmark, result.questions) == ("mine", 3)


def test_a_result_is_read_as_it_was_written(plan: BenchPlan, bench: Bench) -> None:
    results = bench(plan)
    for result in results:
        assert read_back(BenchResult, plan.work / "results" / f"{result.benchmark}.json") == result


def test_a_damaged_result_is_measured_anew(plan: BenchPlan, bench: Bench) -> None:
    one = replace(plan, names=("gov_reports",))
    bench(one)
    (plan.work / "results" / "gov_reports.json").write_text("{", "utf-8")
    bench(one)
    assert len(bench.ran) == 2


def test_the_tables_name_each_benchmark_and_system(plan: BenchPlan, bench: Bench) -> None:
    results = bench(plan)
    lines = bench_text(results).splitlines()
    assert lines[0] == "证据 · evidence found"
    assert any(line.split()[:2] == ["gov_reports", "bm25"] for line in lines)
    assert any(line.startswith("gov_reports bm25 nDCG@10：verbatim 1.000") for line in lines)


def test_a_result_in_json_has_its_speed(plan: BenchPlan, bench: Bench) -> None:
    values = [result_value(result) for result in bench(plan)]
    assert [each["benchmark"] for each in values] == ["seeds-dev", "gov_reports"]
    assert values[1]["index"]["characters_per_second"] > 0


def test_the_work_of_a_benchmark_is_run_by_the_runner(plan: BenchPlan) -> None:
    seen = []

    def runner(work: Any, task: BenchTask) -> Any:
        seen.append(work)
        return here(work, task)

    run_bench(
        replace(plan, names=("gov_reports",)),
        SETTINGS,
        lambda line: None,
        progress=False,
        runner=runner,
    )
    assert seen == [run_benchmark]
