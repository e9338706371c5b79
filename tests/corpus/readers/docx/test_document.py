"""Word files made by python-docx, some with XML that Word writes and python-docx cannot."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.errors import UnreadableFileError
from corpus.raw import LineKind
from corpus.readers.docx.numbering import format_number

TITLE, HEADING, TEXT, ROW = LineKind.TITLE, LineKind.HEADING, LineKind.TEXT, LineKind.TABLE_ROW
W = nsdecls("w")


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def texts(document: Any) -> list[str]:
    return [line.text for line in document.lines if line.text]


def test_styles_become_title_and_heading_levels_and_tables_become_rows(read, shape) -> None:
    word = docx.Document()
    word.add_paragraph("关于开展测试\n工作的通知", style="Title")
    word.add_heading("一、总体要求", 1)
    word.add_heading("（一）指导思想", 2)
    word.add_paragraph("正文第一段。")
    table = word.add_table(2, 2)
    for at, text in enumerate(("单位", "人数", "城管局", "12")):
        table.cell(at // 2, at % 2).text = text
    word.add_paragraph("表后一段。")
    document = read("a.docx", saved(word))
    assert shape(document) == [
        (TITLE, 0, "关于开展测试工作的通知"),
        (HEADING, 1, "一、总体要求"),
        (HEADING, 2, "（一）指导思想"),
        (TEXT, 0, "正文第一段。"),
        (ROW, 0, "单位：城管局；人数：12"),
        (TEXT, 0, "表后一段。"),
    ]
    assert (document.format, document.paragraphs_reliable, document.encoding) == ("docx", True, "")


def test_a_style_based_on_a_heading_and_a_chinese_style_name_count_as_headings(read, shape) -> None:
    word = docx.Document()
    own = word.styles.add_style("公文一级", 1)
    own.base_style = word.styles["Heading 1"]
    word.styles.add_style("标题 3", 1)
    word.add_paragraph("一、目标", style="公文一级")
    word.add_paragraph("1.任务", style="标题 3")
    assert shape(read("a.docx", saved(word))) == [(HEADING, 1, "一、目标"), (HEADING, 3, "1.任务")]


def test_a_long_paragraph_in_a_heading_style_is_text(read, shape) -> None:
    word = docx.Document()
    word.add_heading("一、" + "正文" * 100, 1)
    assert shape(read("a.docx", saved(word)))[0][0] is TEXT


def test_merged_cells_fill_each_of_their_places(read) -> None:
    word = docx.Document()
    table = word.add_table(3, 3)
    for cell, text in zip(table.rows[0].cells, ("单位", "职务", "姓名"), strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "城管局"
    table.cell(1, 1).merge(table.cell(1, 2)).text = "空缺"
    table.cell(2, 1).text, table.cell(2, 2).text = "科员", "李四"
    above, below = texts(read("a.docx", saved(word)))
    assert above.startswith("单位：城管局；职务")
    assert above.endswith("：空缺")
    assert below == "单位：城管局；职务：科员；姓名：李四"


def test_a_frame_of_one_cell_is_text_and_not_a_table(read, shape) -> None:
    word = docx.Document()
    word.add_table(1, 1).cell(0, 0).text = "某某市人民政府文件"
    assert shape(read("a.docx", saved(word))) == [(TEXT, 0, "某某市人民政府文件")]


def test_automatic_numbers_are_written_out(read) -> None:
    word = docx.Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for i, (kind, pattern) in enumerate(
            [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "第%3条")]
        )
    )
    numbering = word.part.numbering_part.element
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{levels}</w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    items = [
        (0, "加强领导"),
        (1, "压实责任"),
        (1, "细化措施"),
        (2, "台账"),
        (0, "保障"),
        (1, "经费"),
    ]
    for level, text in items:
        properties = word.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
        )
    assert texts(read("a.docx", saved(word))) == [
        "一、加强领导",
        "（一）压实责任",
        "（二）细化措施",
        "第1条 台账",
        "二、保障",
        "（一）经费",
    ]


@pytest.mark.parametrize(
    ("number", "number_format", "written"),
    [
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "japaneseCounting", "二十"),
        (105, "chineseCounting", "一百零五"),
        (110, "chineseCounting", "一百一十"),
        (3, "decimalEnclosedCircle", "③"),
        (2, "upperLetter", "B"),
        (14, "lowerRoman", "xiv"),
        (12, "decimalFullWidth", "１２"),
        (7, "unknown", "7"),
    ],
)
def test_numbers_are_written_as_word_writes_them(
    number: int, number_format: str, written: str
) -> None:
    assert format_number(number, number_format) == written


def test_insertions_controls_and_text_boxes_are_read_once_and_deletions_are_not(read) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("含修订：")._p
    paragraph.append(parse_xml(f"<w:ins {W}><w:r><w:t>插入</w:t></w:r></w:ins>"))
    paragraph.append(parse_xml(f"<w:del {W}><w:r><w:delText>删除</w:delText></w:r></w:del>"))
    box = "<w:txbxContent><w:p><w:r><w:t>框内文字</w:t></w:r></w:p></w:txbxContent>"
    word.add_paragraph("框外")._p.append(
        parse_xml(
            f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    control = "<w:sdtContent><w:p><w:r><w:t>控件里的段落</w:t></w:r></w:p></w:sdtContent>"
    word.element.body.insert(0, parse_xml(f"<w:sdt {W}>{control}</w:sdt>"))
    assert texts(read("a.docx", saved(word))) == [
        "控件里的段落",
        "含修订：插入",
        "框外",
        "框内文字",
    ]


def test_a_generated_table_of_contents_is_left_out(read) -> None:
    word = docx.Document()
    word.styles.add_style("toc 1", 1)
    word.add_paragraph("一、目标\t1", style="toc 1")
    word.add_paragraph("正文。")
    assert texts(read("a.docx", saved(word))) == ["正文。"]


def test_a_document_without_text_is_called_empty(read) -> None:
    with pytest.raises(UnreadableFileError, match="空文件"):
        read("a.docx", saved(docx.Document()))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(read) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 50_000_000)
    with pytest.raises(UnreadableFileError, match="压缩炸弹"):
        read("a.docx", buffer.getvalue())


def test_a_file_of_millions_of_empty_paragraphs_is_refused(read, monkeypatch) -> None:
    from corpus.readers.docx import document as reader

    word = docx.Document()
    for _ in range(100):
        word.add_paragraph("")
    monkeypatch.setattr(reader, "_MAX_TAGS", 100)
    with pytest.raises(UnreadableFileError, match="标签超过 100 个"):
        read("a.docx", saved(word))


def test_another_archive_named_docx_is_refused(read) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "不是 Word 文件")
    with pytest.raises(UnreadableFileError, match="ZIP 压缩包"):
        read("a.docx", buffer.getvalue())


def test_a_truncated_or_damaged_file_is_called_damaged(read) -> None:
    word = docx.Document()
    word.add_paragraph("正文。")
    data = saved(word)
    spoiled = bytearray(data)
    start = data.index(b"word/document.xml") + 40
    spoiled[start : start + 60] = bytes(60)
    for damaged in (data[: len(data) // 2], data[:30], bytes(spoiled)):
        with pytest.raises(UnreadableFileError, match="损坏"):
            read("a.docx", damaged)


def test_a_part_of_another_type_than_its_name_is_read_as_word_reads_it(read) -> None:
    word = docx.Document()
    word.add_paragraph("正文。")
    source = zipfile.ZipFile(io.BytesIO(saved(word)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(b"styles+xml", b"stiles+xml")
            archive.writestr(name, content)
    assert texts(read("a.docx", buffer.getvalue())) == ["正文。"]


def test_entities_of_the_xml_are_not_expanded(read) -> None:
    word = docx.Document()
    word.add_paragraph("正文。")
    word.add_paragraph("下一段。")
    source = zipfile.ZipFile(io.BytesIO(saved(word)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                head, rest = content.split(b"?>", 1)
                entities = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
                content = head + b"?>" + entities + rest.replace("正文。".encode(), b"&x;ok")
            archive.writestr(name, content)
    assert texts(read("a.docx", buffer.getvalue())) == ["下一段。"]
