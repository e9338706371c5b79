"""What people think of answers: the buttons in a real browser, and the lines that are kept."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from corpus.errors import PolicyQAError
from eval.datasets.golden import Evidence
from eval.datasets.runs import Extract
from eval.question_sets.feedback import FEEDBACK_FILE, read_feedback
from retriever.hit import Filters
from tests.ui.browsing import Site, Watch, ask, serving, shot, visit
from tests.ui.conftest import Opened
from tests.ui.fakes import ANSWER, CITED, GENERAL, QUESTION, QUOTE, REFUSAL, TABLE, FakeEngine
from ui.cli.main import main
from ui.web.cards import sources_html
from ui.web.chat import answer_html
from ui.web.feedback import BAD, CHOOSE, GOOD, SAVED, FeedbackBook

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def lines(folder: Path) -> list[dict[str, Any]]:
    """The lines that were kept."""
    return [json.loads(line) for line in (folder / FEEDBACK_FILE).read_text("utf-8").splitlines()]


def test_a_rating_is_kept_with_question_answer_citations_and_filters_only(tmp_path: Path) -> None:
    book = FeedbackBook(tmp_path)
    answer = replace(ANSWER, question=QUESTION)
    book.rate(book.remember(answer, Filters(region="朝阳")), "good", [])
    (kept,) = lines(tmp_path)
    assert kept.pop("time").endswith("+00:00") and len(kept.pop("answer_id")) == 16
    assert kept == {
        "question": QUESTION,
        "answer": ANSWER.text,
        "short_answer": "2023年8月10日前",
        "answered": True,
        "rating": "good",
        "citations": [
            {"doc": CITED.doc, "quote": QUOTE},
            {"doc": TABLE.doc, "quote": "市市场监管局 | 规范涉企收费 | 2023年9月底前"},
        ],
        "chosen": None,
        "filters": {"region": "朝阳"},
    }


def test_the_last_word_on_an_answer_counts_and_one_withdrawn_does_not(tmp_path: Path) -> None:
    book = FeedbackBook(tmp_path)
    first, second = (book.remember(ANSWER, Filters()) for _ in range(2))
    book.rate(first, "good", [])
    book.rate(second, "good", [])
    book.rate(first, "bad", ["h3"])
    book.rate(second, "", [])
    assert len(lines(tmp_path)) == 4
    (feedback,) = read_feedback(tmp_path)
    assert (feedback.rating, feedback.answer_id) == ("bad", first)
    assert feedback.chosen == (Extract(GENERAL.doc, GENERAL.text),)
    assert feedback.citations[0] == Evidence(CITED.doc, QUOTE)


def test_a_passage_chosen_as_cited_and_as_found_is_kept_once(tmp_path: Path) -> None:
    book = FeedbackBook(tmp_path)
    book.rate(book.remember(ANSWER, Filters()), "", ["c1", "h1"])
    (feedback,) = read_feedback(tmp_path)
    assert feedback.chosen == (Extract(CITED.doc, CITED.text),)


@pytest.mark.parametrize(
    ("rating", "chosen"), [("superb", []), ("good", ["h9"]), ("good", ["../../etc/passwd"])]
)
def test_only_what_the_page_offers_can_be_said(
    tmp_path: Path, rating: str, chosen: list[str]
) -> None:
    book = FeedbackBook(tmp_path)
    with pytest.raises(PolicyQAError, match="评价的内容不对"):
        book.rate(book.remember(ANSWER, Filters()), rating, chosen)
    assert not (tmp_path / FEEDBACK_FILE).exists()


def test_only_answers_that_were_given_lately_can_be_rated(tmp_path: Path) -> None:
    book = FeedbackBook(tmp_path, kept=1)
    forgotten, known = (book.remember(ANSWER, Filters()) for _ in range(2))
    for identifier in (forgotten, "made up"):
        with pytest.raises(PolicyQAError, match="太早"):
            book.rate(identifier, "good", [])
    book.rate(known, "good", [])
    assert [line["answer_id"] for line in lines(tmp_path)] == [known]


def test_one_answer_cannot_fill_the_disk(tmp_path: Path) -> None:
    book = FeedbackBook(tmp_path)
    answer = book.remember(ANSWER, Filters())
    for _ in range(40):
        book.rate(answer, "good", [])
    with pytest.raises(PolicyQAError, match="次数太多"):
        book.rate(answer, "bad", [])
    assert len(lines(tmp_path)) == 40


def test_lines_of_many_threads_stay_whole(tmp_path: Path) -> None:
    books = [FeedbackBook(tmp_path) for _ in range(2)]

    def rate(book: FeedbackBook) -> None:
        for _ in range(10):
            book.rate(book.remember(ANSWER, Filters()), "good", [])

    threads = [threading.Thread(target=rate, args=(book,)) for book in books * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lines(tmp_path)) == 6 * 10


def test_a_line_torn_by_a_crash_spoils_only_itself(tmp_path: Path) -> None:
    (tmp_path / FEEDBACK_FILE).write_text('{"question": "断', "utf-8")
    book = FeedbackBook(tmp_path)
    book.rate(book.remember(ANSWER, Filters()), "good", [])
    torn, whole = (tmp_path / FEEDBACK_FILE).read_text("utf-8").splitlines()
    assert torn == '{"question": "断' and json.loads(whole)["rating"] == "good"
    with pytest.raises(PolicyQAError, match=r"feedback\.jsonl 第 1 行不是合法的 JSON"):
        read_feedback(tmp_path)


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / FEEDBACK_FILE).mkdir()  # root may write read-only folders, but not into a folder
    book = FeedbackBook(tmp_path)
    with pytest.raises(PolicyQAError, match=r"评价没有记下来：写不了 feedback\.jsonl"):
        book.rate(book.remember(ANSWER, Filters()), "good", [])


def test_without_a_book_there_are_no_buttons() -> None:
    assert "<button" not in answer_html(ANSWER, {}) + sources_html(ANSWER, {})
    with_book = answer_html(REFUSAL, {}, "a1")
    assert GOOD in with_book and BAD in with_book
    assert sources_html(REFUSAL, {}, "a1").count(f">{CHOOSE}<") == len(REFUSAL.hits)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, opened: Opened) -> list[FeedbackBook | None]:
    """The books that ``policyqa serve`` would have served with."""
    books: list[FeedbackBook | None] = []
    monkeypatch.setattr("ui.cli.serve.serve_on", lambda *arguments: books.append(arguments[3]))
    return books


@pytest.mark.parametrize(("flags", "asked"), [([], True), (["--no-feedback"], False)])
def test_serve_collects_unless_asked_not_to(
    tmp_path: Path, served: list[FeedbackBook | None], flags: list[str], asked: bool
) -> None:
    assert main(["serve", "--index", str(tmp_path), "--port", "0", *flags]) == 0
    assert [book is not None for book in served] == [asked]


def test_serve_on_a_read_only_index_says_so_in_one_line_and_serves(
    tmp_path: Path,
    served: list[FeedbackBook | None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("ui.web.feedback.os.access", lambda *_: False)
    assert main(["serve", "--index", str(tmp_path), "--port", "0"]) == 0
    assert served == [None] and capsys.readouterr().err.count("不收集网页上的评价") == 1


@pytest.mark.browser
def test_the_address_takes_only_what_the_page_sends(tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    from ui.web.app import build_app

    book = FeedbackBook(tmp_path)
    client = TestClient(build_app(FakeEngine(), (), book))
    good = json.dumps({"answer": book.remember(ANSWER, Filters()), "rating": "good", "chosen": []})
    wrong = ("", "[]", "{", "[" * 1900, '{"answer": 1, "rating": "", "chosen": []}', " " * 9000)
    for body in wrong:
        reply = client.post("/feedback", content=body, headers={"Content-Type": "application/json"})
        assert (reply.status_code, reply.json()["text"]) == (400, "评价的内容不对")
    # What a form on another site could send.
    plain = client.post("/feedback", content=good, headers={"Content-Type": "text/plain"})
    assert plain.status_code == 400 and not (tmp_path / FEEDBACK_FILE).exists()
    sent = client.post("/feedback", content=good, headers={"Content-Type": "application/json"})
    assert sent.json() == {"saved": True, "text": SAVED} and len(lines(tmp_path)) == 1

    closed = TestClient(build_app(FakeEngine()))
    reply = closed.post("/feedback", content=good, headers={"Content-Type": "application/json"})
    assert reply.status_code in (404, 405), "without a book nothing listens"


@pytest.fixture
def rated(tmp_path: Path) -> Iterator[Site]:
    """The web chat with a book."""
    with serving(book=FeedbackBook(tmp_path)) as one:
        yield one


@pytest.mark.browser
def test_a_person_rates_an_answer_and_points_at_the_right_passage(
    browser: Browser, rated: Site, tmp_path: Path
) -> None:
    page, watch = visit(browser, rated, 1280, 800)
    ask(page, QUESTION)
    page.wait_for_selector("#pq-chat .pq-rating")
    shot(page, "wide-feedback-offered")
    page.click(f"#pq-chat .pq-rate >> text={GOOD}")
    page.wait_for_selector(f"#pq-chat .pq-saved >> text={SAVED}")
    page.click(f"#pq-chat .pq-rate >> text={BAD}")
    page.click(".pq-more summary")
    page.click(f".pq-related .pq-rate >> text={CHOOSE}")
    page.wait_for_selector(f".pq-related .pq-saved >> text={SAVED}")
    shot(page, "wide-feedback-given")
    pressed = page.locator('.pq-rate[aria-pressed="true"]')
    assert pressed.all_inner_texts() == [BAD, CHOOSE], "one rating at a time"
    fits = "document.documentElement.scrollWidth <= window.innerWidth"
    assert page.evaluate(fits), "nothing sticks out sideways"

    first, second, last = lines(tmp_path)
    assert [line["rating"] for line in (first, second, last)] == ["good", "bad", "bad"]
    assert last["chosen"] == [{"doc": GENERAL.doc, "text": GENERAL.text}]

    ask(page, "火星基地的预算是多少？")
    page.wait_for_selector(".pq-nearest .pq-rate")
    page.click(f"#pq-chat .pq-refusal .pq-rate >> text={GOOD}")
    page.wait_for_selector(f"#pq-chat .pq-refusal .pq-saved >> text={SAVED}")
    assert pressed.all_inner_texts() == [BAD, GOOD], "the earlier answer keeps its rating"
    assert lines(tmp_path)[-1]["answered"] is False

    (tmp_path / FEEDBACK_FILE).rename(tmp_path / "away.jsonl")
    (tmp_path / FEEDBACK_FILE).mkdir()
    page.click(f".pq-nearest .pq-rate >> text={CHOOSE} >> nth=0")
    page.wait_for_selector(".pq-failed >> text=评价没有记下来")
    assert pressed.all_inner_texts() == [BAD, GOOD], "what was not kept does not look kept"
    # The browser itself reports the refused request, and nothing else is amiss.
    assert [text for text in watch.complaints if "400" not in text] == []
    assert replace(watch, complaints=[]) == Watch()
    page.context.close()
