"""The report in a real browser: nothing asked for, nothing complained of, filters that work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eval.comparison.comparison import GOLDEN_MEASURES, ComparisonRun, compare, golden_system
from eval.datasets.scale_points import ScalePoint
from eval.report.report import write_report
from tests.eval.making import ITEMS, answered, searched

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

CHROMIUM = Path("/usr/bin/chromium")
ARTIFACTS = Path(__file__).parents[2] / "artifacts"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    systems = (
        golden_system("baseline", "常见做法", ITEMS, searched([1, 0, 6])),
        golden_system("policyqa", "本系统", ITEMS, answered([1, 0, 1])),
    )
    comparison = compare({i.id: i.type for i in ITEMS}, GOLDEN_MEASURES, systems)
    scale = (ScalePoint(1000, 60, 10, 300, 30, 45), ScalePoint(9000, 540, 90, 400, 40, 60))
    shown = ComparisonRun(comparison, systems, ITEMS, (("题集", "甲.jsonl"),), scale)
    return write_report(shown, tmp_path_factory.mktemp("report"))


@pytest.fixture
def page(report: Path) -> Iterator[Page]:
    """The report in a fresh profile; complaints and requests fail the test at its end."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    requests: list[str] = []
    complaints: list[str] = []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        context = browser.new_context(viewport={"width": 1240, "height": 900})
        context.on("request", lambda request: requests.append(request.url))
        context.on("console", lambda message: complaints.append(message.text))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        opened = context.new_page()
        opened.goto(report.as_uri())
        yield opened
        browser.close()
    assert [url for url in requests if not url.startswith("data:")] == [report.as_uri()]
    assert complaints == []


def _questions(page: Page) -> list[str]:
    return page.locator(".q:visible .id").all_inner_texts()


def test_questions_are_filtered_without_a_script(page: Page) -> None:
    assert _questions(page) == ["A1", "A2", "A3", "N1"]
    page.click("label[for=t-fact]")
    assert _questions(page) == ["A1", "A3"]
    page.click("label[for=o-win]")
    assert _questions(page) == ["A3"]
    page.click("label[for=t-all]")
    page.click("label[for=o-none]")
    assert _questions(page) == ["A2"]


def test_a_question_opens_with_its_evidence_marked(page: Page) -> None:
    page.click(".q >> nth=2")
    marks = page.locator(".q >> nth=2").locator("mark")
    assert set(marks.all_inner_texts()) == {"全镇修补道路12条，六月底前完工", "12条"}
    ARTIFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTIFACTS / "report.png", full_page=True)


def test_plots_show_chinese_words_and_take_their_place(page: Page) -> None:
    plots = page.locator("svg")
    assert plots.count() == 5 + 5
    for i in range(plots.count()):
        box = plots.nth(i).bounding_box()
        assert box is not None and box["width"] > 250 and box["height"] > 60
    assert "换说法" in plots.nth(0).locator("text").all_text_contents()


@pytest.mark.parametrize("width", [1240, 390])
def test_nothing_sticks_out_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_dark_readers_get_a_dark_page(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 22, 28)"
    page.screenshot(path=ARTIFACTS / "report-dark.png", full_page=True)
