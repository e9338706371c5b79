"""Scanned pages: recognition with the models inside the rapidocr package."""

from __future__ import annotations

import builtins
import difflib

import pytest

from corpus.errors import UnreadableFileError
from corpus.readers import ReadLimits, ocr, read_file
from corpus.readers.layout import Piece

LINES = [
    "某某市人民政府办公室",
    "关于开展文明城市创建工作的通知",
    "各县、区人民政府，市政府各部门：",
    "一、提高思想认识，加强组织领导。",
    "二、2024年6月底前完成整改任务。",
]


def similarity(document_lines, expected) -> float:
    found = "".join(line.text for line in document_lines)
    return difflib.SequenceMatcher(None, found, "".join(expected), autojunk=False).ratio()


@pytest.mark.slow
def test_a_scanned_page_is_recognised_in_reading_order(read, make_scan) -> None:
    document = read("a.pdf", make_scan([LINES]))
    assert document.format == "pdf-scan"
    assert len(document.lines) == len(LINES)
    assert similarity(document.lines, LINES) > 0.95
    assert all(line.page == 1 and 0.8 < line.confidence <= 1.0 for line in document.lines)
    assert document.warnings == ()


@pytest.mark.slow
@pytest.mark.parametrize("turned", [90, 180, 270, 1.5])
def test_a_page_scanned_askew_or_turned_is_recognised(read, make_scan, turned: float) -> None:
    assert similarity(read("a.pdf", make_scan([LINES], turned)).lines, LINES) > 0.9


@pytest.mark.slow
def test_recognition_says_nothing_and_uses_no_network(read, make_scan, monkeypatch, capfd) -> None:
    import socket

    def refuse(*_: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(ocr, "_engine", None)
    read("a.pdf", make_scan([LINES[:2]]))
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_scanned_pages_over_the_limit_are_named_in_a_warning(write, make_scan) -> None:
    path = write("a.pdf", make_scan([LINES[:2]] * 3))
    document = read_file(path, ReadLimits(max_ocr_pages=1))
    assert {line.page for line in document.lines} == {1}
    assert document.warnings == ("第 2-3 页没有读出：扫描页超过上限",)


def test_a_scan_is_refused_when_recognition_is_off(write, make_scan) -> None:
    path = write("a.pdf", make_scan([LINES]))
    with pytest.raises(UnreadableFileError, match="文字识别已关闭"):
        read_file(path, ReadLimits(ocr=False))


def test_a_missing_rapidocr_is_named_with_the_command_to_install_it(
    write, make_scan, monkeypatch
) -> None:
    path = write("a.pdf", make_scan([LINES]))
    real_import = builtins.__import__

    def without_rapidocr(name, *rest):
        if name == "rapidocr":
            raise ImportError(name)
        return real_import(name, *rest)

    monkeypatch.setattr(ocr, "_engine", None)
    monkeypatch.setattr(builtins, "__import__", without_rapidocr)
    with pytest.raises(UnreadableFileError, match="pip install rapidocr"):
        read_file(path)


def test_pages_recognised_with_doubt_are_named_in_a_warning(write, make_scan, monkeypatch) -> None:
    doubtful = [Piece("模糊的文字", 0, 0, 100, 10, 0.6)]
    monkeypatch.setattr(ocr, "recognise", lambda image: doubtful)
    document = read_file(write("a.pdf", make_scan([LINES])))
    assert document.lines[0].confidence == 0.6
    assert document.warnings == ("第 1 页文字识别把握不大，请核对原件",)
