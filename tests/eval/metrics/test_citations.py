"""Citations of answers, checked by hand."""

from __future__ import annotations

import pytest

from eval.datasets.runs import Extract, RunRecord
from eval.metrics.citations import (
    AnswerSentence,
    answer_sentences,
    citation_scores,
    quote_exactness,
    supported,
)

#: What the answers below cite: [1] to [6].
CITED = (
    "全市选派第一书记97名，其中县级机关36名。",
    "各县（区）要于3月底前完成自查，并将自查报告报市委组织部。",
    "对逾期未整改的单位，予以通报批评。",
    "推動幹部下沉一線，解決群眾急難愁盼問題。",
    "截至6月底，全市选派第一书记97名，其中县级机关36名，均已到岗。",
    "第二十五条 违反规定收费的，责令退还；拒不退还的，处三万元罚款。",
)
SENT = "全市选派第一书记97名，其中县级机关36名"
CHECK = "各县（区）要于3月底前完成自查"
REPORT = "对逾期未整改的单位，予以通报批评"

#: What is tried, the answer, recall = supported / sentences, precision = needed / citations.
ANSWERS = [
    ("a sentence with its source", f"{SENT}[1]。", 1 / 1, 1 / 1),
    ("the mark behind the full stop", f"{SENT}。[1]", 1 / 1, 1 / 1),
    ("no mark at all", f"{SENT}。", 0 / 1, 0),
    ("a number changed", "全市选派第一书记79名，其中县级机关36名[1]。", 0 / 1, 0 / 1),
    ("two sentences as qa writes them", f"{SENT}[1]\n{REPORT}[3]", 2 / 2, 2 / 2),
    ("the second sentence uncited", f"{SENT}[1]。{REPORT}。", 1 / 2, 1 / 1),
    ("the marks exchanged", f"{SENT}[3]。{REPORT}[1]。", 0 / 2, 0 / 2),
    ("a needless second mark", f"{SENT}[1][2]。", 1 / 1, 1 / 2),
    ("two sources, both needed", f"{SENT}，{REPORT}[1][3]。", 1 / 1, 2 / 2),
    ("two needed and one needless", f"{SENT}，{REPORT}[1,2,3]。", 1 / 1, 2 / 3),
    ("two sources, each enough", f"{SENT}[1][5]。", 1 / 1, 2 / 2),
    ("the same mark twice is one citation", f"{SENT}[1][1]。", 1 / 1, 1 / 1),
    ("a number out of range", f"{SENT}[7]。", 0 / 1, 0 / 1),
    ("out of range beside a good one", f"{SENT}[1][0]。", 0 / 1, 0 / 2),
    ("other words for the same", "市里一共派了将近一百位书记[1]。", 0 / 1, 0 / 1),
    ("simplified words of a traditional text", "推动干部下沉一线[4]。", 1 / 1, 1 / 1),
    ("clauses before one full stop", f"{CHECK}；{REPORT}。[2][3]", 1 / 1, 2 / 2),
    ("a negation put in", "对逾期未整改的单位，不予以通报批评[3]。", 0 / 1, 0 / 1),
    ("a numeral cut short", "第十五条 违反规定收费的，责令退还[6]。", 0 / 1, 0 / 1),
    ("other brackets, and a range of numbers", f"{SENT}【1】。{CHECK}[1-2]。", 2 / 2, 2 / 3),
    ("a piece of a sentence", "县级机关36名[1]。", 1 / 1, 1 / 1),
    ("a heading that no source holds", f"（三）督促检查。{REPORT}[3]。", 1 / 2, 1 / 1),
    ("only marks", "[1][2]", 0, 0),
    ("nothing", "", 0, 0),
]


@pytest.mark.parametrize(
    ("answer", "recall", "precision"), [a[1:] for a in ANSWERS], ids=[a[0] for a in ANSWERS]
)
def test_recall_and_precision_are_what_a_person_finds(
    answer: str, recall: float, precision: float
) -> None:
    citations = tuple(Extract("a.txt", text) for text in CITED)
    scores = citation_scores(RunRecord("1", answer=answer, answered=True, citations=citations))
    assert scores is not None
    assert (scores.recall, scores.precision) == (recall, precision)


