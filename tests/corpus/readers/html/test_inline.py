"""Struck-out text, exponents and marks of notes on a page."""

from __future__ import annotations

import pytest

from corpus.raw import LineKind


def texts(document) -> list[str]:
    return [line.text for line in document.lines]


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        ("票价<del>5元</del><ins>6元</ins>。", "票价6元。"),
        ("票价<strike>5元</strike>6元。", "票价6元。"),
        ('票价<span style="color:red;text-decoration: line-through">5元</span>6元。', "票价6元。"),
        ('票价<span style="text-decoration-line:line-through">5元</span>6元。', "票价6元。"),
        ('票价<i class="old">5元</i>6元。', "票价6元。"),
        ('票价<u style="text-decoration:underline">6元</u>。', "票价6元。"),
    ],
)
def test_struck_out_text_is_left_out(read, marked: str, shown: str) -> None:
    page = f"<style>.old, em.x {{text-decoration: line-through}}</style><p>{marked}</p>"
    assert texts(read("a.html", page)) == [shown]


def test_the_number_of_a_paragraph_struck_out_whole_goes_with_it(read) -> None:
    page = "<p>一、水价不变。</p><p>二、<s>电价每度0.5元。</s></p><p>三、气价不变。</p>"
    assert texts(read("a.html", page)) == ["一、水价不变。", "三、气价不变。"]


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        ("人口352<sup>1</sup>万人。", "人口352万人。"),
        ("人口352<sup>[1]</sup>万人。", "人口352万人。"),
        ("人口352<sup>①</sup>万人。", "人口352万人。"),
        ("人口352<sup>[1][2]</sup>万人。", "人口352万人。"),
        ("人口352<sup>1,2</sup>万人。", "人口352万人。"),
        ("人口<sup>a</sup>352万人。", "人口352万人。"),
        ("人口352<sup>*</sup>万人。", "人口352万人。"),
        ('人口352<span style="vertical-align:super">3</span>万人。', "人口352万人。"),
        ('人口352<a href="b.html"><sup>3</sup></a>万人。', "人口352万人。"),
        ("GDP<sup>2</sup>增长5%。", "GDP增长5%。"),
        ("面积35万m<sup>2</sup>。", "面积35万m²。"),
        ("体积20 m<sup>3</sup>。", "体积20 m³。"),
        ("约3×10<sup>6</sup>立方米。", "约3×10⁶立方米。"),
        ("约3×10<sup>-3</sup>米。", "约3×10⁻³米。"),
        ("降雨10<sup>8</sup>吨。", "降雨10⁸吨。"),
        ("含Ca<sup>2+</sup>。", "含Ca²⁺。"),
        ("浓度PM<sub>2.5</sub>。", "浓度PM2.5。"),
        ("排放CO<sub>2</sub>5吨。", "排放CO₂5吨。"),
    ],
)
def test_raised_type_is_an_exponent_or_a_mark_of_a_note(read, marked: str, shown: str) -> None:
    assert texts(read("a.html", f"<p>{marked}</p>")) == [shown]


def test_a_note_follows_the_line_that_refers_to_it(read) -> None:
    page = (
        '<p>人口352<sup><a href="#n1">[1]</a></sup>万人。</p><p>产值860<sup>2</sup>亿元。</p>'
        '<p>其他。</p><p id="n1">[1] 为常住人口。</p><p><sup>2</sup> 按现价计算。</p>'
    )
    document = read("a.html", page)
    assert texts(document) == [
        "人口352万人。",
        "注1：为常住人口。",
        "产值860亿元。",
        "注2：按现价计算。",
        "其他。",
    ]
    assert [line.kind for line in document.lines].count(LineKind.NOTE) == 2


def test_footnotes_as_word_saves_them_are_notes(read) -> None:
    page = (
        '<p>补贴300元<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a>每月。</p><hr>'
        '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> 含交通补贴。</p></div>'
    )
    assert texts(read("a.html", page)) == ["补贴300元每月。", "注1：含交通补贴。"]


def test_notes_in_an_ordered_list_lose_the_way_back(read) -> None:
    page = (
        '<p>标准为80元<sup id="r1"><a href="#f1">1</a></sup>。</p>'
        '<section class="footnotes"><ol><li id="f1">每人每月。<a href="#r1">↩</a></li></ol></section>'
    )
    assert texts(read("a.html", page)) == ["标准为80元。", "注1：每人每月。"]


def test_links_of_a_table_of_contents_are_no_notes(read) -> None:
    page = (
        '<ul><li><a href="#s1">（一）总则部分</a></li></ul><h2 id="s1">（一）总则部分</h2>'
        "<p>适用于本市范围内的活动。</p>"
    )
    assert "适用于本市范围内的活动。" in texts(read("a.html", page))
    assert all(line.kind is not LineKind.NOTE for line in read("a.html", page).lines)
