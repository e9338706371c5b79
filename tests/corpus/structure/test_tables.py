"""Tables as every format gives them → captions, records and notes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.raw import LineKind
from corpus.structure.tables import Table, TableCell, record, row_cells, table_lines

#: A text, a text with how many columns and rows it spans, or None where an upper cell reaches down.
Given = str | tuple[str, int] | tuple[str, int, int] | None


def made(*rows: list[Given], heads: int = 0, nested: bool = False) -> Table:
    cells = []
    for number, row in enumerate(rows):
        column = 0
        for one in row:
            text, columns, *down = (one, 1) if isinstance(one, str) else (one or ("", 1))
            if text:
                is_head = number < heads
                cells.append(TableCell(number, column, text, *(down or [1]), columns, is_head))
            column += columns
    return Table(tuple(cells), nested=nested)


def records(table: Table) -> list[str]:
    return [line.text for line in table_lines(table) if line.kind is LineKind.TABLE_ROW]


def kinds(table: Table) -> list[tuple[str, str]]:
    return [(line.kind.value, line.text) for line in table_lines(table)]


BUDGET = made(
    [("2024年低保资金分配表", 5)],
    [("单位：万元", 5)],
    [("县区", 1, 2), ("城市低保", 2), ("农村低保", 2)],
    [None, "户数", "金额", "户数", "金额"],
    ["东城区", "120", "360", "40", "100"],
    [("注：数据截至6月底", 5)],
)


def test_a_head_of_two_rows_a_caption_a_unit_line_and_a_note() -> None:
    assert kinds(BUDGET) == [
        ("caption", "2024年低保资金分配表"),
        ("caption", "单位：万元"),
        ("table_row", "县区：东城区；城市低保·户数：120；城市低保·金额：360；农村低保·户数：40；农村低保·金额：100"),
        ("note", "注：数据截至6月底"),
    ]  # fmt: skip


def test_a_head_of_two_rows_without_merged_cells_as_a_csv_has_it() -> None:
    table = made(
        ["县区", "2023年", "", "2024年", ""],
        ["", "户数", "金额", "户数", "金额"],
        ["东城区", "120", "360", "130", "390"],
    )
    assert records(table) == [
        "县区：东城区；2023年·户数：120；2023年·金额：360；2024年·户数：130；2024年·金额：390"
    ]


def test_three_rows_of_heads_the_last_of_units() -> None:
    table = made(
        [("县区", 1, 3), ("养老机构", 2)],
        [None, "机构数", "床位数"],
        [None, "（个）", "（张）"],
        ["北山县", "15", "2100"],
    )
    assert records(table) == [
        "县区：北山县；养老机构·机构数·（个）：15；养老机构·床位数·（张）：2100"
    ]


def test_heads_that_a_page_repeats_are_no_rows() -> None:
    head: list[Given] = ["项目", "金额"]
    assert records(made(head, ["道路", "30"], head, ["桥梁", "20"])) == [
        "项目：道路；金额：30",
        "项目：桥梁；金额：20",
    ]


def test_a_crosstab_has_heads_at_both_sides() -> None:
    table = made(["", "2022年", "2023年"], ["北山县", "100", "110"], ["南山县", "90", "95"])
    assert records(table) == ["北山县；2022年：100；2023年：110", "南山县；2022年：90；2023年：95"]


def test_columns_of_bare_years_are_named_by_them() -> None:
    table = made(["指标", "2022", "2023"], ["床位数", "100", "110"])
    assert records(table) == ["指标：床位数；2022：100；2023：110"]


def test_rows_across_the_table_name_the_rows_below_until_the_last_row() -> None:
    lines = table_lines(
        made(
            ["项目", "金额"],
            [("一、市级", 2)],
            [("（一）教育", 2)],
            ["学校", "100"],
            ["合计", "240"],
            [("填表日期2024年6月", 2)],
        )
    )
    levels = [line.level for line in lines]
    assert [line.kind.value for line in lines] == ["caption"] * 2 + ["table_row"] * 2 + ["note"]
    assert 0 < levels[0] < levels[1]
    assert levels[2:] == [0, 0, 0]


def test_what_stands_once_for_several_rows_is_told_with_each() -> None:
    merged = made(
        ["类别", "对象", "标准"],
        [("老年人", 1, 2), "80—89周岁", "50"],
        [None, "90—99周岁", "100"],
    )
    blank = made(
        ["类别", "对象", "标准"],
        ["老年人", "80—89周岁", "50"],
        ["", "90—99周岁", "100"],
        ["合计", "", "150"],
    )
    assert records(merged)[1] == records(blank)[1] == "类别：老年人；对象：90—99周岁；标准：100"
    assert records(blank)[2] == "类别：合计；标准：150"


def test_a_cell_over_two_columns_bears_both_names_once() -> None:
    table = made(["序号", "县区", "金额"], ["1", "北山县", "100"], [("合计", 2), "100"])
    assert records(table)[-1] == "序号、县区：合计；金额：100"


def test_empty_cells_are_left_out() -> None:
    table = made(["项目", "金额", "备注"], ["道路", "", "已完成"], ["桥梁", "20", ""])
    assert records(table) == ["项目：道路；备注：已完成", "项目：桥梁；金额：20"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [["姓名", "张三", "性别", "男"], ["出生年月", "1980年3月", "籍贯", "辽宁"], ["备注", ("无", 3)]],
            ["姓名：张三；性别：男", "出生年月：1980年3月；籍贯：辽宁", "备注：无"],
        ),
        (
            [["事项名称", "企业开办"], ["办理时限", "0.5个工作日"], ["收费标准", "不收费"]],
            ["事项名称：企业开办", "办理时限：0.5个工作日", "收费标准：不收费"],
        ),
    ],
)  # fmt: skip
def test_a_form_has_its_labels_beside_the_values(
    rows: list[list[Given]], expected: list[str]
) -> None:
    assert records(made(*rows)) == expected


def test_a_table_of_two_columns_is_no_form() -> None:
    table = made(["科室", "职责"], ["社会救助科", "负责低保审批"], ["养老科", "负责养老机构管理"])
    assert records(table)[0] == "科室：社会救助科；职责：负责低保审批"


def test_a_table_without_heads_keeps_its_cells_apart() -> None:
    assert records(made(["张三", "李四", "王五"], ["赵六", "钱七", "孙八"], ["周九", "吴十", "郑一"])) == [
        "张三；李四；王五", "赵六；钱七；孙八", "周九；吴十；郑一",
    ]  # fmt: skip


def test_numbers_of_the_columns_are_no_row() -> None:
    table = made(
        ["县区", "机构", "床位", "医生"], ["甲", "1", "2", "3"], ["北山县", "15", "2100", "31"]
    )
    assert records(table) == ["县区：北山县；机构：15；床位：2100；医生：31"]


def test_what_the_format_calls_a_head_is_one() -> None:
    rows: list[list[Given]] = [["张三", "李四"], ["王五", "赵六"], ["钱七", "孙八"]]
    assert records(made(*rows, heads=1)) == ["张三：王五；李四：赵六", "张三：钱七；李四：孙八"]


@pytest.mark.parametrize(
    "table",
    [
        made([("临漪市人民政府文件", 2)], ["临政发〔2024〕5号", "签发人：李明"]),
        made(["正文。" * 300]),
        made(["左栏的文字。" * 40, "右栏的文字。" * 40]),
        made(["说明", "各县区要加强管理。" * 80], ["要求", "按时报送。" * 20], nested=True),
    ],
)
def test_what_lays_out_a_page_is_text(table: Table) -> None:
    assert {line.kind for line in table_lines(table)} == {LineKind.TEXT}


def test_a_table_with_heads_stays_one_whatever_a_cell_holds() -> None:
    rows: list[list[Given]] = [
        ["任务", "时限"],
        ["推进改革。" * 150, "2025年3月"],
        ["另一项任务", "2025年6月"],
    ]
    assert len(records(made(*rows, nested=True))) == 2


def test_a_record_is_taken_apart_again() -> None:
    text = "北山县；全域；2022年：100；备注：一是做好；二是抓好"
    cells = row_cells(text)
    assert [(c.head, c.text) for c in cells] == [
        ("", "北山县"), ("", "全域"), ("2022年", "100"), ("备注", "一是做好；二是抓好"),
    ]  # fmt: skip
    assert all(text[c.start : c.end] == c.text for c in cells)


def test_signs_in_a_head_do_not_split_it() -> None:
    (cell,) = row_cells(record([("金额：万元；含税", "100")]))
    assert (cell.head, cell.text) == ("金额 万元 含税", "100")


TEXTS = st.text(alphabet="县区项目金额一二3456789.年月%：；（）", min_size=0, max_size=8).map(
    str.strip
)


@given(
    st.lists(
        st.builds(
            TableCell, st.integers(0, 8), st.integers(0, 6), TEXTS, st.integers(1, 4),
            st.integers(1, 4), st.booleans(), st.none(), st.booleans(),
        ),
        max_size=40,
    ),
    st.booleans(),
)  # fmt: skip
@settings(max_examples=400, deadline=None)
def test_no_figure_is_lost_and_nothing_is_invented(cells: list[TableCell], nested: bool) -> None:
    text = "\n".join(line.text for line in table_lines(Table(tuple(cells), nested=nested)))
    told = set(re.findall(r"\d+", text))
    own = {digits for cell in cells for digits in re.findall(r"\d+", cell.text)}
    assert own <= told
    assert set(text) - set("；： \n、·") <= {c for cell in cells for c in cell.text}
    assert told <= own


@pytest.mark.parametrize(
    "cells",
    [
        [TableCell(r, c, f"{r}行{c}") for r in range(10_000) for c in range(10)],
        [TableCell(i, 0, str(i), 100_000, 100) for i in range(100_000)],
        [TableCell(0, i, str(i), 100, 100_000) for i in range(20_000)],
        [TableCell(i, i % 7, f"第{i}", 65_535, 3) for i in range(30_000)],
        [TableCell(i, i, "x") for i in range(20_000)],
    ],
)
@pytest.mark.timeout(60)
def test_a_hundred_thousand_cells_take_seconds(cells: list[TableCell]) -> None:
    lines = table_lines(Table(tuple(cells)))
    assert lines
