"""A server on this machine that speaks as an OpenAI-compatible one, as scripted."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class ScriptedServer(ThreadingHTTPServer):
    """Answers every question with ``pieces``, or as ``fault`` says."""

    daemon_threads = True

    def __init__(self, pieces: Sequence[str], fault: str, pause: float) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pieces = tuple(pieces)
        self.fault = fault
        self.pause = pause
        self.released = threading.Event()
        self.requests: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are part of the script."""


class _Handler(BaseHTTPRequestHandler):
    server: ScriptedServer

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        self.server.requests.append(json.loads(self.rfile.read(size)))
        fault = self.server.fault
        if fault == "silent":
            self.server.released.wait(30)
            return
        if fault.isdigit():
            self._fail(int(fault))
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        if fault == "garbage":
            self.wfile.write(b"data: \xff\xfe{]\n\ndata: nonsense\n\n")
            return
        for piece in self.server.pieces:
            self._send(_chunk(piece))
            time.sleep(self.server.pause)
        if fault == "cut":
            self.wfile.write(b'data: {"id": "x", "choi')
            self.wfile.flush()
            self.connection.close()
            return
        self._send(_chunk("", "stop"))
        self._send("[DONE]")

    def _send(self, data: str) -> None:
        self.wfile.write(f"data: {data}\n\n".encode())
        self.wfile.flush()

    def _fail(self, status: int) -> None:
        body = json.dumps({"error": {"message": "scripted", "type": "scripted"}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
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
    pieces: Sequence[str] = (), fault: str = "", pause: float = 0.0
) -> Iterator[ScriptedServer]:
    """A running server; ``fault`` is a status, ``silent``, ``garbage``, ``cut`` or nothing."""
    server = ScriptedServer(pieces, fault, pause)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
