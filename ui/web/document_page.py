"""A whole document as one plain page, opened at the words that are cited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from urllib.parse import urlencode

from corpus.document import Block, BlockKind, Document, FieldSource
from corpus.relations.families import Difference
from corpus.relations.related import (
    MOST_DIFFERENCES,
    MOST_LINKS,
    Comparison,
    Link,
    Related,
)
from retriever.hit import Span
from ui.output.labels import RELATION_NAMES, RULE_NAMES, link_name, metadata_fields
from ui.output.places import ANCHOR, Place, document_address, spans_at
from ui.web.document_table import is_part_of_table, table_html
from ui.web.markup import asset, marked

#: Headings deeper than this would make the table of contents as long as the document.
CONTENTS_DEPTH = 2
#: Characters shown of a wording; a whole chapter may stand in one copy only.
_WORDING = 300


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


def address_from(block: str, start: str, end: str, original: str) -> Address:
    """What an address asks for; nonsense in it is passed over."""
    numbers = [int(value) for value in (block, start, end) if value.isdecimal() and len(value) < 9]
    is_place = len(numbers) == 3 and numbers[1] <= numbers[2]
    return Address(Place(*numbers) if is_place else None, original == "1")


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
        text = f'<article class="text">{_text(document, spans)}</article>'
    body = (
        f"{located}<main>{header_html(document)}{_contents(document)}{_references(related)}{_copies(related)}"
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


def _text(document: Document, spans: Mapping[int, Span]) -> str:
    title, first = document.title, min(spans, default=-1)
    parts: list[str] = []
    for page, numbered in _pages(document):
        parts.append(page)
        for in_table, run in groupby(numbered, key=lambda one: is_part_of_table(one[1])):
            if in_table:
                own = list(run)
                has_first = any(number == first for number, _ in own)
                parts.append(table_html(own, spans, ANCHOR if has_first else ""))
                continue
            parts += (
                _block(title, number, block, spans.get(number), ANCHOR if number == first else "")
                for number, block in run
            )
    return "".join(parts)


def _pages(document: Document) -> Iterator[tuple[str, list[tuple[int, Block]]]]:
    """The mark of each page, "" where there is none, and its blocks with their numbers."""
    on: int | None = None
    page: list[tuple[int, Block]] = []
    mark = ""
    for number, block in enumerate(document.blocks):
        if block.page is not None and block.page != on:
            yield mark, page
            on, page = block.page, []
            mark = f'<div class="page"><span>第 {on} 页</span></div>'
        page.append((number, block))
    yield mark, page


def _block(title: str, number: int, block: Block, span: Span | None, anchor: str) -> str:
    if block.kind is BlockKind.TITLE and block.display == title and span is None:
        # The page's own header has it; what was read from it still leads here.
        return f'<span id="b{number}"></span>'
    tag = f"h{min(block.level + 1, 6)}" if block.kind is BlockKind.HEADING else "p"
    text = marked(block.display, (span,) if span else (), anchor)
    return f'<{tag} id="b{number}" class="{block.kind.value}">{text}</{tag}>'


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
    how, mark = RULE_NAMES.get(source.rule, source.rule), ""  # 「从落款读出，原文件第 12 行」
    if 0 <= source.block < len(document.blocks):
        line = document.blocks[source.block].position(source.start).line
        how += f"，原文件第 {line} 行" if line else ""
        mark = f'<a class="source" href="#b{source.block}" title="{escape(how)}">出处</a>'
    mark = BY_HAND if source.rule == "person" else mark
    return f'<div><dt>{name}</dt><dd title="{escape(how)}">{escape(value)}{mark}</dd></div>'


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
    first = min(spans, default=-1)
    for page, numbered in _pages(document):
        parts.append(page)
        for number, block in numbered:
            own = anchor if number == first else ""
            parts.append(f'<div id="b{number}">{_lines(block, spans.get(number), own)}</div>')
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


def _references(related: Related) -> str:
    """What the document refers to and who refers to it; nothing where there is none."""
    counts = []
    if related.names:
        counts.append(f"本文提到 {_count(related.names)}")
    if related.named_by:
        counts.append(f"提到本文的 {_count(related.named_by)}")
    if not counts:
        return ""
    items = "".join(_names(link) for link in related.names)
    items += "".join(_named_by(link) for link in related.named_by)
    return (
        f'<details class="related"><summary>相关文件（{"，".join(counts)}）</summary>'
        f"<ul>{items}</ul></details>"
    )


def _count(links: Sequence[Link]) -> str:
    return f"{MOST_LINKS} 处以上" if len(links) == MOST_LINKS else f"{len(links)} 处"


def _names(link: Link) -> str:
    """What this document does with another, with a link to both ends."""
    name = escape(link_name(link))
    if link.target is not None:
        name = f'<a href="{escape(document_address(link.target.id))}">{name}</a>'
    place = f'<a class="source" href="#b{link.block}">出处</a>'
    relation = f'<span class="relation">{RELATION_NAMES[link.relation]}</span>'
    return f"<li>{relation}{name}{place}</li>"


def _named_by(link: Link) -> str:
    address = document_address(link.source.id, link.block)
    relation = f'<span class="relation">被{RELATION_NAMES[link.relation]}</span>'
    return f'<li>{relation}<a href="{escape(address)}">《{escape(link.source.title)}》</a></li>'


def _copies(related: Related) -> str:
    if not related.copies:
        return ""
    more = f"<p>另有 {related.further} 份没有列出。</p>" if related.further else ""
    copies = "".join(_copy(one) for one in related.copies)
    count = len(related.copies) + related.further
    return (
        f'<details class="related"><summary>相同文件（{count} 份内容基本相同）</summary>'
        f"{copies}{more}</details>"
    )


def _copy(one: Comparison) -> str:
    other, title = one.other, escape(one.other.title)
    file = f"（{escape(other.file)}）" if other.file != other.title else ""
    name = f'<a href="{escape(document_address(other.id))}">《{title}》</a>{file}'
    if not one.differences:
        return f'<p class="copy">{name}：文字完全相同</p>'
    rows = "".join(_difference(difference) for difference in one.differences)
    is_all = len(one.differences) < MOST_DIFFERENCES
    more = "" if is_all else f"<p>只列出前 {MOST_DIFFERENCES} 处。</p>"
    return (
        f'<p class="copy">{name}</p><details><summary>{one.sentences} 句不同</summary>'
        '<div class="table"><table class="differences"><tr><th>本文</th><th>那一份</th></tr>'
        f"{rows}</table></div>{more}</details>"
    )


def _difference(difference: Difference) -> str:
    """Both wordings, what is not the same in them marked."""
    one, other = difference.one, difference.other
    before = _alike(one, other)
    behind = _alike(one[before:][::-1], other[before:][::-1])
    cells = "".join(f"<td>{_wording(text, before, behind)}</td>" for text in (one, other))
    return f"<tr>{cells}</tr>"


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _wording(text: str, before: int, behind: int) -> str:
    if not text:
        return '<span class="none">（没有）</span>'
    if len(text) > _WORDING:
        return f"{escape(text[:_WORDING])}……（共 {len(text):,} 字）"
    end = len(text) - behind
    if before == 0 and behind == 0:
        return escape(text)
    changed = f"<em>{escape(text[before:end])}</em>" if end > before else ""
    return f"{escape(text[:before])}{changed}{escape(text[end:])}"
