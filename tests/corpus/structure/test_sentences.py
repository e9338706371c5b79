"""Sentence spans cover a text; marks in titles and masks end nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.structure.sentences import open_brackets, sentence_spans
from tests.corpus.strategies import lines


@pytest.mark.parametrize(
    "sentences",
    [
        ["市委召开会议。", "会议强调三点！"],
        ["他说：“马上就办。”", "大家都赞成。"],
        ["印发《关于“怎么办？办得好！”的意见》后，各地行动。"],
        ["建立清单；", "落实责任；", "逐项销号。"],
        ["见http://a.cn/?b=1;c=2的说明。", "完。"],
        ["没有句号的标题"],
        ["第一行\n", "第二行"],
    ],
)
def test_text_is_cut_at_sentence_ends(sentences: list[str]) -> None:
    text = "".join(sentences)
    assert [text[a:b] for a, b in sentence_spans(text)] == sentences


@given(st.one_of(lines, st.text(alphabet="甲乙。！？!?；;\n”》《)a1", max_size=40)))
def test_spans_cover_the_text_exactly(text: str) -> None:
    spans = sentence_spans(text)
    assert "".join(text[a:b] for a, b in spans) == text
    assert all(a < b for a, b in spans)


def test_missing_closing_marks_are_named_outermost_first() -> None:
    assert open_brackets("（印发《关于“一窗") == "）》”"
    assert open_brackets("（完整）《完整》") == ""
