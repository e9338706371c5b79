"""Typos that are corrected, and words that must stay."""

from __future__ import annotations

import json
import random
from functools import lru_cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.language.simplification import search_form
from corpus.load import load_path
from eval.question_sets.typos import mistyped
from indexer.chunking import split_passages
from indexer.local.lexical import LexicalIndex
from indexer.settings import PassageSettings
from indexer.tokens import tokenise
from retriever.spelling.corrector import Change, SpellCorrector
from tests.conftest import SAMPLES

#: An invented office's texts, each of them in several documents.
TEXTS = [
    "澄柳街道创建文明城市工作方案，八月底之前达到标准",
    "沈阳市优化营商环境的做法和成效",
    "政务服务中心设置综合窗口，集中受理各类事项",
    "巡视整改工作领导小组办公室负责督促落实",
    "缺陷产品召回管理办法由市场监管局组织实施",
] * 4


@pytest.fixture(scope="module")
def corrector() -> SpellCorrector:
    return SpellCorrector(LexicalIndex.build(TEXTS))


@lru_cache(maxsize=1)
def sample_index() -> LexicalIndex:
    passages = [
        f"{document.metadata.title}\n{passage.text}"
        for path in sorted(SAMPLES.glob("*.[tm]*"))
        for result in load_path(path)
        for document in result.documents
        for passage in split_passages(document, PassageSettings())
    ]
    return LexicalIndex.build(passages)


@lru_cache(maxsize=1)
def sample_corrector() -> SpellCorrector:
    return SpellCorrector(sample_index())


def sample_questions() -> list[str]:
    golden = (SAMPLES.parent / "golden.jsonl").read_text(encoding="utf-8").splitlines()
    items = [json.loads(line) for line in golden]
    return [search_form(item["question"]) for item in items if item["type"] != "noisy"]


@pytest.mark.parametrize(
    ("typed", "meant", "written", "read"),
    [
        ("澄流街道", "澄柳街道", "澄流街道", "澄柳街道"),  # liú, liǔ
        ("沈杨", "沈阳", "沈杨", "沈阳"),
        ("沈杨市的做法", "沈阳市的做法", "沈杨市", "沈阳市"),
        ("综合窗囗", "综合窗口", "窗囗", "窗口"),  # no 口 but a frame
        ("巡试整改", "巡视整改", "巡试", "巡视"),
        ("由市场监官局组织实施", "由市场监管局组织实施", "监官", "监管"),
        ("政务服中务心", "政务服务中心", "服中务心", "服务中心"),  # swapped
    ],
)
def test_a_typo_is_read_as_the_corpus_has_it(
    corrector: SpellCorrector, typed: str, meant: str, written: str, read: str
) -> None:
    corrected = corrector.correct(typed)
    assert corrected.text == meant
    assert corrected.changes == (Change(written, read),)


def test_a_typo_stays_where_the_corpus_has_nothing_better(corrector: SpellCorrector) -> None:
    assert corrector.correct("整冶小组").text == "整冶小组"  # 整治 stands nowhere


def test_a_whole_word_of_the_input_method_is_corrected_by_its_phrase(
    corrector: SpellCorrector,
) -> None:
    assert corrector.correct("优化营商欢竞的做法").text == "优化营商环境的做法"


def test_several_typos_are_corrected_and_named_in_order(corrector: SpellCorrector) -> None:
    corrected = corrector.correct("沈杨市优化营商还境，设置综合窗囗")
    assert corrected.text == "沈阳市优化营商环境，设置综合窗口"
    assert [change.read for change in corrected.changes] == ["沈阳市", "环境", "窗口"]


@pytest.mark.parametrize(
    "text",
    [
        "叫回来",  # says it otherwise than 召回
        "苹果公司",
        "快递小哥去哪里办证",
        "父母的房子怎么过户",
        "王建国是谁",
        "第二批有几个",
        "澄江县的做法",  # a place of its own
        "pinyin 2024 abc",
        "",
    ],
)
def test_words_that_the_corpus_merely_lacks_stay(corrector: SpellCorrector, text: str) -> None:
    assert corrector.correct(text).text == text


def test_a_real_place_is_not_taken_for_another() -> None:
    corrector = SpellCorrector(LexicalIndex.build(["福州市优化营商环境的做法"] * 9))
    assert corrector.correct("抚州市优化营商环境的做法").text == "抚州市优化营商环境的做法"
    assert corrector.correct("福洲市优化营商环境的做法").text == "福州市优化营商环境的做法"


def test_a_number_is_not_taken_for_another() -> None:
    corrector = SpellCorrector(LexicalIndex.build(["第七巡视组进驻"] * 9))
    assert corrector.correct("第其巡视组进驻").text == "第其巡视组进驻"
    assert corrector.correct("第一巡视组进驻").text == "第一巡视组进驻"


def test_two_repairs_as_likely_as_each_other_are_none() -> None:
    both = ["杉桐街道工作方案"] * 9 + ["杉彤街道工作方案"] * 9
    assert (
        SpellCorrector(LexicalIndex.build(both)).correct("杉童街道工作方案").text
        == "杉童街道工作方案"
    )
    assert SpellCorrector(LexicalIndex.build(both[:9])).correct("杉童街道工作方案").text == both[0]


def test_a_draft_is_left_as_it_is(corrector: SpellCorrector) -> None:
    draft = "沈杨市的做法。" * 20
    assert len(draft) > 120
    assert corrector.correct(draft).text == draft


def test_questions_about_the_samples_are_not_changed() -> None:
    changed = {q: sample_corrector().correct(q).changes for q in sample_questions()}
    assert not {q: changes for q, changes in changed.items() if changes}


def test_a_third_of_the_typos_in_questions_about_the_samples_are_corrected_and_none_made_worse() -> (
    None
):
    rng = random.Random(5)
    exact = wrong = typos = 0
    for question in sample_questions() * 3:
        made = mistyped(question, "", rng)
        if made is None or "漏字" in made[1] or "繁体" in made[1]:
            continue
        corrected = sample_corrector().correct(made[0]).text
        for meant, typed, read in zip(question, made[0], corrected, strict=True):
            typos += typed != meant
            exact += typed != meant and read == meant
            wrong += read not in (typed, meant)
    assert typos > 50
    assert exact >= typos / 3
    assert wrong == 0


#: Characters of the texts, homophones and look-alikes of them, and others.
CHARACTERS = sorted(set("".join(TEXTS))) + list("流杨囗试冶官还竞，。1a啥龘𠮷〇\n")
queries = st.text(st.sampled_from(CHARACTERS), max_size=40) | st.text(max_size=40)


@given(queries)
@example("沈杨市的做法")
@example("\ud800沈杨")
def test_mending_is_safe_for_any_text(text: str) -> None:
    corrected = _mender().correct(text)
    assert len(corrected.text) == len(text)
    assert bool(corrected.changes) == (corrected.text != text)
    for change in corrected.changes:
        assert change.written != change.read
        assert change.written in text
        assert change.read in corrected.text
    assert _mender().correct(corrected.text).text == corrected.text


@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3), st.data())
def test_what_the_corpus_knows_is_never_changed(parts: list[str], data: st.DataObject) -> None:
    text = "，".join(part[data.draw(st.integers(0, 5)) :] for part in parts)
    index = _index()
    assert all(index.count(token) for token in tokenise(text) if len(token) == 2)
    assert _mender().correct(text).text == text


@lru_cache(maxsize=1)
def _index() -> LexicalIndex:
    return LexicalIndex.build(TEXTS)


@lru_cache(maxsize=1)
def _mender() -> SpellCorrector:
    return SpellCorrector(_index())
