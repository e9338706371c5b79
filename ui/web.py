"""The web app: the chat page of Gradio and the plain pages of the documents."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.errors import PolicyQAError
from ui.document_page import address_from, document_page, missing_page
from ui.engine import Engine
from ui.feedback import FeedbackBook, add_feedback
from ui.front_page import FrontPage
from ui.listen import listen
from ui.markup import asset
from ui.security import DOCUMENT_POLICY, SecurityHeaders
from ui.transcripts import Transcripts, add_transcripts

if TYPE_CHECKING:
    from fastapi import FastAPI

#: Seconds that open pages may delay a stop; they hold a connection as long as they are open.
STOP_SECONDS = 2


def serve(
    engine: Engine, host: str = "127.0.0.1", port: int = 7860, examples: Sequence[str] = ()
) -> None:
    """Serve the web chat until stopped; raises ``PolicyQAError`` when the address is not free."""
    with listen(host, port) as listener:
        serve_on(engine, listener, examples)


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
    kind = record.exc_info[0] if record.exc_info else None
    is_cancelled = kind is not None and issubclass(kind, asyncio.CancelledError)
    return not is_cancelled and "timeout graceful shutdown" not in str(record.msg)


def build_app(
    engine: Engine, examples: Sequence[str] = (), book: FeedbackBook | None = None
) -> FastAPI:
    """The whole app: documents, files of conversations, the chat at ``/``."""
    import gradio
    from fastapi import FastAPI

    from ui.chat_page import Behind, build_blocks
    from ui.theme import build_theme

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
