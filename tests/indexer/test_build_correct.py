"""A person's correction is kept, searched by, and survives re-indexing."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.catalogue import Catalogue
from corpus.errors import PolicyQAError
from indexer.build import build_index, correct_metadata
from indexer.local.generations import require_current
from indexer.local.store import PassageStore
from indexer.settings import IndexSettings
from tests.conftest import TinyEncoder

TEXT = "青禾市供热工作方案\n一、目标\n全市供热面积达到三百万平方米，居民满意率不低于九成。\n"


@pytest.fixture
def indexed(tmp_path: Path) -> tuple[Path, Path]:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.txt").write_text(TEXT, encoding="utf-8")
    index = tmp_path / "index"
    build_index([docs], index, IndexSettings(), TinyEncoder(), progress=False)
    return docs, index


def _regions(index: Path) -> set[str]:
    store = PassageStore(require_current(index).passages)
    try:
        return {each.metadata.region for each in store.documents()}
    finally:
        store.close()


def test_a_corrected_region_is_what_passages_carry(indexed: tuple[Path, Path]) -> None:
    _, index = indexed
    document = correct_metadata(
        index, "a.txt#0", {"region": "青禾省青禾市"}, IndexSettings(), TinyEncoder()
    )
    assert document.metadata.region == "青禾省青禾市"
    assert _regions(index) == {"青禾省青禾市"}


def test_it_survives_reindexing_of_a_changed_file(indexed: tuple[Path, Path]) -> None:
    docs, index = indexed
    correct_metadata(index, "a.txt#0", {"issuer": "青禾市城管局"}, IndexSettings(), TinyEncoder())
    (docs / "a.txt").write_text(TEXT + "二、保障\n落实经费。\n", encoding="utf-8")
    build_index([docs], index, IndexSettings(), TinyEncoder(), progress=False)
    catalogue = Catalogue(require_current(index).catalogue)
    assert catalogue.document("a.txt#0").metadata.issuer == "青禾市城管局"
    catalogue.close()


def test_an_empty_value_takes_it_back(indexed: tuple[Path, Path]) -> None:
    _, index = indexed
    before = _regions(index)
    correct_metadata(index, "a.txt#0", {"region": "别处"}, IndexSettings(), TinyEncoder())
    correct_metadata(index, "a.txt#0", {"region": ""}, IndexSettings(), TinyEncoder())
    assert _regions(index) == before


@pytest.mark.parametrize(
    ("document", "values"), [("b.txt#0", {"year": "2024"}), ("a.txt#0", {"colour": "red"})]
)
def test_an_unknown_document_or_field_is_one_line_and_changes_nothing(
    indexed: tuple[Path, Path], document: str, values: dict[str, str]
) -> None:
    _, index = indexed
    before = require_current(index)
    with pytest.raises(PolicyQAError) as caught:
        correct_metadata(index, document, values, IndexSettings(), TinyEncoder())
    assert "\n" not in str(caught.value)
    assert require_current(index) == before


def test_copies_and_references_are_in_the_catalogue(indexed: tuple[Path, Path]) -> None:
    docs, index = indexed
    (docs / "b.txt").write_text("转载：\n" + TEXT * 3, encoding="utf-8")
    (docs / "c.txt").write_text(
        "青禾市检查通知\n根据《青禾市供热工作方案》，开展检查。\n", encoding="utf-8"
    )
    build_index([docs], index, IndexSettings(), TinyEncoder(), progress=False)
    catalogue = Catalogue(require_current(index).catalogue)
    assert [r.document_id for r in catalogue.relations.references_to("a.txt#0")] == ["c.txt#0"]
    assert any("a.txt#0" in (f.head, *f.copies) for f in catalogue.relations.families())
    catalogue.close()
