"""Documents named in documents: cited, forwarded, amended or repealed."""

from __future__ import annotations

import pytest

from corpus.document import Block, BlockKind, Document, Metadata
from corpus.relations.lineage import Relation, find_references, resolve


def make(text: str, title: str = "", number: str = "", identifier: str = "a") -> Document:
    blocks = (Block(BlockKind.PARAGRAPH, text, text),)
    metadata = Metadata(title=title, number=number)
    return Document(identifier, f"{identifier}.txt", f"/x/{identifier}", 0, metadata, blocks)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("根据《青禾省城镇燃气管理条例》，制定本办法。", Relation.CITES),
        ("现将《青禾省城镇燃气管理条例》转发给你们。", Relation.FORWARDS),
        ("转发《青禾省城镇燃气管理条例》的通知", Relation.FORWARDS),
        ("本次会议修订《青禾省城镇燃气管理条例》。", Relation.AMENDS),
        ("各县要对照新修订的《青禾省城镇燃气管理条例》开展自查。", Relation.CITES),
        ("《青禾省城镇燃气管理条例》同时废止。", Relation.REPEALS),
        ("自本办法施行之日起废止《青禾省城镇燃气管理条例》。", Relation.REPEALS),
    ],
)
def test_the_words_around_a_title_say_what_is_done_with_it(text: str, relation: Relation) -> None:
    (reference,) = find_references(make(text))
    assert reference.relation is relation
    assert reference.title == "青禾省城镇燃气管理条例"


def test_a_number_behind_a_title_belongs_to_it() -> None:
    (reference,) = find_references(
        make("按照《关于做好供热工作的通知》（青政办发〔2022〕3号）要求")
    )
    assert reference.number == "青政办发〔2022〕3号"
    assert reference.title == "关于做好供热工作的通知"


def test_a_number_alone_is_a_reference_too() -> None:
    asking = make("严格执行青政办发〔2022〕3号文件精神。")
    known = make("正文。", number="青政办发〔2022〕3号", identifier="n")
    (reference,) = resolve(find_references(asking), [asking, known])
    assert (reference.title, reference.target_id) == ("", "n")


def test_a_title_inside_a_title_is_read_whole() -> None:
    (reference,) = find_references(make("根据《关于印发《青禾市供热办法》的通知》执行。"))
    assert reference.title == "关于印发《青禾市供热办法》的通知"


def test_a_document_does_not_cite_itself() -> None:
    own = make("依据《青禾市供热办法》开展检查。", title="青禾市供热办法")
    assert find_references(own) == ()


def test_references_are_met_by_number_then_by_title() -> None:
    numbered = make(
        "正文。", title="关于做好供热工作的通知", number="青政办发〔2022〕3号", identifier="n"
    )
    issued = make("正文。", title="青禾市政府关于印发《青禾市供热管理办法》的通知", identifier="t")
    asking = make(
        "根据《供热通知》（青政办发〔2022〕3号）和《青禾市供热管理办法》、《别处的文件名称》，制定本方案。"
    )
    references = resolve(find_references(asking), [numbered, issued, asking])
    assert [r.target_id for r in references] == ["n", "t", ""]


def test_the_same_title_twice_is_one_reference() -> None:
    text = "根据《青禾市供热管理办法》。落实《青禾市供热管理办法》。"
    assert len(find_references(make(text))) == 1
