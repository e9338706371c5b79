"""Columns of prose, text from top to bottom, and pages that lie turned."""

from __future__ import annotations

import pytest

from tests.corpus.readers.pdf.canvas import draw_pdf, put

ARTICLES = (
    "第{n}条 为了加强公共数据资源管理，促进共享开放和开发利用，根据有关法律法规，制定本办法。",
    "第{n}条 市数据局负责公共数据的统筹管理，每季度通报一次归集情况，并向市政府报告。",
    "第{n}条 各部门应当在二十个工作日内完成目录编制，逾期的予以通报批评。",
)
UPRIGHT = (
    "平陵市推进园区建设的通知",
    "一、总体要求",
    "到2025年，建成园区5个，就业3600人。",
    "二、重点任务。",
)


def texts(document) -> list[str]:
    return [line.text for line in document.lines]


def column(first: int, per_line: int) -> tuple[list[str], list[str]]:
    """Paragraphs of a column and its printed lines."""
    numbers = "一二三四五六七八九"
    whole = [text.format(n=numbers[first + i]) for i, text in enumerate(ARTICLES)]
    lines = [text[i : i + per_line] for text in whole for i in range(0, len(text), per_line)]
    return whole, lines


@pytest.mark.parametrize(
    ("columns", "gutter", "size", "by_row"),
    [(2, 8, 12, True), (2, 18, 12, True), (2, 30, 10.5, False), (3, 14, 12, True)],
)
def test_columns_are_read_one_after_the_other_and_paragraphs_stay_whole(
    read, columns: int, gutter: float, size: float, by_row: bool
) -> None:
    wide = (495 - gutter * (columns - 1)) / columns
    made = [column(3 * i, int(wide // size)) for i in range(columns)]
    placed = [
        (row, 50 + i * (wide + gutter), line)
        for i, (_, lines) in enumerate(made)
        for row, line in enumerate(lines)
    ]

    def draw(canvas) -> None:
        put(canvas, 198, 790, "平陵市公共数据管理办法", 18)
        for row, x, line in sorted(placed) if by_row else placed:
            put(canvas, x, 740 - 20 * row, line, size)

    expected = [text for whole, _ in made for text in whole]
    assert texts(read("a.pdf", draw_pdf(draw))) == ["平陵市公共数据管理办法", *expected]


def test_a_table_of_short_cells_is_no_pair_of_columns(read) -> None:
    rows = [(f"第{n}项任务", f"市{n}局负责落实") for n in "甲乙丙丁戊己庚"]

    def draw(canvas) -> None:
        for i, (task, body) in enumerate(rows):
            put(canvas, 60, 780 - 20 * i, task)
            put(canvas, 330, 780 - 20 * i, body)

    assert texts(read("a.pdf", draw_pdf(draw))) == [f"{task} {body}" for task, body in rows]


@pytest.mark.parametrize("order", ["columns", "rows", "digits side by side", "digits turned"])
def test_vertical_text_is_read_from_the_right(read, order: str) -> None:
    lines = (
        UPRIGHT[0],
        UPRIGHT[1],
        "到2025年，建成园区5个，培育企业12家，新增就业人数",
        "3600人。",
    )

    def characters() -> list[tuple[float, float, str]]:
        return [
            (500 - 26 * i, 780 - 15.4 * j, char)
            for i, line in enumerate(lines)
            for j, char in enumerate(line)
        ]

    def draw(canvas) -> None:
        placed = characters()
        if order == "rows":
            placed.sort(key=lambda item: (-item[1], item[0]))
        for x, y, char in placed:
            if char.isdigit() and order == "digits turned":
                canvas.saveState()
                canvas.translate(x + 3, y + 11)
                canvas.rotate(-90)
                put(canvas, 0, 0, char, 14)
                canvas.restoreState()
            else:
                put(canvas, x, y, char, 14)

    def draw_side_by_side(canvas) -> None:
        import re

        for i, line in enumerate(lines):
            for j, part in enumerate(re.findall(r"\d+|\D", line)):
                size = 7 if part.isdigit() else 14
                put(canvas, 500 - 26 * i, 780 - 15.4 * j, part, size)

    data = draw_pdf(draw_side_by_side if order == "digits side by side" else draw)
    assert texts(read("a.pdf", data)) == [*lines[:2], lines[2] + lines[3]]


@pytest.mark.parametrize("page_turn", [0, 90, 180, 270])
@pytest.mark.parametrize("text_turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_its_text_runs(read, page_turn: int, text_turn: int) -> None:
    corner = {0: (0, 0), 90: (595, 0), 180: (595, 842), 270: (0, 842)}[text_turn]

    def draw(canvas) -> None:
        canvas.translate(*corner)
        canvas.rotate(text_turn)
        for i, line in enumerate(UPRIGHT):
            put(canvas, 60, 520 - 30 * i, line)

    assert texts(read("a.pdf", draw_pdf(draw, rotate=page_turn))) == list(UPRIGHT)


def test_a_page_whose_box_is_that_of_the_turned_page_is_read(read) -> None:
    def draw(canvas) -> None:
        for i, line in enumerate(UPRIGHT):
            put(canvas, 60, 790 - 30 * i, line)

    document = read("a.pdf", draw_pdf(draw, size=(842, 595), rotate=90))
    assert texts(document) == list(UPRIGHT)
