"""Questions, runs, a tiny index and a tiny BEIR folder that the tests of eval share."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.benchmarks.task import Benchmark, BenchTask
from eval.comparison.comparison import ScoredSystem
from eval.datasets.golden import Evidence, GoldenItem
from eval.datasets.runs import Extract, RunRecord
from indexer.build import build_index
from indexer.settings import IndexSettings
from qa.settings import Settings
from tests.conftest import TinyEncoder

SETTINGS = Settings(index=IndexSettings(model="tiny", ocr=False))
FILES = {
    "云溪县通知.txt": (
        "云溪县关于办好养老食堂的通知\n2023年4月24日\n一、补助标准\n"
        "每个养老食堂一次性补助3万元，由县财政承担。\n二、督查\n每月通报一次进展。\n"
    ),
    "槐荫镇方案.txt": "槐荫镇道路修补实施方案\n2022年5月6日\n全镇修补道路12条，六月底前完工。\n",
}
CANTEEN = Evidence("云溪县通知.txt", "每个养老食堂一次性补助3万元，由县财政承担")
ROADS = Evidence("槐荫镇方案.txt", "全镇修补道路12条，六月底前完工")
ITEMS = (
    GoldenItem("A1", "fact", "养老食堂补助多少？", ("3万元",), evidence=(CANTEEN,)),
    GoldenItem("A2", "semantic", "老人吃饭的地方县里给多少钱？", ("3万元",), evidence=(CANTEEN,)),
    GoldenItem("A3", "fact", "修补道路多少条？", ("12条",), evidence=(ROADS,)),
    GoldenItem("N1", "noans", "水库什么时候完工？"),
)
GOLDEN = "\n".join(
    (
        '{"id": "A1", "type": "fact", "question": "养老食堂补助多少？", "answers": ["3万元"], '
        '"evidence": [{"doc": "云溪县通知.txt", "quote": "每个养老食堂一次性补助3万元，由县财政承担"}]}',
        '{"id": "A2", "type": "semantic", "question": "老人吃饭的地方县里给多少钱？", '
        '"answers": ["3万元"], '
        '"evidence": [{"doc": "云溪县通知.txt", "quote": "每个养老食堂一次性补助3万元，由县财政承担"}]}',
        '{"id": "A3", "type": "fact", "question": "修补道路多少条？", "answers": ["12条"], '
        '"evidence": [{"doc": "槐荫镇方案.txt", "quote": "全镇修补道路12条，六月底前完工"}]}',
        '{"id": "N1", "type": "noans", "question": "水库什么时候完工？", "evidence": []}',
    )
)
_FOUND = {
    "A1": Extract(CANTEEN.doc, f"一、补助标准\n{CANTEEN.quote}。"),
    "A2": Extract(CANTEEN.doc, f"一、补助标准\n{CANTEEN.quote}。"),
    "A3": Extract(ROADS.doc, f"{ROADS.quote}。"),
}
_OTHER = Extract("云溪县通知.txt", "二、督查\n每月通报一次进展。" + "各部门要加强协调。" * 20)


def searched(ranks: Sequence[int], ms: float = 10.0) -> tuple[RunRecord, ...]:
    """A run of searches that finds the evidence of A1, A2 and A3 at these ranks; 0 is nowhere."""
    records = []
    for (number, found), rank in zip(_FOUND.items(), ranks, strict=True):
        passages = [_OTHER] * 10
        if rank:
            passages[rank - 1] = found
        records.append(RunRecord(number, tuple(passages), ms=ms * len(records) + ms))
    return (*records, RunRecord("N1", (_OTHER,), ms=ms))


def answered(ranks: Sequence[int], right: Sequence[str] = ("A1", "A3")) -> tuple[RunRecord, ...]:
    """The same with answers: those of ``right`` are right, N1 is refused."""
    answers = {"A1": "补助3万元[1]", "A2": "补助3万元[1]", "A3": "修补道路12条[1]"}
    records = []
    for record in searched(ranks):
        answer = answers.get(record.id, "") if record.id in right else "每月通报一次[1]"
        if record.id == "N1":
            records.append(RunRecord("N1", record.passages, "资料中没有", ms=5.0, confidence=0.0))
        else:
            sure = 0.9 if record.id in right else 0.3
            cited = (Extract(_FOUND[record.id].doc, _FOUND[record.id].text),)
            given = (record.id, record.passages, answer, "", True, cited, record.ms, sure)
            records.append(RunRecord(*given))
    return tuple(records)


def scored_system(name: str, scores: Sequence[float], measure: str = "nDCG@10") -> ScoredSystem:
    """A system with these scores on questions q0, q1 and so on."""
    by_question = {f"q{i}": score for i, score in enumerate(scores)}
    return ScoredSystem(name, f"系统{name}", {measure: by_question}, (10.0,) * len(scores))


def build_small_index(folder: Path) -> Path:
    """Index ``FILES`` with the quick encoder; returns the folder of the index."""
    (folder / "docs").mkdir()
    for name, text in FILES.items():
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    build_index([folder / "docs"], folder / "index", SETTINGS.index, TinyEncoder(), progress=False)
    return folder / "index"


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
