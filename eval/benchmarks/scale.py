"""The scale series: time, memory and space of an index of 1,000 passages, of 10,000 and so on.

Each index is built in a process of its own, and each system searches it in one, so that memory is
that of this work alone: the building stands in ``scale_index``, with what it makes up. The full results are a JSON list of ``ScaleResult``; the points of one system
are written for the report too (``eval.datasets.scale_points``).
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import SettingsError
from eval.benchmarks.scale_index import METHOD, ScaleCost, ScaleTask, build_scale_index
from eval.datasets.beir import file_of
from eval.datasets.lines import json_entries, read_back, write_json
from eval.datasets.scale_points import ScalePoint
from eval.metrics.measures import median_and_p95
from eval.metrics.resources import Machine, in_fresh_process, machine, peak_memory_mb
from eval.systems.asking import timed
from eval.systems.opening import open_bench, open_ranking
from eval.systems.recipes import load_recipes, names_of
from indexer.embedding.encoder import Encoder
from qa.settings import Settings

SIZES = (1_000, 10_000, 77_000, 181_000)
SYSTEMS = ("bm25", "dense", "hybrid-without-sentences", "hybrid")
#: Of the data sets' folder.
CORPUS = "crud_news"
#: Questions that are timed, and those before that only warm up.
QUESTIONS, _WARM_UP = 200, 5


@dataclass(frozen=True)
class ScalePlan:
    """What to run.

    Attributes:
        data: folder of the data sets.
        work: folder for vectors, indexes and results.
        sizes: passages of each index.
        systems: names of recipes that search.
        embed_seconds: how long passages may be embedded for each size, and sentences again so long.
        again: also what is finished.
    """

    data: Path
    work: Path
    sizes: tuple[int, ...] = SIZES
    systems: tuple[str, ...] = SYSTEMS
    embed_seconds: float = 600.0
    again: bool = False


@dataclass(frozen=True)
class SearchTask:
    """An index to search with one system."""

    index_dir: Path
    settings: Settings
    system: str
    questions: tuple[str, ...]
    progress: bool = True
    encoder: Encoder | None = None


@dataclass(frozen=True)
class SearchCost:
    """What searching cost.

    Attributes:
        system: name of the recipe.
        label: its name in Chinese.
        median_ms: of a search for ten passages, embedding of the question included.
        p95_ms: the 95th percentile.
        memory_mb: most memory of the process; None where the system does not say.
        open_seconds: from nothing to the first result.
    """

    system: str
    label: str
    median_ms: float
    p95_ms: float
    memory_mb: float | None
    open_seconds: float


@dataclass(frozen=True)
class ScaleResult:
    """One size of the series.

    Attributes:
        passages: in the index; fewer than asked for where the corpus has no more.
        model: embedding model.
        embed_seconds: allowed for embedding.
        questions: timed.
        cost: of the index.
        index_seconds: to build it, everything embedded.
        extrapolated: whether ``index_seconds`` was worked out from the rate of what was embedded.
        vectors: how those were made that are not the model's; "" where all are.
        systems: what searching cost.
        machine: where.
        date: when.
    """

    passages: int
    model: str
    embed_seconds: float
    questions: int
    cost: ScaleCost
    index_seconds: float
    extrapolated: bool
    vectors: str
    systems: tuple[SearchCost, ...]
    machine: Machine
    date: str

    def point(self, system: str) -> ScalePoint | None:
        """The point of a system for the report."""
        for each in self.systems:
            if each.system == system:
                return ScalePoint(
                    passages=self.passages,
                    index_seconds=round(self.index_seconds, 1),
                    index_mb=round(self.cost.index_bytes / 1e6, 1),
                    memory_mb=each.memory_mb,
                    median_ms=each.median_ms,
                    p95_ms=each.p95_ms,
                    extrapolated=("index_seconds",) if self.extrapolated else (),
                )
        return None


#: Runs a part of the series, wherever.
Runner = Callable[[Callable[[Any], Any], Any], Any]


def run_scale(
    plan: ScalePlan,
    settings: Settings,
    on_progress: Callable[[str], None],
    progress: bool = True,
    runner: Runner | None = None,
) -> list[ScaleResult]:
    """Build and search an index of each size; each size writes its result when finished.

    Raises:
        PolicyQAError: the corpus is missing or bad, a system is unknown, or a size is not positive.
    """
    for recipe in load_recipes().chosen(plan.systems):
        if recipe.kind not in ("search", "bm25"):
            raise SettingsError(f"scale 不能测 {recipe.name}", "检索系统", "改正 --system")
    if not plan.sizes or min(plan.sizes) < 1 or plan.embed_seconds <= 0:
        raise SettingsError("--sizes 或 --embed-minutes 不对", "大于 0 的数", "改正后再试")
    corpus = plan.data / CORPUS
    questions = _questions(corpus)
    results: list[ScaleResult] = []
    for size in sorted(set(plan.sizes)):
        file = plan.work / "results" / f"scale-{size}.json"
        before = None if plan.again else read_back(ScaleResult, file)
        if before and _same(before, plan, settings, len(questions)):
            on_progress(f"scale-{size}：已有结果 {file}（--again 重做）")
            results.append(before)
            continue
        on_progress(f"scale-{size}：建索引，再检索")
        task = ScaleTask(corpus, size, plan.work, settings.index, plan.embed_seconds, progress)
        result = _one_size(task, plan, settings, questions, runner or in_fresh_process)
        write_json(asdict(result), file)
        results.append(result)
    return results


def _one_size(
    task: ScaleTask,
    plan: ScalePlan,
    settings: Settings,
    questions: tuple[str, ...],
    runner: Runner,
) -> ScaleResult:
    try:
        cost: ScaleCost = runner(build_scale_index, task)
        searches = [
            SearchTask(task.index_dir, settings, name, questions, task.progress)
            for name in names_of(plan.systems)
        ]
        systems = tuple(runner(search_index, search) for search in searches)
    finally:
        shutil.rmtree(task.index_dir, ignore_errors=True)  # gigabytes that nobody needs again
    return ScaleResult(
        passages=cost.passages,
        model=settings.index.model,
        embed_seconds=plan.embed_seconds,
        questions=len(questions),
        cost=cost,
        index_seconds=cost.encoding_seconds + cost.other_seconds,
        extrapolated=not cost.all_embedded,
        vectors="" if cost.all_embedded else METHOD,
        systems=systems,
        machine=machine(),
        date=time.strftime("%Y-%m-%d"),
    )


def search_index(task: SearchTask) -> SearchCost:
    """Ask a system every question, one after another, for ten passages.

    Raises:
        PolicyQAError: the index is damaged.
    """
    (recipe,) = load_recipes().chosen([task.system])
    began = time.perf_counter()
    with open_bench(task.index_dir, task.settings, task.encoder) as bench:
        ranking = open_ranking(recipe, bench)
        ranking(task.questions[0], 10)
        opened = time.perf_counter() - began
        for question in task.questions[1:_WARM_UP]:
            ranking(question, 10)
        asked = timed(lambda q: ranking(q, 10), task.questions, recipe.label, task.progress)
        median, p95 = median_and_p95([ms for _, _, ms in asked])
    return SearchCost(
        system=recipe.name,
        label=recipe.label,
        median_ms=round(median or 0.0, 2),
        p95_ms=round(p95 or 0.0, 2),
        memory_mb=peak_memory_mb(),
        open_seconds=round(opened, 2),
    )


def _questions(corpus: Path) -> tuple[str, ...]:
    """The first questions of the corpus."""
    found = [entry.text("text") for entry in json_entries(file_of(corpus, ["queries.jsonl"]))]
    return tuple(text for text in found if text.strip())[:QUESTIONS]


def _same(before: ScaleResult, plan: ScalePlan, settings: Settings, questions: int) -> bool:
    """Whether a result is what the plan asks for."""
    known = {each.system for each in before.systems}
    made = (before.model, before.embed_seconds, before.questions)
    wanted = (settings.index.model, plan.embed_seconds, questions)
    return made == wanted and known.issuperset(names_of(plan.systems))
