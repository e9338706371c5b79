"""Fixtures of all tests, and a wall around the machine: no test reaches the network."""

from __future__ import annotations

import ipaddress
import socket
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indexer.settings import IndexSettings

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "corpus" / "samples" / "docs"
#: Documents that are not part of the project; they lie beside it where it is developed.
SEEDS = ROOT.parent / "shared" / "seeds"


class NetworkBlockedError(RuntimeError):
    """A test tried to reach another machine."""


def _text(host: Any) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")


def _is_number(host: Any) -> bool:
    try:
        ipaddress.ip_address(_text(host))
    except ValueError:
        return False
    return True


def _is_here(host: Any) -> bool:
    name = _text(host)
    return name in ("", "localhost") or (
        _is_number(name) and ipaddress.ip_address(name).is_loopback
    )


def _refuse(host: Any) -> None:
    if not _is_here(host):
        raise NetworkBlockedError(
            f"a test tried to reach {host!r}; tests work on this machine only"
        )


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Any:
    """Let sockets reach this machine only, from fixtures of the whole session too."""
    connect, connect_ex, resolve = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def check(own: socket.socket, address: Any) -> None:
        if own.family != socket.AF_UNIX:
            _refuse(address[0])

    def guarded_connect(own: socket.socket, address: Any) -> None:
        check(own, address)
        connect(own, address)

    def guarded_connect_ex(own: socket.socket, address: Any) -> int:
        check(own, address)
        return connect_ex(own, address)

    def guarded_resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
        flags = kwargs.get("flags", args[4] if len(args) > 4 else 0)
        # A server may look at its own address, and numbers need no name server.
        if not (flags & socket.AI_PASSIVE or _is_number(host)):
            _refuse(host)
        return resolve(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_resolve)
        yield


class TinyEncoder:
    """Character pairs hashed into 64 numbers: quick, the same everywhere, alike for like words."""

    name = "tiny"
    dimension = 64

    def __init__(self) -> None:
        self.passages: list[str] = []
        self.queries: list[str] = []

    def encode_passages(self, texts: Sequence[str], progress: bool = False) -> Any:
        self.passages.extend(texts)
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([_hashed(text, self.dimension) for text in texts])

    def encode_query(self, text: str) -> Any:
        self.queries.append(text)
        return _hashed(text, self.dimension)


def _hashed(text: str, dimension: int) -> Any:
    vector = np.full(dimension, 1e-3, dtype=np.float32)
    for i in range(max(len(text) - 1, 1)):
        code = zlib.crc32(text[i : i + 2].encode("utf-8", "replace"))
        vector[code % dimension] += 1.0 if code & 0x10000 else -1.0
    return vector / np.linalg.norm(vector)


@pytest.fixture
def tiny_encoder() -> TinyEncoder:
    """A quick encoder that notes what it was given."""
    return TinyEncoder()


@pytest.fixture(scope="session")
def sample_docs() -> Path:
    """The folder of the sample corpus."""
    return SAMPLES


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the seed documents, which are not part of the project."""
    if not SEEDS.is_dir():
        pytest.skip("the seed documents are not here (../shared/seeds)")
    return SEEDS


@pytest.fixture(scope="session")
def model_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the default model is unpacked, once a session (470 MB, 3 s)."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def real_settings(model_cache: Path) -> IndexSettings:
    """The defaults, with the model in ``model_cache``."""
    return IndexSettings(cache_dir=model_cache)


@pytest.fixture(scope="session")
def real_index(tmp_path_factory: pytest.TempPathFactory, real_settings: IndexSettings) -> Path:
    """The sample corpus indexed with the default model, scans read by OCR (slow)."""
    from indexer.build import build_index

    folder = tmp_path_factory.mktemp("real") / "index"
    report = build_index([SAMPLES], folder, real_settings, progress=False)
    assert not report.skipped
    return folder
