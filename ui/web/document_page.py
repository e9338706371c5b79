"""A whole document as one plain page, opened at the words that are cited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from corpus.document import Block, BlockKind, Document, FieldSource
from corpus.relations.related import Related
from retriever.hit import Span
from ui.output.labels import RULE_NAMES, metadata_fields
from ui.output.places import ANCHOR, Place, spans_at
from ui.web.markup import asset, marked
from ui.web.related_sections import related_html

#: How a table's cells are joined in the text of its row.
CELL = " | "
#: Headings deeper than this would make the table of contents as long as the document.
CONTENTS_DEPTH = 2


@dataclass(frozen=True)
class Address:
    """What an address asks of a document's page.

    Attributes:
        place: the words to highlight, or None.
        original: whether the file's own characters are shown instead of the cleaned ones.
    """

    place: Place | None = None
    original: bool = False

    def switched(self) -> str:
        """The address of the other way of showing the same place."""
        query: dict[str, int] = {}
        if self.place is not None:
            query = {"block": self.place.block, "start": self.place.start, "end": self.place.end}
        if not self.original:
            query["original"] = 1
        return f"?{urlencode(query)}" + (f"#{ANCHOR}" if self.place is not None else "")


@dataclass(frozen=True)
class _Shown:
    """A block to show: its number, itself, and the spans to highlight in it."""

    number: int
    block: Block
    spans: tuple[Span, ...]
    anchor: str


def address_from(block: str, start: str, end: str, original: str) -> Address:
    """What an address asks for; nonsense in it is passed over."""
    return Address(place_from(block, start, end), original == "1")


def place_from(block: str, start: str, end: str) -> Place | None:
    """The place that an address names; None for anything but numbers that make sense."""
    numbers = [int(value) for value in (block, start, end) if value.isdecimal() and len(value) < 9]
    if len(numbers) != 3 or numbers[1] > numbers[2]:
        return None
    return Place(*numbers)


def document_page(
    document: Document, address: Address = Address(), related: Related = Related()
) -> str:
    """The page, with the words at the address highlighted."""
    spans = spans_at(document, address.place) if address.place else {}
    switch = _switch(address)
    located = _located(document, spans, switch) if spans else ""
    if address.original:
        text = f'<article class="text original">{original_html(document, spans, ANCHOR)}</article>'
    else:
        text = f'<article class="text">{_text(_shown(document, spans), document.title)}</article>'
    body = (
        f"{located}<main>{header_html(document)}{_contents(document)}{related_html(related)}"
        f'<p class="switch">{switch}</p>{text}</main>'
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


def _shown(document: Document, spans: Mapping[int, Span]) -> list[_Shown]:
    first = min(spans, default=-1)
    return [
        _Shown(
            number,
            block,
            (spans[number],) if number in spans else (),
            ANCHOR if number == first else "",
        )
        for number, block in enumerate(document.blocks)
    ]


def _located(document: Document, spans: Mapping[int, Span], switch: str) -> str:
    """Where the highlighted words stand, in the document and in the file."""
    number = min(spans)
    block = document.blocks[number]
    line, column = block.position(spans[number][0])
    parts = [" › ".join(block.heading_path)]
    parts.append(f"第 {block.page} 页" if block.page is not None else "")
    parts.append(f"原文件第 {line} 行第 {column} 列" if line else "")
    where = "".join(f" · {escape(part)}" for part in parts if part)
    return f'<p class="located"><a href="#{ANCHOR}">已标出引用的文字</a>{where} · {switch}</p>'


def _switch(address: Address) -> str:
    words = "显示整理后的文字" if address.original else "显示原始文字"
    return f'<a href="{escape(address.switched())}">{words}</a>'


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
        # The page's own header says it; what was read from it still leads here.
        return f'<span id="b{one.number}"></span>'
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


BY_HAND = '<span class="by-hand">人工改正</span>'


def header_html(document: Document) -> str:
    """Title, metadata and the file's name."""
    sources = {source.field: source for source in document.sources}
    rows = [
        _header_row(name, value, document, sources.get(field))
        for field, name, value in metadata_fields(document.metadata)
    ]
    rows.append(_header_row("文件", document.file, document, None))
    title = sources.get("title")
    by_hand = BY_HAND if title is not None and title.rule == "person" else ""
    heading = f"<h1>{escape(document.title)}{by_hand}</h1>"
    return f"<header>{heading}<dl>{''.join(rows)}</dl></header>"


def _header_row(name: str, value: str, document: Document, source: FieldSource | None) -> str:
    if source is None:
        return f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>"
    how = _how(source, document)
    if source.rule == "person":
        mark = BY_HAND
    elif 0 <= source.block < len(document.blocks):
        mark = f'<a class="source" href="#b{source.block}" title="{escape(how)}">出处</a>'
    else:
        mark = ""
    return f'<div><dt>{name}</dt><dd title="{escape(how)}">{escape(value)}{mark}</dd></div>'


def _how(source: FieldSource, document: Document) -> str:
    """「从落款读出，原文件第 12 行」."""
    how = RULE_NAMES.get(source.rule, source.rule)
    if not 0 <= source.block < len(document.blocks):
        return how
    line = document.blocks[source.block].position(source.start).line
    return f"{how}，原文件第 {line} 行" if line else how


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
