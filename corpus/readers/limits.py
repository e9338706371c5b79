"""How much of one file a reader is willing to take."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UnreadableFileError


@dataclass(frozen=True)
class ReadLimits:
    """Bounds that keep one bad file from stopping or exhausting a run.

    Attributes:
        max_bytes: largest file, in bytes; a larger one is refused.
        max_pages: most pages of a PDF or OFD file; a longer one is refused.
        max_chars: most characters of text taken from one file; more is refused.
        ocr: whether pages that are only images are recognised.
        max_ocr_pages: most pages of one file that are recognised; the rest are named in a warning.
        max_seconds: time for one file of pages, checked between pages; what was read by then is
            kept and the rest is named in a warning. A conversion by LibreOffice gets 120 seconds
            of it at most.
        max_cells: most cells of a workbook, empty ones between others included.
        max_pixels: most pixels of one image; a larger one is refused before it is unpacked.
        attachments: whether files inside a PDF or OFD file are read; an attachment's own are not.
    """

    max_bytes: int = 100_000_000
    max_pages: int = 3000
    max_chars: int = 20_000_000
    ocr: bool = True
    max_ocr_pages: int = 200
    max_seconds: float = 1800.0
    max_cells: int = 2_000_000
    max_pixels: int = 100_000_000
    attachments: bool = True


class Deadline:
    """The moment, so many seconds from now, after which no further page is started."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def passed(self) -> bool:
        """Whether the time is used up."""
        return time.monotonic() >= self._end


def too_large(path: Path, got: str, expected: str) -> UnreadableFileError:
    """The error for a file that holds more than a bound allows."""
    return UnreadableFileError(f"{path.name} {got}", expected, "拆成几个文件再试")


def refuse_too_long(path: Path, chars: int, limits: ReadLimits) -> None:
    """Refuse a file with more than ``limits.max_chars`` characters of text.

    Raises:
        UnreadableFileError: ``chars``, found in it so far, is over the bound.
    """
    if chars > limits.max_chars:
        raise UnreadableFileError(
            f"{path.name} 的文字超过 {limits.max_chars} 字",
            f"一个文件不超过 {limits.max_chars} 字",
            "拆成几个文件，或调大 max_chars",
        )
