"""The real web app without a browser: its pages, its headers, and how it stops."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.ui.fakes import HOSTILE_ID, PLAN_ID, QUOTE, FakeEngine

# Not about a browser, but as slow: Gradio takes seconds to import.
pytestmark = pytest.mark.browser

#: Says on stderr whom the server tries to reach; nobody but this machine may be.
SERVE = """
import sys

def watch(event, details):
    if event in ("socket.connect", "socket.getaddrinfo"):
        host = details[0] if event == "socket.getaddrinfo" else details[1]
        host = host[0] if isinstance(host, tuple) else host
        if host not in ("127.0.0.1", "localhost", "::1", None):
            print("reaches out to", host, file=sys.stderr)

sys.addaudithook(watch)
from types import SimpleNamespace
from tests.ui.fakes import FakeEngine
sys.modules["qa.facade"] = SimpleNamespace(PolicyQA=SimpleNamespace(open=lambda *_: FakeEngine()))
sys.modules["qa.settings"] = SimpleNamespace(load_settings=lambda path: None)
from ui.cli.main import main
sys.exit(main(["serve", "--index", ".", "--port", "0"]))
"""


def test_pages_and_headers() -> None:
    from starlette.testclient import TestClient

    from ui.web.app import build_app

    client = TestClient(build_app(FakeEngine()))
    start = client.get("/")
    assert "https://" not in start.text and "政策问答" in start.text
    assert "default-src 'self'" in start.headers["content-security-policy"]

    address = f"/document/{quote(PLAN_ID, safe='')}?block=10&start=38&end={38 + len(QUOTE)}"
    found = client.get(address)
    assert found.status_code == 200 and f'<mark id="cited">{QUOTE}</mark>' in found.text
    assert "script-src" not in found.headers["content-security-policy"]
    assert "default-src 'none'" in found.headers["content-security-policy"]
    assert client.get(f"/document/{quote(HOSTILE_ID, safe='')}").status_code == 200

    missing = client.get("/document/%3Cscript%3E")
    assert missing.status_code == 404 and "<script>" not in missing.text
    for address in ("/docs", "/redoc"):
        assert client.get(address).status_code == 404
    assert client.get("/favicon.ico").headers["content-type"].startswith("image/svg+xml")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent differently")
def test_serving_reaches_nobody_and_ctrl_c_stops_it_quietly_although_a_page_is_open() -> None:
    root = Path(__file__).parents[3]
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE], cwd=root, stderr=subprocess.PIPE, encoding="utf-8"
    )
    assert server.stderr is not None
    try:
        assert "正在打开索引" in server.stderr.readline()
        found = re.search(r"http://\S+", server.stderr.readline())
        assert found is not None
        # An open page holds this stream as long as it is open.
        with urllib.request.urlopen(f"{found[0]}gradio_api/heartbeat/page", timeout=30):
            server.send_signal(signal.SIGINT)
            _, rest = server.communicate(timeout=20)
    finally:
        server.kill()
    assert server.returncode == 130 and rest == "已停止。\n"
