"""OFD files in the structure of GB/T 33190-2016; ofdkit 0.2 and easyofd open them too."""

from __future__ import annotations

import io

import pytest

from corpus.errors import UnreadableFileError
from corpus.readers import ReadLimits, ocr, read_file
from corpus.readers.layout import Piece
from tests.corpus.readers.ofd_writer import (
    HEAD,
    NS,
    lines_to_pages,
    make_ofd,
    page_xml,
    text_object,
)

LINES = [
    "关于开展测试工作的通知",
    "各县、区人民政府：",
    "一、提高思想认识，2024年6月底前完成整改任务。",
]


def texts(document) -> list[str]:
    return [line.text for line in document.lines]


def one_page(*objects: str, **options) -> bytes:
    return make_ofd([page_xml(objects)], **options)


def test_lines_are_read_page_by_page(read) -> None:
    document = read("a.ofd", make_ofd([*lines_to_pages(LINES), *lines_to_pages(LINES[:2])]))
    assert texts(document) == [*LINES, *LINES[:2]]
    assert [line.page for line in document.lines] == [1, 1, 1, 2, 2]
    assert (document.format, document.paragraphs_reliable) == ("ofd", False)
    assert document.warnings == ()


def test_a_line_of_one_object_a_character_is_one_line(read) -> None:
    objects = [
        text_object(i, 25 + 4.2 * i, 40 + 0.2 * (i % 2), char) for i, char in enumerate(LINES[0])
    ]
    assert texts(read("a.ofd", one_page(*reversed(objects)))) == [LINES[0]]


def test_bold_faked_by_drawing_twice_is_read_once(read) -> None:
    twice = [text_object(i, 25 + 0.2 * i, 40, LINES[0]) for i in range(2)]
    assert texts(read("a.ofd", one_page(*twice))) == [LINES[0]]


def test_steps_may_be_counted_and_the_object_transformed(read) -> None:
    scaled = (
        '<ofd:TextObject ID="1" Boundary="20 30 100 10" CTM="0.5 0 0 0.5 0 0" Font="3" Size="8">'
        '<ofd:TextCode X="10" Y="8" DeltaX="g 4 8 30 8">第一部分第二</ofd:TextCode></ofd:TextObject>'
    )
    right = text_object(2, 75, 34, "右边")
    assert texts(read("a.ofd", one_page(right, scaled))) == ["第一部分第 二 右边"]


def test_letters_spaced_out_evenly_stay_one_word(read) -> None:
    spaced = (
        '<ofd:TextObject ID="1" Boundary="20 30 100 10" Font="3" Size="4">'
        '<ofd:TextCode X="0" Y="4" DeltaX="8 8 8">工作通知</ofd:TextCode></ofd:TextObject>'
    )
    assert texts(read("a.ofd", one_page(spaced))) == ["工作通知"]


def test_two_columns_are_read_one_after_the_other(read) -> None:
    left = [(20.0, 40.0 + 8 * i, f"左栏第{i}行的文字内容比较充实完整。") for i in range(8)]
    right = [(115.0, 40.0 + 8 * i, f"右栏第{i}行的文字内容比较充实完整。") for i in range(8)]
    mixed = [line for pair in zip(left, right, strict=True) for line in pair]
    assert texts(read("a.ofd", make_ofd([mixed]))) == [text for _, _, text in (*left, *right)]


def test_a_template_of_several_pages_is_dropped_and_one_of_a_single_page_kept(read) -> None:
    head = [(80.0, 15.0, "某某市人民政府文件")]
    many = read("a.ofd", make_ofd(lines_to_pages(LINES) * 2, template=head))
    assert texts(many) == LINES * 2
    assert many.warnings == ("已略去页眉页脚：某某市人民政府文件",)
    assert texts(read("b.ofd", make_ofd(lines_to_pages(LINES), template=head))) == [
        "某某市人民政府文件",
        *LINES,
    ]


def test_watermarks_hidden_layers_and_page_numbers_are_left_out(read) -> None:
    watermark = (
        '<ofd:TextObject ID="1" Boundary="20 30 100 90" CTM="0.7 0.7 -0.7 0.7 0 0" Font="3" '
        'Size="8"><ofd:TextCode X="0" Y="8">内部资料</ofd:TextCode></ofd:TextObject>'
    )
    hidden = text_object(2, 25, 60, "看不见").replace("Font=", 'Visible="false" Font=')
    body = text_object(3, 25, 40, LINES[2])
    pages = [
        page_xml([watermark, hidden, body, text_object(4, 100, 280, f"- {i} -")]) for i in (1, 2)
    ]
    assert texts(read("a.ofd", make_ofd(pages))) == [LINES[2]] * 2


