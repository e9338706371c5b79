"""Documents whose files were deleted after indexing are found no more, and only these."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import PolicyQAError
from indexer import changes as presence
from indexer.build import build_index
from indexer.changes import indexed_folder
from indexer.filters import Filters, Selection
from indexer.local.index import LocalBackend, open_index
from indexer.settings import IndexSettings
from retriever.search import HybridRetriever
from retriever.settings import RetrieverSettings
from tests.conftest import TinyEncoder

SETTINGS = IndexSettings(model="tiny", ocr=False)
NOTICE = "关于{0}整改情况的通报\n{1}年{2}月，{0}共排查问题{3}个，其余正在推进。\n"
QUERY = "排查问题整改情况"

Open = Callable[..., HybridRetriever]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "资料"
    (folder / "各区").mkdir(parents=True)
    for i, name in enumerate(["甲.txt", "乙.txt", "各区/丙.txt"]):
        place = "临漪区霁州区穗川区"[3 * i : 3 * i + 3]
        (folder / name).write_text(NOTICE.format(place, 2021 + i, i + 3, 130 + i), "utf-8")
    return folder


@pytest.fixture
def opened(docs: Path, tmp_path: Path, tiny_encoder: TinyEncoder) -> Iterator[Open]:
    """Index paths (``docs`` unless given) and open a search over them."""
    readers: list[LocalBackend] = []

    def run(*paths: Path, options: RetrieverSettings = RetrieverSettings()) -> HybridRetriever:
        build_index(
            list(paths) or [docs], tmp_path / "index", SETTINGS, tiny_encoder, progress=False
        )
        readers.append(open_index(tmp_path / "index", SETTINGS))
        return HybridRetriever(readers[-1], tiny_encoder, options)

    yield run
    for reader in readers:
        reader.close()


def _docs(search: HybridRetriever, query: str = QUERY) -> set[str]:
    return {hit.passage.doc for hit in search.search(query, 20)}


class TestDeleted:
    def test_a_deleted_file_is_not_in_the_very_next_search(self, opened: Open, docs: Path) -> None:
        search = opened()
        assert _docs(search) == {"甲.txt", "乙.txt", "丙.txt"}
        (docs / "乙.txt").unlink()
        assert _docs(search) == {"甲.txt", "丙.txt"}

    def test_it_is_found_again_once_it_is_back(self, opened: Open, docs: Path) -> None:
        search = opened()
        (docs / "乙.txt").rename(docs / "乙.bak")
        assert "乙.txt" not in _docs(search)
        (docs / "乙.bak").rename(docs / "乙.txt")
        assert "乙.txt" in _docs(search)

    def test_a_deleted_folder_takes_its_files_along(self, opened: Open, docs: Path) -> None:
        search = opened()
        shutil.rmtree(docs / "各区")
        assert _docs(search) == {"甲.txt", "乙.txt"}

    def test_a_folder_put_in_the_place_of_a_file_is_another_thing(
        self, opened: Open, docs: Path
    ) -> None:
        search = opened()
        shutil.rmtree(docs / "各区")
        (docs / "各区").write_text("现在是文件。", encoding="utf-8")
        assert "丙.txt" not in _docs(search)

    def test_what_was_in_an_archive_goes_with_the_archive(self, opened: Open, docs: Path) -> None:
        with zipfile.ZipFile(docs / "附件.zip", "w") as archive:
            archive.writestr("内/名单.txt", NOTICE.format("青禾区", 2020, 1, 77))
        search = opened()
        assert "名单.txt" in _docs(search)
        (docs / "附件.zip").unlink()
        assert _docs(search) == {"甲.txt", "乙.txt", "丙.txt"}

    def test_a_file_indexed_on_its_own_goes_too(self, opened: Open, docs: Path) -> None:
        search = opened(docs / "甲.txt", docs / "各区" / "丙.txt")
        (docs / "甲.txt").unlink()
        assert _docs(search) == {"丙.txt"}

    def test_of_two_files_of_one_name_the_other_stays(
        self, opened: Open, docs: Path, tmp_path: Path
    ) -> None:
        other = tmp_path / "别处"
        other.mkdir()
        (other / "甲.txt").write_text(NOTICE.format("青禾区", 2019, 1, 55), encoding="utf-8")
        (other / "丁.txt").write_text("别的内容。", encoding="utf-8")
        search = opened(docs, other)
        (other / "甲.txt").unlink()
        paths = {h.passage.path for h in search.search(QUERY, 20) if h.passage.doc == "甲.txt"}
        assert paths == {str(docs / "甲.txt")}

    def test_a_copy_that_is_still_there_is_shown_in_its_place(
        self, opened: Open, docs: Path
    ) -> None:
        shutil.copy(docs / "甲.txt", docs / "甲的副本.txt")
        search = opened()
        assert len({"甲.txt", "甲的副本.txt"} & _docs(search)) == 1, "copies are folded"
        for shown, other in (("甲.txt", "甲的副本.txt"), ("甲的副本.txt", "甲.txt")):
            (docs / shown).rename(docs / "x")
            assert other in _docs(search) and shown not in _docs(search)
            (docs / "x").rename(docs / shown)

    def test_deleted_files_leave_no_gap_among_the_candidates(
        self, opened: Open, docs: Path
    ) -> None:
        """Far more deleted passages match better than candidates are taken at a time."""
        for i in range(40):
            (docs / f"旧{i}.txt").write_text(f"{QUERY}第{i}号通报，{QUERY}。\n", encoding="utf-8")
        search = opened(options=RetrieverSettings(candidates=5))
        assert len(_docs(search)) > 0 and not {"甲.txt", "乙.txt"} & _docs(search)
        for file in docs.glob("旧*.txt"):
            file.unlink()
        assert _docs(search) == {"甲.txt", "乙.txt", "丙.txt"}

    def test_a_filter_that_only_deleted_files_pass_is_one_line(
        self, opened: Open, docs: Path
    ) -> None:
        search = opened()
        assert search.search(QUERY, 5, Filters(doc="乙.txt"))
        (docs / "乙.txt").unlink()
        with pytest.raises(PolicyQAError, match="没有文档符合筛选条件"):
            search.search(QUERY, 5, Filters(doc="乙.txt"))

    def test_nothing_is_found_where_all_was_replaced(self, opened: Open, docs: Path) -> None:
        search = opened()
        shutil.rmtree(docs / "各区")
        for file in docs.iterdir():
            file.unlink()
        (docs / "新.txt").write_text("还没有编入索引。", encoding="utf-8")
        assert search.search(QUERY) == ()

    def test_where_a_link_led_is_looked_at(self, opened: Open, docs: Path, tmp_path: Path) -> None:
        store = tmp_path / "库"
        store.mkdir()
        for name in ("丁.txt", "戊.txt"):
            (store / name).write_text(NOTICE.format("青禾区", 2018, 1, 44), encoding="utf-8")
        (docs / "丁.txt").symlink_to(store / "丁.txt")
        search = opened()
        assert "丁.txt" in _docs(search)
        (store / "丁.txt").rename(tmp_path / "kept")
        assert "丁.txt" not in _docs(search), "deleted where it was kept"
        shutil.rmtree(store)
        assert "丁.txt" in _docs(search), "as when the drive it is kept on is not mounted"
        (docs / "丁.txt").unlink()
        assert "丁.txt" not in _docs(search), "the link itself was deleted"


class TestNothingVanishes:
    def test_when_the_folder_is_not_there(self, opened: Open, docs: Path) -> None:
        """The index on another machine, or a drive that was taken out."""
        search = opened()
        docs.rename(docs.parent / "搬走了")
        assert _docs(search) == {"甲.txt", "乙.txt", "丙.txt"}

    def test_when_the_folder_is_empty(self, opened: Open, docs: Path) -> None:
        """A place where a drive is usually mounted."""
        search = opened()
        docs.rename(docs.parent / "搬走了")
        docs.mkdir()
        assert _docs(search) == {"甲.txt", "乙.txt", "丙.txt"}

    def test_when_looking_is_not_allowed(
        self, opened: Open, docs: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        search = opened()

        def refuse(path: Any, **_: Any) -> Any:
            raise PermissionError(13, "Permission denied", str(path))

        monkeypatch.setattr(presence.os, "stat", refuse)
        assert _docs(search) == {"甲.txt", "乙.txt", "丙.txt"}

    def test_when_a_file_has_no_known_folder(self) -> None:
        assert indexed_folder("/库/目标.txt", "名.txt") == ""
        assert indexed_folder("/库/前缀名.txt", "名.txt") == ""


class TestCost:
    @pytest.fixture
    def looks(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """The files looked at; all are there."""
        seen: list[str] = []
        monkeypatch.setattr(presence, "_exists", lambda path: not seen.append(path))
        return seen

    def test_each_file_is_looked_at_once_a_search(self, opened: Open, looks: list[str]) -> None:
        search = opened()
        assert looks == [], "opening looks at nothing"
        search.search(QUERY, 20)
        assert len(looks) == len(set(looks)) == 3

    def test_a_drive_that_does_not_answer_is_asked_once_and_rests(
        self, opened: Open, looks: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        search = opened()
        clock = [100.0]
        monkeypatch.setattr(presence.time, "monotonic", lambda: clock[0])

        def slow(path: str) -> bool:
            looks.append(path)
            clock[0] += 5
            return True

        monkeypatch.setattr(presence, "_exists", slow)
        search.search(QUERY)
        search.search(QUERY)
        assert len(looks) == 1
        clock[0] += 60
        search.search(QUERY)
        assert len(looks) == 2


@given(
    folder=st.lists(st.text("资料ab~1. ", min_size=1, max_size=4), max_size=3),
    name=st.lists(st.text("文件ab~1. ", min_size=1, max_size=4), min_size=1, max_size=3),
    number=st.none() | st.integers(2, 99),
)
def test_the_folder_is_what_stands_before_the_name(
    folder: list[str], name: list[str], number: int | None
) -> None:
    root = "".join(f"/{part}" for part in folder) + "/"
    named = "/".join(name) + (f"~{number}" if number else "")
    assert indexed_folder(root + "/".join(name), named) == root


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deleted=st.sets(st.sampled_from([f"{i}.txt" for i in range(6)]), max_size=5))
def test_what_is_found_is_what_is_there(
    deleted: set[str], tmp_path_factory: pytest.TempPathFactory, tiny_encoder: TinyEncoder
) -> None:
    folder = tmp_path_factory.mktemp("some")
    (folder / "docs").mkdir()
    names = {f"{i}.txt" for i in range(6)}
    for i, name in enumerate(sorted(names)):
        text = NOTICE.format(f"第{i}区", 2010 + i, i + 1, 100 + 7 * i)
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    build_index([folder / "docs"], folder / "index", SETTINGS, tiny_encoder, progress=False)
    index = open_index(folder / "index", SETTINGS)
    search = HybridRetriever(index, tiny_encoder)
    for name in deleted:
        os.unlink(folder / "docs" / name)
    assert _docs(search) == names - deleted
    gone = search.presence.gone()
    assert gone == {f"{name}#0" for name in deleted}
    assert search.backend.facets(Selection(without=gone)).documents == len(names) - len(deleted)
    index.close()
