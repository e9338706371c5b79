"""Conversations as files: found by their key only, forgotten in time, and linked from the page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from urllib.parse import unquote

import docx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from corpus.errors import PolicyQAError
from qa.answer import Conversation, Turn
from qa.conversation.export import ExportForm
from tests.ui.fakes import ANSWER, QUESTION, QUOTE
from ui.web.app import SecurityHeaders
from ui.web.transcripts import Transcripts, add_transcripts, links_html

TALK = Conversation().after(Turn(QUESTION, QUESTION, ANSWER))


@pytest.fixture
def transcripts() -> Transcripts:
    return Transcripts(kept=2)


@pytest.fixture
def client(transcripts: Transcripts) -> Iterator[TestClient]:
    app = FastAPI()
    add_transcripts(app, transcripts)
    app.add_middleware(SecurityHeaders)
    with TestClient(app) as opened:
        yield opened


def test_a_conversation_is_fetched_as_word(client: TestClient, transcripts: Transcripts) -> None:
    reply = client.get(f"/conversation/{transcripts.keep('', TALK)}.docx")
    assert reply.status_code == 200
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(reply.content)).paragraphs)
    assert QUESTION in text and QUOTE in text


def test_a_conversation_is_fetched_as_markdown(
    client: TestClient, transcripts: Transcripts
) -> None:
    reply = client.get(f"/conversation/{transcripts.keep('', TALK)}.md")
    assert QUOTE in reply.text and reply.headers["content-type"] == "text/markdown; charset=utf-8"


def test_a_file_is_saved_under_a_chinese_name_and_by_nobody_on_the_way(
    client: TestClient, transcripts: Transcripts
) -> None:
    headers = client.get(f"/conversation/{transcripts.keep('', TALK)}.docx").headers
    assert "attachment" in headers["content-disposition"]
    assert "政策问答记录-" in unquote(headers["content-disposition"])
    assert (headers["cache-control"], headers["x-content-type-options"]) == ("no-store", "nosniff")


@pytest.mark.parametrize("name", ["unknown.docx", "unknown.md", "unknown.exe", "a.b.md", ".md"])
def test_what_is_not_kept_is_one_line(client: TestClient, name: str) -> None:
    reply = client.get(f"/conversation/{name}")
    assert reply.status_code == 404 and "\n" not in reply.text


def test_keys_cannot_be_guessed_and_stay_with_their_conversation(transcripts: Transcripts) -> None:
    first, second = transcripts.keep("", TALK), transcripts.keep("", TALK)
    assert first != second and len(first) >= 20
    assert transcripts.keep(first, TALK) == first


def test_the_oldest_conversation_is_forgotten(transcripts: Transcripts) -> None:
    first = transcripts.keep("", TALK)
    second = transcripts.keep("", TALK)
    transcripts.keep(first, TALK)  # asked again, so that the second is now the oldest
    transcripts.keep("", TALK)
    assert transcripts.file(first, ExportForm.MARKDOWN)
    with pytest.raises(PolicyQAError):
        transcripts.file(second, ExportForm.MARKDOWN)


def test_a_conversation_begun_anew_is_forgotten(transcripts: Transcripts) -> None:
    key = transcripts.keep("", TALK)
    transcripts.forget(key)
    with pytest.raises(PolicyQAError):
        transcripts.file(key, ExportForm.WORD)
    transcripts.forget("unknown")


def test_links_appear_with_the_first_answer() -> None:
    assert links_html("") == ""
    html = links_html("abc")
    assert 'href="/conversation/abc.docx" download' in html
    assert 'href="/conversation/abc.md" download' in html
