"""Workbooks made by openpyxl, some with XML that other programs write."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from corpus.errors import UnreadableFileError
from corpus.raw import LineKind
from corpus.readers import ReadLimits, read_file
from corpus.readers.xlsx.number_formats import shown

TITLE, HEADING, TEXT, ROW = LineKind.TITLE, LineKind.HEADING, LineKind.TEXT, LineKind.TABLE_ROW
CAPTION, NOTE = LineKind.CAPTION, LineKind.NOTE


def saved(book: Any) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rows_of(*rows: list[Any], merged: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place in merged:
        book.active.merge_cells(place)
    return saved(book)


def changed(data: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == member else content)
    return buffer.getvalue()


def test_each_row_becomes_a_record_with_the_names_of_its_columns(read, shape) -> None:
    data = rows_of(
        ["某某市2024年重点项目清单"],
        ["单位：万元"],
        ["序号", "项目名称", "开工日期", "投资", "完成率"],
        [1, "城西供水厂", datetime.datetime(2024, 2, 5), 1200, 0.355],
        [],
        [2, "老旧小区\n改造", None, 80.5, 1],
        ["注：投资额为概算数，以批复为准。"],
        merged=("A1:E1", "A7:E7"),
    )
    book = openpyxl.load_workbook(io.BytesIO(data))
    for cell in ("E4", "E6"):
        book.active[cell].number_format = "0.0%"
    document = read("a.xlsx", saved(book))
    assert shape(document) == [
        (TITLE, 0, "某某市2024年重点项目清单"),
        (CAPTION, 0, "单位：万元"),
        (
            ROW,
            0,
            "序号：1；项目名称：城西供水厂；开工日期：2024年2月5日；投资：1200；完成率：35.5%",
        ),
        (ROW, 0, "序号：2；项目名称：老旧小区 改造；投资：80.5；完成率：100.0%"),
        (NOTE, 0, "注：投资额为概算数，以批复为准。"),
    ]
    assert (document.format, document.paragraphs_reliable) == ("xlsx", True)
    assert document.warnings == ()


def test_merged_cells_are_filled_and_headers_of_two_tiers_joined(read) -> None:
    data = rows_of(
        ["单位", "2023年", None, "备注"],
        [None, "收入", "支出", None],
        ["城管局", 10, 8, "已核"],
        [None, 12, 9, None],
        ["教育局", 20, 18, None],
        merged=("A1:A2", "B1:C1", "D1:D2", "A3:A4"),
    )
    lines = read("a.xlsx", data).lines
    assert [line.text.replace("·", " ") for line in lines] == [
        "单位：城管局；2023年 收入：10；2023年 支出：8；备注：已核",
        "单位：城管局；2023年 收入：12；2023年 支出：9",
        "单位：教育局；2023年 收入：20；2023年 支出：18",
    ]


def test_a_header_whose_upper_tier_spans_columns_only_has_two_tiers(read) -> None:
    data = rows_of(
        [None, "上半年", None],
        ["单位", "收入", "支出"],
        ["甲", 1, 2],
        ["乙", 3, 4],
        merged=("B1:C1",),
    )
    assert read("a.xlsx", data).lines[0].text.replace("·", " ") == (
        "单位：甲；上半年 收入：1；上半年 支出：2"
    )


def test_several_sheets_are_headings_and_hidden_ones_are_named_in_a_warning(read, shape) -> None:
    book = openpyxl.Workbook()
    book.active.title = "城区"
    for row in (["姓名", "职务"], ["张三", "局长"]):
        book.active.append(row)
    second = book.create_sheet("乡镇")
    for row in (["乡镇", "年份"], ["青山镇", 2024]):
        second.append(row)
    book.create_sheet("空表")
    book.create_sheet("字典").sheet_state = "hidden"
    document = read("a.xlsx", saved(book))
    assert shape(document) == [
        (HEADING, 1, "城区"),
        (ROW, 0, "姓名：张三；职务：局长"),
        (HEADING, 1, "乡镇"),
        (ROW, 0, "乡镇：青山镇；年份：2024"),
    ]
    assert document.warnings == ("没有读取隐藏的工作表：字典",)


def test_a_second_table_under_a_title_of_its_own_gets_its_own_header(read, shape) -> None:
    data = rows_of(
        ["单位", "人数"], ["甲局", 3], ["乙局", 5], [], ["二、车辆情况"], ["车型", "数量"], ["轿车", 2],
        ["客车", 1],
    )  # fmt: skip
    assert shape(read("a.xlsx", data)) == [
        (ROW, 0, "单位：甲局；人数：3"),
        (ROW, 0, "单位：乙局；人数：5"),
        (CAPTION, 0, "二、车辆情况"),
        (ROW, 0, "车型：轿车；数量：2"),
        (ROW, 0, "车型：客车；数量：1"),
    ]


def test_a_sheet_without_header_keeps_its_rows(read) -> None:
    data = rows_of(["张三", 13800000000], ["李四", 13900000000])
    assert [line.text for line in read("a.xlsx", data).lines] == [
        "张三；13800000000",
        "李四；13900000000",
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.1234, "0.00%", "12.34%"),
        (0.5, "0%", "50%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (12, '0"万元"', "12万元"),
        (3.14159, "0.0_ ", "3.1"),
        (-5, "0.00_);[Red](0.00)", "-5.00"),
        (1234.5, '"¥"#,##0.00', "¥1,234.50"),
        (1234.5, "[$¥-804]#,##0", "¥1,235"),
        (12_345_678, "#,##0,", "12,346"),
        (7, "000", "007"),
        (2.5, "0.##", "2.5"),
        (2, "0.##", "2"),
        (0.1 + 0.2, "General", "0.3"),
        (110101199001011234, "0", "110101199001011234"),
        (1e15, "General", "1000000000000000"),
        (0.000012, "General", "0.000012"),
        (float("nan"), "0.0", ""),
        (True, "General", "TRUE"),
        (datetime.datetime(2024, 2, 5), "yyyy/m/d", "2024年2月5日"),
        (datetime.datetime(2024, 2, 5), 'yyyy"年"m"月"', "2024年2月"),
        (datetime.datetime(2024, 2, 5, 14, 5), "yyyy-mm-dd hh:mm", "2024年2月5日 14:05"),
        (datetime.time(9, 30), "hh:mm", "9:30"),
        ("2024-02-05", "General", "2024-02-05"),
        (" 甲\u200b\u202e乙 ", "@", "甲乙"),
    ],
)
def test_values_are_written_as_people_see_them(value: Any, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


def test_formulas_give_their_saved_values_and_unsaved_ones_are_counted(read) -> None:
    data = rows_of(["单位", "人数", "合计"], ["甲", 1, "=1+1"], ["乙", 2, "=2+2"])
    document = read("a.xlsx", data)
    assert [line.text for line in document.lines] == ["单位：甲；人数：1", "单位：乙；人数：2"]
    assert document.warnings == ("有 2 个公式没有保存结果，请用 Excel 或 WPS 打开并保存一次",)
    cached = changed(data, "xl/worksheets/sheet1.xml", lambda x: x.replace(b"<v></v>", b"<v>4</v>").replace(b"<v />", b"<v>4</v>").replace(b"<v/>", b"<v>4</v>"))  # fmt: skip
    document = read("b.xlsx", cached)
    assert [line.text for line in document.lines] == [
        "单位：甲；人数：1；合计：4",
        "单位：乙；人数：2；合计：4",
    ]
    assert document.warnings == ()


def test_styles_that_openpyxl_refuses_cost_the_formats_alone(read) -> None:
    data = rows_of(["单位", "数量"], ["甲", 1], ["乙", 2])
    spoiled = changed(data, "xl/styles.xml", lambda x: x.replace(b"<fills", b"<fills><x/").replace(b"<cellXfs", b"<cellXfs bad='1'><y/>"))  # fmt: skip
    document = read("a.xlsx", spoiled)
    assert document.lines[0].text == "单位：甲；数量：1"


def test_a_workbook_with_too_many_cells_is_refused(write) -> None:
    path = write("a.xlsx", rows_of(*[["甲", "乙"]] * 50))
    with pytest.raises(UnreadableFileError, match="单元格过多"):
        read_file(path, ReadLimits(max_cells=60))


def test_a_cell_in_the_last_row_and_column_costs_no_memory(read) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1000000"] = "甲", "乙"
    assert [line.text for line in read("a.xlsx", saved(book)).lines] == ["甲", "乙"]


def test_declared_entities_are_refused(read) -> None:
    laughs = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]>'
    data = rows_of(["单位", "数量"], ["甲", 1])
    for member in ("xl/worksheets/sheet1.xml", "xl/workbook.xml"):
        bomb = changed(data, member, lambda xml: laughs + xml)
        with pytest.raises(UnreadableFileError, match="实体声明"):
            read("a.xlsx", bomb)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(read) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 50_000_000)
    with pytest.raises(UnreadableFileError, match="压缩炸弹"):
        read("a.xlsx", buffer.getvalue())


def test_truncated_and_empty_workbooks_are_refused(read) -> None:
    data = rows_of(["单位", "数量"], ["甲", 1])
    for damaged in (data[: len(data) // 2], data[:40]):
        with pytest.raises(UnreadableFileError, match="损坏"):
            read("a.xlsx", damaged)
    with pytest.raises(UnreadableFileError, match="空文件"):
        read("a.xlsx", saved(openpyxl.Workbook()))
