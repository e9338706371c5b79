"""Old Word files, made and read by LibreOffice where it is installed."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from pathlib import Path

import docx
import pytest

from corpus.errors import UnreadableFileError
from corpus.raw import LineKind
from corpus.readers import ReadLimits, office, read_file

needs_libreoffice = pytest.mark.skipif(
    office.find_soffice() is None,
    reason="LibreOffice is not installed, so nothing can be converted",
)
SHAPE = [
    (LineKind.TITLE, 0, "关于开展测试工作的通知"),
    (LineKind.HEADING, 1, "一、总体要求"),
    (LineKind.TEXT, 0, "各单位要在2024年6月底前完成，镕喆龑。"),
    (LineKind.TABLE_ROW, 0, "单位：城管局；人数：12"),
]


@pytest.fixture(scope="module")
def word_file(tmp_path_factory) -> Path:
    word = docx.Document()
    word.add_paragraph(SHAPE[0][2], style="Title")
    word.add_heading(SHAPE[1][2], 1)
    word.add_paragraph(SHAPE[2][2])
    table = word.add_table(2, 2)
    for at, text in enumerate(("单位", "人数", "城管局", "12")):
        table.cell(at // 2, at % 2).text = text
    # Word always ends with a paragraph; LibreOffice drops a table that is the last thing.
    word.add_paragraph("")
    path = tmp_path_factory.mktemp("word") / "a.docx"
    word.save(str(path))
    return path


def saved_as(word_file: Path, ending: str) -> bytes:
    folder = word_file.parent
    profile = (folder / "profile").as_uri()
    command = [office.find_soffice() or "", f"-env:UserInstallation={profile}", "--headless",
               "--convert-to", ending, "--outdir", str(folder), str(word_file)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / f"a.{ending}").read_bytes()


@needs_libreoffice
@pytest.mark.slow
@pytest.mark.parametrize(
    ("ending", "name", "file_format"),
    [
        ("doc", "a.doc", "doc"),
        ("doc", "a.wps", "wps"),
        ("rtf", "a.rtf", "rtf"),
        ("odt", "a.odt", "odt"),
    ],
)
def test_old_formats_are_read_with_their_headings_and_tables(
    read, shape, word_file: Path, ending: str, name: str, file_format: str
) -> None:
    document = read(name, saved_as(word_file, ending))
    assert [line for line in shape(document) if line[2]] == SHAPE
    assert (document.format, document.warnings) == (file_format, ())
    assert document.paragraphs_reliable


@needs_libreoffice
@pytest.mark.slow
def test_a_doc_named_docx_is_read_with_a_warning(read, word_file: Path) -> None:
    document = read("a.docx", saved_as(word_file, "doc"))
    assert document.warnings == ("扩展名是 .docx，实际是 doc，已按 doc 读取",)


@needs_libreoffice
@pytest.mark.slow
def test_a_damaged_doc_is_refused_and_never_read_as_plain_text(read, word_file: Path) -> None:
    data = saved_as(word_file, "doc")
    for damaged in (data[:3000], data[:512] + bytes(len(data) - 512)):
        with pytest.raises(UnreadableFileError):
            read("a.doc", damaged)


def test_without_libreoffice_one_line_says_how_to_get_it(read, monkeypatch) -> None:
    monkeypatch.setattr(office, "find_soffice", lambda: None)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le")
    with pytest.raises(UnreadableFileError) as caught:
        read("a.doc", ole)
    assert "apt-get install libreoffice-writer" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_encrypted_doc_is_called_so(read) -> None:
    header = b"\xec\xa5\xc1\x00" + bytes(6) + b"\x00\x01"  # fEncrypted is bit 8 of the flags
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + header + bytes(500)
    with pytest.raises(UnreadableFileError, match="已加密"):
        read("a.doc", ole + "WordDocument".encode("utf-16-le"))


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_conversion_that_hangs_is_ended_with_all_it_started(write, tmp_path, monkeypatch) -> None:
    script = tmp_path / "soffice"
    script.write_text("#!/bin/sh\nsleep 987 &\necho $! >" + str(tmp_path / "child") + "\nwait\n")
    script.chmod(0o755)
    monkeypatch.setattr(office, "find_soffice", lambda: str(script))
    path = write("a.odt", odt())
    began = time.monotonic()
    with pytest.raises(UnreadableFileError, match="超过 1 秒"):
        read_file(path, ReadLimits(max_seconds=1))
    assert time.monotonic() - began < 5
    child = (tmp_path / "child").read_text().strip()
    for _ in range(50):
        state = Path(f"/proc/{child}/stat")
        if not state.exists() or state.read_text().split()[2] == "Z":
            break
        time.sleep(0.05)
    else:
        pytest.fail("the child still runs")


def odt() -> bytes:
    from tests.corpus.readers.ofd_writer import zipped

    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})


@pytest.fixture
def without_libreoffice(monkeypatch) -> None:
    monkeypatch.setattr(office, "find_soffice", lambda: None)


def gbk(text: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gbk"))


@pytest.mark.parametrize(
    "body",
    [
        "{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 SimSun;}}\\f0 " + gbk("镕基通知") + "\\par}",
        # A Chinese font in a file that calls itself western.
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset134 SimSun;}}\\f0 " + gbk("镕基通知") + "\\par}",
        # 镕 is E9 46, whose second byte some programs write as the letter F.
        "{\\rtf1\\ansi\\ansicpg936\\f0 \\'e9F" + gbk("基通知") + "\\par}",
        "{\\rtf1\\ansi\\ansicpg936\\uc1\\u-26683?\\u22522?\\u36890?\\u30693?\\par}",
    ],
)  # fmt: skip
@pytest.mark.usefixtures("without_libreoffice")
def test_rtf_is_read_without_libreoffice_in_its_encodings(read, body: str) -> None:
    text = "镕基通知"
    if "\\u-26683" in body:
        body = body.replace("-26683", str(ord("镕") - 0x10000))
    document = read("a.rtf", body)
    assert [line.text for line in document.lines] == [text]
    assert document.warnings == ("没有安装 LibreOffice，只读出了 rtf 的文字，标题层级没有读出",)


@pytest.mark.usefixtures("without_libreoffice")
def test_rtf_with_raw_bytes_and_tables_is_read_without_libreoffice(read) -> None:
    head = b"{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 SimSun;}}\\f0 "
    document = read("a.rtf", head + "通知".encode("gbk") + b"\\cell 1\\cell\\row}")
    assert [(line.kind, line.text) for line in document.lines] == [(LineKind.TABLE_ROW, "通知；1")]


@pytest.mark.usefixtures("without_libreoffice")
def test_notes_of_rtf_are_read_without_libreoffice_and_marks_leave_the_number(read) -> None:
    note = (
        "{\\super \\chftn{\\footnote\\pard "
        + gbk("退休人员提高")
        + "5{\\b "
        + gbk("个百分点")
        + "}}}"
    )
    body = (
        gbk("比例") + "70%" + note + gbk("，人口") + "352{\\super 1}" + gbk("万人")
        + ",10{\\fs20\\super -3}\\par " + gbk("末段") + "\\par}"
    )  # fmt: skip
    head = "{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 SimSun;}}\\f0 "
    document = read("a.rtf", head + body)
    assert [(line.kind, line.text) for line in document.lines] == [
        (LineKind.TEXT, "比例70%，人口352万人,10⁻³"),
        (LineKind.NOTE, "注1：退休人员提高5个百分点"),
        (LineKind.TEXT, "末段"),
    ]


@needs_libreoffice
@pytest.mark.slow
@pytest.mark.parametrize(("ending", "name"), [("doc", "a.doc"), ("rtf", "a.rtf"), ("odt", "a.odt")])
def test_notes_of_old_formats_are_read(read, tmp_path: Path, ending: str, name: str) -> None:
    from tests.corpus.readers.docx.word_files import changed, notes_part, paragraph, run, word_of

    data = changed(
        word_of(paragraph(run("比例为70%"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run("。"))),
        lambda part, xml: xml.replace(b"</Types>", FOOTNOTES + b"</Types>") if part.startswith("[") else xml,
        added={"word/footnotes.xml": notes_part("footnote", "退休人员提高5个百分点。")},
        relations={"f": ("footnotes", "footnotes.xml")},
    )  # fmt: skip
    source = tmp_path / "a.docx"
    source.write_bytes(data)
    document = read(name, saved_as(source, ending))
    assert [line.text for line in document.lines if line.text] == [
        "比例为70%。", "注1：退休人员提高5个百分点。",
    ]  # fmt: skip


FOOTNOTES = (
    b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-'
    b'officedocument.wordprocessingml.footnotes+xml"/>'
)


@pytest.mark.usefixtures("without_libreoffice")
@pytest.mark.parametrize(
    "trap",
    [
        "{\\field{\\*\\fldinst{" * 20_000,
        "{\\fonttbl" + "\\f0\\fcharset134 " * 20_000 + "}",
        "{\\fonttbl" + "{" * 50_000,
        "{\\pict\\bin" * 20_000,
        "{\\footnote " * 20_000,
        "{a\\super " * 20_000,
    ],
)
@pytest.mark.timeout(60)
def test_rtf_made_to_take_long_does_not(read, without_libreoffice, trap: str) -> None:
    with contextlib.suppress(UnreadableFileError):
        read("a.rtf", "{\\rtf1\\ansi " + trap + "文字}")


def test_reading_leaves_nothing_behind(read, monkeypatch, tmp_path) -> None:
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(office, "find_soffice", lambda: str(Path(sys.executable)))
    with pytest.raises(UnreadableFileError, match="打不开"):
        read("a.odt", odt())
    assert [path.name for path in tmp_path.iterdir()] == ["a.odt"]
