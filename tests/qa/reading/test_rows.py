"""Which row and column a question is for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.reading.rows import RowReading, read_rows
from retriever.query.analysis import analyse
from tests.qa.making import passage


def readings(
    question: str, *rows: str, lead: str = "", title: str = "床位统计表"
) -> list[RowReading]:
    passages = [
        replace(passage(text, ordinal=n, title=title), is_row=True, lead=lead)
        for n, text in enumerate(rows)
    ]
    read = read_rows(analyse(question), passages)
    return [read[p.id] for p in passages]


BEDS = (
    "县区：北山县；机构数：15；床位数：2100",
    "县区：南山县；机构数：9；床位数：1800",
    "县区：合计；机构数：24；床位数：3900",
)


def test_the_row_by_its_name_and_the_column_by_its_head() -> None:
    north, south, total = readings("北山县有多少床位？", *BEDS)
    assert north.short_answer == "2100"
    assert north.answers
    assert not south.answers
    assert not total.answers


def test_a_row_of_another_name_is_no_answer() -> None:
    rows = readings("西城区床位数是多少？", "县区：东城区；床位数：100", "县区：城关区；床位数：90")
    assert all(row.is_other for row in rows)
    assert not any(row.short_answer for row in rows)


def test_a_name_that_no_row_has_is_said() -> None:
    rows = readings("开发区的床位数是多少？", *BEDS)
    assert {row.missing for row in rows} == {"开发区"}


@pytest.mark.parametrize("question", ["床位数合计多少？", "一共有多少床位？", "总共有多少张床位？"])
def test_a_sum_is_in_the_row_that_adds_up(question: str) -> None:
    assert [row.short_answer for row in readings(question, *BEDS)] == ["", "", "3900"]


def test_a_column_that_is_not_there_has_no_value() -> None:
    north = readings("北山县有多少医生？", *BEDS)[0]
    assert north.answers
    assert not north.has_column
    assert not north.short_answer


TIERS = (
    "县区：东城区；城市低保·户数：120；城市低保·金额：360；农村低保·户数：40；农村低保·金额：100",
    "县区：西城区；城市低保·户数：220；城市低保·金额：460；农村低保·户数：60；农村低保·金额：200",
)


def test_both_names_of_a_column_count_and_the_unit_is_that_of_its_amounts() -> None:
    frame = "资金分配表\n单位：万元"
    assert readings("东城区城市低保金额是多少？", *TIERS, lead=frame)[0].short_answer == "360万元"
    assert readings("西城区农村低保有多少户？", *TIERS, lead=frame)[1].short_answer == "60"
    assert readings("东城区农村低保花了多少钱？", *TIERS, lead=frame)[0].short_answer == "100万元"


def test_of_two_columns_alike_none_is_taken() -> None:
    row = readings("东城区的金额是多少？", *TIERS, lead="单位：万元")[0]
    assert row.answers
    assert row.has_column
    assert not row.short_answer


def test_a_column_that_differs_from_the_one_asked_for_is_not_taken() -> None:
    row = readings("东城区医疗救助金额是多少？", *TIERS, lead="单位：万元")[0]
    assert not row.has_column


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("不动产登记由哪个部门负责？", "市自然资源局"),
        ("不动产登记什么时候完成？", "2025年6月底"),
        ("办不动产登记要几个工作日？", "1个工作日"),
        ("清理拖欠账款由谁负责？", "市工信局"),
    ],
)
def test_tasks(question: str, answer: str) -> None:
    rows = readings(
        question,
        "序号：1；任务：不动产登记一般业务1个工作日办结；责任单位：市自然资源局；时限：2025年6月底",
        "序号：2；任务：清理拖欠中小企业账款；责任单位：市工信局；时限：长期推进",
    )
    assert [r.short_answer for r in rows if r.short_answer] == [answer]


def test_a_unit_in_the_head_goes_with_the_value() -> None:
    row = readings("一级残疾人补多少钱？", "对象：一级残疾人；补贴标准（元/月）：110")[0]
    assert row.short_answer == "110元/月"


def test_a_rate_does_not_take_the_unit_of_the_amounts() -> None:
    row = readings(
        "教育支出增长率是多少？", "科目：教育支出；金额：100；增长率：3.5", lead="单位：万元"
    )[0]
    assert row.short_answer == "3.5"


def test_a_crosstab_is_read_from_both_sides() -> None:
    rows = ("北山县；2022年：100；2023年：110", "南山县；2022年：90；2023年：95")
    read = readings("南山县2023年床位数是多少？", *rows, lead="各县床位数\n单位：张")
    assert [r.short_answer for r in read] == ["", "95张"]


def test_equal_rows_that_say_different_things_are_not_clear() -> None:
    rows = ("项目：道路；金额：30", "项目：道路；金额：40")
    assert [r.short_answer for r in readings("道路的金额是多少？", *rows)] == ["", ""]
