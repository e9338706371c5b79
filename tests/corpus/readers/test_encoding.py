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


MIXED = "各部门认真贯彻执行\n供暖价格为每平方米24元。\n投诉时限为3日，特此通告。"


@pytest.mark.parametrize("other", ["gbk", "big5"])
def test_lines_of_another_encoding_among_utf8_are_decoded_with_a_warning(other: str) -> None:
    first, odd, last = (
        MIXED if other == "gbk" else TRADITIONAL[:20] + "\n" + TRADITIONAL[:30] + "\n完"
    ).split("\n")
    data = "\n".join([first, "", last]).encode().replace(b"\n\n", b"\n" + odd.encode(other) + b"\n")
    decoded = decode_bytes(PATH, data)
    assert decoded.text == f"{first}\n{odd}\n{last}"
    assert "1 行不是 UTF-8" in decoded.warnings[0]


def test_a_line_of_utf8_in_a_gbk_file_is_no_silent_nonsense() -> None:
    first, odd, last = MIXED.split("\n")
    data = b"\n".join([first.encode("gbk"), odd.encode(), last.encode("gbk")])
    decoded = decode_bytes(PATH, data)
    assert (decoded.text, len(decoded.warnings)) == (MIXED, 1)


def test_two_encodings_in_one_line_are_told_apart() -> None:
    data = "水价为每吨".encode() + "二元八角五分钱".encode("gbk") + "，自即日起执行。".encode()
    decoded = decode_bytes(PATH, data)
    assert decoded.text == "水价为每吨二元八角五分钱，自即日起执行。"
    assert decoded.warnings


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_nul_bytes_are_left_out_and_named(encoding: str) -> None:
    data = "水价为每吨".encode(encoding) + b"\x00" + "2.85元。".encode(encoding) + b"\x00\x00"
    decoded = decode_bytes(PATH, data)
    assert decoded.text == "水价为每吨2.85元。"
    assert "3 个空字节" in decoded.warnings[0]


def test_seven_bit_chinese_is_decoded_with_a_warning() -> None:
    text = "平陵市通告\n一、水价为每吨2元。"
    shifted = b"".join(
        b"\x0e" + bytes(b & 0x7F for b in c.encode("gb2312")) + b"\x0f"
        if c > "\x7f"
        else c.encode()
        for c in text
    )
    for data, name in (
        (text.encode("hz"), "hz"),
        (text.encode("utf-7"), "utf-7"),
        (b"\x1b$)A" + shifted, "iso-2022-cn"),
    ):
        decoded = decode_bytes(PATH, data)
        assert (decoded.text, decoded.encoding) == (text, name)
        assert name in decoded.warnings[0]


@pytest.mark.parametrize("text", ["a+bcd- = ~{x~}", "path ~{!~} and +1234-", "C++ and ~{ab~}"])
def test_plain_text_that_only_looks_like_a_seven_bit_code_stays(text: str) -> None:
    assert decode_bytes(PATH, text.encode()).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_chinese_saved_as_western_text_is_restored(encoding: str) -> None:
    saved = SIMPLIFIED.encode(encoding).decode("latin-1").encode()
    decoded = decode_bytes(PATH, saved)
    assert decoded.text == SIMPLIFIED
    assert "1 行曾按错误的编码另存" in decoded.warnings[0]


def test_western_words_and_short_chinese_ones_are_not_taken_for_misread_text() -> None:
    text = "Übergrößen für Straßenbäume, naïve café\n联通\n价格 ??? 元"
    assert decode_bytes(PATH, text.encode()).text == text


def test_replacement_characters_read_as_gbk_are_named() -> None:
    decoded = decode_bytes(PATH, "关于锟斤拷锟斤拷的通知".encode())
    assert "1 处乱码" in decoded.warnings[0]


def test_a_mark_of_utf8_before_other_text_is_not_believed() -> None:
    decoded = decode_bytes(PATH, b"\xef\xbb\xbf" + SIMPLIFIED.encode("gbk"))
    assert (decoded.text, decoded.encoding) == (SIMPLIFIED, "gb18030")
    assert "开头标明是 UTF-8" in decoded.warnings[0]


def test_a_mark_of_utf8_before_mixed_lines_is_no_hindrance() -> None:
    first, odd, last = MIXED.split("\n")
    data = b"\xef\xbb\xbf" + b"\n".join([first.encode(), odd.encode("gbk"), last.encode()])
    decoded = decode_bytes(PATH, data)
    assert (decoded.text, len(decoded.warnings)) == (MIXED, 1)
