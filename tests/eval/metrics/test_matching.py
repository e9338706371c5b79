"""Bare forms, the hit rule and gold answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.matching import bare, covers, fewest_edits, stands_in, units, without_marks

QUOTE = "累计选树表彰好班子16个、好书记6人、好干部97人"  # 23 bare characters
PASSAGE = f"今年以来，市委组织部{QUOTE}，营造了比学赶超的浓厚氛围。"

CHINESE = st.text(
    st.sampled_from("创建文明城市工作乾隆著名后面干部整改监督检查二〇一九"), max_size=80
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("強調（１）Ａ股 著手", "强调1a股着手"),
        ("**市", "市"),
        ("二〇二三年", "二〇二三年"),
        ("㎡ ①", "m21"),
        ("創(chuàng)建", "创chung建"),
        ("", ""),
        ("，。！", ""),
    ],
)
def test_bare_keeps_simplified_characters_letters_and_digits(text: str, expected: str) -> None:
    assert bare(text) == expected


@pytest.mark.parametrize("word", ["显著", "著名", "著作", "原著", "名著", "编著", "专著", "卓著"])
def test_zhu_stays_in_words_that_keep_it(word: str) -> None:
    assert bare(f"成效{word}的") == f"成效{word}的"


@pytest.mark.parametrize(
    ("word", "expected"), [("沿著", "沿着"), ("著力", "着力"), ("順著", "顺着")]
)
def test_zhu_elsewhere_becomes_zhe(word: str, expected: str) -> None:
    assert bare(word) == expected


def test_a_passage_with_the_quote_covers_it_whatever_the_typing() -> None:
    assert covers(PASSAGE, QUOTE)
    assert covers("累計選樹表彰好班子１６個,好書記 6人,好幹部97人", QUOTE)


def test_two_wrong_characters_in_twenty_three_are_within_a_tenth() -> None:
    assert len(bare(QUOTE)) == 23
    assert covers(PASSAGE.replace("选树", "选拔").replace("书记", "书籍"), QUOTE)


def test_three_wrong_characters_in_twenty_three_are_beyond_a_tenth() -> None:
    damaged = PASSAGE.replace("选树", "选拔").replace("班子", "班组").replace("干部", "干事")
    assert not covers(damaged, QUOTE)


def test_one_piece_of_sixty_percent_is_enough_and_less_is_not() -> None:
    quote = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"  # 20 characters, so 12 are due
    assert covers("前文" + quote[:12] + "后文", quote)
    assert covers("前文" + quote[8:] + "后文", quote)
    assert not covers("前文" + quote[:11] + "其间另有文字" + quote[11:], quote)


def test_a_short_quote_must_stand_whole() -> None:
    assert covers("共表彰好干部", "表彰好干部")
    assert not covers("共表彰好人", "表彰好干部")


@pytest.mark.parametrize("quote", ["", "，。", "**"])
def test_an_empty_quote_is_covered_by_nothing(quote: str) -> None:
    assert not covers("任何文字", quote)
    assert not covers("", quote)


@given(before=CHINESE, quote=CHINESE, after=CHINESE)
def test_a_verbatim_cut_is_always_covered(before: str, quote: str, after: str) -> None:
    assert covers(before + quote + after, quote) == bool(quote)


@given(st.permutations("依法行政严禁推诿扯皮务求取得实效"))
def test_shuffled_unrelated_text_is_not_covered(characters: list[str]) -> None:
    assert not covers("".join(characters), QUOTE)


def _naive_fewest_edits(text: str, pattern: str) -> int:
    # Sellers (1980): row 0 is all zeros, because the match may begin anywhere.
    row = [0] * (len(text) + 1)
    for i, wanted in enumerate(pattern, start=1):
        following = [i]
        for j, character in enumerate(text, start=1):
            following.append(
                min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (wanted != character))
            )
        row = following
    return min(row)


@given(text=st.text("甲乙丙", max_size=30), pattern=st.text("甲乙丙", max_size=12))
def test_bit_parallel_edits_equal_the_plain_matrix(text: str, pattern: str) -> None:
    assert fewest_edits(text, pattern) == _naive_fewest_edits(text, pattern)


@pytest.mark.parametrize(
    ("gold", "text"),
    [
        ("97人", "表彰好干部97人。"),
        ("97", "共97[1]"),
        ("2024年2月上旬", "时间为 2024 年２月上旬"),
        ("“数字桦甸”“智慧交管”", "数字桦甸、智慧交管等平台"),
        ("三项制度", "「三項制度」"),
    ],
)
def test_gold_answers_stand_in_texts_however_typed(gold: str, text: str) -> None:
    assert stands_in(gold, without_marks(text))


@pytest.mark.parametrize(
    ("gold", "text"),
    [
        ("97", "1997年"),
        ("97", "占97.2%"),
        ("97", "0.97"),
        ("97人", "297人"),
        ("三项制度", "三项改革"),
        ("", "任何文字"),
        ("**", "任何文字"),
    ],
)
def test_parts_of_other_numbers_and_empty_answers_stand_nowhere(gold: str, text: str) -> None:
    assert not stands_in(gold, text)


def test_marks_are_removed_with_the_space_before_them() -> None:
    assert without_marks("共97人 [1]，见附件[12]。") == "共97人，见附件。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第十五条，共1,035.6％ ABC", ["第", "十五", "条", "共", "1035.6%", "abc"]),
        ("6，97、1,2,3", ["6", "97", "1", "2", "3"]),
        ("二〇二三年３月", ["二〇二三", "年", "3", "月"]),
        ("強調**", ["强", "调"]),
    ],
)
def test_numbers_and_latin_words_are_whole_units(text: str, expected: list[str]) -> None:
    assert list(units(text)) == expected
