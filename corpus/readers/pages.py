"""What the readers of paginated files share: the pages they read become one document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UnreadableFileError
from corpus.raw import LineKind, RawDocument, RawLine
from corpus.readers.encoding import clean_characters, empty_file_error
from corpus.readers.limits import Deadline, ReadLimits, refuse_too_long, too_large
from corpus.readers.tables.over_pages import page_line, written_out

if TYPE_CHECKING:
    import numpy as np

_EDGE_LINES = 2
_MIN_PAGES = 3
_MIN_SHARE = 0.6
_DIGITS = re.compile(r"[0-9０-９]+")
_PAGE_NUMBER = re.compile(
    r"[-—–―·.•\s]*第?\s*([0-9０-９]{1,4})\s*页?"
    r"(?:\s*[/／,，]?\s*共?\s*[0-9０-９]{1,4}\s*页?)?[-—–―·.•\s]*"
)


class NotRecognised(StrEnum):
    """Why a picture of text was not recognised: too many before it, or a person's wish."""

    OVER_BUDGET = "扫描页超过上限"
    OCR_OFF = "文字识别已关闭"


@dataclass(frozen=True)
class Page:
    """The lines of one page.

    Attributes:
        lines: its lines in reading order.
        recognised: whether they were read off a picture.
        unsure: whether a person should compare them with the original.
        skipped: why something on the page was not read, or an empty string.
    """

    lines: tuple[RawLine, ...]
    recognised: bool = False
    unsure: bool = False
    skipped: str = ""


def read_pages(
    path: Path, count: int, read: Callable[[int, bool], Page], limits: ReadLimits
) -> list[Page]:
    """Read pages one after the other within the bounds on text, recognition and time.

    ``read`` takes a page's number from 1 and whether recognition is still allowed.

    Raises:
        UnreadableFileError: there are too many pages or too much text.
    """
    if count > limits.max_pages:
        raise too_large(path, f"有 {count} 页", f"不超过 {limits.max_pages} 页")
    deadline = Deadline(limits.max_seconds)
    pages: list[Page] = []
    chars = 0
    budget = limits.max_ocr_pages if limits.ocr else 0
    for number in range(1, count + 1):
        if deadline.passed():
            pages += [Page((), skipped="读取超时")] * (count - number + 1)
            break
        page = read(number, budget > 0)
        if page.skipped == NotRecognised.OVER_BUDGET and not limits.ocr:
            page = Page(page.lines, skipped=NotRecognised.OCR_OFF)
        budget -= page.recognised
        chars += sum(len(line.text) for line in page.lines)
        refuse_too_long(path, chars, limits)
        pages.append(page)
    return pages


def recognise_page(pictures: Sequence[np.ndarray], number: int | None) -> Page:
    """Recognise the pictures that make up a page, in reading order.

    Each is height × width × 3, 8 bits a channel in the order blue, green, red; ``number`` is the
    page's for its lines, or None in a file without pages.
    """
    from corpus.readers.ocr import LOW_CONFIDENCE, mean_confidence, recognise

    try:
        found = [piece for picture in pictures for piece in recognise(picture)]
    except UnreadableFileError as error:
        return Page((), skipped=str(error))
    lines = (
        page_line(replace(piece, text=clean_characters(piece.text)), number) for piece in found
    )
    return Page(
        tuple(line for line in lines if line.text.strip()),
        recognised=True,
        unsure=mean_confidence(found) < LOW_CONFIDENCE,
    )


def document_of_pages(
    path: Path, pages: Sequence[Page], formats: tuple[str, str], dropped: Sequence[str] = ()
) -> RawDocument:
    """Put pages together: without their furniture, with warnings about what was not read.

    Its format is the first of ``formats`` where most pages hold text, the second where most were
    recognised; ``dropped`` are texts that the reader itself left out as furniture.

    Raises:
        UnreadableFileError: no page holds any text.
    """
    kept, repeated = drop_page_furniture([page.lines for page in pages])
    lines = tuple(written_out(kept))
    if not any(line.text.strip() for line in lines):
        raise _no_text_error(path, pages)
    warnings = _warnings(pages)
    if furniture := [*dict.fromkeys((*dropped, *repeated))]:
        warnings.append(f"已略去页眉页脚：{'；'.join(furniture[:5])[:200]}")
    recognised = sum(page.recognised for page in pages)
    with_text = sum(bool(page.lines) for page in pages)
    return RawDocument(path, formats[recognised * 2 > with_text], lines, False, tuple(warnings))


