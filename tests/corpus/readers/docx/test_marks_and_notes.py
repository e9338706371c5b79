"""Raised marks, notes, equations and what nobody sees, in Word files."""

from __future__ import annotations

import pytest

from corpus.raw import LineKind
from corpus.readers.docx.equations import M, equation_text
from tests.corpus.readers.docx.word_files import (
    NAMESPACES,
    changed,
    lowered,
    notes_part,
    paragraph,
    raised,
    run,
    word_of,
)


def texts(document) -> list[str]:
    return [line.text for line in document.lines if line.text]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ((run("常住人口352"), raised("1"), run("万人")), "常住人口352万人"),
        ((run("常住人口"), raised("[1]"), run("1761.48万人")), "常住人口1761.48万人"),
        ((run("补助"), raised("["), raised("2"), raised("]"), run("80元")), "补助80元"),
        ((run("产值3×10"), raised("6"), run("元")), "产值3×10⁶元"),
        ((run("限值10"), raised("-3"), run("级")), "限值10⁻³级"),
        ((run("面积120m"), raised("2"), run("，高3"), raised("①"), run("米")), "面积120m²，高3米"),
        ((run("库容1.2亿米"), raised("3")), "库容1.2亿米³"),
        ((run("GDP"), raised("1"), run("增长5%")), "GDP增长5%"),
        ((run("CO"), lowered("2"), run("排放")), "CO₂排放"),
        ((run("（a+b）"), raised("2"), run("=1")), "（a+b）²=1"),
        ((run("标准"), run("*", '<w:position w:val="8"/><w:sz w:val="14"/>'), run("50元")), "标准50元"),
        ((run("上浮"), raised("注1"), run("10%")), "上浮10%"),
        ((run("第1"), raised("st"), run("名")), "第1st名"),
    ],
)  # fmt: skip
def test_a_raised_mark_leaves_the_number_and_an_exponent_stays(read, runs, text: str) -> None:
    assert texts(read("a.docx", word_of(paragraph(*runs)))) == [text]


def test_a_note_typed_by_hand_under_its_mark_becomes_a_note(read, shape) -> None:
    data = word_of(
        paragraph(run("常住人口352"), raised("1"), run("万人。")),
        paragraph(raised("1"), run(" 指2023年末数。")),
    )
    assert shape(read("a.docx", data)) == [
        (LineKind.TEXT, 0, "常住人口352万人。"),
        (LineKind.NOTE, 0, "注1：指2023年末数。"),
    ]


def test_marks_of_a_character_style_are_raised_too(read) -> None:
    style = (
        '<w:style w:type="character" w:styleId="mark"><w:name w:val="脚注标记"/><w:rPr>'
        '<w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>'
    ).encode()
    data = changed(
        word_of(paragraph(run("共12"), run("3", '<w:rStyle w:val="mark"/>'), run("个"))),
        lambda name, xml: xml.replace(b"</w:styles>", style) if name == "word/styles.xml" else xml,
    )
    assert texts(read("a.docx", data)) == ["共12个"]


def test_footnotes_and_endnotes_stand_behind_their_paragraph_and_row(read, shape) -> None:
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    end = '<w:r><w:endnoteReference w:id="2"/></w:r>'
    row = f"<w:tc>{paragraph(run('北山县'))}</w:tc><w:tc>{paragraph(run('70'), reference.format(3))}</w:tc>"
    head = f"<w:tc>{paragraph(run('县区'))}</w:tc><w:tc>{paragraph(run('比例'))}</w:tc>"
    other = f"<w:tc>{paragraph(run('南湖县'))}</w:tc><w:tc>{paragraph(run('60'))}</w:tc>"
    data = changed(
        word_of(
            paragraph(run("比例为70%"), reference.format(2), run("，限额20万元"), end, run("。")),
            f"<w:tbl><w:tr>{head}</w:tr><w:tr>{row}</w:tr><w:tr>{other}</w:tr></w:tbl>",
            "末段。",
        ),
        added={
            "word/footnotes.xml": notes_part("footnote", "退休人员提高5个百分点。", "含医保。", "无处引用。"),
            "word/endnotes.xml": notes_part("endnote", "另行规定。"),
        },
        relations={"f": ("footnotes", "footnotes.xml"), "e": ("endnotes", "/word/endnotes.xml")},
    )  # fmt: skip
    note, row_kind = LineKind.NOTE, LineKind.TABLE_ROW
    assert shape(read("a.docx", data)) == [
        (LineKind.TEXT, 0, "比例为70%，限额20万元。"),
        (note, 0, "注1：退休人员提高5个百分点。"),
        (note, 0, "注i：另行规定。"),
        (row_kind, 0, "县区：北山县；比例：70"),
        (note, 0, "注2：含医保。"),
        (row_kind, 0, "县区：南湖县；比例：60"),
        (LineKind.TEXT, 0, "末段。"),
        (note, 0, "注3：无处引用。"),
    ]


