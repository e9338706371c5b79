"""Fixtures of the ui tests: the fake engine behind the real commands."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from corpus.errors import IndexStateError
from tests.ui.fakes import FakeEngine

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Capture = pytest.CaptureFixture[str]
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def one_line(text: str) -> str:
    """The only line of stderr, which is an error."""
    assert text.startswith("错误：") and text.count("\n") == 1, text
    return text


@dataclass(frozen=True)
class FakeSettings:
    """As ``qa.settings.Settings``, as far as the commands look at it."""

    path: Path | None = None
    index: str = "index settings"


@dataclass
class Opened:
    """What the commands opened."""

    engine: FakeEngine = field(default_factory=FakeEngine)
    settings: FakeSettings | None = None
    damaged: bool = False


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Put the fake engine and settings where the commands import the real ones from."""
    record = Opened()

    class PolicyQA:
        @classmethod
        def open(cls, index_dir: Path, settings: FakeSettings | None = None) -> FakeEngine:
            if record.damaged:
                raise IndexStateError(f"索引 {index_dir} 坏了", "完整的索引", "重新建立")
            record.settings = settings
            return record.engine

    facade, settings = ModuleType("qa.facade"), ModuleType("qa.settings")
    vars(facade)["PolicyQA"] = PolicyQA
    vars(settings)["load_settings"] = FakeSettings
    monkeypatch.setitem(sys.modules, "qa.facade", facade)
    monkeypatch.setitem(sys.modules, "qa.settings", settings)
    return record


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield opened
        opened.close()
