"""Corrections follow a file that was moved or renamed, and wait for one that comes back."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue
from corpus.document import Document, Metadata
from indexer.build import BuildReport, build_index, correct_metadata
from indexer.local.generations import require_current
from indexer.local.index import open_index
from indexer.settings import IndexSettings
from tests.conftest import TinyEncoder
from tests.indexer.making import passages_of

SETTINGS = IndexSettings(model="tiny", ocr=False)
HEATING = "青禾市供热工作方案\n一、目标\n全市供热面积达到三百万平方米，居民满意率不低于九成。\n"
WATER = "青禾市供水工作方案\n一、目标\n城区供水管网漏损率降到百分之九以内，水质全部达标。\n"

Build = Callable[..., BuildReport]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "供热.txt").write_text(HEATING, encoding="utf-8")
    (tmp_path / "docs" / "供水.txt").write_text(WATER, encoding="utf-8")
    return tmp_path / "docs"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def build(docs: Path, index: Path, tiny_encoder: TinyEncoder) -> Build:
    def run(*paths: Path) -> BuildReport:
        return build_index(list(paths) or [docs], index, SETTINGS, tiny_encoder, progress=False)

    return run


def _documents(index: Path) -> dict[str, Document]:
    catalogue = Catalogue(require_current(index).catalogue)
    found = {document.id: document for document in catalogue.documents()}
    catalogue.close()
    return found


def _issuers(index: Path) -> dict[str, str]:
    return {i.partition("#")[0]: d.metadata.issuer for i, d in _documents(index).items()}


class TestEveryField:
    @pytest.mark.parametrize("field", [f.name for f in fields(Metadata)])
    def test_it_is_kept_through_a_change_and_carried_by_passages(
        self, build: Build, docs: Path, index: Path, field: str
    ) -> None:
        build()
        correct_metadata(index, "供热.txt#0", {field: "手工写的值"}, SETTINGS, TinyEncoder())
        (docs / "供热.txt").write_text(HEATING + "二、保障\n落实经费。\n", encoding="utf-8")
        build()
        document = _documents(index)["供热.txt#0"]
        assert getattr(document.metadata, field) == "手工写的值"
        assert [s.rule for s in document.sources if s.field == field] == ["person"]
        reader = open_index(index, SETTINGS)
        own = [p for p in passages_of(reader) if p.document_id == "供热.txt#0"]
        carried = {getattr(passage.metadata, field) for passage in own}
        reader.close()
        assert carried == {"手工写的值"}


class TestComingBack:
    def test_a_file_that_comes_back_has_its_corrections(
        self, build: Build, docs: Path, index: Path
    ) -> None:
        build()
        correct_metadata(index, "供热.txt#0", {"issuer": "青禾市城管局"}, SETTINGS, TinyEncoder())
        (docs / "供热.txt").unlink()
        build()
        assert _issuers(index) == {"供水.txt": ""}
        (docs / "供热.txt").write_text(HEATING, encoding="utf-8")
        build()
        assert _issuers(index) == {"供水.txt": "", "供热.txt": "青禾市城管局"}


class TestRenamed:
    @pytest.fixture
    def corrected(self, build: Build, index: Path) -> None:
        build()
        correct_metadata(index, "供热.txt#0", {"issuer": "青禾市城管局"}, SETTINGS, TinyEncoder())

    @pytest.mark.parametrize("name", ["2024供热.txt", "归档/供热.txt", "归档/旧/a.txt"])
    def test_its_corrections_go_along(
        self, build: Build, docs: Path, index: Path, corrected: None, name: str
    ) -> None:
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / "供热.txt").rename(docs / name)
        report = build()
        assert (report.removed, report.files) == (1, 2)
        assert _issuers(index) == {"供水.txt": "", name: "青禾市城管局"}

    def test_and_back_again(self, build: Build, docs: Path, index: Path, corrected: None) -> None:
        for old, new in (("供热.txt", "b.txt"), ("b.txt", "供热.txt")):
            (docs / old).rename(docs / new)
            build()
        assert _issuers(index) == {"供水.txt": "", "供热.txt": "青禾市城管局"}

    def test_another_file_of_the_old_name_gets_none(
        self, build: Build, docs: Path, index: Path, corrected: None
    ) -> None:
        (docs / "供热.txt").rename(docs / "b.txt")
        build()
        (docs / "供热.txt").write_text("另一份方案\n内容全不一样。\n", encoding="utf-8")
        build()
        assert _issuers(index) == {"供水.txt": "", "b.txt": "青禾市城管局", "供热.txt": ""}

    def test_a_file_given_a_name_that_was_corrected_once_keeps_its_own(
        self, build: Build, docs: Path, index: Path, corrected: None
    ) -> None:
        correct_metadata(
            index, "供热.txt#0", {"number": "青供热〔2024〕1号"}, SETTINGS, TinyEncoder()
        )
        correct_metadata(index, "供水.txt#0", {"issuer": "青禾市水务局"}, SETTINGS, TinyEncoder())
        (docs / "供热.txt").unlink()
        build()
        (docs / "供水.txt").rename(docs / "供热.txt")
        build()
        (metadata,) = (document.metadata for document in _documents(index).values())
        assert (metadata.issuer, metadata.number) == ("青禾市水务局", "")

    def test_a_copy_takes_nothing_away(
        self, build: Build, docs: Path, index: Path, corrected: None
    ) -> None:
        shutil.copy(docs / "供热.txt", docs / "副本.txt")
        build()
        assert _issuers(index) == {"供水.txt": "", "供热.txt": "青禾市城管局", "副本.txt": ""}

    def test_a_changed_file_of_another_name_is_another_file(
        self, build: Build, docs: Path, index: Path, corrected: None
    ) -> None:
        (docs / "供热.txt").unlink()
        (docs / "新.txt").write_text(HEATING.replace("三百", "五百"), encoding="utf-8")
        build()
        assert _issuers(index) == {"供水.txt": "", "新.txt": ""}

    def test_of_two_of_one_content_each_keeps_its_own_by_its_name(
        self, build: Build, docs: Path, index: Path, corrected: None
    ) -> None:
        shutil.copy(docs / "供热.txt", docs / "副本.txt")
        build()
        correct_metadata(index, "副本.txt#0", {"issuer": "青禾市档案局"}, SETTINGS, TinyEncoder())
        (docs / "归档").mkdir()
        for name in ("供热.txt", "副本.txt"):
            (docs / name).rename(docs / "归档" / name)
        build()
        assert _issuers(index) == {
            "供水.txt": "",
            "归档/供热.txt": "青禾市城管局",
            "归档/副本.txt": "青禾市档案局",
        }

    def test_files_in_a_renamed_archive_keep_theirs(
        self, build: Build, docs: Path, index: Path
    ) -> None:
        with zipfile.ZipFile(docs / "附件.zip", "w") as archive:
            archive.writestr("内/名单.txt", HEATING.replace("供热", "供气"))
        build()
        correct_metadata(
            index, "附件.zip/内/名单.txt#0", {"issuer": "青禾市燃气办"}, SETTINGS, TinyEncoder()
        )
        (docs / "附件.zip").rename(docs / "2024附件.zip")
        build()
        assert _issuers(index)["2024附件.zip/内/名单.txt"] == "青禾市燃气办"

    def test_a_moved_folder_is_indexed_once(
        self, build: Build, docs: Path, index: Path, corrected: None
    ) -> None:
        """The folder itself was renamed; the old one is named by nobody any more."""
        docs.rename(docs.parent / "新位置")
        report = build(docs.parent / "新位置")
        assert (report.files, report.removed) == (2, 2)
        assert _issuers(index) == {"供水.txt": "", "供热.txt": "青禾市城管局"}
