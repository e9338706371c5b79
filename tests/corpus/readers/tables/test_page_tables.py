"""Tables of PDF, OFD and scans: their cells, whatever is drawn of them; and what is no table."""

from __future__ import annotations

import pytest

from corpus.raw import LineKind
from tests.corpus.readers.tables import five_tables
from tests.corpus.readers.tables.drawn_tables import (
    LEFT,
    TOP,
    Cell,
    Sheet,
    Style,
    as_ofd,
    as_pdf,
    as_png,
    cells_right,
    draw,
    values,
)
from tests.corpus.readers.tables.no_tables import DRAWERS, page_without_table

ENOUGH = 0.95
HEADS = ("序号", "任务", "责任单位", "时限")
WIDTHS = (40, 220, 120, 90)
FULL_WIDTH = str.maketrans("()", "（）")


def rows_of(document) -> list[str]:
    return [line.text for line in document.lines if line.kind is LineKind.TABLE_ROW]


def captions_of(document) -> list[str]:
    return [line.text for line in document.lines if line.kind is LineKind.CAPTION]


@pytest.mark.parametrize("style", ["grid", "open", "three", "level", "none"])
@pytest.mark.parametrize("table", ["budget", "contacts", "beds"])
def test_cells_of_a_pdf_table(read, table: str, style: str) -> None:
    sheets, expected = getattr(five_tables, table)(Style(style))
    document = read("a.pdf", as_pdf(sheets))
    assert len(rows_of(document)) == len(expected)
    assert cells_right(document, expected) >= ENOUGH
    assert document.lines[0].kind is LineKind.TEXT


@pytest.mark.parametrize("style", ["grid", "open", "three", "level"])
def test_wrapped_cells_and_cells_over_rows(read, style: str) -> None:
    sheets, expected = five_tables.tasks(Style(style))
    assert cells_right(read("a.pdf", as_pdf(sheets)), expected) >= ENOUGH


def test_wrapped_cells_in_the_middle_of_their_rows(read) -> None:
    sheets, expected = five_tables.tasks(Style("grid", centred=True))
    assert cells_right(read("a.pdf", as_pdf(sheets)), expected) >= ENOUGH


@pytest.mark.parametrize("repeat", [True, False])
@pytest.mark.parametrize("style", ["grid", "open", "three", "columns", "none"])
def test_a_table_over_pages_is_one(read, style: str, repeat: bool) -> None:
    sheets, expected = five_tables.projects(Style(style), repeat)
    document = read("a.pdf", as_pdf(sheets))
    assert len(sheets) > 2
    assert len(rows_of(document)) == len(expected)
    assert cells_right(document, expected) >= ENOUGH
    pages = [line.page for line in document.lines]
    assert pages == sorted(pages)
    assert pages[-1] == len(sheets)


def test_caption_and_unit_line_go_to_the_table(read) -> None:
    sheets, _ = five_tables.budget(Style("grid"))
    document = read("a.pdf", as_pdf(sheets))
    assert captions_of(document) == ["表1 2024年全市一般公共预算收入执行情况", "单位：万元"]
    first, *_, last = document.lines
    assert first.text.startswith("2024年，")
    assert last.text.startswith("从支出看，")


def test_a_row_torn_by_a_page_end_is_one_row(read) -> None:
    sheets = [Sheet(), Sheet()]
    above = [
        HEADS,
        ("1", "建立台账", "市财政局", "3月底"),
        ("2", "推进企业开办一网通办，首套印章", "市公安局", "6月底"),
    ]
    below = [("", "费用由财政承担", "", ""), ("3", "清理拖欠账款", "市工信局", "9月底")]
    draw(sheets[:1], above, WIDTHS)
    draw(sheets[1:], below, WIDTHS)
    rows = values(read("a.pdf", as_pdf(sheets)))
    assert len(rows) == 3
    assert rows[1][1] == ("任务", "推进企业开办一网通办，首套印章费用由财政承担")
    assert rows[2][0] == ("序号", "3")


