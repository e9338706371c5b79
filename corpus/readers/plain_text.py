"""Plain text, also such that holds the markup of the page or the program it was taken from."""

from __future__ import annotations

from pathlib import Path

from corpus.raw import RawDocument
from corpus.readers.encoding import decode_bytes, empty_file_error
from corpus.readers.limits import ReadLimits, refuse_too_long
from corpus.readers.literal_markup import plain_lines


def read_text(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read a plain text file, a line for a line, with its blank lines.

    A line may be a torn piece of a sentence, so paragraphs are not reliable.
    """
    decoded = decode_bytes(path, data)
    refuse_too_long(path, len(decoded.text), limits)
    lines = tuple(plain_lines(decoded.text.removesuffix("\n")))
    if not any(line.text.strip() for line in lines):
        raise empty_file_error(path)
    return RawDocument(path, "txt", lines, False, decoded.warnings, decoded.encoding)
