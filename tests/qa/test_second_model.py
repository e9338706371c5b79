"""Nothing is fitted to one embedding model: another one answers and refuses as much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eval.datasets.golden import GoldenItem, load_golden
from indexer.build import build_index
from indexer.embedding.encoder import Encoder, load_encoder
from indexer.settings import IndexSettings
from qa.facade import PolicyQA
from qa.settings import Settings
from tests.conftest import SAMPLES

pytestmark = pytest.mark.slow
GOLDEN = SAMPLES.parent / "golden.jsonl"


class Projected:
    """The default model seen through a random projection: other dimensions, other cosines."""

    name = "projected"
    dimension = 128

    def __init__(self, inner: Encoder) -> None:
        self._inner = inner
        draw = np.random.default_rng(0)
        self._matrix = draw.normal(size=(inner.dimension, self.dimension)).astype(np.float32)

    def _unit(self, vectors: Any) -> Any:
        seen = vectors @ self._matrix
        return (seen / np.linalg.norm(seen, axis=-1, keepdims=True)).astype(np.float32)

    def encode_passages(self, texts: Sequence[str], progress: bool = False) -> Any:
        return self._unit(self._inner.encode_passages(texts, progress))

    def encode_query(self, text: str) -> Any:
        return self._unit(self._inner.encode_query(text))


def refused(engine: PolicyQA, items: Sequence[GoldenItem]) -> float:
    return sum(not engine.ask(item.question).answered for item in items) / len(items)


def test_a_second_model_refuses_as_much_as_the_default(
    real_index: Path, real_settings: IndexSettings, tmp_path: Path
) -> None:
    settings = replace(real_settings, model="projected")
    encoder = Projected(load_encoder(real_settings))
    build_index([SAMPLES], tmp_path / "index", settings, encoder, progress=False)
    items = load_golden(GOLDEN)
    sets = [
        [i for i in items if i.type == "noans"],
        [i for i in items if i.type != "noans"],
    ]
    with (
        PolicyQA.open(real_index, Settings(index=real_settings)) as default,
        PolicyQA(tmp_path / "index", encoder, Settings(index=settings)) as other,
    ):
        for of_kind in sets:
            assert abs(refused(default, of_kind) - refused(other, of_kind)) <= 0.1
