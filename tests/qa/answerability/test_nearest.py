"""What a refusal offers: the nearest facts, each with how it differs."""

from __future__ import annotations

from qa.answer import Nearest
from qa.answerability.decision import EvidenceSet
from qa.answerability.nearest import nearest_facts
from qa.facade import PolicyQA
from qa.reading.reader import Evidence
from retriever.query.analysis import Scope, analyse
from tests.qa.making import evidence, passage


def near(
    question: str, *found: Evidence, scope: Scope = Scope((), ()), beside: tuple[Evidence, ...] = ()
) -> tuple[Nearest, ...]:
    known = EvidenceSet(scope, found, 0.0, 0.0)
    texts = {e.sentence.hit.passage.document_id: e.sentence.hit.passage.text for e in found}
    return nearest_facts(
        analyse(question),
        known,
        beside,
        lambda d: texts.get(d, ""),
        lambda token: 1.0,
    )


def differences(question: str, *found: Evidence, scope: Scope = Scope((), ())) -> list[str]:
    return [one.difference for one in near(question, *found, scope=scope)]


OTHER = passage("每户补助3000元。", region="云岭省河汀市", title="河汀方案")


def test_a_fact_of_another_place_says_of_which() -> None:
    assert differences("桂林补助多少", evidence(OTHER), scope=Scope(("桂林",), ())) == [
        "河汀的，不是桂林的"
    ]
    nowhere = evidence(passage("每户补助3000元。"))
    assert differences("桂林补助多少", nowhere, scope=Scope(("桂林",), ())) == ["没有说到桂林"]


def test_a_fact_of_another_year_says_of_which() -> None:
    old = evidence(passage("2022年每户补助3000元。", year="2022"))
    assert differences("2023年补助多少", old, scope=Scope((), ("2023",))) == [
        "2022年的，不是2023年的"
    ]


def test_what_is_missing_is_named() -> None:
    dated = evidence(passage("市委召开专题民主生活会。"))
    assert differences("民主生活会是哪天召开的", dated) == ["没有具体日期"]
    assert differences("“微腐败”怎么整治", evidence(passage("整治作风问题。"))) == [
        "没有提到“微腐败”"
    ]
    assert differences("养老服务怎么办", evidence(passage("政务服务一次办好。"))) == [
        "没有提到“养老”"
    ]


def test_facts_are_whole_sentences_of_different_passages_numbered_from_one() -> None:
    many = [
        evidence(passage(f"第{n}条街区已建成。\n", doc=f"{n}.txt", ordinal=n), score=9.0 - n)
        for n in range(5)
    ]
    found = near("街区建成了吗", many[0], *many)
    assert [one.citation.n for one in found] == [1, 2, 3]
    assert [one.citation.quote for one in found] == [f"第{n}条街区已建成。" for n in range(3)]


def test_what_is_not_near_is_not_offered() -> None:
    far = evidence(passage("每户补助3000元。"), context=0.0, similarity=-1.0)
    assert near("手机怎么截屏", far) == ()
    assert near("手机怎么截屏") == ()


def test_other_places_facts_are_offered_best_first() -> None:
    own = evidence(passage("桂林市印发方案。", doc="桂林.txt", region="桂林市"), score=1.0)
    found = near(
        "桂林补助多少", own, scope=Scope(("桂林",), ()), beside=(evidence(OTHER, score=2.0),)
    )
    assert [one.difference for one in found] == ["河汀的，不是桂林的", "没有具体数字"]


def test_a_refusal_of_an_index_offers_what_it_has(engine: PolicyQA) -> None:
    refused = engine.ask("桂林市对新开办的夜市每户补助多少元？")
    assert not refused.answered
    assert refused.nearest
    assert {one.difference for one in refused.nearest} <= {
        "河汀的，不是桂林的", "槐岭的，不是桂林的", "没有说到桂林",
    }  # fmt: skip
    for one in refused.nearest:
        shown = one.citation.passage.display
        assert one.citation.quote == shown[one.citation.start : one.citation.end] != ""


def test_an_answer_has_none(engine: PolicyQA) -> None:
    assert engine.ask("河汀市对新开办的夜市每户补助多少元？").nearest == ()
