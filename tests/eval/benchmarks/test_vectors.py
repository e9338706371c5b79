"""Vectors kept in blocks: what is encoded again, and what is not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import PolicyQAError
from eval.benchmarks.vectors import VectorStore
from tests.conftest import TinyEncoder

TEXTS = [f"第{n}号通知要求各村报送台账。" for n in range(10)]


class CountingEncoder(TinyEncoder):
    """Remembers what it encoded, block by block, warming up apart; stops after some blocks."""

    def __init__(self, blocks: int = 1000) -> None:
        super().__init__()
        self.blocks: list[list[str]] = []
        self._left = blocks

    def encode_passages(self, texts: Sequence[str], progress: bool = False) -> Any:
        if any(len(text) > 8 for text in texts):
            if self._left == 0:
                raise KeyboardInterrupt
            self._left -= 1
            self.blocks.append(list(texts))
        return super().encode_passages(texts, progress)


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that is a second later at each look, so that a block takes one second."""
    ticks = count()
    monkeypatch.setattr("eval.benchmarks.vectors.time.perf_counter", lambda: float(next(ticks)))


def store(folder: Path, encoder: TinyEncoder) -> VectorStore:
    return VectorStore(folder, encoder, block=3)


def test_vectors_come_in_the_order_of_the_texts(tmp_path: Path) -> None:
    found = store(tmp_path, TinyEncoder()).encode(TEXTS, progress=False)
    assert np.array_equal(found.vectors, TinyEncoder().encode_passages(TEXTS))
    assert found.encoded.all()
    assert found.characters == found.fresh == sum(map(len, TEXTS))


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    stopped = CountingEncoder(blocks=2)
    with pytest.raises(KeyboardInterrupt):
        store(tmp_path, stopped).encode(TEXTS, progress=False)
    assert stopped.blocks == [TEXTS[:3], TEXTS[3:6]]
    resumed = CountingEncoder()
    found = store(tmp_path, resumed).encode(TEXTS, progress=False)
    assert resumed.blocks == [TEXTS[6:9], TEXTS[9:]]
    assert np.array_equal(found.vectors, TinyEncoder().encode_passages(TEXTS))


def test_what_is_known_costs_nothing_and_its_seconds_are_remembered(
    tmp_path: Path, ticking: None
) -> None:
    # Ten texts in blocks of three are four blocks of one second.
    assert store(tmp_path, TinyEncoder()).encode(TEXTS, progress=False).seconds == pytest.approx(4)
    encoder = CountingEncoder()
    again = store(tmp_path, encoder).encode(TEXTS, progress=False)
    assert encoder.passages == []
    assert again.fresh == 0
    assert again.seconds == pytest.approx(4)


def test_seconds_are_shared_by_characters(tmp_path: Path, ticking: None) -> None:
    # One block of one second: a third of its characters is a third of the second.
    VectorStore(tmp_path, TinyEncoder()).encode(["甲乙丙丁", "甲乙"], progress=False)
    part = VectorStore(tmp_path, TinyEncoder()).encode(["甲乙"], progress=False)
    assert part.seconds == pytest.approx(1 / 3)


def test_equal_texts_are_encoded_once(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    found = store(tmp_path, encoder).encode([TEXTS[1], TEXTS[2], TEXTS[1]], progress=False)
    assert encoder.blocks == [[TEXTS[1], TEXTS[2]]]
    assert np.array_equal(found.vectors[0], found.vectors[2])
    assert found.characters == len(TEXTS[1]) + len(TEXTS[2])


def test_a_damaged_block_is_encoded_anew(tmp_path: Path) -> None:
    store(tmp_path, TinyEncoder()).encode(TEXTS[:3], progress=False)
    (block,) = tmp_path.rglob("block-*.npz")
    block.write_bytes(block.read_bytes()[:100])
    encoder = CountingEncoder()
    found = store(tmp_path, encoder).encode(TEXTS[:3], progress=False)
    assert encoder.blocks == [TEXTS[:3]]
    assert np.array_equal(found.vectors, TinyEncoder().encode_passages(TEXTS[:3]))


def test_vectors_of_another_model_are_kept_apart(tmp_path: Path) -> None:
    store(tmp_path, TinyEncoder()).encode(TEXTS[:3], progress=False)
    other = CountingEncoder()
    other.name = "org/other model"  # type: ignore[misc]
    assert store(tmp_path, other).encode(TEXTS[:3], progress=False).fresh > 0
    assert {folder.name for folder in tmp_path.iterdir()} == {"tiny", "org_other_model"}


def test_no_block_is_begun_when_the_time_is_spent(tmp_path: Path, ticking: None) -> None:
    encoder = CountingEncoder()
    found = store(tmp_path, encoder).encode(TEXTS, progress=False, seconds=2)
    # One second a block: the third would begin when two are spent.
    assert encoder.blocks == [TEXTS[:3], TEXTS[3:6]]
    assert found.encoded.tolist() == [True] * 6 + [False] * 4
    assert not found.vectors[6:].any()
    again = CountingEncoder()
    store(tmp_path, again).encode(TEXTS, progress=False, seconds=2)
    assert again.blocks == []


def test_no_texts_have_no_vectors(tmp_path: Path) -> None:
    found = store(tmp_path, TinyEncoder()).encode([], progress=False)
    assert found.vectors.shape == (0, TinyEncoder.dimension)
    assert found.seconds == 0


def test_a_folder_that_cannot_be_written_is_reported_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    with pytest.raises(PolicyQAError, match="写不了") as error:
        store(tmp_path / "file", TinyEncoder()).encode(TEXTS, progress=False)
    assert "\n" not in str(error.value)
