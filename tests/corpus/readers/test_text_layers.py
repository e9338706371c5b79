"""The text layer of a scan: kept where it reads well, read off the picture where it does not."""

from __future__ import annotations

import io

import pytest

from corpus.readers import ocr
from corpus.readers.layout import Piece

SOUND = "为深入贯彻落实国务院决策部署，进一步优化营商环境，制定本实施方案。"
GARBLED = "@#& ~~ Il1| l1I! ^^ {} [[ __ 0Oo0O |/| %% ??"
SEEN = "平陵市人民政府关于加强燃气安全管理的通知"


@pytest.fixture
def scan(monkeypatch):
    """Make a PDF of a full-page picture with a text layer; recognition always sees the same line."""
    monkeypatch.setattr(ocr, "recognise", lambda image: [Piece(SEEN, 0, 0, 400, 20, 0.95)])

    def make(layer: str) -> bytes:
        from PIL import Image
        from reportlab.lib.utils import ImageReader
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas

        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=(595, 842))
        canvas.drawImage(ImageReader(Image.new("L", (300, 420), 230)), 0, 0, 595, 842)
        canvas.setFont("STSong-Light", 12)
        for i in range(4):
            canvas.drawString(60, 760 - 20 * i, layer)
        canvas.save()
        return buffer.getvalue()

    return make


def test_a_garbled_layer_is_read_off_the_picture(read, scan) -> None:
    document = read("a.pdf", scan(GARBLED))
    assert [line.text for line in document.lines] == [SEEN]
    assert document.format == "pdf-scan"


def test_a_sound_layer_is_kept(read, scan) -> None:
    document = read("a.pdf", scan(SOUND))
    assert "".join(line.text for line in document.lines).startswith(SOUND[:20])
    assert document.format == "pdf"


def test_a_layer_that_reads_no_worse_than_the_picture_is_kept(read, scan, monkeypatch) -> None:
    monkeypatch.setattr(ocr, "recognise", lambda image: [Piece("~^ |l {", 0, 0, 90, 20, 0.9)])
    assert "Il1|" in read("a.pdf", scan(GARBLED)).lines[0].text
