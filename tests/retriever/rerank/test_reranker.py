"""The new order that a reranker's scores give, and what happens without them."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Metadata
from corpus.errors import SettingsError
from indexer.passage import Passage
from retriever.rerank.reranker import load_reranker, rerank
from retriever.settings import RerankSettings

ALONE = RerankSettings(weight=1.0)


class Given:
    """A reranker with scores made beforehand, one for each text, that keeps what it was asked."""

    def __init__(self, *scores: float | None) -> None:
        self._scores = scores
        self.asked: list[tuple[str, tuple[str, ...], float]] = []

    def scores(self, query: str, texts: Sequence[str], seconds: float) -> Sequence[float | None]:
        self.asked.append((query, tuple(texts), seconds))
        return self._scores


class Broken:
    """A reranker that always fails with the same words."""

    def __init__(self, words: str) -> None:
        self._words = words

    def scores(self, query: str, texts: Sequence[str], seconds: float) -> Sequence[float | None]:
        raise RuntimeError(self._words)


def passage(name: str, title: str = "关于办好养老食堂的通知") -> Passage:
    return Passage(
        id=f"{name}/0",
        document_id=name,
        ordinal=0,
        doc=f"{name}.txt",
        path=f"/{name}.txt",
        heading_path=("一、补助标准",),
        text=f"{name}补助3万元。",
        display=f"{name}補助3萬元。",
        page=None,
        blocks=(),
        metadata=Metadata(title=title),
        lead="标准如下：",
    )


def ranked(*scores: float) -> list[tuple[Passage, float]]:
    """Passages 甲, 乙, 丙 … with these scores."""
    return [(passage(name), score) for name, score in zip("甲乙丙丁戊己庚", scores, strict=False)]


def names(found: Sequence[tuple[Passage, float]]) -> str:
    return "".join(p.document_id for p, _ in found)


def values(found: Sequence[tuple[Passage, float]]) -> list[float]:
    return [score for _, score in found]


def test_with_all_the_weight_the_reranker_alone_orders() -> None:
    found = rerank(ranked(3.0, 2.0, 1.0), "补助", Given(-8.0, -2.0, 4.0), ALONE)
    assert names(found) == "丙乙甲"


def test_new_scores_fill_the_interval_of_the_old_ones() -> None:
    # -8 … 4 becomes 0 … 1, and -2 lies half way; 0 … 1 becomes 1 … 3.
    found = rerank(ranked(3.0, 2.5, 1.0), "补助", Given(-8.0, -2.0, 4.0), ALONE)
    assert values(found) == pytest.approx([3.0, 2.0, 1.0])


def test_with_half_the_weight_both_scores_are_added() -> None:
    # Search: 甲 1, 乙 .5, 丙 0. Reranker: 甲 0, 乙 1, 丙 .25. Halves added: .5, .75, .125.
    found = rerank(ranked(3.0, 2.0, 1.0), "补助", Given(0.0, 8.0, 2.0), RerankSettings(weight=0.5))
    assert names(found) == "乙甲丙"
    assert values(found) == pytest.approx([1 + 2 * 0.75, 1 + 2 * 0.5, 1 + 2 * 0.125])


def test_the_scale_of_the_reranker_does_not_matter() -> None:
    before = ranked(3.0, 2.6, 2.0, 1.0)
    small = rerank(before, "补助", Given(0.1, 0.4, 0.2, 0.3), RerankSettings())
    large = rerank(before, "补助", Given(-900.0, 2100.0, 100.0, 1100.0), RerankSettings())
    assert names(small) == names(large)
    assert values(small) == pytest.approx(values(large))


def test_passages_that_the_time_did_not_suffice_for_stay_behind_as_they_were() -> None:
    before = ranked(5.0, 4.0, 3.0, 2.0, 1.0)
    found = rerank(before, "补助", Given(0.0, 1.0, 2.0, None, None), ALONE)
    assert names(found) == "丙乙甲丁戊"
    assert values(found) == pytest.approx([5.0, 4.0, 3.0, 2.0, 1.0])


def test_only_the_candidates_are_read_and_the_others_stay_behind() -> None:
    reranker = Given(0.0, 1.0)
    settings = RerankSettings(candidates=2, weight=1.0)
    found = rerank(ranked(5.0, 4.0, 3.0, 2.0), "补助", reranker, settings)
    assert len(reranker.asked[0][1]) == 2
    assert names(found) == "乙甲丙丁"
    assert values(found)[2:] == [3.0, 2.0]


def test_a_passage_skipped_among_scored_ones_goes_behind_and_scores_no_higher() -> None:
    # 甲 was not read: what it had, 5, is more than what the read ones fill, 3 … 4.
    found = rerank(ranked(5.0, 4.0, 3.0, 2.0), "补助", Given(None, 0.0, 1.0, None), ALONE)
    assert names(found) == "丙乙甲丁"
    assert values(found) == pytest.approx([4.0, 3.0, 3.0, 2.0])


@pytest.mark.parametrize("nothing", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_counts_as_no_score(nothing: float) -> None:
    found = rerank(ranked(3.0, 2.0, 1.0), "补助", Given(0.0, 1.0, nothing), ALONE)
    assert names(found) == "乙甲丙"


def test_equal_sums_keep_their_order() -> None:
    found = rerank(ranked(4.0, 3.0, 2.0, 1.0), "补助", Given(0.0, 1.0, 0.0, 1.0), ALONE)
    assert names(found) == "乙丁甲丙"


def test_equal_scores_of_the_reranker_change_nothing() -> None:
    before = ranked(3.0, 2.0, 1.0)
    assert rerank(before, "补助", Given(0.5, 0.5, 0.5), ALONE) == before


def test_equal_scores_of_the_search_leave_the_order_to_the_reranker() -> None:
    found = rerank(ranked(2.0, 2.0, 2.0), "补助", Given(0.0, 2.0, 1.0), RerankSettings())
    assert names(found) == "乙丙甲"
    assert values(found) == [2.0, 2.0, 2.0]


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_to_order_is_not_read(count: int) -> None:
    reranker = Given()
    before = ranked(*[1.0] * count)
    assert rerank(before, "补助", reranker, RerankSettings()) == before
    assert reranker.asked == []


@given(
    st.lists(st.tuples(st.floats(0, 3), st.none() | st.floats(-20, 20)), min_size=2, max_size=7),
    st.floats(0.01, 1.0),
)
def test_whatever_the_scores_nothing_is_lost_and_they_fall_from_rank_to_rank(
    scores: list[tuple[float, float | None]], weight: float
) -> None:
    before = ranked(*sorted((old for old, _ in scores), reverse=True))
    reranker = Given(*(new for _, new in scores))
    found = rerank(before, "补助", reranker, RerankSettings(weight=weight))
    assert sorted(names(found)) == sorted(names(before))
    assert values(found) == sorted(values(found), reverse=True)
    assert values(found)[0] <= values(before)[0] + 1e-9
    assert values(found)[-1] >= values(before)[-1] - 1e-9


def test_the_reranker_reads_the_query_and_each_passage_in_its_context() -> None:
    reranker = Given(0.0, 1.0)
    rerank(ranked(2.0, 1.0), "补助多少", reranker, RerankSettings(budget_ms=250))
    (query, texts, seconds) = reranker.asked[0]
    assert query == "补助多少"
    assert texts[0] == "关于办好养老食堂的通知 一、补助标准 标准如下：\n甲补助3万元。"
    assert seconds == 0.25


def test_a_document_without_a_title_goes_by_the_name_of_its_file() -> None:
    reranker = Given(0.0, 1.0)
    untitled = [(passage(name, title=""), 1.0) for name in ("云溪县通知", "青禾市通知")]
    rerank(untitled, "补助多少", reranker, RerankSettings())
    assert reranker.asked[0][1][0].startswith("云溪县通知 一、补助标准")


def test_a_failure_leaves_the_order_and_is_reported_once(caplog: pytest.LogCaptureFixture) -> None:
    before = ranked(2.0, 1.0)
    with caplog.at_level(logging.WARNING, "policyqa"):
        for _ in range(3):
            assert rerank(before, "补助", Broken("内存不够\n第二行"), ALONE) == before
    (line,) = [r.getMessage() for r in caplog.records]
    assert "重排失败（RuntimeError: 内存不够）" in line
    assert "\n" not in line


def test_scores_of_another_number_than_texts_are_a_failure(
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = ranked(3.0, 2.0, 1.0)
    with caplog.at_level(logging.WARNING, "policyqa"):
        assert rerank(before, "补助", Given(0.0, 1.0), ALONE) == before
    assert "2 scores of 3 texts" in caplog.text


def test_a_budget_too_small_for_two_passages_leaves_the_order_and_says_what_to_do(
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = ranked(3.0, 2.0, 1.0)
    settings = RerankSettings(budget_ms=7)
    with caplog.at_level(logging.WARNING, "policyqa"):
        for _ in range(2):
            assert rerank(before, "补助", Given(1.0, None, None), settings) == before
    assert len(caplog.records) == 1
    assert "7 毫秒" in caplog.text
    assert "reranker.budget_ms" in caplog.text


def test_without_a_model_there_is_no_reranker_and_nothing_is_imported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(
        sys.modules, "retriever.rerank.cross_encoder", None
    )  # importing it would fail
    assert load_reranker(RerankSettings()) is None


@pytest.mark.parametrize(
    "name, value",
    [
        ("candidates", 1),
        ("budget_ms", 0),
        ("max_length", 8),
        ("batch", 0),
        ("weight", 0.0),
        ("weight", 1.1),
        ("weight", -0.5),
    ],
)
def test_a_setting_that_does_not_fit_is_one_line_naming_it(name: str, value: float) -> None:
    settings = RerankSettings(model="some/model", **{name: value})  # type: ignore[arg-type]
    with pytest.raises(SettingsError, match=f"reranker.{name} 是 {value}") as error:
        load_reranker(settings)
    assert "\n" not in str(error.value)
