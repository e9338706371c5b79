"""A run: what a system returned for each question of a set."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import PolicyQAError
from eval.datasets.golden import json_lines, objects_of, string_of
from eval.datasets.lines import write_lines


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
    file = Path(path)
    records: list[RunRecord] = []
    lines: dict[str, int] = {}
    for number, entry in json_lines(file):
        where = f"{file.name} 第 {number} 行"
        record = _record(entry, where)
        if record.id in lines:
            raise PolicyQAError(
                f"{where}的 id「{record.id}」与第 {lines[record.id]} 行重复",
                "每道题只有一行",
                "删去多余的一行，或重新运行 policyqa eval run",
            )
        lines[record.id] = number
        records.append(record)
    return tuple(records)


def write_run(records: Iterable[RunRecord], path: str | Path) -> int:
    """Write a run file, one JSON object a line; returns the number of records.

    The file appears under its name only when complete: if ``records`` raises midway, a file that
    was there before stays as it was.

    Raises:
        PolicyQAError: the place cannot be written to.
    """
    return write_lines((json.dumps(asdict(record), ensure_ascii=False) for record in records), path)


def _record(entry: Mapping[str, object], where: str) -> RunRecord:
    missing = [key for key in ("id", "passages") if key not in entry]
    if missing:
        raise PolicyQAError(
            f"{where}缺少 {'、'.join(missing)}",
            "policyqa eval run 写出的一行",
            "检查文件，或重新运行 policyqa eval run",
        )
    identifier = string_of(entry, "id", where)
    if not identifier:
        raise PolicyQAError(f"{where}的 id 是空的", "题目的 id", "改正这一行")
    answered = entry.get("answered", False)
    if not isinstance(answered, bool):
        raise PolicyQAError(f"{where}的 answered 不是真假值", "true 或 false", "改正这一行")
    return RunRecord(
        id=identifier,
        passages=_extracts(entry, "passages", where),
        answer=string_of(entry, "answer", where),
        short_answer=string_of(entry, "short_answer", where),
        answered=answered,
        citations=_extracts(entry, "citations", where),
        ms=_milliseconds(entry.get("ms", 0), where),
        confidence=_confidence(entry.get("confidence"), where),
    )


def _extracts(entry: Mapping[str, object], key: str, where: str) -> tuple[Extract, ...]:
    return tuple(
        Extract(string_of(found, "doc", where), string_of(found, "text", where))
        for found in objects_of(entry, key, where)
    )


def _milliseconds(value: object, where: str) -> float:
    number = _number(value)
    if number is None or number < 0:
        raise PolicyQAError(f"{where}的 ms 不是毫秒数", "不小于 0 的数", "改正这一行")
    return number


def _confidence(value: object, where: str) -> float | None:
    if value is None:
        return None
    number = _number(value)
    if number is None or not 0 <= number <= 1:
        raise PolicyQAError(f"{where}的 confidence 不是把握", "0 到 1 的数，或 null", "改正这一行")
    return number


def _number(value: object) -> float | None:
    # bool is an int to Python, and json reads NaN and Infinity.
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    return None
