"""Vectors of many texts in blocks on disk, so that an interrupted benchmark goes on where it stopped."""

from __future__ import annotations

import contextlib
import math
import os
import re
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import PolicyQAError
from indexer.embedding.encoder import Encoder
from indexer.embedding.texts import keys_of

Vectors = np.ndarray[Any, np.dtype[np.float32]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]

#: Texts a block: what is lost when a run is interrupted, about half a minute of work.
BLOCK = 1024
#: Characters encoded before the clock runs, as the first text loads the model.
_WARM_UP = 8


@dataclass(frozen=True)
class Encoding:
    """Vectors of some texts, and what they cost.

    Attributes:
        vectors: shape (texts, dimension); zeros where there was no time for a text.
        encoded: shape (texts,): whether the text was really encoded.
        characters: of the distinct texts that were encoded, now or in an earlier run.
        seconds: that encoding these took, whenever it was.
        fresh: how many of the characters were encoded now.
    """

    vectors: Vectors
    encoded: Mask
    characters: int
    seconds: float
    fresh: int


@dataclass
class _Gathered:
    """The distinct texts of a request, their vectors as far as known and the seconds of each."""

    texts: list[str]
    places: dict[bytes, int]
    vectors: Vectors
    seconds: Vectors  # NaN: not encoded yet


class VectorStore:
    """A folder of ``block-….npz``: digests of up to ``block`` texts, their vectors and seconds.

    A block appears whole or not at all; equal texts are encoded once; a damaged block is made anew.
    """

    def __init__(self, folder: Path, encoder: Encoder, block: int = BLOCK) -> None:
        self._folder = folder / re.sub(r"[^\w.-]+", "_", encoder.name)
        self._encoder = encoder
        self._block = block

    def encode(
        self, texts: Sequence[str], progress: bool = True, seconds: float = math.inf
    ) -> Encoding:
        """Vectors of ``texts`` in order, from the folder as far as they are there.

        Args:
            texts: what to encode.
            progress: show a bar of characters with the time left.
            seconds: no further block is begun once encoding these texts has taken so long, earlier
                runs included.

        Raises:
            PolicyQAError: the folder cannot be written.
        """
        keys = _rows(keys_of(texts))
        found = self._gathered(texts, keys)
        fresh = self._encode_missing(found, progress, seconds)
        rows = np.array([found.places[key] for key in keys], dtype=np.int64)
        done = ~np.isnan(found.seconds)
        characters = sum(len(t) for t, known in zip(found.texts, done, strict=True) if known)
        # No second copy of a big array where no text comes twice.
        vectors = found.vectors if len(found.texts) == len(texts) else found.vectors[rows]
        spent = float(np.nansum(found.seconds, dtype=np.float64))
        return Encoding(vectors, done[rows], characters, spent, fresh)

    def _gathered(self, texts: Sequence[str], keys: Sequence[bytes]) -> _Gathered:
        distinct = dict(zip(keys, texts, strict=True))
        places = {key: place for place, key in enumerate(distinct)}
        vectors = np.zeros((len(places), self._encoder.dimension), dtype=np.float32)
        gathered = _Gathered(
            list(distinct.values()), places, vectors, np.full(len(places), np.nan, dtype=np.float32)
        )
        for rows, wanted, block_vectors, seconds in self._blocks(places):
            vectors[wanted] = block_vectors[rows]
            gathered.seconds[wanted] = seconds[rows]
        return gathered

    def _encode_missing(self, found: _Gathered, progress: bool, seconds: float) -> int:
        """Encode block by block; returns the characters."""
        from tqdm import tqdm

        missing = np.flatnonzero(np.isnan(found.seconds))
        spent = float(np.nansum(found.seconds, dtype=np.float64))
        fresh = 0
        total = sum(len(found.texts[place]) for place in missing)
        bar = tqdm(
            total=total,
            desc="计算向量",
            unit="字",
            unit_scale=True,
            disable=not (progress and total),
        )
        if len(missing) and spent < seconds:
            self._encoder.encode_passages([found.texts[missing[0]][:_WARM_UP]])
        with bar:
            for start in range(0, len(missing), self._block):
                if spent >= seconds:
                    break
                places = missing[start : start + self._block]
                took = self._encode_block(found, places)
                characters = sum(len(found.texts[place]) for place in places)
                fresh += characters
                spent += took
                bar.update(characters)
        return fresh

    def _encode_block(self, found: _Gathered, places: Any) -> float:
        texts = [found.texts[place] for place in places]
        began = time.perf_counter()
        vectors = self._encoder.encode_passages(texts)
        took = time.perf_counter() - began
        lengths = np.array([max(1, len(text)) for text in texts], dtype=np.float32)
        shares = took * lengths / lengths.sum()
        self._write(keys_of(texts), vectors, shares)
        found.vectors[places] = vectors
        found.seconds[places] = shares
        return took

    def _write(self, keys: Any, vectors: Vectors, seconds: Any) -> None:
        name = f"block-{blake2b(keys.tobytes(), digest_size=12).hexdigest()}.npz"
        unfinished = self._folder / f".{name}.{os.getpid()}.tmp"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with unfinished.open("wb") as stream:
                np.savez(stream, keys=keys, vectors=vectors, seconds=seconds)
            unfinished.replace(self._folder / name)
        except OSError as error:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise PolicyQAError(
                f"写不了 {self._folder}（{error.strerror}）",
                "可写且有空间的文件夹",
                "换一个 --work",
            ) from None

    def _blocks(
        self, places: Mapping[bytes, int]
    ) -> Iterator[tuple[list[int], list[int], Vectors, Any]]:
        """(its rows, their places, its vectors, its seconds) of each sound block with wanted texts."""
        for file in sorted(self._folder.glob("block-*.npz")):
            try:
                with np.load(file, allow_pickle=False) as block:
                    keys = _rows(block["keys"])
                    rows = [row for row, key in enumerate(keys) if key in places]
                    if not rows:
                        continue
                    vectors, seconds = block["vectors"], block["seconds"]
            except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
                continue
            if vectors.shape == (len(keys), self._encoder.dimension) and len(seconds) == len(keys):
                yield rows, [places[keys[row]] for row in rows], vectors, seconds


def _rows(keys: Any) -> list[bytes]:
    flat = keys.tobytes()
    return [flat[i : i + 16] for i in range(0, len(flat), 16)]
