"""What a Word file says of its document outside the body: in page headers and core properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from corpus.language.documents import DOCUMENT_NUMBER, MASTHEAD, MASTHEAD_ISSUER
from corpus.raw import Declared, DeclaredField, RawLine
from corpus.readers.docx.numbering import W
from corpus.readers.docx.runs import RunReader
from corpus.readers.encoding import clean_characters
from corpus.readers.open_xml import Parts, R

_NUMBER = re.compile(DOCUMENT_NUMBER)
_APART = re.compile(r"[\n\t\u3000]| {2}")
#: So many lines of the body may hold the number before its title.
_HEAD_LINES = 15
_LONGEST, _LONGEST_LABEL, _LONGEST_CELL = 60, 8, 120
_MOST_ROWS = 3
_DC = "{http://purl.org/dc/elements/1.1/}"
_LONGEST_TITLE = 200
#: First pages first: a letterhead stands on them alone.
_ORDER = {"first": 0, "default": 1, "even": 2}


def from_headers(
    parts: Parts, main: str, body: Any, runs: RunReader, lines: Sequence[RawLine]
) -> list[RawLine]:
    """The letterhead and number that stand in the headers of the first section, as lines.

    None where the first lines of the body hold a number themselves. What else stands in headers and
    footers is furniture of the pages.
    """
    head = [line.text for line in lines if line.text.strip()][:_HEAD_LINES]
    if any(_NUMBER.search(text) and len(text) <= _LONGEST for text in head):
        return []
    found: dict[str, None] = {}
    for part in _header_parts(parts, main, body):
        root = parts.xml_or_none(part)
        for p in root.iter(f"{W}p") if root is not None else ():
            # Tabs set the number at the edge of the page, behind the name of the paper.
            for text in map(str.strip, _APART.split(runs.read(p).text)):
                if is_letterhead(text) and text not in head:
                    found[text] = None
    if not any(_NUMBER.search(text) for text in found):
        return []
    return [RawLine(text) for text in found]


def is_letterhead(text: str) -> bool:
    """Whether a short line names the document's number or the paper of its issuer (…文件)."""
    if not 0 < len(text) <= _LONGEST:
        return False
    issuer = MASTHEAD_ISSUER.fullmatch(text)
    return bool(_NUMBER.fullmatch(text) or (issuer and MASTHEAD.fullmatch(text)))


def is_letterhead_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a small table only sets out what stands above a title.

    Its number stands in the first row, below a letterhead across the table, or behind a label
    (发文字号); a table that lists documents has heads or several numbers.
    """
    if any(len(text) > _LONGEST_CELL for row in rows for text in row):
        return False
    places = [
        (row, column)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if _NUMBER.match(text)
    ]
    top = [text for text in rows[0] if text]
    has_letterhead = len(top) == 1 and is_letterhead(top[0]) and len(rows) <= _MOST_ROWS
    if len(places) != 1:
        return has_letterhead and not places
    row, column = places[0]
    label = rows[row][column - 1].rstrip("：: ") if column % 2 else ""
    is_labelled = 0 < len(label) <= _LONGEST_LABEL and label.endswith("号")
    return is_labelled or has_letterhead or (row == 0 and len(rows) <= _MOST_ROWS)


def labelled(texts: Sequence[str]) -> list[str]:
    """「发文字号：平政办发〔2024〕19号」 from the cells of a row, where labels stand before values."""
    pairs = list(zip(texts[::2], texts[1::2], strict=False))
    are_labels = all(
        0 < len(label) <= _LONGEST_LABEL and not _NUMBER.search(label) for label, _ in pairs
    )
    if not pairs or len(texts) % 2 or not are_labels:
        return list(texts)
    return [f"{label.rstrip('：: ')}：{value}" for label, value in pairs]


def declared(parts: Parts, lines: Iterable[RawLine]) -> list[Declared]:
    """The number found in headers, and what the core properties say."""
    found = [
        Declared(DeclaredField.NUMBER, number.group(), "page header")
        for line in lines
        if (number := _NUMBER.search(line.text))
    ]
    return found + core_properties(parts)


def core_properties(parts: Parts) -> list[Declared]:
    """The title of a package, as its program filled it in; its days are those of a template."""
    for part in parts.related("", "core-properties"):
        root = parts.xml_or_none(part)
        if root is None:
            continue
        title = clean_characters(root.findtext(f"{_DC}title") or "").strip()
        if title and len(title) <= _LONGEST_TITLE and "\n" not in title:
            return [Declared(DeclaredField.TITLE, title, "core properties", "title")]
    return []


def _header_parts(parts: Parts, main: str, body: Any) -> list[str]:
    section = next(body.iter(f"{W}sectPr"), None)
    if section is None:
        return []
    relations = parts.relations(main)
    references = sorted(
        section.iterchildren(f"{W}headerReference", f"{W}footerReference"),
        key=lambda element: (
            element.tag == f"{W}footerReference",
            _ORDER.get(element.get(f"{W}type") or "default", 3),
        ),
    )
    found = (relations.get(element.get(f"{R}id") or "") for element in references)
    return [relation.target for relation in found if relation and not relation.external]