def test_a_cell_over_rows_of_two_pages_names_the_rows_of_both(read) -> None:
    sheets = [Sheet(), Sheet()]
    heads = ("类别", "序号", "任务")
    widths = (80, 60, 240)
    draw(sheets[:1], [heads, [Cell("要素保障", 2), "1", "建立台账"], ["2", "落实责任"]], widths)
    draw(sheets[1:], [["", "3", "逐笔销号"], ["市场准入", "4", "一网通办"]], widths)
    rows = values(read("a.pdf", as_pdf(sheets)))
    assert [dict(row)["类别"] for row in rows] == ["要素保障", "要素保障", "要素保障", "市场准入"]


def test_two_tables_on_two_pages_stay_two(read) -> None:
    sheets = [Sheet(), Sheet()]
    sheets[0].text(LEFT, TOP, "表1 任务分工")
    draw(sheets[:1], [HEADS, ("1", "建立台账", "市财政局", "3月底")], WIDTHS, y=TOP + 8)
    sheets[1].text(LEFT, TOP, "表2 县区情况")
    counties = [("县区", "乡镇", "面积", "人口"), ("北山县", "12", "2100", "36")]
    draw(sheets[1:], counties, WIDTHS, y=TOP + 8)
    document = read("a.pdf", as_pdf(sheets))
    assert captions_of(document) == ["表1 任务分工", "表2 县区情况"]
    assert values(document)[1][0] == ("县区", "北山县")


def test_paragraphs_of_a_cell_stay_apart(read) -> None:
    sheet = Sheet()
    draw([sheet], [HEADS, ("1", "建立台账", "市财政局\n市公安局", "3月底")], WIDTHS)
    assert "责任单位：市财政局 市公安局；" in rows_of(read("a.pdf", as_pdf([sheet])))[0]


@pytest.mark.parametrize("name", sorted(DRAWERS))
def test_what_is_no_table_is_not_taken_for_one(read, name: str) -> None:
    document = read("a.pdf", as_pdf(page_without_table(name)))
    assert {line.kind for line in document.lines} == {LineKind.TEXT}


@pytest.mark.parametrize(
    ("table", "style"),
    [("budget", "grid"), ("tasks", "open"), ("beds", "three"), ("contacts", "none")],
)
def test_cells_of_an_ofd_table(read, table: str, style: str) -> None:
    sheets, expected = getattr(five_tables, table)(Style(style))
    assert cells_right(read("a.ofd", as_ofd(sheets)), expected) >= ENOUGH


def test_an_ofd_table_over_pages_is_one(read) -> None:
    sheets, expected = five_tables.projects(Style("grid"), repeat=True)
    assert cells_right(read("a.ofd", as_ofd(sheets)), expected) >= ENOUGH


@pytest.mark.timeout(60)
def test_a_page_of_text_costs_little_time(read) -> None:
    data = as_pdf(page_without_table("two columns"))
    read("a.pdf", data)
    read("a.pdf", data)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "style", "turn"), [("tasks", "grid", 0.0), ("beds", "three", 0.8)]
)
def test_cells_of_a_scanned_table(read, table: str, style: str, turn: float) -> None:
    sheets, expected = getattr(five_tables, table)(Style(style, size=11))
    document = read("a.png", as_png(sheets[0], turn=turn))
    # Recognition takes full-width brackets for half-width ones.
    found = {(head.translate(FULL_WIDTH), value) for row in values(document) for head, value in row}
    right = [("".join(head.split()), value) in found for row in expected for head, value in row]
    assert len(values(document)) == len(expected)
    assert sum(right) / len(right) >= ENOUGH


@pytest.mark.slow
def test_a_scanned_table_turned_by_a_quarter_reads_upright(read) -> None:
    sheet = Sheet()
    sheet.text(LEFT, TOP, "平陵市优化营商环境任务分工表", 14)
    draw(
        [sheet],
        [HEADS, ("1", "推进企业开办一网通办", "市公安局", "2025年3月底")],
        WIDTHS,
        y=TOP + 20,
    )
    document = read("a.png", as_png(sheet, turn=270))
    assert document.lines[0].text == "平陵市优化营商环境任务分工表"
    assert [dict(row)["责任单位"] for row in values(document)] == ["市公安局"]