def test_blocks_and_drawings_used_by_reference_are_read(read) -> None:
    unit = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="70" Width="90" Height="20">'
        f"<ofd:Content>{text_object(71, 0, 10, '图元里的文字')}</ofd:Content>"
        "</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    use = '<ofd:CompositeObject ID="72" ResourceID="70" Boundary="25 60 90 20"/>'
    block = f'<ofd:PageBlock ID="73">{text_object(74, 25, 40, "块里的文字")}</ofd:PageBlock>'
    assert texts(read("a.ofd", one_page(use, block, resources=unit))) == [
        "块里的文字",
        "图元里的文字",
    ]


def test_a_drawing_that_uses_itself_ends(read) -> None:
    unit = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="70" Width="90" Height="20">'
        '<ofd:Content><ofd:CompositeObject ID="72" ResourceID="70" Boundary="1 1 9 9"/>'
        "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    use = '<ofd:CompositeObject ID="75" ResourceID="70" Boundary="25 60 90 20"/>'
    data = one_page(use, text_object(1, 25, 40, LINES[0]), resources=unit)
    assert texts(read("a.ofd", data)) == [LINES[0]]


def test_references_written_carelessly_are_followed(read) -> None:
    data = make_ofd(
        lines_to_pages(LINES),
        parts={
            "Doc_0/Document.xml": f"{HEAD}<Document {NS}><CommonData/><Pages>"
            '<Page ID="1" BaseLoc="\\Doc_0\\pages\\page_0\\content.xml"/></Pages></Document>'
        },
    )
    assert texts(read("a.ofd", data)) == LINES


def test_a_damaged_page_is_named_and_the_others_are_read(read) -> None:
    pages = lines_to_pages(LINES)
    data = make_ofd([*pages, *pages], parts={"Doc_0/Pages/Page_1/Content.xml": b"\x00\x01"})
    document = read("a.ofd", data)
    assert texts(document) == LINES
    assert document.warnings == ("第 2 页没有读出：页面缺失或已损坏",)


def test_a_page_that_is_a_picture_is_recognised(read, write, monkeypatch) -> None:
    from PIL import Image

    seen = []
    monkeypatch.setattr(
        ocr,
        "recognise",
        lambda image: seen.append(image.shape) or [Piece("图上的字", 0, 0, 9, 9, 0.9)],
    )
    picture = io.BytesIO()
    Image.new("RGB", (210, 297), "white").save(picture, "PNG")
    media = (
        '<ofd:MultiMedias><ofd:MultiMedia ID="60" Type="Image"><ofd:MediaFile>a.png'
        "</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>"
    )
    image = '<ofd:ImageObject ID="9" ResourceID="60" Boundary="0 0 210 297" CTM="210 0 0 297 0 0"/>'
    data = one_page(image, resources=media, parts={"Doc_0/Res/a.png": picture.getvalue()})
    document = read("a.ofd", data)
    assert seen == [(297, 210, 3)]
    assert (document.format, texts(document), document.lines[0].page) == (
        "ofd-scan",
        ["图上的字"],
        1,
    )
    with pytest.raises(UnreadableFileError, match="文字识别已关闭"):
        read_file(write("b.ofd", data), ReadLimits(ocr=False))
    gone = one_page(image, resources=media)
    with pytest.raises(UnreadableFileError, match="图片缺失"):
        read("c.ofd", gone)


def test_entities_are_not_expanded(read) -> None:
    laughs = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>'
    bomb = page_xml([text_object(1, 25, 40, "文字")]).replace("?>", f"?>{laughs}", 1)
    with pytest.raises(UnreadableFileError, match="缺失或已损坏"):
        read("a.ofd", make_ofd([bomb.replace("文字", "&c;")]))


def test_encrypted_damaged_long_and_empty_files_are_refused(read, write) -> None:
    data = make_ofd(lines_to_pages(LINES))
    for damaged in (data[: len(data) // 2], data[:50]):
        with pytest.raises(UnreadableFileError, match="损坏"):
            read("a.ofd", damaged)
    locked = make_ofd([], parts={"Doc_0/Document.xml": b"\x93" * 99, "Encryptions.xml": "<a/>"})
    with pytest.raises(UnreadableFileError, match="已加密"):
        read("a.ofd", locked)
    with pytest.raises(UnreadableFileError, match="空文件"):
        read("a.ofd", make_ofd([[]]))
    with pytest.raises(UnreadableFileError, match="有 3 页"):
        read_file(write("a.ofd", make_ofd(lines_to_pages(LINES) * 3)), ReadLimits(max_pages=2))
