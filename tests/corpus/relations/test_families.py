"""Copies are found, look-alikes are not, and the copy that says most is the head."""

from __future__ import annotations

from corpus.document import Block, BlockKind, Document, Metadata
from corpus.relations.families import differences, find_families

CLAUSES = [
    "各社区要在每月五日前报送老旧小区改造进度，由街道城建办汇总后报区住建局。",
    "改造资金由市级财政补助{a}万元，其余由区级财政和产权单位共同承担，专款专用。",
    "施工单位应当在每天{b}点以后停止产生噪声的作业，高考期间全天停工。",
    "街道成立由主任任组长的专班，每周召开一次调度会，逐项销号，限期整改到位。",
    "居民可以拨打街道值班电话反映问题，专班应当在两个工作日内答复并公开结果。",
]


def make(identifier: str, texts: list[str], title: str = "") -> Document:
    blocks = tuple(Block(BlockKind.PARAGRAPH, t, t, line=i) for i, t in enumerate(texts, 1))
    return Document(identifier, f"{identifier}.txt", f"/x/{identifier}", 0, Metadata(title), blocks)


def filled(a: str, b: str) -> list[str]:
    return [clause.format(a=a, b=b) for clause in CLAUSES]


def test_a_forwarded_copy_with_a_cover_letter_is_family() -> None:
    original = make("a", filled("320", "22"))
    forwarded = make(
        "b", ["现将上级文件转发给你们，请结合实际认真贯彻执行。", *filled("320", "22")]
    )
    (family,) = find_families([original, forwarded])
    assert {family.head, *family.copies} == {"a", "b"}


def test_the_head_is_the_copy_whose_digits_are_not_masked() -> None:
    masked = make("a", [*filled("xxx", "xx"), "本页由网友上传。"])
    clear = make("b", filled("320", "22"))
    (family,) = find_families([masked, clear])
    assert family.head == "b"
    assert family.copies == ("a",)


def test_documents_that_share_only_set_phrases_are_no_family() -> None:
    one = make("a", filled("320", "22"))
    other = make(
        "b", ["养老机构收住失能老人的，按每人每月四百元补贴，由民政局审核后发放。", CLAUSES[3]]
    )
    assert find_families([one, other]) == ()


def test_three_copies_are_one_family() -> None:
    (family,) = find_families([make(i, filled("320", "22")) for i in "abc"])
    assert len(family.copies) == 2


def test_empty_documents_belong_to_nobody() -> None:
    assert find_families([make("a", []), make("b", [])]) == ()
    assert find_families([]) == ()


def test_differences_name_the_sentences_that_are_not_the_same() -> None:
    one, other = make("a", filled("320", "22")), make("b", filled("480", "22"))
    (difference,) = differences(one, other)
    assert "320万元" in difference.one
    assert "480万元" in difference.other
    assert differences(one, one) == ()