def test_counts_say_what_the_shares_are_made_of() -> None:
    citations = (Extract("a.txt", CITED[0]),)
    answer = f"{SENT}[1][2]。{REPORT}。"
    scores = citation_scores(RunRecord("1", answer=answer, answered=True, citations=citations))
    assert scores is not None
    assert (scores.sentences, scores.citations, scores.out_of_range) == (2, 2, 1)


def test_a_refusal_has_nothing_to_cite() -> None:
    assert citation_scores(RunRecord("1", answer="资料中没有")) is None


def test_one_wrong_character_in_ten_is_allowed_and_two_are_not() -> None:
    source = "加快推进老旧小区改造完善配套设施提升物业管理"  # 22 characters, so 2 may be wrong
    assert supported(source.replace("老", "陈").replace("理", "护"), [source])
    assert not supported(
        source.replace("老", "陈").replace("完", "健").replace("理", "护"), [source]
    )


def test_words_in_pieces_of_three_are_not_covered() -> None:
    assert not supported("老旧小区", ["老旧小", "旧小", "小区改造"])
    assert supported("老旧小", ["加快老旧小区改造"])  # shorter than a run: it must stand whole
    assert not supported("旧老", ["老旧小区"])


@pytest.mark.parametrize(
    ("sentence", "source", "expected"),
    [
        ("群众满意率达到35%以上", "群众满意率达到3.5%以上", False),
        ("群众满意率达到95%以上", "群众满意率达到９５％以上", True),
        ("下达资金1035万元用于改造", "下达资金1,035万元用于改造", True),
        ("下达资金103万元用于改造", "下达资金1035万元用于改造", False),
        ("期限为十五日自收到之日起", "期限为二十五日自收到之日起", False),
        ("统一组织部署开展专项整治", "统筹组织部署开展专项整治工作", False),  # 统一 are 2 of 12
        ("二〇二三年五月一日起施行", "二〇二四年五月一日起施行", False),
    ],
)
def test_numbers_stand_whole_or_not_at_all(sentence: str, source: str, expected: bool) -> None:
    assert supported(sentence, [source]) is expected


def test_a_number_from_another_place_of_the_source_is_not_covered() -> None:
    source = "全市新增普惠贷款3亿元，支持小微企业发展，贷款余额同比增长5%，增速居全省前列。"
    assert supported(source, [source])
    # All but two of its words stand there, but not side by side with these numbers.
    swapped = source.replace("3亿", "5亿").replace("5%", "3%")
    assert not supported(swapped, [source])


def test_marks_go_to_the_sentence_before_them() -> None:
    assert answer_sentences("甲事已办[1]。[2]乙事未办。\n[3]《丙；丁》印发 [4]") == (
        AnswerSentence("甲事已办。", (1, 2)),
        AnswerSentence("乙事未办。", (3,)),
        AnswerSentence("《丙；丁》印发", (4,)),
    )


def test_a_mark_before_any_word_goes_to_the_first_sentence() -> None:
    assert answer_sentences("[1]甲。") == (AnswerSentence("甲。", (1,)),)


def test_a_document_number_in_brackets_is_no_mark() -> None:
    text = "按照[2023]12号文办理。"
    assert answer_sentences(text) == (AnswerSentence(text, ()),)


def _record(*citations: Extract) -> RunRecord:
    passages = (
        Extract("a.txt", "推动干部下沉一线，解决问题36个。"),
        Extract("b.txt", "另一份文件。"),
    )
    return RunRecord("1", passages, answer="甲[1]", answered=True, citations=citations)


def test_exact_quotes_stand_in_a_passage_of_their_own_file() -> None:
    exact = Extract("a.txt", "推動幹部下沉一線")
    broken_line = Extract("a.txt", "解决\n问题 36 个")
    changed = Extract("a.txt", "解决问题35个")
    other_file = Extract("b.txt", "推动干部下沉一线")
    unknown_file = Extract("c.txt", "另一份文件")
    assert quote_exactness(_record(exact, broken_line)) == 2 / 2
    assert quote_exactness(_record(exact, changed, other_file, unknown_file)) == 1 / 4
    assert quote_exactness(_record(Extract("a.txt", " "))) == 0 / 1
    assert quote_exactness(_record()) is None


def test_exactness_looks_into_whole_documents_when_given_them() -> None:
    record = _record(Extract("c.txt", "另一份文件"))
    assert quote_exactness(record, {"c.txt": ("这是另一份文件。",)}) == 1
