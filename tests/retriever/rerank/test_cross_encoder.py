"""How a cross-encoder keeps to its time: a stand-in whose clock the tests turn."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus.errors import PolicyQAError
from retriever.rerank.cross_encoder import CrossEncoderReranker
from retriever.settings import RerankSettings


class Clockwork:
    """A model that takes a fixed time for each of 100 characters a pair, on a clock of its own.

    A pair's score is the number of characters of its text.
    """

    def __init__(self, seconds_a_character: float) -> None:
        self.now = 0.0
        self.pace = seconds_a_character
        self.batches: list[int] = []

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        self.batches.append(len(pairs))
        longest = max(min(len(query) + len(text), 100) for query, text in pairs)
        self.now += self.pace * len(pairs) * longest
        return [float(len(text)) for _, text in pairs]


def _reranker(model: Clockwork, batch: int = 4) -> CrossEncoderReranker:
    settings = RerankSettings(model="tiny", batch=batch, max_length=100)
    made = CrossEncoderReranker(model, settings, clock=lambda: model.now)
    model.batches.clear()
    return made


#: With the query of one character, 100 characters each; no padding.
HUNDRED = ["政" * 99] * 10


def test_with_time_enough_every_text_is_scored_in_batches_of_the_best_first() -> None:
    model = Clockwork(0.001)
    texts = ["政" * (90 + i) for i in range(10)]
    assert _reranker(model).scores("问", texts, 10.0) == [float(90 + i) for i in range(10)]
    assert model.batches == [4, 4, 2]


def test_the_last_texts_go_without_when_the_time_is_up() -> None:
    # A text takes 0.1 s: in .65 s there is time for a batch of four and one of two.
    model = Clockwork(0.001)
    reranker = _reranker(model)
    began = model.now
    found = reranker.scores("问", HUNDRED, 0.65)
    assert found == [99.0] * 6 + [None] * 4
    assert model.batches == [4, 2]
    assert model.now - began <= 0.65


def test_no_time_at_all_scores_nothing() -> None:
    model = Clockwork(0.001)
    assert _reranker(model).scores("问", HUNDRED, 0.0) == [None] * 10
    assert model.batches == []


def test_a_model_that_became_slower_gets_smaller_batches() -> None:
    model = Clockwork(0.001)
    reranker = _reranker(model)
    model.pace = 0.004
    reranker.scores("问", HUNDRED, 2.0)
    # The first four take 1.6 s; 0.0025 s a character are then expected, one text in the .4 s left.
    assert model.batches == [4, 1]


def test_one_hiccup_does_not_end_reranking() -> None:
    model = Clockwork(0.001)
    reranker = _reranker(model)
    model.pace = 10.0  # the machine slept
    reranker.scores("问", HUNDRED[:1], 1.0)
    model.pace = 0.001
    tries = 0
    while reranker.scores("问", HUNDRED, 1.0)[0] is None:
        tries += 1
        assert tries < 100


def test_a_model_too_slow_from_the_start_is_not_tried_again_and_again() -> None:
    model = Clockwork(0.1)
    reranker = _reranker(model)
    for _ in range(100):
        assert reranker.scores("问", HUNDRED, 1.5) == [None] * 10
    assert model.batches == []


def test_no_texts_have_no_scores() -> None:
    assert _reranker(Clockwork(0.001)).scores("问", [], 1.0) == []


def test_while_another_search_is_scored_the_time_runs_and_none_is_left() -> None:
    entered, go_on = threading.Event(), threading.Event()
    waits = False

    def model(pairs: Sequence[tuple[str, str]]) -> list[float]:
        if waits:
            entered.set()
            assert go_on.wait(60)
        return [1.0] * len(pairs)

    reranker = CrossEncoderReranker(model, RerankSettings(model="tiny"))
    waits = True
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(reranker.scores, "问", HUNDRED[:2], 60.0)
        try:
            assert entered.wait(60)
            assert reranker.scores("问", HUNDRED[:2], 0.01) == [None, None]
        finally:
            go_on.set()
        assert first.result() == [1.0, 1.0]


def test_a_model_that_does_not_work_is_reported_when_it_is_opened() -> None:
    def model(pairs: Sequence[tuple[str, str]]) -> list[float]:
        raise IndexError("index out of range in self")

    with pytest.raises(
        PolicyQAError, match=r"不能加载重排模型 tiny（index out.*max_length"
    ) as error:
        CrossEncoderReranker(model, RerankSettings(model="tiny"))
    assert "\n" not in str(error.value)
