"""The web app: its address, the chat page of Gradio and the plain pages of the documents."""

from __future__ import annotations

import errno
import logging
import re
import socket
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.errors import PolicyQAError, SettingsError
from ui.engine import Engine
from ui.web.document_page import address_from, document_page, missing_page
from ui.web.feedback import FeedbackBook, add_feedback
from ui.web.markup import asset
from ui.web.transcripts import Transcripts, add_transcripts

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Seconds that open pages may delay a stop; they hold a connection as long as they are open.
STOP_SECONDS = 2
#: Windows' own numbers beside the POSIX ones.
_IN_USE = frozenset((errno.EADDRINUSE, 10048))
_FORBIDDEN = frozenset((errno.EACCES, errno.EPERM, 10013))


def listen(host: str, port: int) -> socket.socket:
    """A bound socket for the server; raises ``SettingsError`` when there can be none."""
    if not 0 <= port <= 65535:
        raise SettingsError(f"端口 {port}", "0 到 65535 之间的整数", "用 --port 换一个端口")
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError):
        raise _bad_host(host) from None
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            # A restart must not wait for the old connections; on Windows the same option would
            # let two programs share the port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise _explained(host, port, error) from None
    return listener


def _explained(host: str, port: int, error: OSError) -> SettingsError:
    if error.errno in _IN_USE:
        return SettingsError(
            f"端口 {port} 已被占用", "一个空闲的端口", f"关掉占用它的程序，或用 --port {port + 1}"
        )
    if error.errno in _FORBIDDEN:
        return SettingsError(f"没有权限使用端口 {port}", "1024 以上的端口", "用 --port 7860 再试")
    return _bad_host(host)


def _bad_host(host: str) -> SettingsError:
    return SettingsError(
        f"不能在地址“{host}”上监听", "本机的地址，如 127.0.0.1 或 0.0.0.0", "改 --host 再试"
    )


def serve_on(
    engine: Engine,
    listener: socket.socket,
    examples: Sequence[str] = (),
    book: FeedbackBook | None = None,
) -> None:
    """Serve the web chat on a socket that is already bound; with a book, answers can be rated."""
    import uvicorn

    config = uvicorn.Config(
        build_app(engine, examples, book),
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    logging.getLogger("uvicorn.error").addFilter(_is_no_stop)
    uvicorn.Server(config).run(sockets=[listener])


def _is_no_stop(record: logging.LogRecord) -> bool:
    """False for what uvicorn reports, with tracebacks, about pages still open at a stop."""
    from asyncio import CancelledError

    kind = record.exc_info[0] if record.exc_info else None
    is_cancelled = kind is not None and issubclass(kind, CancelledError)
    return not is_cancelled and "timeout graceful shutdown" not in str(record.msg)


def build_app(
    engine: Engine, examples: Sequence[str] = (), book: FeedbackBook | None = None
) -> FastAPI:
    """The whole app: documents, files of conversations, the chat at ``/``."""
    import gradio
    from fastapi import FastAPI

    from ui.web.chat_page import Behind, build_blocks, build_theme

    # The interactive API pages would load their scripts from the internet.
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    _add_pages(app, engine)
    transcripts = Transcripts()
    add_transcripts(app, transcripts)
    if book:
        add_feedback(app, book)
    app.add_middleware(FrontPage)
    app.add_middleware(SecurityHeaders)
    mounted: FastAPI = gradio.mount_gradio_app(
        app,
        build_blocks(Behind(engine, transcripts, book), examples),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        max_file_size="1kb",
        theme=build_theme(),
        css=asset("chat.css"),
        head=f"<script>{asset('chat.js')}</script>",
    )
    return mounted


def _add_pages(app: FastAPI, engine: Engine) -> None:
    from starlette.responses import HTMLResponse, Response

    def favicon() -> Response:
        return Response(asset("favicon.svg"), media_type="image/svg+xml")

    def document(
        document_id: str, block: str = "", start: str = "", end: str = "", original: str = ""
    ) -> HTMLResponse:
        headers = {"Content-Security-Policy": DOCUMENT_POLICY}
        try:
            found, related = engine.document(document_id), engine.related(document_id)
        except PolicyQAError as error:
            return HTMLResponse(missing_page(str(error)), status_code=404, headers=headers)
        page = document_page(found, address_from(block, start, end, original), related)
        return HTMLResponse(page, headers=headers)

    # Response models are off: FastAPI would look for these functions' annotations by name.
    app.get("/favicon.ico", response_model=None)(favicon)
    app.get("/document/{document_id:path}", response_model=None)(document)


#: Previews for social networks: pictures and names on Gradio's own servers.
_PREVIEWS = re.compile(rb'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>')
_ENGLISH = b'lang="en"'
_CHINESE = b'lang="zh-CN"'


class FrontPage:
    """Rewrites the start page, the only one held back until complete; all else streams through."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one ASGI request."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        start: Message = {}
        parts: list[bytes] = []

        async def collect(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                body = rewritten(b"".join(parts))
                await send({**start, "headers": _resized(start["headers"], len(body))})
                await send({"type": "http.response.body", "body": body})

        # Compressed, the page could not be read here.
        plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        await self._app({**scope, "headers": plain}, receive, collect)


def rewritten(page: bytes) -> bytes:
    """The page without previews; browsers then choose Chinese glyphs and offer no translation."""
    return _PREVIEWS.sub(b"", page).replace(_ENGLISH, _CHINESE, 1)


def _resized(headers: list[tuple[bytes, bytes]], length: int) -> list[tuple[bytes, bytes]]:
    kept = [pair for pair in headers if pair[0].lower() != b"content-length"]
    return [*kept, (b"content-length", str(length).encode())]


#: Gradio writes its start-up code into the page and compiles its HTML templates, hence the two
#: unsafe sources; that documents cannot inject code rests on escaping, not on this policy.
CHAT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)
#: The pages of documents have no script at all.
DOCUMENT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", CHAT_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


class SecurityHeaders:
    """Adds the headers to every response that does not set them itself.

    A bare ASGI wrapper because Starlette's base class for middleware would hold back the stream
    of a growing answer.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one ASGI request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                present = {name.lower() for name, _ in headers}
                headers += [pair for pair in _HEADERS if pair[0] not in present]
                message = {**message, "headers": headers}
            await send(message)

        await self._app(scope, receive, send_with_headers)
