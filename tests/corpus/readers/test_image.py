"""Images: real recognition in the slow tests, a stand-in for it in the others."""

from __future__ import annotations

import difflib
import io
import struct
import zlib

import pytest

from corpus.errors import UnreadableFileError
from corpus.readers import ReadLimits, ocr, read_file
from corpus.readers.layout import Piece
from tests.corpus.readers.conftest import CJK_FONTS

LINES = [
    "某某市人民政府办公室",
    "关于开展文明城市创建工作的通知",
    "各县、区人民政府，市政府各部门：",
]


def drawn(lines: list[str], size: tuple[int, int] = (1240, 600)):
    from PIL import Image, ImageDraw, ImageFont

    font_file = next((font for font in CJK_FONTS if font.exists()), None)
    if font_file is None:
        pytest.skip("no Noto CJK font installed, so no page picture can be drawn")
    font = ImageFont.truetype(str(font_file), 36, index=2)
    picture = Image.new("RGB", size, "white")
    for i, line in enumerate(lines):
        ImageDraw.Draw(picture).text((80, 60 + 80 * i), line, font=font, fill="black")
    return picture


def encoded(picture, kind: str, **options) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def similarity(document, lines) -> float:
    found = "".join(line.text for line in document.lines)
    return difflib.SequenceMatcher(None, found, "".join(lines), autojunk=False).ratio()


@pytest.fixture
def shapes(monkeypatch):
    """Put a stand-in in the place of recognition; gives the shapes of what it was shown."""
    seen: list[tuple[int, ...]] = []

    def recognise(image):
        seen.append(image.shape)
        return [Piece(f"第{len(seen)}块", 0, 0, 9, 9, 0.9)]

    monkeypatch.setattr(ocr, "recognise", recognise)
    return seen


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "WEBP"])
def test_an_image_is_recognised(read, kind: str) -> None:
    document = read(f"a.{kind.lower()}".replace("jpeg", "jpg"), encoded(drawn(LINES), kind))
    assert similarity(document, LINES) > 0.95
    assert document.format == "image"
    assert all(line.page is None and line.confidence > 0.8 for line in document.lines)


@pytest.mark.slow
def test_the_pages_of_a_tif_are_numbered(read) -> None:
    data = encoded(drawn(LINES[:2]), "TIFF", save_all=True, append_images=[drawn(LINES[2:])])
    document = read("a.tif", data)
    assert similarity(document, LINES) > 0.95
    assert [line.page for line in document.lines] == [1, 1, 2]


@pytest.mark.slow
def test_a_long_screenshot_keeps_its_small_letters(read) -> None:
    lines = [f"第{i}条 各单位要认真组织落实，按时报送情况。" for i in range(1, 61)]
    document = read("a.png", encoded(drawn(lines, (1080, 4900)), "PNG"))
    assert similarity(document, lines) > 0.97


def test_an_image_is_turned_as_its_exif_note_says(read, shapes) -> None:
    from PIL import Image

    picture = Image.new("RGB", (300, 200), "white")
    exif = picture.getexif()
    exif[0x0112] = 6
    read("a.jpg", encoded(picture, "JPEG", exif=exif))
    assert shapes == [(300, 200, 3)]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_pixels_of_every_kind_are_taken(read, shapes, mode: str) -> None:
    from PIL import Image

    kind = "TIFF" if mode in ("CMYK", "I;16") else "PNG"
    read(f"a.{kind.lower()}", encoded(Image.new(mode, (40, 30)), kind))
    assert shapes == [(30, 40, 3)]


def test_what_is_transparent_is_white(read, monkeypatch) -> None:
    from PIL import Image

    seen = []
    monkeypatch.setattr(ocr, "recognise", lambda image: seen.append(image.min()) or [])
    with pytest.raises(UnreadableFileError, match="空文件"):
        read("a.png", encoded(Image.new("RGBA", (40, 30), (0, 0, 0, 0)), "PNG"))
    assert seen == [255]


def test_a_long_picture_is_cut_into_bands(read, shapes) -> None:
    from PIL import Image

    document = read("a.png", encoded(Image.new("L", (400, 4000), 255), "PNG"))
    assert sum(shape[0] for shape in shapes) == 4000
    assert len(shapes) > 3
    assert max(shape[0] for shape in shapes) <= 900
    assert [line.text for line in document.lines] == [f"第{i + 1}块" for i in range(len(shapes))]


def test_pages_over_the_limit_are_named_in_a_warning(write, shapes) -> None:
    from PIL import Image

    page = Image.new("L", (40, 30))
    path = write("a.tif", encoded(page, "TIFF", save_all=True, append_images=[page, page]))
    document = read_file(path, ReadLimits(max_ocr_pages=1))
    assert len(shapes) == 1
    assert document.warnings == ("第 2-3 页没有读出：扫描页超过上限",)
    with pytest.raises(UnreadableFileError, match="有 3 页"):
        read_file(path, ReadLimits(max_pages=2))


def test_an_image_is_refused_when_recognition_is_off(write) -> None:
    from PIL import Image

    with pytest.raises(UnreadableFileError, match="文字识别已关闭"):
        path = write("a.png", encoded(Image.new("L", (40, 30)), "PNG"))
        read_file(path, ReadLimits(ocr=False))


def png_bomb(side: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = zlib.crc32(kind + body).to_bytes(4, "big")
        return len(body).to_bytes(4, "big") + kind + body + crc

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(side + 1) * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [12_000, 30_000])
def test_an_image_of_too_many_pixels_is_refused_before_it_is_unpacked(read, side: int) -> None:
    with pytest.raises(UnreadableFileError, match="像素"):
        read("a.png", png_bomb(side))


def test_truncated_images_are_refused(read, shapes) -> None:
    from PIL import Image

    for kind in ("PNG", "JPEG", "TIFF", "BMP", "WEBP"):
        whole = encoded(Image.effect_noise((64, 64), 90), kind)
        for size in (20, len(whole) // 2):
            with pytest.raises(UnreadableFileError, match=r"损坏|不是"):
                read(f"a.{kind.lower()}".replace("jpeg", "jpg"), whole[:size])
    assert shapes == []
