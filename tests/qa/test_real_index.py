"""Questions of the sample set, over the sample corpus with the real model."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from eval.datasets.golden import GoldenItem, load_golden
from eval.metrics.matching import covers, stands_in
from indexer.settings import IndexSettings
from qa.facade import PolicyQA
from qa.settings import Settings

GOLDEN = Path(__file__).resolve().parents[2] / "corpus" / "samples" / "golden.jsonl"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def engine(real_index: Path, real_settings: IndexSettings) -> Iterator[PolicyQA]:
    opened = PolicyQA.open(real_index, Settings(index=real_settings))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def golden() -> dict[str, GoldenItem]:
    return {item.id: item for item in load_golden(GOLDEN)}


@pytest.mark.parametrize("number", ["S001", "S002", "S004", "S007", "S013"])
def test_a_question_of_the_sample_set_is_answered_from_its_document(
    engine: PolicyQA, golden: dict[str, GoldenItem], number: str
) -> None:
    item = golden[number]
    answer = engine.ask(item.question)
    assert answer.answered
    assert any(stands_in(right, answer.text) for right in item.answers)
    evidence = item.evidence[0]
    cited = [c for c in answer.citations if c.passage.doc == evidence.doc]
    assert any(covers(c.quote, evidence.quote) or covers(evidence.quote, c.quote) for c in cited)


def test_a_question_that_the_samples_do_not_answer_is_refused(
    engine: PolicyQA, golden: dict[str, GoldenItem]
) -> None:
    unanswerable = [i for i in golden.values() if i.type == "noans"]
    refused = [i for i in unanswerable if not engine.ask(i.question).answered]
    assert len(refused) >= len(unanswerable) - 1


def test_the_holder_of_a_post_is_named_from_a_list_of_names(engine: PolicyQA) -> None:
    answer = engine.ask("临漪市优化营商环境工作领导小组组长是谁")
    assert answer.short_answer == "韩松岳"


def test_small_talk_is_refused(engine: PolicyQA) -> None:
    for question in ("今天天气怎么样", "红烧肉怎么做", "你好"):
        assert not engine.ask(question).answered, question


def test_threads_get_the_same_answers_from_the_real_model(
    engine: PolicyQA, golden: dict[str, GoldenItem]
) -> None:
    questions = [i.question for i in list(golden.values())[:8]]
    alone = [engine.ask(q).text for q in questions]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda q: engine.ask(q).text, questions * 2)) == alone * 2
