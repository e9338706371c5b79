"""Passages and sentences in SQLite."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Metadata
from corpus.errors import PolicyQAError
from indexer.local.store import DocumentRows, PassageStore, Sentence
from tests.indexer.making import passage

FULL = Metadata("题", "市委", "〔2023〕1号", "通知", "2023-01-02", "2023", "辽宁省朝阳市")
PASSAGES = [
    replace(passage("甲。", 0, FULL), heading_path=("一、“任务”", "（一）'x'"), page=7),
    replace(passage("乙", 1), display="貳"),
    passage("丙\n丁。", 0, doc="b.txt"),
]
SENTENCES = [Sentence(0, 0, 0, 2), Sentence(1, 1, 0, 1), Sentence(2, 2, 0, 2), Sentence(3, 2, 2, 4)]


@pytest.fixture
def store(tmp_path: Path) -> PassageStore:
    PassageStore.create(tmp_path / "p.sqlite", PASSAGES, SENTENCES)
    return PassageStore(tmp_path / "p.sqlite")


def test_passages_come_back_as_they_were(store: PassageStore) -> None:
    assert store.passages([0, 1, 2]) == PASSAGES


def test_passages_come_in_the_order_asked_for(store: PassageStore) -> None:
    assert [p.text for p in store.passages([2, 0, 2])] == ["丙\n丁。", "甲。", "丙\n丁。"]
    assert store.passages([]) == []


def test_sentences_of_a_passage(store: PassageStore) -> None:
    assert store.sentences(2) == SENTENCES[2:]
    assert store.sentences(99) == []


def test_rows_are_found_by_identifier(store: PassageStore) -> None:
    assert [store.row_of(p.id) for p in PASSAGES] == [0, 1, 2]
    assert store.row_of("unknown") == -1


def test_documents_know_their_rows_and_metadata(store: PassageStore) -> None:
    first, second = list(store.document_rows())
    assert first == DocumentRows(0, 1, "a.txt", "a.txt#0", FULL)
    assert (second.first, second.last, second.document_id) == (2, 2, "b.txt#0")


def test_the_passages_of_a_document_must_follow_one_another(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="follow one another"):
        PassageStore.create(tmp_path / "q.sqlite", [PASSAGES[0], PASSAGES[2], PASSAGES[1]], [])


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
    PassageStore.create(folder / "p.sqlite", PASSAGES, SENTENCES)
    assert PassageStore(folder / "p.sqlite").row_of(PASSAGES[0].id) == 0


def test_threads_share_a_store(store: PassageStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda i: store.passages([i % 3])[0].text, range(600))
        assert list(found) == [PASSAGES[i % 3].text for i in range(600)]


def test_an_open_store_outlives_its_file(store: PassageStore, tmp_path: Path) -> None:
    (tmp_path / "p.sqlite").unlink()
    assert store.passages([1])[0].display == "貳"
