"""Workbooks as a reader sees them: hidden cells, comments, boxes, long numbers, odd tables."""

from __future__ import annotations

import datetime
import io
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from corpus.raw import LineKind
from corpus.readers.xlsx.number_formats import shown
from corpus.readers.xlsx.sheet import Row, sheet_lines
from tests.corpus.readers.docx.word_files import changed, saved

CAPTION, HEADING, NOTE, ROW, TEXT, TITLE = (
    LineKind.CAPTION, LineKind.HEADING, LineKind.NOTE, LineKind.TABLE_ROW, LineKind.TEXT,
    LineKind.TITLE,
)  # fmt: skip
SHEET = "xl/worksheets/sheet1.xml"


def book_of(*rows: list[Any]) -> Any:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def texts(document) -> list[str]:
    """The lines; how the names above each other are joined is tested with the model of tables."""
    return [line.text.replace("·", " ") for line in document.lines]


def test_hidden_rows_and_columns_are_left_out_with_a_warning(read) -> None:
    book = book_of(
        ["岗位", "人数", "内部评分", "备注"], ["护士", 12, "A", "公开"], ["内定", 99, "B", ""],
        ["医生", 8, "C", ""],
    )  # fmt: skip
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    document = read("a.xlsx", saved(book))
    assert texts(document) == ["岗位：护士；人数：12；备注：公开", "岗位：医生；人数：8"]
    assert document.warnings == ("没有读取 1 个隐藏行", "没有读取 1 个隐藏列")


def test_a_range_merged_from_a_hidden_row_keeps_its_value(read) -> None:
    book = book_of(["片区", "街道"], ["东片", "青石"], [None, "柳林"], ["西片", "南湖"])
    book.active.merge_cells("A2:A3")
    book.active.row_dimensions[2].hidden = True
    assert texts(read("a.xlsx", saved(book))) == [
        "片区：东片；街道：柳林",
        "片区：西片；街道：南湖",
    ]


def test_comments_stand_behind_their_row_and_hidden_ones_nowhere(read) -> None:
    book = book_of(["费种", "标准", "内部"], ["处理费", "6元", "x"], ["清运费", "8元", "y"])
    book.active["B2"].comment = Comment("张三:\n低保户免收", "张三")
    book.active["C3"].comment = Comment("不公开", "张三")
    book.active.column_dimensions["C"].hidden = True
    document = read("a.xlsx", saved(book))
    assert [(line.kind, line.text) for line in document.lines] == [
        (ROW, "费种：处理费；标准：6元"),
        (NOTE, "批注（6元）：低保户免收"),
        (ROW, "费种：清运费；标准：8元"),
    ]


def test_text_boxes_are_read(read) -> None:
    book = book_of(["费种", "标准"], ["处理费", "6元"], ["清运费", "8元"])
    main = "http://schemas.openxmlformats.org"
    drawing = (
        f'<xdr:wsDr xmlns:xdr="{main}/drawingml/2006/spreadsheetDrawing" xmlns:a="{main}/drawingml/2006/main">'
        "<xdr:twoCellAnchor><xdr:from><xdr:row>9</xdr:row></xdr:from><xdr:sp><xdr:txBody><a:p><a:r>"
        "<a:t>7月起提高到8元。</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"
    ).encode()
    relations = (
        f'<Relationships xmlns="{main}/package/2006/relationships"><Relationship Id="d" '
        f'Type="{main}/officeDocument/2006/relationships/drawing" Target="../drawings/d.xml"/></Relationships>'
    ).encode()
    added = {"xl/worksheets/_rels/sheet1.xml.rels": relations, "xl/drawings/d.xml": drawing}
    document = read("a.xlsx", changed(saved(book), added=added))
    assert texts(document)[-1] == "7月起提高到8元。"


def test_a_workbook_inside_is_read(read) -> None:
    inner = saved(book_of(["项目", "金额"], ["道路", "432万元"]))
    main = "http://schemas.openxmlformats.org"
    relations = (
        f'<Relationships xmlns="{main}/package/2006/relationships"><Relationship Id="p" '
        f'Type="{main}/officeDocument/2006/relationships/package" Target="../embeddings/e.xlsx"/></Relationships>'
    ).encode()
    added = {"xl/worksheets/_rels/sheet1.xml.rels": relations, "xl/embeddings/e.xlsx": inner}
    document = read("a.xlsx", changed(saved(book_of(["一", "二"], [1, 2])), added=added))
    assert texts(document)[-1] == "项目：道路；金额：432万元"


