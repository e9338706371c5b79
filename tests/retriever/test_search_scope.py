"""Searches that name a regulation, an article, a place or a year, and texts that stand twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from eval.systems.asking import shown_passages
from indexer.build import build_index
from indexer.local.index import LocalBackend, open_index
from indexer.settings import IndexSettings
from retriever.hit import Filters
from retriever.search import HybridRetriever
from retriever.settings import RetrieverSettings, Weights
from tests.conftest import TinyEncoder

SETTINGS = IndexSettings(model="tiny", ocr=False)
_REPORT = "各乡镇要在汛期前清理河道，逐段落实河长，清理出的淤泥统一外运，不得堆放在河岸两侧。\n"


def _articles(of: str, count: int) -> str:
    duties = ("登记造册", "按季公示", "上门走访", "设置标识", "定期消毒", "专人看护", "统一编号")
    lines = (
        f"第{n}条　{of}由主管部门{duties[i % 7]}，具体办法另行制定，每年检查{i + 2}次。"
        for i, n in enumerate("一二三四五六七八九"[:count])
    )
    return "\n".join(lines)


FILES = {
    "条例.txt": f"青禾市公共水井保护条例\n{_articles('水井', 9)}\n",
    "细则.txt": f"青禾市公共厕所管理细则\n{_articles('厕所', 9)}\n",
    "甲.txt": f"辽宁省沈阳市河道清理工作方案\n2022年3月4日\n一、要求\n{_REPORT}",
    "乙.txt": f"辽宁省抚顺市河道清理工作方案\n2023年3月4日\n一、要求\n{_REPORT.replace('汛期', '雨季')}",
    "简报.txt": f"关于整改情况的通报\n全市共排查问题132个，已整改128个，其余正在推进。\n{'经验' * 3}\n",
    "转发.txt": f"关于整改情况的通报\n全市共排查问题132个，已整改128个，其余正在推进。\n{'经验' * 3}\n",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalBackend]:
    folder = tmp_path_factory.mktemp("scope")
    (folder / "docs").mkdir()
    for name, text in FILES.items():
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    build_index([folder / "docs"], folder / "index", SETTINGS, TinyEncoder(), progress=False)
    opened = open_index(folder / "index", SETTINGS)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def retriever(index: LocalBackend) -> HybridRetriever:
    return HybridRetriever(index, TinyEncoder())


@pytest.mark.parametrize("article", ["第七条", "第7条", "7条"])
@pytest.mark.parametrize(
    ("title", "doc"), [("青禾市公共水井保护条例", "条例.txt"), ("公共厕所管理细则", "细则.txt")]
)
def test_the_article_of_a_named_regulation_is_first(
    retriever: HybridRetriever, title: str, doc: str, article: str
) -> None:
    best = retriever.search(f"《青禾市{title.removeprefix('青禾市')}》{article}怎么说")[0].passage
    assert best.doc == doc and "第七条" in best.text


def test_a_named_article_is_a_candidate_though_nothing_else_brings_it(index: LocalBackend) -> None:
    """By meaning and by words, two other texts and other articles are nearer."""
    narrow = HybridRetriever(index, TinyEncoder(), RetrieverSettings(candidates=1))
    rest = "与全市共排查问题132个，已整改128个，其余正在推进"
    found = [p.text for p, _ in narrow.ranked(f"青禾市公共水井保护条例7条{rest}", 3)]
    assert not any("第七条" in text for text in found)  # 「条与」 names nothing
    found = [p.text for p, _ in narrow.ranked(f"青禾市公共水井保护条例7条，{rest}", 3)]
    assert any("第七条" in text for text in found)


def test_a_filter_holds_for_named_articles_too(retriever: HybridRetriever) -> None:
    hits = retriever.search("青禾市公共水井保护条例第七条", 5, Filters(doc="细则.txt"))
    assert {hit.passage.doc for hit in hits} == {"细则.txt"}


@pytest.mark.parametrize(
    ("query", "doc"),
    [
        ("沈阳各乡镇要在雨季前清理河道", "甲.txt"),
        ("抚顺市各乡镇要在汛期前清理河道", "乙.txt"),
    ],
)
def test_among_twins_the_place_asked_for_is_first(
    retriever: HybridRetriever, query: str, doc: str
) -> None:
    """Though the query has the very words of the other: 甲 says 汛期, 乙 says 雨季."""
    assert retriever.search(query)[0].passage.doc == doc


@pytest.mark.parametrize(("year", "doc"), [("2022", "甲.txt"), ("2023", "乙.txt")])
def test_between_twins_alike_in_words_the_year_decides(
    retriever: HybridRetriever, year: str, doc: str
) -> None:
    best = retriever.search(f"{year}年各乡镇清理河道，逐段落实河长")[0].passage
    assert best.doc == doc and year not in best.text


def test_copies_in_other_files_are_shown_with_the_hit(retriever: HybridRetriever) -> None:
    hits = retriever.search("全市共排查问题多少个，已整改多少个")
    (hit,) = [h for h in hits if h.passage.doc in ("简报.txt", "转发.txt")]
    (copy,) = hit.copies
    assert {hit.passage.doc, copy.doc} == {"简报.txt", "转发.txt"}
    assert copy.text == hit.passage.text
    shown = shown_passages(hits)
    assert shown[shown.index(hit.passage) + 1] == copy


def test_a_passage_that_stands_once_has_no_copies(retriever: HybridRetriever) -> None:
    assert retriever.search("水井第七条", 1)[0].copies == ()


def test_more_hits_than_candidates_may_be_asked_for(index: LocalBackend) -> None:
    few = HybridRetriever(index, TinyEncoder(), RetrieverSettings(candidates=1))
    everything = index.size - 1  # one is hidden as a copy
    assert len(few.search("河道清理", everything)) == everything


def test_a_search_says_how_it_understood_the_query(retriever: HybridRetriever) -> None:
    found = retriever.find("  瀋陽市河道\n清理第3条 ", 2)
    assert found.question.text == "沈阳市河道 清理第3条"
    assert (found.question.places, found.question.articles) == (("沈阳",), ("第三条",))
    assert found.hits == retriever.search("沈阳市河道 清理第3条", 2)


def test_typos_are_corrected_unless_that_is_switched_off(index: LocalBackend) -> None:
    typed, meant = "公共水井保户条例", "公共水井保护条例"
    correcting = HybridRetriever(index, TinyEncoder()).find(typed)
    assert correcting.question.text == meant and correcting.question.changes
    plain = HybridRetriever(index, TinyEncoder(), RetrieverSettings(correct_typos=False)).find(
        typed
    )
    assert plain.question.text == typed and plain.question.changes == ()


def test_without_any_weight_a_search_still_gives_an_order(index: LocalBackend) -> None:
    nothing = RetrieverSettings(weights=Weights(0, 0, 0, 0, 0, 0, 0, 0))
    hits = HybridRetriever(index, TinyEncoder(), nothing).search("青禾市公共水井保护条例第七条", 3)
    assert [hit.score for hit in hits] == [0.0, 0.0, 0.0]


def test_a_place_has_documents_in_whichever_form_it_is_named(retriever: HybridRetriever) -> None:
    assert retriever.has_documents_of("沈阳") and retriever.has_documents_of("沈阳市")
    assert not retriever.has_documents_of("大连")
