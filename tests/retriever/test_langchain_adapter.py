"""policyqa's search inside other people's chains."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from corpus.errors import PolicyQAError
from indexer.build import build_index
from indexer.local.index import open_index
from indexer.settings import IndexSettings
from retriever.hit import Filters
from retriever.search import HybridRetriever
from tests.conftest import TinyEncoder

SETTINGS = IndexSettings(model="tiny", ocr=False)


@pytest.fixture
def hybrid(tmp_path: Path, tiny_encoder: TinyEncoder) -> HybridRetriever:
    (tmp_path / "docs").mkdir()
    for city in ("朝阳", "抚顺"):
        (tmp_path / "docs" / f"{city}.txt").write_text(
            f"辽宁省{city}市整改方案\n一、要求\n{city}市要在2024年底前完成整改。\n", "utf-8"
        )
    build_index([tmp_path / "docs"], tmp_path / "index", SETTINGS, tiny_encoder, progress=False)
    return HybridRetriever(open_index(tmp_path / "index", SETTINGS), tiny_encoder)


def test_it_is_a_langchain_retriever(hybrid: HybridRetriever) -> None:
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever

    from retriever.langchain_adapter import PolicyRetriever

    adapter = PolicyRetriever.of(hybrid, k=1)
    assert isinstance(adapter, BaseRetriever)
    (found,) = adapter.invoke("朝阳市什么时候完成整改")
    (hit,) = hybrid.search("朝阳市什么时候完成整改", 1)
    assert isinstance(found, Document)
    assert found.page_content == hit.passage.text and found.id == hit.passage.id
    assert found.metadata["doc"] == "朝阳.txt"
    assert found.metadata["heading_path"] == list(hit.passage.heading_path)
    assert found.metadata["score"] == hit.score


def test_it_works_in_a_chain_and_asynchronously(hybrid: HybridRetriever) -> None:
    from langchain_core.runnables import RunnableLambda

    from retriever.langchain_adapter import PolicyRetriever

    adapter = PolicyRetriever.of(hybrid, k=2)
    chain = adapter | RunnableLambda(lambda found: [d.metadata["doc"] for d in found])
    assert chain.invoke("抚顺市整改")[0] == "抚顺.txt"
    assert adapter.batch(["抚顺市整改", "朝阳市整改"])[1][0].metadata["doc"] == "朝阳.txt"
    assert asyncio.run(adapter.ainvoke("朝阳市整改"))[0].metadata["doc"] == "朝阳.txt"


def test_filters_are_passed_on(hybrid: HybridRetriever) -> None:
    from retriever.langchain_adapter import PolicyRetriever

    adapter = PolicyRetriever.of(hybrid, filters=Filters(doc="抚顺.txt"))
    assert {d.metadata["doc"] for d in adapter.invoke("朝阳市整改")} == {"抚顺.txt"}


def test_errors_stay_one_line(hybrid: HybridRetriever) -> None:
    from retriever.langchain_adapter import PolicyRetriever

    with pytest.raises(PolicyQAError):
        PolicyRetriever.of(hybrid).invoke("？")
