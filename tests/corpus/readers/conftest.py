"""Builders of real files: Word by python-docx, PDF by reportlab, scans by Pillow."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from corpus.raw import LineKind, RawDocument
from corpus.readers import read_file

CJK_FONTS = (
    Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"),
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"),
)

WriteFile = Callable[[str, bytes], Path]
MakePdf = Callable[..., bytes]
MakeScan = Callable[..., bytes]
Shape = list[tuple[LineKind, int, str]]


@pytest.fixture
def write(tmp_path: Path) -> WriteFile:
    """Write bytes to a file of that name and return its path."""

    def write_file(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write_file


@pytest.fixture
def read(write: WriteFile) -> Callable[[str, str | bytes], RawDocument]:
    """Write a file and read it."""

    def read_content(name: str, content: str | bytes) -> RawDocument:
        data = content.encode() if isinstance(content, str) else content
        return read_file(write(name, data))

    return read_content


@pytest.fixture
def shape() -> Callable[[RawDocument], Shape]:
    """Kind, level and text of each line of a document."""
    return lambda document: [(line.kind, line.level, line.text) for line in document.lines]


@pytest.fixture
def make_pdf() -> MakePdf:
    """Make a PDF from pages of lines, each line an (x, y, text) in points from the lower left."""

    def make(
        pages: Sequence[Sequence[tuple[float, float, str]]], password: str = "", size: float = 12
    ) -> bytes:
        from reportlab.lib.pdfencrypt import StandardEncryption
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas

        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        buffer = io.BytesIO()
        encryption = StandardEncryption(password, ownerPassword="owner") if password else None
        canvas = Canvas(buffer, pagesize=(595, 842), encrypt=encryption)
        for page in pages:
            canvas.setFont("STSong-Light", size)
            for x, y, text in page:
                canvas.drawString(x, y, text)
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    return make


@pytest.fixture
def make_scan() -> MakeScan:
    """Make a PDF whose pages are pictures of lines; skips where no Chinese font is installed."""

    def make(pages: Sequence[Sequence[str]], turned: float = 0.0, dpi: int = 150) -> bytes:
        from PIL import Image, ImageDraw, ImageFont

        font_file = next((font for font in CJK_FONTS if font.exists()), None)
        if font_file is None:
            pytest.skip("no Noto CJK font installed, so no page picture can be drawn")
        font = ImageFont.truetype(str(font_file), dpi // 5, index=2)
        pictures = []
        for lines in pages:
            picture = Image.new("L", (int(8.27 * dpi), int(11.69 * dpi)), 255)
            draw = ImageDraw.Draw(picture)
            for i, line in enumerate(lines):
                draw.text((dpi, dpi + i * dpi * 0.4), line, font=font, fill=0)
            pictures.append(picture.rotate(turned, fillcolor=255, expand=turned % 180 == 90))
        buffer = io.BytesIO()
        pictures[0].save(buffer, "PDF", resolution=dpi, save_all=True, append_images=pictures[1:])
        return buffer.getvalue()

    return make
