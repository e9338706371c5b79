"""An index with so many vectors that they are kept in half precision, through its updates."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexStateError
from indexer.backend import ids_of
from indexer.build import build_index
from indexer.embedding.encoder import Encoder
from indexer.local.generations import require_current
from indexer.local.index import open_index
from indexer.settings import IndexSettings
from tests.conftest import TinyEncoder

SETTINGS = IndexSettings(model="tiny", ocr=False)
PLAN = "临漪市创建工作方案\n坚持问题导向，压实工作责任。\n2024年底前完成12个小区改造。\n"


@pytest.fixture(autouse=True)
def _every_index_is_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.local.vectors.EXACT_UP_TO", 0)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "方案.txt").write_text(PLAN, encoding="utf-8")
    return folder


def _plan_vectors(index: Path) -> bytes:
    """Of the passages and the sentences of 方案.txt."""
    reader = open_index(index, SETTINGS)
    try:
        ids = ids_of(reader.documents())
        rows = np.array([row for row, each in enumerate(ids) if each.startswith("方案.txt")])
        assert not reader.passage_vectors.is_exact
        sentences = reader.sentences([ids[row] for row in rows]).vectors
        assert len(sentences) > 1
        return reader.passage_vectors.at(rows).tobytes() + sentences.tobytes()
    finally:
        reader.close()


def _add_and_index(docs: Path, index: Path, number: int, encoder: Encoder = TinyEncoder()) -> None:
    (docs / f"一{number}.txt").write_text(f"第{number}号通知\n报送情况。\n", encoding="utf-8")
    build_index([docs], index, SETTINGS, encoder, progress=False)


def test_updates_do_not_wear_vectors_down(docs: Path, tmp_path: Path) -> None:
    build_index([docs], tmp_path / "index", SETTINGS, TinyEncoder(), progress=False)
    first = _plan_vectors(tmp_path / "index")
    for number in range(4):
        _add_and_index(docs, tmp_path / "index", number)
    assert require_current(tmp_path / "index").folder.name == "generation-000005"
    assert _plan_vectors(tmp_path / "index") == first


def test_an_updated_index_is_like_one_built_at_once(docs: Path, tmp_path: Path) -> None:
    for number in range(2):
        _add_and_index(docs, tmp_path / "updated", number)
    build_index([docs], tmp_path / "at once", SETTINGS, TinyEncoder(), progress=False)
    assert _plan_vectors(tmp_path / "updated") == _plan_vectors(tmp_path / "at once")


def test_an_index_that_grows_big_keeps_what_it_has(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiny_encoder: TinyEncoder
) -> None:
    with monkeypatch.context() as small:
        small.setattr("indexer.local.vectors.EXACT_UP_TO", 1000)
        build_index([docs], tmp_path / "index", SETTINGS, tiny_encoder, progress=False)
    tiny_encoder.passages.clear()
    _add_and_index(docs, tmp_path / "index", 1, tiny_encoder)
    assert not any("小区改造" in text for text in tiny_encoder.passages)
    build_index([docs], tmp_path / "at once", SETTINGS, tiny_encoder, progress=False)
    assert _plan_vectors(tmp_path / "index") == _plan_vectors(tmp_path / "at once")


@pytest.mark.parametrize("name", ["passages.faiss", "sentences.faiss"])
def test_a_file_cut_short_is_one_line(docs: Path, tmp_path: Path, name: str) -> None:
    build_index([docs], tmp_path / "index", SETTINGS, TinyEncoder(), progress=False)
    file = require_current(tmp_path / "index").folder / name
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(IndexStateError) as raised:
        open_index(tmp_path / "index", SETTINGS)
    assert "不完整" in str(raised.value) and "\n" not in str(raised.value)
