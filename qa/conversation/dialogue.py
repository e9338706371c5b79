"""One turn of a conversation: what was meant, asked part by part, answered as one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from corpus.errors import PolicyQAError
from corpus.language.gazetteer import place_spans
from qa.answer import Answer, Conversation, Turn
from qa.composition.comparison import joined
from qa.conversation import small_talk
from qa.conversation.follow_up import resolve
from qa.pipeline import check_question
from retriever.hit import Filters
from retriever.query.analysis import sub_questions

#: A follow-up that rules leave alone, completed otherwise; the question itself where it cannot be.
Complete = Callable[[str, Conversation], str]
#: Growing answers to one question that stands on its own, the last one final.
Ask = Callable[[str, Filters], Iterator[Answer]]


def converse(
    question: str,
    conversation: Conversation,
    ask: Ask,
    known_places: frozenset[str] = frozenset(),
    complete: Complete | None = None,
) -> Iterator[Turn]:
    """Growing turns, the last of which is final; ``known_places`` are short names of indexed places.

    ``complete`` is asked about what rules leave as it is, mostly by a language model.

    Raises:
        PolicyQAError: the question is empty or too long, or nothing passes the filters.
    """
    plain = check_question(question)
    words = small_talk.without_code(plain)
    if not any(c.isalnum() for c in words):
        raise PolicyQAError("问题里只有网页代码", "一句话的问题", "用文字输入想问的内容")
    if reply := small_talk.reply_to(words):
        yield Turn(question, question, Answer(question, reply, source="reply"))
        return
    meant = small_talk.without_orders(words)
    left_out = small_talk.LEFT_OUT if meant != words else ""
    asked = sub_questions(meant)
    parts = standalone_parts(meant, conversation, known_places)
    if complete and len(parts) == 1 and parts[0] == meant:
        parts = sub_questions(complete(meant, conversation))
    asked_as = question if parts == asked else _as_one(parts)
    notice = "" if parts == asked else f"按“{asked_as}”理解"
    for answer in _answers(question, parts, conversation.filters, ask):
        foreign = small_talk.IN_CHINESE if small_talk.is_foreign(meant) else ""
        notices = (left_out, notice, answer.notice, foreign)
        shown = "；".join(dict.fromkeys(one for one in notices if one))
        # Kept as asked: what is rated later must stand on its own.
        yield Turn(question, asked_as, replace(answer, question=asked_as, notice=shown))


def _as_one(parts: Sequence[str]) -> str:
    return "".join(part if part.endswith(("？", "?")) else f"{part}？" for part in parts)


def standalone_parts(
    question: str, conversation: Conversation, known_places: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The parts of a question, each completed from the conversation and the parts before it."""
    parts: list[str] = []
    asked = sub_questions(question)
    for n, part in enumerate(asked, start=1):
        resolved = resolve(part, conversation, known_places) if conversation.turns else part
        if parts and resolved == part:
            resolved = _in_the_same_place(parts[0], part, known_places)
        parts += sub_questions(resolved)
        if n < len(asked):
            conversation = conversation.after(Turn(part, resolved, Answer(resolved, "")))
    return tuple(parts)


def _in_the_same_place(first: str, part: str, known_places: frozenset[str]) -> str:
    """A later part that names no place and no document is about the place the first begins with."""
    spans = place_spans(first, known_places)
    if not spans or spans[0][0] or "《" in part or place_spans(part, known_places):
        return part
    return f"{first[: spans[0][1]]}{part}"


def _answers(question: str, parts: Sequence[str], filters: Filters, ask: Ask) -> Iterator[Answer]:
    """Growing answers to all parts, those of the parts before complete."""
    if len(parts) == 1:
        yield from ask(parts[0], filters)
        return
    done: list[Answer] = []
    for part in parts:
        growing = None
        for growing in ask(part, filters):
            yield joined(question, (*done, growing))
        if growing is not None:
            done.append(growing)
