"""Slips that are mended, and words that must stay."""

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
def mender() -> SpellCorrector:
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
def sample_mender() -> SpellCorrector:
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
def test_a_slip_is_read_as_the_corpus_has_it(
    mender: SpellCorrector, typed: str, meant: str, written: str, read: str
) -> None:
    mended = mender.mend(typed)
    assert mended.text == meant
    assert mended.changes == (Change(written, read),)


def test_a_slip_stays_where_the_corpus_has_nothing_better(mender: SpellCorrector) -> None:
    assert mender.mend("整冶小组").text == "整冶小组"  # 整治 stands nowhere


def test_a_whole_word_of_the_input_method_is_mended_by_its_phrase(mender: SpellCorrector) -> None:
    assert mender.mend("优化营商欢竞的做法").text == "优化营商环境的做法"


def test_several_slips_are_mended_and_named_in_order(mender: SpellCorrector) -> None:
    mended = mender.mend("沈杨市优化营商还境，设置综合窗囗")
    assert mended.text == "沈阳市优化营商环境，设置综合窗口"
    assert [change.read for change in mended.changes] == ["沈阳市", "环境", "窗口"]


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
def test_words_that_the_corpus_merely_lacks_stay(mender: SpellCorrector, text: str) -> None:
    assert mender.mend(text).text == text


def test_a_real_place_is_not_taken_for_another() -> None:
    mender = SpellCorrector(LexicalIndex.build(["福州市优化营商环境的做法"] * 9))
    assert mender.mend("抚州市优化营商环境的做法").text == "抚州市优化营商环境的做法"
    assert mender.mend("福洲市优化营商环境的做法").text == "福州市优化营商环境的做法"


def test_a_number_is_not_taken_for_another() -> None:
    mender = SpellCorrector(LexicalIndex.build(["第七巡视组进驻"] * 9))
    assert mender.mend("第其巡视组进驻").text == "第其巡视组进驻"
    assert mender.mend("第一巡视组进驻").text == "第一巡视组进驻"


def test_two_repairs_as_likely_as_each_other_are_none() -> None:
    both = ["杉桐街道工作方案"] * 9 + ["杉彤街道工作方案"] * 9
    assert (
        SpellCorrector(LexicalIndex.build(both)).mend("杉童街道工作方案").text == "杉童街道工作方案"
    )
    assert SpellCorrector(LexicalIndex.build(both[:9])).mend("杉童街道工作方案").text == both[0]


def test_a_draft_is_left_as_it_is(mender: SpellCorrector) -> None:
    draft = "沈杨市的做法。" * 20
    assert len(draft) > 120
    assert mender.mend(draft).text == draft


def test_questions_about_the_samples_are_not_changed() -> None:
    changed = {q: sample_mender().mend(q).changes for q in sample_questions()}
    assert not {q: changes for q, changes in changed.items() if changes}


def test_a_third_of_the_slips_in_questions_about_the_samples_are_mended_and_none_made_worse() -> (
    None
):
    rng = random.Random(5)
    exact = wrong = slips = 0
    for question in sample_questions() * 3:
        made = mistyped(question, "", rng)
        if made is None or "漏字" in made[1] or "繁体" in made[1]:
            continue
        mended = sample_mender().mend(made[0]).text
        for meant, typed, read in zip(question, made[0], mended, strict=True):
            slips += typed != meant
            exact += typed != meant and read == meant
            wrong += read not in (typed, meant)
    assert slips > 50
    assert exact >= slips / 3
    assert wrong == 0


#: Characters of the texts, homophones and look-alikes of them, and others.
CHARACTERS = sorted(set("".join(TEXTS))) + list("流杨囗试冶官还竞，。1a啥龘𠮷〇\n")
queries = st.text(st.sampled_from(CHARACTERS), max_size=40) | st.text(max_size=40)


@given(queries)
@example("沈杨市的做法")
@example("\ud800沈杨")
def test_mending_is_safe_for_any_text(text: str) -> None:
    mended = _mender().mend(text)
    assert len(mended.text) == len(text)
    assert bool(mended.changes) == (mended.text != text)
    for change in mended.changes:
        assert change.written != change.read
        assert change.written in text
        assert change.read in mended.text
    assert _mender().mend(mended.text).text == mended.text


@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3), st.data())
def test_what_the_corpus_knows_is_never_changed(parts: list[str], data: st.DataObject) -> None:
    text = "，".join(part[data.draw(st.integers(0, 5)) :] for part in parts)
    index = _index()
    assert all(index.count(token) for token in tokenise(text) if len(token) == 2)
    assert _mender().mend(text).text == text


@lru_cache(maxsize=1)
def _index() -> LexicalIndex:
    return LexicalIndex.build(TEXTS)


@lru_cache(maxsize=1)
def _mender() -> SpellCorrector:
    return SpellCorrector(_index())
