"""Any LangChain chat model as a stream of words that ends in time and can be broken off.

This is the only module of this stage that knows LangChain (the other adapter is the retriever's).
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import queue
import re
import threading
import time
from collections.abc import Callable, Coroutine, Generator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

#: Seconds before the second try; each further one waits twice as long.
_FIRST_WAIT = 0.5
#: A server may ask for more patience than a person has.
_LONGEST_WAIT = 8.0
#: Answers of a server that another try may change.
_PASSING = frozenset((408, 425, 429))
_CONNECTION = re.compile(r"Connect|Timeout|ReadError|WriteError|RemoteProtocol")
_log = logging.getLogger("policyqa.model")


class Fault(StrEnum):
    """What went wrong, as a person is shown."""

    SETUP = "语言模型没有装好（检查设置 model.name 和它的软件包）"
    UNREACHABLE = "语言模型连接不上"
    REFUSED = "语言模型的服务器报错"
    BROKEN = "语言模型的回答中途断了或读不懂"
    SLOW = "语言模型没有在规定时间内写完"


class ModelError(Exception):
    """The model did not answer; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class ChatModel:
    """One chat model; may be asked from several threads at once."""

    def __init__(self, settings: ModelSettings, model: Any | None = None) -> None:
        """``model`` is used as it is; else one is made of the settings at the first question."""
        self._settings = settings
        self._model = model
        self._loop: asyncio.AbstractEventLoop | None = None
        self._starting = threading.Lock()

    def stream(self, messages: Sequence[tuple[str, str]]) -> Generator[str, None, None]:
        """What the model writes, piece by piece.

        The model is asked on an event loop of its own: a server that accepts a question and then
        says nothing, or a word a minute, never blocks the person who asked. Closing the iterator
        breaks the request off, which closes the connection.

        Args:
            messages: (role, text) of each.

        Raises:
            ModelError: it cannot be asked, fails, or is not done in time.
        """
        s = self._settings
        arrived: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()
        left = threading.Event()
        began = time.monotonic()
        asked = self._submit(self._ask(messages, arrived.put, left))
        limit = began + min(s.first_seconds, s.timeout_seconds)
        try:
            while True:
                try:
                    piece = arrived.get(timeout=max(limit - time.monotonic(), 0))
                except queue.Empty:
                    raise ModelError(Fault.SLOW) from None
                if piece is None:
                    return
                if isinstance(piece, Exception):
                    raise ModelError(_fault_of(piece)) from piece
                if piece:
                    yield piece
                    limit = began + s.timeout_seconds
        finally:
            # A client may swallow the cancelling when a piece comes at that moment.
            left.set()
            asked.cancel()

    async def _ask(
        self,
        messages: Sequence[tuple[str, str]],
        put: Callable[[str | Exception | None], None],
        left: threading.Event,
    ) -> None:
        """Hand on the pieces, then None or what went wrong; tried again until the first piece."""
        tries = 0
        while True:
            begun = False
            try:
                # Loading reads packages for a second or two: other questions go on meanwhile.
                model = await asyncio.to_thread(self._load)
                async with aclosing(model.astream(list(messages))) as chunks:
                    async for chunk in chunks:
                        if left.is_set():
                            return
                        # Some models answer in blocks of content; ``text`` is their words.
                        text = chunk.content if isinstance(chunk.content, str) else str(chunk.text)
                        begun = begun or bool(text)
                        put(text)
                put(None)
                return
            except Exception as error:
                _log.warning("The language model failed: %s", type(error).__name__)
                if left.is_set():
                    return
                if begun or tries == self._settings.retries or not _may_pass(error):
                    put(error)
                    return
                await asyncio.sleep(_wait(error, tries))
                tries += 1

    def _load(self) -> Any:
        with self._starting:
            if self._model is None:
                try:
                    self._model = load_chat_model(self._settings)
                except Exception as error:
                    raise ModelError(Fault.SETUP) from error
            return self._model

    def _submit(self, asking: Coroutine[Any, Any, None]) -> concurrent.futures.Future[None]:
        with self._starting:
            if self._loop is None:
                # One loop for all questions: connections that a client keeps belong to its loop.
                self._loop = asyncio.new_event_loop()
                run = self._loop.run_forever
                threading.Thread(target=run, name="policyqa-model", daemon=True).start()
            return asyncio.run_coroutine_threadsafe(asking, self._loop)


def load_chat_model(s: ModelSettings) -> Any:
    """A LangChain chat model.

    Raises:
        ValueError: the provider is unknown.
        ImportError: its package is not installed.
    """
    from langchain.chat_models import init_chat_model

    # Tries are counted here, for every provider alike.
    options: dict[str, Any] = {"temperature": 0, "max_retries": 0, "timeout": s.timeout_seconds}
    if s.name.startswith("ollama:"):
        options |= {"num_predict": s.max_tokens, "client_kwargs": {"timeout": s.timeout_seconds}}
    else:
        options["max_tokens"] = s.max_tokens
    if s.base_url:
        options["base_url"] = s.base_url
    if s.api_key or s.base_url:
        # Servers of one's own ask for no key, but the client insists on one.
        options["api_key"] = s.api_key or "none"
    return init_chat_model(s.name, **options)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and what it was raised from."""
    seen: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in seen:
        seen.append(one)
        yield one
        one = one.__cause__ or one.__context__


def _status(error: Exception) -> int:
    """The HTTP status an error carries, or 0."""
    holders = (held for one in _chain(error) for held in (one, getattr(one, "response", None)))
    found = (getattr(holder, "status_code", None) for holder in holders)
    return next((status for status in found if isinstance(status, int) and status > 0), 0)


def _is_connection(error: Exception) -> bool:
    return any(
        isinstance(one, ConnectionError | TimeoutError) or _CONNECTION.search(type(one).__name__)
        for one in _chain(error)
    )


def _may_pass(error: Exception) -> bool:
    """Whether another try may go better."""
    status = _status(error)
    return status in _PASSING or status >= 500 or (not status and _is_connection(error))


def _wait(error: Exception, tries: int) -> float:
    """Seconds before the next try: what the server asks for, else twice as long each time."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        asked = float(str(headers.get("retry-after", 0)))
    except ValueError:
        asked = 0.0
    return min(max(asked, _FIRST_WAIT * 2.0**tries), _LONGEST_WAIT)


def _fault_of(error: Exception) -> Fault:
    if isinstance(error, ModelError):
        return error.fault
    if _status(error) >= 400:
        return Fault.REFUSED
    names = [type(one).__name__ for one in _chain(error)]
    if any("Timeout" in name for name in names):
        return Fault.SLOW
    if any("RemoteProtocol" in name or "ReadError" in name for name in names):
        return Fault.BROKEN
    return Fault.UNREACHABLE if _is_connection(error) else Fault.BROKEN


@dataclass(frozen=True)
class ModelSettings:
    """An optional language model.

    Attributes:
        name: ``provider:model`` as LangChain's ``init_chat_model`` takes it, e.g.
            ``openai:qwen2.5-7b`` or ``ollama:qwen3:4b``; empty for none.
        base_url: address of a server of one's own (vLLM, Ollama, llama.cpp), or "".
        api_key: its key; servers of one's own mostly need none.
        first_seconds: how long to wait for the first word before the extractive answer is given.
        timeout_seconds: the same for the whole reply.
        max_tokens: longest reply.
        retries: further tries when the server is busy, fails or cannot be reached.
    """

    name: str = ""
    base_url: str = ""
    api_key: str = field(default="", repr=False)
    first_seconds: float = 20.0
    timeout_seconds: float = 60.0
    max_tokens: int = 800
    retries: int = 2
