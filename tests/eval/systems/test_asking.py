"""Asking a system, and the stack it is compared with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.document import Block, BlockKind, Document, Metadata
from corpus.errors import PolicyQAError
from eval.datasets.golden import GoldenItem
from eval.datasets.runs import Extract, read_run
from eval.systems.asking import record_of, run_questions, run_search, shown_passages
from eval.systems.baseline import Baseline, Vectors, reciprocal_rank_fusion
from indexer.passage import Passage
from qa.answer import Answer, Citation
from retriever.hit import Hit

ITEMS = (GoldenItem("1", "fact", "表彰了多少人？"), GoldenItem("2", "fact", "整改多少项？"))


def _hit(rank: int, text: str, display: str) -> Hit:
    passage = Passage(
        "a#0/0", "a#0", 0, "a.txt", "/d/a.txt", (), text, display, None, 0, 0, Metadata()
    )
    return Hit(rank, 1 / rank, passage)


class Parrot:
    """Answers each question with two passages, the second of which it cites."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def search(self, query: str, k: int) -> tuple[Hit, ...]:
        raise AssertionError("one call a question is enough")

    def ask(self, question: str) -> Answer:
        self.asked.append(question)
        hits = (_hit(1, "第一段", "第一段"), _hit(2, "表彰干部97人", "表彰幹部97人"))
        cited = Citation(1, hits[1].passage, 2, 7)
        return Answer(question, "97人[1]", "97人", True, (cited,), hits, ms=1.0, confidence=0.75)


def test_each_question_is_asked_once_and_its_hits_are_kept(tmp_path: Path) -> None:
    system, path = Parrot(), tmp_path / "run.jsonl"
    assert run_questions(system, ITEMS, path, progress=False) == 2
    assert system.asked == ["表彰了多少人？", "整改多少项？"]
    first, second = read_run(path)
    assert (first.id, second.id) == ("1", "2")
    assert first.passages == (Extract("a.txt", "第一段"), Extract("a.txt", "表彰干部97人"))
    assert first.citations == (Extract("a.txt", "幹部97人"),)
    assert (first.answer, first.short_answer, first.answered) == ("97人[1]", "97人", True)
    assert first.ms >= 0
    assert first.confidence == 0.75


def test_no_more_than_k_passages_are_kept(tmp_path: Path) -> None:
    run_questions(Parrot(), ITEMS[:1], tmp_path / "run.jsonl", k=1, progress=False)
    assert len(read_run(tmp_path / "run.jsonl")[0].passages) == 1


def test_copies_are_shown_behind_their_hit() -> None:
    one, copy, two = (_hit(rank, text, text).passage for rank, text in enumerate("甲乙丙", 1))
    hits = (Hit(1, 0.9, one, (), (copy,)), Hit(2, 0.5, two))
    assert shown_passages(hits) == [one, copy, two]
    assert shown_passages(()) == []


def test_a_record_keeps_what_is_shown_up_to_k() -> None:
    one, copy, two = (_hit(rank, text, text).passage for rank, text in enumerate("甲乙丙", 1))
    hits = (Hit(1, 0.9, one, (), (copy,)), Hit(2, 0.5, two))
    answer = Answer("问", "答", "答", True, (), hits, ms=1.0)
    assert [e.text for e in record_of("1", answer, 2, 1.0).passages] == ["甲", "乙"]


def test_progress_goes_to_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_questions(Parrot(), ITEMS, tmp_path / "run.jsonl")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "2/2" in captured.err


def test_a_search_only_run_has_no_answers(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    run_search(lambda query, k: [("a.txt", query)] * 3, ITEMS[:1], path, k=2, progress=False)
    (record,) = read_run(path)
    assert record.passages == (Extract("a.txt", "表彰了多少人？"),) * 2
    assert (record.answer, record.answered) == ("", False)


def test_fusion_adds_reciprocal_ranks() -> None:
    fused = dict(reciprocal_rank_fusion([[7, 8], [8, 9]]))
    assert fused[8] == pytest.approx(1 / (60 + 2) + 1 / (60 + 1))
    assert fused[7] == pytest.approx(1 / (60 + 1))
    assert fused[9] == pytest.approx(1 / (60 + 2))
    assert [identifier for identifier, _ in reciprocal_rank_fusion([[7, 8], [8, 9]])] == [8, 7, 9]


class CharacterEncoder:
    """Counts of a few characters, scaled to length 1: enough to rank by."""

    def encode_passages(self, texts: list[str]) -> Vectors:
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> Vectors:
        counts = np.array([1.0, *(text.count(each) for each in "表彰整改")], dtype=np.float32)
        vector: Vectors = (counts / np.linalg.norm(counts)).astype(np.float32)
        return vector


def _document(file: str, *texts: str) -> Document:
    blocks = tuple(Block(BlockKind.PARAGRAPH, text, text) for text in texts)
    return Document(f"{file}#0", file, f"/d/{file}", 0, Metadata(), blocks)


def test_the_baseline_finds_the_passage_by_words_and_vectors() -> None:
    documents = [
        _document("a.txt", "表彰先进集体和个人。" * 20, "志愿服务活动。" * 40),
        _document("b.txt", "整改问题三十五项。", "逐项整改销号。"),
    ]
    baseline = Baseline(documents, CharacterEncoder())
    ranked = baseline.search("整改了多少项", k=2)
    assert ranked[0] == ("b.txt", "整改问题三十五项。\n逐项整改销号。")
    assert len(ranked) == 2
    assert baseline.search("表彰了谁", k=1)[0][1].startswith("表彰先进")
    assert all(len(text) <= 300 for _, text in baseline.search("活动", k=10))


def test_a_baseline_needs_text() -> None:
    with pytest.raises(PolicyQAError, match="文档里没有文字"):
        Baseline([_document("a.txt", "")], CharacterEncoder())
