"""The head of a document's page: title and metadata, each value with the place it was read from."""

from __future__ import annotations

from html import escape

from corpus.document import Document, FieldSource
from ui.labels import RULE_NAMES, metadata_fields

BY_HAND = '<span class="by-hand">人工改正</span>'


def header_html(document: Document) -> str:
    """Title, metadata and the file's name."""
    sources = {source.field: source for source in document.sources}
    rows = [
        _row(name, value, document, sources.get(field))
        for field, name, value in metadata_fields(document.metadata)
    ]
    rows.append(_row("文件", document.file, document, None))
    title = sources.get("title")
    by_hand = BY_HAND if title is not None and title.rule == "person" else ""
    heading = f"<h1>{escape(document.title)}{by_hand}</h1>"
    return f"<header>{heading}<dl>{''.join(rows)}</dl></header>"


def _row(name: str, value: str, document: Document, source: FieldSource | None) -> str:
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
