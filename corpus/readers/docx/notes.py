"""Footnotes and endnotes of a Word file, numbered as Word numbers them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from corpus.raw import LineKind, RawLine
from corpus.readers.docx.numbering import W, format_number
from corpus.readers.docx.runs import Reference, RunReader
from corpus.readers.open_xml import Parts

# Lines between text and notes stand among the notes.
_SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))
#: Endnotes count i, ii, iii where nothing else is said, and so are told from footnotes.
_FORMATS = {"footnote": "decimal", "endnote": "lowerRoman"}


class Notes:
    """The notes of a document, given out in the order in which the text refers to them."""

    def __init__(self, parts: Parts, main: str, runs: RunReader) -> None:
        self._runs = runs
        self._notes: dict[Reference, Any] = {}
        self._counts = dict.fromkeys(_FORMATS, 0)
        self._given: set[Reference] = set()
        for kind in _FORMATS:
            for part in parts.related(main, f"{kind}s"):
                root = parts.xml_or_none(part)
                for note in root.iterchildren(f"{W}{kind}") if root is not None else ():
                    if note.get(f"{W}type", "normal") not in _SEPARATORS:
                        self._notes[Reference(kind, note.get(f"{W}id") or "")] = note

    def lines(self, references: Iterable[Reference]) -> Iterator[RawLine]:
        """A line 「注1：…」 for each note referred to, once."""
        for reference in references:
            note = self._notes.get(reference)
            if note is None or reference in self._given:
                continue
            self._given.add(reference)
            self._counts[reference.kind] += 1
            number = format_number(self._counts[reference.kind], _FORMATS[reference.kind])
            if text := self._text(note):
                yield note_line(number, text)

    def rest(self) -> Iterator[RawLine]:
        """The notes that no text referred to, in order."""
        yield from self.lines(
            reference for reference in self._notes if reference not in self._given
        )

    def _text(self, note: Any) -> str:
        pieces = (self._runs.read(p).text.replace("\n", " ").strip() for p in note.iter(f"{W}p"))
        return " ".join(filter(None, pieces))


def note_line(name: str, text: str) -> RawLine:
    """A note by its name (「1」, 「①」) and its words: 「注1：…」."""
    return RawLine(f"注{name}：{text.lstrip('：:、.． ')}", kind=LineKind.NOTE)