def _warnings(pages: Sequence[Page]) -> list[str]:
    warnings = []
    for reason in dict.fromkeys(page.skipped for page in pages if page.skipped):
        numbers = [i for i, page in enumerate(pages, 1) if page.skipped == reason]
        warnings.append(f"第 {_ranges(numbers)} 页没有读出：{reason}")
    unsure = [i for i, page in enumerate(pages, 1) if page.unsure]
    if unsure:
        warnings.append(f"第 {_ranges(unsure)} 页文字识别把握不大，请核对原件")
    return warnings


def _ranges(numbers: Sequence[int]) -> str:
    """Page numbers for a person: [1, 2, 3, 7] → 「1-3、7」."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return "、".join(str(p[0]) if len(p) == 1 else f"{p[0]}-{p[-1]}" for p in parts)


def _no_text_error(path: Path, pages: Sequence[Page]) -> UnreadableFileError:
    reason = next((page.skipped for page in pages if page.skipped), "")
    if not reason:
        return empty_file_error(path)
    return UnreadableFileError(
        f"{path.name} 没有读出文字（{reason}）",
        "有文字的文件，或可识别的扫描件",
        "打开文字识别，或换一份有文字的文件",
    )


def drop_page_furniture(
    pages: Sequence[Sequence[RawLine]],
) -> tuple[list[list[RawLine]], tuple[str, ...]]:
    """Drop what stands at the top or the bottom of most pages, and bare page numbers there.

    A line counts as repeated when it is the same but for digits and punctuation on at least 60 %
    of the pages (and on three at least), or of the left or the right pages alone.

    Returns:
        The pages without those lines, and the texts dropped, apart from page numbers and from
        those that differ in digits only.
    """
    # Top and bottom apart: an issuer named in the header may also sign at the end.
    tops = _repeated([page[:_EDGE_LINES] for page in pages])
    bottoms = _repeated([page[-_EDGE_LINES:] for page in pages])
    kept_pages = []
    dropped: dict[str, str] = {}
    for page in pages:
        start, end = 0, len(page)
        while start < min(end, _EDGE_LINES) and _is_furniture(page[start], tops):
            start += 1
        while end > max(start, len(page) - _EDGE_LINES) and _is_furniture(page[end - 1], bottoms):
            end -= 1
        for line in (*page[:start], *page[end:]):
            if not _PAGE_NUMBER.fullmatch(line.text):
                dropped.setdefault(_signature(line.text), line.text.strip())
        kept_pages.append(list(page[start:end]))
    return kept_pages, tuple(dropped.values())


def _is_furniture(line: RawLine, repeated: set[str]) -> bool:
    if line.kind is LineKind.TABLE_ROW:
        return False
    return _is_page_number(line) or _signature(line.text) in repeated


def _repeated(edges: Sequence[Sequence[RawLine]]) -> set[str]:
    """Signatures that stand on most pages, or on most of the left or of the right pages."""
    repeated: set[str] = set()
    for pages in (edges, edges[::2], edges[1::2]):
        counts = Counter(
            signature for page in pages for signature in {_signature(line.text) for line in page}
        )
        least = max(_MIN_PAGES, _MIN_SHARE * len(pages))
        repeated |= {signature for signature, count in counts.items() if count >= least}
    return repeated - {""}


def _signature(text: str) -> str:
    # Recognition adds a dot or loses a bracket here and there, so marks do not count.
    bare = "".join(char for char in text if char.isalnum())
    return _DIGITS.sub("#", bare)


def _is_page_number(line: RawLine) -> bool:
    """Whether a line at a page's edge is a page number: dressed as one, or equal to the page's."""
    found = _PAGE_NUMBER.fullmatch(line.text)
    if found is None:
        return False
    dressed = line.text.strip()[0] in "-—–―·•第" or "页" in line.text
    return dressed or int(found.group(1)) == line.page
