"""The scale series: time, memory and space of an index of 1,000 passages, of 10,000 and so on.

Each index is built in a process of its own, and each system searches it in one, so that memory is
that of this work alone. The full results are a JSON list of ``ScaleResult``; the points of one system
are written for the report too (``eval.benchmarks.scale.ScalePoint``).
"""

from __future__ import annotations

import json
import math
import shutil
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from corpus.errors import PolicyQAError, SettingsError
from eval.benchmarks.scale_index import METHOD, ScaleCost, ScaleTask, build_scale_index
from eval.datasets.golden import json_lines, string_of
from eval.datasets.lines import decoded, write_lines
from eval.metrics.measures import percentile
from eval.metrics.resources import Machine, in_fresh_process, machine, peak_memory
from eval.systems.opening import open_bench, open_ranking
from eval.systems.recipes import load_recipes
from indexer.embedding.encoder import Encoder
from qa.settings import Settings

SIZES = (1_000, 10_000, 77_000, 181_000)
SYSTEMS = ("bm25", "dense", "hybrid-without-sentences", "hybrid")
#: Of the data sets' folder.
CORPUS = "crud_news"
#: Questions that are timed, and those before that only warm up.
QUESTIONS, _WARM_UP = 200, 5
_MEBI = 1e6


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
        memory_mb: most memory of the process; None where the system does not tell.
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
                    index_mb=round(self.cost.index_bytes / _MEBI, 1),
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
    tell: Callable[[str], None],
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
        before = None if plan.again else read_scale_result(file)
        if before and _same(before, plan, settings, len(questions)):
            tell(f"scale-{size}：已有结果 {file}（--again 重做）")
            results.append(before)
            continue
        tell(f"scale-{size}：建索引，再检索")
        task = ScaleTask(corpus, size, plan.work, settings.index, plan.embed_seconds, progress)
        result = _one_size(task, plan, settings, questions, runner or in_fresh_process)
        write_lines([json.dumps(asdict(result), ensure_ascii=False, indent=2)], file)
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
        names = [recipe.name for recipe in load_recipes().chosen(plan.systems)]
        searches = [
            SearchTask(task.index_dir, settings, name, questions, task.progress) for name in names
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
    from tqdm import tqdm

    (recipe,) = load_recipes().chosen([task.system])
    began = time.perf_counter()
    with open_bench(task.index_dir, task.settings, task.encoder) as bench:
        ranking = open_ranking(recipe, bench)
        ranking(task.questions[0], 10)
        opened = time.perf_counter() - began
        for question in task.questions[1:_WARM_UP]:
            ranking(question, 10)
        times = []
        bar = tqdm(task.questions, desc=recipe.label, unit="题", disable=not task.progress)
        for question in bar:
            began = time.perf_counter()
            ranking(question, 10)
            times.append((time.perf_counter() - began) * 1000)
    memory = peak_memory()
    return SearchCost(
        system=recipe.name,
        label=recipe.label,
        median_ms=round(statistics.median(times), 2),
        p95_ms=round(percentile(times, 0.95), 2),
        memory_mb=round(memory / _MEBI, 1) if memory else None,
        open_seconds=round(opened, 2),
    )


def _questions(corpus: Path) -> tuple[str, ...]:
    """The first questions of the corpus."""
    names = ("queries.jsonl", "queries.jsonl.gz")
    file = next((corpus / name for name in names if (corpus / name).is_file()), corpus / names[0])
    found = [string_of(entry, "text", file.name) for _, entry in json_lines(file)]
    return tuple(text for text in found if text.strip())[:QUESTIONS]


def _same(before: ScaleResult, plan: ScalePlan, settings: Settings, questions: int) -> bool:
    """Whether a result is what the plan asks for."""
    names = {each.system for each in before.systems}
    asked = {recipe.name for recipe in load_recipes().chosen(plan.systems)}
    return (before.model, before.embed_seconds, before.questions, asked - names) == (
        settings.index.model,
        plan.embed_seconds,
        questions,
        set(),
    )


def read_scale_result(path: Path) -> ScaleResult | None:
    """A result written before; None where there is none or it is of another version."""
    try:
        value = json.loads(path.read_text("utf-8"))
        if set(value) != {field.name for field in fields(ScaleResult)}:
            return None
        return ScaleResult(
            **{
                **value,
                "cost": ScaleCost(**value["cost"]),
                "systems": tuple(SearchCost(**each) for each in value["systems"]),
                "machine": Machine(**value["machine"]),
            }
        )
    except (OSError, ValueError, TypeError, LookupError, PolicyQAError):
        return None


def write_scale_results(results: Sequence[ScaleResult], path: Path) -> None:
    """Write a series as one JSON list.

    Raises:
        PolicyQAError: the place cannot be written to.
    """
    values = [asdict(result) for result in results]
    write_lines([json.dumps(values, ensure_ascii=False, indent=2)], path)


_FORMAT = '形如 [{"passages": 1000, "index_seconds": 60, "median_ms": 30, "extrapolated": []}]'


@dataclass(frozen=True)
class ScalePoint:
    """The cost at one size of the corpus; None where it was not looked at.

    Attributes:
        passages: size of the corpus.
        index_seconds: time to build the index.
        index_mb: size of the index on disk.
        memory_mb: most memory held while searching.
        median_ms: median time of a search.
        p95_ms: the 95th percentile.
        extrapolated: names of those of these costs that were worked out and not measured.
    """

    passages: int
    index_seconds: float | None = None
    index_mb: float | None = None
    memory_mb: float | None = None
    median_ms: float | None = None
    p95_ms: float | None = None
    extrapolated: tuple[str, ...] = ()


_COSTS = tuple(f.name for f in fields(ScalePoint) if f.name not in ("passages", "extrapolated"))


def read_scale(path: Path) -> tuple[ScalePoint, ...]:
    """The points of a file, smallest corpus first.

    Raises:
        PolicyQAError: the file cannot be read or is no list of points.
    """
    try:
        given = json.loads(decoded(path))
    except (ValueError, RecursionError):
        raise _wrong(f"文件 {path.name} 不是合法的 JSON") from None
    if not isinstance(given, list) or not given:
        raise _wrong(f"文件 {path.name} 里没有一列规模")
    points = [_point(each, f"{path.name} 第 {n} 项") for n, each in enumerate(given, start=1)]
    return tuple(sorted(points, key=lambda point: point.passages))


def write_scale(points: Sequence[ScalePoint], path: Path) -> None:
    """Write points so that ``read_scale`` reads them.

    Raises:
        PolicyQAError: the place cannot be written to.
    """
    write_lines([json.dumps([asdict(p) for p in points], ensure_ascii=False, indent=2)], path)


def _point(given: object, where: str) -> ScalePoint:
    if not isinstance(given, Mapping):
        raise _wrong(f"{where}不是对象")
    for key in given:
        if key not in (*_COSTS, "passages", "extrapolated"):
            raise _wrong(f"{where}有不认识的 {key}")
    passages = given.get("passages")
    if type(passages) is not int or passages < 1:
        raise _wrong(f"{where}的 passages 是 {passages!r}")
    worked_out = given.get("extrapolated") or []
    if not isinstance(worked_out, list) or not set(map(str, worked_out)) <= set(_COSTS):
        raise _wrong(f"{where}的 extrapolated 是 {worked_out!r}")
    costs = {key: _cost(given.get(key), f"{where}的 {key}") for key in _COSTS}
    return ScalePoint(passages, extrapolated=tuple(worked_out), **costs)


def _cost(value: object, where: str) -> float | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    # json reads NaN and Infinity.
    if value is not None and not (number and math.isfinite(value) and value >= 0):  # type: ignore[arg-type, operator]
        raise _wrong(f"{where} 是 {value!r}")
    return value  # type: ignore[return-value]


def _wrong(got: str) -> PolicyQAError:
    return PolicyQAError(got, _FORMAT, "改正文件再试")
