"""Text whose GBK bytes were edited one byte off is put right; sound text is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning.characters import drop_pinyin_notes
from corpus.cleaning.mojibake import repair_lines
from corpus.language.simplification import search_form

SHARED = Path(__file__).parents[4] / "shared"
SEEDS = SHARED / "seeds" / "003_21f10bf9ae509db8.txt"
REPAIRS = SHARED / "eval" / "mojibake-repairs-dev.tsv"
#: Gives the model the words that the damaged sentences are made of.
CONTEXT = [
    "各單位要認真貫徹《管理條例》。縣政府負責保護工作。現在公布名單。總結經驗。",
    "落實責任。縣委組織部負責。《條例》規定保護水源。可以說成效明顯。現在開始。",
    "確保安全。確保落實到位。優勢明顯，發揮優勢。決策公開，科學決策。",
] * 3


def damage_marks(text: str) -> str:
    """What the byte-wise editor did: A3A1 and its like become one ASCII mark wherever they lie."""
    data = text.encode("gbk")
    for second, mark in ((0xA1, b"!"), (0xAC, b","), (0xBB, b";"), (0xBF, b"?")):
        data = data.replace(bytes([0xA3, second]), mark)
    return data.decode("gbk", errors="replace").replace("\ufffd", "?")


def digits_of(lines: list[str]) -> list[str]:
    return [c for line in lines for c in line if c.isdigit()]


@pytest.mark.parametrize(
    "sentence",
    ["公布名單。《管理條例》h規定", "認真落實。縣委", "責任落實。縣政府負責", "成效明顯。可以說"],
)
def test_a_full_stop_that_lay_across_a_mark_comes_back(sentence: str) -> None:
    damaged = damage_marks(sentence)
    assert damaged != sentence
    repaired, runs = repair_lines([*CONTEXT, damaged])
    assert repaired[-1] == sentence
    assert runs == 1


def test_a_character_whose_lead_byte_a_note_swallowed_comes_back() -> None:
    # 到決策: the pair BD 9B inside 到決 is 經 (jīng), so its note was put there.
    repaired, runs = repair_lines([*CONTEXT, "做到?jīng)Q策公開"])
    assert repaired[-1] == "做到決策公開"
    assert runs == 1


def test_a_real_question_mark_stays() -> None:
    lines = [*CONTEXT, "怎么辦?下一步要抓落實", "共扣了多少分?處理了多少人?"]
    assert repair_lines(lines) == (lines, 0)


def test_what_cannot_be_repaired_stays_as_it_is() -> None:
    line = "投入使用?!?2348熱線"
    assert repair_lines([*CONTEXT, line])[0][-1] == line


def test_a_digit_that_went_lost_is_not_made_up() -> None:
    lines = [*CONTEXT, "請撥打“12348”熱線。", "建成使用。“12345”熱線", "投入使用?!?2348”熱線"]
    assert repair_lines(lines)[0][-1] == lines[-1]


@pytest.mark.parametrize(
    "line",
    [
        "一、停车是否收费???请各区答复。", "联系电话????", "四、价格 ??? 元。", "What???", "l| ~^ ??? (c) 8",
        "收费??A区，电话?!F座", "标准是多少?,A类企业??B类企业", "你选哪个?a)甲?b)乙", "真的吗?!真的?!",
        "费用??a元", "合计?????元", "公开?,?办理", "公開。?!?", "罚款?!?200元", "收费??1元??2元", "??", "?;?;?;",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "context", [CONTEXT, ["平陵市收费通知", "罚款上限待定，收费标准公开。"] * 4]
)
def test_question_marks_without_shifted_bytes_stay(line: str, context: list[str]) -> None:
    assert repair_lines([*context, line]) == ([*context, line], 0)


def test_a_character_that_cannot_be_known_keeps_its_question_mark() -> None:
    # 危化品企業: its bytes say 化品企業, and nothing in the file says what stood before them.
    context = [*CONTEXT, "各企業要公開產品，企業進行檢查。化學品企業也要檢查。"]
    damaged = "對家?;\ue1fb菲髽I進行"
    assert repair_lines([*context, damaged])[0][-1] == "對家?化品企業進行"


@given(st.text(alphabet="縣政府？?!,;収費标准是多少?a(h)元25０²１¹①㎡ABh 罚款", max_size=60))
def test_no_digit_is_ever_changed(text: str) -> None:
    lines = [*CONTEXT, damage_marks("公布名單。《管理條例》h規定"), text]
    assert digits_of(repair_lines(lines)[0]) == digits_of(lines)


@given(st.text(alphabet="縣政府負責保護工作，。、；：“”《》（）0123456789abcXYZ ", max_size=80))
def test_sound_text_is_never_changed(text: str) -> None:
    assert repair_lines([*CONTEXT, text]) == ([*CONTEXT, text], 0)


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    repaired, _ = repair_lines([*CONTEXT, text])
    assert len(repaired) == len(CONTEXT) + 1


@pytest.mark.skipif(not REPAIRS.exists(), reason="../shared/eval is not there")
def test_most_damaged_runs_of_the_real_page_are_repaired_exactly() -> None:
    lines = SEEDS.read_text(encoding="utf-8").split("\n")
    repaired, _ = repair_lines([drop_pinyin_notes(line)[0] for line in lines])
    right = asked = 0
    for row in REPAIRS.read_text(encoding="utf-8").splitlines()[1:]:
        numbers, _, original, _ = row.split("\t")
        wanted = search_form(drop_pinyin_notes(original)[0])
        for number in numbers.split(","):
            asked += 1
            right += wanted in search_form(repaired[int(number) - 1])
    assert asked >= 20
    assert right / asked >= 0.85, f"{right} of {asked}"


@pytest.mark.skipif(not SEEDS.exists(), reason="../shared/seeds is not there")
def test_the_other_real_documents_are_not_touched() -> None:
    for path in sorted(SEEDS.parent.glob("00[0124]*.txt")):
        lines = path.read_text(encoding="utf-8").split("\n")
        assert repair_lines(lines) == (lines, 0), path.name
