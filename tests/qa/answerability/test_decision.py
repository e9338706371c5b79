"""When there is no answer, and what is said then."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from indexer.passage import Passage
from qa.answer import CANNOT_ANSWER
from qa.answerability.decision import Answerability, AnswerabilitySettings, EvidenceSet, confidence
from qa.reading.reader import Evidence
from retriever.query.analysis import analyse
from tests.qa.making import evidence, passage

PLAN = passage(
    "第三轮督查检查点位437个，清偿率达到88.4%，每户补助3000元。市商务局要求“巷长制”全覆盖。",
    region="云岭省河汀市",
    title="河汀市2024年督查通报",
    year="2024",
)


def refuse(
    question: str,
    found: Sequence[Evidence],
    elsewhere: float = 0.0,
    text: str = "",
    relative_score: float = 1.0,
) -> str:
    """The message, or "" for an answer."""
    asked = analyse(question, frozenset({"云岭", "河汀", "槐岭"}))
    by_id = {e.sentence.hit.passage.document_id: e.sentence.hit.passage for e in found}

    def document_text(document_id: str) -> str:
        return text or by_id[document_id].text

    answerability = Answerability(AnswerabilitySettings(), document_text)
    known = EvidenceSet(asked.scope, tuple(found), elsewhere, relative_score)
    return answerability.decide(asked, known).message


def sure(of: Passage = PLAN, **changes: float | bool) -> Evidence:
    return evidence(of, **{"similarity": 2.5, "has_value": True, **changes})  # type: ignore[arg-type]


def test_a_question_answered_by_the_sentence_is_not_refused() -> None:
    assert refuse("河汀市第三轮督查检查了多少个点位", [sure()]) == ""


def test_every_refusal_begins_with_the_same_words_and_is_one_sentence() -> None:
    message = refuse("上海市的补助", [sure()])
    assert message.startswith(CANNOT_ANSWER)
    assert message.endswith("。")
    assert message.count("。") == 1


def test_without_evidence_nothing_is_known() -> None:
    assert "有关的内容" in refuse("补助多少", [])


def test_another_place_is_refused_by_name() -> None:
    assert "关于槐岭的" in refuse("槐岭市的补助是多少", [sure()])


def test_a_place_that_a_regionless_document_names_anywhere_is_known() -> None:
    speech = passage("普法考试不合格的取消执法证。")
    assert refuse("上海的执法证怎么管", [sure(speech)], text="上海市讲话。") == ""


def test_what_is_known_of_other_places_only_is_refused() -> None:
    poor = sure(context=0.2)
    assert "只有其他地方的" in refuse("河汀市巡视整改的电话", [poor], elsewhere=0.6)
    assert refuse("河汀市第三轮督查", [sure(context=0.5)], elsewhere=0.6) == ""


def test_another_year_is_refused_and_the_known_one_named() -> None:
    message = refuse("河汀市2022年督查检查了多少个点位", [sure()])
    assert "2022年" in message
    assert "只有2024年的" in message


def test_a_quoted_word_that_stands_nowhere_is_refused() -> None:
    assert "“一窗办”" in refuse("“一窗办”检查了多少个点位", [sure()])
    assert refuse("“巷长制”检查了多少个点位", [sure()]) == ""


def test_a_quoted_word_in_the_document_of_a_later_sentence_is_known() -> None:
    other = passage("设立“一窗办”窗口。", doc="乙.txt")
    assert refuse("“一窗办”检查了多少个点位", [sure(), sure(other, score=1.5)]) == ""


@pytest.mark.parametrize("asked", ["第三轮", "第3轮"])
def test_an_ordinal_is_the_same_in_both_numerals(asked: str) -> None:
    assert refuse(f"{asked}督查检查了多少个点位", [sure()]) == ""


@pytest.mark.parametrize("asked", ["第四轮", "第4轮", "第三批"])
def test_an_ordinal_that_the_document_does_not_name_is_refused(asked: str) -> None:
    assert asked in refuse(f"{asked}督查检查了多少个点位", [sure()])


def test_a_body_that_the_document_never_mentions_is_refused() -> None:
    assert "水利局" in refuse("河汀市水利局每户补助多少", [sure()])
    assert refuse("河汀市商务局每户补助多少", [sure()]) == ""


def test_a_measure_that_stands_nowhere_near_is_refused() -> None:
    assert "入园率" in refuse("河汀市入园率达到多少", [sure()])
    assert refuse("河汀市清偿率达到多少", [sure()]) == ""


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("督查是哪一天开始的", "日期"),
        ("督查多久一次", "时长"),
        ("督查了多少个村", "数字"),
        ("督查组组长是谁", "人名"),
        ("督查的联系电话", "联系方式"),
    ],
)
def test_a_value_that_no_sentence_has_is_refused(question: str, missing: str) -> None:
    dry = passage("督查坚持问题导向，督促整改。")
    assert missing in refuse(question, [sure(dry, has_value=False)])


def test_a_value_in_a_sentence_nearly_as_good_is_enough() -> None:
    found = [sure(has_value=False), sure(score=1.8)]
    assert refuse("督查了多少个点位", found) == ""


def test_a_contact_elsewhere_in_the_passage_is_enough() -> None:
    block = passage("市商务局督查科\n联系电话：0641-5550126")
    assert refuse("督查的联系电话", [sure(block, has_value=False)]) == ""


def test_a_question_off_the_subject_is_refused() -> None:
    assert "有关的内容" in refuse("红烧肉怎么做", [sure(similarity=0.0, context=0.0)])


def test_a_question_that_shares_no_word_must_be_nearer() -> None:
    assert refuse("今天天气怎么样", [sure(similarity=0.8, context=0.0)]) != ""
    assert refuse("今天天气怎么样", [sure(similarity=0.8, context=0.05)]) == ""


def test_a_question_in_other_words_is_not_refused_by_the_rules_of_words() -> None:
    """It quotes, names bodies and measures that the documents call something else."""
    near = sure(similarity=2.0, context=0.05, coverage=0.02, has_value=False)
    for question in ("“衙门”里管买卖的市贸易局长是谁", "老板欠的账讨回率是多少", "第五轮瞧了几处"):
        assert refuse(question, [near]) == "", question


def test_a_number_of_another_body_is_no_answer() -> None:
    block = passage("联系人：市商务局督查科\n联系电话：0641-5550126", issuer="河汀市人民政府")
    found = [sure(block, context=0.15)]
    text = f"{block.text}\n市市场监督管理局牵头企业开办。"
    assert "市场监督管理局的联系方式" in refuse("市市场监督管理局的联系电话", found, text=text)
    assert refuse("市商务局的联系电话", found, text=text) == ""


def test_the_number_of_the_issuer_is_an_answer() -> None:
    block = passage("联系电话：0641-5550126", issuer="河汀市商务局")
    text = f"河汀市商务局通知\n{block.text}"
    assert refuse("市商务局的联系电话", [sure(block)], text=text) == ""


def test_a_known_subject_that_nothing_comes_near_is_refused() -> None:
    """0.5 + 0.2 × 0.4 is below 0.64, 0.65 + 0.2 × 0.4 is not."""
    found = [sure(context=0.4)]
    assert "足够接近" in refuse("河汀市怎样督查第三轮点位？", found, relative_score=0.5)
    assert refuse("河汀市怎样督查第三轮点位？", found, relative_score=0.65) == ""


def test_the_subject_may_be_known_from_passages_about_other_places() -> None:
    found = [sure(context=0.08)]
    assert "足够接近" in refuse("河汀市怎样督查点位？", found, elsewhere=0.2, relative_score=0.5)


def test_of_a_question_in_other_words_nobody_can_tell_how_near_it_is() -> None:
    assert refuse("河汀那边怎么查的？", [sure(context=0.05)], relative_score=0.4) == ""


@pytest.mark.parametrize("asked", ["督查整改这一段怎么写？", "督查整改要闭环管理"])
def test_who_wants_a_wording_gets_the_nearest(asked: str) -> None:
    assert refuse(asked, [sure(context=0.4)], relative_score=0.4) == ""


def test_a_session_that_the_document_does_not_name_is_refused() -> None:
    found = [sure(passage("河汀市十二届市委督查检查点位437个。", region="河汀市"))]
    assert "十七届" in refuse("河汀市十七届市委督查检查了多少个点位", found)
    assert refuse("河汀市十二届市委督查检查了多少个点位", found) == ""


def test_another_place_than_the_one_asked_about_is_named() -> None:
    assert refuse("槐岭市的补助是多少", [sure()]).endswith("关于槐岭的相关内容，只有河汀的。")
    assert "只有" not in refuse("槐岭市的补助是多少", [sure(context=0.05)])


def test_every_reason_is_given_the_plainest_first() -> None:
    asked = analyse("河汀市2022年第四轮督查检查了多少个点位", frozenset({"河汀"}))
    known = EvidenceSet(asked.scope, (sure(),), 0.0, 1.0)
    decision = Answerability(AnswerabilitySettings(), lambda _: PLAN.text).decide(asked, known)
    assert decision.reasons == ("2022年的相关内容，只有2024年的", "第四轮的相关内容")
    assert decision.message == f"{CANNOT_ANSWER}2022年的相关内容，只有2024年的。"
    assert decision.probability == 0.0


def test_an_answer_has_a_probability_and_no_reason_against_it() -> None:
    asked = analyse("河汀市第三轮督查检查了多少个点位")
    known = EvidenceSet(asked.scope, (sure(),), 0.0, 1.0)
    decision = Answerability(AnswerabilitySettings(), lambda _: PLAN.text).decide(asked, known)
    assert decision.answered and decision.message == ""
    assert decision.probability == pytest.approx(confidence(asked, sure()))
