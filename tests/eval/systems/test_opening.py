"""Recipes opened on a tiny index with a quick encoder."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from corpus.errors import PolicyQAError
from eval.datasets.golden import GoldenItem
from eval.datasets.runs import read_run
from eval.systems.opening import Bench, open_bench, open_ranking, require_parts, run_recipe
from eval.systems.recipes import Recipe, load_recipes
from retriever.settings import RerankSettings
from tests.conftest import TinyEncoder
from tests.eval.making import SETTINGS, build_small_index

ITEMS = (
    GoldenItem("1", "fact", "养老食堂补助多少？"),
    GoldenItem("2", "fact", "修补道路多少条？"),
)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    index_dir = build_small_index(tmp_path_factory.mktemp("systems"))
    with open_bench(index_dir, SETTINGS, TinyEncoder()) as opened:
        yield opened


def _recipe(name: str) -> Recipe:
    (recipe,) = load_recipes().chosen([name])
    return recipe


@pytest.mark.parametrize(
    "name",
    "baseline bm25 dense sentences hybrid hybrid-without-bm25 hybrid-rrf".split()
    + "bm25-characters bm25-words bm25-bigrams+words".split(),
)
def test_every_searching_recipe_finds_the_words_of_the_question(bench: Bench, name: str) -> None:
    ranked = open_ranking(_recipe(name), bench)("养老食堂补助3万元由县财政承担", 2)
    doc, text = ranked[0]
    assert doc == "云溪县通知.txt"
    assert "3万元" in text
    assert len(ranked) <= 2


def test_a_recipe_without_words_does_not_search_by_them(bench: Bench) -> None:
    """Passages that share no word with the question are found by vectors alone."""
    query = "甲乙丙丁"
    assert open_ranking(_recipe("bm25"), bench)(query, 5) == []
    assert len(open_ranking(_recipe("dense"), bench)(query, 5)) >= 2


def test_words_between_spaces_find_no_chinese(bench: Bench) -> None:
    found = open_ranking(_recipe("bm25-spaces"), bench)("道路修补", 2)
    # No token is known, so the passages come in the order of the index.
    assert found == [(p.doc, p.text) for p in bench.passages()[:2]]


def test_a_search_writes_passages_and_no_answers(bench: Bench, tmp_path: Path) -> None:
    out = tmp_path / "run.jsonl"
    assert run_recipe(_recipe("hybrid"), bench, ITEMS, out, progress=False) == 2
    first, second = read_run(out)
    assert (first.id, second.id) == ("1", "2")
    assert "3万元" in first.passages[0].text
    assert "12条" in second.passages[0].text
    assert not first.answered and first.answer == ""


def test_the_whole_program_writes_answers_too(bench: Bench, tmp_path: Path) -> None:
    out = tmp_path / "run.jsonl"
    run_recipe(_recipe("policyqa"), bench, ITEMS, out, progress=False)
    first, second = read_run(out)
    assert first.answered and "3万元" in first.answer
    assert second.answered and "12条" in second.answer


@pytest.mark.parametrize(("name", "package"), [("txtai", "txtai"), ("haystack", "haystack-ai")])
def test_a_missing_library_is_reported_in_one_line(
    bench: Bench, name: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(PolicyQAError, match=rf"没有安装 {package}.*pip install") as error:
        open_ranking(_recipe(name), bench)
    assert "\n" not in str(error.value)


def test_txtai_gets_our_passages_and_vectors(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in with txtai's interface; the real one is measured, see docs/measurements.md."""
    asked: dict[str, Any] = {}

    class Embeddings:
        def __init__(self, **settings: Any) -> None:
            asked.update(settings)

        def index(self, rows: list[tuple[int, str, None]]) -> None:
            asked["rows"] = rows

        def search(self, query: str, limit: int) -> list[tuple[int, float]]:
            asked["query"] = asked["transform"]([query])[0]
            return [(1, 0.9), (0, 0.4)][:limit]

    module = ModuleType("txtai")
    vars(module)["Embeddings"] = Embeddings
    monkeypatch.setitem(sys.modules, "txtai", module)
    passages = bench.passages()
    ranked = open_ranking(_recipe("txtai"), bench)("养老食堂", 2)
    assert ranked == [(p.doc, p.text) for p in (passages[1], passages[0])]
    assert asked["hybrid"] is True
    assert [row for row, _, _ in asked["rows"]] == list(range(len(passages)))
    text = asked["rows"][0][1]
    assert passages[0].text in text
    stored = bench.index.passage_vectors.vectors(0, 1)[0]
    assert (asked["transform"]([text])[0] == stored).all()
    assert (asked["query"] == bench.encoder.encode_query("养老食堂")).all()


