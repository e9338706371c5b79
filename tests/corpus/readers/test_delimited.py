"""Tables of separated values in the encodings and forms that offices export."""

from __future__ import annotations

import pytest

from corpus.errors import UnreadableFileError
from corpus.raw import LineKind
from corpus.readers import ReadLimits, read_file

ROWS = ["县区{0}床位数", "东城区{0}1800", "北山县{0}2100"]
RECORDS = ["县区：东城区；床位数：1800", "县区：北山县；床位数：2100"]


def texts(document) -> list[str]:
    return [line.text for line in document.lines]


@pytest.mark.parametrize("separator", [",", "\t", ";", "|", "，"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_separator_and_encoding_are_found(read, separator: str, encoding: str) -> None:
    text = "\r\n".join(ROWS).format(separator)
    document = read("a.csv", text.encode(encoding))
    assert texts(document) == RECORDS
    assert (document.format, document.paragraphs_reliable) == ("csv", True)


def test_tabs_of_a_tsv_and_the_separator_that_a_file_names(read) -> None:
    assert texts(read("a.tsv", "\n".join(ROWS).format("\t"))) == RECORDS
    assert texts(read("a.csv", "sep=;\n" + "\n".join(ROWS).format(";"))) == RECORDS


def test_quoted_cells_hold_separators_quotes_and_line_ends(read) -> None:
    text = '任务,单位\n"压减至60个工作日,\n推行""承诺制""",市住建局\n抵押登记,市自然资源局\n'
    assert texts(read("a.csv", text)) == [
        '任务：压减至60个工作日, 推行"承诺制"；单位：市住建局',
        "任务：抵押登记；单位：市自然资源局",
    ]


def test_title_unit_and_note_are_told(read) -> None:
    text = "2024年养老补助表,,\n单位：万元,,\n县区,机构,金额\n东城区,12,350\n北山县,15,420\n注：按季拨付。,,\n"
    assert [(line.kind, line.text) for line in read("a.csv", text).lines] == [
        (LineKind.TITLE, "2024年养老补助表"),
        (LineKind.CAPTION, "单位：万元"),
        (LineKind.TABLE_ROW, "县区：东城区；机构：12；金额：350"),
        (LineKind.TABLE_ROW, "县区：北山县；机构：15；金额：420"),
        (LineKind.NOTE, "注：按季拨付。"),
    ]


def test_digits_kept_from_a_spreadsheet_are_digits(read) -> None:
    text = '单位,代码\n甲,="00123"\n乙,\'110101199001011234\n'
    assert texts(read("a.csv", text)) == [
        "单位：甲；代码：00123",
        "单位：乙；代码：110101199001011234",
    ]


def test_a_quote_that_is_never_closed_costs_no_more_than_its_cell(read) -> None:
    text = "甲,乙\n" + '"' + "字" * 200_000 + "\n丙,丁\n"
    assert texts(read("a.csv", text))[-1].endswith("丁")


def test_too_many_cells_are_refused(write) -> None:
    path = write("a.csv", "甲,乙\n".encode() * 100)
    with pytest.raises(UnreadableFileError, match="单元格过多"):
        read_file(path, ReadLimits(max_cells=50))


def test_a_file_of_separators_alone_is_called_empty(read) -> None:
    with pytest.raises(UnreadableFileError, match="空文件"):
        read("a.csv", ",,,\n,,\n")
