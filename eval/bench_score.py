"""The scores of a system on a benchmark, summed up."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

from eval.bench_result import SystemResult
from eval.metrics import percentile
from eval.recipes import Recipe
from eval.significance import bootstrap_interval
from eval.systems import Bench, retriever_settings

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
    return SystemResult(
        name=recipe.name,
        label=recipe.label,
        parts=parts_of(recipe, bench),
        measures={name: interval.mean for name, interval in intervals.items()},
        intervals={name: (each.low, each.high) for name, each in intervals.items()},
        by_type=by_type,
        median_ms=round(statistics.median(times), 2) if times else 0.0,
        p95_ms=round(percentile(times, 0.95), 2) if times else 0.0,
    )


def parts_of(recipe: Recipe, bench: Bench) -> tuple[str, ...]:
    """What our search searches by with this recipe on this index."""
    if recipe.kind not in ("search", "answers"):
        return ()
    settings = retriever_settings(recipe, bench.settings)
    weighed = [name for name, part in _PARTS if getattr(settings.weights, part) > 0]
    there = [name for name in weighed if name != "sentences" or bench.index.manifest.sentences]
    return tuple(there)
