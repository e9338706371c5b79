"""A person's way through the web chat, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from retriever.hit import Filters
from tests.ui.browsing import Site, Watch, ask, serving, shot, visit
from tests.ui.fakes import CITED, COPY, HOSTILE, PLAN, QUESTION, QUOTE
from ui.output.places import document_address, document_url, locate

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

EXAMPLES = (QUESTION, "火星基地的预算是多少？")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """The web chat with two examples."""
    with serving(EXAMPLES) as one:
        yield one


@pytest.mark.parametrize(("name", "width", "height"), [("wide", 1280, 800), ("phone", 390, 844)])
def test_from_question_to_the_cited_words(
    browser: Browser, site: Site, name: str, width: int, height: int
) -> None:
    page, watch = visit(browser, site, width, height)
    shot(page, f"{name}-start")
    ask(page, QUESTION)
    page.wait_for_selector(".pq-card mark")
    shot(page, f"{name}-answer", whole=True)
    assert QUOTE in page.inner_text("#pq-chat .pq-text")
    assert page.inner_text(".pq-short") == "2023年8月10日前"
    assert page.inner_text(".pq-card mark >> nth=0") == QUOTE
    assert page.input_value("#pq-question textarea") == ""
    fits = "document.documentElement.scrollWidth <= window.innerWidth"
    assert page.evaluate(fits), "nothing sticks out sideways"

    for link in (".pq-card footer a >> nth=0", "#pq-chat a.pq-ref >> nth=0"):
        with page.context.expect_page() as opening:
            page.click(link)
        original = opening.value
        original.wait_for_load_state()
        assert original.inner_text("#cited") == QUOTE
        place = original.locator("#cited").bounding_box()
        assert place is not None and 0 < place["y"] < height, "scrolled to the quote"
        assert original.evaluate(fits)
        shot(original, f"{name}-original")
        original.close()

    page.click("#pq-reset")
    page.wait_for_selector(".pq-welcome")
    assert page.query_selector(".pq-card") is None
    assert watch == Watch()
    page.context.close()


def test_the_answer_is_seen_growing(browser: Browser, site: Site) -> None:
    page, watch = visit(browser, site, 1280, 800)
    site.engine.pause = 0.7
    ask(page, QUESTION)
    for length in (12, 30):
        page.wait_for_function(
            f"document.querySelector('#pq-chat .pq-text')?.innerText.length === {length}"
        )
        assert page.query_selector(".pq-card") is None
    page.wait_for_selector(".pq-card")
    site.engine.pause = 0.0
    assert watch == Watch()
    page.context.close()


def test_examples_filters_and_a_refusal(browser: Browser, site: Site) -> None:
    page, watch = visit(browser, site, 1280, 800)
    page.click("#pq-filters button")
    page.click("#pq-filters input >> nth=0")
    page.click("text=辽宁省朝阳市（12）")
    page.wait_for_selector("text=筛选范围：辽宁省朝阳市")
    page.click(f"#pq-examples button >> text={EXAMPLES[1]}")
    page.wait_for_selector(".pq-nearest .pq-card")
    shot(page, "wide-refusal", whole=True)
    assert page.inner_text("#pq-chat .pq-refusal .pq-text").startswith("资料中没有")
    assert "最接近的内容（不能作为答案）" in page.inner_text("#pq-sources")
    assert "只查：辽宁省朝阳市" in page.inner_text("#pq-chat")
    assert site.engine.filters[-1] == Filters(region="辽宁省朝阳市")
    assert not page.is_visible("#pq-examples")
    assert watch == Watch()
    page.context.close()


def test_a_follow_up_is_read_from_the_conversation_and_can_be_changed(
    browser: Browser, site: Site
) -> None:
    page, watch = visit(browser, site, 1280, 800)
    ask(page, "朝阳市整改情况什么时候报送？")
    page.wait_for_selector(".pq-card")
    ask(page, "那桦甸呢？")
    page.wait_for_selector("#pq-chat .pq-remark")
    meant = "桦甸整改情况什么时候报送？"
    assert f"按“{meant}”理解" in page.inner_text("#pq-chat .pq-remark")
    page.click("#pq-chat .pq-edit")
    assert page.input_value("#pq-question textarea") == meant
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('#pq-chat .pq-basis').length === 3")
    assert page.inner_text("#pq-chat .pq-question >> nth=2") == meant
    ask(page, "谢谢")
    page.wait_for_selector("#pq-chat .pq-reply")
    page.wait_for_selector(".pq-card")  # the sources come back
    assert watch == Watch()
    page.context.close()


@pytest.mark.parametrize(("name", "width", "height"), [("wide", 1280, 800), ("phone", 390, 844)])
def test_a_conversation_is_saved_as_word_and_markdown(
    browser: Browser, site: Site, tmp_path: Path, name: str, width: int, height: int
) -> None:
    import docx

    page, watch = visit(browser, site, width, height)
    assert page.query_selector(".pq-save") is None, "nothing to save yet"
    for question in ("朝阳市整改情况什么时候报送？", "那桦甸呢？"):
        ask(page, question)
        page.wait_for_selector(f"#pq-chat .pq-question >> text={question}")
        page.wait_for_selector(".pq-card")
    page.wait_for_selector("#pq-chat .pq-remark")
    shot(page, f"{name}-conversation")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    saved = {}
    for ending in ("docx", "md"):
        with page.expect_download() as download:
            page.click(f".pq-save[href$='.{ending}']")
        assert download.value.suggested_filename.startswith("政策问答记录-")
        assert download.value.suggested_filename.endswith(f".{ending}")
        saved[ending] = tmp_path / f"saved.{ending}"
        download.value.save_as(saved[ending])
    paragraphs = [p.text for p in docx.Document(str(saved["docx"])).paragraphs]
    for text in ("\n".join(paragraphs), saved["md"].read_text(encoding="utf-8")):
        assert "那桦甸呢？" in text and "桦甸整改情况什么时候报送？" in text
        assert text.count(QUOTE) >= 2 and "优化营商环境方案.docx 第3页" in text
    page.click("#pq-reset")
    page.wait_for_selector(".pq-welcome")
    assert page.query_selector(".pq-save") is None
    assert watch == Watch()
    page.context.close()


def test_questions_that_cannot_be_asked_get_one_line(browser: Browser, site: Site) -> None:
    page, watch = visit(browser, site, 1280, 800)
    for number, question in enumerate(("", "\U0001f600\U0001f600", "问" * 5000, "crash")):
        ask(page, question)
        page.wait_for_selector(f".pq-notice >> nth={number}")
    shot(page, "wide-notices")
    ask(page, QUESTION)
    page.wait_for_selector(".pq-card")
    assert watch == Watch(), "and the chat still works"
    page.context.close()


def test_a_hostile_document_and_question_do_nothing(browser: Browser, site: Site) -> None:
    page, watch = visit(browser, site, 1280, 800)
    ask(page, HOSTILE)
    page.wait_for_selector(".pq-card mark")
    assert HOSTILE in page.inner_text(".pq-card mark")
    assert HOSTILE in page.inner_text("#pq-chat .pq-question")
    shot(page, "wide-hostile", whole=True)
    with page.context.expect_page() as opening:
        page.click(".pq-card footer a >> nth=0")
    original = opening.value
    original.wait_for_load_state()
    assert original.inner_text("#cited") == HOSTILE
    assert page.evaluate("window.hacked") is None
    assert original.evaluate("window.hacked") is None
    assert watch == Watch()
    page.context.close()


@pytest.mark.parametrize(("name", "width", "height"), [("wide", 1280, 800), ("phone", 390, 844)])
def test_from_a_citation_to_the_files_own_words_and_to_the_copies(
    browser: Browser, site: Site, name: str, width: int, height: int
) -> None:
    page, watch = visit(browser, site, width, height)
    start = CITED.display.index(QUOTE)
    place = locate(PLAN, CITED, (start, start + len(QUOTE)))
    page.goto(site.address.rstrip("/") + document_url(CITED, place))
    page.click(".located >> text=显示原始文字")
    assert page.inner_text("#cited") == QUOTE
    box = page.locator("#cited").bounding_box()
    assert box is not None and 0 < box["y"] < height, "scrolled to the quote in the original too"
    line = page.locator(".line", has=page.locator("#cited"))
    assert line.get_attribute("data-line") == "30"
    shot(page, f"{name}-file-words")

    page.click(".switch >> text=显示整理后的文字")
    page.click("text=相同文件")
    page.click("text=2 句不同")
    page.click("text=相关文件")
    assert page.is_visible(".differences em")
    link = page.locator(".copy a")
    assert link.get_attribute("href") == document_address(COPY.id)
    page.click("dd a.source >> nth=0")
    sign_off = page.locator("#b12").bounding_box()
    assert sign_off is not None and 0 < sign_off["y"] < height, "where the issuer was read"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shot(page, f"{name}-relatives", whole=True)
    assert watch == Watch()
    page.context.close()
