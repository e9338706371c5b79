"""A run: what a system returned for each question of a set."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeGuard

from eval.datasets.lines import Entry, read_entries, write_entries


@dataclass(frozen=True)
class Extract:
    """Text with the name of the file it is from: a passage found, or the words of a citation."""

    doc: str
    text: str


@dataclass(frozen=True)
class RunRecord:
    """What a system returned for one question.

    Attributes:
        id: the question's id.
        passages: best first.
        answer: the text shown, with its ``[1]`` marks; empty when the system only searches.
        short_answer: the exact value asked for, or empty.
        answered: False on refusal.
        citations: the cited words.
        ms: milliseconds it took, 0 or more.
        confidence: in [0, 1], how sure the system is that its answer is right; None when it does not
            say.
    """

    id: str
    passages: tuple[Extract, ...] = ()
    answer: str = ""
    short_answer: str = ""
    answered: bool = False
    citations: tuple[Extract, ...] = ()
    ms: float = 0.0
    confidence: float | None = None


def read_run(path: str | Path) -> tuple[RunRecord, ...]:
    """Read a run file in the order of its lines.

    Raises:
        PolicyQAError: the file is missing or empty, or a line is not JSON, lacks ``id`` or
            ``passages``, holds a value of the wrong type or repeats an id; names file and line.
    """
    return read_entries(Path(path), _record)


def write_run(records: Iterable[RunRecord], path: str | Path) -> int:
    """Write a run file, one JSON object a line; returns the number of records.

    The file appears under its name only when complete: if ``records`` raises midway, a file that
    was there before stays as it was.

    Raises:
        PolicyQAError: the place cannot be written to.
    """
    return write_entries(map(asdict, records), path)


def _record(entry: Entry) -> RunRecord:
    missing = [key for key in ("id", "passages") if key not in entry.values]
    if missing:
        raise entry.wrong(
            f"缺少 {'、'.join(missing)}",
            "policyqa eval run 写出的一行",
            "检查文件，或重新运行 policyqa eval run",
        )
    identifier = entry.text("id")
    if not identifier:
        raise entry.wrong("的 id 是空的", "题目的 id")
    ms, confidence = entry.values.get("ms", 0), entry.values.get("confidence")
    if not _is_number(ms):
        raise entry.wrong("的 ms 不是毫秒数", "不小于 0 的数")
    if confidence is not None and not _is_number(confidence, most=1.0):
        raise entry.wrong("的 confidence 不是把握", "0 到 1 的数，或 null")
    return RunRecord(
        id=identifier,
        passages=extracts_of(entry, "passages"),
        answer=entry.text("answer"),
        short_answer=entry.text("short_answer"),
        answered=entry.truth("answered"),
        citations=extracts_of(entry, "citations"),
        ms=float(ms),
        confidence=None if confidence is None else float(confidence),
    )


def extracts_of(entry: Entry, key: str) -> tuple[Extract, ...]:
    """The list of ``{doc, text}`` under a key.

    Raises:
        PolicyQAError: a value is of another type.
    """
    return tuple(Extract(each.text("doc"), each.text("text")) for each in entry.entries(key))


def _is_number(value: object, most: float = math.inf) -> TypeGuard[float]:
    """Whether a value is a finite number from 0 to ``most``."""
    # bool is an int to Python, and json reads NaN and Infinity.
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value) and 0 <= value <= most  # type: ignore[arg-type, operator]
