"""Presentations made by python-pptx."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from corpus.errors import UnreadableFileError
from corpus.raw import LineKind
from tests.corpus.readers.docx.word_files import changed, saved

CAPTION, HEADING, NOTE, ROW, TEXT, TITLE = (
    LineKind.CAPTION, LineKind.HEADING, LineKind.NOTE, LineKind.TABLE_ROW, LineKind.TEXT,
    LineKind.TITLE,
)  # fmt: skip


def slide_with_title(show: Any, title: str) -> Any:
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = title
    return slide


def add_text(slide: Any, text: str, left: float, top: float) -> Any:
    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(3), Inches(1))
    box.text_frame.text = text
    return box


def lines(document) -> list[tuple[LineKind, str, int | None]]:
    return [(line.kind, line.text, line.page) for line in document.lines]


def test_titles_text_in_reading_order_and_speaker_notes(read) -> None:
    show = pptx.Presentation()
    first = slide_with_title(show, "养老服务工作汇报")
    add_text(first, "右栏", 6, 2)
    add_text(first, "下面", 1, 4)
    add_text(first, "左栏第一段\n左栏第二段", 1, 2)
    second = slide_with_title(show, "一、总体情况")
    add_text(second, "床位2100张。", 1, 2)
    second.notes_slide.notes_text_frame.text = "口头补充：含在建。"
    document = read("a.pptx", saved(show))
    assert lines(document) == [
        (TITLE, "养老服务工作汇报", 1),
        (TEXT, "左栏第一段", 1),
        (TEXT, "左栏第二段", 1),
        (TEXT, "右栏", 1),
        (TEXT, "下面", 1),
        (HEADING, "一、总体情况", 2),
        (TEXT, "床位2100张。", 2),
        (NOTE, "备注：口头补充：含在建。", 2),
    ]
    assert (document.format, document.paragraphs_reliable) == ("pptx", True)


def test_hidden_slides_are_left_out_with_a_warning(read) -> None:
    show = pptx.Presentation()
    slide_with_title(show, "公开")
    slide_with_title(show, "内部").element.set("show", "0")
    document = read("a.pptx", saved(show))
    assert lines(document) == [(TITLE, "公开", 1)]
    assert document.warnings == ("没有读取 1 张隐藏的幻灯片",)


def test_a_table_with_merged_cells_and_a_chart_become_records(read) -> None:
    show = pptx.Presentation()
    slide = slide_with_title(show, "表")
    frame = slide.shapes.add_table(3, 3, Inches(1), Inches(2), Inches(6), Inches(2))
    for at, text in enumerate(("片区", "街道", "户数", "东片", "青石", "120", "", "柳林", "95")):
        frame.table.cell(at // 3, at % 3).text = text
    frame.table.cell(1, 0).merge(frame.table.cell(2, 0))
    data = CategoryChartData()
    data.categories = ["东城区", "北山县"]
    data.add_series("床位", (1800, 2100))
    slide.shapes.add_chart(
        XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(5), Inches(4), Inches(2), data
    )
    texts = [line.text for line in read("a.pptx", saved(show)).lines if line.kind is ROW]
    assert texts[:2] == ["片区：东片；街道：青石；户数：120", "片区：东片；街道：柳林；户数：95"]
    assert texts[2:] == ["东城区；床位：1800.0", "北山县；床位：2100.0"] or texts[2:] == [
        "东城区；床位：1800", "北山县；床位：2100",
    ]  # fmt: skip


def test_groups_are_read_and_raised_marks_leave_the_number(read) -> None:
    show = pptx.Presentation()
    slide = slide_with_title(show, "组合")
    group = slide.shapes.add_group_shape()
    box = group.shapes.add_textbox(Inches(1), Inches(2), Inches(3), Inches(1))
    paragraph = box.text_frame.paragraphs[0]
    for text, baseline in (("人口352", ""), ("1", "30000"), ("万人，10", ""), ("6", "30000")):
        run = paragraph.add_run()
        run.text = text
        if baseline:
            run._r.get_or_add_rPr().set("baseline", baseline)
    assert lines(read("a.pptx", saved(show)))[-1] == (TEXT, "人口352万人，10⁶", 1)


def test_a_relation_to_nothing_is_no_hindrance_and_damage_is_named(read) -> None:
    show = pptx.Presentation()
    slide_with_title(show, "标题")
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    relation = b'<Relationship Id="n" Type="' + kind + b'" Target="../NULL"/></Relationships>'
    data = changed(
        saved(show),
        lambda name, xml: (
            xml.replace(b"</Relationships>", relation)
            if name == "ppt/slides/_rels/slide1.xml.rels"
            else xml
        ),
    )
    assert lines(read("a.pptx", data)) == [(TITLE, "标题", 1)]
    for damaged in (data[: len(data) // 2], data[:60]):
        with pytest.raises(UnreadableFileError, match="损坏"):
            read("a.pptx", damaged)
    with pytest.raises(UnreadableFileError, match="空文件"):
        read("a.pptx", saved(pptx.Presentation()))
    assert zipfile.is_zipfile(io.BytesIO(data))
