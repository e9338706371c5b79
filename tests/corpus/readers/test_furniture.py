"""What repeats on pages, told from text that repeats."""

from __future__ import annotations

import pytest

from corpus.raw import RawLine
from corpus.readers.furniture import PlacedLine, drop_page_furniture, signature
from corpus.readers.layout import Piece

HEIGHT = 842.0


def placed(text: str, page: int, top: float, size: float = 13.0, tone: float = 0.0) -> PlacedLine:
    right = 60 + size * len(text)
    piece = Piece(text, 60, top, right, top + size, size=size, tone=tone)
    return PlacedLine(RawLine(text, page=page), piece, HEIGHT)


def kept(pages: list[list[PlacedLine]]) -> list[list[str]]:
    return [[line.line.text for line in page] for page in drop_page_furniture(pages).pages]


def page_of(number: int, *lines: str, head: str = "", head_size: float = 9.0) -> list[PlacedLine]:
    body = [placed(line, number, 70 + 26 * i) for i, line in enumerate(lines)]
    return [placed(head, number, 20, head_size), *body] if head else body


def test_a_header_on_two_pages_is_kept_once() -> None:
    pages = [page_of(i, f"内容{i}甲，照常读入", head="平陵市人民政府公报") for i in (1, 2)]
    assert kept(pages) == [["平陵市人民政府公报", "内容1甲，照常读入"], ["内容2甲，照常读入"]]


def test_a_header_of_left_and_right_pages_goes_wherever_it_stands_three_times() -> None:
    heads = ("平陵市人民政府公报", "规范性文件")
    pages = [page_of(i, f"内容{i}甲，照常读入", head=heads[i % 2]) for i in range(1, 7)]
    assert kept(pages) == [[f"内容{i}甲，照常读入"] for i in range(1, 7)]


def test_a_title_in_larger_type_and_one_at_another_place_stay() -> None:
    large = [page_of(i, f"内容{i}甲，照常读入", head="申请表", head_size=18) for i in (1, 2, 3)]
    assert kept(large)[2][0] == "申请表"
    moved = [
        [placed("申请表", i, 20 + 40 * i, 9), placed(f"内容{i}甲，读入", i, 300)] for i in (1, 2, 3)
    ]
    assert kept(moved)[2][0] == "申请表"


def test_a_faint_line_that_repeats_is_a_watermark_and_a_dark_one_is_not() -> None:
    def pages(tone: float) -> list[list[PlacedLine]]:
        return [
            [
                placed(f"内容{i}甲，读入", i, 70),
                placed("内部资料", i, 400, tone=tone),
                placed("完。", i, 500),
            ]
            for i in (1, 2, 3)
        ]

    assert kept(pages(0.7))[0] == ["内容1甲，读入", "完。"]
    assert drop_page_furniture(pages(0.7)).watermarks == 3
    assert kept(pages(0.0))[0] == ["内容1甲，读入", "内部资料", "完。"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("平陵市公报 第3页", "平陵市公报 第4页", True),
        ("平陵市公报　- 3 -", "平陵市公报　- 4 -", True),
        ("3/10 平陵市公报", "4/10 平陵市公报", True),
        ("12 平陵市公报", "13 平陵市公报", True),
        ("3之一、总体要求", "4之一、总体要求", False),
        ("奖励办法之3", "奖励办法之4", False),
        ("2024年第3期", "2024年第4期", False),
        ("第 3 条 补偿标准", "第 4 条 补偿标准", False),
        ("补助300元", "补助400元", False),
    ],
)
def test_headers_are_the_same_but_for_the_page_number(one: str, other: str, same: bool) -> None:
    assert (signature(one) == signature(other)) is same
