"""A conversation as Markdown and Word: everything is in it, and nothing in it can act."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from corpus.errors import PolicyQAError
from qa.answer import CANNOT_ANSWER, Answer, Citation, Compared, Conversation, Turn
from qa.composition.comparison import NOTHING
from qa.conversation.export import ExportForm, exported, to_markdown, to_word
from tests.qa.making import passage

PLAN = passage(
    "到2024年底前，建成夜间消费街区12条。\n由市商务局牵头。",
    doc="方案.docx",
    headings=("一、工作目标", "（二）街区"),
    title="河汀市2024年夜间经济工作方案",
    issuer="河汀市人民政府办公室",
    number="河政办发〔2024〕3号",
    date="2024-03-18",
    year="2024",
    region="河汀市",
)
PAGED = replace(PLAN, page=4)
ANSWER = Answer(
    "槐岭建成多少条？", "建成夜间消费街区12条[1]", "12条", True, (Citation(1, PAGED, 0, 21),), (), 1.0,
    notice="按“槐岭建成多少条？”理解",
)  # fmt: skip
REFUSAL = Answer("火星呢？", f"{CANNOT_ANSWER}火星的内容。", "", False, (), (), 1.0)
TALK = Conversation(
    (Turn("那槐岭呢？", ANSWER.question, ANSWER), Turn("火星呢？", "火星呢？", REFUSAL))
)
EVERYTHING = (
    "1. 那槐岭呢？",
    "按“槐岭建成多少条？”理解",
    "12条",
    "建成夜间消费街区12条[1]",
    "[1] “到2024年底前，建成夜间消费街区12条。”",
    "出处：《河汀市2024年夜间经济工作方案》",
    "位置：一、工作目标 › （二）街区",
    "文件：方案.docx 第4页",
    "发文机关：河汀市人民政府办公室",
    "发文字号：河政办发〔2024〕3号",
    "日期：2024-03-18",
    "地区：河汀市",
    "2. 火星呢？",
    f"{CANNOT_ANSWER}火星的内容。",
)


def shown(markdown: str) -> BeautifulSoup:
    """As a reader of CommonMark with HTML on shows it."""
    return BeautifulSoup(MarkdownIt("commonmark", {"html": True}).render(markdown), "html.parser")


def words_of(file: bytes) -> str:
    return "\n".join(p.text for p in docx.Document(io.BytesIO(file)).paragraphs)


def test_markdown_holds_questions_answers_quotes_and_sources_in_order() -> None:
    text = shown(to_markdown(TALK)).get_text()
    places = [text.index(words) for words in EVERYTHING]
    assert places == sorted(places)


def test_word_holds_questions_answers_quotes_and_sources_in_order() -> None:
    text = words_of(to_word(TALK))
    places = [text.index(words) for words in EVERYTHING]
    assert places == sorted(places)


def test_every_question_is_a_heading() -> None:
    headings = [tag.get_text() for tag in shown(to_markdown(TALK)).find_all("h2")]
    assert headings == ["1. 那槐岭呢？", "2. 火星呢？"]
    document = docx.Document(io.BytesIO(to_word(TALK)))
    named = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert named == headings


def test_what_is_not_known_of_a_source_has_no_line() -> None:
    bare = passage("甲。", doc="甲.txt", title="甲", year="2023")
    answer = replace(ANSWER, citations=(Citation(1, bare, 0, 2),))
    text = shown(to_markdown(Conversation((Turn("甲？", "甲？", answer),)))).get_text()
    assert "日期：2023年" in text
    assert not any(name in text for name in ("位置", "发文机关", "发文字号", "地区", "第4页"))


HOSTILE = (
    "<script>x</script><img src=x> **粗** [链](http://a.cn) `码` ~~删~~ &amp; <http://b.cn>\n"
    "# 题\n- 项\n1. 条\n===\n> 引\n| a | b |\n|---|---|\n![图](y) \\<b> \x00\x0b\ud800\ufffe"
)


def test_nothing_in_a_question_or_document_acts_in_markdown() -> None:
    of = replace(passage(HOSTILE, doc=HOSTILE, headings=(HOSTILE,), title=HOSTILE), page=1)
    answer = Answer(HOSTILE, HOSTILE, HOSTILE, True, (Citation(1, of, 0, len(HOSTILE)),), (), 1.0)
    markdown = to_markdown(Conversation((Turn(HOSTILE, HOSTILE, answer),)))
    page = shown(markdown)
    allowed = {"h1", "h2", "p", "strong", "br", "blockquote", "ul", "li"}
    assert {tag.name for tag in page.find_all(True)} <= allowed
    assert [tag.get_text()[:9] for tag in page.find_all(["h1", "h2"])] == [
        "政策问答记录",
        "1. <scrip",
    ]
    assert page.get_text().count("**粗** [链](http://a.cn)") >= 4
    assert markdown.encode("utf-8")


def test_words_that_no_file_can_hold_are_left_out_of_word() -> None:
    answer = replace(REFUSAL, text=HOSTILE)
    text = words_of(to_word(Conversation((Turn(HOSTILE, HOSTILE, answer),))))
    assert "<script>x</script>" in text and "\x00" not in text


def test_an_empty_conversation_is_one_line() -> None:
    for form in ExportForm:
        with pytest.raises(PolicyQAError) as caught:
            exported(Conversation(), form)
        assert "先提问" in str(caught.value)


COMPARED = Answer(
    "河汀和槐岭各补助多少？", "河汀：3000元[1]\n槐岭：资料中没有相应的内容。", "3000元", True,
    (Citation(1, PLAN, 0, 21),), (), 1.0,
    comparison=(Compared("河汀", "3000元", "每户3000元[1]"), Compared("槐岭|*", "", "")),
)  # fmt: skip


def test_a_comparison_is_a_table_in_both_forms() -> None:
    talk = Conversation((Turn(COMPARED.question, COMPARED.question, COMPARED),))
    page = BeautifulSoup(
        MarkdownIt("commonmark").enable("table").render(to_markdown(talk)), "html.parser"
    )
    cells = [[c.get_text() for c in row.find_all(["th", "td"])] for row in page.find_all("tr")]
    wanted = [
        ["对象", "数值", "原文"],
        ["河汀", "3000元", "每户3000元[1]"],
        ["槐岭|*", "", NOTHING],
    ]
    assert cells == wanted
    table = docx.Document(io.BytesIO(to_word(talk))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == wanted
