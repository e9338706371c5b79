"""Parts of Word files beside the body: strict form, broken relations, files inside, headers."""

from __future__ import annotations

import io

import openpyxl

from corpus.raw import DeclaredField, LineKind
from corpus.readers.open_xml import resolve, usual_namespaces
from tests.corpus.readers.docx.word_files import (
    NAMESPACES,
    changed,
    paragraph,
    run,
    saved,
    word_of,
)

LINE = "一、夜间22时至次日6时禁止施工。"
_STRICT = (
    (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"),
)  # fmt: skip


def texts(document) -> list[str]:
    return [line.text for line in document.lines if line.text]


def strict(name: str, xml: bytes) -> bytes:
    for usual, other in _STRICT if name.endswith((".xml", ".rels")) else ():
        xml = xml.replace(usual, other)
    return xml


def test_the_strict_form_is_read(read) -> None:
    data = changed(word_of(LINE), strict)
    assert b"purl.oclc.org" in strict(
        "a.xml", b"http://schemas.openxmlformats.org/officeDocument/2006/math"
    )
    document = read("a.docx", data)
    assert (texts(document), document.warnings) == ([LINE], ())


def test_namespaces_of_the_usual_form_stay() -> None:
    xml = b'<a xmlns="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
    assert usual_namespaces(xml) == xml


def test_relations_to_nothing_are_no_hindrance(read) -> None:
    relations = {f"n{i}": ("image", target) for i, target in enumerate(("../NULL", "NULL", "#标题", "media/%20.png"))}  # fmt: skip
    assert texts(read("a.docx", changed(word_of(LINE), relations=relations))) == [LINE]


def test_a_missing_part_of_styles_costs_the_styles_alone(read) -> None:
    data = changed(word_of(LINE), lambda name, xml: None if name == "word/styles.xml" else xml)
    assert texts(read("a.docx", data)) == [LINE]


def test_targets_are_resolved_from_their_part() -> None:
    assert resolve("word/document.xml", "../media/a.png") == "media/a.png"
    assert resolve("word/document.xml", "/word/a.xml") == "word/a.xml"
    assert resolve("", "word\\document.xml") == "word/document.xml"


def with_chunks(*identities: str) -> bytes:
    def add(name: str, xml: bytes) -> bytes:
        if name != "word/document.xml":
            return xml
        made = "".join(f'<w:altChunk {NAMESPACES} r:id="{i}"/>' for i in identities)
        at = xml.index(b"<w:sectPr")
        return xml[:at] + made.encode() + xml[at:]

    return changed(word_of("正文。"), add)


def test_merged_files_are_read_or_named(read) -> None:
    page = "<html><body><p>收费标准为每次30元。</p></body></html>".encode()
    data = changed(
        with_chunks("a", "b", "c", "d"),
        added={"word/a.html": page, "word/b.docx": word_of("罚款5000元。"), "word/c.bin": b"\x00\x01"},
        relations={"a": ("aFChunk", "a.html"), "b": ("aFChunk", "b.docx"), "c": ("aFChunk", "c.bin")},
    )  # fmt: skip
    document = read("a.docx", data)
    assert texts(document) == ["正文。", "收费标准为每次30元。", "罚款5000元。"]
    assert document.warnings == ("没有读取并入的内容 c.bin", "没有读取并入的内容：文件里没有它")


def test_files_inside_each_other_end(read) -> None:
    data = word_of("最里面。")
    for _ in range(4):
        data = changed(with_chunks("a"), added={"word/b.docx": data}, relations={"a": ("aFChunk", "b.docx")})  # fmt: skip
    document = read("a.docx", data)
    assert texts(document) == ["正文。"] * 3
    assert document.warnings == ("没有读取并入的内容 b.docx",)


def test_an_embedded_workbook_is_read_as_a_table(read) -> None:
    book = openpyxl.Workbook()
    for row in (["项目", "金额"], ["道路", "432万元"]):
        book.active.append(row)
    embedded = '<w:r><w:object><o:OLEObject Type="Embed" r:id="{}"/></w:object></w:r>'
    data = changed(
        word_of(paragraph(run("见表"), embedded.format("x")), paragraph(embedded.format("y"))),
        added={"word/embeddings/e.xlsx": saved(book), "word/embeddings/o.bin": b"\xd0\xcf\x11\xe0"},
        relations={"x": ("package", "embeddings/e.xlsx"), "y": ("oleObject", "embeddings/o.bin")},
    )
    document = read("a.docx", data)
    assert texts(document) == ["见表", "项目：道路；金额：432万元"]
    assert document.warnings == ("没有读取嵌入的内容 o.bin",)


def test_a_chart_and_a_diagram_are_read(read) -> None:
    def points(name: str, *values: str) -> str:
        inner = "".join(f'<c:pt idx="{i}"><c:v>{v}</c:v></c:pt>' for i, v in enumerate(values))
        return f"<c:{name}><c:cache>{inner}</c:cache></c:{name}>"

    chart = (
        f"<c:chartSpace {NAMESPACES}><c:chart><c:title><a:p><a:r><a:t>投资额</a:t></a:r></a:p></c:title>"
        f"<c:ser>{points('tx', '万元')}{points('cat', '2022年', '2023年')}{points('val', '10', '12')}</c:ser>"
        "</c:chart></c:chartSpace>"
    ).encode()
    diagram = (
        f"<dgm:dataModel {NAMESPACES}><dgm:pt><dgm:t><a:p><a:r><a:t>受理</a:t></a:r></a:p></dgm:t></dgm:pt>"
        "<dgm:pt><dgm:t><a:p><a:r><a:t>办结</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>"
    ).encode()
    drawn = '<w:r><w:drawing><c:chart r:id="c"/></w:drawing></w:r><w:r><w:drawing><dgm:relIds r:dm="d"/></w:drawing></w:r>'
    data = changed(
        word_of(paragraph(run("如图"), drawn)),
        added={"word/charts/c.xml": chart, "word/diagrams/d.xml": diagram},
        relations={"c": ("chart", "charts/c.xml"), "d": ("diagramData", "diagrams/d.xml")},
    )
    document = read("a.docx", data)
    assert [line.text for line in document.lines][:2] == ["如图", "投资额"]
    assert "2023年；万元：12" in texts(document)
    assert texts(document)[-2:] == ["受理", "办结"]


def test_a_number_in_the_header_of_the_page_is_found(read) -> None:
    import docx

    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "平政办发〔2024〕19号"
    word.sections[0].footer.paragraphs[0].text = "第 1 页"
    word.core_properties.title = "关于规范夜间施工的通知"
    word.add_paragraph("平陵市人民政府办公室关于规范夜间施工的通知")
    document = read("a.docx", saved(word))
    assert texts(document) == ["平政办发〔2024〕19号", "平陵市人民政府办公室关于规范夜间施工的通知"]
    assert [(d.field, d.value) for d in document.declared] == [
        (DeclaredField.NUMBER, "平政办发〔2024〕19号"),
        (DeclaredField.TITLE, "关于规范夜间施工的通知"),
    ]
    assert {line.kind for line in document.lines} == {LineKind.TEXT}


def test_text_whose_paragraph_mark_is_deleted_runs_on(read) -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    data = word_of(paragraph(run("解释权归市商务局，"), properties=gone), "由其会同市财政局解释。")
    assert texts(read("a.docx", data)) == ["解释权归市商务局，由其会同市财政局解释。"]


def test_a_file_that_is_no_word_file_inside_is_called_damaged(read) -> None:
    import pytest

    from corpus.errors import UnreadableFileError

    data = changed(word_of(LINE), lambda name, xml: b"<x/>" if name == "word/document.xml" else xml)
    with pytest.raises(UnreadableFileError, match="损坏"):
        read("a.docx", data)
    assert io.BytesIO(data).read(2) == b"PK"
