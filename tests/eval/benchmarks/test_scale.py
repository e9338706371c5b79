"""The scale series on a tiny corpus, in this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import PolicyQAError, SettingsError
from eval.benchmarks.scale import ScalePlan, ScaleResult, run_scale
from eval.benchmarks.scale_index import NOISE, first_passages, made_up
from eval.benchmarks.table import scale_text
from eval.benchmarks.vectors import Encoding, VectorStore
from eval.datasets.lines import read_back
from eval.datasets.scale_points import ScalePoint, read_scale, write_scale
from tests.conftest import TinyEncoder
from tests.eval.making import OWN, SETTINGS, here, write_jsonl

EXTRA = [{"_id": "x0", "text": "乙" * 310}]


@pytest.fixture
def plan(tmp_path: Path) -> ScalePlan:
    folder = tmp_path / "data" / "crud_news"
    write_jsonl(EXTRA, folder / "corpus.extra1.jsonl")
    write_jsonl(OWN, folder / "corpus.jsonl")
    write_jsonl([{"_id": "q", "text": "甲1"}, {"_id": "r", "text": "乙"}], folder / "queries.jsonl")
    return ScalePlan(tmp_path / "data", tmp_path / "work", sizes=(4, 2), systems=("bm25", "hybrid"))


@pytest.fixture
def encoder() -> TinyEncoder:
    return TinyEncoder()


def run(plan: ScalePlan, encoder: TinyEncoder | None = None) -> Any:
    def with_encoder(work: Callable[[Any], Any], task: Any) -> Any:
        return here(work, replace(task, encoder=encoder))

    return run_scale(plan, SETTINGS, lambda line: None, progress=False, runner=with_encoder)


def test_passages_have_300_characters_and_the_extra_files_come_last(plan: ScalePlan) -> None:
    passages = first_passages(plan.data / "crud_news", 100)
    assert [len(p.text) for p in passages] == [300, 10] * 4
    assert [p.id for p in passages][:3] == ["n0/0", "n0/1", "n1/0"]
    assert passages[-1].doc == "x0"


def test_only_as_many_passages_are_taken_as_asked_for(plan: ScalePlan) -> None:
    assert len(first_passages(plan.data / "crud_news", 3)) == 3


def test_a_missing_corpus_is_reported_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(PolicyQAError, match=r"corpus\.jsonl"):
        first_passages(tmp_path, 3)


def test_a_bad_line_is_reported_with_its_number(plan: ScalePlan) -> None:
    file = plan.data / "crud_news" / "corpus.jsonl"
    file.write_text('{"_id": "a", "text": "好"}\n{"_id": 3}\n', "utf-8")
    with pytest.raises(PolicyQAError, match=r"corpus\.jsonl 第 2 行"):
        first_passages(plan.data / "crud_news", 9)


def test_each_size_is_built_and_searched_smallest_first(plan: ScalePlan) -> None:
    results = run(plan)
    assert [result.passages for result in results] == [2, 4]
    assert [s.system for s in results[0].systems] == ["bm25", "hybrid"]
    assert all(s.median_ms > 0 and s.p95_ms >= s.median_ms for r in results for s in r.systems)


def test_where_everything_was_embedded_nothing_is_extrapolated(plan: ScalePlan) -> None:
    for result in run(plan):
        assert not result.extrapolated
        assert result.vectors == ""
        assert result.cost.all_embedded


def test_where_time_was_short_the_index_time_is_worked_out_and_said_to_be(
    plan: ScalePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Each look at the clock is a second later: a block of one text takes one second.
    ticks = count()
    monkeypatch.setattr("eval.benchmarks.vectors.time.perf_counter", lambda: float(next(ticks)))
    monkeypatch.setattr("eval.benchmarks.scale_index.VectorStore", partial(VectorStore, block=1))
    (result,) = run(replace(plan, sizes=(4,), embed_seconds=2))
    assert result.extrapolated
    assert (result.cost.embedded_passages, result.cost.passages) == (2, 4)
    # The first document's 40 first characters stand in front of its passages: 341 and 51
    # characters in two seconds, and of the sentences, one a passage, 300 and 10 in two.
    rate = (341 + 51 + 300 + 10) / 4
    assert result.cost.characters_per_second == pytest.approx(rate)
    total = 2 * (341 + 51 + 300 + 10)
    assert result.cost.encoding_seconds == pytest.approx(total / rate)
    assert result.index_seconds == pytest.approx(total / rate + result.cost.other_seconds)
    assert "noise" in result.vectors


def test_a_made_up_vector_is_near_an_embedded_one_and_of_length_one() -> None:
    vectors = np.zeros((1000, 64), dtype=np.float32)
    vectors[:3] = np.eye(64, dtype=np.float32)[:3]
    made_up(Encoding(vectors, np.arange(1000) < 3, 0, 0.0, 0))
    nearest = (vectors[3:] @ vectors[:3].T).max(axis=1)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    # Noise across the vector lengthens it to sqrt(1 + NOISE²); along it, it does more or less.
    assert nearest.mean() == pytest.approx(1 / np.sqrt(1 + NOISE**2), abs=0.01)
    assert len(np.unique(vectors, axis=0)) == 1000


def test_embedded_vectors_stay_as_they_are() -> None:
    vectors = np.eye(4, dtype=np.float32)
    made_up(Encoding(vectors, np.array([True] * 4), 0, 0.0, 0))
    assert np.array_equal(vectors, np.eye(4))


def test_the_big_index_is_cleared_away(plan: ScalePlan) -> None:
    run(plan)
    assert list((plan.work / "indexes").iterdir()) == []


def test_a_finished_size_is_not_built_again(plan: ScalePlan, encoder: TinyEncoder) -> None:
    first = run(plan, encoder)
    encoder.queries.clear()
    assert run(plan, encoder) == first
    assert encoder.queries == []


@pytest.mark.parametrize(
    "change", [{"again": True}, {"embed_seconds": 5.0}, {"systems": ("dense",)}]
)
def test_another_plan_is_run_anew(
    plan: ScalePlan, encoder: TinyEncoder, change: dict[str, Any]
) -> None:
    run(plan, encoder)
    encoder.queries.clear()
    run(replace(plan, **change), encoder)
    assert encoder.queries


def test_a_result_is_read_as_it_was_written(plan: ScalePlan) -> None:
    first, _ = run(plan)
    assert read_back(ScaleResult, plan.work / "results" / "scale-2.json") == first


def test_points_are_what_the_report_reads(plan: ScalePlan, tmp_path: Path) -> None:
    result = run(plan)[0]
    point = result.point("hybrid")
    assert isinstance(point, ScalePoint)
    write_scale([point], tmp_path / "points.json")
    assert read_scale(tmp_path / "points.json") == (point,)
    assert point.index_mb == pytest.approx(result.cost.index_bytes / 1e6, abs=0.05)
    assert result.point("nothing") is None


def test_the_tables_show_each_size_and_system(plan: ScalePlan) -> None:
    lines = scale_text(run(plan)).splitlines()
    assert [line.split()[0] for line in lines[2:4]] == ["2", "4"]
    assert any(line.split()[:2] == ["4", "hybrid"] for line in lines)


@pytest.mark.parametrize(
    "change",
    [{"sizes": (0,)}, {"sizes": ()}, {"embed_seconds": 0.0}, {"systems": ("policyqa",)}],
)
def test_a_plan_that_cannot_be_run_is_reported(plan: ScalePlan, change: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        run(replace(plan, **change))
