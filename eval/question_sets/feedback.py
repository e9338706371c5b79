"""Ratings of answers in the chat: one JSON object a line, in the index's folder."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from corpus.errors import PolicyQAError
from eval.datasets.golden import Evidence, evidence_of, filters_of, filters_record
from eval.datasets.lines import Entry, json_entries
from eval.datasets.runs import Extract, extracts_of
from retriever.hit import Filters

#: Name of the file in the index's folder.
FEEDBACK_FILE = "feedback.jsonl"
RATINGS = ("good", "bad")
#: Seconds that a writer waits for another.
_PATIENCE = 5


@dataclass(frozen=True)
class Feedback:
    """What one person reported of one answer; nothing says who.

    Attributes:
        time: when, UTC, ISO 8601 to the second.
        answer_id: random, the same on every line about this answer: the last one counts.
        question: as asked.
        answer: the text shown, with its ``[1]`` marks.
        short_answer: the exact value shown, or empty.
        answered: False on refusal.
        rating: ``good``, ``bad``, or empty where only a passage was chosen or a rating withdrawn.
        citations: the cited words.
        chosen: passages that the person says hold the answer.
        filters: what the person had restricted the search to.
    """

    time: str
    answer_id: str
    question: str
    answer: str
    short_answer: str
    answered: bool
    rating: str = ""
    citations: tuple[Evidence, ...] = ()
    chosen: tuple[Extract, ...] = ()
    filters: Filters = field(default_factory=Filters)


def append_feedback(folder: Path, feedback: Feedback) -> None:
    """Add a line; several threads and processes may do so at once.

    Raises:
        PolicyQAError: the folder cannot be written to.
    """
    from filelock import FileLock, Timeout

    file = folder / FEEDBACK_FILE
    line = json.dumps(_record(feedback), ensure_ascii=False) + "\n"
    try:
        # Not the index's own lock: indexing holds that for hours.
        with FileLock(folder / f".{FEEDBACK_FILE}.lock", timeout=_PATIENCE):
            append_whole(file, line)
    except (OSError, Timeout) as error:
        reason = getattr(error, "strerror", None) or "正被别的程序写"
        raise PolicyQAError(
            f"评价没有记下来：写不了 {FEEDBACK_FILE}（{reason}）",
            "可写的索引文件夹",
            "请告诉管理员",
        ) from None


def append_whole(file: Path, text: str) -> None:
    """Add lines to a file in one write; a torn last line of an earlier crash is ended first.

    Raises:
        OSError: the file cannot be written.
    """
    with file.open("ab+") as stream:
        if stream.seek(0, os.SEEK_END):
            stream.seek(-1, os.SEEK_END)
            if stream.read(1) != b"\n":
                text = "\n" + text
        stream.write(text.encode())
        stream.flush()
        os.fsync(stream.fileno())


def read_feedback(folder: Path) -> tuple[Feedback, ...]:
    """What was reported, in the order of time; of several lines about one answer the last.

    What was withdrawn, neither rated nor with a chosen passage, is left out.

    Raises:
        PolicyQAError: there is no feedback yet, or a line is damaged; names file and line.
    """
    file = folder / FEEDBACK_FILE
    if not file.exists():
        raise PolicyQAError(
            f"索引文件夹 {folder} 里还没有评价（{FEEDBACK_FILE}）",
            "有人在网页上点过「有用」「没用」或「这段是答案」",
            "先用 policyqa serve 收集一段时间",
        )
    last: dict[str, Feedback] = {}
    for entry in json_entries(file):
        feedback = _feedback(entry)
        last.pop(feedback.answer_id, None)
        last[feedback.answer_id] = feedback
    return tuple(each for each in last.values() if each.rating or each.chosen)


def _record(feedback: Feedback) -> dict[str, object]:
    record = asdict(feedback)
    return record | {
        "rating": feedback.rating or None,
        "chosen": record["chosen"] or None,
        "filters": filters_record(feedback.filters),
    }


def _feedback(entry: Entry) -> Feedback:
    rating, question = entry.text("rating"), entry.text("question")
    answered = entry.values.get("answered")
    if rating not in ("", *RATINGS) or not isinstance(answered, bool) or not question.strip():
        raise entry.wrong(
            "不是一条评价",
            "含 question、answered（真假）和 rating（good、bad 或 null）",
            "删去或改正这一行",
        )
    return Feedback(
        time=entry.text("time"),
        # A line without an id is about an answer of its own.
        answer_id=entry.text("answer_id") or entry.where,
        question=question,
        answer=entry.text("answer"),
        short_answer=entry.text("short_answer"),
        answered=answered,
        rating=rating,
        citations=evidence_of(entry, "citations"),
        chosen=extracts_of(entry, "chosen"),
        filters=filters_of(entry),
    )
