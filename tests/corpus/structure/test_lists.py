"""Lists in a text: their lead-in and their items."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.structure.items import item_lines
from corpus.structure.lists import ItemList, find_lists


def words(text: str, one: ItemList) -> tuple[str, list[str]]:
    return text[slice(*one.lead)], [text[a:b] for a, b in one.items]


def only(text: str) -> tuple[str, list[str]]:
    (one,) = find_lists(text)
    return words(text, one)


@pytest.mark.parametrize(
    ("text", "lead", "items"),
    [
        (
            "第八条 不支付下列费用：\n（一）应当由第三人负担的；\n（二）在境外就医的。\n第九条 其他。",
            "第八条 不支付下列费用：",
            ["（一）应当由第三人负担的；", "（二）在境外就医的。"],
        ),
        (
            "答：须同时满足：1.已经登记；2.有固定场所；3.无欠费记录。此外不限。",
            "答：须同时满足：",
            ["1.已经登记；", "2.有固定场所；", "3.无欠费记录。"],
        ),
        (
            "做法是：一是抓好排查，二是抓好整治，三是抓好督导。此后又作部署。",
            "做法是：",
            ["一是抓好排查，", "二是抓好整治，", "三是抓好督导。"],
        ),
        (
            "主要做法。一是抓好排查。逐户登记。二是抓好整治。逐项销号。",
            "主要做法。",
            ["一是抓好排查。逐户登记。", "二是抓好整治。逐项销号。"],
        ),
        (
            "下列人员可以参加：\n本市户籍人员；\n在校学生；\n其他人员。\n二、标准",
            "下列人员可以参加：",
            ["本市户籍人员；", "在校学生；", "其他人员。"],
        ),
        ("材料包括：\n身份证\n户口簿\n办理时限为五天。", "材料包括：", ["身份证", "户口簿"]),
        (
            "材料包括：\n身份证原件。\n户口簿。\n证件须在有效期内，过期的先到公安机关换领后再来窗口办理相关手续，也可网上办理，全程不收任何费用。",
            "材料包括：",
            ["身份证原件。", "户口簿。"],
        ),
        ("要求：\n- 早报告\n- 早处置", "要求：", ["- 早报告", "- 早处置"]),
        (
            "目标是：甲增长7%；乙增长6%；丙平稳。",
            "目标是：",
            ["甲增长7%；", "乙增长6%；", "丙平稳。"],
        ),
        ("二、渠道\n①网站；\n②窗口。", "二、渠道", ["①网站；", "②窗口。"]),
        ("要求：\n• 早报告\n• 早处置\n以上。", "要求：", ["• 早报告", "• 早处置"]),
    ],
)
def test_a_list_has_its_lead_in_and_all_its_items(text: str, lead: str, items: list[str]) -> None:
    assert only(text) == (lead, items)


def test_an_inner_list_belongs_to_its_item() -> None:
    text = "条件：\n（1）符合之一：\n①学生；\n②军人。\n（2）登记满6个月。\n对象：不限。"
    outer, inner = find_lists(text)
    assert words(text, outer)[1] == ["（1）符合之一：\n①学生；\n②军人。", "（2）登记满6个月。"]
    assert words(text, inner) == ("（1）符合之一：", ["①学生；", "②军人。"])


def test_what_stands_between_items_does_not_end_the_list() -> None:
    text = "包括：\n（一）甲项；\n— 3 —\n注1：见附件。\n（二）乙项；\n（三）丙项。"
    (one,) = find_lists(text)
    assert len(one.items) == 3
    assert one.announced


def test_counting_that_starts_anew_is_another_list() -> None:
    text = "登记：\n（一）名称；\n（二）住所。\n还应登记：\n（一）股东；\n（二）章程。"
    assert [words(text, one)[0] for one in find_lists(text)] == ["登记：", "还应登记："]


def test_a_year_behind_a_number_is_none_of_it() -> None:
    text = "1.甲是什么？\n答：甲。\n2.2025年度乙是什么？\n答：乙。"
    assert len(find_lists(text)[0].items) == 2


@pytest.mark.parametrize(
    "text", ["按照第（一）项、第（二）项办理。", "增长3.5%，下降2.1%。", "一、总则"]
)
def test_references_and_numbers_are_no_list(text: str) -> None:
    assert find_lists(text) == ()


_ENDS = st.sampled_from(["；", "。", ""])
_MARKS = st.sampled_from(["（{han}）", "{n}.", "（{n}）", "{n}、", "{han}是"])


@given(
    mark=_MARKS,
    items=st.lists(st.text("甲乙丙丁戊己", min_size=1, max_size=30), min_size=2, max_size=9),
    end=_ENDS,
    glue=st.sampled_from(["\n", "\n\n"]),
    notes=st.booleans(),
)
def test_no_item_is_lost(mark: str, items: list[str], end: str, glue: str, notes: bool) -> None:
    lines = [
        mark.format(n=n, han="一二三四五六七八九"[n - 1]) + words + end
        for n, words in enumerate(items, start=1)
    ]
    between = f"{glue}注：见附件。{glue}" if notes else glue
    text = "包括：\n" + between.join(lines) + "\n二十、其他"
    found = max(find_lists(text), key=lambda one: len(one.items))
    assert found.lead == (0, 3)
    assert [
        text[a : a + len(line)] for (a, _), line in zip(found.items, lines, strict=True)
    ] == lines


@given(st.text("（一二1.2①②）是；。：，\n甲、 ", max_size=200))
def test_items_stand_in_order_within_their_text(text: str) -> None:
    for one in find_lists(text):
        bounds = [one.lead[0], one.lead[1], *(at for item in one.items for at in item)]
        assert bounds == sorted(bounds)
        assert bounds[0] >= 0 and bounds[-1] <= len(text)
        assert len(one.items) > 1
    assert all(0 <= row <= text.count("\n") for row in item_lines(text.split("\n")))


@pytest.mark.parametrize(
    "piece",
    ["（一）", "一是。", "①甲；②乙；", "1.", "甲：\n", "甲；\n", "（一）甲\n①乙\n", "《；", "甲"],
)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    def seconds(length: int) -> float:
        lines = (piece * (length // len(piece))).split("\n")
        began = time.process_time()
        item_lines(lines)
        return time.process_time() - began

    assert seconds(80_000) < 8 * max(seconds(20_000), 0.02) + 0.2


def test_short_items_below_a_lead_in_are_items_and_sections_are_not() -> None:
    lines = [
        "不支付下列费用：",
        "（一）境外就医的；",
        "（二）体检。",
        "三、流程",
        "（一）受理",
        "窗口受理。",
        "（二）办结",
        "限时办结。",
    ]
    assert item_lines(lines) == {1, 2}


def test_items_of_two_sentences_are_items() -> None:
    lines = ["补贴对象包括：", "1.本市老人。含持居住证的。", "2.退役军人。", "3.残疾人。"]
    assert item_lines(lines) == {1, 2, 3}


def test_items_with_inner_lists_are_items() -> None:
    lines = ["条件：", "（1）符合之一：", "①学生；", "②军人。", "（2）已登记。", "（3）无欠费。"]
    assert item_lines(lines) == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("lead", "count"),
    [
        ("抓好以下七个方面：", 7),
        ("分为两类：", 2),
        ("第八条 不支付下列费用：", 0),
        ("满6个月的提交下列材料：", 0),
    ],
)
def test_a_lead_in_says_how_many_items_there_are(lead: str, count: int) -> None:
    (one,) = find_lists(f"{lead}\n（一）甲；\n（二）乙。")
    assert one.promised == count


def test_the_colon_of_an_address_announces_nothing() -> None:
    text = "登录办税网（https://etax.example.cn）；关注公众号；到窗口办理。"
    assert all("https" not in text[slice(*one.lead)] for one in find_lists(text))
