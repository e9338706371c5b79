"""Forms, text boxes, stamps, comments, attachments; files with bytes before or missing."""

from __future__ import annotations

import io

import pytest

from corpus.errors import UnreadableFileError
from corpus.raw import LineKind
from tests.corpus.readers.pdf.canvas import draw_pdf, put

PAGES = 6


def texts(document) -> list[str]:
    return [line.text for line in document.lines]


def form() -> bytes:
    def draw(canvas) -> None:
        put(canvas, 60, 780, "专项资金申报表", 16)
        for y, label in ((740, "申报单位："), (700, "申请金额："), (660, "是否上市：")):
            put(canvas, 60, y, label)
        fields = canvas.acroForm
        fields.textfield(name="a", x=140, y=732, width=200, height=20, value="TECH")
        fields.textfield(name="b", x=140, y=692, width=100, height=20, value="350")
        fields.textfield(name="c", x=300, y=692, width=100, height=20, value="")
        fields.checkbox(name="d", x=140, y=655, checked=True)
        fields.checkbox(name="e", x=200, y=655, checked=False)

    return draw_pdf(draw)


def test_values_of_a_form_stand_behind_their_labels(read) -> None:
    assert texts(read("a.pdf", form())) == [
        "专项资金申报表",
        "申报单位： TECH",
        "申请金额： 350",
        "是否上市： √",
    ]


def edited(data: bytes) -> bytes:
    """The form with fields that are not drawn, annotations of many kinds, and attachments."""
    from pypdf import PdfWriter
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        NumberObject,
        TextStringObject,
    )

    writer = PdfWriter(clone_from=io.BytesIO(data))
    listed = writer.pages[0]["/Annots"]
    for field in listed:
        field = field.get_object()  # noqa: PLW2901
        if field.get("/FT") == "/Tx":
            del field["/AP"]
        if field.get("/T") == "a":
            field[NameObject("/V")] = TextStringObject("平陵科技公司")
    notes = (
        ("/FreeText", "更正：资金3.5亿元", 500, 0),
        ("/Stamp", "已核准", 460, 0),
        ("/Text", "此处金额待核", 420, 0),
        ("/FreeText", "隐藏的批示", 380, 2),
        ("/Link", "链接", 340, 0),
    )
    for kind, words, y, flags in notes:
        area = ArrayObject([FloatObject(n) for n in (60, y, 300, y + 20)])
        entries = {
            "/Type": NameObject("/Annot"),
            "/Subtype": NameObject(kind),
            "/Rect": area,
            "/Contents": TextStringObject(words),
            "/F": NumberObject(flags),
        }
        made = DictionaryObject({NameObject(key): value for key, value in entries.items()})
        listed.append(writer._add_object(made))
    writer.add_attachment("补贴标准.txt", "补贴上限5000元。".encode())
    writer.add_attachment("tool.exe", b"MZ")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_annotations_and_attachments_are_read_or_named(read) -> None:
    document = read("a.pdf", edited(form()))
    assert texts(document)[:4] == [
        "专项资金申报表",
        "申报单位： 平陵科技公司",
        "申请金额： 350",
        "是否上市： √",
    ]
    shown = [(line.kind, line.text) for line in document.lines[4:] if line.text]
    assert shown == [
        (LineKind.TEXT, "更正：资金3.5亿元"),
        (LineKind.TEXT, "已核准"),
        (LineKind.NOTE, "批注：此处金额待核"),
        (LineKind.HEADING, "附件：补贴标准.txt"),
        (LineKind.TEXT, "补贴上限5000元。"),
    ]
    assert "附件“补贴标准.txt”的内容接在正文后面" in document.warnings
    assert "附件“tool.exe”没有读入：不支持的格式 .exe" in document.warnings


def test_a_file_attached_to_a_place_of_a_page_is_read(read) -> None:
    from pypdf import PdfWriter
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        StreamObject,
        TextStringObject,
    )

    writer = PdfWriter(clone_from=io.BytesIO(form()))
    content = StreamObject()
    content._data = "嵌入的附件：上限8000元。".encode()
    held = DictionaryObject({NameObject("/F"): writer._add_object(content)})
    file = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Filespec"),
            NameObject("/F"): TextStringObject("附件一.txt"),
            NameObject("/EF"): held,
        }
    )
    area = ArrayObject([FloatObject(n) for n in (60, 500, 80, 520)])
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/FileAttachment"),
            NameObject("/Rect"): area,
            NameObject("/FS"): writer._add_object(file),
        }
    )
    writer.pages[0]["/Annots"].append(writer._add_object(note))
    buffer = io.BytesIO()
    writer.write(buffer)
    document = read("a.pdf", buffer.getvalue())
    assert texts(document)[-2:] == ["附件：附件一.txt", "嵌入的附件：上限8000元。"]


def six_pages() -> bytes:
    def page(number: int):
        def draw(canvas) -> None:
            for i in range(20):
                put(canvas, 60, 780 - 30 * i, f"第{number}页第{i}行，投入资金{number}.{i}亿元。")

        return draw

    return draw_pdf(*map(page, range(1, PAGES + 1)))


@pytest.mark.parametrize(
    "before", [b"x" * 500, b"HTTP/1.1 200 OK\r\n\r\n", b"\0" * 900, b"\r\n" * 100_000]
)
@pytest.mark.timeout(60)
def test_bytes_before_the_header_are_passed_over(read, before: bytes) -> None:
    document = read("a.pdf", before + six_pages())
    assert len(document.lines) == 20 * PAGES


@pytest.mark.parametrize(("share", "least"), [(0.5, 1), (0.75, 3), (0.97, 6), (0.99, 6)])
def test_of_a_file_cut_off_the_pages_there_are_are_read(read, share: float, least: int) -> None:
    data = six_pages()
    document = read("a.pdf", data[: int(len(data) * share)])
    assert {line.page for line in document.lines} >= set(range(1, least + 1))
    assert any("只读出了一部分" in warning for warning in document.warnings)


def test_a_file_padded_with_zeros_is_read_as_far_as_it_goes(read) -> None:
    data = six_pages()
    document = read("a.pdf", data[: int(len(data) * 0.7)] + b"\0" * 100_000)
    assert document.lines[0].text.startswith("第1页第0行")
    assert any("只读出了一部分" in warning for warning in document.warnings)


def test_a_file_without_a_whole_page_is_refused(read) -> None:
    data = six_pages()
    with pytest.raises(UnreadableFileError, match="损坏"):
        read("a.pdf", data[: int(len(data) * 0.2)])
