"""A few vectors of a file, without the rest."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.local import vectors as vector_file
from indexer.local.vectors import VectorFile

NUMBERS = np.arange(40, dtype=np.float32).reshape(10, 4) / 8

pytestmark = pytest.mark.skipif(not hasattr(os, "pread"), reason="this system has no pread")


def _file(path: Path, numbers: Any = NUMBERS, before: bytes = b"odd") -> VectorFile:
    path.write_bytes(before + numbers.tobytes())
    return VectorFile(path, numbers.shape, str(numbers.dtype))


@pytest.mark.parametrize("dtype", ["float32", "float16"])
@given(rows=st.lists(st.integers(0, 9)))
def test_any_rows_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, dtype: str, rows: list[int]
) -> None:
    file = _file(tmp_path_factory.mktemp("v") / "v.bin", NUMBERS.astype(dtype))
    found = file.read(np.array(rows, dtype=np.int64))
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, NUMBERS[rows].reshape(-1, 4))


def test_many_rows_are_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_file, "_PIECE", 40)  # two rows and a half
    np.testing.assert_array_equal(_file(tmp_path / "v.bin").read(np.arange(10)), NUMBERS)


def test_a_system_may_give_less_than_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pread = os.pread
    monkeypatch.setattr(os, "pread", lambda handle, count, at: pread(handle, min(count, 7), at))
    np.testing.assert_array_equal(_file(tmp_path / "v.bin").read(np.arange(10)), NUMBERS)


def test_a_file_cut_short_is_an_os_error(tmp_path: Path) -> None:
    file = _file(tmp_path / "v.bin")
    os.truncate(tmp_path / "v.bin", 3 + 9 * 16)
    np.testing.assert_array_equal(file.read(np.array([8])), NUMBERS[8:9])
    with pytest.raises(OSError, match="missing"):
        file.read(np.array([9]))


def test_the_file_is_closed_with_its_reader(tmp_path: Path) -> None:
    file = _file(tmp_path / "v.bin")
    handle = file._handle
    os.fstat(handle)
    del file
    with pytest.raises(OSError):
        os.fstat(handle)
