"""What pypdf knows of a PDF that its page text does not say: bookmarks, and damaged files' text."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from corpus.cleaning.contents import bare
from corpus.headings import find_marker
from corpus.raw import LineKind, RawLine

#: More bookmarks than this are an index of figures or a trap, not a document's headings.
_MOST_BOOKMARKS = 2000


def mark_headings(lines: Sequence[RawLine], data: bytes) -> tuple[RawLine, ...]:
    """Lines that a bookmark of their page names become headings of the bookmark's depth.

    Numbered headings are left to their numbering, which says their depth more reliably.
    """
    depths = {(page, bare(title)): depth for page, title, depth in _bookmarks(data)}
    if not depths:
        return tuple(lines)
    marked = []
    for line in lines:
        depth = (
            depths.get((line.page or 0, bare(line.text))) if line.kind is LineKind.TEXT else None
        )
        if depth and line.text.strip() and find_marker(line.text) is None:
            line = replace(line, kind=LineKind.HEADING, level=depth)  # noqa: PLW2901
        marked.append(line)
    return tuple(marked)


def salvage_text(data: bytes, most_pages: int) -> tuple[RawLine, ...]:
    """The text of a file too damaged for PDFium, as far as pypdf can rebuild it; else nothing."""
    lines: list[RawLine] = []
    try:
        reader = _reader(data)
        for number, page in enumerate(reader.pages[:most_pages], start=1):
            lines += [RawLine(text, number) for text in page.extract_text().splitlines()]
    except Exception:
        return tuple(lines)
    return tuple(lines)


def _bookmarks(data: bytes) -> list[tuple[int, str, int]]:
    """(page from 1, title, depth from 1) of every bookmark; nothing where they cannot be read."""
    try:
        reader = _reader(data)
        found = []
        for item, depth in _walk(reader.outline, 1):
            page = reader.get_destination_page_number(item)
            if page is not None:
                found.append((page + 1, str(item.title), depth))
            if len(found) >= _MOST_BOOKMARKS:
                break
        return found
    except Exception:
        return []


def _walk(outline: Any, depth: int) -> Iterator[tuple[Any, int]]:
    for item in outline:
        if isinstance(item, list):
            yield from _walk(item, depth + 1)
        else:
            yield item, depth


def _reader(data: bytes) -> Any:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    return PdfReader(io.BytesIO(data), strict=False)
