"""What the picture of a page shows beside its text: facing pages, text over lines, its readability."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.raw import RawLine
from corpus.readers.layout import Piece
from corpus.readers.readability import READABLE, readability, reads_better
from corpus.readers.scan import Scan, facing_pages
from corpus.readers.tables.rules import Rule

PROSE = "为深入贯彻落实国务院决策部署，进一步优化营商环境，激发市场主体活力，结合本市实际，制定本实施方案。"


def piece(text: str, left: float, top: float, width: float) -> Piece:
    return Piece(text, left, top, left + width, top + 30)


def test_two_facing_pages_are_read_one_after_the_other() -> None:
    left = [piece(f"左{i}", 100, 100 + 40 * i, 700) for i in range(8)]
    right = [piece(f"右{i}", 1050, 100 + 40 * i, 600) for i in range(3)]
    assert facing_pages([*right, *left], [], 1860, 1316) == [left, right]


@pytest.mark.parametrize(
    ("pieces", "rules", "size"),
    [
        ([piece("横跨两页的标题", 600, 50, 700)], [], (1860, 1316)),
        ([], [Rule(True, 90.0, 100.0, 1700.0)], (1860, 1316)),
        ([], [], (1860, 2600)),
    ],
)
def test_one_page_stays_one(pieces, rules, size) -> None:
    both = [piece(f"行{i}", x, 100 + 40 * i, 600) for i in range(8) for x in (100, 1050)]
    assert facing_pages([*pieces, *both], rules, *size) == [[*pieces, *both]]


def test_text_over_an_upright_line_is_read_again_on_both_sides() -> None:
    image = np.full((300, 600, 3), 255, np.uint8)
    image[:, 299:302] = 0
    for left in range(130, 480, 24):
        if not 270 < left < 320:
            image[110:130, left : left + 12] = 30
    seen: list[int] = []

    def read_crop(crop: np.ndarray) -> tuple[str, float]:
        seen.append(crop.shape[1])
        return f"第{len(seen)}格", 0.9

    scan = Scan(image, 0.0, 30.0, read_crop)
    parts = scan.parted([Piece("第一格第二格", 110, 105, 490, 135)])
    assert [part.text for part in parts] == ["第1格", "第2格"]
    assert parts[0].right <= 302 and parts[1].left >= 298
    assert all(width < 200 for width in seen)


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        " ".join(PROSE),
        "爲深入貫徹落實國務院決策部署，進一步優化營商環境，結合本市實際。",
        "The council adopted the rules on 3 May 2024 (see annex 2) for the whole city. " * 3,
        "东城区 12 1800 260\n西郊区 9 1250 190\n北山县 15 2100 310",
        "张明远、李强、王晓岚、赵国栋、陈思齐、周海燕、吴建华",
    ],
)
def test_sound_text_reads_well(text: str) -> None:
    assert readability(text) >= READABLE


@pytest.mark.parametrize(
    "text",
    [
        "@#& ~~ Il1| l1I! ^^ {} [[ __ 0Oo0O |\\/| %%\n" * 4,
        "ÀÏ¾É¹ÜÍø¸ÄÔì" * 10,
        "".join(chr(ord(char) + 7) for char in PROSE if char > "\u4e00"),
        "Bw HE AE if RAT FF BR ik Be SE AS te UR AH Rl Sie iT FIM " * 3,
    ],
)
def test_garbled_text_does_not(text: str) -> None:
    assert readability(text) < READABLE


def test_the_better_of_two_readings_of_a_page() -> None:
    garbled, sound = [RawLine("ii1l| ~^ ?? 0Oo")], [RawLine(PROSE)]
    assert reads_better(sound, garbled)
    assert not reads_better(garbled, sound)
    assert not reads_better([], garbled)
