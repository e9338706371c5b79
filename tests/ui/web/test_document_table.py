"""Rows of a document's page as a table."""

from __future__ import annotations

from corpus.document import Block, BlockKind, Document, Metadata
from ui.output.places import ANCHOR, Place
from ui.web.document_page import Address, document_page


def page(*blocks: Block, place: Place | None = None) -> str:
    document = Document("甲.docx#0", "甲.docx", "/甲.docx", 0, Metadata(title="甲"), tuple(blocks))
    return document_page(document, Address(place))


def row(text: str) -> Block:
    return Block(BlockKind.TABLE_ROW, text, text)


def test_rows_stand_under_their_heads_also_where_a_cell_is_empty() -> None:
    html = page(
        row("县区：北山县；机构数：15；床位数：2100"),
        row("县区：南山县；床位数：1800；备注：新增"),
    )
    assert (
        "<thead><tr><th>县区</th><th>机构数</th><th>床位数</th><th>备注</th></tr></thead>" in html
    )
    assert "<td>北山县</td><td>15</td><td>2100</td><td></td>" in html
    assert "<td>南山县</td><td></td><td>1800</td><td>新增</td>" in html


def test_a_group_stands_across_its_table_and_a_caption_above() -> None:
    caption = Block(BlockKind.CAPTION, "表1 支出", "表1 支出")
    group = Block(BlockKind.CAPTION, "一、市级", "一、市级", level=1)
    html = page(caption, group, row("项目：教育；金额：100"))
    assert '<p id="b0" class="caption">表1 支出</p>' in html
    assert '<tr id="b1"><th colspan="2">一、市级</th></tr>' in html
    assert html.count("<table>") == 1


def test_the_cell_cited_is_marked() -> None:
    block = row("县区：北山县；床位数：2100")
    html = page(row("县区：南山县；床位数：9"), block, place=Place(1, 0, len(block.text)))
    assert f'<td><mark id="{ANCHOR}">北山县</mark></td><td><mark>2100</mark></td>' in html


def test_a_row_without_heads_has_none() -> None:
    html = page(row("甲 | 乙"), row("丙；丁"))
    assert "<thead>" not in html
    assert "<td>甲</td><td>乙</td>" in html
    assert "<td>丙；丁</td>" in html or "<td>丙</td><td>丁</td>" in html
