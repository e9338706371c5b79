"""An index of an earlier format is made anew; what people corrected stays."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue
from corpus.errors import IndexStateError
from indexer.build import NOT_FOUND, BuildReport, build_index, correct_metadata
from indexer.local.generations import FORMAT, require_current
from indexer.local.index import open_index
from indexer.settings import IndexSettings
from tests.conftest import TinyEncoder

SETTINGS = IndexSettings(model="tiny", ocr=False)
TEXT = "{0}供热工作方案\n一、目标\n{0}供热面积达到三百万平方米，居民满意率不低于九成。\n"

Build = Callable[..., BuildReport]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Two folders with a file of the same name each."""
    for folder, place in (("一", "青禾市"), ("二", "临漪市")):
        (tmp_path / "docs" / folder).mkdir(parents=True)
        (tmp_path / "docs" / folder / "方案.txt").write_text(TEXT.format(place), encoding="utf-8")
    return tmp_path / "docs"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def build(index: Path, tiny_encoder: TinyEncoder) -> Build:
    def run(*paths: Path) -> BuildReport:
        tiny_encoder.passages.clear()
        return build_index(list(paths), index, SETTINGS, tiny_encoder, progress=False)

    return run


@pytest.fixture
def earlier(build: Build, docs: Path, index: Path) -> Path:
    """The catalogue of an index of format 1 over both folders, in which both were corrected."""
    build(docs / "一", docs / "二")
    correct_metadata(index, "方案.txt#0", {"issuer": "青禾市城管局"}, SETTINGS, TinyEncoder())
    correct_metadata(index, "方案.txt~2#0", {"issuer": "临漪市城管局"}, SETTINGS, TinyEncoder())
    generation = require_current(index)
    manifest = json.loads((generation.folder / "manifest.json").read_text(encoding="utf-8"))
    (generation.folder / "manifest.json").write_text(json.dumps({**manifest, "format": 1}))
    with sqlite3.connect(generation.catalogue) as db:  # columns that came later
        db.execute("ALTER TABLE files DROP COLUMN dropped")
        db.execute("ALTER TABLE documents DROP COLUMN addressees")
    generation.passage_vectors.write_bytes(b"of another layout")
    return generation.catalogue


def _issuers(index: Path) -> dict[str, str]:
    reader = open_index(index, SETTINGS)
    found = {d.id: d.metadata.issuer for d in reader.catalogue.documents()}
    reader.close()
    return found


def test_searching_and_correcting_say_to_index_again(earlier: Path, index: Path) -> None:
    for attempt in (
        lambda: open_index(index, SETTINGS),
        lambda: correct_metadata(index, "方案.txt#0", {"year": "2024"}, SETTINGS, TinyEncoder()),
    ):
        with pytest.raises(IndexStateError) as raised:
            attempt()
        line = str(raised.value)
        assert "\n" not in line and "格式 1" in line and f"格式 {FORMAT}" in line
        assert "重新运行 policyqa index" in line and "删除" not in line


def test_it_is_made_anew_with_the_corrections(
    build: Build, earlier: Path, docs: Path, index: Path, tiny_encoder: TinyEncoder
) -> None:
    report = build(docs / "一", docs / "二")
    assert (report.files, report.unchanged, report.skipped) == (2, 0, ())
    assert tiny_encoder.passages, "vectors of another format are not taken over"
    assert _issuers(index) == {"方案.txt#0": "青禾市城管局", "方案.txt~2#0": "临漪市城管局"}
    assert require_current(index).manifest().format == FORMAT
    assert build(docs / "一", docs / "二").unchanged == 2


def test_other_folders_stay_and_files_keep_their_names(
    build: Build, earlier: Path, docs: Path, index: Path
) -> None:
    report = build(docs / "二")
    assert (report.files, report.skipped) == (2, ())
    assert _issuers(index) == {"方案.txt#0": "青禾市城管局", "方案.txt~2#0": "临漪市城管局"}


def test_files_that_are_not_there_now_are_reported_until_they_are(
    build: Build, earlier: Path, docs: Path, index: Path
) -> None:
    (docs / "一").rename(docs / "取下的盘")
    for _ in range(2):
        (skipped,) = build(docs / "二").skipped
        assert (skipped.path, skipped.reason) == (docs / "一" / "方案.txt", NOT_FOUND)
        assert _issuers(index) == {"方案.txt~2#0": "临漪市城管局"}
    (docs / "取下的盘").rename(docs / "一")
    assert build(docs / "一").skipped == ()
    assert _issuers(index)["方案.txt#0"] == "青禾市城管局"


