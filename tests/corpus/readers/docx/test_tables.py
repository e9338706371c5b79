"""Tables of Word files as records."""

from __future__ import annotations

import pytest

from corpus.raw import LineKind
from tests.corpus.readers.docx.word_files import cell, paragraph, run, table, word_of

CAPTION, NOTE, ROW, TEXT = LineKind.CAPTION, LineKind.NOTE, LineKind.TABLE_ROW, LineKind.TEXT
START, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def lines(document) -> list[tuple[LineKind, str]]:
    return [(line.kind, line.text.replace("·", " ")) for line in document.lines if line.text]


def test_two_head_rows_with_spans_are_joined_and_unit_and_notes_told(read) -> None:
    data = word_of(
        "表1 困难群众补助分配表",
        "单位：万元",
        table(
            cell("县区", START) + cell("城市低保", span(2)) + cell("农村低保", span(2)),
            cell("", GOES_ON) + cell("人数") + cell("金额") + cell("人数") + cell("金额"),
            cell("东城区") + cell("1200") + cell("360") + cell("300") + cell("75"),
            cell("西郊区") + cell("800") + cell("240") + cell("2100") + cell("525"),
        ),
        "注：标准为每人每月720元。",
        "下一段。",
    )
    assert lines(read("a.docx", data)) == [
        (CAPTION, "表1 困难群众补助分配表"),
        (CAPTION, "单位：万元"),
        (ROW, "县区：东城区；城市低保 人数：1200；城市低保 金额：360；农村低保 人数：300；农村低保 金额：75"),
        (ROW, "县区：西郊区；城市低保 人数：800；城市低保 金额：240；农村低保 人数：2100；农村低保 金额：525"),
        (NOTE, "注：标准为每人每月720元。"),
        (TEXT, "下一段。"),
    ]  # fmt: skip


def test_cells_merged_downwards_belong_to_each_row_and_deleted_rows_to_none(read) -> None:
    rows = (
        cell("片区") + cell("街道") + cell("户数"),
        cell("东片", START) + cell("青石街道") + cell("120"),
        cell("", GOES_ON) + cell("柳林街道") + cell("95"),
        cell("西片", START) + cell("南湖街道") + cell("60"),
    )
    gone = (
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell('东片')}{cell('已撤街道')}{cell('1')}</w:tr></w:tbl>"
    )
    data = word_of(table(*rows).replace("</w:tbl>", gone))
    assert [text for _, text in lines(read("a.docx", data))] == [
        "片区：东片；街道：青石街道；户数：120",
        "片区：东片；街道：柳林街道；户数：95",
        "片区：西片；街道：南湖街道；户数：60",
    ]


def test_old_horizontal_merges_and_columns_left_out_keep_the_places(read) -> None:
    first = '<w:hMerge w:val="restart"/>'
    missing = (
        f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("12")}{cell("9")}</w:tr></w:tbl>'
    )
    data = word_of(
        table(
            cell("单位") + cell("收入") + cell("支出"),
            cell("甲局") + cell("停报", first) + cell("", "<w:hMerge/>"),
        ).replace("</w:tbl>", missing)
    )
    above, below = (text for _, text in lines(read("a.docx", data)))
    assert above.startswith("单位：甲局；收入")
    assert above.endswith("支出：停报")
    assert below.endswith("收入：12；支出：9")


def test_tables_with_nothing_between_are_one(read) -> None:
    head = cell("县区") + cell("床位")
    data = word_of(
        table(head, cell("东城区") + cell("1800")),
        table(head, cell("北山县") + cell("2100")),
    )
    assert [text for _, text in lines(read("a.docx", data))] == [
        "县区：东城区；床位：1800",
        "县区：北山县；床位：2100",
    ]


def test_a_letterhead_in_a_table_is_text(read) -> None:
    data = word_of(
        table(cell("平政办发〔2024〕19号") + cell("签发人：某某")),
        "平陵市人民政府办公室关于规范夜间施工的通知",
    )
    assert lines(read("a.docx", data)) == [
        (TEXT, "平政办发〔2024〕19号"),
        (TEXT, "签发人：某某"),
        (TEXT, "平陵市人民政府办公室关于规范夜间施工的通知"),
    ]


def test_a_table_inside_a_frame_of_tables_is_a_table(read) -> None:
    inner = table(cell("县区") + cell("床位"), cell("北山县") + cell("2100"))
    frame = f"<w:tbl><w:tr><w:tc>{paragraph(run('左栏'))}</w:tc><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    assert lines(read("a.docx", word_of(frame))) == [
        (TEXT, "左栏"),
        (ROW, "县区：北山县；床位：2100"),
    ]


def test_a_table_in_a_text_box_is_a_table(read) -> None:
    inner = table(cell("项目") + cell("上限"), cell("科技") + cell("200万元"))
    box = f"<w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r>"
    assert lines(read("a.docx", word_of(paragraph(run("框外"), box)))) == [
        (TEXT, "框外"),
        (ROW, "项目：科技；上限：200万元"),
    ]


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        (("文件名称", "文号"), ("关于收费的通知", "平政办发〔2024〕19号")),
        (("事项", "截止日期"), ("年报", "2024年6月30日")),
        (("序号", "文号", "名称"), ("1", "平政办发〔2024〕19号", "通知")),
    ],
)  # fmt: skip
def test_a_small_table_of_documents_or_dates_is_no_letterhead(read, rows, last) -> None:
    data = word_of("关于收费的通知", table("".join(map(cell, rows)), "".join(map(cell, last)), "".join(map(cell, last[::-1]))))  # fmt: skip
    found = [text for kind, text in lines(read("a.docx", data)) if kind is ROW]
    assert f"{rows[1]}：{last[1]}" in found[0]


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ((("平陵市人民政府办公室文件", ""), ("平政办发〔2024〕19号", "签发人：某某")), "平政办发〔2024〕19号"),
        ((("发文机关", "平陵市人民政府"), ("发文字号", "平政办发〔2024〕19号")), "发文字号：平政办发〔2024〕19号"),
    ],
)  # fmt: skip
def test_letterheads_of_two_rows_are_text(read, rows, text: str) -> None:
    data = word_of(table(*("".join(map(cell, row)) for row in rows)), "平陵市关于收费的通知")
    assert (TEXT, text) in lines(read("a.docx", data))


def test_records_of_a_table_in_a_cell_are_led_by_their_row(read) -> None:
    inner = table(
        cell("档次") + cell("标准"), cell("一档") + cell("50元"), cell("二档") + cell("80元")
    )
    data = word_of(
        table(
            cell("项目") + cell("标准") + cell("部门"),
            cell("低保") + f"<w:tc>{inner}<w:p/></w:tc>" + cell("民政局"),
            cell("特困") + cell("900元") + cell("民政局"),
        )
    )
    assert [text for _, text in lines(read("a.docx", data))] == [
        "项目：低保；部门：民政局",
        "项目：低保；档次：一档；标准：50元",
        "项目：低保；档次：二档；标准：80元",
        "项目：特困；标准：900元；部门：民政局",
    ]
