"""Plain text: a line of the file is a line of the document."""

from __future__ import annotations

from pathlib import Path

from corpus.raw import RawDocument, RawLine
from corpus.readers.encoding import decode_bytes
from corpus.readers.limits import ReadLimits, refuse_too_long


def read_text(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read a plain text file with its blank lines.

    A line may be a torn piece of a sentence, so paragraphs are not reliable.
    """
    decoded = decode_bytes(path, data)
    refuse_too_long(path, len(decoded.text), limits)
    text = decoded.text.removesuffix("\n")
    lines = tuple(RawLine(line) for line in text.split("\n"))
    return RawDocument(path, "txt", lines, False, decoded.warnings, decoded.encoding)
