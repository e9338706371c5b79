"""Single questions: the short way through sentence-transformers, and the package's engine."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from indexer.embedding import encoder as embedding
from indexer.embedding.default_model import materialise
from indexer.embedding.encoder import SentenceEncoder, load_engine
from indexer.settings import IndexSettings

QUESTIONS = ("老旧小区改造什么时候完成", "ＡＢＣ\t１２３", "。", "", "各县要逐项销号。" * 300)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def loaded(real_settings: IndexSettings) -> SentenceEncoder:
    return SentenceEncoder(str(materialise(real_settings.cache_dir)), "e5", real_settings)


@pytest.fixture
def encoder(loaded: SentenceEncoder, monkeypatch: pytest.MonkeyPatch) -> Iterator[SentenceEncoder]:
    """In float32 whatever the processor, so that numbers can be compared."""
    monkeypatch.setattr(embedding, "_has_native_bfloat16", lambda: False)
    yield loaded


@pytest.mark.parametrize("length", [None, 128])
def test_the_vector_is_the_one_that_sentence_transformers_gives(
    encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch, length: int | None
) -> None:
    model = encoder._model
    monkeypatch.setattr(model, "truncate_dim", length)
    for text in QUESTIONS:
        theirs = model.encode_query(text, show_progress_bar=False, normalize_embeddings=True)
        ours = encoder.encode_query(text)
        assert ours.dtype == np.float32 and ours.shape == (length or 384,)
        np.testing.assert_allclose(ours, theirs, atol=1e-6)


@pytest.mark.parametrize(
    ("prompts", "default"),
    [({}, None), ({"any": "检索："}, None), ({"any": "检索："}, "any"), ({"query": ""}, None)],
)
def test_the_prompt_is_the_one_that_sentence_transformers_takes(
    encoder: SentenceEncoder,
    monkeypatch: pytest.MonkeyPatch,
    prompts: dict[str, str],
    default: str | None,
) -> None:
    model = encoder._model
    monkeypatch.setattr(model, "prompts", prompts)
    monkeypatch.setattr(model, "default_prompt_name", default)
    theirs = model.encode_query("老旧小区", show_progress_bar=False, normalize_embeddings=True)
    np.testing.assert_allclose(encoder.encode_query("老旧小区"), theirs, atol=1e-6)


@pytest.mark.parametrize(("text", "during"), [("老旧小区改造", 1), ("各县要逐项销号。" * 60, 3)])
def test_a_short_question_is_encoded_by_one_thread_a_long_one_by_all(
    encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch, text: str, during: int
) -> None:
    import torch

    seen = []
    forward = encoder._model.forward

    def noting(*arguments: object, **options: object) -> object:
        seen.append(torch.get_num_threads())
        return forward(*arguments, **options)

    monkeypatch.setattr(encoder._model, "forward", noting)
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    try:
        encoder.encode_query(text)
        assert (seen, torch.get_num_threads()) == ([during], 3)
    finally:
        torch.set_num_threads(before)


@pytest.mark.skipif(
    sys.platform == "win32", reason="libraries there keep environments of their own"
)
def test_loading_the_engine_leaves_no_trace_in_the_environment() -> None:
    assert load_engine() is not False
    read = ctypes.CDLL(None).getenv
    read.restype = ctypes.c_char_p
    os.putenv("POLICYQA_TEST", "seen")  # what this would look like
    try:
        assert (read(b"POLICYQA_TEST"), read(b"GOMP_SPINCOUNT")) == (b"seen", None)
    finally:
        os.unsetenv("POLICYQA_TEST")