def test_what_nobody_sees_is_left_out_with_a_warning(read) -> None:
    control = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{run('单击此处输入文字。')}</w:sdtContent></w:sdt>"
    )
    document = read(
        "a.docx",
        word_of(
            paragraph(run("公开"), run("内部口径9000元", "<w:vanish/>"), run("每户6000元")),
            paragraph(run("奖励"), run("50", "<w:strike/>"), run("80万元")),
            paragraph(
                run("可见", '<w:vanish w:val="0"/>'), run("白字", '<w:color w:val="FFFFFF"/>')
            ),
            paragraph(run("申请人："), control),
        ),
    )
    assert texts(document) == ["公开每户6000元", "奖励80万元", "可见", "申请人："]
    assert document.warnings == (
        "没有读取 2 处隐藏文字", "没有读取 1 处划去的文字", "没有读取 1 处未填写的提示文字",
    )  # fmt: skip


def test_white_letters_on_a_ground_are_read(read) -> None:
    look = '<w:color w:val="FFFFFF"/>'
    head = f"<w:tc>{paragraph(run('县区', look))}</w:tc><w:tc>{paragraph(run('床位', look))}</w:tc>"
    row = f"<w:tc>{paragraph(run('北山县'))}</w:tc><w:tc>{paragraph(run('2100'))}</w:tc>"
    data = word_of(
        paragraph(run("提示", f'{look}<w:shd w:val="clear" w:fill="FF0000"/>')),
        f"<w:tbl><w:tr>{head}</w:tr><w:tr>{row}</w:tr></w:tbl>",
    )
    assert texts(read("a.docx", data)) == ["提示", "县区：北山县；床位：2100"]


def t(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (f"{t('补贴额=')}<m:f><m:num>{t('投资额')}</m:num><m:den>{t('10')}</m:den></m:f>", "补贴额=投资额/10"),
        (f"<m:f><m:num>{t('a+b')}</m:num><m:den>{t('c-1')}</m:den></m:f>", "(a+b)/(c-1)"),
        (f"<m:sSup><m:e>{t('x')}</m:e><m:sup>{t('2')}</m:sup></m:sSup>", "x²"),
        (f"<m:sSub><m:e>{t('P')}</m:e><m:sub>{t('总')}</m:sub></m:sSub>", "P_总"),
        (f"<m:rad><m:deg/><m:e>{t('x+1')}</m:e></m:rad>", "√(x+1)"),
        ("<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr>"
         f"<m:sub>{t('i=1')}</m:sub><m:sup>{t('n')}</m:sup><m:e>{t('x')}</m:e></m:nary>", "∑(i=1→n)x"),
        (f"<m:d><m:e>{t('a')}</m:e></m:d>", "(a)"),
        (f"<m:sSup><m:e>{t('10')}</m:e><m:sup>{t('年限')}</m:sup></m:sSup>", "10年限"),
    ],
)  # fmt: skip
def test_equations_become_one_readable_line(xml: str, text: str) -> None:
    from lxml import etree

    root = etree.fromstring(f"<m:oMath {NAMESPACES}>{xml}</m:oMath>")
    assert root.tag == f"{M}oMath"
    assert equation_text(root) == text


@pytest.mark.timeout(60)
def test_a_paragraph_of_many_runs_takes_no_time(read) -> None:
    pieces = "".join(run("补助八十元整") + raised("1") for _ in range(4_000))
    assert texts(read("a.docx", word_of(paragraph(pieces)))) == ["补助八十元整" * 4_000]
