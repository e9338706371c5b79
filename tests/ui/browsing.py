"""What a test of the web pages needs: the real app on a free port, and a page that is watched."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.ui.fakes import FakeEngine
from ui.web.app import build_app, listen
from ui.web.feedback import FeedbackBook

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARTIFACTS = Path(__file__).parents[1] / "artifacts"


@dataclass
class Site:
    """A running web chat and the fake behind it."""

    address: str
    engine: FakeEngine


@dataclass
class Watch:
    """What a page asked for and complained about."""

    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def serving(examples: Sequence[str] = (), book: FeedbackBook | None = None) -> Iterator[Site]:
    """The real app on a free port, in a thread of this process."""
    import uvicorn

    engine = FakeEngine()
    with listen("127.0.0.1", 0) as listener:
        app = build_app(engine, examples, book)
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield Site(f"http://127.0.0.1:{listener.getsockname()[1]}/", engine)
        server.should_exit = True
        thread.join(timeout=10)


def visit(browser: Browser, site: Site, width: int, height: int) -> tuple[Page, Watch]:
    """Open the chat in a fresh profile and watch it."""
    watch = Watch()
    context = browser.new_context(viewport={"width": width, "height": height})

    def on_request(url: str) -> None:
        if not url.startswith((site.address, "data:", "blob:")):
            watch.outside.append(url)

    def on_console(kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            watch.complaints.append(text)

    context.on("request", lambda request: on_request(request.url))
    context.on("console", lambda message: on_console(message.type, message.text))
    context.on("weberror", lambda error: watch.complaints.append(str(error.error)))
    page = context.new_page()
    page.goto(site.address)
    page.wait_for_selector("#pq-question textarea")
    return page, watch


def ask(page: Page, question: str) -> None:
    """Type a question and press Enter."""
    page.fill("#pq-question textarea", question)
    page.keyboard.press("Enter")


def shot(page: Page, name: str, whole: bool = False) -> None:
    """Keep a picture for people to look at."""
    ARTIFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=whole)
