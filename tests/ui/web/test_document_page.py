"""A document's page: where its metadata was read, what stands around it, and the file's own words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from corpus.document import Block, BlockKind, Document, FieldSource, Metadata
from corpus.relations.related import Related
from corpus.structure.character_map import Origin
from tests.ui.fakes import COPY, HOSTILE_DOCUMENT, HOSTILE_RELATED, PLAN, QUOTE, RELATED
from tests.ui.web.test_pages import is_harmless, marks
from ui.output.places import Place, document_address
from ui.web.document_page import Address, address_from, document_page

TORN = Document(
    "d#0",
    "d.txt",
    "/x/d.txt",
    0,
    Metadata("题"),
    (
        Block(BlockKind.TITLE, "题", "题", line=1),
        Block(
            BlockKind.PARAGRAPH,
            "报送整改情况。",
            "报送整改情况。",
            line=7,
            # Line 7 of the file is 「　　报送整(zhěng)」, line 8 「改情况。」.
            origin=Origin("报送整(zhěng)\n改情况。", 2, ((0, 3, 0, 3), (3, 4, 11, 4))),
        ),
    ),
    (FieldSource("title", "person"),),
)


def page(related: Related = Related(), original: bool = False) -> str:
    return document_page(PLAN, Address(None, original), related)


def lines(html: str) -> list[tuple[str, str]]:
    """(line number, text) of the original view."""
    return re.findall(r'<p class="line" data-line="(\d+)">(.*?)</p>', html)


def test_addressees_are_shown_when_known() -> None:
    assert "<dt>主送机关</dt><dd>各县（市）区委，市委各部委</dd>" in page()
    assert "主送机关" not in document_page(TORN)


def test_a_value_leads_to_the_words_it_was_read_from() -> None:
    assert 'title="从落款读出，原文件第 40 行">中共朝阳市委<a class="source" href="#b12"' in page()
    assert 'id="b12"' in page()
    assert '<dd title="按地名表推定">辽宁省朝阳市</dd>' in page(), "read from no block"


def test_what_a_person_corrected_is_marked() -> None:
    assert page().count("人工改正</span>") == 1
    assert '朝委发〔2023〕7号<span class="by-hand">' in page()
    assert '<h1>题<span class="by-hand">' in document_page(TORN)


def test_the_block_of_a_title_that_is_not_repeated_can_still_be_reached() -> None:
    html = document_page(TORN)
    assert 'class="title"' not in html and '<span id="b0"></span>' in html


def test_a_year_is_not_called_a_date() -> None:
    html = document_page(replace(PLAN, metadata=Metadata("题", year="2024")))
    assert "<dt>年份</dt>" in html and "成文日期" not in html


def test_related_documents_are_linked_when_they_are_here() -> None:
    html = page(RELATED)
    assert "相关文件（本文提到 2 处，提到本文的 1 处）" in html
    law = document_address("条例.txt#0")
    assert f'引用</span><a href="{law}">《优化营商环境条例》（国令〔2019〕722号）</a>' in html
    assert "废止</span>《没有收进来的办法》" in html
    assert 'href="#b2">出处' in html
    forwarded = f'被转发</span><a href="{document_address(COPY.id, 3).replace("&", "&amp;")}">'
    assert forwarded in html


def test_copies_show_the_words_that_differ() -> None:
    html = page(RELATED)
    assert "相同文件（1 份内容基本相同）" in html and "2 句不同" in html
    assert "<td><em>8</em>月10日前报送。</td><td><em>9</em>月10日前报送。</td>" in html
    assert '<td><span class="none">（没有）</span></td><td>现将方案转发给你们。</td>' in html


def test_a_document_that_stands_alone_has_neither_section() -> None:
    assert "相关文件" not in page() and "相同文件" not in page()


def test_a_long_wording_is_cut() -> None:
    (copy,) = RELATED.copies
    long = replace(copy.differences[0], one="长" * 5000)
    html = page(replace(RELATED, copies=(replace(copy, differences=(long,)),)))
    assert "……（共 5,000 字）" in html and html.count("长") < 400


def test_the_original_shows_the_files_lines_with_their_numbers() -> None:
    html = document_page(TORN, Address(original=True))
    assert lines(html) == [("1", "题"), ("7", "报送整(zhěng)"), ("8", "改情况。")]
    assert "显示整理后的文字" in html


def test_a_citation_is_marked_in_the_original_over_its_lines() -> None:
    html = document_page(TORN, Address(Place(1, 2, 4), original=True))
    assert marks(html) == ["整(zhěng)", "改"] and html.count('id="cited"') == 1
    assert "原文件第 7 行第 5 列" in html


def test_the_bar_names_line_and_column_of_the_citation() -> None:
    html = document_page(PLAN, Address(Place(10, 38, 38 + len(QUOTE))))
    assert "原文件第 30 行第 39 列" in html


def test_the_switch_keeps_the_place() -> None:
    place = Place(10, 38, 50)
    assert Address(place).switched() == "?block=10&start=38&end=50&original=1#cited"
    assert Address(place, original=True).switched() == "?block=10&start=38&end=50#cited"
    assert Address().switched() == "?original=1"
    assert 'href="?original=1">显示原始文字' in page()


def test_every_block_has_its_anchor_in_the_original_too() -> None:
    html = page(original=True)
    assert all(f'id="b{number}"' in html for number in range(len(PLAN.blocks)))


@pytest.mark.parametrize(("value", "original"), [("1", True), ("", False), ("<x>", False)])
def test_the_address_asks_for_the_original_with_1(value: str, original: bool) -> None:
    assert address_from("x", "", "", value) == Address(None, original)


@pytest.mark.parametrize("original", [False, True])
def test_hostile_names_and_words_cannot_run(original: bool) -> None:
    document = replace(HOSTILE_DOCUMENT, sources=(FieldSource("region", "<b onclick=1>", 0),))
    html = document_page(document, Address(Place(1, 0, 30), original), HOSTILE_RELATED)
    assert is_harmless(html)
