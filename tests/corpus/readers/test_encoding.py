"""Every encoding a Chinese text file comes in."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import UnreadableFileError
from corpus.readers.encoding import clean_characters, decode_bytes

SIMPLIFIED = (
    "各县（市、区）人民政府，市政府各部门："
    "现将《关于加强作风建设的意见》印发给你们，请认真贯彻执行。"
)
TRADITIONAL = (
    "各縣（市、區）人民政府，市政府各部門："
    "現將《關於加強作風建設的意見》印發給你們，請認真貫徹執行。"
)
PATH = Path("文件.txt")


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "utf-16", "utf-16-le"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "utf-16-be", "utf-16-be"),
        ("Notice No. 7 of 2024", "ascii", "utf-8"),
        ("Notice No. 7 of 2024", "utf-16-le", "utf-16-le"),
    ],
)
def test_text_comes_back_from_the_encoding_it_was_saved_in(
    text: str, encoding: str, found: str
) -> None:
    decoded = decode_bytes(PATH, text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.warnings) == (text, found, ())


@pytest.mark.parametrize("text", ["会议纪要", "关于印发工作方案的通知", "工作方案\n一、指导思想"])
def test_short_gb18030_texts_are_not_taken_for_big5(text: str) -> None:
    assert decode_bytes(PATH, text.encode("gb18030")).text == text


@pytest.mark.parametrize("text", ["會議紀要", "關於印發工作方案的通知", "工作方案\n一、指導思想"])
def test_short_big5_texts_are_not_taken_for_gb18030(text: str) -> None:
    assert decode_bytes(PATH, text.encode("big5")).text == text


def test_a_declared_encoding_that_does_not_fit_is_not_believed() -> None:
    assert decode_bytes(PATH, SIMPLIFIED.encode("gbk"), declared="big5").encoding == "gb18030"
    assert decode_bytes(PATH, SIMPLIFIED.encode(), declared="gb2312").encoding == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_broken_bytes_give_a_warning_instead_of_a_refusal(encoding: str) -> None:
    data = (SIMPLIFIED * 5).encode(encoding) + b"\xff" + (SIMPLIFIED * 5).encode(encoding)
    decoded = decode_bytes(PATH, data)
    assert decoded.encoding == encoding
    assert decoded.text.count(SIMPLIFIED) >= 9
    assert "1 处字节" in decoded.warnings[0]


def test_a_file_cut_off_inside_a_character_is_still_read() -> None:
    decoded = decode_bytes(PATH, SIMPLIFIED.encode()[:-1])
    assert decoded.text.startswith(SIMPLIFIED[:-1])
    assert len(decoded.warnings) == 1


def test_a_stray_nul_does_not_make_utf8_text_binary() -> None:
    data = SIMPLIFIED.encode() + b"\x00" + SIMPLIFIED.encode()
    decoded = decode_bytes(PATH, data)
    assert (decoded.text, decoded.encoding) == (SIMPLIFIED * 2, "utf-8")


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t \n", b"\xef\xbb\xbf \n", "\u200b\u3000\n".encode()]
)
def test_files_without_any_text_are_called_empty(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="空文件"):
        decode_bytes(PATH, data)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"\x7fELF\x02\x01\x01" + b"\x00" * 500,
        b"\xff\xfe" + b"\x00\xd8" * 99,
    ],
)
def test_binary_content_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"二进制|编码无法判断"):
        decode_bytes(PATH, data)


def test_invisible_characters_go_and_line_ends_become_one_kind() -> None:
    dirty = "\ufeff政\u200b务\x00\u202e环\u2066境\r\n一\r二\x0c三\u2028四"
    assert clean_characters(dirty) == "政务环境\n一\n二\n三\n四"
