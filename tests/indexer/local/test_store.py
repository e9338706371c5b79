"""Passages in SQLite."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Metadata
from corpus.errors import PolicyQAError
from indexer.backend import DocumentEntry
from indexer.local.store import PassageStore
from tests.indexer.making import passage

FULL = Metadata("题", "市委", "〔2023〕1号", "通知", "2023-01-02", "2023", "辽宁省朝阳市")
PASSAGES = [
    replace(passage("甲。", 0, FULL), heading_path=("一、“任务”", "（一）'x'"), page=7),
    replace(passage("乙", 1), display="貳"),
    passage("丙\n丁。", 0, doc="b.txt"),
]


@pytest.fixture
def store(tmp_path: Path) -> PassageStore:
    PassageStore.create(tmp_path / "p.sqlite", PASSAGES)
    return PassageStore(tmp_path / "p.sqlite")


def test_passages_come_back_as_they_were(store: PassageStore) -> None:
    assert store.passages([0, 1, 2]) == PASSAGES


def test_passages_come_in_the_order_asked_for(store: PassageStore) -> None:
    assert [p.text for p in store.passages([2, 0, 2])] == ["丙\n丁。", "甲。", "丙\n丁。"]
    assert store.passages([]) == []


def test_a_row_that_is_not_there_is_an_error(store: PassageStore) -> None:
    with pytest.raises(KeyError):
        store.passages([0, 3])


def test_documents_know_their_passages_and_metadata(store: PassageStore) -> None:
    first, second = store.documents()
    assert first == DocumentEntry("a.txt#0", "a.txt", "/资料/a.txt", 2, FULL)
    assert (second.id, second.passages) == ("b.txt#0", 1)


def test_the_passages_of_a_document_must_follow_one_another(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="does not follow"):
        PassageStore.create(tmp_path / "q.sqlite", [PASSAGES[0], PASSAGES[2], PASSAGES[1]])


@pytest.mark.parametrize("content", [None, b"", b"no database, but quite long " * 50])
def test_a_damaged_file_is_one_line(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "p.sqlite").write_bytes(content)
    with pytest.raises(PolicyQAError) as raised:
        PassageStore(tmp_path / "p.sqlite")
    assert "\n" not in str(raised.value)


def test_a_path_with_odd_characters_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "资料 100%?#&"
    folder.mkdir()
    PassageStore.create(folder / "p.sqlite", PASSAGES)
    assert PassageStore(folder / "p.sqlite").passages([0]) == PASSAGES[:1]


def test_threads_share_a_store(store: PassageStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda i: store.passages([i % 3])[0].text, range(600))
        assert list(found) == [PASSAGES[i % 3].text for i in range(600)]


def test_an_open_store_outlives_its_file(store: PassageStore, tmp_path: Path) -> None:
    (tmp_path / "p.sqlite").unlink()
    assert store.passages([1])[0].display == "貳"
