"""Bytes of a text file → its text, whatever Chinese encoding it was saved in.

UTF-8 proves itself: other text hardly ever decodes as UTF-8. GB18030, Big5 and UTF-16 decode each
other's bytes often enough that strict decoding decides little; so every candidate is decoded and
the text that looks most like Chinese prose wins.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UnreadableFileError
from corpus.language.characters import FREQUENT_HAN, WIDE_MARKS, is_basic_han, unified

_SAMPLE_CHARS = 100_000
_MAX_CONTROL_SHARE = 0.005
_MAX_NUL_SHARE = 0.01
_MAX_BROKEN_SHARE = 0.02
# Bytes that are not UTF-8 hardly ever look like it, so more damage is believable.
_MAX_BROKEN_SHARE_UTF8 = 0.1
_MIN_PLAUSIBILITY = 0.15
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True)
class DecodedText:
    """The text of a file and how it was found.

    Attributes:
        text: the text; line ends are ``\\n``, invisible and control characters are gone.
        encoding: the encoding that was used, e.g. ``gb18030``.
        warnings: one line each about what a person should look at.
    """

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode_bytes(path: Path, data: bytes, declared: str = "") -> DecodedText:
    """Decode the bytes of a text file.

    ``declared`` is the encoding that the file names for itself (an HTML ``charset``), believed only
    when the bytes agree.

    Raises:
        UnreadableFileError: the file is empty, is binary, or is in no encoding known here.
    """
    if not data.strip(b" \t\r\n\x00"):
        raise empty_file_error(path)
    raw, encoding = _decode(path, data, declared)
    controls = len(_CONTROL.findall(raw))
    if controls > max(2, _MAX_CONTROL_SHARE * len(raw)):
        raise _binary_error(path)
    text = clean_characters(raw)
    if not text.strip():
        raise empty_file_error(path)
    broken = text.count("\ufffd")
    warning = f"{path.name} 有 {broken} 处字节无法按 {encoding} 解码，以 \ufffd 代替"
    return DecodedText(text, encoding, (warning,) if broken else ())


def clean_characters(text: str) -> str:
    """Drop zero-width, bidirectional, NUL and other control characters; make line ends ``\n``; put
    the characters that are meant for radicals and compatibility ideographs: ⻄⻢市 → 西马市.

    Every reader's text passes here.
    """
    return unified(_INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)).replace("\x1f", ""))


def empty_file_error(path: Path) -> UnreadableFileError:
    """The error for a file without any text."""
    return UnreadableFileError(f"{path.name} 是空文件", "有文字的文件", "检查文件是否保存完整")


def _binary_error(path: Path) -> UnreadableFileError:
    return UnreadableFileError(
        f"{path.name} 是二进制内容，不是文本", "文本文件", "用原来的程序另存为 txt、docx 或 pdf"
    )


def _decode(path: Path, data: bytes, declared: str) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            marked = _decode_tolerantly(data[len(bom) :], encoding, _MAX_BROKEN_SHARE)
            if marked is None:
                raise _binary_error(path)
            return marked, encoding
    if data.count(0) <= _MAX_NUL_SHARE * len(data):
        utf8 = _decode_tolerantly(data, "utf-8", _MAX_BROKEN_SHARE_UTF8)
        if utf8 is not None:
            return utf8, "utf-8"
    best = _most_plausible(data, declared)
    if best is not None:
        return best
    if sum(byte > 0x7F for byte in data[:_SAMPLE_CHARS]) <= 0.05 * min(len(data), _SAMPLE_CHARS):
        return data.decode("utf-8", "replace"), "utf-8"
    if b"\x00" in data:
        raise _binary_error(path)
    raise UnreadableFileError(
        f"{path.name} 的编码无法判断", "UTF-8、UTF-16、GB18030 或 Big5 文本", "另存为 UTF-8 再试"
    )


def _most_plausible(data: bytes, declared: str) -> tuple[str, str] | None:
    """The decoded text that looks most like Chinese, with its encoding; None if none does."""
    best = None
    best_score = _MIN_PLAUSIBILITY
    # A tie goes to the earlier candidate: GB18030 is by far the most frequent.
    for encoding in _candidates(data, declared):
        text = _decode_tolerantly(data, encoding, _MAX_BROKEN_SHARE)
        if text is not None and (score := plausibility(text)) > best_score + 1e-9:
            best, best_score = (text, encoding), score
    return best


def _candidates(data: bytes, declared: str) -> tuple[str, ...]:
    known = {"gb": "gb18030", "big5": "big5hkscs", "utf-16": "utf-16-le"}
    first = [encoding for prefix, encoding in known.items() if declared.lower().startswith(prefix)]
    wide = ("utf-16-le", "utf-16-be") if len(data) % 2 == 0 else ()
    return tuple(dict.fromkeys((*first, "gb18030", "big5hkscs", *wide)))


def _decode_tolerantly(data: bytes, encoding: str, max_share: float) -> str | None:
    """Decode, allowing a few broken bytes in a longer text; None when there are too many."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    sample = text[:_SAMPLE_CHARS]
    # ASCII proves nothing about the encoding, so the share is taken of the other characters.
    counted = sum(1 for char in sample if char > "\x7f")
    broken = sample.count("\ufffd")
    # One broken character is allowed to ten good ones: a file cut off inside a character.
    allowed = max(1.0 if counted > 10 else 0.0, max_share * counted)
    return text if broken <= allowed else None


def plausibility(text: str) -> float:
    """How much a text, by its first 100,000 characters, looks like Chinese prose.

    Returns:
        From -1 (no Chinese text at all, by its characters) to 1; ASCII counts for nothing, and
        text of ASCII alone gives 1.
    """
    score = 0.0
    counted = 0
    for char in text[:_SAMPLE_CHARS]:
        if char <= "\x7f":
            if char < " " and char not in "\t\n\r\f\v":
                counted += 1
                score -= 1.0
            continue
        counted += 1
        if char in FREQUENT_HAN or char in WIDE_MARKS:
            score += 1.0
        elif is_basic_han(char):
            score += _rank_score(char)
        else:
            score -= _strangeness(char)
    return score / counted if counted else 1.0


def _rank_score(char: str) -> float:
    """Credit for a Chinese character outside the frequent ones: is it in everyday use?"""
    # Both national standards keep their everyday characters in a first level: GB 2312 rows 16-55
    # (lead bytes B0-D7) and Big5 lead bytes A4-C6.
    for encoding, low, high in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        try:
            lead = char.encode(encoding)[0]
        except UnicodeEncodeError:
            continue
        if low <= lead <= high:
            return 0.5
    return -0.2


def _strangeness(char: str) -> float:
    """Penalty for a character that Chinese documents hardly hold."""
    if "\ue000" <= char <= "\uf8ff" or char >= "\U00010000" or char == "\ufffd":
        return 1.0
    if "\u3400" <= char <= "\u4dbf" or "\uac00" <= char <= "\ud7a3" or char < "\xa0":
        return 1.0
    return 0.3
