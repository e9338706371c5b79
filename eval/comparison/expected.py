"""Figures that a comparison is expected to give again, in a file beside the command that made it."""

from __future__ import annotations

import json
from pathlib import Path

from corpus.errors import PolicyQAError
from eval.comparison.comparison import Comparison
from eval.datasets.lines import decoded, write_json

#: Another processor rounds otherwise; so much, or one question's worth, is no difference.
TOLERANCE = 0.02

_NEXT = "查清原因；变化若是有意的，用文件里 made_by 的命令重做它"


def write_expected(comparison: Comparison, path: Path, command: str) -> None:
    """Write the means of what is tested, with how many questions each is over.

    Raises:
        PolicyQAError: the place cannot be written to.
    """
    data = {"made_by": command, "tolerance": TOLERANCE, "systems": _figures(comparison)}
    write_json(data, path)


def check_expected(comparison: Comparison, path: Path) -> None:
    """Compare figures with those of a file.

    Raises:
        PolicyQAError: a figure is off by more than the tolerance, or absent; or the file is none
            that ``write_expected`` wrote.
    """
    try:
        data = json.loads(decoded(path))
        expected, tolerance = data["systems"], float(data["tolerance"])
        wanted = {
            (system, measure): (float(figure["mean"]), int(figure["questions"]))
            for system, figures in expected.items()
            for measure, figure in figures.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        raise PolicyQAError(
            f"{path.name} 不是预期分数的文件", "--write-expected 写出的 JSON", "重做这个文件"
        ) from None
    found = _figures(comparison)
    off = []
    for (system, measure), (mean, questions) in wanted.items():
        now = found.get(system, {}).get(measure, {}).get("mean")
        if now is None or abs(now - mean) > max(tolerance, 1 / questions) + 1e-9:
            off.append(
                f"{system} {measure} 由 {mean:.3f} 变为 {'无' if now is None else f'{now:.3f}'}"
            )
    if off:
        raise PolicyQAError("；".join(off), f"与 {path.name} 相差不超过 {tolerance}", _NEXT)


def _figures(comparison: Comparison) -> dict[str, dict[str, dict[str, float]]]:
    tested = [measure.name for measure in comparison.measures if measure.tested]
    return {
        system.name: {
            cell.measure: {"mean": round(cell.interval.mean, 4), "questions": cell.questions}
            for cell in system.rows[-1].cells
            if cell.interval and cell.measure in tested
        }
        for system in comparison.systems
    }
