"""A benchmark of golden questions over a folder of documents."""

from __future__ import annotations

from collections.abc import Sequence

from eval.benchmarks.beir_index import IndexCost, content_of, read_cost, write_cost
from eval.benchmarks.result import Findings, system_result
from eval.benchmarks.task import BenchTask
from eval.comparison.comparison import golden_system
from eval.datasets.golden import load_golden
from eval.datasets.runs import read_run
from eval.metrics.resources import folder_bytes
from eval.systems.opening import Bench, open_bench, require_parts, run_recipe
from eval.systems.recipes import Recipe
from indexer.build import build_index
from indexer.embedding.texts import search_texts, sentence_texts, sentences_of
from indexer.local.generations import require_current


def golden_findings(task: BenchTask, recipes: Sequence[Recipe]) -> Findings:
    """Index the folder, ask every system every question and score it.

    Raises:
        PolicyQAError: a file or the index is bad, or a library or model that a system needs is
            missing.
    """
    for recipe in recipes:
        require_parts(recipe, task.settings)
    items = load_golden(task.benchmark.questions or "")
    types = {item.id: item.type for item in items}
    documents, settings = task.benchmark.documents, task.settings.index
    report = build_index([documents], task.index_dir, settings, task.encoder, task.progress)
    results = []
    with open_bench(task.index_dir, task.settings, task.encoder) as bench:
        cost = _golden_cost(bench, None if report.unchanged else report.seconds)
        for recipe in recipes:
            out = task.run_file(recipe.name, ".jsonl")
            run_recipe(recipe, bench, items, out, task.progress)
            scored = golden_system(recipe.name, recipe.label, items, read_run(out))
            results.append(system_result(recipe, bench, scored.scores, types, scored.times))
    remarks = (f"{len(report.skipped)} 个文件读不了",) if report.skipped else ()
    return Findings(len(items), cost, tuple(results), remarks)


def _golden_cost(bench: Bench, seconds: float | None) -> IndexCost:
    """What the index cost when it was made; None for what an update took."""
    passages = bench.passages()
    content = content_of(passages, bench.settings.index, sentences=True)
    kept = read_cost(bench.index_dir)
    if kept and kept.content == content:
        return kept
    units = sentence_texts(passages, sentences_of(passages))
    cost = IndexCost(
        documents=bench.index.manifest.documents,
        passages=len(passages),
        sentences=len(units),
        text_characters=sum(len(p.text) for p in passages),
        encoded_characters=sum(map(len, {*search_texts(passages), *units})),
        encoding_seconds=None,
        seconds=seconds,
        index_bytes=folder_bytes(require_current(bench.index_dir).folder),
        content=content,
    )
    write_cost(bench.index_dir, cost)
    return cost
