"""One document saved in every format reads as the same text."""

from __future__ import annotations

import difflib
import html
import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from corpus.readers import office, read_file
from tests.corpus.readers.conftest import MakePdf, MakeScan
from tests.corpus.readers.ofd_writer import lines_to_pages, make_ofd

LINES = [
    "霖川市人民政府办公室关于印发霖川市优化政务服务实施方案的通知",
    "各县、区人民政府，市政府各委办局，各直属机构：",
    "《霖川市优化政务服务实施方案》已经市政府同意，现印发给你们，请认真贯彻落实。",
    "一、总体要求",
    "（一）指导思想。坚持以人民为中心，围绕“高效办成一件事”，着力解决企业和群众反映强烈的办事难、办事慢、办事繁问题，"
    "推动政务服务从“能办”向“好办、易办”转变，让企业和群众少跑腿、多得实惠。",
    "（二）工作目标。2024年6月底前，企业开办时间压缩至0.5个工作日以内；不动产一般登记压缩至3个工作日；"
    "工程建设项目审批时间比上年减少20%，网上可办率达到98.5%。",
    "二、主要任务",
    "1.推进“一窗受理”。各级政务服务中心要在2024年3月31日前完成综合窗口改造，统一收件、分类办理、统一出件。",
    "2.精简申报材料。凡是能够通过数据共享取得的材料，一律不再要求申请人提交；确需提交的，实行清单管理（清单见附件）。",
    "3.加强人员培训。市政务服务局每季度至少组织1次业务培训，全年不少于4次，参训率不低于95%。",
    "三、保障措施",
    "（一）加强组织领导。市政府成立由常务副市长任组长的领导小组，统筹推进各项工作，办公室设在市政务服务局。",
    "（二）强化督促检查。对工作不力、进展缓慢的单位予以通报；对弄虚作假、造成不良影响的，依规依纪严肃处理。",
    "霖川市人民政府办公室",
    "2024年2月5日",
]
TEXT = "".join("".join(LINES).split())
WIDTH = 30


def agreement(path: Path) -> float:
    """Share of the original's characters that are read in the same order."""
    found = "".join("".join(line.text for line in read_file(path).lines).split())
    matcher = difflib.SequenceMatcher(None, TEXT, found, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks())
    share = common / max(len(TEXT), len(found))
    print(f"{path.name}: {share:.4f}")  # shown by pytest -rP
    return share


def printed() -> list[str]:
    return [line[i : i + WIDTH] for line in LINES for i in range(0, len(line), WIDTH)]


def word_file() -> bytes:
    word = docx.Document()
    word.add_paragraph(LINES[0], style="Title")
    for line in LINES[1:]:
        word.add_paragraph(line)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


PLAIN: dict[str, Callable[[], bytes]] = {
    "utf8.txt": lambda: "\n".join(LINES).encode(),
    "gbk.txt": lambda: "\r\n".join(LINES).encode("gb18030"),
    "utf16.txt": lambda: "\n".join(LINES).encode("utf-16"),
    "a.md": lambda: f"# {LINES[0]}\n\n".encode() + "\n\n".join(LINES[1:]).encode(),
    "a.html": lambda: (
        f"<html><head><meta charset=gbk></head><body><h1>{LINES[0]}</h1>"
        + "".join(f"<p>{html.escape(line)}</p>\n" for line in LINES[1:])
        + "</body></html>"
    ).encode("gbk"),
    "a.docx": word_file,
    "a.ofd": lambda: make_ofd(lines_to_pages(LINES, per_line=WIDTH, rows=22)),
}


@pytest.mark.parametrize("name", sorted(PLAIN))
def test_text_formats_agree_with_the_original(write, name: str) -> None:
    assert agreement(write(name, PLAIN[name]())) >= 0.99


def test_a_pdf_agrees_with_the_original(write, make_pdf: MakePdf) -> None:
    lines = printed()
    pages = [
        [(60.0, 760.0 - 24 * i, text) for i, text in enumerate(lines[at : at + 28])]
        for at in range(0, len(lines), 28)
    ]
    assert agreement(write("a.pdf", make_pdf(pages))) >= 0.99


@pytest.mark.slow
def test_a_scan_agrees_with_the_original(write, make_scan: MakeScan) -> None:
    lines = printed()
    data = make_scan([lines[at : at + 24] for at in range(0, len(lines), 24)], dpi=120)
    assert agreement(write("a.pdf", data)) >= 0.97


@pytest.mark.slow
@pytest.mark.skipif(office.find_soffice() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("ending", "name"),
    [("doc", "a.doc"), ("doc", "a.wps"), ("rtf", "a.rtf"), ("odt", "a.odt")],
)
def test_formats_of_old_office_programs_agree_with_the_original(
    write, tmp_path: Path, ending: str, name: str
) -> None:
    source = write("source.docx", word_file())
    command = [office.find_soffice() or "", f"-env:UserInstallation={(tmp_path / 'p').as_uri()}",
               "--headless", "--convert-to", ending, "--outdir", str(tmp_path), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert agreement((tmp_path / f"source.{ending}").rename(tmp_path / name)) >= 0.99


@pytest.mark.slow
@pytest.mark.skipif(office.find_soffice() is None, reason="LibreOffice is not installed")
def test_rtf_read_without_libreoffice_agrees_with_the_original(
    write, tmp_path: Path, monkeypatch
) -> None:
    source = write("a.docx", word_file())
    command = [office.find_soffice() or "", f"-env:UserInstallation={(tmp_path / 'p').as_uri()}",
               "--headless", "--convert-to", "rtf", "--outdir", str(tmp_path), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    monkeypatch.setattr(office, "find_soffice", lambda: None)
    assert agreement(tmp_path / "a.rtf") >= 0.99
