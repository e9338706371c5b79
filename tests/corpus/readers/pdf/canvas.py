"""PDF pages drawn piece by piece, for tests."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

Draw = Callable[[Any], None]


def draw_pdf(*pages: Draw, size: tuple[float, float] = (595, 842), rotate: int = 0) -> bytes:
    """A PDF whose pages are drawn by functions of a reportlab canvas."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    for draw in pages:
        if rotate:
            canvas.setPageRotation(rotate)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def width(text: str, size: float) -> float:
    """Width of a text in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, "STSong-Light", size))


def put(canvas: Any, x: float, y: float, text: str, size: float = 13) -> float:
    """Draw a text at its baseline; where it ends."""
    canvas.setFont("STSong-Light", size)
    canvas.drawString(x, y, text)
    return x + width(text, size)


def put_marked(canvas: Any, x: float, y: float, text: str, size: float = 13) -> float:
    """Draw a text in which ``^{…}`` is raised and ``_{…}`` lowered, in smaller type."""
    import re

    for part in re.findall(r"[\^_]\{[^}]*\}|[^\^_]+", text):
        if part[0] in "^_":
            rise = 0.4 * size if part[0] == "^" else -0.15 * size
            x = put(canvas, x, y + rise, part[2:-1], 0.6 * size)
        else:
            x = put(canvas, x, y, part, size)
    return x
