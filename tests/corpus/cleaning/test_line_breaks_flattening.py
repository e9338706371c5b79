"""A text whose line breaks became spaces gets its paragraphs and headings back."""

from __future__ import annotations

import pytest
from hypothesis import given

from corpus.cleaning.line_breaks import split_flattened
from corpus.cleaning.report import Tally
from corpus.document import BlockKind
from corpus.load import LoadResult
from corpus.raw import LineKind, RawLine
from tests.corpus.conftest import LoadText
from tests.corpus.strategies import texts

NOTICE = (
    "霖川市民政局关于做好冬季救助工作的通知 各区民政局： \u3000\u3000为做好冬季救助，现通知如下。"
    " 一、摸清底数 各区要逐户走访，建立台账。 二、落实责任 使用 APP 登记，12 月底前完成。 霖川市民政局 2024年3月29日"
)


def parts(text: str, kind: LineKind = LineKind.TEXT, others: int = 0) -> list[str]:
    lines = [RawLine(text, kind=kind), *(RawLine("另一行。") for _ in range(others))]
    return [p.text for p in split_flattened(lines, Tally())][: -others or None]


def test_a_notice_on_one_line_gets_its_title_headings_and_paragraphs(load_text: LoadText) -> None:
    (document,) = load_text(NOTICE).documents
    assert document.metadata.title == "霖川市民政局关于做好冬季救助工作的通知"
    assert [b.text for b in document.blocks if b.kind is BlockKind.HEADING] == [
        "一、摸清底数",
        "二、落实责任",
    ]
    assert document.blocks[-1].kind is BlockKind.SIGN_OFF


def test_a_block_knows_its_column_in_the_one_line(load_text: LoadText) -> None:
    (document,) = load_text(NOTICE).documents
    for block in document.blocks:
        at = block.position(0)
        assert at.line == 1
        assert NOTICE[at.column - 1 :].startswith(block.display[:4])


def test_spaces_beside_latin_words_and_numbers_are_no_breaks() -> None:
    assert "二、落实责任" in parts(NOTICE)
    assert "使用 APP 登记，12 月底前完成。" in parts(NOTICE)


def test_one_space_behind_a_sentence_in_a_file_of_lines_is_stray() -> None:
    text = "各街道要落实责任。 各社区要每周巡查，" + "发现问题立即整改，" * 10 + "确保实效。"
    assert parts(text, others=1) == [text]


def test_a_row_of_a_table_is_never_split() -> None:
    assert parts(NOTICE, kind=LineKind.TABLE_ROW) == [NOTICE]


def test_a_torn_title_is_whole_again(load_text: LoadText) -> None:
    torn = NOTICE.replace("做好冬季", "做 好冬季")
    assert load_text(torn).documents[0].metadata.title == "霖川市民政局关于做好冬季救助工作的通知"


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_no_line_of_the_real_files_is_taken_for_flattened(
    seeds: dict[str, LoadResult], number: str
) -> None:
    report = seeds[number].report
    assert report is not None
    assert "flattened paragraphs" not in dict(report.counts)


@given(texts)
def test_splitting_loses_no_character(raw: list[str]) -> None:
    lines = [RawLine(text) for text in raw]
    pieces = split_flattened(lines, Tally())
    for number, line in enumerate(lines, start=1):
        own = [p for p in pieces if p.number == number]
        assert all(line.text[p.column :].startswith(p.text) for p in own)
        assert "".join("".join(p.text.split()) for p in own) == "".join(line.text.split())
