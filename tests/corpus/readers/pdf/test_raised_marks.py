"""Raised and lowered type: marks of notes go, exponents and indices stay, notes are notes."""

from __future__ import annotations

import pytest

from corpus.load import load_file
from corpus.raw import LineKind
from tests.corpus.readers.pdf.canvas import draw_pdf, put, put_marked


def texts(document, kind: LineKind = LineKind.TEXT) -> list[str]:
    return [line.text for line in document.lines if line.kind is kind]


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        ("常住人口^{1}1761.48万人，全市352^{2}万人。", "常住人口1761.48万人，全市352万人。"),
        ("增长12.5%^{2,3}，实现8.5^{[4]}亿元^{①}。", "增长12.5%，实现8.5亿元。"),
        ("绿地35万m^{2}，流量3×10^{6}m^{3}/s。", "绿地35万m²，流量3×10⁶m³/s。"),
        ("碳强度3.5×10^{-6}g，编制10^{4}个。", "碳强度3.5×10⁻⁶g，编制10⁴个。"),
        ("CO_{2}2.5万吨，PM_{2.5}均值35微克。", "CO₂2.5万吨，PM2.5均值35微克。"),
        ("加热到25^{0}C，减半即^{1}/_{2}，合2^{1}/_{2}倍。", "加热到25°C，减半即1/2，合2 1/2倍。"),
        ("占地12hm^{2}，共^{*}有5家企业。", "占地12hm²，共有5家企业。"),
    ],
)
def test_what_is_raised_is_read_as_what_it_stands_for(read, drawn: str, text: str) -> None:
    data = draw_pdf(lambda canvas: put_marked(canvas, 60, 780, drawn))
    assert texts(read("a.pdf", data)) == [text]


def test_a_mark_drawn_after_its_line_stands_where_it_is(read) -> None:
    def draw(canvas) -> None:
        end = put(canvas, 60, 780, "全市常住人口为352")
        put(canvas, end + 6, 780, "万人，比上年增加了。")
        put(canvas, end, 786, "1", 7)
        put(canvas, 60, 100, "1 含外来人员。", 9)

    document = read("a.pdf", draw_pdf(draw))
    assert texts(document) == ["全市常住人口为352万人，比上年增加了。"]
    assert texts(document, LineKind.NOTE) == ["注1：含外来人员。"]


def test_quotes_drawn_after_the_line_stand_in_their_gaps(read) -> None:
    def draw(canvas) -> None:
        first = put(canvas, 60, 780, "推进企业开办")
        second = put(canvas, first + 13, 780, "一网通办")
        put(canvas, second + 13, 780, "，压缩时间。")
        put(canvas, first, 780, "“")
        put(canvas, second, 780, "”")

    assert texts(read("a.pdf", draw_pdf(draw))) == ["推进企业开办“一网通办”，压缩时间。"]


def test_notes_at_the_foot_of_a_page_are_notes_of_one_line_each(read) -> None:
    def draw(canvas) -> None:
        put_marked(canvas, 60, 780, "全市生产总值^{1}为3520亿元，增长6%^{[2]}。")
        canvas.line(60, 124, 200, 124)
        notes = ("^{1}按当年价格计算。", "^{[2]}按可比价格计算，", "扣除了价格变动。", "* 未定稿。")
        for i, note in enumerate(notes):
            put_marked(canvas, 60, 110 - 13 * i, note, 9)

    document = read("a.pdf", draw_pdf(draw))
    assert texts(document) == ["全市生产总值为3520亿元，增长6%。"]
    assert texts(document, LineKind.NOTE) == [
        "注1：按当年价格计算。",
        "注2：按可比价格计算，扣除了价格变动。",
        "注*：未定稿。",
    ]


def test_a_sentence_goes_on_over_the_note_and_the_furniture(write) -> None:
    def page(number: int, lines: list[str], note: str):
        def draw(canvas) -> None:
            put(canvas, 60, 815, "平陵市人民政府公报", 9)
            for i, line in enumerate(lines):
                put(canvas, 60, 770 - 26 * i, line)
            if note:
                put(canvas, 60, 105, note, 9)
            put(canvas, 283, 30, f"— {number} —", 9)

        return draw

    torn = [
        "第二条 市财政每年安排补偿资金①不低于8000万元，并根据",
        "上年收入增长情况，逐年按照不低于百分之",
    ]
    path = write(
        "a.pdf",
        draw_pdf(
            page(1, torn, "①包括转移支付资金和配套资金。"),
            page(2, ["五的比例增加。", "第三条 每亩每年补偿16元。"], ""),
            page(3, ["第四条 资金专款专用。"], ""),
        ),
    )
    blocks = [block.text for block in load_file(path, path.name).documents[0].blocks]
    assert any("资金不低于8000万元，并根据上年收入增长情况" in text for text in blocks)
    assert any("逐年按照不低于百分之五的比例增加。" in text for text in blocks)
    assert "注①：包括转移支付资金和配套资金。" in blocks
    assert not any("公报" in text for text in blocks)


def test_rows_in_small_type_at_the_end_of_a_page_are_no_notes(read) -> None:
    def draw(canvas) -> None:
        put(canvas, 60, 780, "平陵市重点建设项目安排如下，请各单位抓好落实。", 14)
        for i, row in enumerate(("1 滨河路改造", "2 城南污水厂", "3 老旧小区整治")):
            put(canvas, 60, 740 - 20 * i, row, 10)

    assert not texts(read("a.pdf", draw_pdf(draw)), LineKind.NOTE)
