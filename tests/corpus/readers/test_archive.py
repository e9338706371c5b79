"""Zip archives made as different programs make them, and as attackers do."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from corpus.errors import UnreadableFileError
from corpus.readers import ReadLimits, archive, unpack
from tests.corpus.readers.ofd_writer import zipped

LIMITS = ReadLimits()


def opened(tmp_path: Path, data: bytes, limits: ReadLimits = LIMITS) -> archive.Unpacked:
    path = tmp_path / "附件.zip"
    path.write_bytes(data)
    return unpack(path, tmp_path / "out", limits)


def names(unpacked: archive.Unpacked) -> list[str]:
    return [name for _, name in unpacked.files]


def one(name: str, content: bytes = b"x", **attributes: int) -> bytes:
    entry = zipfile.ZipInfo(name)
    for key, value in attributes.items():
        setattr(entry, key, value)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr(entry, content)
    return buffer.getvalue()


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """The archive with a member's name replaced byte for byte, bit 11 unset."""
    assert len(old) == len(new)
    return data.replace(old, new)


def test_files_and_folders_are_unpacked_with_their_names(tmp_path: Path) -> None:
    data = zipped({"通知.txt": "正文", "子/名单.docx": b"PK\x03\x04docx", "子/空/": ""})
    unpacked = opened(tmp_path, data)
    assert names(unpacked) == ["通知.txt", "子/名单.docx"]
    assert unpacked.files[0][0].read_text(encoding="utf-8") == "正文"
    assert [path.name for path, _ in unpacked.files] == ["通知.txt", "名单.docx"]
    assert unpacked.skipped == ()


@pytest.mark.parametrize(("encoding", "text"), [("gbk", "关于通知誠"), ("utf-8", "关于通知")])
def test_names_without_the_utf8_flag_are_decoded(tmp_path: Path, encoding: str, text: str) -> None:
    raw = text.encode(encoding)
    data = renamed(one("x" * len(raw) + ".txt"), b"x" * len(raw), raw)
    assert names(opened(tmp_path, data)) == [f"{text}.txt"]


def test_a_backslash_parts_names_unless_it_is_half_a_character(tmp_path: Path) -> None:
    raw = "子\\誠信.txt".encode("gbk")  # 誠 is D5 5C, whose second byte is a backslash
    assert raw.count(b"\\") == 2
    data = renamed(one("x" * len(raw)), b"x" * len(raw), raw)
    assert names(opened(tmp_path, data)) == ["子/誠信.txt"]


def test_archives_in_archives_are_opened_three_deep(tmp_path: Path) -> None:
    third = zipped({"三.txt": "3", "丁.zip": zipped({"四.txt": "4"})})
    second = zipped({"二.txt": "2", "丙.zip": third})
    word = zipped({"word/document.xml": "<a/>"})
    unpacked = opened(tmp_path, zipped({"一.txt": "1", "乙.zip": second, "文.docx": word}))
    assert names(unpacked) == ["一.txt", "乙.zip/二.txt", "乙.zip/丙.zip/三.txt", "文.docx"]
    assert unpacked.skipped == (("乙.zip/丙.zip/丁.zip", "压缩包套了超过 3 层"),)


@pytest.mark.parametrize(
    "name",
    ["../外.txt", "/etc/外.txt", "子/../../外.txt", "C:/外.txt", "..\\外.txt", "\\\\s\\外.txt"],
)
def test_names_that_lead_out_are_skipped(tmp_path: Path, name: str) -> None:
    unpacked = opened(tmp_path, one(name))
    assert unpacked.files == ()
    assert unpacked.skipped[0][1] == "路径指向压缩包之外"
    assert {path.name for path in tmp_path.iterdir()} <= {"附件.zip", "out"}


def test_links_are_skipped(tmp_path: Path) -> None:
    data = one(
        "链接.txt", b"/etc/passwd", external_attr=(stat.S_IFLNK | 0o777) << 16, create_system=3
    )
    assert opened(tmp_path, data).skipped == (("链接.txt", "是链接或特殊文件"),)


