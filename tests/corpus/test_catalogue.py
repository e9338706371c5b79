"""The catalogue gives back what was put in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, FileRecord
from corpus.document import (
    Block,
    BlockKind,
    DateKind,
    Document,
    DocumentDate,
    FieldSource,
    Metadata,
)
from corpus.errors import PolicyQAError

RECORD = FileRecord("/d/甲.txt", "甲.txt", 12, 34, "ab", "", (("stray spaces", 2),), ("看一下",))


def document(name: str, part: int = 0, title: str = "通知") -> Document:
    blocks = (
        Block(BlockKind.TITLE, title, title, line=1),
        Block(BlockKind.PARAGRAPH, "圆满完成。", "圓滿完成。", ("一、总则", "（一）"), 2, 3),
        Block(BlockKind.HEADING, "二、附则", "二、附则", page=None, line=5, level=1),
    )
    metadata = Metadata(title, "霖川市", "霖政〔2024〕1号", "通知", "2024-05-06", "2024", "霖川市")
    sources = (FieldSource("issuer", "label", 0, 1, 3, sure=False),)
    dates = (DocumentDate("2024-05-06", DateKind.PUBLISHED, False, 0, 2, 9),)
    identity = (f"{name}#{part}", name, f"/d/{name}", part)
    return Document(*identity, metadata, blocks, sources, dates)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue(tmp_path / "目录.sqlite", writable=True)
    yield opened
    opened.close()


def test_documents_come_back_equal(catalogue: Catalogue) -> None:
    catalogue.put(RECORD, [document("甲.txt"), document("甲.txt", 1, "方案")])
    assert list(catalogue.documents()) == [document("甲.txt"), document("甲.txt", 1, "方案")]
    assert catalogue.files() == {"/d/甲.txt": RECORD}


def test_a_file_put_again_replaces_all_it_had(catalogue: Catalogue) -> None:
    catalogue.put(RECORD, [document("甲.txt"), document("甲.txt", 1)])
    catalogue.put(RECORD, [document("甲.txt", 0, "新题")])
    assert [d.title for d in catalogue.documents()] == ["新题"]


def test_an_unreadable_file_is_kept_with_its_reason(catalogue: Catalogue) -> None:
    bad = FileRecord("/d/坏.pdf", "坏.pdf", 1, 1, "cd", "无法解析")
    catalogue.put(bad, [])
    assert catalogue.files()["/d/坏.pdf"].error == "无法解析"
    assert list(catalogue.documents()) == []


def test_removing_a_file_removes_its_documents_and_blocks(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    catalogue.put(RECORD, [document("甲.txt")])
    catalogue.remove(RECORD.path)
    catalogue.commit()
    with sqlite3.connect(tmp_path / "目录.sqlite") as db:
        for table in ("files", "documents", "blocks"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


def test_documents_stand_in_the_order_of_names_and_parts(catalogue: Catalogue) -> None:
    second = FileRecord("/d/乙.txt", "a.txt", 1, 1, "ef")
    catalogue.put(RECORD, [document("甲.txt", 1), document("甲.txt", 0)])
    catalogue.put(second, [document("乙.txt")])
    assert [d.id for d in catalogue.documents()] == ["乙.txt#0", "甲.txt#0", "甲.txt#1"]


def test_a_new_time_of_change_is_noted(catalogue: Catalogue) -> None:
    catalogue.put(RECORD, [])
    catalogue.touch(FileRecord(RECORD.path, RECORD.name, 12, 99, "ab"))
    assert catalogue.files()[RECORD.path].mtime_ns == 99


def test_what_was_not_committed_is_not_seen_by_a_reader(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    writer = Catalogue(path, writable=True)
    writer.put(RECORD, [document("甲.txt")])
    reader = Catalogue(path)
    assert list(reader.documents()) == []
    writer.commit()
    assert len(list(reader.documents())) == 1
    reader.close()
    writer.close()


def test_a_missing_document_or_damaged_file_is_an_error_a_person_can_mend(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    with pytest.raises(PolicyQAError, match="没有文档 乙#0"):
        catalogue.document("乙#0")
    with pytest.raises(PolicyQAError, match="打不开"):
        Catalogue(tmp_path / "没有.sqlite")
    (tmp_path / "坏.sqlite").write_bytes(b"not a database, not at all" * 50)
    with pytest.raises(PolicyQAError, match="打不开"):
        Catalogue(tmp_path / "坏.sqlite")


def test_a_path_with_special_characters_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "目录 #1?50%.sqlite"
    Catalogue(path, writable=True).close()
    assert path.exists()


def test_a_corrected_day_is_of_no_known_kind(catalogue: Catalogue) -> None:
    stored = document("甲.txt")
    stored = replace(stored, metadata=replace(stored.metadata, date_kind="published"))
    catalogue.put(RECORD, [stored])
    assert catalogue.document("甲.txt#0").metadata.date_kind == "published"
    catalogue.relations.correct("甲.txt#0", "date", "2024-01-02")
    assert catalogue.document("甲.txt#0").metadata.date_kind == ""
