"""What stands around a document in the catalogue: references both ways, and its copies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, FileRecord
from corpus.document import Block, BlockKind, Document, Metadata
from corpus.errors import PolicyQAError
from corpus.relations.families import Family
from corpus.relations.lineage import Reference, Relation
from corpus.relations.related import DocumentName, compare, related_documents


def make(name: str, *texts: str) -> Document:
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, text, text, line=10 * number)
        for number, text in enumerate(texts, start=1)
    )
    title = f"{name}市供热办法"
    return Document(f"{name}.txt#0", f"{name}.txt", f"/d/{name}.txt", 0, Metadata(title), blocks)


A = make("甲", "每月五日前报送。", "由住建局汇总。")
B = make("乙", "每月九日前报送。", "由住建局汇总。")
C = make("丙", "根据《甲市供热办法》制定。", "《旧办法》同时废止。")
NAME_A = DocumentName("甲.txt#0", "甲市供热办法", "甲.txt")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue(tmp_path / "c.sqlite", writable=True)
    for document in (A, B, C):
        opened.put(FileRecord(document.path, document.file, 1, 1, document.file), [document])
    opened.relations.replace(
        [
            Reference(C.id, Relation.CITES, "甲市供热办法", "", 0, A.id),
            Reference(C.id, Relation.REPEALS, "旧办法", "", 1, ""),
        ],
        [Family(A.id, (B.id,))],
    )
    yield opened
    opened.close()


def test_a_document_knows_what_it_names_and_where(catalogue: Catalogue) -> None:
    first, second = related_documents(catalogue, C.id).names
    assert (first.relation, first.target, first.line) == (Relation.CITES, NAME_A, 10)
    assert (second.title, second.target, second.line) == ("旧办法", None, 20)


def test_a_document_knows_who_names_it(catalogue: Catalogue) -> None:
    (link,) = related_documents(catalogue, A.id).named_by
    assert link.source.file == "丙.txt" and link.block == 0


def test_copies_know_each_other_both_ways(catalogue: Catalogue) -> None:
    (from_head,) = related_documents(catalogue, A.id).copies
    (from_copy,) = related_documents(catalogue, B.id).copies
    assert from_head.other.id == B.id and from_copy.other.id == A.id
    assert from_head.differences[0].one == from_copy.differences[0].other == "每月五日前报送。"
    assert related_documents(catalogue, C.id).copies == ()


def test_a_document_that_is_not_there_is_an_error_a_person_can_mend(catalogue: Catalogue) -> None:
    with pytest.raises(PolicyQAError, match="没有文档"):
        related_documents(catalogue, "无.txt#0")


def test_further_copies_are_counted_not_compared(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "c.sqlite", writable=True)
    documents = [make(str(number), "同一段话。") for number in range(9)]
    for document in documents:
        catalogue.put(FileRecord(document.path, document.file, 1, 1, ""), [document])
    catalogue.relations.replace([], [Family("0.txt#0", tuple(d.id for d in documents[1:]))])
    related = related_documents(catalogue, "3.txt#0")
    assert [one.other.id for one in related.copies[:1]] == ["0.txt#0"], "the head first"
    assert len(related.copies) + related.further == 8
    catalogue.close()


def test_a_sentence_replaced_differs_once() -> None:
    found = compare(A, B)
    assert found.sentences == 1
    assert [(d.one, d.other) for d in found.differences] == [
        ("每月五日前报送。", "每月九日前报送。")
    ]


def test_many_differences_are_counted_and_the_first_kept() -> None:
    one = make("甲", *(f"第{i}项由甲办。同样的话{i}。" for i in range(30)))
    other = make("乙", *(f"第{i}项归乙管。同样的话{i}。" for i in range(30)))
    found = compare(one, other)
    assert (found.sentences, len(found.differences)) == (30, 20)
    assert found.differences[0].one == "第0项由甲办。"
