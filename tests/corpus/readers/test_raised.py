"""What raised characters stand for."""

from __future__ import annotations

import pytest

from corpus.readers.raised import note_name, raised_text, subscript, superscript


@pytest.mark.parametrize(
    ("text", "before", "after", "kept"),
    [
        ("1", "352", "万人", None),
        ("1,2", "352", "万人", None),
        ("*", "50", "元", None),
        ("（3）", "比例70%", "", None),
        ("2", "120m", "", "²"),
        ("3", "5km", "，", "³"),
        ("7", "120m", "，", None),
        ("6", "3×10", "元", "⁶"),
        ("1", "共10", "个", None),
        ("12", "10", "", "¹²"),
        ("-1", "s", "", "⁻¹"),
        ("2", "x", "+1", "²"),
        ("n", "2", "", "ⁿ"),
        ("2", "3", "=9", "²"),
        ("2", "PM", "浓度", None),
        ("这是一段很长很长的上标文字内容", "甲", "", "这是一段很长很长的上标文字内容"),
        ("", "甲", "", ""),
    ],
)
def test_marks_go_and_exponents_stay(text: str, before: str, after: str, kept: str | None) -> None:
    assert raised_text(text, before, after) == kept


def test_names_of_notes_and_forms_of_digits() -> None:
    assert [note_name(mark) for mark in ("[1]", "（注2）", "①", "*", "甲")] == [
        "1",
        "2",
        "①",
        "*",
        "",
    ]
    assert superscript("n+1") == "ⁿ⁺¹"
    assert superscript("kt") == "^(kt)"
    assert (subscript("2"), subscript("max")) == ("₂", "max")
