"""Characters of a line: pinyin notes, invisible characters, stray spaces, reversed quotes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from corpus.cleaning.characters import drop_invisible, drop_pinyin_notes, repair_spaces, turn_quotes
from tests.corpus.conftest import SEEDS
from tests.corpus.strategies import han_of, lines

NOTE = re.compile(r"[(（][A-Za-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][^)）]*[)）]")
BRACKET = re.compile(r"[(（][^()（）\n]*[)）]")

RULES = (repair_spaces, turn_quotes)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("全縣創(chuàng )建平安鄉(xiāng)鎮", "全縣創建平安鄉鎮"),
        ("落實(shí)責任，解（jiě）決問題", "落實責任，解決問題"),
        ("以優(yōu )質(zhì)服務(wù)", "以優質服務"),
    ],
)
def test_pinyin_notes_go(dirty: str, clean: str) -> None:
    assert drop_pinyin_notes(dirty)[0] == clean


@pytest.mark.parametrize(
    "text",
    ["(一)加强领导", "各县(市、區)", "中央商务区(CBD)建设", "(2023年修订)", "(xx政办〔20xx〕3号)", "GDP(万元)"],
)  # fmt: skip
def test_real_brackets_survive(text: str) -> None:
    assert drop_pinyin_notes(text) == (text, 0)


def test_a_real_document_keeps_its_167_brackets_and_loses_its_5310_notes() -> None:
    if not SEEDS.is_dir():
        pytest.skip("the real documents are not beside this checkout (../shared/seeds)")
    raw = next(SEEDS.glob("003_*")).read_text(encoding="utf-8")
    clean, removed = drop_pinyin_notes(raw)
    assert removed == 5310
    assert NOTE.findall(clean) == []
    assert len(BRACKET.findall(clean)) == 167
    assert han_of(clean) == han_of(raw)


def test_invisible_and_direction_changing_characters_go() -> None:
    assert drop_invisible("政\u200b务\ufeff服\u202e务\x07")[0] == "政务服务"


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        (
            "全市上下进一步加  快整改工作进度，确保按期全部到位。",
            "全市上下进一步加快整改工作进度，确保按期全部到位。",
        ),
        ("梳理问题 22 项， 全部销号。", "梳理问题22项，全部销号。"),
        ("针对“办事慢” 问题，立即整改。", "针对“办事慢”问题，立即整改。"),
        ("组　　长：高　原", "组长：高原"),
        ("副 组 长:林 溪", "副组长:林溪"),
    ],
)
def test_spaces_inside_words_and_beside_punctuation_go(dirty: str, clean: str) -> None:
    assert repair_spaces(dirty)[0] == clean


@pytest.mark.parametrize("text", ["高 原 林清溪", "深查问题寻对策 逆势突围争进位", "New York City"])
def test_names_in_a_list_the_parts_of_a_headline_and_latin_words_stay_apart(text: str) -> None:
    assert " " in repair_spaces(text)[0]


def test_an_entry_of_a_contents_page_keeps_the_tab_before_its_page_number() -> None:
    entry = "一、扛牢政治责任，推动整改落地，务求实效\t12"
    assert repair_spaces(entry)[0] == entry


def test_quotes_that_all_face_backwards_are_turned_in_pairs() -> None:
    assert turn_quotes("推行”一窗通办”和”一网通办”改革") == ("推行“一窗通办”和“一网通办”改革", 2)
    assert turn_quotes("推行“一窗通办”改革") == ("推行“一窗通办”改革", 0)
    assert turn_quotes("一个”孤立的引号") == ("一个”孤立的引号", 0)


@given(lines)
def test_no_rule_raises_or_loses_a_chinese_character(text: str) -> None:
    for rule in RULES:
        corrected, times = rule(text)
        assert han_of(corrected) == han_of(text), rule
        assert times >= 0
        assert times > 0 or corrected.split() == text.split(), rule
        text = corrected


@given(lines)
def test_cleaning_characters_twice_changes_nothing_more(text: str) -> None:
    once = _all_rules(text)
    assert _all_rules(once) == once


def _all_rules(text: str) -> str:
    for rule in RULES:
        text = rule(text)[0]
    return text
