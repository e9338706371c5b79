"""The HTML of cards, messages and documents: right words marked, nothing that can run."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup

from corpus.document import Block, BlockKind, Document, Metadata
from qa.answer import KEPT, Answer, Citation, Compared
from qa.composition.comparison import NOTHING
from retriever.hit import Filters
from tests.ui.fakes import (
    ANSWER,
    HOSTILE,
    HOSTILE_ANSWER,
    HOSTILE_DOCUMENT,
    PLAN,
    QUESTION,
    QUOTE,
    REFUSAL,
    FakeEngine,
)
from ui.output.places import Place
from ui.web.cards import NOT_AN_ANSWER, ORIGINAL, sources_html
from ui.web.chat import Message, View, answer_html, links_of, question_html, replies
from ui.web.document_page import Address, address_from, document_page, missing_page


class Tags(HTMLParser):
    """Collects the tags and the attributes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def is_harmless(html: str) -> bool:
    """True when the page holds no script, no picture and no handler."""
    found = Tags(html)
    handlers = {name for name in found.attributes if name.startswith("on")}
    return not handlers and not found.tags & {"script", "img", "b", "iframe", "object"}


def marks(html: str) -> list[str]:
    """What is highlighted."""
    return re.findall(r"<mark[^>]*>(.*?)</mark>", html)


def views(question: str, filters: Filters = Filters()) -> list[View]:
    """All views of one turn."""
    return list(replies(FakeEngine(), View(), question, filters))


def test_cards_show_place_headings_page_and_the_quote_marked() -> None:
    html = sources_html(ANSWER, links_of(FakeEngine(), ANSWER))
    assert "辽宁省朝阳市 · 中共朝阳市委 · 2023 · 方案" in html
    assert "二、整改任务 › （二）压实整改责任" in html
    assert "优化营商环境方案.docx 第3页" in html
    assert marks(html)[0] == QUOTE
    assert html.count(ORIGINAL) == 3 and "block=10&amp;start=38" in html


def test_refusal_cards_are_labelled_as_no_answer() -> None:
    html = sources_html(REFUSAL, {})
    assert NOT_AN_ANSWER in html and html.count("<article") == 3


def test_a_long_passage_is_cut_around_the_quote() -> None:
    long = "前" * 500 + "要点" + "后" * 500
    passage = replace(ANSWER.citations[0].passage, display=long, text=long)
    citation = replace(ANSWER.citations[0], passage=passage, start=500, end=502)
    html = sources_html(replace(ANSWER, citations=(citation,), hits=()), {})
    assert marks(html) == ["要点"] and "……前" in html and "后……" in html
    assert len(html) < 1200


@pytest.mark.parametrize(
    "html",
    [
        sources_html(HOSTILE_ANSWER, links_of(FakeEngine(), HOSTILE_ANSWER)),
        sources_html(replace(HOSTILE_ANSWER, answered=False), {}),
        answer_html(HOSTILE_ANSWER, links_of(FakeEngine(), HOSTILE_ANSWER)),
        question_html(HOSTILE, Filters(region=HOSTILE)),
        document_page(HOSTILE_DOCUMENT, Address(Place(1, 3, 30))),
        missing_page(HOSTILE),
    ],
)
def test_text_of_documents_and_people_cannot_run(html: str) -> None:
    assert is_harmless(html)


def test_text_in_messages_is_not_markdown() -> None:
    html = answer_html(replace(ANSWER, text="**粗** $$x$$\n# 题 https://a.cn [9]", citations=()))
    assert not set("*$#") & set(re.sub(r"&#\d+;", "", html)) and "://" not in html
    assert "&#91;9&#93;" in html, "a number that is no citation stays text"


def test_marks_in_the_answer_lead_to_the_original_only_when_it_is_complete() -> None:
    growing, complete = answer_html(ANSWER), answer_html(ANSWER, links_of(FakeEngine(), ANSWER))
    assert "href" not in growing and '<span class="pq-ref">1</span>' in growing
    assert complete.count('class="pq-ref" href="/document/') == 2


def test_a_turn_grows_and_ends_with_the_cards() -> None:
    shown = views(QUESTION, Filters(region="朝阳"))
    assert "正在查找资料" in shown[0].messages[-1].html
    assert len(shown) == 5 and "<article" in shown[-1].sources
    assert "只查：朝阳" in shown[-1].messages[0].html
    assert [message.role for message in shown[-1].messages] == ["user", "assistant"]


@pytest.mark.parametrize("question", ["", "   ", "\U0001f600\U0001f600", "问" * 5000])
def test_a_question_that_cannot_be_asked_gets_one_line(question: str) -> None:
    last = views(question)[-1].messages[-1]
    assert "pq-notice" in last.html and "<br>" not in last.html


def test_a_long_question_is_shown_cut() -> None:
    html = views("问" * 5000)[-1].messages[0].html
    assert "共 5000 字" in html and len(html) < 500


def test_an_unexpected_error_is_told_without_its_insides() -> None:
    last = views("crash")[-1].messages[-1]
    assert "程序出了意外" in last.html and "secret" not in last.html


def test_earlier_turns_stay() -> None:
    earlier = (Message("user", "甲"), Message("assistant", "乙"))
    *_, last = replies(FakeEngine(), View(earlier), QUESTION, Filters())
    assert last.messages[:2] == earlier and len(last.messages) == 4


