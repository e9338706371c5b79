"""Word files: paragraphs and tables in body order, with their styles and automatic numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFileError
from corpus.raw import RawDocument
from corpus.readers.docx.body import BodyReader
from corpus.readers.docx.inserted import Inserted
from corpus.readers.docx.letterhead import declared, from_headers
from corpus.readers.docx.numbering import W
from corpus.readers.docx.runs import RunReader
from corpus.readers.docx.styles import Styles
from corpus.readers.encoding import empty_file_error
from corpus.readers.limits import ReadLimits, refuse_too_long
from corpus.readers.nesting import ALONE, InnerFiles, Nesting
from corpus.readers.open_xml import Parts
from corpus.readers.package import ZIP_ERRORS, check_xml, damaged, open_package

# A thousand pages have about a million.
_MAX_TAGS = 6_000_000
_USUAL_MAIN = "word/document.xml"
# What a part that is not what it should be may raise.
_ERRORS = (KeyError, ValueError, AttributeError, TypeError, IndexError)


def read_docx(path: Path, data: bytes, limits: ReadLimits, nesting: Nesting = ALONE) -> RawDocument:
    """Read a ``.docx`` file: a line a paragraph or table row.

    Paragraphs in the style Title become the title, those in Heading n / 标题 n headings of level n;
    a table row becomes 「县区：北山县；床位数：2100张」. Automatic numbers (一、) are written out,
    equations put on one line. Text boxes follow the paragraph they hang on, and so do footnotes and
    endnotes, as notes. Left out are hidden and struck-out text, comments, hints of empty fields and a
    generated table of contents; of tracked changes the inserted text is kept and the deleted is not.
    Workbooks and texts inside are read as ``nesting`` says.
    """
    with open_package(path, data, "docx") as package:
        if "[content_types].xml" not in {name.lower() for name in package.namelist()}:
            raise UnreadableFileError(
                f"{path.name} 是压缩包，不是 Word 文件", "docx 文件", "解压后给出里面的文件"
            )
        check_xml(path, package, "docx", _MAX_TAGS, entities=True)
        parts = Parts(package)
        main = parts.main if parts.main in parts else _USUAL_MAIN
        try:
            document = _read(path, parts, main, _body(path, parts, main), limits, nesting)
        except _ERRORS as error:
            raise damaged(path, "docx") from error
    refuse_too_long(path, sum(len(line.text) for line in document.lines), limits)
    if not any(line.text.strip() for line in document.lines):
        raise empty_file_error(path)
    return document


def _body(path: Path, parts: Parts, main: str) -> Any:
    from lxml.etree import LxmlError

    try:
        body = parts.xml(main).find(f"{W}body")
    except (*ZIP_ERRORS, LxmlError) as error:
        raise damaged(path, "docx") from error
    if body is None:
        raise damaged(path, "docx")
    return body


def _read(
    path: Path, parts: Parts, main: str, body: Any, limits: ReadLimits, nesting: Nesting
) -> RawDocument:
    styles = Styles(parts.xml_or_none(next(iter(parts.related(main, "styles")), "")))
    runs = RunReader(styles)
    files = InnerFiles(parts, limits, nesting)
    lines = BodyReader(parts, main, styles, runs, Inserted(parts, files)).lines(body)
    letterhead = from_headers(parts, main, body, runs, lines) if nesting.depth == 0 else []
    warnings = [*_left_out(runs), *dict.fromkeys(files.warnings)]
    return RawDocument(
        path,
        "docx",
        (*letterhead, *lines),
        True,
        tuple(warnings),
        declared=tuple(declared(parts, letterhead)),
    )


def _left_out(runs: RunReader) -> list[str]:
    names = (
        ("hidden", "处隐藏文字"), ("struck", "处划去的文字"), ("placeholder", "处未填写的提示文字"),
        ("comment", "条批注"),
    )  # fmt: skip
    return [f"没有读取 {runs.left_out[why]} {name}" for why, name in names if runs.left_out[why]]
