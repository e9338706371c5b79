"""A tiny BEIR folder and what runs benchmarks in this process, that the tests of benchmarks share."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.benchmarks.task import Benchmark, BenchTask
from tests.conftest import TinyEncoder
from tests.eval.making import SETTINGS

#: Long enough for two passages.
LONG = "".join(f"第{n}条 石桥镇对第{n}号水井每年检修一次并公布结果。" for n in range(11, 31))
DOCUMENTS = (
    {"_id": "d1", "title": "养老条例 · 第一章 总则", "text": "县里的养老食堂每顿补助三元。"},
    {"_id": "d2", "title": "道路办法", "text": "乡村道路每季度巡查一次。", "year": "2022"},
    {"_id": "d3", "title": "", "text": LONG},
    {"_id": "d4", "title": "防汛预案", "text": "汛期值班电话不得无人接听。"},
)
QUERIES = (
    {"_id": "q1", "text": "养老食堂每顿补助三元", "type": "verbatim"},
    {"_id": "q2", "text": "汛期值班电话不得无人接听", "type": "verbatim"},
    {"_id": "q3", "text": "黑天鹅", "type": "strange"},
)
#: q3 shares no word with the document it asks for.
QRELS = (("q1", "d1"), ("q2", "d4"), ("q3", "d2"))
#: A corpus for the scale series: two passages a text, the second of ten characters.
OWN = tuple({"_id": f"n{i}", "text": f"甲{i}" * 155} for i in range(3))


def write_jsonl(entries: Sequence[Mapping[str, Any]], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(entry, ensure_ascii=False) for entry in entries)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def write_set(folder: Path, documents: Sequence[Mapping[str, Any]] = DOCUMENTS) -> Path:
    """Write a BEIR folder with the questions above."""
    write_jsonl(documents, folder / "corpus.jsonl")
    write_jsonl(QUERIES, folder / "queries.jsonl")
    rows = ["query-id\tcorpus-id\tscore", *(f"{q}\t{d}\t1" for q, d in QRELS)]
    (folder / "qrels.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    return folder


def beir_task(folder: Path, work: Path, **changes: Any) -> BenchTask:
    """A task on a BEIR folder with BM25 alone, without bars."""
    given: dict[str, Any] = {"systems": ("bm25",), "progress": False, **changes}
    given.setdefault("encoder", TinyEncoder())
    return BenchTask(Benchmark("tiny", folder), work, SETTINGS, **given)


def here(work: Callable[[Any], Any], task: Any) -> Any:
    """Runs a benchmark in this process with the quick encoder."""
    return work(task if task.encoder else replace(task, encoder=TinyEncoder()))
