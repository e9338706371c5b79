"""What is encoded."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Metadata
from indexer.embedding.texts import keys_of, search_texts, sentence_units
from tests.indexer.making import passage


def test_a_passage_stands_behind_its_title_and_headings() -> None:
    one = replace(passage("压缩时间。"), heading_path=("二、任务", "（一）提速"))
    assert search_texts([one]) == ["测试方案 二、任务 （一）提速\n压缩时间。"]


def test_a_document_without_a_title_is_named_by_its_first_words() -> None:
    untitled = Metadata()
    first, second = passage("关于创城的\n汇报。", 0, untitled), passage("其他。", 1, untitled)
    assert search_texts([first, second])[1] == "关于创城的 汇报。\n其他。"


def test_long_titles_and_headings_are_cut() -> None:
    one = replace(passage("甲。", 0, Metadata(title="题" * 90)), heading_path=("一" * 90,))
    assert one.context() == "题" * 40 + " " + "一" * 30


def test_short_sentences_join_a_neighbour() -> None:
    text = "统一思想。各部门要提高政治站位。好。坚持问题导向抓落实。"
    units = [text[a:b] for a, b in sentence_units(text)]
    assert units == ["统一思想。各部门要提高政治站位。好。", "坚持问题导向抓落实。"]


@given(st.text(alphabet="甲乙丙。；！\n 12"))
def test_units_hold_every_word_in_order(text: str) -> None:
    units = sentence_units(text)
    assert all(text[a:b].strip() for a, b in units)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(units))
    covered = "".join(text[a:b] for a, b in units)
    assert "".join(covered.split()) == "".join(text.split())


def test_equal_texts_have_equal_keys() -> None:
    keys = keys_of(["甲", "乙", "甲"])
    assert keys.shape == (3, 2)
    assert (keys[0] == keys[2]).all() and (keys[0] != keys[1]).any()
    assert keys.dtype == np.dtype("<u8")
