"""Conversations that can be fetched as files: the links in the page and the address they lead to."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from corpus.errors import PolicyQAError
from qa.answer import Conversation
from qa.conversation.export import HEADING, ExportForm, exported

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.responses import Response

ADDRESS = "/conversation"
#: Conversations that can still be fetched; older ones are forgotten.
KEPT = 500
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: What each form is called and sent as.
_FORMS = {
    ExportForm.WORD: ("存为 Word", _WORD_TYPE),
    ExportForm.MARKDOWN: ("存为 Markdown", "text/markdown; charset=utf-8"),
}
EXPLAINED = "下载这次对话：问题、回答、引文和出处"


class Transcripts:
    """Remembers the conversations of open pages in memory only; for several threads."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._lock = threading.Lock()
        self._conversations: OrderedDict[str, Conversation] = OrderedDict()

    def keep(self, key: str, conversation: Conversation) -> str:
        """Remember a conversation under its key, or under a new one that nobody can guess."""
        key = key or secrets.token_urlsafe(16)
        with self._lock:
            self._conversations[key] = conversation
            self._conversations.move_to_end(key)
            while len(self._conversations) > self._kept:
                self._conversations.popitem(last=False)
        return key

    def forget(self, key: str) -> None:
        """Forget a conversation that was begun anew."""
        with self._lock:
            self._conversations.pop(key, None)

    def file(self, key: str, form: ExportForm) -> bytes:
        """The file of a conversation.

        Raises:
            PolicyQAError: no conversation has that key, or nothing was asked in it.
        """
        with self._lock:
            conversation = self._conversations.get(key)
        if conversation is None:
            again = "回到对话再提一个问题，然后导出"
            raise PolicyQAError("这次对话已经不在了", "还开着的对话", again)
        return exported(conversation, form)


def links_html(key: str) -> str:
    """Links to the files of a conversation; nothing before the first answer."""
    if not key:
        return ""
    links = "".join(
        f'<a class="pq-save" href="{ADDRESS}/{escape(key)}.{form}" download '
        f'title="{EXPLAINED}">{name}</a>'
        for form, (name, _) in _FORMS.items()
    )
    return f'<div class="pq-saves">{links}</div>'


def add_transcripts(app: FastAPI, transcripts: Transcripts) -> None:
    """Hand out the files under ``/conversation/KEY.docx`` and ``.md``."""
    from starlette.responses import PlainTextResponse, Response

    def conversation(key: str, form: str) -> Response:
        try:
            kind = ExportForm(form)
            content = transcripts.file(key, kind)
        except ValueError:
            return PlainTextResponse("没有这种格式；有 docx 和 md", status_code=404)
        except PolicyQAError as error:
            return PlainTextResponse(str(error), status_code=404)
        name = quote(f"{HEADING}-{datetime.now():%Y%m%d-%H%M}.{kind}")
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "Cache-Control": "no-store",
        }
        return Response(content, media_type=_FORMS[kind][1], headers=headers)

    app.get(f"{ADDRESS}/{{key}}.{{form}}", response_model=None)(conversation)
