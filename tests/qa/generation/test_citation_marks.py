"""``[n]`` marks in what a language model wrote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.generation.citation_marks import CitedSentence, SentenceStream, cited_numbers, split_cited

WORDS = st.text(alphabet="市每户补助三千元，、（）“”a b", min_size=1, max_size=20).filter(str.strip)
NUMBERS = st.lists(st.integers(1, 99), min_size=1, max_size=4, unique=True)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("甲[1]。", (1,)),
        ("甲【1】。", (1,)),
        ("甲［2］。", (2,)),
        ("甲[1][2]。", (1, 2)),
        ("甲[1,2]。", (1, 2)),
        ("甲[1，3、5]。", (1, 3, 5)),
        ("甲[1-3]。", (1, 2, 3)),
        ("甲[2～4]。", (2, 3, 4)),
        ("甲[资料1]。", (1,)),
        ("甲[ 1 ]。", (1,)),
        ("甲[１]。", (1,)),
        ("甲[1]，乙[2]，丙[1]。", (1, 2)),
        ("甲（1）。", ()),
        ("〔2024〕3号。", ()),
        ("甲[2024]。", ()),
        ("甲[a]。", ()),
        ("甲[]。", ()),
    ],
)
def test_marks_of_every_make_are_read(text: str, numbers: tuple[int, ...]) -> None:
    assert cited_numbers(text) == numbers


@pytest.mark.parametrize(
    "text", ["甲。[1]乙。[2]", "甲[1]。乙[2]。", "甲。\n[1]\n乙。 [2]", "甲。[1]。乙[2]"]
)
def test_a_sentence_has_the_marks_behind_it(text: str) -> None:
    assert [(s.text.strip("。"), s.numbers) for s in split_cited(text)] == [
        ("甲", (1,)),
        ("乙", (2,)),
    ]


def test_a_sentence_without_marks_cites_nothing() -> None:
    assert [s.numbers for s in split_cited("甲。乙[2]。")] == [(), (2,)]


def test_a_range_without_end_is_cut() -> None:
    assert len(cited_numbers("甲[1-999]")) <= 21
    assert cited_numbers("甲[9-3]") == ()


@given(st.text(max_size=200))
def test_parsing_never_raises(text: str) -> None:
    split_cited(text)
    cited_numbers(text)


@given(st.text(max_size=200).filter(lambda t: not set(t) & set("[［【")))
def test_a_text_without_brackets_has_no_marks(text: str) -> None:
    assert cited_numbers(text) == ()
    assert all(not s.numbers for s in split_cited(text))


@given(st.lists(st.tuples(WORDS, NUMBERS, st.sampled_from(["[]", "【】", "［］"])), max_size=6))
def test_the_numbers_found_are_those_written(sentences: list[tuple[str, list[int], str]]) -> None:
    text = "".join(
        words + "。" + "".join(f"{b[0]}{n}{b[1]}" for n in numbers)
        for words, numbers, b in sentences
    )
    found = split_cited(text)
    assert [s.numbers for s in found] == [tuple(numbers) for _, numbers, _ in sentences]
    assert [s.text for s in found] == [(words + "。").strip() for words, _, _ in sentences]


@pytest.mark.timeout(60)  # a pattern that tries again at every character would take hours
@pytest.mark.parametrize(
    ("text", "words", "numbers"),
    [
        ("\n" * 20000, [], []),
        ("[" * 20000, ["[" * 20000], [()]),
        ("[1," * 7000, ["[1," * 7000], [()]),
        ("甲" * 20000, ["甲" * 20000], [()]),
        (" [1] " * 5000, [""], [(1,)]),
    ],
)
def test_whatever_a_model_babbles_is_parsed(
    text: str, words: list[str], numbers: list[tuple[int, ...]]
) -> None:
    found = split_cited(text)
    assert [one.text for one in found] == words
    assert [one.numbers for one in found] == numbers


def streamed(pieces: list[str]) -> list[list[CitedSentence]]:
    stream = SentenceStream()
    return [list(stream.add(piece)) for piece in pieces] + [list(stream.close())]


def test_a_sentence_comes_once_the_next_begins() -> None:
    found = streamed(["甲", "。", "[1]", "乙", "[2]"])
    assert [[s.text for s in one] for one in found] == [[], [], [], ["甲。"], [], ["乙"]]
    assert [s.numbers for one in found for s in one] == [(1,), (2,)]


def test_a_mark_is_waited_for() -> None:
    assert streamed(["甲。", " [", "1", "]", "乙。"])[4] == [CitedSentence("甲。", (1,))]


def test_what_never_ends_is_given_out_without_marks() -> None:
    stream = SentenceStream(longest=10)
    assert stream.add("[1]" + "甲" * 20) == (CitedSentence("[1]" + "甲" * 20, ()),)
    assert stream.add("乙[2]。丙") == (CitedSentence("乙。", (2,)),)


@given(
    st.lists(st.sampled_from(["甲", "乙", "。", "\n", " ", "[1]", "[", "2", "]", "，", "【3】"]), max_size=30),
    st.data(),
)  # fmt: skip
def test_however_it_is_cut_the_sentences_are_those_of_the_whole(
    written: list[str], data: st.DataObject
) -> None:
    text = "".join(written)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert tuple(s for one in streamed(pieces) for s in one) == split_cited(text)
