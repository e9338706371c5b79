"""Feedback in the web chat: the buttons, and what happens when one is pressed."""

from __future__ import annotations

import json
import os
import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import PolicyQAError
from eval.datasets.golden import Evidence
from eval.datasets.runs import Extract
from eval.question_sets.feedback import RATINGS, Feedback, append_feedback
from qa.answer import Answer
from retriever.hit import Filters

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

#: Where the page sends what was pressed.
ADDRESS = "/feedback"
GOOD, BAD, CHOOSE = "有用", "没用", "这段是答案"
SAVED = "已记下，谢谢"
WHAT_IS_KEPT = "问题和这条回答会记在索引文件夹里，不记是谁"
READ_ONLY = "索引文件夹不能写入，这次不收集网页上的评价。"
#: Answers that can still be rated; older ones are forgotten.
KEPT = 2000
#: A person changes their mind a few times, a program many.
_MOST_CHANGES = 40
_LONGEST_BODY = 2000


@dataclass
class _Rated:
    """An answer that can be rated: what is known of it, its passages by card, and how often it was."""

    feedback: Feedback
    cards: Mapping[str, Extract]
    changes: int = 0


class FeedbackBook:
    """Remembers the answers given and writes down what people think of them; for several threads."""

    def __init__(self, folder: Path, kept: int = KEPT) -> None:
        self._folder = folder
        self._kept = kept
        self._lock = threading.Lock()
        self._answers: OrderedDict[str, _Rated] = OrderedDict()

    @property
    def is_writable(self) -> bool:
        """Whether the folder can be written to, as far as its rights tell."""
        return os.access(self._folder, os.W_OK)

    def remember(self, answer: Answer, filters: Filters) -> str:
        """The id under which an answer can be rated."""
        identifier = secrets.token_hex(8)
        feedback = Feedback(
            time="",
            answer_id=identifier,
            question=answer.question,
            answer=answer.text,
            short_answer=answer.short_answer,
            answered=answer.answered,
            citations=tuple(Evidence(c.passage.doc, c.quote) for c in answer.citations),
            filters=filters,
        )
        passages = {citation_card(c.n): c.passage for c in answer.citations}
        passages |= {hit_card(hit.rank): hit.passage for hit in answer.hits}
        cards = {card: Extract(p.doc, p.text) for card, p in passages.items()}
        with self._lock:
            self._answers[identifier] = _Rated(feedback, cards)
            while len(self._answers) > self._kept:
                self._answers.popitem(last=False)
        return identifier

    def rate(self, identifier: str, rating: str, chosen: Sequence[str]) -> None:
        """Write down a rating (``good``, ``bad`` or "") and the cards marked as the answer.

        Raises:
            PolicyQAError: the answer or a card is not known, or the folder cannot be written to.
        """
        with self._lock:
            rated = self._answers.get(identifier)
            if rated is not None:
                rated.changes += 1
        if rated is None:
            raise PolicyQAError("这条回答太早，评价记不下来了", "刚才的回答", "重新提问再评价")
        if rating not in ("", *RATINGS) or any(card not in rated.cards for card in chosen):
            raise _wrong()
        if rated.changes > _MOST_CHANGES:
            raise PolicyQAError("这条回答评价的次数太多", "最后一次的评价", "不用再点")
        append_feedback(
            self._folder,
            replace(
                rated.feedback,
                time=datetime.now(UTC).isoformat(timespec="seconds"),
                rating=rating,
                # A passage may have two cards, as cited and as found.
                chosen=tuple(dict.fromkeys(rated.cards[card] for card in chosen)),
            ),
        )


def citation_card(number: int) -> str:
    """Name of the card of a citation."""
    return f"c{number}"


def hit_card(rank: int) -> str:
    """Name of the card of a passage that is not cited."""
    return f"h{rank}"


def rating_html(identifier: str) -> str:
    """The buttons under an answer; nothing where it cannot be rated."""
    if not identifier:
        return ""
    buttons = "".join(
        _button(identifier, f"rating-{rating}", text)
        for rating, text in zip(RATINGS, (GOOD, BAD), strict=True)
    )
    return f'<div class="pq-rating">{buttons}{_SAVED}</div>'


def choice_html(identifier: str, card: str) -> str:
    """The button of a card; nothing where the answer cannot be rated."""
    if not identifier:
        return ""
    return f"{_button(identifier, f'card-{card}', CHOOSE)}{_SAVED}"


_SAVED = '<span class="pq-saved" role="status"></span>'


def _button(identifier: str, does: str, text: str) -> str:
    # In ``value``, because Gradio takes ``data-`` attributes out of messages.
    return (
        f'<button type="button" class="pq-rate" value="{escape(identifier)} {escape(does)}" '
        f'aria-pressed="false" title="{WHAT_IS_KEPT}">{text}</button>'
    )


def add_feedback(app: FastAPI, book: FeedbackBook) -> None:
    """Take what the page sends: ``{"answer", "rating", "chosen"}``; the reply is one line."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import JSONResponse

    async def feedback(request: Request) -> Response:
        try:
            identifier, rating, chosen = await _sent(request)
            await run_in_threadpool(book.rate, identifier, rating, chosen)
        except PolicyQAError as error:
            return JSONResponse({"saved": False, "text": error.got}, status_code=400)
        return JSONResponse({"saved": True, "text": SAVED})

    app.add_route(ADDRESS, feedback, methods=["POST"])


def _wrong() -> PolicyQAError:
    return PolicyQAError("评价的内容不对", "页面上的按钮", "刷新页面再试")


async def _sent(request: Request) -> tuple[str, str, list[str]]:
    # Other sites' pages may not send JSON here without being asked first, and the answer is no.
    if request.headers.get("content-type") != "application/json":
        raise _wrong()
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_BODY:
            raise _wrong()
    try:
        value = json.loads(body)
        identifier, rating, chosen = value["answer"], value["rating"], value["chosen"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise _wrong() from None
    texts = (identifier, rating, *chosen) if isinstance(chosen, list) else (None,)
    if not all(isinstance(text, str) for text in texts):
        raise _wrong()
    return identifier, rating, chosen