def test_haystack_reports_nothing_and_joins_two_searches(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in with Haystack's interface; the real one is measured, see docs/measurements.md."""
    written: list[Any] = []
    telemetry = ModuleType("haystack.telemetry._telemetry")
    vars(telemetry)["telemetry"] = "sends"

    class Retriever:
        def __init__(self, store: Any) -> None:
            pass

        def run(self, top_k: int, **given: Any) -> dict[str, Any]:
            return {"documents": written[:top_k]}

    class Joiner:
        def __init__(self, join_mode: str) -> None:
            assert join_mode == "reciprocal_rank_fusion"

        def run(self, documents: list[list[Any]], top_k: int) -> dict[str, Any]:
            assert len(documents) == 2
            return {"documents": documents[0][:top_k]}

    store = SimpleNamespace(write_documents=written.extend)
    modules: dict[str, dict[str, Any]] = {
        "haystack": {"Document": SimpleNamespace},
        "haystack.document_stores.in_memory": {"InMemoryDocumentStore": lambda **_: store},
        "haystack.components.retrievers.in_memory": {
            "InMemoryBM25Retriever": Retriever,
            "InMemoryEmbeddingRetriever": Retriever,
        },
        "haystack.components.joiners": {"DocumentJoiner": Joiner},
    }
    for name, members in modules.items():
        module = ModuleType(name)
        vars(module).update(members)
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setitem(sys.modules, "haystack.telemetry._telemetry", telemetry)
    ranked = open_ranking(_recipe("haystack"), bench)("养老食堂", 1)
    first = bench.passages()[0]
    assert ranked == [(first.doc, first.text)]
    assert vars(telemetry)["telemetry"] is None


class LikesRoads:
    """A reranker to whom a text is the better the more often it says 道路."""

    def scores(self, query: str, texts: Sequence[str], seconds: float) -> list[float]:
        return [float(text.count("道路")) for text in texts]


@pytest.fixture
def reranking_bench(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """The bench with a reranker in its settings that turns every order about."""

    def load(settings: RerankSettings) -> LikesRoads | None:
        return LikesRoads() if settings.model else None

    monkeypatch.setattr("eval.systems.opening.load_reranker", load)
    configured = replace(SETTINGS, reranker=RerankSettings(model="roads", weight=0.4))
    return replace(bench, settings=configured)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("hybrid-without-reranker", "云溪县通知.txt"),
        ("hybrid-reranker-alone", "槐荫镇方案.txt"),
        ("dense", "云溪县通知.txt"),
        ("bm25", "云溪县通知.txt"),
        ("hybrid-rrf", "云溪县通知.txt"),
    ],
)
def test_a_recipe_says_whether_the_order_is_the_rerankers(
    reranking_bench: Bench, name: str, first: str
) -> None:
    ranked = open_ranking(_recipe(name), reranking_bench)("养老食堂补助，还有道路", 3)
    assert ranked[0][0] == first


def test_a_recipe_changes_the_configured_reranker_and_no_more(
    reranking_bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[RerankSettings] = []
    monkeypatch.setattr("eval.systems.opening.load_reranker", opened.append)
    for name in ("hybrid", "hybrid-reranked", "hybrid-reranker-alone"):
        open_ranking(_recipe(name), reranking_bench)
    configured = RerankSettings(model="roads", weight=0.4)
    assert opened == [
        configured,
        replace(configured, budget_ms=600_000),
        replace(configured, budget_ms=600_000, weight=1.0),
    ]


@pytest.mark.parametrize("name", ["hybrid-reranked", "hybrid-reranker-alone"])
def test_reranking_without_a_model_is_reported_before_anything_runs(name: str) -> None:
    with pytest.raises(PolicyQAError, match=rf"{name} .*没有重排模型.*\[reranker\]") as error:
        require_parts(_recipe(name), SETTINGS)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["hybrid", "hybrid-without-reranker", "dense", "policyqa"])
def test_other_recipes_need_no_reranker(name: str) -> None:
    require_parts(_recipe(name), SETTINGS)
