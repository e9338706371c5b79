"""Asking a system every question of a set."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from eval.datasets.golden import GoldenItem
from eval.datasets.runs import Extract, RunRecord, write_run
from indexer.passage import Passage
from qa.answer import Answer
from retriever.hit import Hit

_Asked = TypeVar("_Asked")
_Given = TypeVar("_Given")
#: A search that returns (file name, text) pairs, best first, for a query and a number.
Ranking = Callable[[str, int], Sequence[tuple[str, str]]]


class AnsweringSystem(Protocol):
    """What can be evaluated; ``qa``'s facade is one."""

    def search(self, query: str, k: int) -> tuple[Hit, ...]:
        """At most ``k`` passages, best first."""
        ...

    def ask(self, question: str) -> Answer:
        """An answer, or a refusal, with the passages searched, best first."""
        ...


def run_questions(
    system: AnsweringSystem,
    items: Sequence[GoldenItem],
    out_path: str | Path,
    k: int = 10,
    progress: bool = True,
) -> int:
    """Ask each question once and write a run file anew; returns the number of records.

    The passages are the answer's own hits, each with its copies, at most ``k``, so that what is
    scored is what the answer was made from. ``ms`` is measured here, around the call.

    Raises:
        PolicyQAError: the run file cannot be written, or the system raised one.
    """

    asked = timed(lambda item: system.ask(item.question), items, progress=progress)
    return write_run((record_of(item.id, given, k, ms) for item, given, ms in asked), out_path)


def run_search(
    ranking: Ranking,
    items: Sequence[GoldenItem],
    out_path: str | Path,
    k: int = 10,
    progress: bool = True,
) -> int:
    """Write a run file of a system that searches only; returns the number of records.

    Raises:
        PolicyQAError: the run file cannot be written, or the ranking raised one.
    """

    asked = timed(lambda item: ranking(item.question, k), items, progress=progress)
    records = (
        RunRecord(item.id, tuple(Extract(*pair) for pair in ranked[:k]), ms=ms)
        for item, ranked, ms in asked
    )
    return write_run(records, out_path)


def timed(
    ask: Callable[[_Asked], _Given],
    questions: Iterable[_Asked],
    what: str = "提问",
    progress: bool = True,
) -> Iterator[tuple[_Asked, _Given, float]]:
    """Each question with what ``ask`` gives and the milliseconds that takes, one after another."""
    from tqdm import tqdm

    # tqdm writes to stderr, so that stdout stays free for results.
    for question in tqdm(questions, desc=what, unit="题", disable=not progress):
        began = time.perf_counter()
        given = ask(question)
        yield question, given, round((time.perf_counter() - began) * 1000, 2)


def record_of(item_id: str, answer: Answer, k: int, ms: float) -> RunRecord:
    """An answer as a record: the first ``k`` passages it shows and the cited words."""
    return RunRecord(
        id=item_id,
        passages=tuple(Extract(p.doc, p.text) for p in shown_passages(answer.hits)[:k]),
        answer=answer.text,
        short_answer=answer.short_answer,
        answered=answer.answered,
        citations=tuple(Extract(cited.passage.doc, cited.quote) for cited in answer.citations),
        ms=ms,
        confidence=answer.confidence,
    )


def shown_passages(hits: Iterable[Hit]) -> list[Passage]:
    """Passages in the order they are shown in: each hit's copies in other files right behind it."""
    return [passage for hit in hits for passage in (hit.passage, *hit.copies)]
