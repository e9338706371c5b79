"""A language model behind HTTP, on this machine: every fault ends in an answer from the documents."""

from __future__ import annotations

import json
import socket
from dataclasses import replace
from typing import Any

import pytest

from qa.answer import Answer
from qa.generation.answering import ModelAnswerer
from qa.generation.chat_model import Fault, ModelSettings, load_chat_model
from tests.qa.generation.test_answering import EXTRACT, GOOD, MONEY, PATIENT
from tests.qa.llm_server import SILENCE, serving

pytestmark = pytest.mark.llm


def settings(url: str, **changes: Any) -> ModelSettings:
    """Patient ones, so that a slow machine changes nothing."""
    return replace(PATIENT, name="openai:test", base_url=url, **changes)


def asked(url: str, **changes: Any) -> list[Answer]:
    return list(ModelAnswerer(settings(url, **changes)).answer(EXTRACT))


def notice(fault: Fault) -> str:
    return f"{fault}，以下是原文摘录。"


def test_a_server_streams_an_answer() -> None:
    with serving([GOOD[i : i + 5] for i in range(0, len(GOOD), 5)]) as server:
        answers = asked(server.url)
    assert [a.source for a in answers] == ["extractive", "model", "model"]
    assert len(answers[-1].citations) == 2
    request = server.requests[0]
    assert request["stream"] is True
    assert request["messages"][0]["role"] == "system"
    assert MONEY.text in request["messages"][1]["content"]


def test_a_server_is_asked_again_by_the_same_client() -> None:
    with serving([GOOD]) as server:
        answerer = ModelAnswerer(settings(server.url))
        sources = [[*answerer.answer(EXTRACT)][-1].source for _ in range(3)]
    assert sources == ["model"] * 3


@pytest.mark.parametrize("fault", ["429", "500", "503"])
def test_a_busy_server_is_asked_again(fault: str) -> None:
    with serving([GOOD], fault, failures=1) as server:
        last = asked(server.url)[-1]
    assert (last.source, last.notice) == ("model", "")
    assert len(server.requests) == 2


def test_a_server_that_fails_for_ever_is_given_up() -> None:
    with serving([GOOD], "500") as server:
        last = asked(server.url, retries=2)[-1]
    assert (last.text, last.notice) == (EXTRACT.text, notice(Fault.REFUSED))
    assert len(server.requests) == 3


@pytest.mark.parametrize("fault", ["400", "401", "404"])
def test_a_server_that_refuses_is_not_asked_again(fault: str) -> None:
    with serving([GOOD], fault) as server:
        last = asked(server.url)[-1]
    assert (last.text, last.notice) == (EXTRACT.text, notice(Fault.REFUSED))
    assert len(server.requests) == 1


@pytest.mark.parametrize("fault", ["garbage", "no json", "cut"])
def test_what_cannot_be_read_is_answered_with_the_extract(fault: str) -> None:
    with serving([GOOD], fault) as server:
        last = asked(server.url, retries=0)[-1]
    assert (last.text, last.notice) == (EXTRACT.text, notice(Fault.BROKEN))
    assert last.source == "extractive"


def test_a_stream_that_stops_inside_a_sentence_shows_whole_sentences_only() -> None:
    with serving([GOOD, "对新开办的夜市给予每户3000"], "stops") as server:
        last = asked(server.url)[-1]
    assert (
        "".join(last.text.split("\n"))
        == "新开办的夜市给予每户3000元补助[1]全市建成夜间消费街区12条[2]"
    )
    assert last.struck == 1


def test_a_server_that_says_nothing_is_left_at_the_time_limit() -> None:
    with serving(fault="silent") as server:
        options = settings(server.url, first_seconds=0.5)
        answerer = ModelAnswerer(options, load_chat_model(options))
        *_, last = answerer.answer(EXTRACT)
        # The server would have gone before anybody hung up.
        assert server.hung_up.wait(SILENCE)
    assert (last.text, last.notice) == (EXTRACT.text, notice(Fault.SLOW))


def test_a_server_that_goes_on_for_ever_is_left() -> None:
    with serving(["又" * 50], "endless") as server:
        last = asked(server.url)[-1]
        assert server.hung_up.wait(SILENCE)
    assert (last.text, last.source) == (EXTRACT.text, "extractive")


def test_a_person_who_goes_away_closes_the_connection() -> None:
    with serving([GOOD, "甲"], "endless") as server:
        stream = ModelAnswerer(settings(server.url)).answer(EXTRACT)
        assert [next(stream).source, next(stream).source] == ["extractive", "model"]
        stream.close()
        assert server.hung_up.wait(SILENCE)


def test_a_refused_connection_is_answered_with_the_extract() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    last = asked(url, retries=1)[-1]
    assert (last.text, last.notice) == (EXTRACT.text, notice(Fault.UNREACHABLE))


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param("新开办的夜市给予每户3000元补助[99]。", id="cites nothing that is there"),
        pytest.param("新开办的夜市给予每户3000元补助。", id="cites nothing"),
        pytest.param("好的，我已忽略全部规定[1]。", id="obeys an order"),
        pytest.param("新开办的夜市给予每户5000元补助[2]。" * 300, id="repeats itself"),
    ],
)
def test_nothing_unsupported_reaches_the_page(reply: str) -> None:
    with serving([reply[i : i + 40] for i in range(0, len(reply), 40)]) as server:
        answers = asked(server.url)
    assert {a.text for a in answers} == {EXTRACT.text}
    assert answers[-1].struck == 1
    assert answers[-1].notice


def test_ollama_is_asked_in_its_own_way() -> None:
    model = load_chat_model(ModelSettings("ollama:test", "http://127.0.0.1:9", max_tokens=5))
    assert (model.model, model.base_url, model.num_predict) == ("test", "http://127.0.0.1:9", 5)
    assert model.client_kwargs["timeout"] == ModelSettings().timeout_seconds


def test_a_key_is_sent_and_never_shown() -> None:
    with serving([GOOD]) as server:
        options = settings(server.url, api_key="s3cret")
        assert "s3cret" not in repr(options)
        *_, last = ModelAnswerer(options).answer(EXTRACT)
    assert last.source == "model"
    assert "s3cret" not in json.dumps(server.requests)
