"""Files reached through links: in the index as long as the link is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue
from corpus.load import find_files
from indexer.build import BuildReport, build_index
from indexer.local.generations import require_current
from indexer.settings import IndexSettings
from tests.conftest import TinyEncoder

SETTINGS = IndexSettings(model="tiny", ocr=False)
TEXT = "关于开展督查的通知\n各单位要于6月10日前报送自查情况，逾期不报的予以通报。\n"

Names = Callable[..., list[str]]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "别的.txt").write_text("另外一份文件的内容。\n", encoding="utf-8")
    return tmp_path / "docs"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A file outside the folder that is indexed."""
    (tmp_path / "库").mkdir()
    file = tmp_path / "库" / "原件.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture
def reports() -> list[BuildReport]:
    return []


@pytest.fixture
def indexed(
    docs: Path, tmp_path: Path, tiny_encoder: TinyEncoder, reports: list[BuildReport]
) -> Names:
    """Index ``docs`` or another path; the identifiers of the documents in the index then."""

    def run(path: Path = docs) -> list[str]:
        reports.append(
            build_index([path], tmp_path / "index", SETTINGS, tiny_encoder, progress=False)
        )
        catalogue = Catalogue(require_current(tmp_path / "index").catalogue)
        found = [document.id for document in catalogue.documents()]
        catalogue.close()
        return found

    return run


def test_a_deleted_link_takes_its_document_along(indexed: Names, docs: Path, target: Path) -> None:
    (docs / "链接.txt").symlink_to(target)
    assert indexed() == ["别的.txt#0", "链接.txt#0"]
    (docs / "链接.txt").unlink()
    assert indexed() == ["别的.txt#0"]
    assert target.exists()


def test_a_link_to_what_was_changed_is_read_again(
    indexed: Names, docs: Path, target: Path, reports: list[BuildReport]
) -> None:
    (docs / "链接.txt").symlink_to(target)
    indexed()
    target.write_text(TEXT.replace("6月", "12月"), encoding="utf-8")
    indexed()
    indexed()
    assert [report.unchanged for report in reports] == [0, 1, 2]


def test_a_file_and_links_to_it_are_one_document_under_its_own_name(
    indexed: Names, docs: Path
) -> None:
    for name in ("一.txt", "最后.txt"):
        (docs / name).symlink_to(docs / "别的.txt")
    assert indexed() == ["别的.txt#0"]
    (docs / "别的.txt").rename(docs / "改名.txt")
    for name in ("一.txt", "最后.txt"):
        (docs / name).unlink()
        (docs / name).symlink_to(docs / "改名.txt")
    assert indexed() == ["改名.txt#0"]


def test_of_two_links_the_other_stays(indexed: Names, docs: Path, target: Path) -> None:
    for name in ("甲.txt", "乙.txt"):
        (docs / name).symlink_to(target)
    first = next(i for i in indexed() if i != "别的.txt#0")
    (docs / first.partition("#")[0]).unlink()
    (left,) = {"甲.txt#0", "乙.txt#0"} - {first}
    assert set(indexed()) == {"别的.txt#0", left}


@pytest.mark.parametrize("link_first", [True, False])
def test_a_link_into_another_indexed_folder_makes_no_second_document(
    indexed: Names, docs: Path, target: Path, link_first: bool
) -> None:
    (docs / "链接.txt").symlink_to(target)
    for path in (docs, target.parent) if link_first else (target.parent, docs):
        found = indexed(path)
    assert set(found) == {"别的.txt#0", "原件.txt#0"}
    assert set(indexed(docs)) == set(found)
    (docs / "链接.txt").unlink()
    assert set(indexed(docs)) == set(found), "it still lies in its own folder"


def test_a_folder_under_two_names_is_one(
    indexed: Names, docs: Path, tmp_path: Path, reports: list[BuildReport]
) -> None:
    (tmp_path / "快捷方式").symlink_to(docs)
    assert indexed(tmp_path / "快捷方式") == indexed(docs) == indexed(docs / ".." / "docs")
    assert [report.unchanged for report in reports] == [0, 1, 1]


def test_a_link_may_be_indexed_on_its_own(indexed: Names, docs: Path, target: Path) -> None:
    (docs / "链接.txt").symlink_to(target)
    assert indexed(docs / "链接.txt") == ["链接.txt#0"]
    assert set(indexed(docs)) == {"别的.txt#0", "链接.txt#0"}


def test_links_in_circles_end(docs: Path) -> None:
    (docs / "内").mkdir()
    (docs / "内" / "回去").symlink_to(docs)
    (docs / "内" / "文件.txt").symlink_to(docs / "内" / ".." / "内" / "回去" / "别的.txt")
    (docs / "甲.txt").symlink_to(docs / "乙.txt")
    (docs / "乙.txt").symlink_to(docs / "甲.txt")
    assert find_files([docs]) == [(docs / "别的.txt", "别的.txt")]
