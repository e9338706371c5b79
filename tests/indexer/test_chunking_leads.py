"""A passage of a list or table knows what introduces it."""

from __future__ import annotations

from corpus.document import Block, BlockKind
from indexer.chunking import leads_of, split_passages
from indexer.embedding.texts import search_texts
from indexer.settings import PassageSettings
from tests.indexer.making import document, heading, paragraph

LEAD = "整治工作共分为两个阶段："


def row(text: str) -> Block:
    return Block(BlockKind.TABLE_ROW, text, text)


def test_the_sections_of_a_counted_list_know_its_lead_in() -> None:
    path = ("三、步骤",)
    blocks = [
        heading("三、步骤"),
        paragraph(f"各街道统筹安排。{LEAD}", path),
        heading("（一）排查阶段", path),
        paragraph("摸清底数。", (*path, "（一）排查阶段")),
        heading("（二）整治阶段", path),
        paragraph("逐项销号。", (*path, "（二）整治阶段")),
        heading("四、要求"),
        paragraph("压实责任。", ("四、要求",)),
    ]
    assert leads_of(blocks) == ["", "", LEAD, LEAD, LEAD, LEAD, "", ""]


def test_a_list_ends_where_another_numbering_begins_beside_it() -> None:
    blocks = [
        paragraph(LEAD),
        paragraph("一是排查。"),
        paragraph("二是整治。"),
        heading("一、总体要求"),
        paragraph("压实责任。", ("一、总体要求",)),
    ]
    assert leads_of(blocks) == ["", LEAD, LEAD, "", ""]


def test_a_lead_in_that_counts_nothing_introduces_nothing() -> None:
    blocks = [paragraph("现将有关情况通报如下："), heading("一、情况"), heading("二、问题")]
    assert leads_of(blocks) == ["", "", ""]


def test_every_row_of_a_table_knows_its_head() -> None:
    blocks = [
        row("街道 | 得分"),
        row("甲街道 | 91"),
        paragraph("以上。"),
        row("区 | 得分"),
        row("乙区 | 88"),
    ]
    assert leads_of(blocks) == ["", "街道 | 得分", "", "", "区 | 得分"]


def test_what_introduces_a_passage_is_searched_with_it() -> None:
    rows = [row("街道 | 得分"), *(row(f"第{i}街道办事处辖区 | {i}") for i in range(40))]
    passages = split_passages(document(rows), PassageSettings())
    assert len(passages) > 1
    assert passages[0].lead == ""
    assert passages[-1].lead == "街道 | 得分"
    assert "街道 | 得分" in search_texts(passages)[-1].split("\n")[0]