@pytest.mark.parametrize(
    ("raw", "text", "is_cut"),
    [
        ("110101199001011234", "110101199001011234", False),
        ("1.10101199001011234E+17", "110101199001011234", False),
        ("1.10101199001011E+17", "110101199001011000", True),
        ("9.1E+5", "910000", False),
    ],
)
def test_long_numbers_keep_the_digits_that_the_file_has(read, raw, text, is_cut) -> None:
    data = changed(
        saved(book_of(["单位", "代码"], ["甲", 7])),
        lambda name, xml: (
            xml.replace(b"<v>7</v>", f"<v>{raw}</v>".encode()) if name == SHEET else xml
        ),
    )
    document = read("a.xlsx", data)
    assert texts(document) == [f"单位：甲；代码：{text}"]
    assert bool(document.warnings) == is_cut


def test_raised_marks_and_struck_words_of_rich_text(read) -> None:
    book = book_of(["项目", "数量"])
    raised, struck = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
    book.active.append(["人口", CellRichText("352", TextBlock(raised, "1"), "万人")])
    book.active.append(["面积", CellRichText("12m", TextBlock(raised, "2"))])
    book.active.append(["奖励", CellRichText(TextBlock(struck, "50"), "80万元")])
    assert texts(read("a.xlsx", saved(book))) == [
        "项目：人口；数量：352万人", "项目：面积；数量：12m²", "项目：奖励；数量：80万元",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (12345, '0!.0,"万元"', "1.2万元"),
        (350000, "0\\.0,", "35.0"),
        (500, '0!.0,"万元"', "0.1万元"),
        (1.25, "# ?/?", "1 1/4"),
        (0.375, "?/8", "3/8"),
        (2, "# ?/?", "2"),
        (123, "[DBNum1]General", "一百二十三"),
        (123, "[DBNum1][$-804]0", "一二三"),
        (105, "[DBNum2][$-804]General", "壹佰零伍"),
        (123, '[DBNum1][$-804]G/通用格式"元"', "一百二十三元"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (-1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-1,234.50"),
        (15000, '[>=10000]0!.0,"万元";0"元"', "1.5万元"),
        (800, '[>=10000]0!.0,"万元";0"元"', "800元"),
        (202405, '0000"年"00"月"', "2024年05月"),
        (13800001111, "000-0000-0000", "138-0000-1111"),
        (-5, '"盈利"0;"亏损"0', "亏损5"),
        (-5, "0;[Red]0", "-5"),
        (5, ";;;", ""),
        ("甲", '"第"@"号"', "第甲号"),
        (0.0355, "0.0‰", "35.5‰"),
        (12.5, '0.0"元/月"', "12.5元/月"),
        (1234567, '#,##0.00,,"百万"', "1.23百万"),
        (-0.4, "0", "0"),
        (1.2e-07, "General", "0.00000012"),
        (12345678901.25, "General", "12345678901.25"),
        (1e300, "0.00", "1e+300"),
        (110101199001011234, "0.00", "110101199001011234.00"),
    ],
)
def test_number_formats_of_offices(value: Any, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


def test_built_in_chinese_dates_and_days_from_1904(read) -> None:
    book = book_of(["事项", "日期"], ["年报", 45473], ["月报", 45473])
    for place, number in (("B2", 31), ("B3", 57)):
        book.active[place].number_format = f"yyyy{number}"
    data = changed(
        saved(book),
        lambda name, xml: _with_format_ids(xml) if name == "xl/styles.xml" else xml,
    )
    assert texts(read("a.xlsx", data)) == [
        "事项：年报；日期：2024年6月30日",
        "事项：月报；日期：2024年6月",
    ]
    book = book_of(["事项", "日期"], ["年报", datetime.date(2024, 6, 30)])
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert texts(read("b.xlsx", saved(book))) == ["事项：年报；日期：2024年6月30日"]


def _with_format_ids(xml: bytes) -> bytes:
    """Styles whose own formats became those that Chinese versions build in."""
    import re

    own = dict(re.findall(rb'numFmtId="(\d+)" formatCode="yyyy(\d+)"', xml))
    for number, built_in in own.items():
        xml = xml.replace(b'numFmtId="' + number + b'"', b'numFmtId="' + built_in + b'"')
    return re.sub(rb"<numFmts.*?</numFmts>", b"", xml)


def test_the_strict_form_of_a_workbook_is_read(read) -> None:
    def strict(name: str, xml: bytes) -> bytes:
        if not name.endswith((".xml", ".rels")):
            return xml
        main = b"http://schemas.openxmlformats.org/"
        xml = xml.replace(
            main + b"spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
        )
        return xml.replace(
            main + b"officeDocument/2006/rel", b"http://purl.oclc.org/ooxml/officeDocument/rel"
        )

    data = changed(saved(book_of(["单位", "数量"], ["甲", 1])), strict)
    assert texts(read("a.xlsx", data)) == ["单位：甲；数量：1"]


def test_names_over_columns_that_were_not_merged_are_joined(read) -> None:
    book = book_of(
        ["县区", "城市低保", None, "农村低保", None], [None, "人数", "金额", "人数", "金额"],
        ["东城区", 1200, 360, 300, 75], ["西郊区", 800, 240, 2100, 525],
    )  # fmt: skip
    assert texts(read("a.xlsx", saved(book)))[0] == (
        "县区：东城区；城市低保 人数：1200；城市低保 金额：360；农村低保 人数：300；农村低保 金额：75"
    )


def test_section_names_across_a_table_are_captions_and_notes_are_notes(read) -> None:
    book = book_of(
        ["项目", "预算", "决算"], ["一、税收", None, None], ["增值税", 10, 11], ["说明：含上年结转。", None, None],
    )  # fmt: skip
    book.active.merge_cells("A2:C2")
    document = read("a.xlsx", saved(book))
    assert [(line.kind, line.text) for line in document.lines] == [
        (CAPTION, "一、税收"),
        (ROW, "项目：增值税；预算：10；决算：11"),
        (NOTE, "说明：含上年结转。"),
    ]


def test_a_second_table_behind_a_gap_has_its_own_heads_without_a_title(read) -> None:
    book = book_of(["项目", "预算"], ["税收", 10], [], ["科目", "支出"], ["教育", 5])
    assert texts(read("a.xlsx", saved(book))) == ["项目：税收；预算：10", "科目：教育；支出：5"]


def test_relations_of_a_workbook_to_nothing_are_no_hindrance(read) -> None:
    data = changed(
        saved(book_of(["单位", "数量"], ["甲", 1])),
        lambda name, xml: (
            xml.replace(
                b"</Relationships>",
                b'<Relationship Id="n" Type="http://a/externalLink" Target="NULL"/></Relationships>',
            )
            if name == "xl/_rels/workbook.xml.rels"
            else xml
        ),
    )
    assert io.BytesIO(data).getbuffer().nbytes > 0
    assert texts(read("a.xlsx", data)) == ["单位：甲；数量：1"]


def test_what_stands_above_and_below_a_table_is_told_from_its_rows(read) -> None:
    book = book_of(
        ["附件2", None, None], ["养老服务补助分配表", None, None], ["填报单位：民政局", None, "单位：万元"],
        ["县区", "机构", "金额"], ["东城区", 12, 350], ["北山县", 15, 420], ["制表：张三", "审核：李四", None],
    )  # fmt: skip
    document = read("a.xlsx", saved(book))
    assert [(line.kind, line.text) for line in document.lines] == [
        (TEXT, "附件2"),
        (TITLE, "养老服务补助分配表"),
        (CAPTION, "填报单位：民政局 单位：万元"),
        (ROW, "县区：东城区；机构：12；金额：350"),
        (ROW, "县区：北山县；机构：15；金额：420"),
        (NOTE, "制表：张三 审核：李四"),
    ]


def test_heads_of_three_tiers_are_joined(read) -> None:
    book = book_of(
        ["县区", "2024年", None, None, None], [None, "城市", None, "农村", None],
        [None, "人数", "金额", "人数", "金额"], ["东城区", 1, 2, 3, 4], ["北山县", 5, 6, 7, 8],
    )  # fmt: skip
    for place in ("A1:A3", "B1:E1", "B2:C2", "D2:E2"):
        book.active.merge_cells(place)
    assert texts(read("a.xlsx", saved(book)))[0] == (
        "县区：东城区；2024年 城市 人数：1；2024年 城市 金额：2；2024年 农村 人数：3；2024年 农村 金额：4"
    )


def test_two_parts_of_a_table_beside_each_other_are_one_table(read) -> None:
    book = book_of(
        ["县区", "床位", None, "县区", "床位"],
        ["甲县", 10, None, "丙县", 30],
        ["乙县", 20, None, "丁县", 40],
    )
    assert texts(read("a.xlsx", saved(book))) == [
        "县区：甲县；床位：10", "县区：乙县；床位：20", "县区：丙县；床位：30", "县区：丁县；床位：40",
    ]  # fmt: skip


def test_names_without_rows_below_are_not_lost(read) -> None:
    book = book_of(["说明", "由民政局填报。"], [], ["县区", "床位"], ["甲县", 10], ["乙县", 20])
    document = read("a.xlsx", saved(book))
    assert [(line.kind, line.text) for line in document.lines] == [
        (NOTE, "说明 由民政局填报。"),
        (ROW, "县区：甲县；床位：10"),
        (ROW, "县区：乙县；床位：20"),
    ]


@pytest.mark.timeout(60)
def test_rows_of_one_cell_without_end_take_no_time() -> None:
    rows = [Row(number, {1: f"第{number}行"}) for number in range(1, 20_001)]
    assert len(list(sheet_lines(rows, ()))) == 20_000
