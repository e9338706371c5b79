"""Bytes of a text file → its text, whatever Chinese encoding it was saved in.

UTF-8 proves itself: other text hardly ever decodes as UTF-8. GB18030, Big5 and UTF-16 decode each
other's bytes often enough that strict decoding decides little; so every candidate is decoded and
the text that looks most like Chinese prose wins. What was saved twice, in pieces of several
encodings or in seven bits is in ``odd_encodings``, and is read with a warning.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import UnreadableFileError
from corpus.language.characters import MISREAD_BYTES, has_han, unified
from corpus.readers.odd_encodings import decode_mixed, decode_seven_bit, repair_misread
from corpus.readers.plausibility import SAMPLE_CHARS, plausibility

__all__ = ["DecodedText", "clean_characters", "decode_bytes", "empty_file_error", "plausibility"]

_MAX_CONTROL_SHARE = 0.005
# UTF-16 of Chinese text has fewer zero bytes than this, too, but is no UTF-8 and hardly GB18030.
_MAX_NUL_SHARE = 0.2
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
    when the bytes agree. What is no text of one encoding is read with a warning where it can be.

    Raises:
        UnreadableFileError: the file is empty, is binary, or is in no encoding known here.
    """
    if not data.strip(b" \t\r\n\x00"):
        raise empty_file_error(path)
    found = _decode(path, data, declared)
    raw, warnings = repair_misread(found.text)
    controls = len(_CONTROL.findall(raw)) - raw.count("\x00")
    if controls > max(2, _MAX_CONTROL_SHARE * len(raw)):
        raise _binary_error(path)
    text = clean_characters(raw)
    if not text.strip():
        raise empty_file_error(path)
    broken, lost = text.count("\ufffd"), len(MISREAD_BYTES.findall(text))
    notes = [
        (raw.count("\x00"), "个空字节（NUL），已略去"),
        (broken, f"处字节无法按 {found.encoding} 解码，以 \ufffd 代替"),
        (lost, "处乱码，保存时原字已丢失，请核对原件"),
    ]
    warnings = [*found.warnings, *warnings, *(f"有 {n} {what}" for n, what in notes if n)]
    return DecodedText(text, found.encoding, tuple(f"{path.name} {said}" for said in warnings))


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


def _decode(path: Path, data: bytes, declared: str) -> DecodedText:
    """The characters as decoded; the warnings do not yet name the file."""
    if data.startswith(codecs.BOM_UTF8):
        found = _decode(path, data[len(codecs.BOM_UTF8) :], declared)
        if found.encoding == "utf-8":
            return found
        lied = f"开头标明是 UTF-8，实际是 {found.encoding}，已按 {found.encoding} 读取"
        return replace(found, warnings=(lied, *found.warnings))
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            marked = _decode_tolerantly(data[len(bom) :], encoding, _MAX_BROKEN_SHARE)
            if marked is None:
                raise _binary_error(path)
            return DecodedText(marked, encoding)
    return _decode_unmarked(path, data, declared)


def _decode_unmarked(path: Path, data: bytes, declared: str) -> DecodedText:
    """The characters of bytes that no mark of an encoding stands before."""
    if few_nuls := data.rstrip(b"\x00").count(0) <= _MAX_NUL_SHARE * len(data):
        for decoded in (decode_seven_bit(data), decode_mixed(data)):
            if decoded:
                return DecodedText(*decoded)
        utf8 = _decode_tolerantly(data, "utf-8", _MAX_BROKEN_SHARE_UTF8)
        # Without a Chinese character it may as well be UTF-16 of Latin letters.
        if utf8 is not None and (few_nuls or has_han(utf8)):
            return DecodedText(utf8, "utf-8")
    best = _most_plausible(data, declared, few_nuls)
    if best is not None:
        return best
    if sum(byte > 0x7F for byte in data[:SAMPLE_CHARS]) <= 0.05 * min(len(data), SAMPLE_CHARS):
        return DecodedText(data.decode("utf-8", "replace"), "utf-8")
    if b"\x00" in data:
        raise _binary_error(path)
    raise UnreadableFileError(
        f"{path.name} 的编码无法判断", "UTF-8、UTF-16、GB18030 或 Big5 文本", "另存为 UTF-8 再试"
    )


def _most_plausible(data: bytes, declared: str, few_nuls: bool) -> DecodedText | None:
    """The decoded text that looks most like Chinese, with its encoding; None if none does."""
    best = None
    best_score = _MIN_PLAUSIBILITY
    # A tie goes to the earlier candidate: GB18030 is by far the most frequent.
    for encoding in _candidates(data, declared, few_nuls):
        text = _decode_tolerantly(data, encoding, _MAX_BROKEN_SHARE)
        if (
            text is not None
            and (score := plausibility(text.replace("\x00", ""))) > best_score + 1e-9
        ):
            best, best_score = DecodedText(text, encoding), score
    return best


def _candidates(data: bytes, declared: str, few_nuls: bool) -> tuple[str, ...]:
    known = {"gb": "gb18030", "big5": "big5hkscs", "utf-16": "utf-16-le"}
    first = [encoding for prefix, encoding in known.items() if declared.lower().startswith(prefix)]
    wide = ("utf-16-le", "utf-16-be")
    if not few_nuls:
        return ("utf-32-le", "utf-32-be", *wide)
    return tuple(dict.fromkeys((*first, "gb18030", "big5hkscs", *wide)))


def _decode_tolerantly(data: bytes, encoding: str, max_share: float) -> str | None:
    """Decode, allowing a few broken bytes in a longer text; None when there are too many."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    sample = text[:SAMPLE_CHARS]
    # ASCII proves nothing about the encoding, so the share is taken of the other characters.
    counted = sum(1 for char in sample if char > "\x7f")
    broken = sample.count("\ufffd")
    # One broken character is allowed to ten good ones: a file cut off inside a character.
    allowed = max(1.0 if counted > 10 else 0.0, max_share * counted)
    return text if broken <= allowed else None
