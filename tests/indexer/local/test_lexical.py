"""BM25 on disk against ``rank_bm25`` and against the formula."""

from __future__ import annotations

import math
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from rank_bm25 import BM25Okapi

from corpus.load import load_path
from indexer.chunking import split_passages
from indexer.local.lexical import K1, B, LexicalIndex
from indexer.settings import PassageSettings
from indexer.tokens import tokenise

QUERIES = (
    "企业开办时间压缩到多久",
    "老旧小区改造加装电梯补助",
    "2024年文明城市创建",
    "巡视整改进展",
    "养老养老养老",
    "５０个工作日",
)


class LuceneBM25(BM25Okapi):  # type: ignore[misc]
    """``rank_bm25`` with Lucene's idf, which is never negative."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {
            word: math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for word, n in nd.items()
        }


@pytest.fixture(scope="module")
def texts(sample_docs: Path) -> list[str]:
    return [
        passage.text
        for path in sorted(sample_docs.glob("*.[tm]*"))
        for result in load_path(path)
        for document in result.documents
        for passage in split_passages(document, PassageSettings())
    ]


@pytest.fixture(scope="module")
def index(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    folder = tmp_path_factory.mktemp("lexical") / "bm25"
    LexicalIndex.build(texts).save(folder)
    return LexicalIndex.load(folder, len(texts))


@pytest.mark.parametrize("query", QUERIES)
def test_scores_are_those_of_rank_bm25(index: LexicalIndex, texts: list[str], query: str) -> None:
    reference = LuceneBM25([tokenise(t) for t in texts], k1=K1, b=B)
    # Lucene leaves out the constant factor k1 + 1, which changes no order.
    expected = reference.get_scores(tokenise(query)) / (K1 + 1)
    scores = index.scores(query)
    np.testing.assert_allclose(scores, expected, rtol=1e-5, atol=1e-6)
    assert expected.max() > 0
    assert int(scores.argmax()) == int(expected.argmax())


def test_a_score_follows_from_the_formula() -> None:
    index = LexicalIndex.build(["创建文明城市", "老旧小区改造", "文明"])
    idf = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))  # 「文明」 stands in two of three texts
    length, average = 1, (5 + 5 + 1) / 3
    expected = idf * 1 / (1 + K1 * (1 - B + B * length / average))
    assert index.scores("文明")[2] == pytest.approx(expected)
    assert index.scores("文明")[1] == 0


def test_a_token_is_counted_once_a_text(index: LexicalIndex, texts: list[str]) -> None:
    expected = Counter(token for text in texts for token in set(tokenise(text)))
    assert dict(index.counts()) == expected
    assert index.count("文明") == expected["文明"] > 1
    assert index.count("龘龘") == 0
    assert index.size == len(texts)


@pytest.mark.parametrize(
    ("tokens", "together"),
    [
        (["文明", "明城"], True),
        (["文明", "明城", "小区"], False),
        (["小区"], True),
        (["龘龘"], False),
        (["文明", "龘龘"], False),
        ([], False),
    ],
)
def test_tokens_stand_together_in_one_text(tokens: list[str], together: bool) -> None:
    index = LexicalIndex.build(["创建文明城市", "文明小区", "小区改造"])
    assert index.stand_together(tokens) is together


def test_the_rows_of_a_token_are_given() -> None:
    index = LexicalIndex.build(["创建文明城市", "文明小区", "小区改造"])
    assert index.rows_of("小区").tolist() == [1, 2]
    assert index.rows_of("龘龘").tolist() == []


def test_standing_together_agrees_with_the_texts(index: LexicalIndex, texts: list[str]) -> None:
    held = [set(tokenise(text)) for text in texts]
    known = sorted(set().union(*held))[::40]
    answers = set()
    for one in known:
        for other in known:
            expected = any({one, other} <= tokens for tokens in held)
            assert index.stand_together([one, other]) is expected
            answers.add(expected)
    assert answers == {True, False}


def test_frequent_tokens_are_looked_for_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.local.lexical._PIECE", 2)
    index = LexicalIndex.build(["甲乙"] * 5 + ["甲乙丙丁"] + ["丙丁"] * 5)
    assert index.stand_together(["甲乙", "丙丁"])  # in the sixth text, the third piece
    assert not index.stand_together(["甲乙", "丁丙"])


@pytest.mark.parametrize("query", ["龘龘", "", "——", "zzzz"])
def test_unknown_words_score_nothing(index: LexicalIndex, texts: list[str], query: str) -> None:
    scores = index.scores(query)
    assert scores.shape == (len(texts),)
    assert scores.dtype == np.float32
    assert not scores.any()


def test_unknown_words_change_nothing_of_the_known(index: LexicalIndex) -> None:
    np.testing.assert_array_equal(index.scores("文明 龘龘"), index.scores("文明"))


@pytest.mark.parametrize("texts", [[""], ["——"], ["！", "…"], ["", "文明"]])
def test_texts_of_symbols_alone_can_be_indexed(texts: list[str], tmp_path: Path) -> None:
    LexicalIndex.build(texts).save(tmp_path / "bm25")
    index = LexicalIndex.load(tmp_path / "bm25", len(texts))
    assert not index.scores("——").any()
    assert (index.scores("文明") > 0).tolist() == ["文明" in text for text in texts]


def test_threads_do_not_mix_their_scores(index: LexicalIndex) -> None:
    expected = {query: index.scores(query) for query in QUERIES}
    asked = list(QUERIES) * 40
    with ThreadPoolExecutor(8) as pool:
        for query, scores in zip(asked, pool.map(index.scores, asked), strict=True):
            np.testing.assert_array_equal(scores, expected[query])


def test_nothing_is_logged_on_loading(index: LexicalIndex) -> None:
    import logging

    assert logging.getLogger("bm25s").level == logging.WARNING
