"""Pictures of pages: recognised whole, long screenshots in pieces."""

from __future__ import annotations

import io
import struct
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import UnreadableFileError
from corpus.raw import RawDocument
from corpus.readers.limits import ReadLimits
from corpus.readers.pages import NotRecognised, Page, document_of_pages, read_pages, recognise_page

if TYPE_CHECKING:
    import numpy as np
    from PIL import Image

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "MPO")
# Recognition shrinks the longer side to 2,000 pixels, so a long screenshot is cut first.
_LONG = 3.0
_BAND = 1.5
_MAX_SIDE = 4000
IMAGE_ERRORS = (
    OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, IndexError, struct.error,
    ZeroDivisionError, OverflowError,
)  # fmt: skip
"""What Pillow raises on a damaged image."""


def read_image(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Recognise the text on an image: png, jpg, bmp, webp, or tif with one or more pages.

    The image is turned as its EXIF note says. A long screenshot is cut where no text stands.
    Refused, too, where recognition is turned off or not installed.
    """
    if not limits.ocr:
        raise UnreadableFileError(
            f"{path.name} 是图片，而{NotRecognised.OCR_OFF}",
            "打开文字识别",
            "在设置里打开文字识别再试",
        )
    # Pillow warns on every odd tag; what cannot be read is reported in our own words.
    with warnings.catch_warnings(action="ignore"), open_image(path, data, limits) as image:
        count = _count_pages(image, limits) if image.format == "TIFF" else 1
        paged = count > 1

        def read(number: int, may_recognise: bool) -> Page:
            if not may_recognise:
                return Page((), skipped=NotRecognised.OVER_BUDGET)
            try:
                image.seek(number - 1)
                if image.width * image.height > limits.max_pixels:
                    return Page((), skipped="图片过大")
                pictures = page_pictures(image)
            except IMAGE_ERRORS:
                return Page((), skipped="图片已损坏")
            return recognise_page(pictures, number if paged else None)

        pages = read_pages(path, count, read, limits)
    return document_of_pages(path, pages, ("image", "image"))


def open_image(path: Path, data: bytes, limits: ReadLimits) -> Image.Image:
    """Open an image without unpacking its pixels.

    Raises:
        UnreadableFileError: it is damaged or has too many pixels.
    """
    from PIL import Image

    try:
        # The size is checked here against our own bound, so Pillow's warning says nothing new.
        with warnings.catch_warnings(action="ignore"):
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_large(path, "像素过多", limits) from error
    except IMAGE_ERRORS as error:
        raise UnreadableFileError(
            f"{path.name} 已损坏或不是图片",
            "完好的 png、jpg、tif、bmp 或 webp 图片",
            "用看图程序打开检查，另存一份再试",
        ) from error
    if image.width * image.height > limits.max_pixels:
        image.close()
        raise _too_large(path, f"有 {image.width}×{image.height} 像素", limits)
    return image


def _too_large(path: Path, got: str, limits: ReadLimits) -> UnreadableFileError:
    return UnreadableFileError(
        f"{path.name} {got}", f"不超过 {limits.max_pixels} 像素的图片", "缩小或裁开后再试"
    )


def _count_pages(image: Any, limits: ReadLimits) -> int:
    """Pages of a tif, counted no further than the bound: its pages may point to each other."""
    for count in range(1, limits.max_pages + 1):
        try:
            image.seek(count)
        except IMAGE_ERRORS:
            return count
    return limits.max_pages + 1


def page_pictures(image: Image.Image) -> list[np.ndarray]:
    """The pixels of an open image upright on white, in pieces from top to bottom.

    Returns:
        Arrays of height × width × 3, 8 bits a channel in the order blue, green, red.

    Raises:
        OSError: the image's data is damaged (and the other errors that Pillow raises then).
    """
    import numpy as np
    from PIL import Image, ImageOps

    with warnings.catch_warnings(action="ignore"):
        upright: Image.Image = ImageOps.exif_transpose(image)
    if upright.mode.startswith(("I", "F")):
        # 16 bits a pixel: Pillow would cut the values off instead of scaling them.
        levels = np.asarray(upright, dtype=np.float32)
        scale = 255 / max(1.0, float(levels.max()))
        upright = Image.fromarray((levels * scale).astype(np.uint8))
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        coloured = upright.convert("RGBA")
        upright = Image.new("RGB", coloured.size, "white")
        upright.paste(coloured, mask=coloured.getchannel("A"))
    upright = upright.convert("RGB")
    if min(upright.size) > _MAX_SIDE / 2 and max(upright.size) > _MAX_SIDE:
        upright.thumbnail((_MAX_SIDE, _MAX_SIDE))
    pixels = np.asarray(upright)[:, :, ::-1]
    return [np.ascontiguousarray(band) for band in _bands(pixels)]


def _bands(pixels: np.ndarray) -> list[np.ndarray]:
    """A long picture cut into bands, each cut where the rows are plainest."""
    height, width = pixels.shape[:2]
    if height <= _LONG * width or width < 200:
        return [pixels]
    bands = []
    top = 0
    step = int(_BAND * width)
    while height - top > 1.5 * step:
        # A row of one colour runs between two lines of text.
        low = top + step * 3 // 4
        plain = pixels[low : top + step].max(axis=2).astype(int)
        cut = low + int((plain.max(axis=1) - plain.min(axis=1)).argmin())
        bands.append(pixels[top:cut])
        top = cut
    return [*bands, pixels[top:]]
