"""Benchmarks by name: which there are, where their files lie, and running them one after another."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import PolicyQAError, SettingsError
from eval.benchmarks.beir import judged_findings
from eval.benchmarks.golden import golden_findings
from eval.benchmarks.result import BenchResult, result_value
from eval.benchmarks.task import SENTENCE_LIMIT, Benchmark, BenchTask
from eval.datasets.lines import read_back, write_json
from eval.metrics.resources import in_fresh_process, machine, peak_memory_mb
from eval.systems.recipes import load_recipes, names_of
from qa.settings import Settings

#: Golden questions: (documents, questions), beside the folder with the data sets.
_GOLDEN = {
    "seeds-dev": ("../seeds", "../eval/seeds-dev.jsonl"),
    "ncp-dev": ("ncp_policy/docs", "../eval/ncp-dev.jsonl"),
}
#: BEIR folders and the split whose questions are asked.
_BEIR = {
    "cmrc2018": "test",
    "stard": "train",
    "zhengwu_reply": "train",
    "cn_local_regs": "test",
    "gov_reports": "test",
}
NAMES = (*_GOLDEN, *_BEIR)
SYSTEMS = ("bm25", "dense", "sentences", "hybrid")


@dataclass(frozen=True)
class BenchPlan:
    """What to run.

    Attributes:
        names: benchmarks, or BEIR folders anywhere; none for all benchmarks.
        data: folder of the data sets.
        work: folder for vectors, indexes, run files and results.
        systems: names of recipes.
        split: of BEIR folders that are no known benchmark.
        limit: of BEIR corpora only so many documents; None for all.
        sentence_limit: corpora of more characters get no sentence vectors.
        again: also what is finished.
    """

    names: tuple[str, ...]
    data: Path
    work: Path
    systems: tuple[str, ...] = SYSTEMS
    split: str = "test"
    limit: int | None = None
    sentence_limit: int = SENTENCE_LIMIT
    again: bool = False


#: Runs one benchmark, wherever.
Runner = Callable[[Callable[[BenchTask], BenchResult], BenchTask], BenchResult]


def run_bench(
    plan: BenchPlan,
    settings: Settings,
    on_progress: Callable[[str], None],
    progress: bool = True,
    runner: Runner | None = None,
) -> list[BenchResult]:
    """Run the benchmarks whose files are there; each writes its result when it is finished.

    One that is finished under the same conditions is not run again; systems it lacks are added. A
    benchmark that fails is reported and the others go on.

    Args:
        plan: what to run.
        settings: model and search.
        on_progress: takes a line for the person.
        progress: show bars.
        runner: where to run one; by default each runs in a process of its own.

    Raises:
        PolicyQAError: a name is unknown, none has its files, or all failed; the last one's error.
    """
    names_of(plan.systems)
    if plan.limit is not None and plan.limit < 2:
        raise SettingsError(f"--limit {plan.limit}", "2 以上的整数", "改大再试")
    results: list[BenchResult] = []
    failed: PolicyQAError | None = None
    for benchmark in [_named(name, plan) for name in plan.names or NAMES]:
        if missing := _missing(benchmark):
            on_progress(f"{benchmark.name}：没有 {missing}，跳过")
            continue
        limits = (plan.limit, plan.sentence_limit)
        task = BenchTask(benchmark, plan.work, settings, plan.systems, *limits, progress)
        try:
            results.append(_run(task, plan.again, on_progress, runner or in_fresh_process))
        except PolicyQAError as error:
            on_progress(f"{benchmark.name}：{error}")
            failed = error
    if failed and not results:
        raise failed
    if not results:
        raise PolicyQAError(
            f"{plan.data} 里没有评测数据", "、".join(NAMES) + " 等数据集的文件夹", "用 --data 指明"
        )
    return results


def _run(
    task: BenchTask, again: bool, on_progress: Callable[[str], None], runner: Runner
) -> BenchResult:
    """The result of a task, from its file as far as it is there."""
    file = task.work / "results" / f"{task.place}.json"
    before = None if again else read_back(BenchResult, file)
    if before and before.conditions != task.conditions:
        before = None
    known = before.asked if before else ()
    lacking = tuple(name for name in names_of(task.systems) if name not in known)
    if before and not lacking:
        on_progress(f"{task.place}：已有结果 {file}（--again 重做）")
        return before
    on_progress(f"{task.place}：{'、'.join(lacking)}")
    result = runner(run_benchmark, replace(task, systems=lacking))
    if before:
        result = _joined(before, result)
    write_json(result_value(result), file)
    return result


def _joined(before: BenchResult, now: BenchResult) -> BenchResult:
    """Systems measured later beside those of before."""
    peaks = [each for each in (before.peak_memory_mb, now.peak_memory_mb) if each is not None]
    return replace(
        now,
        asked=(*before.asked, *now.asked),
        systems=(*before.systems, *now.systems),
        peak_memory_mb=max(peaks, default=None),
        seconds=round(before.seconds + now.seconds, 1),
        remarks=tuple(dict.fromkeys((*before.remarks, *now.remarks))),
    )


def _named(name: str, plan: BenchPlan) -> Benchmark:
    """A benchmark by its name, or of a BEIR folder."""
    if name in _GOLDEN:
        documents, questions = _GOLDEN[name]
        return Benchmark(name, plan.data / documents, plan.data / questions)
    if name in _BEIR:
        return Benchmark(name, plan.data / name, split=_BEIR[name])
    folder = Path(name)
    if _corpus(folder) is None:
        raise SettingsError(
            f"没有叫 {name} 的评测",
            f"{'、'.join(NAMES)}、scale、cleaning、metadata 之一，或有 corpus.jsonl 的 BEIR 文件夹",
            "改正名字",
        )
    return Benchmark(folder.resolve().name, folder, split=plan.split)


def _missing(benchmark: Benchmark) -> Path | None:
    """What a benchmark lacks to be run."""
    if benchmark.questions is None:
        return None if _corpus(benchmark.documents) else benchmark.documents
    needed = (benchmark.documents, benchmark.questions)
    return next((path for path in needed if not path.exists()), None)


def _corpus(folder: Path) -> Path | None:
    files = (folder / "corpus.jsonl", folder / "corpus.jsonl.gz")
    return next((file for file in files if file.is_file()), None)


def run_benchmark(task: BenchTask) -> BenchResult:
    """Index, ask every question and measure.

    Raises:
        PolicyQAError: files are bad or missing, or a system is unknown or does not fit.
    """
    began = time.perf_counter()
    recipes = load_recipes().chosen(task.systems)
    find = golden_findings if task.benchmark.kind == "golden" else judged_findings
    found = find(task, recipes)
    return BenchResult(
        **vars(found),
        benchmark=task.benchmark.name,
        kind=task.benchmark.kind,
        conditions=task.conditions,
        asked=tuple(recipe.name for recipe in recipes),
        peak_memory_mb=peak_memory_mb(),
        seconds=round(time.perf_counter() - began, 1),
        machine=machine(),
        date=time.strftime("%Y-%m-%d"),
    )
