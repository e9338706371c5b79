"""The sections of a document's page about other documents: references and copies."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from corpus.relations.families import Difference
from corpus.relations.related import (
    MOST_DIFFERENCES,
    MOST_LINKS,
    Comparison,
    DocumentName,
    Link,
    Related,
)
from ui.output.labels import RELATION_NAMES
from ui.output.places import document_address

#: Characters shown of a wording; a whole chapter may stand in one copy only.
_WORDING = 300


def related_html(related: Related) -> str:
    """Both sections; nothing where there is nothing to say."""
    return _references(related) + _copies(related)


def _references(related: Related) -> str:
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
    title = f"《{link.title}》" if link.title else ""
    number = f"（{link.number}）" if title and link.number else link.number
    name = escape(f"{title}{number}")
    if link.target is not None:
        name = f'<a href="{escape(document_address(link.target.id))}">{name}</a>'
    place = f'<a class="source" href="#b{link.block}">出处</a>'
    return f"<li>{_relation(RELATION_NAMES[link.relation])}{name}{place}</li>"


def _named_by(link: Link) -> str:
    address = document_address(link.source.id, link.block)
    relation = _relation(f"被{RELATION_NAMES[link.relation]}")
    return f'<li>{relation}<a href="{escape(address)}">《{escape(link.source.title)}》</a></li>'


def _relation(word: str) -> str:
    return f'<span class="relation">{word}</span>'


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
    name = _document(one.other)
    if not one.differences:
        return f'<p class="copy">{name}：文字完全相同</p>'
    rows = "".join(_difference(difference) for difference in one.differences)
    more = (
        f"<p>只列出前 {MOST_DIFFERENCES} 处。</p>"
        if len(one.differences) == MOST_DIFFERENCES
        else ""
    )
    return (
        f'<p class="copy">{name}</p><details><summary>{one.sentences} 句不同</summary>'
        '<div class="table"><table class="differences"><tr><th>本文</th><th>那一份</th></tr>'
        f"{rows}</table></div>{more}</details>"
    )


def _document(name: DocumentName) -> str:
    address = escape(document_address(name.id))
    file = f"（{escape(name.file)}）" if name.file != name.title else ""
    return f'<a href="{address}">《{escape(name.title)}》</a>{file}'


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
