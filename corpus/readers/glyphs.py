"""Repairs of what PDF fonts do to characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Fonts often name the glyph of 民 as the radical ⺠. Kangxi radicals and compatibility ideographs
# are mended by NFKC; these radicals of the supplement block have no decomposition in Unicode.
_RADICALS = str.maketrans(
    "⺁⺄⺆⺇⺊⺋⺌⺎⺒⺓⺔⺖⺗⺘⺙⺛⺝⺟⺠⺡⺢⺣⺥⺦⺧⺨⺩⺪⺭⺮⺯⺰⺱⺲⺵⺶⺷⺹⺻⺼⺽⺾⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻲⻳",
    "厂乙冂几卜㔾小兀巳幺彑忄㣺扌攵旡月母民氵氺灬爫丬牛犭王疋礻竹糹纟罓罒网羊羊耂聿肉臼艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙亀龟",
)
_COMPATIBLE = re.compile("[\u2f00-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
_MIN_DOUBLED_PAIRS = 3


def repair_glyphs(text: str) -> str:
    """Replace radicals and ligatures by the characters they stand for: ⼯⺠ → 工民, ﬁ → fi.

    Args:
        text: a line of a PDF.
    """
    plain = _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    return plain.translate(_RADICALS)


def halve_doubled(lines: Sequence[str]) -> list[str]:
    """Halve lines in which every character stands twice (bold faked by printing twice).

    A short doubled line may be a word (高高兴兴); it is halved only where the page also holds a
    doubled line of at least three different pairs, e.g. 「通通知知如如下下」.

    Args:
        lines: the lines of one page.

    Returns:
        As many lines in the same order.
    """
    bare = ["".join(line.split()) for line in lines]
    doubled = [len(line) >= 4 and line[::2] == line[1::2] for line in bare]
    certain = any(
        is_doubled and len(set(_letters(line))) >= _MIN_DOUBLED_PAIRS
        for line, is_doubled in zip(bare, doubled, strict=True)
    )
    if not certain:
        return list(lines)
    return [
        short[::2] if is_doubled else line
        for line, short, is_doubled in zip(lines, bare, doubled, strict=True)
    ]


def _letters(text: str) -> list[str]:
    return [char for char in text if char.isalpha()]
