"""Bookmarks name headings; damaged files give what is left of them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from corpus.raw import LineKind
from corpus.readers import read_file
from corpus.readers.pdf.salvage import salvage_text


def _pdf(pages: list[list[str]], bookmarks: list[tuple[str, int]]) -> bytes:
    pdfmetrics = pytest.importorskip("reportlab.pdfbase.pdfmetrics")
    from pypdf import PdfReader, PdfWriter
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for lines in pages:
        canvas.setFont("STSong-Light", 14)
        for i, line in enumerate(lines):
            canvas.drawString(72, 760 - 30 * i, line)
        canvas.showPage()
    canvas.save()
    writer = PdfWriter(PdfReader(io.BytesIO(buffer.getvalue())))
    for title, page in bookmarks:
        writer.add_outline_item(title, page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_line_that_a_bookmark_names_is_a_heading(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(
        _pdf(
            [["工作目标", "全年完成三十项任务。"], ["保障措施", "落实经费。"]],
            [("工作目标", 0), ("保障措施", 1)],
        )
    )
    lines = {line.text: line for line in read_file(path).lines}
    assert lines["工作目标"].kind is LineKind.HEADING
    assert lines["工作目标"].level == 1
    assert lines["保障措施"].kind is LineKind.HEADING
    assert lines["全年完成三十项任务。"].kind is LineKind.TEXT


def test_numbered_headings_are_left_to_their_numbering(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(_pdf([["一、工作目标", "全年完成三十项任务。"]], [("一、工作目标", 0)]))
    assert all(line.kind is LineKind.TEXT for line in read_file(path).lines)


def test_a_file_without_its_cross_reference_table_still_gives_its_text(tmp_path: Path) -> None:
    data = _pdf([["全年完成三十项任务。"]], [])
    path = tmp_path / "damaged.pdf"
    path.write_bytes(data[: data.index(b"\nxref")] + data[data.index(b"trailer") :])
    document = read_file(path)
    assert any("全年完成三十项任务" in line.text for line in document.lines)
    assert any("损坏" in warning for warning in document.warnings)


def test_garbage_gives_no_text() -> None:
    assert salvage_text(b"%PDF-1.7 garbage", 10) == ()
