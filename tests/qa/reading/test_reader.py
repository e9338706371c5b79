"""What passages say in answer to a question, by rules or by a reader of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from qa.facade import PolicyQA
from qa.reading.reader import (
    Readings,
    RuleReader,
    like_best,
    passage_coverage,
    telling_tokens,
    weigh,
)
from qa.reading.values import answers_kind
from qa.settings import Settings
from retriever.hit import Hit, SentenceHit
from retriever.query.analysis import Question, analyse
from tests.conftest import TinyEncoder
from tests.qa.making import evidence, hit, passage, sentence

PLAN = passage(
    "二、组织领导\n成立夜间经济领导小组，组成人员如下：\n组长：卢向晚 市委常委\n副组长：俞静山 市商务局局长\n"
    "每户补助3000元。\n河汀市人民政府办公室 2024年3月18日",
    headings=("二、组织领导",),
)


def even(token: str) -> float:
    return 1.0


def ranked(question: str, *words: str) -> list[str]:
    sentences = [sentence(PLAN, w) for w in words]
    return [e.sentence.text for e in weigh(analyse(question), sentences, even)]


def test_no_sentences_are_no_evidence() -> None:
    assert weigh(analyse("补助多少"), [], even) == []


def test_the_sentence_with_the_value_and_the_words_comes_first() -> None:
    assert (
        ranked("每户补助多少钱", "组长：卢向晚 市委常委", "每户补助3000元。")[0]
        == "每户补助3000元。"
    )


def test_a_heading_and_a_sign_off_come_last() -> None:
    order = ranked(
        "组织领导怎么安排",
        "二、组织领导",
        "河汀市人民政府办公室 2024年3月18日",
        "副组长：俞静山 市商务局局长",
    )
    assert order[0] == "副组长：俞静山 市商务局局长"


def test_the_date_below_a_document_only_answers_when_it_was_issued() -> None:
    below, inside = "河汀市人民政府办公室\n2024年3月18日", "本办法自2024年5月1日起实行。"
    of = passage(f"{inside}\n{below}")
    for question, best in (("什么时候开始实行", inside), ("什么时候印发", below)):
        found = weigh(analyse(question), [sentence(of, below), sentence(of, inside)], even)
        assert found[0].sentence.text == best


def test_the_holder_of_the_post_asked_for_comes_before_his_deputy() -> None:
    order = ranked("组长是谁", "副组长：俞静山 市商务局局长", "组长：卢向晚 市委常委")
    assert order[0].startswith("组长")
    order = ranked("副组长是谁", "组长：卢向晚 市委常委", "副组长：俞静山 市商务局局长")
    assert order[0].startswith("副组长")


def test_words_of_asking_tell_nothing() -> None:
    assert "多少" not in telling_tokens(analyse("补助多少"), even)
    assert "补助" in telling_tokens(analyse("补助多少"), even)


def test_coverage_counts_title_and_headings_too() -> None:
    of = passage("每户3000元。", title="夜市补助办法")
    assert passage_coverage({"补助": 1.0, "3000": 1.0}, of) == 1.0
    assert passage_coverage({"补助": 1.0, "学校": 3.0}, of) == 0.25
    assert passage_coverage({}, of) == 0.0


@pytest.mark.parametrize(
    ("question", "value", "answers"),
    [
        ("2024年8月哪一天召开", "2024年8月", False),
        ("哪一天召开", "7月10日", True),
        ("哪一天召开", "2024年3月", False),
        ("扣了多少分", "第四", False),
        ("排名第几", "第四", True),
        ("电话是多少", "122000", False),
        ("电话是多少", "0421-3398903", True),
        ("举报电话", "12388", True),
        ("邮编是多少", "122000", True),
        ("邮箱是什么", "a@b.example", True),
        ("地址在哪里", "中心街16号", True),
    ],
)
def test_a_value_must_be_news_and_of_the_sort_asked_for(
    question: str, value: str, answers: bool
) -> None:
    assert answers_kind(analyse(question), value) is answers


def test_only_sentences_near_the_best_on_the_same_subject_are_like_it() -> None:
    best = evidence(PLAN, score=2.0, coverage=0.6)
    near = evidence(PLAN, score=1.8, coverage=0.4)
    far = evidence(PLAN, score=1.2, coverage=0.6)
    other = evidence(PLAN, score=1.9, coverage=0.1)
    assert like_best([best, other, near, far]) == [best, near]


def test_a_sentence_that_only_asks_comes_behind_what_answers_it() -> None:
    of = passage("夜市何时可以复业？戴市长说，验收后逐户开门。")
    words = ("夜市何时可以复业？", "戴市长说，验收后逐户开门。")
    found = weigh(analyse("夜市怎么复业"), [sentence(of, w) for w in words], even)
    assert found[0].sentence.text == words[1]


def test_what_stands_behind_the_sentence_that_names_the_subject_is_credited() -> None:
    """Alike but for what stands before them."""
    of = passage("为防夜市火情。逐户换线。别的事。逐户换线。")
    near, far = of.text.index("逐户"), of.text.rindex("逐户")
    one = sentence(of, "为防夜市火情。")
    spans = [(0, one.end), (near, near + 5), (near + 5, far), (far, far + 5)]
    hits = [SentenceHit(one.hit, a, b, 0.85) for a, b in spans]
    scores = {e.sentence.start: e.score for e in weigh(analyse("夜市火情怎么防"), hits, even)}
    assert scores[near] > scores[far]


class _Sentences:
    """A search whose passages have one sentence each, all alike in meaning."""

    def sentences(self, query: str, hits: Sequence[Hit]) -> tuple[SentenceHit, ...]:
        return tuple(SentenceHit(h, 0, len(h.passage.text), 0.9, 2.0) for h in hits)

    def idf(self, token: str) -> float:
        return 1.0


def test_every_passage_is_read_in_the_order_of_the_hits() -> None:
    hits = [
        hit(passage("鼓励夜市有序发展。", doc="甲.txt"), rank=1, score=0.9),
        hit(passage("夜市每户补助3000元。", doc="乙.txt"), rank=2, score=0.8),
    ]
    readings = RuleReader(_Sentences()).read(analyse("夜市每户补助多少元"), hits)
    assert [one.passage.doc for one in readings.passages] == ["甲.txt", "乙.txt"]
    first, second = readings.passages
    assert second.relevance > first.relevance
    assert second.answers == 1.0 > first.answers >= 0.0
    assert readings.evidence[0].sentence.hit.passage.doc == "乙.txt"


def test_a_span_is_where_the_value_stands_in_the_passage() -> None:
    text = "夜市每户补助3000元，每区补助5万元。"
    (read,) = (
        RuleReader(_Sentences()).read(analyse("夜市每户补助多少元"), [hit(passage(text))]).passages
    )
    assert [text[s.start : s.end] for s in read.spans] == ["3000元", "5万元"]
    assert sum(s.probability for s in read.spans) == pytest.approx(read.answers)


def test_a_reader_of_ones_own_is_asked(notices_index: Path) -> None:
    asked: list[str] = []

    class Silent:
        def read(self, question: Question, hits: Sequence[Hit]) -> Readings:
            asked.append(question.text)
            return Readings()

    with PolicyQA(notices_index, TinyEncoder(), Settings(), reader=Silent()) as engine:
        answer = engine.ask("河汀市夜市每户补助多少元？")
    assert not answer.answered and asked
