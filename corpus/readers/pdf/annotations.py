"""What stands on a PDF page besides its text: values of a form, text boxes, stamps, comments."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from corpus.raw import LineKind
from corpus.readers.encoding import clean_characters
from corpus.readers.layout import Piece
from corpus.readers.pdf.characters import PageBox

if TYPE_CHECKING:
    import pypdfium2

_MOST_ANNOTATIONS = 5_000
_MOST_BYTES = 200_000
_MOST_OBJECTS = 200
#: Height of a line of a form field whose box is higher, in points.
_LINE = 14.0


def page_annotations(page: pypdfium2.PdfPage, box: PageBox, form: Any = None) -> list[Piece]:
    """What annotations of a page say, at their places in points from its upper left corner.

    Fields of a form give their value, also where the file holds no drawing of it; a box that is
    ticked gives 「√」. Text boxes and stamps are text, comments are of kind note. Hidden ones and
    empty fields give nothing. ``form`` is PDFium's handle of the file's form, if it has one.
    """
    from pypdfium2 import raw

    pieces: list[Piece] = []
    for i in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, i)
        if not annotation:
            continue
        try:
            pieces += _read(annotation, box, form)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return pieces


def attached_files(page: pypdfium2.PdfPage) -> list[tuple[str, bytes]]:
    """Name and bytes of the files attached to places of a page."""
    from pypdfium2 import PdfAttachment, raw

    found = []
    for i in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, i)
        if not annotation:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_FILEATTACHMENT:
                continue
            handle = raw.FPDFAnnot_GetFileAttachment(annotation)
            if handle:
                found.append(named_content(PdfAttachment(handle, page.pdf)))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return found


def named_content(file: pypdfium2.PdfAttachment) -> tuple[str, bytes]:
    """Name and bytes of an attached file; no bytes where PDFium cannot get them."""
    from pypdfium2 import PdfiumError

    try:
        content = bytes(file.get_data())
    except PdfiumError:
        content = b""
    return _file_name(file.get_name()), content


def _file_name(name: str) -> str:
    """A file's name, also where its UTF-16 bytes were taken for characters."""
    for mark, encoding in (("\xfe\xff", "utf-16-be"), ("\xff\xfe", "utf-16-le")):
        if name.startswith(mark):
            return name[2:].encode("latin-1", "ignore").decode(encoding, "replace")
    return name


def without_drawn(added: Sequence[Piece], text: Sequence[Piece]) -> list[Piece]:
    """The pieces that the page's own ``text`` does not show at the same place already."""

    def is_drawn(piece: Piece) -> bool:
        words = "".join(piece.text.split())
        return any(
            words in "".join(other.text.split())
            and min(piece.bottom, other.bottom) > max(piece.top, other.top)
            and min(piece.right, other.right) > max(piece.left, other.left)
            for other in text
        )

    return [piece for piece in added if not is_drawn(piece)]


def _read(annotation: Any, box: PageBox, form: Any) -> list[Piece]:
    from pypdfium2 import raw

    unseen = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
    if raw.FPDFAnnot_GetFlags(annotation) & unseen:
        return []
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    if kind == raw.FPDF_ANNOT_WIDGET:
        return _placed(_value(annotation, form), annotation, box)
    if kind == raw.FPDF_ANNOT_FREETEXT:
        return _placed(_string(annotation, b"Contents"), annotation, box)
    if kind == raw.FPDF_ANNOT_STAMP:
        return _placed(_drawn(annotation) or _string(annotation, b"Contents"), annotation, box)
    comments = (
        raw.FPDF_ANNOT_TEXT,
        raw.FPDF_ANNOT_HIGHLIGHT,
        raw.FPDF_ANNOT_UNDERLINE,
        raw.FPDF_ANNOT_SQUIGGLY,
        raw.FPDF_ANNOT_STRIKEOUT,
        raw.FPDF_ANNOT_CARET,
    )
    if kind not in comments:
        return []
    words = " ".join(_string(annotation, b"Contents").split())
    return _placed(f"批注：{words}" if words else "", annotation, box, LineKind.NOTE)


def _value(annotation: Any, form: Any) -> str:
    """What a field of a form holds."""
    from pypdfium2 import raw

    if form is None:
        return _string(annotation, b"V")
    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        return "√" if raw.FPDFAnnot_IsChecked(form, annotation) else ""
    if kind in (raw.FPDF_FORMFIELD_PUSHBUTTON, raw.FPDF_FORMFIELD_SIGNATURE):
        return ""

    def read(buffer: Any, size: int) -> int:
        return int(raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))

    return _wide_string(read) or _string(annotation, b"V")


def _string(annotation: Any, key: bytes) -> str:
    from pypdfium2 import raw

    def read(buffer: Any, size: int) -> int:
        return int(raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size))

    return _wide_string(read)


def _drawn(annotation: Any) -> str:
    """The text that a stamp is drawn with."""
    from pypdfium2 import raw

    words = []
    for i in range(min(raw.FPDFAnnot_GetObjectCount(annotation), _MOST_OBJECTS)):
        item = raw.FPDFAnnot_GetObject(annotation, i)
        if item and raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:

            def read(buffer: Any, size: int, item: Any = item) -> int:
                return int(raw.FPDFTextObj_GetText(item, None, buffer, size))

            words.append(_wide_string(read))
    return "".join(words)


def _wide_string(read: Any) -> str:
    """A text that PDFium writes as UTF-16 with a NUL behind it into a buffer of so many bytes."""
    from pypdfium2 import raw

    size = read(None, 0)
    if not 2 < size <= _MOST_BYTES:
        return ""
    buffer = ctypes.create_string_buffer(size)
    read(ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    text = buffer.raw[: size - 2].decode("utf-16-le", "replace")
    return clean_characters(text.replace("\r", "\n")).strip()


def _placed(
    text: str, annotation: Any, box: PageBox, kind: LineKind = LineKind.TEXT
) -> list[Piece]:
    """The lines of a text at the place of its annotation."""
    from pypdfium2 import raw

    lines = [line.strip() for line in text.split("\n") if line.strip()]
    area = raw.FS_RECTF()
    if not lines or not raw.FPDFAnnot_GetRect(annotation, area):
        return []
    left, right = sorted((area.left - box.left, area.right - box.left))
    top, bottom = sorted((box.top - area.top, box.top - area.bottom))
    step = (bottom - top) / len(lines)
    pieces = []
    for i, line in enumerate(lines):
        middle = top + (i + 0.5) * step
        half = min(step, _LINE) / 2
        # As wide as its words, not as the box: what stands behind the box is no part of it.
        wide = min(right, left + len(line) * 2 * half)
        pieces.append(Piece(line, left, middle - half, wide, middle + half, kind=kind))
    return pieces
