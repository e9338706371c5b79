"""An archive is read file by file; what cannot be read is named."""

from __future__ import annotations

import zipfile
from pathlib import Path

from corpus.load import load_file

TEXT = "青禾市供热工作方案\n一、目标\n全市供热面积达到三百万平方米，居民满意率不低于九成。\n"


def _archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_documents_bear_the_names_of_the_files_inside(tmp_path: Path) -> None:
    path = _archive(
        tmp_path / "附件.zip", {"方案/供热.txt": TEXT.encode(), "坏.pdf": b"%PDF-1.4 x"}
    )
    result = load_file(path, "附件.zip")
    assert [d.id for d in result.documents] == ["附件.zip/方案/供热.txt#0"]
    assert result.documents[0].file == "供热.txt"
    assert result.documents[0].path == str(path)
    assert result.report is not None
    assert any("坏.pdf" in warning for warning in result.report.warnings)


def test_an_archive_in_an_archive_is_read_too(tmp_path: Path) -> None:
    inner = _archive(tmp_path / "inner.zip", {"供热.txt": TEXT.encode()})
    outer = _archive(tmp_path / "outer.zip", {"里.zip": inner.read_bytes()})
    result = load_file(outer, "outer.zip")
    assert [d.id for d in result.documents] == ["outer.zip/里.zip/供热.txt#0"]


def test_an_archive_without_readable_files_is_one_line(tmp_path: Path) -> None:
    for members in ({}, {"a.exe": b"MZ"}, {"a.txt": b""}):
        result = load_file(_archive(tmp_path / "a.zip", members), "a.zip")
        assert not result.documents
        assert "a.zip" in result.error
        assert "\n" not in result.error
