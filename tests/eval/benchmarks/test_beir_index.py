"""From a BEIR corpus to passages and an index."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import PolicyQAError
from eval.benchmarks.beir_index import beir_passages, index_passages, read_cost
from eval.benchmarks.vectors import VectorStore
from eval.datasets.beir import BeirText
from indexer.local.index import open_index
from indexer.passage import Passage
from indexer.settings import PassageSettings
from retriever.search import HybridRetriever
from tests.conftest import TinyEncoder
from tests.eval.making import LONG, SETTINGS


def passages_of(*texts: BeirText) -> list[Passage]:
    return beir_passages(texts, "/data/corpus.jsonl", PassageSettings())


def test_a_short_document_is_one_passage_whatever_its_lines() -> None:
    (passage,) = passages_of(BeirText("d1", "第一行。\n第二行。\n" + "补" * 300))
    assert passage.text == "第一行。\n第二行。\n" + "补" * 300
    assert (passage.doc, passage.document_id) == ("d1", "d1")


def test_a_long_document_is_split_and_keeps_its_name() -> None:
    passages = passages_of(BeirText("d1", LONG))
    assert len(passages) > 1
    assert "".join(p.text for p in passages) == LONG
    assert {p.doc for p in passages} == {"d1"}
    assert max(len(p.text) for p in passages) <= PassageSettings().longest
    assert [p.id for p in passages] == [f"d1/{n}" for n in range(len(passages))]


def test_a_title_in_parts_is_a_title_and_headings() -> None:
    (passage,) = passages_of(BeirText("d1", "正文。", "水法 · 第二章 规划 · 第一节 总则"))
    assert passage.metadata.title == "水法"
    assert passage.heading_path == ("第二章 规划", "第一节 总则")


def test_known_metadata_go_along() -> None:
    text = BeirText("d1", "正文。", metadata={"year": "2022", "region": "临漪市", "colour": "red"})
    (passage,) = passages_of(text)
    assert (passage.metadata.year, passage.metadata.region) == ("2022", "临漪市")


def test_traditional_characters_are_searched_simplified_and_shown_as_they_are() -> None:
    (passage,) = passages_of(BeirText("d1", "養老食堂", "條例"))
    assert (passage.text, passage.display, passage.metadata.title) == (
        "养老食堂",
        "養老食堂",
        "条例",
    )


def test_a_corpus_without_text_is_reported_in_one_line() -> None:
    with pytest.raises(PolicyQAError, match="没有文字") as error:
        passages_of(BeirText("d1", " \n "))
    assert "\n" not in str(error.value)


def build(
    folder: Path, passages: list[Passage], sentences: bool = True
) -> tuple[TinyEncoder, float | None]:
    """Index passages with vectors kept in the same folder; the encoder and the seconds noted."""
    encoder = TinyEncoder()
    store = VectorStore(folder / "vectors", encoder)
    cost = index_passages(
        passages, folder / "index", store, SETTINGS.index, sentences, progress=False
    )
    return encoder, cost.seconds


def test_an_index_of_a_corpus_is_searched_like_any_other(tmp_path: Path) -> None:
    build(tmp_path, passages_of(BeirText("d1", "养老食堂补助。"), BeirText("d2", "道路巡查。")))
    index = open_index(tmp_path / "index", SETTINGS.index)
    hits = HybridRetriever(index, TinyEncoder()).search("道路巡查")
    index.close()
    assert hits[0].passage.doc == "d2"


def test_without_sentence_vectors_the_rest_still_searches(tmp_path: Path) -> None:
    passages = passages_of(BeirText("d1", "养老食堂补助。"), BeirText("d2", "道路巡查。"))
    build(tmp_path, passages, sentences=False)
    index = open_index(tmp_path / "index", SETTINGS.index)
    hits = HybridRetriever(index, TinyEncoder()).search("道路巡查")
    sentences = index.manifest.sentences
    index.close()
    assert sentences == 0
    assert hits[0].passage.doc == "d2"


def test_the_cost_counts_what_the_model_read(tmp_path: Path) -> None:
    build(
        tmp_path,
        passages_of(BeirText("d1", "食堂今年三月在镇上开张了。道路今年十月全线通车了。", "年报")),
    )
    cost = read_cost(tmp_path / "index")
    assert cost is not None
    assert (cost.documents, cost.passages, cost.sentences) == (1, 1, 2)
    # Behind its title 「年报」 and a line break the passage has 2 + 1 + 25; its sentences have 25.
    assert (cost.text_characters, cost.encoded_characters) == (25, 28 + 25)
    assert cost.index_bytes > 0


def test_the_same_passages_are_not_indexed_twice(tmp_path: Path) -> None:
    passages = passages_of(BeirText("d1", "养老食堂补助。"))
    _, seconds = build(tmp_path, passages)
    before = (tmp_path / "index" / "CURRENT").stat().st_mtime_ns
    encoder, again = build(tmp_path, passages)
    assert encoder.passages == []
    assert again == seconds
    assert (tmp_path / "index" / "CURRENT").stat().st_mtime_ns == before


@pytest.mark.parametrize("other", ["养老食堂停办。", "养老食堂补助"])
def test_other_passages_are_indexed_anew(tmp_path: Path, other: str) -> None:
    build(tmp_path, passages_of(BeirText("d1", "养老食堂补助。")))
    build(tmp_path, passages_of(BeirText("d1", other)))
    index = open_index(tmp_path / "index", SETTINGS.index)
    texts = [p.text for p in index.passages(["d1/0"])]
    index.close()
    assert texts == [other]


def test_an_index_written_without_its_cost_is_not_taken_for_the_one_before(tmp_path: Path) -> None:
    """As when a run is interrupted between the two."""
    passages = passages_of(BeirText("d1", "养老食堂补助。"))
    build(tmp_path, passages)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("eval.benchmarks.beir_index.write_cost", lambda folder, cost: None)
        build(tmp_path, passages_of(BeirText("d1", "道路巡查。")))
    assert read_cost(tmp_path / "index") is None


def test_an_index_that_cannot_be_written_is_reported_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("no folder", "utf-8")
    with pytest.raises(PolicyQAError):
        build(tmp_path, passages_of(BeirText("d1", "养老食堂补助。")))
