"""Questions, runs and a tiny index that the tests of comparing share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eval.comparison.scored_systems import Contestant
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


def scored(name: str, scores: Sequence[float], measure: str = "nDCG@10") -> Contestant:
    """A system with these scores on questions q0, q1 and so on."""
    by_question = {f"q{i}": score for i, score in enumerate(scores)}
    return Contestant(name, f"系统{name}", {measure: by_question}, (10.0,) * len(scores))


def build_small_index(folder: Path) -> Path:
    """Index ``FILES`` with the quick encoder; returns the folder of the index."""
    (folder / "docs").mkdir()
    for name, text in FILES.items():
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    build_index([folder / "docs"], folder / "index", SETTINGS.index, TinyEncoder(), progress=False)
    return folder / "index"
