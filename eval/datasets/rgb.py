"""RGB: is a reader led astray by noise, and does it refuse when only noise is left?

J. Chen, H. Lin, X. Han and L. Sun, "Benchmarking large language models in retrieval-augmented
generation", AAAI 2024. The data (CC BY-NC-SA) are not part of the project.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.datasets.lines import Entry, read_entries

#: Passages given to the reader, as in the paper.
PASSAGES = 5
#: Noise rate at which every passage is noise, so that refusing is right.
REFUSAL = 1.0


@dataclass(frozen=True)
class RgbQuestion:
    """A question with good and useless passages.

    Attributes:
        id: unique within its file.
        question: the question.
        answers: groups of wordings; a right answer holds one of each group.
        positive: passages that answer, one group for each part of a question that needs several
            passages (the ``int`` files), else one group.
        negative: passages about the subject that do not answer.
    """

    id: str
    question: str
    answers: tuple[tuple[str, ...], ...]
    positive: tuple[tuple[str, ...], ...]
    negative: tuple[str, ...]


def read_rgb(path: str | Path) -> tuple[RgbQuestion, ...]:
    """Read a file of RGB: one question a line, whatever its name ends in.

    Raises:
        PolicyQAError: the file cannot be read, or a line lacks a key, holds a value of the wrong
            type or repeats an id; names the file and the line.
    """
    return read_entries(Path(path), _question)


def _question(entry: Entry) -> RgbQuestion:
    question = RgbQuestion(
        id=str(entry.values.get("id", "")),
        question=entry.text("query"),
        answers=tuple(
            (each,) if isinstance(each, str) else each for each in _texts(entry, "answer")
        ),
        positive=_parts(_texts(entry, "positive")),
        negative=tuple(text for part in _parts(_texts(entry, "negative")) for text in part),
    )
    if not question.id or not question.question or not question.answers:
        raise entry.wrong("缺少 id、query 或 answer", "RGB 的一行", "补上再试")
    return question


def rgb_passages(
    question: RgbQuestion, noise_rate: float, count: int = PASSAGES, seed: int = 0
) -> tuple[str, ...]:
    """``count`` passages for the reader, in an order drawn by ``seed`` and the question's id.

    As in RGB's own program: ``noise_rate`` × ``count`` of them, rounded up, are noise, but where one
    kind runs out the other fills up; a question of several parts gets one passage of each part
    whatever the rate, except at rate 1, the refusal setting, where all are noise. Fewer come back
    when both kinds run out.

    Raises:
        ValueError: the rate is outside 0 … 1 or the count below 1.
    """
    if not 0 <= noise_rate <= 1 or count < 1:
        raise ValueError(f"got noise rate {noise_rate} and {count} passages")
    # Rounded first: 0.07 × 100 is a little more than 7 in binary.
    noise = math.ceil(round(noise_rate * count, 9))
    parts = len(question.positive) if len(question.positive) > 1 else 0
    good = 0 if noise_rate == REFUSAL else max(count - min(noise, len(question.negative)), parts)
    ordered = _in_turn(question.positive)[: min(good, count)]
    chosen = ordered + list(question.negative[: count - len(ordered)])
    random.Random(f"{seed} {question.id}").shuffle(chosen)
    return tuple(chosen)


def _in_turn(groups: tuple[tuple[str, ...], ...]) -> list[str]:
    """The first of each group, then the second of each, and so on."""
    deepest = max(map(len, groups), default=0)
    return [group[i] for i in range(deepest) for group in groups if i < len(group)]


def _texts(entry: Entry, key: str) -> tuple[str | tuple[str, ...], ...]:
    """A text, or a list of texts and lists of texts; empty lists go."""
    value: Any = entry.values.get(key, [])
    listed = value if isinstance(value, list) else [value]
    flat = [text for each in listed for text in (each if isinstance(each, list) else [each])]
    if not all(isinstance(text, str) for text in flat):
        raise entry.wrong(f"的 {key} 不是文字的列表", '形如 ["甲", "乙"] 或 [["甲", "乙"]]')
    return tuple(tuple(each) if isinstance(each, list) else each for each in listed if each)


def _parts(texts: Sequence[str | tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Lists as they are, and all single texts as one more."""
    lists = [each for each in texts if not isinstance(each, str)]
    single = tuple(each for each in texts if isinstance(each, str))
    return (*lists, single) if single else tuple(lists)
