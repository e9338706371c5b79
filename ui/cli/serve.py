"""``policyqa serve``: the web chat."""

from __future__ import annotations

import argparse
from typing import Any

from ui.cli.arguments import add_command, whole_number
from ui.cli.console import Console
from ui.cli.opening import opened
from ui.web.app import listen, serve_on
from ui.web.feedback import READ_ONLY, FeedbackBook


def register(commands: Any) -> None:
    """Add the command to the parser."""
    parser = add_command(commands, "serve", "打开网页问答 / start the web chat", run)
    parser.add_index()
    host = (
        "监听地址，默认只有本机能访问；0.0.0.0 让同一网络的人也能访问\n"
        "address, default 127.0.0.1 (this machine only); 0.0.0.0 opens it to the network"
    )
    parser.add_value("--host", "HOST", host, str, default="127.0.0.1")
    port = whole_number(0, 65535, "--port")
    parser.add_value("--port", "PORT", "端口，默认 7860 / port", port, default=7860)
    example = "页面上的示例问题，可重复 / example question, repeatable"
    parser.add_value("--example", "QUESTION", example, str, action="append", default=[])
    silent = "回答下面不放「有用」「没用」，什么也不记 / no rating buttons, nothing is kept"
    parser.add_argument("--no-feedback", action="store_true", help=silent)


def run(options: argparse.Namespace, console: Console) -> int:
    """Serve until stopped.

    The port is taken before the index is opened: a port in use is reported at once, and nobody else
    can take it in between.
    """
    with listen(options.host, options.port) as listener:
        console.note("正在打开索引……")
        with opened(options) as engine:
            book = _book(options, console)
            console.note(invitation(*listener.getsockname()[:2]))
            serve_on(engine, listener, options.example, book)
    return 0


def _book(options: argparse.Namespace, console: Console) -> FeedbackBook | None:
    """Where feedback goes; None where it is not wanted or cannot be kept."""
    if options.no_feedback:
        return None
    book = FeedbackBook(options.index)
    if not book.is_writable:
        console.note(READ_ONLY)
        return None
    return book


def invitation(host: str, port: int) -> str:
    """Where to point the browser, and who else can."""
    if host in ("0.0.0.0", "::"):
        return (
            f"请用浏览器打开 http://127.0.0.1:{port}/ ，按 Ctrl+C 停止；"
            "同一网络的人可以用本机的 IP 地址访问，不需要密码"
        )
    shown = f"[{host}]" if ":" in host else host
    return f"请用浏览器打开 http://{shown}:{port}/ ，按 Ctrl+C 停止"
