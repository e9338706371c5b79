"""Lines of a text → blocks under their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hypothesis import given

from corpus.cleaning.line_breaks import split_glued_headings
from corpus.cleaning.report import Tally
from corpus.document import Block, BlockKind, Document
from corpus.load import LoadResult
from corpus.raw import LineKind
from corpus.structure.blocks import build_blocks
from corpus.structure.lines import Line
from corpus.structure.titles import Text
from tests.corpus.conftest import LoadText, MakeLines
from tests.corpus.strategies import texts

BODY = "各街道要把整治任务落到实处，明确完成时限，压实工作责任，确保群众满意。"


def blocks_of(lines: list[Line]) -> list[Block]:
    return list(build_blocks(Text((), tuple(lines))))


def test_blocks_stand_under_their_headings(make_lines: MakeLines) -> None:
    text = f"一、重点任务\n（一）排水防涝\n{BODY}\n（二）清淤疏浚\n1.排查\n{BODY}\n二、保障\n{BODY}"
    bodies = [b for b in blocks_of(make_lines(text)) if b.kind is BlockKind.PARAGRAPH]
    assert [b.heading_path for b in bodies] == [
        ("一、重点任务", "（一）排水防涝"),
        ("一、重点任务", "（二）清淤疏浚", "1.排查"),
        ("二、保障",),
    ]


def test_numbering_that_starts_anew_closes_what_was_open(make_lines: MakeLines) -> None:
    text = f"第一章 总则\n第一条 {BODY}\n第二章 附则\n第二条 {BODY}"
    paths = [b.heading_path for b in blocks_of(make_lines(text)) if b.kind is not BlockKind.HEADING]
    assert paths == [("第一章 总则", "第一条"), ("第二章 附则", "第二条")]


def test_a_run_in_heading_heads_its_own_paragraph(make_lines: MakeLines) -> None:
    (block,) = blocks_of(make_lines(f"（一）统一思想认识。{BODY}"))
    assert block.kind is BlockKind.PARAGRAPH
    assert block.heading_path == ("（一）统一思想认识",)


def test_glued_headings_are_split_off(make_lines: MakeLines) -> None:
    text = f"（一）落实主体责任有差距1.贯彻部署不够到位。{BODY}2.督促检查不够有力。{BODY}"
    blocks = blocks_of(split_glued_headings(make_lines(text), Tally()))
    assert [b.text[:8] for b in blocks] == ["（一）落实主体责", "1.贯彻部署不够", "2.督促检查不够"]
    assert blocks[0].kind is BlockKind.HEADING


def test_a_number_in_a_sentence_is_no_glued_heading(make_lines: MakeLines) -> None:
    text = "（一）投入资金由3.5亿元增加到4.2亿元，增长明显"
    assert [x.text for x in split_glued_headings(make_lines(text), Tally())] == [text]


def test_number_date_and_issue_head_nothing(make_lines: MakeLines) -> None:
    for masthead in ("霖政办发〔2024〕9号", "（2024年4月）", "第7期", "霖川市民政局文件"):
        blocks = blocks_of(make_lines(f"{masthead}\n{BODY}"))
        assert blocks[0].kind is BlockKind.PARAGRAPH, masthead
        assert blocks[1].heading_path == (), masthead


def test_names_above_a_date_are_a_sign_off_and_no_heading(make_lines: MakeLines) -> None:
    text = f"一、要求\n{BODY}\n霖川市民政局 霖川市财政局\n霖川市卫生健康委员会\n2024年3月29日"
    blocks = blocks_of(make_lines(text))
    assert [b.kind for b in blocks[2:]] == [BlockKind.SIGN_OFF] * 3


def test_a_name_at_the_very_end_is_a_sign_off(make_lines: MakeLines) -> None:
    blocks = blocks_of(make_lines(f"{BODY}\n云埠县政务服务局"))
    assert blocks[-1].kind is BlockKind.SIGN_OFF


def test_contacts_items_and_rows_are_told_apart(load_text: LoadText) -> None:
    lines: list[str | tuple[LineKind, str]] = [
        "霖川市政务服务工作通报",
        "联系人：林溪 联系电话：0999-5550100",
        "一是增设专窗，压减等候时间，方便群众办事，提高满意程度。",
        (LineKind.TABLE_ROW, "单位 | 得分"),
        "中共霖川市委2024年3月29日",
    ]
    (document,) = load_text(lines, reliable=True).documents
    kinds = [b.kind for b in document.blocks]
    assert kinds == [
        BlockKind.TITLE,
        BlockKind.CONTACT,
        BlockKind.ITEM,
        BlockKind.TABLE_ROW,
        BlockKind.SIGN_OFF,
    ]


def test_display_keeps_the_traditional_characters(make_lines: MakeLines) -> None:
    (block,) = blocks_of(make_lines("各縣(市、區)要落實網格化管理,做到應辦盡辦。"))
    assert block.display == "各縣(市、區)要落實網格化管理,做到應辦盡辦。"
    assert block.text == "各县（市、区）要落实网格化管理，做到应办尽办。"


@given(texts)
def test_structure_keeps_every_character_and_display_as_long_as_text(text: list[str]) -> None:
    lines = [Line(line.strip(), i) for i, line in enumerate(text) if line.strip()]
    blocks = blocks_of(lines)
    assert _bare(b.display for b in blocks) == _bare(line.text for line in lines)
    assert all(len(b.text) == len(b.display) for b in blocks)
    assert all(b.heading_path == () or b.heading_path[0] for b in blocks)


def _bare(parts: Iterable[str]) -> str:
    return re.sub(r"\s", "", "".join(parts))


def test_blocks_of_real_documents_have_a_display_as_long_as_their_text(
    seeds: dict[str, LoadResult],
) -> None:
    for result in seeds.values():
        for document in result.documents:
            assert document.blocks
            assert all(len(b.text) == len(b.display) and b.text for b in document.blocks)


def test_every_real_passage_under_a_unit_names_it(compilation: tuple[Document, ...]) -> None:
    tianjin = compilation[2]
    paragraphs = [b for b in tianjin.blocks if b.kind is BlockKind.PARAGRAPH and b.line > 291]
    headed = [b for b in paragraphs if b.heading_path]
    assert len(headed) / len(paragraphs) > 0.95


def test_a_point_on_a_line_of_its_own_heads_the_text_about_it(make_lines: MakeLines) -> None:
    text = f"要抓好两个环节：\n第一个是抓好排查。\n{BODY}{BODY}{BODY}\n第二个是抓好整治。\n{BODY}{BODY}{BODY}"
    blocks = blocks_of(make_lines(text))
    assert [b.kind for b in blocks[1:]] == [BlockKind.HEADING, BlockKind.PARAGRAPH] * 2
    assert [b.heading_path for b in blocks if b.kind is BlockKind.PARAGRAPH] == [
        (),
        ("第一个是抓好排查",),
        ("第二个是抓好整治",),
    ]


def test_points_in_a_row_are_items(make_lines: MakeLines) -> None:
    text = f"{BODY}\n一是抓好排查。\n二是抓好整治。\n三是抓好督导。"
    assert [b.kind for b in blocks_of(make_lines(text))[1:]] == [BlockKind.ITEM] * 3


def test_items_of_a_list_stand_under_the_heading_of_their_lead_in(make_lines: MakeLines) -> None:
    text = f"第八条 不支付下列费用：\n（一）应当由第三人负担的；\n（二）在境外就医的。\n{BODY}"
    blocks = blocks_of(make_lines(text))
    assert [b.kind for b in blocks[1:3]] == [BlockKind.ITEM] * 2
    assert {b.heading_path for b in blocks} == {("第八条",)}


def test_lines_without_marks_below_a_lead_in_are_items(make_lines: MakeLines) -> None:
    blocks = blocks_of(make_lines("下列人员可以参加：\n本市户籍人员；\n在校学生；\n其他人员。"))
    assert [b.kind for b in blocks[1:]] == [BlockKind.ITEM] * 3


def test_headings_stand_in_the_order_in_which_the_document_numbers(make_lines: MakeLines) -> None:
    text = f"1.总体要求\n（一）目标\n{BODY}\n（二）原则\n{BODY}\n2.保障\n（一）资金\n{BODY}"
    blocks = blocks_of(make_lines(text))
    assert [b.heading_path for b in blocks if b.kind is BlockKind.PARAGRAPH] == [
        ("1.总体要求", "（一）目标"),
        ("1.总体要求", "（二）原则"),
        ("2.保障", "（一）资金"),
    ]


def test_numbers_that_run_on_over_the_parts_stay_inside_them(make_lines: MakeLines) -> None:
    text = f"（一）平台\n1.建设\n{BODY}\n2.试验\n{BODY}\n（二）生态\n3.人才\n{BODY}"
    blocks = blocks_of(make_lines(text))
    assert blocks[-1].heading_path == ("（二）生态", "3.人才")


def test_a_heading_with_a_value_is_text_too(make_lines: MakeLines) -> None:
    blocks = blocks_of(
        make_lines(f"1.低保标准 1309元/人·月\n{BODY}\n2.特困标准 2094元/人·月\n{BODY}")
    )
    assert [b.kind for b in blocks] == [BlockKind.PARAGRAPH] * 4
    assert blocks[1].heading_path == ("1.低保标准 1309元/人·月",)
