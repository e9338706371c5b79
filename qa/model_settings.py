"""Settings of an optional language model."""

from __future__ import annotations

from dataclasses import dataclass, field


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
