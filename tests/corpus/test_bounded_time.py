"""A hostile line takes time in proportion to its length."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from corpus.load import clean
from corpus.raw import RawDocument, RawLine

PATTERNS = (
    ".", " ", "\u3000", "1", "〔2024〕1号", "（", "(", ")", "《", "一、", "第一条", "?", "?!", "?,F", "、", "；", "a", "(xún)",
    "①", "\t", "1.1.1.", "2024年", "。", "省", "市", "县", "“", "”", "—", "…", "·", "二〇二四年", "2024-", "关于", "的通知",
    "甲 ", "张三 ", "第一章 ", "，a", "10000元", "联系电话：", "甲市人民政府", "⼈", "²",
)  # fmt: skip
SHORT, LONG = 5_000, 20_000
#: Linear time is four times as long for four times the text, quadratic sixteen times.
MOST_TIMES, FLOOR = 9, 0.03


def seconds(text: str) -> float:
    lines = tuple(map(RawLine, ("关于绿化的通知", text, "正文一句。")))
    raw = RawDocument(Path("甲.txt"), "txt", lines, False)
    began = time.process_time()
    clean(raw, "甲")
    return time.process_time() - began


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_line_of_one_pattern_takes_linear_time(pattern: str) -> None:
    seconds("先读词典?!a")  # word lists are read once
    short = min(seconds((pattern * SHORT)[:SHORT]) for _ in range(2))
    long = seconds((pattern * LONG)[:LONG])
    assert long <= MOST_TIMES * max(short, FLOOR)
