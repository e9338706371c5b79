"""What a correction costs, and when it is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import IndexStateError
from indexer.build import build_index, correct_metadata
from indexer.filters import Filters, Selection
from indexer.local.generations import writing
from indexer.local.index import open_index
from indexer.settings import IndexSettings
from tests.conftest import TinyEncoder

SETTINGS = IndexSettings(model="tiny", ocr=False)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    for number in "12":
        (tmp_path / "docs" / f"{number}.txt").write_text(
            f"关于第{number}次督查的通知\n各单位要于{number}月10日前报送自查情况。\n", "utf-8"
        )
    return tmp_path / "docs"


@pytest.fixture
def index(docs: Path, tmp_path: Path, tiny_encoder: TinyEncoder) -> Path:
    build_index([docs], tmp_path / "index", SETTINGS, tiny_encoder, progress=False)
    tiny_encoder.passages.clear()
    return tmp_path / "index"


def _regions(index: Path) -> tuple[tuple[str, int], ...]:
    reader = open_index(index, SETTINGS)
    counts = reader.facets().counts["region"]
    reader.close()
    return counts


def test_a_correction_is_searched_by(index: Path, tiny_encoder: TinyEncoder) -> None:
    document = correct_metadata(
        index, "1.txt#0", {"region": " 辽宁省朝阳市 "}, SETTINGS, tiny_encoder
    )
    assert document.metadata.region == "辽宁省朝阳市"
    assert _regions(index) == (("辽宁省朝阳市", 1),)
    chosen = Selection(Filters(region="朝阳"))
    assert [d.id for d in open_index(index, SETTINGS).documents(chosen)] == ["1.txt#0"]
    assert tiny_encoder.passages == [], "nothing that is encoded has changed"


def test_a_corrected_title_is_encoded(index: Path, tiny_encoder: TinyEncoder) -> None:
    correct_metadata(index, "1.txt#0", {"title": "年中督查通知"}, SETTINGS, tiny_encoder)
    assert tiny_encoder.passages and all("年中督查" in t for t in tiny_encoder.passages)


def test_without_an_index_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(IndexStateError):
        correct_metadata(tmp_path / "none", "1.txt#0", {"region": "x"}, SETTINGS)
    assert not (tmp_path / "none").exists()


def test_another_model_is_refused(index: Path) -> None:
    with pytest.raises(IndexStateError):
        correct_metadata(index, "1.txt#0", {"title": "新"}, replace(SETTINGS, model="other"))


def test_an_index_being_written_is_left_alone(index: Path) -> None:
    with writing(index), pytest.raises(IndexStateError):
        correct_metadata(index, "1.txt#0", {"region": "x"}, SETTINGS)
