"""A whole document as one plain page, opened at the words that are cited."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from corpus.document import Block, BlockKind, Document
from retriever.hit import Span
from ui.labels import metadata_pairs
from ui.markup import asset, marked
from ui.places import ANCHOR, Place

#: How a table's cells are joined in the text of its row.
CELL = " | "
#: Headings deeper than this would make the table of contents as long as the document.
CONTENTS_DEPTH = 2


@dataclass(frozen=True)
class _Shown:
    """A block to show: its number, itself, and the spans to highlight in it."""

    number: int
    block: Block
    spans: tuple[Span, ...]
    anchor: str


def place_from(block: str, start: str, end: str) -> Place | None:
    """The place that an address names; None for anything but numbers that make sense."""
    numbers = [int(value) for value in (block, start, end) if value.isdecimal() and len(value) < 9]
    if len(numbers) != 3 or numbers[1] > numbers[2]:
        return None
    return Place(*numbers)


def document_page(document: Document, place: Place | None = None) -> str:
    """The page, with the words at ``place`` highlighted."""
    spans = _spans(document, place) if place else {}
    first = min(spans, default=-1)
    shown = [
        _Shown(number, block, spans.get(number, ()), ANCHOR if number == first else "")
        for number, block in enumerate(document.blocks)
    ]
    located = _located(document.blocks[first]) if spans else ""
    body = (
        f"{located}<main>{_header(document)}{_contents(document)}"
        f'<article class="text">{_text(shown, document.title)}</article></main>'
    )
    return _html(document.title, body)


def missing_page(message: str) -> str:
    """The page for an address that leads to no document."""
    title = "没有这份文件"
    back = '<p><a href="/">回到提问</a></p>'
    return _html(title, f"<main><h1>{title}</h1><p>{escape(message)}</p>{back}</main>")


def _html(title: str, body: str) -> str:
    bar = '<nav class="bar"><a href="/">政策问答</a><span>原文</span></nav>'
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="/favicon.ico">'
        f"<title>{escape(title)}</title><style>{asset('document.css')}</style></head>"
        f"<body>{bar}{body}</body></html>"
    )


def _spans(document: Document, place: Place) -> dict[int, tuple[Span, ...]]:
    """The highlighted span of each block that the place runs through."""
    if place.block >= len(document.blocks):
        return {}
    if place.start == place.end:
        return {place.block: ((0, len(document.blocks[place.block].display)),)}
    spans: dict[int, tuple[Span, ...]] = {}
    start, end = place.start, place.end
    for number in range(place.block, len(document.blocks)):
        if end <= 0:
            break
        length = len(document.blocks[number].display)
        if start < length:
            spans[number] = ((max(start, 0), min(end, length)),)
        start, end = start - length, end - length
    return spans


def _located(block: Block) -> str:
    parts = [" › ".join(block.heading_path)]
    parts.append(f"第 {block.page} 页" if block.page is not None else "")
    parts.append(f"原文件第 {block.line} 行" if block.line else "")
    where = "".join(f" · {escape(part)}" for part in parts if part)
    return f'<p class="located"><a href="#{ANCHOR}">已标出引用的文字</a>{where}</p>'


def _header(document: Document) -> str:
    pairs = (*metadata_pairs(document.metadata), ("文件", document.file))
    rows = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in pairs)
    return f"<header><h1>{escape(document.title)}</h1><dl>{rows}</dl></header>"


def _contents(document: Document) -> str:
    links = [
        f'<li class="level-{block.level}"><a href="#b{number}">{escape(block.display)}</a></li>'
        for number, block in enumerate(document.blocks)
        if block.kind is BlockKind.HEADING and 0 < block.level <= CONTENTS_DEPTH
    ]
    if len(links) < 3:
        return ""
    return f'<details class="contents"><summary>目录</summary><ol>{"".join(links)}</ol></details>'


def _text(shown: list[_Shown], title: str) -> str:
    parts: list[str] = []
    page: int | None = None
    in_table = False
    for one in shown:
        is_row = one.block.kind is BlockKind.TABLE_ROW
        if in_table and not is_row:
            parts.append("</table></div>")
        if one.block.page is not None and one.block.page != page:
            page = one.block.page
            if in_table and is_row:
                parts.append("</table></div>")
                in_table = False
            parts.append(f'<div class="page"><span>第 {page} 页</span></div>')
        if is_row and not in_table:
            parts.append('<div class="table"><table>')
        in_table = is_row
        parts.append(_row(one) if is_row else _block(one, title))
    return "".join((*parts, "</table></div>" if in_table else ""))


def _block(one: _Shown, title: str) -> str:
    block = one.block
    if block.kind is BlockKind.TITLE and block.display == title and not one.spans:
        return ""  # the page's own header says it
    tag = f"h{min(block.level + 1, 6)}" if block.kind is BlockKind.HEADING else "p"
    text = marked(block.display, one.spans, one.anchor)
    return f'<{tag} id="b{one.number}" class="{block.kind.value}">{text}</{tag}>'


def _row(one: _Shown) -> str:
    cells: list[str] = []
    at = 0
    anchor = one.anchor
    for cell in one.block.display.split(CELL):
        end = at + len(cell)
        inside = [(max(a, at) - at, min(b, end) - at) for a, b in one.spans if a < end and b > at]
        cells.append(f"<td>{marked(cell, inside, anchor)}</td>")
        anchor = "" if inside else anchor
        at = end + len(CELL)
    return f'<tr id="b{one.number}">{"".join(cells)}</tr>'
