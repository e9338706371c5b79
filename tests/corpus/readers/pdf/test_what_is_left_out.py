"""Headers, watermarks, shadows and text nobody sees go; what is like them in the text stays."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from tests.corpus.readers.pdf.canvas import draw_pdf, put

TITLE = "平陵市示范园区奖励办法"
LINES = (
    "一、对在平陵市新建的示范园区，经市发展改革委会同市财政局验收合",
    "格的，每个给予一次性奖励100万元；对连续三年考核优秀的，再给予",
    "50万元追加奖励，所需资金由市级产业发展专项资金列支。",
)
HIDDEN = "第 1 页有看不见的文字"


def texts(document) -> list[str]:
    return [line.text for line in document.lines]


def draw_body(canvas, top: float = 780) -> None:
    put(canvas, 60, top, TITLE, 16)
    for i, line in enumerate(LINES):
        put(canvas, 60, top - 40 - 26 * i, line)


def page_of(lines, head: str = "", foot: str = "", leading: float = 26):
    def draw(canvas) -> None:
        if head:
            put(canvas, 60, 815, head, 9)
        for i, line in enumerate(lines):
            put(canvas, 60, 770 - leading * i, line)
        if foot:
            put(canvas, 280, 30, foot, 9)

    return draw


def test_pages_that_are_alike_keep_their_lines(read) -> None:
    pages = [[f"{n}之{line}" for line in (TITLE, "总体要求", *LINES)] for n in range(1, 5)]
    assert texts(read("a.pdf", draw_pdf(*map(page_of, pages))))[-3:][0].startswith("4之")
    same = draw_pdf(*[page_of((TITLE, "奖励对象", "奖励标准", "申报材料", "附则"))] * 4)
    assert texts(read("b.pdf", same)).count(TITLE) == 4


@pytest.mark.parametrize(
    "ending",
    [
        ("平陵市财政局", "2024年5月6日"),
        ("资金来源：市级财政预算安排",),
        ("补助标准：每户300元",),
        ("请专款专用，按时支出完毕。",),
    ],
)
def test_signatures_sources_and_amounts_at_the_same_place_stay(read, ending: tuple) -> None:
    pages = [
        page_of((f"关于下达{place}补助资金的通知", f"现下达{place}资金{i}00万元。", *ending))
        for i, place in enumerate(("东城区", "西郊区", "北山县", "南湖县"), 1)
    ]
    document = read("a.pdf", draw_pdf(*pages))
    assert all(texts(document).count(line) == 4 for line in ending)
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("平陵市人民政府公报  第{i}页", ""),
        ("平陵市人民政府公报 2024年第6期", "— {i} —"),
        ("", "平陵市人民政府办公室 {i}/9"),
    ],
)
def test_headers_that_differ_by_the_page_number_go(read, head: str, foot: str) -> None:
    bodies = [f"第{n}条 内容{n}各不相同，应当读入。" for n in "一二三四"]
    pages = [
        page_of((body,), head.format(i=i), foot.format(i=i)) for i, body in enumerate(bodies, 1)
    ]
    document = read("a.pdf", draw_pdf(*pages))
    assert texts(document) == bodies
    assert "已略去页眉页脚：平陵市人民政府" in document.warnings[0]


def watermark(text: str, x: float, y: float, size: float, grey: float) -> Callable:
    def draw(canvas) -> None:
        draw_body(canvas)
        canvas.setFillGray(grey)
        put(canvas, x, y, text, size)
        canvas.setFillGray(0)

    return draw


def faint(canvas) -> None:
    draw_body(canvas)
    canvas.setFillAlpha(0.2)
    put(canvas, 100, 500, "仅供参考", 60)


def tinted(canvas) -> None:
    draw_body(canvas)
    canvas.setFillColorRGB(1, 0.7, 0.7)
    put(canvas, 180, 727, "征求意见稿")


@pytest.mark.parametrize(
    "draw",
    [
        watermark("平陵市政府内部资料", 180, 727, 14, 0.85),
        watermark("平陵市政府内部资料", 150, 735, 30, 0.7),
        watermark("内部资料", 150, 300, 60, 0.65),
        watermark("样稿", 60, 300, 13, 0.85),
        faint,
        tinted,
    ],
    ids=["between lines", "over lines", "large", "pale", "transparent", "tinted"],
)
def test_watermarks_in_the_flow_go(read, draw: Callable) -> None:
    document = read("a.pdf", draw_pdf(draw))
    assert texts(document) == [TITLE, "".join(LINES)]
    assert document.warnings == ("已略去水印文字",)


def test_grey_words_and_lines_of_the_text_stay(read) -> None:
    def draw(canvas) -> None:
        draw_body(canvas)
        end = put(canvas, 60, 640, "其中")
        canvas.setFillGray(0.6)
        end = put(canvas, end, 640, "重点园区")
        put(canvas, 60, 600, "灰色的小标题")
        canvas.setFillGray(0)
        put(canvas, end, 640, "上浮20%。")

    assert texts(read("a.pdf", draw_pdf(draw)))[2:] == ["其中重点园区上浮20%。", "灰色的小标题"]


def white(canvas) -> None:
    canvas.setFillGray(1)
    put(canvas, 60, 600, "白色888万元")


def outside(canvas) -> None:
    put(canvas, 60, -100, "页外777万元")
    put(canvas, 700, 300, "页右666万元")


def tiny(canvas) -> None:
    put(canvas, 60, 500, "零号555万元", 0.01)


def without_ink(canvas) -> None:
    text = canvas.beginText(60, 480)
    text.setTextRenderMode(3)
    text.textLine("不可见444万元")
    canvas.drawText(text)


def under_a_box(canvas) -> None:
    put(canvas, 60, 600, "涂掉的222万元")
    canvas.rect(50, 590, 200, 30, fill=1, stroke=0)


def transparent(canvas) -> None:
    canvas.setFillAlpha(0)
    put(canvas, 60, 450, "透明333万元")


@pytest.mark.parametrize("hide", [white, outside, tiny, without_ink, transparent, under_a_box])
def test_text_nobody_sees_is_left_out_and_reported(read, hide: Callable) -> None:
    def draw(canvas) -> None:
        draw_body(canvas)
        hide(canvas)

    document = read("a.pdf", draw_pdf(draw))
    assert texts(document) == [TITLE, "".join(LINES)]
    assert document.warnings[0].startswith(HIDDEN)


@pytest.mark.parametrize("is_hidden", [True, False])
def test_text_in_a_hidden_layer_is_left_out(read, is_hidden: bool) -> None:
    from pypdf import PdfWriter
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        NameObject,
        StreamObject,
        TextStringObject,
    )

    def draw(canvas) -> None:
        draw_body(canvas)
        put(canvas, 60, 500, "草稿层里的999万元")

    writer = PdfWriter(clone_from=io.BytesIO(draw_pdf(draw)))
    page = writer.pages[0]
    layer = writer._add_object(
        DictionaryObject(
            {NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("a")}
        )
    )
    off = DictionaryObject({NameObject("/OFF"): ArrayObject([layer] if is_hidden else [])})
    writer._root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): off}
    )
    page["/Resources"][NameObject("/Properties")] = DictionaryObject({NameObject("/L"): layer})
    content = page.get_contents().get_data()
    at = content.rindex(b"BT")
    stream = StreamObject()
    stream._data = content[:at] + b"/OC /L BDC " + content[at:] + b" EMC"
    page[NameObject("/Contents")] = writer._add_object(stream)
    buffer = io.BytesIO()
    writer.write(buffer)
    document = read("a.pdf", buffer.getvalue())
    shown = [] if is_hidden else ["草稿层里的999万元"]
    assert texts(document) == [TITLE, "".join(LINES), *shown]
    assert bool(document.warnings) is is_hidden


def test_text_on_a_ground_or_under_a_clear_box_is_read(read) -> None:
    def draw(canvas) -> None:
        canvas.setFillGray(0.9)
        canvas.rect(50, 560, 300, 24, fill=1, stroke=1)
        canvas.setFillGray(0)
        put(canvas, 60, 567, "底色上的文字。")
        put(canvas, 60, 500, "荧光笔划过的文字。")
        canvas.setFillColorRGB(1, 1, 0)
        canvas.setFillAlpha(0.4)
        canvas.rect(50, 490, 300, 30, fill=1, stroke=0)

    document = read("a.pdf", draw_pdf(draw))
    assert texts(document) == ["底色上的文字。", "荧光笔划过的文字。"]
    assert document.warnings == ()


def test_light_type_on_a_dark_ground_is_read(read) -> None:
    def draw(canvas) -> None:
        draw_body(canvas)
        canvas.setFillColorRGB(0.7, 0, 0)
        canvas.rect(50, 580, 500, 40, fill=1, stroke=0)
        canvas.setFillGray(1)
        put(canvas, 60, 594, "红底白字的栏目")
        canvas.setFillColorRGB(1, 1, 0)
        put(canvas, 300, 594, "红底黄字")

    document = read("a.pdf", draw_pdf(draw))
    assert texts(document)[2:] == ["红底白字的栏目 红底黄字"]
    assert document.warnings == ()


def test_the_recognised_text_over_a_scan_is_read(read) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    recognised = (TITLE, "识别出来的文字层应当照常读入，不算看不见的文字。")

    def draw(canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (595, 842), 250)), 0, 0, 595, 842)
        text = canvas.beginText(60, 780)
        text.setFont("STSong-Light", 13)
        text.setTextRenderMode(3)
        for line in recognised:
            text.textLine(line)
        canvas.drawText(text)

    document = read("a.pdf", draw_pdf(draw))
    assert (document.format, texts(document)) == ("pdf", list(recognised))
    assert document.warnings == ()


DOUBLED = "大家高高兴兴过11月11日，共22个县1100.55元；AA级……"


@pytest.mark.parametrize(
    "offsets",
    [(0, 0.2), (0, 0.8), (0, 1.5), (0, 0.3, 0.6), (0, 0.7, 1.4)],
)
@pytest.mark.parametrize("by_character", [True, False])
@pytest.mark.parametrize("size", [9, 14])
def test_characters_drawn_twice_are_read_once(
    read, offsets: tuple[float, ...], by_character: bool, size: float
) -> None:
    def draw(canvas) -> None:
        put(canvas, 60, 780, TITLE, 16)
        x = 60.0
        for part in DOUBLED if by_character else (DOUBLED,):
            for offset in offsets[1:]:
                put(canvas, x + offset, 740 - offset / 4, part, size)
            x = put(canvas, x, 740, part, size)

    assert texts(read("a.pdf", draw_pdf(draw))) == [TITLE, DOUBLED]
