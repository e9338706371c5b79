"""Turning text from documents and people into HTML that can do nothing."""

from __future__ import annotations

import string
from collections.abc import Sequence
from html import escape
from importlib.resources import files

from retriever.hit import Span

_INERT = {ord(character): f"&#{ord(character)};" for character in string.punctuation}
_INERT |= {ord("\n"): "<br>", ord("\r"): ""}


def inert(text: str) -> str:
    """Text for a chat message, which is read as Markdown with HTML in it.

    Every ASCII punctuation mark becomes a character reference, so that neither Markdown, nor
    LaTeX, nor HTML, nor an automatic link can begin in it.
    """
    return text.translate(_INERT)


def marked(text: str, spans: Sequence[Span], anchor: str = "") -> str:
    """Text as HTML with ``<mark>`` around spans, in order; the first one carries the anchor."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        name = f' id="{anchor}"' if anchor and not parts else ""
        parts += [_html(text[at:start]), f"<mark{name}>", _html(text[start:end]), "</mark>"]
        at = end
    return "".join((*parts, _html(text[at:])))


def _html(text: str) -> str:
    return escape(text).replace("\r", "").replace("\n", "<br>")


def asset(name: str) -> str:
    """The text of a file that ships with the package."""
    return files("ui").joinpath("assets", name).read_text(encoding="utf-8")
