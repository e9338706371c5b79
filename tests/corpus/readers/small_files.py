"""A small real file of every format, for the fuzz script."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from corpus.readers import office
from tests.corpus.readers.ofd_writer import lines_to_pages, make_ofd

LINES = [
    "某某市人民政府办公室关于开展测试工作的通知",
    "各县、区人民政府：",
    "一、提高认识，加强领导。2024年6月底前完成。",
]


def make_samples() -> dict[str, bytes]:
    """A small real file of each format."""
    samples = {
        "a.txt": "\n".join(LINES * 5).encode("gb18030"),
        "a.md": "\n\n".join(["# 标题", "|甲|乙|", "|-|-|", "|1|2|", *LINES]).encode(),
        "a.html": ("<html><body><h1>标题</h1><table><tr><td>甲<td>乙</table>"
                   + "".join(f"<p>{line}</p>" for line in LINES) + "</body></html>").encode(),
        "a.mht": _mht(),
        "a.rtf": _rtf(),
        "a.docx": _docx(),
        "a.xlsx": _xlsx(),
        "a.pptx": _pptx(),
        "a.csv": "\n".join(["县区,床位", "东城区,1800", '"北山县\n二",2100']).encode("gb18030"),
        "a.ofd": make_ofd(lines_to_pages(LINES * 20), template=[(80, 15, "页眉")]),
        "a.pdf": _pdf(),
        "a.zip": _zip(),
    }  # fmt: skip
    for name in ("PNG", "JPEG", "TIFF", "BMP", "WEBP"):
        samples[f"a.{name.lower().replace('jpeg', 'jpg')}"] = _image(name)
    return samples


def _saved(thing: Any) -> bytes:
    buffer = io.BytesIO()
    thing.save(buffer)
    return buffer.getvalue()


def _mht() -> bytes:
    page = f"<html><body><p>{LINES[2]}</p></body></html>"
    return (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n'
        f"Content-Type: text/html; charset=utf-8\n\n{page}\n--x--\n"
    ).encode()


def _rtf() -> bytes:
    text = "".join(f"\\'{byte:02x}" for byte in LINES[0].encode("gbk"))
    fonts = "{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}}"
    return f"{{\\rtf1\\ansi\\ansicpg936{fonts}\\f0 {text}\\par \\u20013?\\cell\\row}}".encode()


def _docx() -> bytes:
    import docx

    word = docx.Document()
    word.add_paragraph(LINES[0], style="Title")
    for line in LINES:
        word.add_paragraph(line, style="List Number")
    word.add_table(2, 2).cell(0, 0).text = "单位"
    return _saved(word)


def _xlsx() -> bytes:
    import datetime

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["统计表"],
        ["单位", "日期", "比例"],
        ["甲", datetime.date(2024, 2, 5), 0.5],
        ["乙"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet["C3"].number_format = "0.0%"
    book.create_sheet("二")["B2"] = "=1+1"
    return _saved(book)


def _pptx() -> bytes:
    import pptx

    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = LINES[0], LINES[2]
    slide.shapes.add_table(2, 2, 0, 0, 900, 900).table.cell(0, 0).text = "单位"
    slide.notes_slide.notes_text_frame.text = LINES[1]
    return _saved(show)


def _pdf() -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for _ in range(2):
        canvas.setFont("STSong-Light", 12)
        for i, line in enumerate(LINES):
            canvas.drawString(60, 700 - 20 * i, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _image(name: str) -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    pages = {"save_all": True, "append_images": [Image.new("L", (64, 64), 9)]}
    Image.effect_noise((64, 64), 90).save(buffer, name, **(pages if name == "TIFF" else {}))
    return buffer.getvalue()


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("内/通知.txt", LINES[0])
        archive.writestr("名单.xlsx", _xlsx())
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as nested:
            nested.writestr("a.txt", LINES[1])
        archive.writestr("内.zip", inner.getvalue())
    return buffer.getvalue()


def add_office_samples(samples: dict[str, bytes]) -> None:
    """doc and odt files made by LibreOffice, where it is installed."""
    import subprocess

    program = office.find_soffice()
    if program is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "a.docx")
        source.write_bytes(samples["a.docx"])
        for ending in ("doc", "odt"):
            command = [program, f"-env:UserInstallation={Path(folder, 'p').as_uri()}", "--headless",
                       "--convert-to", ending, "--outdir", folder, str(source)]  # fmt: skip
            subprocess.run(command, capture_output=True, check=False, timeout=120)
            made = Path(folder, f"a.{ending}")
            if made.is_file():
                samples[made.name] = made.read_bytes()