def test_a_file_that_was_deleted_meanwhile_is_not_reported(
    build: Build, earlier: Path, docs: Path, index: Path
) -> None:
    (docs / "一" / "方案.txt").unlink()
    (docs / "一" / "新.txt").write_text("新的一份文件。\n", encoding="utf-8")
    report = build(docs / "一", docs / "二")
    assert (report.files, report.removed, report.skipped) == (2, 1, ())


def test_a_file_that_was_renamed_meanwhile_keeps_its_corrections(
    build: Build, earlier: Path, docs: Path, index: Path
) -> None:
    (docs / "一" / "方案.txt").rename(docs / "一" / "供热.txt")
    build(docs / "一", docs / "二")
    assert _issuers(index)["供热.txt#0"] == "青禾市城管局"


def test_files_of_no_kind_that_is_read_are_reported_as_such(
    build: Build, earlier: Path, docs: Path
) -> None:
    film = docs / "一" / "录像.mp4"
    film.write_bytes(b"film")
    with sqlite3.connect(earlier) as db:
        row = (str(film), "录像.mp4", 4, 1, "", "不支持的格式", "[]", "[]")
        db.execute("INSERT INTO files VALUES (?,?,?,?,?,?,?,?)", row)
    (skipped,) = build(docs / "一", docs / "二").skipped
    assert "不支持的格式 .mp4；支持" in skipped.reason


def test_what_a_link_led_to_is_taken_under_the_link(
    build: Build, earlier: Path, docs: Path, index: Path
) -> None:
    """Formats up to 3 kept the path where a link led and the link's name."""
    target = docs / "二" / "方案.txt"
    (docs / "一" / "链接.txt").symlink_to(target)
    with sqlite3.connect(earlier) as db:
        db.execute("UPDATE files SET name = '链接.txt' WHERE path = ?", (str(target),))
        db.execute(
            "UPDATE corrections SET document_id = '链接.txt#0' WHERE document_id LIKE '%~2#0'"
        )
    build(docs / "一")
    assert _issuers(index) == {"方案.txt#0": "青禾市城管局", "链接.txt#0": "临漪市城管局"}
    (docs / "一" / "链接.txt").unlink()
    build(docs / "一")
    assert _issuers(index) == {"方案.txt#0": "青禾市城管局"}


@pytest.mark.parametrize("damage", ["no corrections", "no tables", "no database", "missing"])
def test_what_cannot_be_read_of_it_does_not_stop_it(
    build: Build, earlier: Path, docs: Path, index: Path, damage: str
) -> None:
    if damage == "no corrections":
        with sqlite3.connect(earlier) as db:
            db.execute("DROP TABLE corrections")
    else:
        earlier.unlink()
    if damage == "no tables":
        sqlite3.connect(earlier).close()
    elif damage == "no database":
        earlier.write_bytes(b"nothing of the kind" * 100)
    assert build(docs / "一", docs / "二").files == 2
    assert set(_issuers(index).values()) == {""}


def test_nothing_readable_leaves_it_as_it_was(build: Build, earlier: Path, docs: Path) -> None:
    before = earlier.read_bytes()
    for folder in ("一", "二"):
        (docs / folder / "方案.txt").write_bytes(b"")
    assert build(docs / "一", docs / "二").documents == 0
    assert earlier.read_bytes() == before


def test_a_later_format_is_left_alone(build: Build, earlier: Path, docs: Path, index: Path) -> None:
    manifest = earlier.with_name("manifest.json")
    values = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**values, "format": FORMAT + 1}))
    with pytest.raises(IndexStateError) as raised:
        build(docs / "一")
    assert "升级 policyqa" in str(raised.value)


def test_the_catalogue_is_whole(build: Build, earlier: Path, docs: Path, index: Path) -> None:
    build(docs / "一", docs / "二")
    catalogue = Catalogue(require_current(index).catalogue)
    assert all(not record.error for record in catalogue.files().values())
    catalogue.close()
