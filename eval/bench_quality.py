"""One benchmark from documents to measures."""

from __future__ import annotations

import time

from eval.bench_beir import judged_findings
from eval.bench_golden import golden_findings
from eval.bench_result import BenchResult
from eval.bench_task import BenchTask
from eval.recipes import load_recipes
from eval.resources import machine, peak_memory


def run_benchmark(task: BenchTask) -> BenchResult:
    """Index, ask every question and measure.

    Raises:
        PolicyQAError: files are bad or missing, or a system is unknown or does not fit.
    """
    began = time.perf_counter()
    recipes = load_recipes().chosen(task.systems)
    find = golden_findings if task.benchmark.kind == "golden" else judged_findings
    found = find(task, recipes)
    memory = peak_memory()
    return BenchResult(
        benchmark=task.benchmark.name,
        kind=task.benchmark.kind,
        questions=found.questions,
        conditions=task.conditions,
        index=found.index,
        asked=tuple(recipe.name for recipe in recipes),
        systems=found.systems,
        peak_memory_mb=round(memory / 1e6, 1) if memory else None,
        seconds=round(time.perf_counter() - began, 1),
        machine=machine(),
        date=time.strftime("%Y-%m-%d"),
        remarks=found.remarks,
    )
