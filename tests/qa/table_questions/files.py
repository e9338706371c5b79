"""The five tables as files of every format."""

from __future__ import annotations

import csv
import html
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.qa.table_questions.tables import Sheet


def write_docx(sheet: Sheet, path: Path) -> None:
    """A Word file with merged cells."""
    import docx

    document: Any = docx.Document()
    document.add_paragraph(sheet.title)
    for line in sheet.above:
        document.add_paragraph(line)
    table = document.add_table(len(sheet.rows), sheet.width, style="Table Grid")
    for cell in sheet.cells():
        last = table.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1)
        own = table.cell(cell.row, cell.column)
        (own if last is own else own.merge(last)).text = cell.text
    for line in sheet.below:
        document.add_paragraph(line)
    document.save(path)


def write_xlsx(sheet: Sheet, path: Path) -> None:
    """A workbook with numbers as numbers; the title and the unit stand over the table."""
    import openpyxl

    book: Any = openpyxl.Workbook()
    page = book.active
    top = 1
    for line in (sheet.title, *sheet.above):
        page.cell(top, 1, line)
        page.merge_cells(start_row=top, start_column=1, end_row=top, end_column=sheet.width)
        top += 1
    for cell in sheet.cells():
        text = cell.text
        value = int(text) if text.isdecimal() and not text.startswith("0") else text
        row, column = top + cell.row, cell.column + 1
        page.cell(row, column, value)
        if cell.rows > 1 or cell.columns > 1:
            end = row + cell.rows - 1, column + cell.columns - 1
            page.merge_cells(start_row=row, start_column=column, end_row=end[0], end_column=end[1])
    for n, line in enumerate(sheet.below):
        page.cell(top + len(sheet.rows) + n, 1, line)
    book.save(path)


def write_csv(sheet: Sheet, path: Path) -> None:
    """A csv as a spreadsheet saves it: a merged cell's text once, blanks beside and below."""
    grid = [[""] * sheet.width for _ in sheet.rows]
    for cell in sheet.cells():
        grid[cell.row][cell.column] = cell.text
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        for line in (sheet.title, *sheet.above):
            writer.writerow([line, *[""] * (sheet.width - 1)])
        writer.writerows(grid)
        for line in sheet.below:
            writer.writerow([line, *[""] * (sheet.width - 1)])


def write_html(sheet: Sheet, path: Path) -> None:
    """A page with the table in its article."""
    by_row: dict[int, list[str]] = {number: [] for number in range(len(sheet.rows))}
    for cell in sheet.cells():
        tag = "th" if cell.is_head else "td"
        spans = f' rowspan="{cell.rows}" colspan="{cell.columns}"'
        by_row[cell.row].append(f"<{tag}{spans}>{html.escape(cell.text)}</{tag}>")
    rows = "".join(f"<tr>{''.join(cells)}</tr>" for cells in by_row.values())
    above = "".join(f"<p>{line}</p>" for line in sheet.above)
    below = "".join(f"<p>{line}</p>" for line in sheet.below)
    page = (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{sheet.title}</title></head>'
        f'<body><div class="content"><h1>{sheet.title}</h1>{above}<table border="1">{rows}</table>'
        f"{below}</div></body></html>"
    )
    path.write_text(page, encoding="utf-8")


def write_md(sheet: Sheet, path: Path) -> None:
    """Markdown, which has no spans: the words stand in each place."""
    grid = [[""] * sheet.width for _ in sheet.rows]
    for cell in sheet.cells():
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                grid[row][column] = cell.text
    heads = grid[: sheet.heads]
    names = [" ".join(dict.fromkeys(filter(None, c))) for c in zip(*heads, strict=True)]
    lines = [names, ["---"] * sheet.width, *grid[sheet.heads :]]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    text = "\n\n".join((f"# {sheet.title}", *sheet.above, table, *sheet.below))
    path.write_text(text, encoding="utf-8")


def write_pdf(sheet: Sheet, path: Path) -> None:
    """A ruled table set by reportlab."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    plain = ParagraphStyle(
        "plain", fontName="STSong-Light", fontSize=10, leading=14, wordWrap="CJK"
    )
    large = ParagraphStyle("large", parent=plain, fontSize=16, leading=24, alignment=1)
    grid: list[list[Any]] = [[""] * sheet.width for _ in sheet.rows]
    style: list[Any] = [
        ("GRID", (0, 0), (-1, -1), 0.7, "black"),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    for cell in sheet.cells():
        grid[cell.row][cell.column] = Paragraph(html.escape(cell.text), plain)
        end = cell.column + cell.columns - 1, cell.row + cell.rows - 1
        style.append(("SPAN", (cell.column, cell.row), end))
    lengths = [4] * sheet.width
    for cell in sheet.cells():
        if cell.columns == 1:
            lengths[cell.column] = max(lengths[cell.column], min(len(cell.text), 18))
    widths = [700 * length / sum(lengths) for length in lengths]
    above = [Paragraph(line, plain) for line in sheet.above]
    below = [Paragraph(line, plain) for line in sheet.below]
    table = Table(grid, colWidths=widths, style=style)
    SimpleDocTemplate(str(path), pagesize=landscape(A4)).build(
        [Paragraph(sheet.title, large), *above, table, *below]
    )


def write_scan(sheet: Sheet, path: Path) -> None:
    """A picture of the page that ``write_pdf`` sets, as a scanner makes it."""
    import pypdfium2

    page = path.with_suffix(".pdf")
    write_pdf(sheet, page)
    pdf = pypdfium2.PdfDocument(page)
    pdf[0].render(scale=200 / 72).to_pil().convert("L").save(path)
    pdf.close()
    page.unlink()


#: Name of a format → its file's ending and what writes it.
FORMATS: dict[str, tuple[str, Callable[[Sheet, Path], None]]] = {
    "docx": (".docx", write_docx),
    "xlsx": (".xlsx", write_xlsx),
    "csv": (".csv", write_csv),
    "html": (".html", write_html),
    "md": (".md", write_md),
    "pdf": (".pdf", write_pdf),
    "scan": (".png", write_scan),
}
