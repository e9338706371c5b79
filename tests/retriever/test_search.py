"""Hybrid search over a tiny index with a quick encoder."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import PolicyQAError
from indexer.backend import ids_of
from indexer.build import build_index
from indexer.local.index import open_index
from indexer.settings import IndexSettings
from retriever.candidates import find_candidates
from retriever.hit import Filters
from retriever.search import HybridRetriever
from retriever.settings import RetrieverSettings, Weights
from tests.conftest import TinyEncoder

SETTINGS = IndexSettings(model="tiny", ocr=False)
WORDS_ALONE = RetrieverSettings(weights=Weights(passage=0, sentence=0))
FILES = {
    "辽宁省朝阳市优化营商环境实施方案.txt": (
        "辽宁省朝阳市优化营商环境实施方案\n2023年4月24日\n一、压缩办理时间\n"
        "企业开办时间压缩至0.5个工作日以内，首套印章费用由财政承担。\n"
        "二、加强督查\n每月通报一次进展，对落后单位予以约谈。\n"
    ),
    "创建讲话.txt": (
        "在創建全國文明城市推進會上的講話\n同志們：\n"
        "要顯著提升羣眾滿意度，推動創建工作再上新臺階。\n要補齊基礎設施短板。\n"
    ),
    "原文通报.txt": "关于整改情况的通报\n2017年10月，全市共排查问题132个，已整改128个，其余正在推进。\n",
    "脱敏通报.txt": "关于整改情况的通报\n20xx年x月，全市共排查问题1xx个，已整改1xx个，其余正在推进。\n",
    "另一通报.txt": "关于整改情况的通报\n2019年10月，全市共排查问题77个，已整改70个，其余正在推进。\n",
}


@pytest.fixture(scope="module")
def encoder() -> TinyEncoder:
    return TinyEncoder()


@pytest.fixture(scope="module")
def retriever(
    tmp_path_factory: pytest.TempPathFactory, encoder: TinyEncoder
) -> Iterator[HybridRetriever]:
    folder = tmp_path_factory.mktemp("hybrid")
    (folder / "docs").mkdir()
    for name, text in FILES.items():
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    build_index([folder / "docs"], folder / "index", SETTINGS, encoder, progress=False)
    index = open_index(folder / "index", SETTINGS)
    yield HybridRetriever(index, encoder)
    index.close()


def test_ranked_lists_copies_one_by_one(retriever: HybridRetriever) -> None:
    found = [p.doc for p, _ in retriever.ranked("全市共排查问题132个，已整改128个", 20)]
    assert {"原文通报.txt", "脱敏通报.txt"} <= set(found)
    folded = [hit.passage.doc for hit in retriever.search("全市共排查问题132个，已整改128个", 20)]
    assert "脱敏通报.txt" not in folded


def test_searching_by_words_alone_encodes_nothing(retriever: HybridRetriever) -> None:
    encoder = TinyEncoder()
    assert HybridRetriever(retriever.backend, encoder, WORDS_ALONE).search("企业开办时间")
    assert encoder.queries == []


def test_the_passage_asked_for_is_first(retriever: HybridRetriever) -> None:
    best = retriever.search("企业开办时间压缩到几个工作日")[0]
    assert "0.5个工作日" in best.passage.text and best.rank == 1
    assert any("企业开办时间压缩" in best.passage.display[a:b] for a, b in best.highlights)


def test_ranks_count_from_1_and_scores_fall(retriever: HybridRetriever) -> None:
    hits = retriever.search("整改进展", 4)
    assert [h.rank for h in hits] == [1, 2, 3, 4]
    assert all(a.score >= b.score for a, b in itertools.pairwise(hits))


@pytest.mark.parametrize(
    ("query", "doc"),
    [
        ("創建全國文明城市", "创建讲话.txt"),
        ("创建全国文明城市", "创建讲话.txt"),
        ("企業開辦時間壓縮", "辽宁省朝阳市优化营商环境实施方案.txt"),
        ("企业开办时间压缩至０．５个工作日", "辽宁省朝阳市优化营商环境实施方案.txt"),
    ],
)
def test_either_script_finds_either(retriever: HybridRetriever, query: str, doc: str) -> None:
    assert retriever.search(query)[0].passage.doc == doc


def test_the_original_script_is_shown(retriever: HybridRetriever) -> None:
    best = retriever.search("提升群众满意度")[0]
    assert "滿意度" in best.passage.display and "满意度" in best.passage.text
    assert any("滿意度" in best.passage.display[a:b] for a, b in best.highlights)


def test_a_masked_copy_folds_into_the_one_that_says_more(retriever: HybridRetriever) -> None:
    docs = [hit.passage.doc for hit in retriever.search("排查问题整改情况通报", 10)]
    assert "原文通报.txt" in docs and "脱敏通报.txt" not in docs
    assert "另一通报.txt" in docs, "other numbers are no copy"
    best_rank = docs.index("原文通报.txt")
    assert best_rank <= 1


def test_a_filter_holds_for_every_hit(retriever: HybridRetriever) -> None:
    hits = retriever.search("整改", 10, Filters(region="辽宁"))
    assert hits and all("辽宁" in h.passage.metadata.region for h in hits)
    only = retriever.search("企业开办时间", 10, Filters(doc="脱敏通报.txt"))
    assert {h.passage.doc for h in only} == {"脱敏通报.txt"}


@pytest.mark.parametrize("query", ["", "   \n\t", "？！。", "……", "\ud800", "\0"])
def test_a_query_without_words_is_one_line(retriever: HybridRetriever, query: str) -> None:
    with pytest.raises(PolicyQAError) as raised:
        retriever.search(query)
    assert "\n" not in str(raised.value) and "检索词" in str(raised.value)


@pytest.mark.parametrize("k", [0, -1])
def test_k_below_1_is_one_line(retriever: HybridRetriever, k: int) -> None:
    with pytest.raises(PolicyQAError) as raised:
        retriever.search("整改", k)
    assert f"k 是 {k}" in str(raised.value)


def test_more_than_there_is_gives_what_there_is(retriever: HybridRetriever) -> None:
    assert 0 < len(retriever.search("整改", 10_000)) < 20
    assert len(retriever.search("整改", 1)) == 1


def test_a_damaged_character_is_left_out(retriever: HybridRetriever) -> None:
    """Half of a pair, as a cut argument or a JSON escape brings it."""
    assert retriever.search("整改\udcff情况\ud83d") == retriever.search("整改情况")


def test_a_very_long_draft_is_searched(retriever: HybridRetriever) -> None:
    assert retriever.search("企业开办时间压缩。" * 20_000)[0].passage.doc.startswith("辽宁省朝阳市")


def test_words_unknown_to_the_index_still_find_the_nearest(retriever: HybridRetriever) -> None:
    assert retriever.search("quantum zzz")


def test_a_weight_of_nought_takes_a_part_out(
    retriever: HybridRetriever, encoder: TinyEncoder
) -> None:
    words_only = HybridRetriever(retriever.backend, encoder, WORDS_ALONE)
    hits = words_only.search("约谈")
    assert len(hits) == 1 and "约谈" in hits[0].passage.text
    assert words_only.search("zzz") == ()


def test_the_same_search_gives_the_same(retriever: HybridRetriever) -> None:
    assert retriever.search("整改情况", 10) == retriever.search("整改情况", 10)


def test_the_score_is_the_mean_of_the_parts(
    retriever: HybridRetriever, encoder: TinyEncoder
) -> None:
    """Three parts that weigh alike, worked out with numpy from the raw texts."""
    query, index = "每月通报进展", retriever.backend
    alike = Weights(1.0, 1.0, 1.0, characters=0, run=0, scope=0, value=0, before=0)
    three = HybridRetriever(index, encoder, RetrieverSettings(weights=alike))
    vector = encoder.encode_query(query)
    ids = ids_of(index.documents())
    passages = dict(zip(ids, index.cosines(vector, ids), strict=True))
    sentences = {}
    for each in ids:
        own = sorted(index.sentences([each]).vectors @ vector, reverse=True)
        # An only sentence is taken to stand 1.7 deviations above a second one.
        second = own[1] if len(own) > 1 else own[0] - 1.7 * index.similarity.deviation
        sentences[each] = (own[0] + second) / 2
    words = {i: s for i, s in zip(ids, index.lexical_scores(query, ids), strict=True) if s > 0}

    def scaled(part: dict[str, Any]) -> dict[str, Any]:
        low, high = min(part.values()), max(part.values())
        return {each: (score - low) / (high - low) for each, score in part.items()}

    parts = [scaled(passages), scaled(sentences), scaled(words)]
    expected = {each: sum(part.get(each, 0.0) for part in parts) / 3 for each in ids}
    for hit in three.search(query, 10):
        if hit.passage.doc == "原文通报.txt":
            continue  # stands in the place of its masked copy
        assert hit.score == pytest.approx(expected[hit.passage.id], abs=1e-4)


def test_sentences_come_with_their_similarity(
    retriever: HybridRetriever, encoder: TinyEncoder
) -> None:
    hits = retriever.search("每月通报一次进展", 3)
    sentences = retriever.sentences("每月通报一次进展", hits)
    assert {s.hit.rank for s in sentences} == {h.rank for h in hits}
    vector = encoder.encode_query("每月通报一次进展")
    for sentence in sentences:
        own = encoder.encode_query(sentence.text.strip())
        assert sentence.cosine == pytest.approx(float(own @ vector), abs=1e-5)
    assert retriever.sentences("任何", []) == ()


def test_a_hit_of_another_index_has_no_sentences(retriever: HybridRetriever) -> None:
    from dataclasses import replace

    hit = retriever.search("整改", 1)[0]
    gone = replace(hit, passage=replace(hit.passage, id="没有了#0/0"))
    assert retriever.sentences("整改", [gone]) == ()


def test_asking_again_about_the_hits_encodes_once(
    retriever: HybridRetriever, encoder: TinyEncoder
) -> None:
    encoder.queries.clear()
    hits = retriever.search("  整改 情况\n通报 ")
    retriever.sentences("  整改 情况\n通报 ", hits)
    assert len(encoder.queries) == 1


def test_idf_is_that_of_the_index(retriever: HybridRetriever) -> None:
    assert retriever.idf("约谈") > retriever.idf("整改")


class SlowEncoder(TinyEncoder):
    """Gives other threads time to get in between."""

    def encode_query(self, text: str) -> Any:
        threading.Event().wait(0.001)
        return super().encode_query(text)


def test_threads_do_not_mix_their_questions(retriever: HybridRetriever) -> None:
    shared = HybridRetriever(retriever.backend, SlowEncoder())
    queries = ["企业开办时间", "创建文明城市", "整改情况通报", "每月约谈", "基础设施短板"] * 12

    def ask(query: str) -> tuple[Any, Any]:
        hits = shared.search(query, 5)
        return hits, shared.sentences(query, hits)

    expected = {}
    for query in set(queries):
        hits = retriever.search(query, 5)
        expected[query] = (hits, retriever.sentences(query, hits))
    with ThreadPoolExecutor(8) as pool:
        for query, found in zip(queries, pool.map(ask, queries), strict=True):
            assert found == expected[query]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=60), k=st.integers(1, 12))
def test_any_query_gives_hits_or_one_line(retriever: HybridRetriever, query: str, k: int) -> None:
    try:
        hits = retriever.search(query, k)
    except PolicyQAError as error:
        assert "\n" not in str(error)
        return
    assert len({h.passage.id for h in hits}) == len(hits) <= k
    for hit in hits:
        assert all(0 <= a < b <= len(hit.passage.display) for a, b in hit.highlights)
        assert np.isfinite(hit.score)


@pytest.mark.slow
def test_the_sample_questions_are_found(real_index: Path, real_settings: IndexSettings) -> None:
    """Questions in other words than the documents', with the real model."""
    from indexer.embedding.encoder import load_encoder

    index = open_index(real_index, real_settings)
    found = HybridRetriever(index, load_encoder(real_settings))
    for query, words in (
        ("临漪市开公司要几天", "0.5个工作日"),
        ("臨漪市企業開辦時間", "0.5个工作日"),
        ("霁州市周转贷款的钱有多少", "5000万元"),
    ):
        texts = [hit.passage.text for hit in found.search(query, 10)]
        assert any(words in text for text in texts), query
    index.close()


def test_however_many_hits_are_asked_for_a_bounded_number_of_texts_is_read(
    retriever: HybridRetriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths: list[int] = []

    def noted(index: Any, query: str, vector: Any, depth: int, *rest: Any) -> Any:
        depths.append(depth)
        return find_candidates(index, query, vector, depth, *rest)

    monkeypatch.setattr("retriever.search.find_candidates", noted)
    retriever.search("整改", 1_000_000)
    retriever.search("整改", 3)
    assert depths == [300, 100]
