"""How like a draft's sentence a found one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from retriever.hit import Hit, SentenceHit
from retriever.precedent.likeness import LEAST, Likeness, Match
from tests.qa.making import hit, passage


class _Search:
    """Whole passages as sentences, with cosines given by text; every pair of characters tells 1."""

    def __init__(self, cosines: Mapping[str, float]) -> None:
        self._cosines = cosines

    def sentences(self, query: str, hits: Sequence[Hit]) -> tuple[SentenceHit, ...]:
        texts = [(h, h.passage.text) for h in hits]
        return tuple(SentenceHit(h, 0, len(t), self._cosines[t]) for h, t in texts)

    def idf(self, token: str) -> float:
        return 1.0


_SAMPLE = {"第一句随便说说的话。": 0.7, "第二句随便说说的话。": 0.8, "第三句随便说说的话。": 0.9}


def _matches(sentence: str, cosines: Mapping[str, float]) -> tuple[Match, ...]:
    found = [hit(passage(text, doc=f"{n}.txt")) for n, text in enumerate(cosines)]
    sample = [hit(passage(text, doc="样.txt")) for text in _SAMPLE]
    return Likeness(_Search({**_SAMPLE, **cosines}), sample).matches(sentence, found)


def test_meaning_is_measured_from_chance() -> None:
    # The median of the sample is .8, so .9 is half way from chance to the same meaning.
    [match] = _matches("推行夜间窗口服务", {"组建志愿总队三支": 0.9})
    assert match.meaning == pytest.approx(0.5)


def test_less_than_chance_is_no_meaning_in_common() -> None:
    [match] = _matches("推行夜间窗口服务", {"组建志愿总队三支": 0.6})
    assert match.meaning == 0


def test_wording_is_the_share_of_the_draft_s_pairs() -> None:
    # 推行 行夜 夜间 间窗 窗口: of five pairs the found sentence has 夜间 间窗 窗口.
    [match] = _matches("推行夜间窗口", {"各地设立夜间窗口": 0.8})
    assert match.wording == pytest.approx(3 / 5)
    assert match.likeness == pytest.approx((0 + 3 / 5) / 2)


def test_the_most_like_comes_first() -> None:
    found = _matches("推行夜间窗口", {"组建志愿总队三支": 0.8, "各地设立夜间窗口": 0.9})
    assert [m.text for m in found] == ["各地设立夜间窗口", "组建志愿总队三支"]


def test_the_same_words_in_several_documents_are_one_match() -> None:
    found = _matches("推行夜间窗口", {"各地设立夜间窗口。": 0.9, "各地设立“夜间窗口”；": 0.9})
    assert [(m.passage.doc, [p.doc for p in m.others]) for m in found] == [("0.txt", ["1.txt"])]


def test_a_precedent_is_one_from_the_threshold_on() -> None:
    one = passage("推行夜间窗口。")
    assert Match(one, 0, 7, LEAST, LEAST).is_precedent
    assert not Match(one, 0, 7, LEAST, LEAST - 0.01).is_precedent


def test_a_heading_before_a_sentence_is_compared_apart() -> None:
    text = "三、方便群众办事\n各地设立夜间窗口二十个。"
    found = _matches("设立夜间窗口", {text: 0.9})
    assert {m.text for m in found} == {"三、方便群众办事", "各地设立夜间窗口二十个。"}


def test_the_file_s_own_characters_are_shown() -> None:
    match = Match(passage("设立夜间窗口。", "設立夜間窗口。"), 0, 6, 1, 1)
    assert (match.text, match.display) == ("设立夜间窗口", "設立夜間窗口")


def test_a_corpus_of_one_wording_still_gives_numbers() -> None:
    same = {"推行夜间窗口服务。": 1.0}
    sample = [hit(passage("推行夜间窗口服务。", doc="样.txt"))]
    [match] = Likeness(_Search(same), sample).matches(
        "推行夜间窗口服务", [hit(passage("推行夜间窗口服务。"))]
    )
    assert 0 <= match.likeness <= 1
