"""PDF files with a text layer."""

from __future__ import annotations

import pytest

from corpus.errors import UnreadableFileError
from corpus.raw import RawLine
from corpus.readers import ReadLimits, read_file
from corpus.readers.encoding import clean_characters
from corpus.readers.furniture import PlacedLine, drop_page_furniture
from corpus.readers.layout import halve_doubled, level_marks

BODY = [
    "为健全基本养老服务制度，更好满足老年人需求，现提出如下实施意见。",
    "坚持保基本、广覆盖、可持续，构建居家社区机构相协调的服务体系。",
    "各地要落实主体责任，按时完成目标任务，每季度报告一次进展情况。",
]


def page_of(lines, top: float = 780) -> list[tuple[float, float, str]]:
    return [(60, top - 24 * i, line) for i, line in enumerate(lines)]


def test_lines_come_page_by_page_with_their_page_numbers(read, make_pdf) -> None:
    document = read("a.pdf", make_pdf([page_of(BODY[:2]), page_of(BODY[2:])]))
    assert [(line.page, line.text) for line in document.lines] == [
        (1, BODY[0]),
        (1, BODY[1]),
        (2, BODY[2]),
    ]
    assert (document.format, document.paragraphs_reliable) == ("pdf", False)
    assert document.warnings == ()


def test_lines_drawn_in_any_order_are_read_from_top_to_bottom(read, make_pdf) -> None:
    document = read("a.pdf", make_pdf([page_of(BODY)[::-1]]))
    assert [line.text for line in document.lines] == BODY


def test_two_columns_are_read_one_after_the_other(read, make_pdf) -> None:
    left = [f"左栏第{n}行文字内容一二三。" for n in "甲乙丙丁戊己"]
    right = [f"右栏第{n}行文字内容一二三。" for n in "甲乙丙丁戊己"]
    page = [(60.0, 800.0, "跨两栏的大标题" * 4)]
    for i in range(6):
        page += [(60, 760 - 24 * i, left[i]), (320, 760 - 24 * i, right[i])]
    document = read("a.pdf", make_pdf([page]))
    assert [line.text for line in document.lines] == ["跨两栏的大标题" * 4, *left, *right]


def test_the_cells_of_a_table_are_read_row_by_row(read, make_pdf) -> None:
    rows = [("单位", "责任人"), ("城管局", "张三"), ("住建局", "李四"), ("公安局", "王五")] * 3
    page = []
    for i, (left, right) in enumerate(rows):
        page += [(60.0, 800.0 - 24 * i, left), (300.0, 800.0 - 24 * i, right)]
    document = read("a.pdf", make_pdf([page]))
    assert [line.text for line in document.lines] == [f"{a} {b}" for a, b in rows]


def test_repeated_headers_and_page_numbers_are_dropped_and_named(read, make_pdf) -> None:
    pages = [
        [
            (60, 820, "某某市人民政府公报"),
            *page_of([f"{n}、{BODY[0]}", f"{BODY[1]}{n}类地区另行规定"]),
            (290, 30, f"- {i} -"),
        ]
        for i, n in enumerate("一二三四", 1)
    ]
    document = read("a.pdf", make_pdf(pages))
    assert [line.text for line in document.lines if line.page == 2] == [
        f"二、{BODY[0]}",
        f"{BODY[1]}二类地区另行规定",
    ]
    assert document.warnings == ("已略去页眉页脚：某某市人民政府公报",)


def test_a_header_recognised_with_a_stray_mark_is_still_the_same_header() -> None:
    pages = [
        [RawLine(f"指挥部办公室{mark}", page=i), RawLine(f"{n}、正文", page=i), RawLine(n, page=i)]
        for i, (n, mark) in enumerate([("一", ""), ("二", ""), ("三", " .")], 1)
    ]
    kept = drop_page_furniture([[PlacedLine(line) for line in page] for page in pages])
    assert [[placed.line.text for placed in page] for page in kept.pages] == [
        ["一、正文", "一"],
        ["二、正文", "二"],
        ["三、正文", "三"],
    ]
    assert kept.dropped == ("指挥部办公室",)


def test_page_numbers_of_a_short_file_are_dropped_but_other_numbers_are_not(read, make_pdf) -> None:
    pages = [[*page_of([*BODY, "2024"]), (290, 30, "第 1 页 共 1 页")]]
    assert [line.text for line in read("a.pdf", make_pdf(pages)).lines] == [*BODY, "2024"]


def test_a_watermark_across_the_page_is_not_text(write) -> None:
    import io

    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(60, 700, BODY[0])
    canvas.translate(200, 300)
    canvas.rotate(45)
    canvas.drawString(0, 0, "内部资料注意保存")
    canvas.save()
    document = read_file(write("a.pdf", buffer.getvalue()))
    assert [line.text for line in document.lines] == [BODY[0]]


def test_an_encrypted_file_is_refused_by_name(read, make_pdf) -> None:
    with pytest.raises(UnreadableFileError, match=r"a\.pdf 已加密"):
        read("a.pdf", make_pdf([page_of(BODY)], password="密"))


def test_a_file_locked_only_against_editing_is_read(write) -> None:
    import io

    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("", ownerPassword="owner", canModify=0))
    canvas.drawString(60, 700, "a notice that may be read but not changed")
    canvas.save()
    document = read_file(write("a.pdf", buffer.getvalue()))
    assert document.lines[0].text == "a notice that may be read but not changed"


@pytest.mark.parametrize("keep", [12, 200])
def test_a_truncated_file_is_refused(read, make_pdf, keep: int) -> None:
    with pytest.raises(UnreadableFileError, match=r"损坏|空文件"):
        read("a.pdf", make_pdf([page_of(BODY)])[:keep])


def test_other_content_named_pdf_is_refused(read) -> None:
    with pytest.raises(UnreadableFileError, match="不是 PDF"):
        read("a.pdf", "这其实是一个文本文件。")


def test_a_file_with_too_many_pages_is_refused(write, make_pdf) -> None:
    path = write("a.pdf", make_pdf([page_of(BODY)] * 3))
    with pytest.raises(UnreadableFileError, match="有 3 页"):
        read_file(path, ReadLimits(max_pages=2))


def test_pages_left_when_the_time_is_up_are_named_in_the_error(write, make_pdf) -> None:
    path = write("a.pdf", make_pdf([page_of(BODY)]))
    with pytest.raises(UnreadableFileError, match="读取超时"):
        read_file(path, ReadLimits(max_seconds=0))


def test_radicals_and_ligatures_become_the_characters_they_stand_for() -> None:
    assert (
        level_marks(clean_characters("⼀、⼯作⽅案，⺠⽣⻓效，ﬁle，１２％，︽办法︾︵福里︶"))
        == "一、工作方案，民生长效，file，１２％，《办法》（福里）"
    )


def test_doubled_lines_are_halved_only_where_the_page_is_doubled() -> None:
    assert halve_doubled(["通通知知如如下下：：", "目目标标", "正常的一行"]) == [
        "通知如下：",
        "目标",
        "正常的一行",
    ]
    assert halve_doubled(["高高兴兴", "1122", "——————"]) == ["高高兴兴", "1122", "——————"]
