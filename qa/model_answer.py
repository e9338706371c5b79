"""Answers written by a language model, shown only with citations that exist and hold.

This is one of the two adapters that know LangChain (the other is the retriever's).
"""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corpus.simplify import search_form
from indexer.tokens import tokenise
from qa.answer import Answer, Citation
from qa.citation_marks import CitedSentence, split_cited
from qa.prompts import SYSTEM, user_message
from retriever.hit import Hit

if TYPE_CHECKING:
    from qa.settings import ModelSettings

_PASSAGES = 6
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
#: Share of a sentence's character pairs that the passages it cites must hold.
_SUPPORTED = 0.6
#: What a reasoning model thinks aloud is no answer; the end is missing while it is being written.
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
FALLBACK = "语言模型没有给出有依据的回答，以下是原文摘录。"
FAILED = "语言模型没有响应，以下是原文摘录。"


class ModelAnswerer:
    """Asks any LangChain chat model and keeps what its citations hold."""

    def __init__(self, settings: ModelSettings, chat_model: Any | None = None) -> None:
        """``chat_model`` is used as it is; else one is made of the settings at the first question."""
        self._settings = settings
        self._chat_model = chat_model
        self._loading = threading.Lock()

    def answer(self, extractive: Answer) -> Iterator[Answer]:
        """Stream the model's answer; the last one is final.

        The extractive answer is final, with a notice, when the model fails, is too slow, or writes
        nothing that its citations hold.
        """
        began = time.perf_counter()
        hits = extractive.hits[:_PASSAGES]
        written = ""
        try:
            for piece in self._pieces(extractive.question, hits):
                written += piece
                shown = _THOUGHT.sub("", written)
                if shown.strip() and not "<think>".startswith(shown.strip()):
                    yield replace(extractive, text=shown, citations=(), source="model")
        except Exception:
            ms = extractive.ms + (time.perf_counter() - began) * 1000
            yield replace(extractive, notice=FAILED, ms=ms)
            return
        checked = checked_answer(_THOUGHT.sub("", written), hits)
        ms = extractive.ms + (time.perf_counter() - began) * 1000
        if checked is None:
            yield replace(extractive, notice=FALLBACK, ms=ms)
            return
        text, citations = checked
        yield replace(extractive, text=text, citations=citations, source="model", ms=ms)

    def _pieces(self, question: str, hits: Sequence[Hit]) -> Iterator[str]:
        """What the model writes, piece by piece, until the time is up.

        The model is asked in a thread of its own: a server that accepts a question and then says
        nothing, or a word a minute, blocks that thread and not the person who asked.

        Raises:
            TimeoutError: it is not done in time.
            Exception: whatever the model's client raises.
        """
        arrived: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()
        given_up = threading.Event()
        deadline = time.monotonic() + self._settings.timeout_seconds

        def ask() -> None:
            try:
                for piece in self._stream(question, hits):
                    if given_up.is_set():
                        return
                    arrived.put(piece)
                arrived.put(None)
            except Exception as error:
                arrived.put(error)

        threading.Thread(target=ask, name="policyqa-model", daemon=True).start()
        try:
            while True:
                try:
                    piece = arrived.get(timeout=max(deadline - time.monotonic(), 0))
                except queue.Empty:
                    raise TimeoutError("the language model took too long") from None
                if piece is None:
                    return
                if isinstance(piece, Exception):
                    raise piece
                yield piece
        finally:
            given_up.set()

    def _stream(self, question: str, hits: Sequence[Hit]) -> Iterator[str]:
        model = self._chat_model or self._load()
        for chunk in model.stream([("system", SYSTEM), ("user", user_message(question, hits))]):
            # Some models answer in blocks of content; ``text`` is their words.
            yield chunk.content if isinstance(chunk.content, str) else str(chunk.text)

    def _load(self) -> Any:
        with self._loading:
            if self._chat_model is None:
                self._chat_model = _chat_model(self._settings)
            return self._chat_model


def _chat_model(s: ModelSettings) -> Any:
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"timeout": s.timeout_seconds, "max_tokens": s.max_tokens}
    if s.base_url:
        options["base_url"] = s.base_url
        # Servers of one's own ask for no key, but the client insists on one.
        options["api_key"] = s.api_key or "none"
    elif s.api_key:
        options["api_key"] = s.api_key
    # No second try: the person waits, and the extractive answer is there already.
    return init_chat_model(s.name, temperature=0, max_retries=0, **options)


def checked_answer(written: str, hits: Sequence[Hit]) -> tuple[str, tuple[Citation, ...]] | None:
    """The sentences of a written answer that their citations hold, numbered anew.

    Returns:
        Text and citations, or None when no sentence is left.
    """
    numbers: dict[int, int] = {}
    lines: list[str] = []
    for sentence in split_cited(written):
        cited = [n for n in sentence.numbers if 1 <= n <= len(hits)]
        if not cited or not _holds(sentence, [hits[n - 1] for n in cited]):
            continue
        marks = "".join(f"[{numbers.setdefault(n, len(numbers) + 1)}]" for n in cited)
        lines.append(sentence.text.rstrip("。") + marks)
    if not lines:
        return None
    return "\n".join(lines), tuple(_whole(own, hits[n - 1]) for n, own in numbers.items())


def _holds(sentence: CitedSentence, hits: Sequence[Hit]) -> bool:
    """Every number stands in the cited passages, and most of the words do."""
    source = "\n".join(
        search_form("\n".join((h.passage.title, *h.passage.heading_path, h.passage.text)))
        for h in hits
    )
    form = search_form(sentence.text)
    numbers = set(_NUMBER.findall(source))
    if any(n not in numbers for n in _NUMBER.findall(form)):
        return False
    pairs = [t for t in tokenise(form) if len(t) > 1]
    return bool(pairs) and sum(p in source for p in pairs) >= _SUPPORTED * len(pairs)


def _whole(n: int, hit: Hit) -> Citation:
    return Citation(n, hit.passage, 0, len(hit.passage.display))