def test_files_of_programs_are_passed_over(tmp_path: Path) -> None:
    data = zipped(
        {"__MACOSX/._a": "", ".DS_Store": "", "~$a.docx": "", "Thumbs.db": "", "a.txt": "x"}
    )
    unpacked = opened(tmp_path, data)
    assert (names(unpacked), unpacked.skipped) == (["a.txt"], ())


def test_names_that_no_disk_can_hold_are_made_fit(tmp_path: Path) -> None:
    long = "长" * 300 + ".txt"
    unpacked = opened(
        tmp_path, zipped({long: "1", 'a<b>:"|?*.txt': "2", "子/CON.txt": "3", "子 ": "4"})
    )
    assert len(names(unpacked)) == 4
    assert names(unpacked)[0] == long
    assert [path.suffix for path, _ in unpacked.files[:3]] == [".txt"] * 3
    assert unpacked.files[2][0].name == "_CON.txt"


def test_a_bomb_is_skipped_with_its_reason(tmp_path: Path) -> None:
    unpacked = opened(tmp_path, zipped({"弹.txt": b"0" * 20_000_000, "a.txt": "x"}))
    assert names(unpacked) == ["a.txt"]
    assert unpacked.skipped == (("弹.txt", "压缩比超过 100 倍（疑似压缩炸弹）"),)


def test_the_bounds_on_size_and_number_hold_over_all_levels(tmp_path: Path, monkeypatch) -> None:
    inner = zipped({f"{i}.txt": "12345" for i in range(5)})
    data = zipped({"a.txt": "12345", "内.zip": inner, "z.txt": "12345"})
    monkeypatch.setattr(archive, "_MAX_FILES", 3)
    unpacked = opened(tmp_path, data)
    assert names(unpacked) == ["a.txt", "内.zip/0.txt", "内.zip/1.txt"]
    assert unpacked.skipped == (
        ("内.zip/（其余 3 个文件）", "超过 3 个文件"),
        ("（其余 1 个文件）", "超过 3 个文件"),
    )
    monkeypatch.setattr(archive, "_MAX_BYTES", len(inner) + 12)
    monkeypatch.setattr(archive, "_MAX_FILES", 30)
    unpacked = unpack(tmp_path / "附件.zip", tmp_path / "out2", LIMITS)
    assert names(unpacked) == ["a.txt", "内.zip/0.txt"]
    assert unpacked.skipped[0] == ("内.zip/1.txt", f"解压后合计超过 {len(inner) + 12} 字节")


def test_a_file_over_the_readers_limit_is_skipped(tmp_path: Path) -> None:
    unpacked = opened(tmp_path, zipped({"大.txt": "x" * 99}), ReadLimits(max_bytes=50))
    assert unpacked.skipped == (("大.txt", "超过 50 字节"),)


def encrypted(data: bytes) -> bytes:
    made = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(mark) + offset] |= 1
    return bytes(made)


def test_an_encrypted_archive_is_refused_and_one_encrypted_file_skipped(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="已加密"):
        opened(tmp_path, encrypted(zipped({"密.txt": "x"})))
    unpacked = opened(tmp_path, encrypted(zipped({"密.txt": "x", "明.txt": "y"})))
    assert names(unpacked) == ["明.txt"]
    assert unpacked.skipped == (("密.txt", "已加密"),)


def test_a_damaged_member_is_skipped_and_a_damaged_archive_refused(tmp_path: Path) -> None:
    data = bytearray(one("甲.txt", b"content of it"))
    at = data.index(b"content of it")
    data[at : at + 4] = b"CONT"
    assert opened(tmp_path, bytes(data)).skipped == (("甲.txt", "已损坏"),)
    for broken in (b"", b"PK\x03\x04", bytes(data[: len(data) // 2]), b"Rar!\x1a\x07\x00"):
        with pytest.raises(UnreadableFileError, match="损坏"):
            opened(tmp_path, broken)


def test_a_list_of_very_many_members_is_refused(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(archive, "_MAX_LISTED", 3)
    with pytest.raises(UnreadableFileError, match="文件过多"):
        opened(tmp_path, zipped({f"{i}.txt": "" for i in range(4)}))
