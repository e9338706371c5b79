"""The start page as Gradio writes it, without its mentions of other sites, and marked Chinese."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
