"""What the readers of paginated files share: the pages they read become one document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UnreadableFileError
from corpus.raw import RawDocument, RawLine
from corpus.readers.encoding import clean_characters, empty_file_error
from corpus.readers.footnotes import mark_notes
from corpus.readers.furniture import PlacedLine, drop_page_furniture
from corpus.readers.layout import Piece
from corpus.readers.limits import Deadline, ReadLimits, refuse_too_long, too_large
from corpus.readers.paragraphs import join_paragraphs
from corpus.readers.tables.over_pages import page_line, written_out

if TYPE_CHECKING:
    import numpy as np


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
        pieces: the places of the lines, one for each; none where they are not known.
        height: height of the page in the unit of the pieces.
        hidden: how many characters that nobody sees were left out.
        watermarks: how many pieces of watermarks were left out.
    """

    lines: tuple[RawLine, ...]
    recognised: bool = False
    unsure: bool = False
    skipped: str = ""
    pieces: tuple[Piece, ...] = ()
    height: float = 0.0
    hidden: int = 0
    watermarks: int = 0

    @property
    def placed(self) -> list[PlacedLine]:
        """The lines with their places."""
        if len(self.pieces) != len(self.lines) or not self.height:
            return [PlacedLine(line) for line in self.lines]
        pairs = zip(self.lines, self.pieces, strict=True)
        return [PlacedLine(line, piece, self.height) for line, piece in pairs]


def page_of_pieces(pieces: Sequence[Piece], number: int, height: float) -> Page:
    """A page of pieces in reading order, ``number`` from 1."""
    lines = tuple(page_line(piece, number) for piece in pieces)
    return Page(lines, pieces=tuple(pieces), height=height)


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
    kept = drop_page_furniture([page.placed for page in pages])
    lines = tuple(written_out([join_paragraphs(mark_notes(kept.pages))]))
    if not any(line.text.strip() for line in lines):
        raise _no_text_error(path, pages)
    warnings = _warnings(pages)
    if kept.watermarks or any(page.watermarks for page in pages):
        warnings.append("已略去水印文字")
    if furniture := [*dict.fromkeys((*dropped, *kept.dropped))]:
        warnings.append(f"已略去页眉页脚：{'；'.join(furniture[:5])[:200]}")
    recognised = sum(page.recognised for page in pages)
    with_text = sum(bool(page.lines) for page in pages)
    return RawDocument(path, formats[recognised * 2 > with_text], lines, False, tuple(warnings))


def _warnings(pages: Sequence[Page]) -> list[str]:
    warnings = []
    for reason in dict.fromkeys(page.skipped for page in pages if page.skipped):
        numbers = [i for i, page in enumerate(pages, 1) if page.skipped == reason]
        warnings.append(f"第 {_ranges(numbers)} 页没有读出：{reason}")
    if hidden := [i for i, page in enumerate(pages, 1) if page.hidden]:
        count = sum(page.hidden for page in pages)
        warnings.append(f"第 {_ranges(hidden)} 页有看不见的文字 {count} 字，没有读入，请核对原件")
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
