"""Cross-encoders of sentence-transformers as rerankers that keep to a time."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from corpus.errors import PolicyQAError
from indexer.embedding.model_files import cannot_load, is_on_disk
from retriever.settings import RerankSettings

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

#: (query, text) pairs → a score for each.
PairModel = Callable[[Sequence[tuple[str, str]]], Sequence[float]]

#: A call costs something however short its texts are: no pair is taken for less than so many
#: characters.
_SHORTEST = 64
_EXAMPLE = "各有关单位要按照职责分工抓好落实，每月通报一次进展。"
#: What a search without any score takes off the time expected of the next, so that one hiccup does
#: not end reranking for good.
_FORGET = 0.8
_EXPECTED = "本机的 CrossEncoder 模型文件夹，或可下载的名字（如 BAAI/bge-reranker-v2-m3）"


class CrossEncoderReranker:
    """Scores texts a few at a time, in order, while the next few can be expected to be ready in time.

    A batch that runs cannot be stopped, so what a character costs is measured, when loading and in
    every batch since, and a batch is made so small that it fits the time left. One batch runs at a
    time: torch uses every core for it, and the tokenizer is not made for several threads. Waiting
    for another search counts as time.
    """

    def __init__(
        self,
        model: PairModel,
        settings: RerankSettings,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Try the model out.

        Raises:
            PolicyQAError: it fails.
        """
        self._model = model
        self._batch = settings.batch
        self._longest = settings.max_length
        self._clock = clock
        self._lock = Lock()
        # Longer than the model can read, so that a limit above its own shows now.
        whole = (_EXAMPLE, _EXAMPLE * (3 * self._longest // len(_EXAMPLE) + 1))
        try:
            model([(_EXAMPLE, _EXAMPLE)])  # the first call sets libraries up
            began = clock()
            model([whole])
        except Exception as error:
            hint = "减小 reranker.max_length，或换一个模型"
            raise _cannot_load(settings, error, hint) from error
        #: Seconds a character takes: as of late, and when loaded.
        self._pace = self._least = (clock() - began) / self._size([whole])

    def scores(self, query: str, texts: Sequence[str], seconds: float) -> list[float | None]:
        """The model's score of each text; None for the last ones when ``seconds`` are not enough."""
        end = self._clock() + seconds
        found: list[float | None] = []
        while len(found) < len(texts):
            if not self._lock.acquire(timeout=max(0.0, end - self._clock())):
                break
            try:
                few = texts[len(found) : len(found) + self._batch]
                batch = self._fitting([(query, text) for text in few], end - self._clock())
                if not batch:
                    if not found:
                        self._pace = max(self._least, self._pace * _FORGET)
                    break
                found.extend(self._timed(batch))
            finally:
                self._lock.release()
        return found + [None] * (len(texts) - len(found))

    def _fitting(self, pairs: list[tuple[str, str]], left: float) -> list[tuple[str, str]]:
        """As many of the first pairs as can be expected to be scored in the seconds left."""
        while pairs and (left <= 0 or self._pace * self._size(pairs) > left):
            pairs.pop()
        return pairs

    def _timed(self, pairs: Sequence[tuple[str, str]]) -> Sequence[float]:
        began = self._clock()
        values = self._model(pairs)
        self._pace = (self._pace + (self._clock() - began) / self._size(pairs)) / 2
        return values

    def _size(self, pairs: Sequence[tuple[str, str]]) -> int:
        """Characters to compute, padding included; a token is taken for a character."""
        longest = max(min(len(query) + len(text), self._longest) for query, text in pairs)
        return len(pairs) * max(longest, _SHORTEST)


def open_cross_encoder(settings: RerankSettings) -> PairModel:
    """Load a model of sentence-transformers by folder or name.

    Its scores are those before the last activation (logits): the order is the same, and scores
    near 0 and 1 stay apart.

    Raises:
        PolicyQAError: it is missing, cannot be loaded, or is no model that gives one score a pair.
    """
    from transformers.utils import logging as transformers_logging

    name = settings.model
    # What sentence-transformers does with a name that is neither a path nor an owner's.
    if "/" not in name and not Path(name).is_dir():
        name = f"cross-encoder/{name}"
    hint = "换成本机的模型文件夹，或先在联网的机器上下载"
    if Path(name).is_dir():
        hint = f"检查模型文件夹 {name}"
    verbosity = transformers_logging.get_verbosity()
    try:
        # Weights that a wrong model lacks are reported below, in one line and not in a table.
        transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        model = _load(name, settings)
    # Damaged weights make safetensors, torch and tokenizers raise errors of their own kinds.
    except Exception as error:
        raise _cannot_load(settings, error, hint) from error
    finally:
        transformers_logging.set_verbosity(verbosity)
    _require_ranker(model, settings.model)
    model.max_seq_length = min(settings.max_length, model.max_seq_length or settings.max_length)
    return _predictor(model)


def _load(name: str, settings: RerankSettings) -> CrossEncoder:
    from sentence_transformers import CrossEncoder
    from transformers.utils import logging as transformers_logging

    here = is_on_disk(name, "config.json")
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    # Half-precision weights are slow on a processor.
    dtype = "float32" if settings.device == "cpu" else "auto"
    model: CrossEncoder = CrossEncoder(
        name, device=settings.device or None, local_files_only=here, model_kwargs={"dtype": dtype}
    )
    return model


def _require_ranker(model: CrossEncoder, name: str) -> None:
    """Refuse a model that would rank by chance.

    Raises:
        PolicyQAError: it gives several scores, or is an embedding model, to which
            sentence-transformers adds an untrained layer without a word.
    """
    if model.num_labels != 1:
        raise PolicyQAError(
            f"重排模型 {name} 对一对文字给出 {model.num_labels} 个分",
            "只给一个分的模型",
            "换一个模型",
        )
    # A model of several modules has its scoring layer among them; of one, its class shows.
    kinds = getattr(model.config, "architectures", None) or ["?"]
    if len(model) == 1 and not str(kinds[0]).endswith("ForSequenceClassification"):
        raise PolicyQAError(f"{name} 不是重排模型（{kinds[0]}）", _EXPECTED, "换一个模型")


def _predictor(model: CrossEncoder) -> PairModel:
    from torch.nn import Identity

    logits = Identity()

    def predict(pairs: Sequence[tuple[str, str]]) -> list[float]:
        given: Any = model.predict(
            list(pairs), batch_size=len(pairs), activation_fn=logits, show_progress_bar=False
        )
        return [float(value) for value in given]

    return predict


def _cannot_load(settings: RerankSettings, error: Exception, hint: str) -> PolicyQAError:
    return cannot_load(f"重排模型 {settings.model}", error, _EXPECTED, hint)
