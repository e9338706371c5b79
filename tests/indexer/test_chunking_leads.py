"""A passage of a list or table knows what introduces it."""

from __future__ import annotations

from corpus.document import Block, BlockKind
from indexer.chunking import leads_of, split_passages
from indexer.embedding.texts import search_texts, sentences_of
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


def caption(text: str, level: int = 0) -> Block:
    return Block(BlockKind.CAPTION, text, text, level=level)


def test_every_row_knows_the_caption_the_unit_and_its_groups() -> None:
    blocks = [
        caption("表1 各县区支出"),
        caption("单位：万元"),
        caption("一、市级", 1),
        row("项目：道路；金额：30"),
        caption("二、县级", 1),
        caption("（一）北山县", 2),
        row("项目：桥梁；金额：20"),
        row("项目：合计；金额：50"),
        paragraph("以上。"),
        row("项目：绿化；金额：8"),
    ]
    table = "表1 各县区支出\n单位：万元"
    leads = leads_of(blocks)
    assert leads[3] == f"{table}\n一、市级"
    assert leads[6] == f"{table}\n二、县级\n（一）北山县"
    assert leads[7] == table  # one total of two groups is that of the table
    assert leads[9] == ""


def test_lines_of_text_above_a_table_are_its_caption() -> None:
    blocks = [
        paragraph("全市养老服务不断加强。各县区床位情况如下："),
        paragraph("各县区养老床位情况表"),
        paragraph("单位：张"),
        row("县区：北山县；床位数：2100"),
    ]
    assert leads_of(blocks)[3] == "各县区养老床位情况表\n单位：张"
    assert leads_of([blocks[0], blocks[3]])[1] == "各县区床位情况如下："


def test_a_row_is_a_passage_of_its_own_and_knows_its_table() -> None:
    rows = [row(f"街道：第{i}街道办事处；得分：{i}") for i in range(40)]
    blocks = [paragraph("排名如下。"), caption("表2 街道得分"), *rows, paragraph("请各街道整改。")]
    passages = split_passages(document(blocks), PassageSettings())
    assert [p.text for p in passages if p.is_row] == [r.text for r in rows]
    around = [p.text for p in passages if not p.is_row]
    assert around == ["排名如下。\n表2 街道得分", "请各街道整改。"]
    assert search_texts(passages)[1].split("\n")[0].endswith("表2 街道得分")
    assert [p.ordinal for p in passages] == list(range(42))


def test_a_row_is_one_unit_to_encode() -> None:
    (passage,) = split_passages(document([row("县区：北山县；床位数：2100")]), PassageSettings())
    assert sentences_of([passage]) == [(0, 0, len(passage.text))]


def test_a_row_far_too_long_is_cut_between_its_fields() -> None:
    long = "；".join(
        (f"任务：{'推进改革' * 10}", *(f"内容{i}：{'抓好落实。' * 40}" for i in range(6)))
    )
    settings = PassageSettings()
    passages = split_passages(document([row(long)]), settings)
    assert "".join(p.text for p in passages) == long
    assert all(p.is_row and len(p.text) <= settings.longest for p in passages)
    assert all(p.text.startswith(("任务：", "内容")) for p in passages)
    assert all(p.lead.startswith("任务：推进改革") for p in passages[1:])
