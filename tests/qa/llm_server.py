"""A server on this machine that speaks as an OpenAI-compatible one, as scripted."""

from __future__ import annotations

import json
import select
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: A silent or endless server gives up after so long, should nobody hang up.
SILENCE = 30.0


class ScriptedServer(ThreadingHTTPServer):
    """Answers with ``pieces``, or as ``fault`` says; ``hung_up`` is set when a client breaks off."""

    daemon_threads = True

    def __init__(self, pieces: Sequence[str], fault: str, failures: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pieces = tuple(pieces)
        self.fault = fault
        self.failures = failures
        self.released = threading.Event()
        self.hung_up = threading.Event()
        self.requests: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are part of the script."""
        self.hung_up.set()


class _Handler(BaseHTTPRequestHandler):
    server: ScriptedServer

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        self.server.requests.append(json.loads(self.rfile.read(size)))
        fault = self.server.fault
        if 0 < self.server.failures < len(self.server.requests):
            fault = ""
        if fault == "silent":
            self._wait_for_hanging_up()
            return
        if fault.isdigit():
            self._fail(int(fault))
            return
        if fault == "no json":
            self._body(200, b"\xff\xfe<html>oops", "text/html")
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        if fault == "cut":
            self.send_header("Content-Length", "100000")
        self.end_headers()
        if fault == "garbage":
            self.wfile.write(b"data: \xff\xfe{]\n\ndata: nonsense\n\n")
            return
        for piece in self.server.pieces:
            self._send(_chunk(piece))
        if fault == "endless":
            self._go_on()
            return
        if fault in ("cut", "stops"):
            self.wfile.write(b'data: {"id": "x", "choi' if fault == "cut" else b"")
            return
        self._send(_chunk("", "stop"))
        self._send("[DONE]")

    def _go_on(self) -> None:
        end = time.monotonic() + SILENCE
        while time.monotonic() < end and not self.server.released.wait(0.01):
            self._send(_chunk(self.server.pieces[-1]))

    def _wait_for_hanging_up(self) -> None:
        end = time.monotonic() + SILENCE
        while time.monotonic() < end and not self.server.released.is_set():
            readable, _, _ = select.select([self.connection], [], [], 0.05)
            if readable:
                self.server.hung_up.set()
                return

    def _send(self, data: str) -> None:
        self.wfile.write(f"data: {data}\n\n".encode())
        self.wfile.flush()

    def _fail(self, status: int) -> None:
        error = {"error": {"message": "scripted", "type": "scripted"}}
        self._body(status, json.dumps(error).encode(), "application/json")

    def _body(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the test's output clean."""


def _chunk(content: str, finish: str | None = None) -> str:
    choice = {"index": 0, "delta": {"content": content}, "finish_reason": finish}
    body = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    return json.dumps({**body, "choices": [choice]}, ensure_ascii=False)


@contextmanager
def serving(
    pieces: Sequence[str] = (), fault: str = "", failures: int = 0
) -> Iterator[ScriptedServer]:
    """A running server.

    ``fault`` is a status, ``silent``, ``no json``, ``garbage``, ``cut`` (inside an event), ``stops``
    (between two), ``endless`` (the last piece again and again) or nothing; with ``failures`` only so
    many requests meet it.
    """
    server = ScriptedServer(pieces, fault, failures)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
