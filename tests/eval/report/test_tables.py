"""What the terminal and Markdown show of a comparison."""

from __future__ import annotations

import math

from eval.comparison.comparison import GOLDEN_MEASURES, Comparison, Measure, compare, golden_system
from eval.report.tables import comparison_tables, findings, markdown_text, p_text, terminal_text
from tests.eval.making import ITEMS, answered, scored_system, searched

NDCG = Measure("nDCG@10", "nDCG@10")


def _compared() -> Comparison:
    one = golden_system("a", "常见|做法", ITEMS, searched([1, 0, 6]))
    two = golden_system("b", "本系统", ITEMS, answered([1, 1, 1])[:3])
    return compare({item.id: item.type for item in ITEMS}, GOLDEN_MEASURES, [one, two])


def test_a_line_a_system_with_intervals_and_times() -> None:
    lines = terminal_text(_compared()).splitlines()
    assert lines[0] == "总体 · overall"
    assert lines[1].split() == "系统 命中@5 召回@10 nDCG@10 1500字内命中 中位ms p95ms".split()
    # Found at rank 1, nowhere and at rank 6: one of three among the first five.
    assert lines[2].startswith("常见|做法  0.333 [0.00,1.00]  0.667 [0.00,1.00]")
    # 10, 20, 30 and 10 milliseconds.
    assert lines[2].split()[-2:] == ["15", "30"]
    assert lines[3].startswith("本系统     1.000 [1.00,1.00]")


def test_answers_and_refusals_are_shown_of_systems_that_answer() -> None:
    tables = {table.title: table.cells for table in comparison_tables(_compared())}
    assert [row[0] for row in tables["回答 · answers"]] == ["系统", "本系统"]
    (_, refusal) = tables["拒答 · refusal"]
    # N1 is missing from the run, so nothing was refused.
    assert refusal[:3] == ("本系统", "-", "0.000")


def test_types_without_the_measure_have_no_row() -> None:
    tables = {table.title: table.cells for table in comparison_tables(_compared())}
    shown = [row[:2] for row in tables["命中@5 · success@5"]]
    assert shown == [("题型", "题数"), ("事实", "2"), ("换说法", "1"), ("合计", "3")]


def test_the_terminal_leaves_answers_by_type_to_the_report() -> None:
    brief = {table.title for table in comparison_tables(_compared(), brief=True)}
    assert "答案正确 · answer" in brief
    assert "短答F1 · short-F1" not in brief
    assert "短答F1 · short-F1" in {table.title for table in comparison_tables(_compared())}


def test_many_systems_leave_intervals_by_type_to_the_report() -> None:
    questions = {f"q{i}": kind for i, kind in enumerate(("fact", "noisy"))}
    many = compare(questions, [NDCG], [scored_system(str(i), [1, 0]) for i in range(5)])
    assert "事实     1  1.000  1.000  1.000  1.000  1.000" in terminal_text(many)
    assert "| 事实 | 1 | 1.000 [1.00,1.00] |" in markdown_text(many)


def test_p_values_are_marked_where_they_hold() -> None:
    comparison = compare(
        {f"q{i}": "fact" for i in range(12)},
        [NDCG],
        [scored_system("a", [0] * 12), scored_system("b", [1] * 12)],
    )
    table = next(t for t in comparison_tables(comparison) if "配对检验" in t.title)
    # 2 of 2¹² swaps; all differences are the same, so t has no bound.
    assert table.cells[1] == (
        "系统b", "nDCG@10", "+1.000 [+1.00,+1.00]", "12/0/0", "<.001", "<.001*", "<.001", "<.001*"
    )  # fmt: skip
    assert p_text(2 / 2**12) == "<.001"
    assert p_text(0.0416) == "0.042"


def test_one_sentence_says_what_came_out() -> None:
    (sentence,) = findings(_compared())
    # nDCG of one piece of evidence at rank 6 is 1 / log2(7).
    gained = 1 - (1 + 0 + 1 / math.log2(7)) / 3
    assert sentence.startswith(f"本系统的 nDCG@10 比“常见|做法”高 {gained:.3f}")
    # Ranks 1, 0, 6 against 1, 1, 1: one tie, two wins, which prove nothing.
    assert "胜 2 题、负 0 题，校正后 p = 0.500，不显著" in sentence


def test_a_system_alone_is_just_reported() -> None:
    comparison = compare({"q0": "fact"}, [NDCG], [scored_system("a", [1])])
    assert findings(comparison) == ["系统a：1 道题。"]
    assert [table.title for table in comparison_tables(comparison)] == ["总体 · overall"]


def test_markdown_keeps_its_columns() -> None:
    lines = markdown_text(_compared(), [("题集", "甲.jsonl")]).splitlines()
    assert "- 题集：甲.jsonl" in lines
    start = lines.index("## 总体 · overall") + 2
    assert lines[start].count("|") == 8
    assert lines[start + 1] == "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    assert lines[start + 2].startswith("| 常见\\|做法 | 0.333 [0.00,1.00] |")


def test_missing_questions_are_reported() -> None:
    assert "注：本系统的运行结果缺 1 道题，按最差计：N1" in terminal_text(_compared())


def test_wins_and_losses_are_lines_of_words_in_the_terminal() -> None:
    assert "本系统 nDCG@10  胜：A2 A3；负：-" in terminal_text(_compared()).splitlines()


def test_a_long_list_of_wins_is_cut_in_the_terminal_only() -> None:
    comparison = compare(
        {f"q{i}": "fact" for i in range(20)},
        [NDCG],
        [scored_system("a", [0] * 20), scored_system("b", [1] * 20)],
    )
    assert "q11 等20题" in terminal_text(comparison)
    assert "q18 q19 |" in markdown_text(comparison)
