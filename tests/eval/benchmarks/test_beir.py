"""A BEIR folder from its corpus to measures, with BM25 and a quick encoder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import PolicyQAError
from eval.benchmarks.beir import document_ranking, limited
from eval.benchmarks.registry import run_benchmark
from eval.datasets.beir import read_beir, read_qrels
from eval.datasets.trec import read_trec_run
from eval.metrics.judged import judged_measures
from eval.systems.opening import open_bench
from eval.systems.recipes import load_recipes
from tests.conftest import TinyEncoder
from tests.eval.making import DOCUMENTS, beir_task, write_set


def test_words_find_what_holds_them_and_what_is_not_found_scores_nothing(tmp_path: Path) -> None:
    result = run_benchmark(beir_task(write_set(tmp_path / "set"), tmp_path / "work"))
    words = result.system("bm25")
    assert words is not None
    # q1 and q2 stand in the text of their document, q3 shares no word with its own: (1 + 1 + 0) / 3.
    assert words.measures == pytest.approx(
        dict.fromkeys(("nDCG@10", "R@10", "R@100", "RR@10", "Success@5"), 2 / 3)
    )
    assert words.by_type["verbatim"]["nDCG@10"] == 1
    assert words.by_type["strange"]["nDCG@10"] == 0
    assert words.parts == ("words",)
    low, high = words.intervals["nDCG@10"]
    assert 0 <= low <= 2 / 3 <= high <= 1


def test_the_result_says_what_was_indexed_and_under_which_conditions(tmp_path: Path) -> None:
    task = beir_task(write_set(tmp_path / "set"), tmp_path / "work")
    result = run_benchmark(task)
    assert (result.benchmark, result.kind, result.questions) == ("tiny", "beir", 3)
    assert result.index.documents == len(DOCUMENTS)
    assert result.index.passages > len(DOCUMENTS)  # one of them is long
    assert result.conditions == task.conditions
    assert result.peak_memory_mb is None or result.peak_memory_mb > 1


def test_a_document_ranks_once_where_its_best_passage_does(tmp_path: Path) -> None:
    task = beir_task(write_set(tmp_path / "set"), tmp_path / "work")
    run_benchmark(task)
    recipes = load_recipes().chosen(["bm25", "hybrid", "bm25-characters"])
    with open_bench(task.index_dir, task.settings, TinyEncoder()) as bench:
        for recipe in recipes:
            ranked = document_ranking(recipe, bench)("石桥镇水井每年检修")
            assert next(iter(ranked)) == "d3"
            assert sorted(ranked.values(), reverse=True) == list(ranked.values())


def test_the_run_file_gives_the_same_measures(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set")
    task = beir_task(folder, tmp_path / "work")
    words = run_benchmark(task).system("bm25")
    run = read_trec_run(task.run_file("bm25", ".trec"))
    scores = judged_measures(read_qrels(folder / "qrels.tsv"), run, ["nDCG@10"])
    assert words is not None
    assert scores.means["nDCG@10"] == pytest.approx(words.measures["nDCG@10"])


def test_identifiers_with_spaces_are_no_obstacle(tmp_path: Path) -> None:
    documents = [{**d, "_id": "d 2" if d["_id"] == "d2" else d["_id"]} for d in DOCUMENTS]
    folder = write_set(tmp_path / "set", documents)
    task = beir_task(folder, tmp_path / "work", systems=("dense",))
    assert run_benchmark(task).system("dense") is not None
    assert not task.run_file("dense", ".trec").exists()


def test_a_big_corpus_gets_no_sentence_vectors_and_the_result_says_so(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set")
    systems = ("sentences", "hybrid", "baseline")
    result = run_benchmark(
        beir_task(folder, tmp_path / "work", systems=systems, sentence_limit=100)
    )
    assert result.index.sentences == 0
    assert result.asked == systems
    (hybrid,) = result.systems
    assert hybrid.parts == ("passages", "words")
    assert result.remarks == (
        "正文超过 100 字，没有句子向量",
        "没有测 sentences：没有句子向量",
        "没有测 baseline：只能比较检索系统（按分数融合）",
    )


def test_documents_without_text_are_counted(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", [*DOCUMENTS, {"_id": "d9", "title": "空", "text": " "}])
    result = run_benchmark(beir_task(folder, tmp_path / "work"))
    assert result.remarks == ("1 篇文档没有文字",)


def test_an_interrupted_benchmark_encodes_the_rest_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder, resumed = TinyEncoder(), TinyEncoder()
    task = beir_task(write_set(tmp_path / "set"), tmp_path / "work", encoder=encoder)
    monkeypatch.setattr("eval.benchmarks.beir_index.write_index", _interrupt)
    with pytest.raises(KeyboardInterrupt):
        run_benchmark(task)
    assert encoder.passages
    monkeypatch.undo()
    assert run_benchmark(replace(task, encoder=resumed)).questions == 3
    assert resumed.passages == []


def _interrupt(*arguments: object) -> None:
    raise KeyboardInterrupt


def test_a_limit_keeps_the_relevant_documents_and_the_first_others(tmp_path: Path) -> None:
    data = read_beir(write_set(tmp_path / "set"))
    small = limited(data, 3)
    # Half of three is one: q1's document, then the first two others.
    assert [d.id for d in small.documents] == ["d1", "d2", "d3"]
    assert [q.id for q in small.queries] == ["q1"]
    assert dict(small.qrels.relevance) == {"q1": {"d1": 1}}


def test_a_limited_result_says_that_it_cannot_be_compared(tmp_path: Path) -> None:
    task = beir_task(write_set(tmp_path / "set"), tmp_path / "work", limit=3)
    assert run_benchmark(task).remarks == ("只用了 3 篇文档，分数不能与别处比较",)
    assert task.place == "tiny-3"


def test_a_limit_too_small_for_the_first_question_is_reported(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set")
    more = "q1\td2\t1\nq1\td3\t1\n"
    (folder / "qrels.tsv").write_text((folder / "qrels.tsv").read_text("utf-8") + more, "utf-8")
    with pytest.raises(PolicyQAError, match="--limit 4 太小"):
        limited(read_beir(folder), 4)
