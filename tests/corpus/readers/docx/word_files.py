"""Word files with XML that Word writes and python-docx cannot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import docx
from docx.oxml import parse_xml

NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{name}"'
    for prefix, name in (
        ("w", "wordprocessingml/2006/main"),
        ("m", "officeDocument/2006/math"),
        ("r", "officeDocument/2006/relationships"),
        ("c", "drawingml/2006/chart"),
        ("a", "drawingml/2006/main"),
        ("dgm", "drawingml/2006/diagram"),
    )
) + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def raised(text: str) -> str:
    return run(text, '<w:vertAlign w:val="superscript"/>')


def lowered(text: str) -> str:
    return run(text, '<w:vertAlign w:val="subscript"/>')


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def word_of(*blocks: str) -> bytes:
    """A Word file of paragraphs (text or XML) and tables (XML)."""
    word = docx.Document()
    body = word.element.body
    for block in blocks:
        xml = block if block.startswith("<") else paragraph(run(block))
        tag, rest = xml[1:].split(">", 1) if xml[1:6] in ("w:p><", "w:tbl") else ("", "")
        assert tag, xml
        body.insert(len(body) - 1, parse_xml(f"<{tag} {NAMESPACES}>{rest}"))
    return saved(word)


def changed(
    data: bytes,
    change: Callable[[str, bytes], bytes | None] = lambda _, content: content,
    added: Mapping[str, bytes] = {},
    relations: Mapping[str, tuple[str, str]] = {},
) -> bytes:
    """The package with parts changed or added, and relations of its main part: id → kind, target."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if name == "word/_rels/document.xml.rels" and content:
                extra = "".join(
                    f'<Relationship Id="{identity}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
                    for identity, (kind, target) in relations.items()
                )
                content = content.replace(b"</Relationships>", extra.encode() + b"</Relationships>")
            if content is not None:
                new.writestr(name, content)
        for name, content in added.items():
            new.writestr(name, content)
    return buffer.getvalue()


def notes_part(kind: str, *texts: str) -> bytes:
    """The part of footnotes or endnotes with ids from 2."""
    inner = "".join(
        f'<w:{kind} w:id="{i}">{paragraph(run(text))}</w:{kind}>'
        for i, text in enumerate(texts, start=2)
    )
    line = f'<w:{kind} w:type="separator" w:id="0"><w:p/></w:{kind}>'
    return f"<w:{kind}s {NAMESPACES}>{line}{inner}</w:{kind}s>".encode()
