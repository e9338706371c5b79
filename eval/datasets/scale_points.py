"""Costs against the size of a corpus, as a file that a report draws."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from corpus.errors import PolicyQAError
from eval.datasets.lines import decoded, write_json

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


def write_scale(points: Iterable[ScalePoint], path: Path) -> None:
    """Write points so that ``read_scale`` reads them.

    Raises:
        PolicyQAError: the place cannot be written to.
    """
    write_json([asdict(point) for point in points], path)


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
