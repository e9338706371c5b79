"""Printed lines become paragraphs by where they stand."""

from __future__ import annotations

from corpus.raw import LineKind, RawLine
from corpus.readers.furniture import PlacedLine
from corpus.readers.layout import Piece
from corpus.readers.paragraphs import join_paragraphs

SIZE, LEFT, LEADING = 16.0, 74.0, 28.0


def line(
    text: str, row: int, page: int = 1, indent: float = 0, kind: LineKind = LineKind.TEXT
) -> PlacedLine:
    left = LEFT + indent * SIZE
    top = 100 + LEADING * row
    piece = Piece(text, left, top, left + SIZE * len(text), top + SIZE, size=SIZE, kind=kind)
    return PlacedLine(RawLine(text, page, kind), piece, 842)


def texts(*pages: list[PlacedLine]) -> list[str]:
    return [found.text for found in join_paragraphs(pages)]


def test_where_paragraphs_are_indented_all_else_goes_on() -> None:
    first = "市发展改革委牵头完成园区规划编制工作任务并投入资金。"
    page = [
        line(first, 0, indent=2),
        line("一是抓好督查落实。二是抓好资金保障，确保按期完成各项目标任务", 1),
        line("安排。", 2),
        line("各县区要按时上报。", 3, indent=2),
        line("请遵照执行。", 4, indent=2),
    ]
    joined = first + page[1].line.text + "安排。"
    assert texts(page) == [joined, "各县区要按时上报。", "请遵照执行。"]


def test_without_indents_a_full_line_goes_on_unless_its_sentence_ends() -> None:
    full = "市发展改革委牵头完成园区规划编制工作任务并投入资金二亿五千万元用于"
    ended = full[:-2] + "元。"
    page = [
        line(full, 0),
        line("基础设施建设。", 1),
        line(ended, 2),
        line("另起一段的文字内容。", 3),
    ]
    assert texts(page) == [full + "基础设施建设。", ended, "另起一段的文字内容。"]


def test_headings_titles_lists_and_tables_are_not_joined() -> None:
    full = "市发展改革委牵头完成园区规划编制工作任务并投入资金二亿五千万元用于"
    page = [
        line("关于推进示范园区建设有关工作安排的通知", 0),
        line("各县区人民政府：", 1),
        line(full, 2),
        line("一、总体要求", 3),
        line(full, 4),
        line("县区：北山县；床位数：2100张", 5, kind=LineKind.TABLE_ROW),
        line("目录第一节……………………………………………………3", 6),
        line("目录第二节……………………………………………………4", 7),
    ]
    assert texts(page) == [placed.line.text for placed in page]


def test_a_sentence_goes_on_over_notes_and_pages_and_keeps_its_page() -> None:
    first = [
        line("市发展改革委牵头完成园区规划编制工作任务并投入资金，", 0),
        line("上一年度地方财政收入增长情况，逐年按照不低于", 1),
        line("注①：包括转移支付资金。", 20, kind=LineKind.NOTE),
    ]
    second = [line("百分之五的比例增加。", 0, page=2), line("第三条 补偿十六元。", 1, page=2)]
    joined = join_paragraphs([first, second])
    assert [(found.page, found.kind) for found in joined] == [
        (1, LineKind.TEXT),
        (1, LineKind.NOTE),
        (2, LineKind.TEXT),
    ]
    assert joined[0].text.endswith("逐年按照不低于百分之五的比例增加。")


def test_a_number_and_its_unit_stay_together_wherever_the_line_breaks() -> None:
    page = [line("全市常住人口为352万人，生产总值2860", 0), line("亿元，增长百分之六。", 1)]
    assert texts(page) == ["全市常住人口为352万人，生产总值2860亿元，增长百分之六。"]


def test_lines_of_unknown_place_stay_as_they_are() -> None:
    lines = [PlacedLine(RawLine(text, 1)) for text in ("甲" * 30, "乙" * 30)]
    assert texts(lines) == ["甲" * 30, "乙" * 30]
