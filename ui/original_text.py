"""A document as it stands in the file: every line with its number, before any cleaning."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from corpus.document import Block, Document
from retriever.hit import Span
from ui.markup import marked

NOTE = (
    '<p class="note">这里是原文件里的字，左边是行号。剔除掉的行（广告、页码、目录等）不在其中；'
    "Word、PDF 等文件按读取的顺序编行。</p>"
)


def original_html(document: Document, spans: Mapping[int, Span], anchor: str) -> str:
    """Every block's file characters; ``spans`` of the blocks' ``display`` are highlighted.

    Args:
        document: the document.
        spans: the span to highlight in each block, by the block's number.
        anchor: the id that the first highlighted words get.
    """
    parts = [NOTE]
    page: int | None = None
    first = min(spans, default=-1)
    for number, block in enumerate(document.blocks):
        if block.page is not None and block.page != page:
            page = block.page
            parts.append(f'<div class="page"><span>第 {page} 页</span></div>')
        span = spans.get(number)
        own = anchor if number == first else ""
        parts.append(f'<div id="b{number}">{_lines(block, span, own)}</div>')
    return "".join(parts)


def _lines(block: Block, span: Span | None, anchor: str) -> str:
    """The file's lines that a block was made of, each with the part of the span that is in it."""
    start, end = _in_file(block, span) if span else (0, 0)
    parts = []
    at = 0
    for number, line in enumerate(block.original().split("\n"), start=block.line):
        inside = max(start - at, 0), min(end - at, len(line))
        spans = (inside,) if inside[0] < inside[1] else ()
        label = f' data-line="{number}"' if block.line else ""
        parts.append(
            f'<p class="line"{label}>{marked(line, spans, anchor) if spans else escape(line)}</p>'
        )
        anchor = "" if spans else anchor
        at += len(line) + 1
    return "".join(parts)


def _in_file(block: Block, span: Span) -> Span:
    return block.origin.span(*span) if block.origin is not None else span
