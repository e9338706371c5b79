"""Taking candidates that a person accepted into a golden set."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import PolicyQAError
from eval.collect import ACCEPTED
from eval.feedback import append_whole
from eval.golden import GoldenItem, golden_record, json_lines, load_golden, require_one_make
from eval.matching import bare
from eval.quotes import LONGEST, SHORTEST

_NUMBERED = re.compile(r"(.*?)(\d+)$", re.DOTALL)
#: The first id of a new set.
_FIRST = "A000"
_SHOWN = 5


@dataclass(frozen=True)
class Accepted:
    """What was taken into a golden set.

    Attributes:
        items: with their new ids.
        known: candidates whose question the set has already, or a candidate before; not taken.
        odd_quotes: ids of items with a quote outside 15 to 120 characters.
    """

    items: tuple[GoldenItem, ...]
    known: tuple[str, ...] = ()
    odd_quotes: tuple[str, ...] = ()


def accept_candidates(candidates: Path, golden: Path, ids: Sequence[str] = ()) -> Accepted:
    """Append to a golden set the candidates of these ids and those with status ``accepted``.

    What the set holds stays byte for byte; a set that is not there is begun. Nothing is written
    unless everything can be.

    Raises:
        PolicyQAError: a file cannot be read or written, nothing is accepted, an id is unknown, an
            accepted question has neither evidence nor type ``noans``, or synthetic questions would
            come together with others.
    """
    chosen = _chosen(candidates, ids)
    present = _present(golden)
    questions = {bare(item.question) for item in present}
    fresh: list[GoldenItem] = []
    known: list[str] = []
    numbers = _ids(present)
    for item in chosen:
        if bare(item.question) in questions:
            known.append(item.id)
        else:
            questions.add(bare(item.question))
            fresh.append(replace(item, id=next(numbers)))
    require_one_make((*present, *fresh))
    if fresh:
        _append(golden, fresh)
    odd = tuple(
        item.id
        for item in fresh
        if any(not SHORTEST <= len(each.quote) <= LONGEST for each in item.evidence)
    )
    return Accepted(tuple(fresh), tuple(known), odd)


def _chosen(candidates: Path, ids: Sequence[str]) -> list[GoldenItem]:
    items = load_golden(candidates)
    unknown = sorted(set(ids) - {item.id for item in items})
    if unknown:
        raise PolicyQAError(
            f"{candidates.name} 里没有候选题 {_some(unknown)}", "候选题文件里的 id", "改正 --id"
        )
    accepted = {
        record["id"] for _, record in json_lines(candidates) if record.get("status") == ACCEPTED
    }
    chosen = [item for item in items if item.id in ids or item.id in accepted]
    if not chosen:
        raise PolicyQAError(
            f"{candidates.name} 里没有接受的候选题",
            f'有 "status": "{ACCEPTED}" 的行，或命令里的 --id',
            "核对候选题，把要收的那些的 status 改成 accepted",
        )
    bad = [item.id for item in chosen if item.answerable and not item.evidence]
    if bad:
        raise PolicyQAError(
            f"候选题 {_some(bad)} 没有依据",
            "有 evidence 的题，或 type 为 noans 的题",
            "补上 evidence，或改为 noans",
        )
    return chosen


def _present(golden: Path) -> tuple[GoldenItem, ...]:
    """The items of the set, none where it is not there or empty; sure that lines can be added."""
    if not golden.exists() or not golden.stat().st_size:
        return ()
    items = load_golden(golden)
    try:
        golden.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise PolicyQAError(
            f"题集 {golden.name} 不是 UTF-8 编码，不能接着往里写",
            "UTF-8 的题集",
            "另存为 UTF-8 再试",
        ) from None
    return items


def _ids(present: Sequence[GoldenItem]) -> Iterator[str]:
    """Ids after the set's last one, with its letters and as many digits."""
    last = present[-1].id if present else _FIRST
    match = _NUMBERED.fullmatch(last)
    prefix, digits = match.groups() if match else (f"{last}-", "0")
    taken = {item.id for item in present}
    number = int(digits)
    while True:
        number += 1
        identifier = f"{prefix}{number:0{len(digits)}d}"
        if identifier not in taken:
            yield identifier


def _append(golden: Path, items: Sequence[GoldenItem]) -> None:
    lines = [json.dumps(golden_record(item), ensure_ascii=False) + "\n" for item in items]
    try:
        golden.parent.mkdir(parents=True, exist_ok=True)
        append_whole(golden, "".join(lines))
    except OSError as error:
        raise PolicyQAError(
            f"写不了题集 {golden}（{error.strerror}）", "一个可写的文件", "检查路径和权限"
        ) from None


def _some(ids: Sequence[str]) -> str:
    return "、".join(ids[:_SHOWN]) + (" 等" if len(ids) > _SHOWN else "")
