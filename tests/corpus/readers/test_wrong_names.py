"""Files whose name says something else than their content: read as what they are."""

from __future__ import annotations

import io

import pytest

from corpus.errors import UnreadableFileError
from corpus.readers.sniffing import Content, detect
from tests.corpus.readers.ofd_writer import lines_to_pages, make_ofd, zipped

LINE = "各单位要在2024年6月底前完成整改任务。"


def word() -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph(LINE)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append([LINE])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


HTML = f"<html><body><p>{LINE}</p></body></html>"
MHT = (
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--=a"\r\n\r\n----=a\r\n'
    "Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    + "".join(f"={byte:02X}" for byte in HTML.encode("gb18030"))
    + "\r\n----=a--\r\n"
).encode()


@pytest.mark.parametrize(
    ("name", "make", "found"),
    [
        ("a.txt", word, "docx"),
        ("a.doc", word, "docx"),
        ("a.docx", workbook, "xlsx"),
        ("a.xls", workbook, "xlsx"),
        ("a.pdf", lambda: make_ofd(lines_to_pages([LINE])), "OFD"),
        ("a.doc", lambda: HTML.encode("gb18030"), "HTML"),
        ("a.xls", lambda: b"\xef\xbb\xbf\r\n" + HTML.encode(), "HTML"),
        ("a.doc", lambda: ("\ufeff" + HTML).encode("utf-16-le"), "HTML"),
        ("a.doc", lambda: MHT, "MHT"),
        ("a.doc", lambda: LINE.encode("gb18030"), "纯文本"),
        ("a.docx", LINE.encode, "纯文本"),
    ],
)
def test_a_file_is_read_as_what_it_is_with_a_warning(read, name, make, found) -> None:
    document = read(name, make())
    assert [line.text for line in document.lines] == [LINE]
    suffix = name[1:]
    assert document.warnings[0] == f"扩展名是 {suffix}，实际是 {found}，已按 {found} 读取"


def test_a_pdf_named_txt_is_read_as_pdf(read, make_pdf) -> None:
    document = read("a.txt", make_pdf([[(60, 700, LINE)]]))
    assert document.format == "pdf"
    assert document.warnings == ("扩展名是 .txt，实际是 PDF，已按 PDF 读取",)


def test_a_right_name_gives_no_warning(read) -> None:
    for name, data in (("a.docx", word()), ("a.xlsx", workbook()), ("a.mht", MHT)):
        assert read(name, data).warnings == ()


def test_text_that_speaks_of_other_formats_stays_text(read) -> None:
    for text in ("见 %PDF-1.7 的说明。", "PK 是压缩包的开头。", "BM 部门 <html> 标签。", "RIFF"):
        document = read("a.txt", text)
        assert (document.format, document.lines[0].text) == ("txt", text)


def test_other_packages_are_named() -> None:
    odt = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}
    assert detect(zipped(odt)) is Content.ODT  # type: ignore[arg-type]
    assert detect(zipped({"ppt/presentation.xml": "<a/>"})) is Content.PPTX
    assert detect(zipped({"xl/workbook.bin": b"x"})) is Content.XLSB
    assert detect(zipped({"通知.txt": "x"})) is Content.ZIP
    assert detect(zipped({"内/word/document.xml": "x"})) is Content.ZIP


def test_a_web_archive_without_a_page_is_refused(read) -> None:
    with pytest.raises(UnreadableFileError, match="没有网页正文"):
        read("a.mht", MHT.replace(b"text/html", b"image/gif").replace(b"related", b"related"))
