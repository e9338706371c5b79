"""What a benchmark found, in memory and as JSON."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.benchmarks.beir_index import IndexCost
from eval.metrics.measures import median_and_p95
from eval.metrics.resources import Machine
from eval.metrics.significance import bootstrap_interval
from eval.systems.opening import Bench, retriever_settings
from eval.systems.recipes import Recipe

#: Raised when what is measured changes: results of before are measured anew.
FORMAT = 1


@dataclass(frozen=True)
class SystemResult:
    """How well a system did.

    Attributes:
        name: of its recipe.
        label: its name in Chinese.
        parts: what it searches by, of ``passages``, ``sentences`` and ``words``; empty for systems
            that are not our search.
        measures: measure → mean over the questions that it is defined for.
        intervals: measure → bounds of the mean's 95 % bootstrap interval.
        by_type: type of question → measure → mean, where the set has types.
        median_ms: of a question.
        p95_ms: the 95th percentile.
    """

    name: str
    label: str
    parts: tuple[str, ...]
    measures: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]
    by_type: Mapping[str, Mapping[str, float]]
    median_ms: float
    p95_ms: float


@dataclass(frozen=True)
class Findings:
    """What a kind of benchmark finds out.

    Attributes:
        questions: asked.
        index: what was indexed and what that cost.
        systems: in the order asked for.
        remarks: what to know when reading the figures.
    """

    questions: int
    index: IndexCost
    systems: tuple[SystemResult, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conditions:
    """What must be the same for two results to be of the same thing.

    Attributes:
        format: see ``FORMAT``.
        model: embedding model.
        limit: documents that the corpus was cut down to; None for all of it.
        sentence_limit: corpora of more characters got no sentence vectors.
        retriever: settings of the search as text.
    """

    format: int
    model: str
    limit: int | None
    sentence_limit: int
    retriever: str


@dataclass(frozen=True, kw_only=True)
class BenchResult(Findings):
    """A finished benchmark.

    Attributes:
        benchmark: its name.
        kind: ``golden`` or ``beir``.
        conditions: under which.
        asked: names of the systems asked for, also of those that do not fit.
        peak_memory_mb: most memory of the process that indexed and searched; None where the system
            does not say.
        seconds: of the whole benchmark, this time.
        machine: where.
        date: when, ``YYYY-MM-DD``.
    """

    benchmark: str
    kind: str
    conditions: Conditions
    asked: tuple[str, ...]
    peak_memory_mb: float | None
    seconds: float
    machine: Machine
    date: str

    def system(self, name: str) -> SystemResult | None:
        """The result of a system, if it was measured."""
        return next((each for each in self.systems if each.name == name), None)


def result_value(result: BenchResult) -> dict[str, Any]:
    """A result as JSON objects and lists, the speed of encoding worked out.

    ``eval.datasets.lines.read_back`` makes the same result of it.
    """
    value = asdict(result)
    value["index"]["characters_per_second"] = result.index.characters_per_second
    return value


_PARTS = (("passages", "passage"), ("sentences", "sentence"), ("words", "lexical"))


def system_result(
    recipe: Recipe,
    bench: Bench,
    scores: Mapping[str, Mapping[str, float]],
    types: Mapping[str, str],
    times: Sequence[float],
) -> SystemResult:
    """Means with their intervals, by type of question, and times.

    Args:
        recipe: the system.
        bench: what it was opened on.
        scores: measure → question → score.
        types: question → its type; "" for none.
        times: milliseconds a question.
    """
    defined = {name: values for name, values in scores.items() if values}
    intervals = {name: bootstrap_interval(list(v.values())) for name, v in defined.items()}
    by_type: dict[str, dict[str, float]] = {}
    for kind in dict.fromkeys(each for each in types.values() if each):
        chosen = {
            name: [value for query, value in values.items() if types.get(query) == kind]
            for name, values in defined.items()
        }
        by_type[kind] = {name: statistics.fmean(v) for name, v in chosen.items() if v}
    median, p95 = median_and_p95(times)
    return SystemResult(
        name=recipe.name,
        label=recipe.label,
        parts=parts_of(recipe, bench),
        measures={name: interval.mean for name, interval in intervals.items()},
        intervals={name: (each.low, each.high) for name, each in intervals.items()},
        by_type=by_type,
        median_ms=round(median or 0.0, 2),
        p95_ms=round(p95 or 0.0, 2),
    )


def parts_of(recipe: Recipe, bench: Bench) -> tuple[str, ...]:
    """What our search searches by with this recipe on this index."""
    if recipe.kind not in ("search", "answers"):
        return ()
    settings = retriever_settings(recipe, bench.settings)
    weighed = [name for name, part in _PARTS if getattr(settings.weights, part) > 0]
    there = [name for name in weighed if name != "sentences" or bench.index.manifest.sentences]
    return tuple(there)
