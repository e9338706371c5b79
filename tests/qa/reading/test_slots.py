"""Where the question word of a question stands, and what would fill its answer slot."""

from __future__ import annotations

import pytest

from qa.reading.slots import SlotKind, answer_slot


@pytest.mark.parametrize(
    ("question", "kind", "left", "right"),
    [
        ("街道实施的是什么预警制度？", SlotKind.NOUN, "街道实施的是", "预警制度"),
        ("哪家企业承办了论坛？", SlotKind.NOUN, "", "企业承办了论坛"),
        ("论坛的主办方是谁", SlotKind.NOUN, "论坛的主办方是", ""),
        ("要用好哪两个平台的作用", SlotKind.SEVERAL, "要用好", "平台的作用"),
        ("逾期不退的应如何处理？", SlotKind.CLAUSE, "逾期不退的应", "处理"),
        ("外地车能不能停进院里", SlotKind.VERDICT, "外地车", "停进院里"),
        ("外地车停得进院里吗？", SlotKind.VERDICT, "外地车停得进院里", ""),
    ],
)
def test_the_gap_parts_the_words_around_the_question_word(
    question: str, kind: SlotKind, left: str, right: str
) -> None:
    gap = answer_slot(question)
    assert gap is not None
    assert (gap.kind, gap.left, gap.right) == (kind, left, right)


def test_what_says_no_question_word_has_no_gap() -> None:
    assert answer_slot("老旧小区改造") is None


@pytest.mark.parametrize(("question", "count"), [("哪三项任务", 3), ("哪俩村", 2), ("哪些任务", 0)])
def test_how_many_things_are_asked_for_is_counted(question: str, count: int) -> None:
    gap = answer_slot(question)
    assert gap is not None
    assert gap.count == count


def test_at_the_end_of_a_question_the_words_in_front_name_what_is_asked() -> None:
    gap = answer_slot("论坛的主办方是谁")
    assert gap is not None
    assert gap.final
    assert gap.asked == "主办方是"
