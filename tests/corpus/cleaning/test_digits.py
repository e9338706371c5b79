"""Numbers are sacred: cleaning changes no digit of a document."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.cleaning.pipeline import clean_lines
from corpus.cleaning.report import Tally
from corpus.load import find_files
from corpus.raw import RawDocument, RawLine
from corpus.readers import ReadLimits, read_file

SHARED = Path(__file__).parents[4] / "shared"
PIECES = (
    *"0123456789０１２３４５²³¹⁶①②〇○零一二百万", *"?!,;？！，；。：、()（）〔〕“”%％.．·…",
    *" \t\u3000\u200b", "收费", "常住人口", "万人", "元", "㎡", "m²", "10⁶", "352¹万人", "创(chuàng )建", "縣委",
    "???", "?,F", "??h", "?!", "价格 ??? 元", "2024年", "〔2024〕1号", "一、", "1.", "电话：", "注1：", "a", "h", "A区",
)  # fmt: skip
LINES = st.lists(
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join), min_size=1, max_size=12
)


class Whole(Tally):
    """Keeps what is dropped in full length."""

    def __init__(self) -> None:
        super().__init__()
        self.dropped: list[str] = []

    def drop(self, rule: str, line: int, text: str) -> None:
        super().drop(rule, line, text)
        self.dropped.append(text)


def digits(texts: list[str]) -> str:
    """Every digit in order: of any width, raised ones and those in circles among them."""
    return "".join(c for text in texts for c in text if c.isdigit())


def changed_digits(raw: RawDocument) -> tuple[str, str]:
    """The digits before and after; what a rule drops whole and reports counts as kept.

    Only whole lines (page numbers, contents, spam) and injected phrases may go, each with its report.
    """
    tally = Whole()
    contents = clean_lines(raw, tally)
    before = digits([line.text for line in raw.lines])
    after = digits([line.text for line in contents.lines])
    dropped = digits(tally.dropped)
    return "".join(sorted(before)), "".join(sorted(after + dropped))


@settings(max_examples=150, deadline=None)
@given(LINES)
def test_cleaning_changes_no_digit(texts: list[str]) -> None:
    raw = RawDocument(Path("甲.txt"), "txt", tuple(map(RawLine, texts)), False)
    before, after = changed_digits(raw)
    assert before == after
    tally = Whole()
    kept = [line.text for line in clean_lines(raw, tally).lines]
    if not tally.dropped:
        assert digits(kept) == digits(texts)  # in order, too


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not there")
def test_no_digit_of_the_real_files_changes() -> None:
    files = [p for p, _ in find_files([SHARED / "seeds"])]
    for path in files:
        before, after = changed_digits(read_file(path, ReadLimits(ocr=False)))
        assert before == after, path.name