def test_document_page_marks_exactly_the_quote() -> None:
    html = document_page(PLAN, Address(Place(10, 38, 38 + len(QUOTE))))
    assert marks(html) == [QUOTE] and html.count('id="cited"') == 1
    assert "第 3 页" in html and "原文件第 30 行" in html


def test_document_page_keeps_the_structure() -> None:
    html = document_page(PLAN)
    assert '<h2 id="b1" class="heading">一、总体要求</h2>' in html
    assert '<h3 id="b9" class="heading">（二）压实整改责任</h3>' in html
    assert "<td>市政务服务局</td><td>压减审批环节</td>" in html
    assert html.count("<table>") == 1 and "中共朝阳市委<br>2023年6月12日" in html
    assert marks(html) == [] and "朝委发〔2023〕7号" in html


def test_a_quote_over_blocks_and_cells_is_marked_in_each() -> None:
    joined = "".join(block.display for block in PLAN.blocks[7:9])
    html = document_page(PLAN, Address(Place(7, 0, len(joined))))
    assert marks(html) == [
        "市政务服务局", "压减审批环节", "2023年7月底前",
        "市市场监管局", "规范涉企收费", "2023年9月底前",
    ]  # fmt: skip
    assert html.count('id="cited"') == 1


@pytest.mark.parametrize(
    "numbers", [("x", "0", "1"), ("", "", ""), ("1", "9", "2"), ("-1", "0", "1")]
)
def test_an_address_with_nonsense_opens_the_document_unmarked(
    numbers: tuple[str, str, str],
) -> None:
    assert address_from(*numbers, "").place is None


@pytest.mark.parametrize("place", [Place(99, 0, 5), Place(10, 5000, 6000), Place(12, 0, 99999)])
def test_a_place_past_the_end_does_no_harm(place: Place) -> None:
    assert "</html>" in document_page(PLAN, Address(place))


def test_an_empty_document_has_a_page() -> None:
    empty = Document("e#0", "e.txt", "e.txt", 0, Metadata())
    assert "e.txt" in document_page(empty, Address(Place(0, 0, 5)))


def test_a_title_inside_the_text_is_not_said_twice_unless_cited() -> None:
    block = Block(BlockKind.TITLE, "题", "题")
    document = Document("t#0", "t.txt", "t.txt", 0, Metadata(title="题"), (block,))
    assert 'class="title"' not in document_page(document)
    assert marks(document_page(document, Address(Place(0, 0, 1)))) == ["题"]


def after(*questions: str) -> View:
    """The page after these questions."""
    view = View()
    for question in questions:
        *_, view = replies(FakeEngine(), view, question, Filters())
    return view


def test_a_follow_up_shows_how_it_was_read_and_offers_to_change_it() -> None:
    html = after("朝阳市整改情况什么时候报送？", "那桦甸呢？").messages[-1].html
    assert html.index("桦甸整改情况什么时候报送") < html.index("pq-text")
    assert 'class="pq-edit" value="桦甸整改情况什么时候报送？"' in html


def test_a_question_that_stands_on_its_own_offers_nothing_to_change() -> None:
    assert "pq-edit" not in after(QUESTION, QUESTION).messages[-1].html


def test_thanks_are_no_refusal_and_keep_the_sources() -> None:
    view = after(QUESTION, "谢谢")
    assert "<article" in view.sources
    assert "pq-reply" in view.messages[-1].html and "pq-refusal" not in view.messages[-1].html
    assert "用时" not in view.messages[-1].html


def test_as_many_bubbles_are_kept_as_turns() -> None:
    view = after(*(f"第{n}个问题的整改情况？" for n in range(KEPT + 3)))
    assert len(view.messages) == 2 * KEPT
    assert len(view.conversation.turns) == KEPT
    assert "第3个" in view.messages[0].html


def test_what_could_not_be_asked_is_no_turn() -> None:
    view = after(QUESTION, "", "crash")
    assert [turn.question for turn in view.conversation.turns] == [QUESTION]


def test_filters_hold_for_follow_ups() -> None:
    engine = FakeEngine()
    *_, view = replies(engine, View(), QUESTION, Filters(year="2023"))
    list(replies(engine, view, "谁负责？", Filters(year="2022")))
    assert [filters.year for filters in engine.filters] == ["2023", "2022"]


def test_a_comparison_is_shown_as_a_table_with_a_citation_in_each_row() -> None:
    passage = FakeEngine().ask(QUESTION).citations[0].passage
    rows = (Compared("朝阳<b>", "5日", "5日前报送[1]"), Compared("沈阳", "", ""))
    answer = Answer(
        "", "朝阳：5日前报送[1]\n沈阳：没有", "5日", True, (Citation(1, passage, 0, 4),), (), 1.0,
        comparison=rows,
    )  # fmt: skip
    page = BeautifulSoup(answer_html(answer), "html.parser")
    cells = [[c.get_text() for c in row.find_all(["th", "td"])] for row in page.find_all("tr")]
    assert cells == [["朝阳<b>", "5日5日前报送1"], ["沈阳", NOTHING]]
    assert [ref.get_text() for ref in page.select("td .pq-ref")] == ["1"]
