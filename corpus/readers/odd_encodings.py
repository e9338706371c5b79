"""Text that is in no single eight-bit encoding: seven-bit codes, mixtures, text saved after a misreading.

Each is told by proof of the bytes, never by likelihood alone, and is read with a warning.
"""

from __future__ import annotations

import re

from corpus.language.characters import has_han
from corpus.readers.plausibility import plausibility

#: A decoded text, its encoding, and warnings that do not yet name the file.
Decoded = tuple[str, str, tuple[str, ...]]

_HZ = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}")
_ISO_2022_CN = re.compile(rb"\x1b\$\)A.{0,200}?\x0e", re.DOTALL)
_SHIFTED = re.compile(rb"\x0e([\x21-\x7e\s]*)\x0f?")
_UTF_7 = re.compile(rb"\+(?:[A-Za-z0-9/]{8})*[A-Za-z0-9/]{3,8}-?")
#: Chinese characters and marks one after another in UTF-8; other encodings hardly ever look so.
_UTF_8_RUN = re.compile(rb"(?:[\xe2-\xe9\xef][\x80-\xbf]{2}){3,}")
_FEWEST_HAN = 4
_SURE = 0.5
#: What Windows shows for the bytes 0x80-0x9F where it takes UTF-8 or GBK for Western text.
_WESTERN = {ord(bytes([b]).decode("cp1252", "replace")): b for b in range(0x80, 0x100)}
_WESTERN = {c: b for c, b in _WESTERN.items() if c != 0xFFFD} | {b: b for b in range(0x100)}
_NOT_ASCII = re.compile("[^\x00-\x7f]")


def decode_seven_bit(data: bytes) -> Decoded | None:
    """Text of HZ (~{…~}), ISO-2022-CN or UTF-7; None where it is none of them."""
    if not data.isascii():
        return None
    if _HZ.search(data):
        return _if_chinese(data, "hz")
    if _ISO_2022_CN.search(data):
        plain = data.replace(b"\x1b$)A", b"")
        eight_bit = _SHIFTED.sub(lambda m: bytes(b | 0x80 if b > 32 else b for b in m[1]), plain)
        return _if_chinese(eight_bit, "gb2312", "iso-2022-cn")
    if _UTF_7.search(data):
        return _if_chinese(data, "utf-7")
    return None


def _if_chinese(data: bytes, codec: str, name: str = "") -> Decoded | None:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    # 「a+bcd-」 of plain text decodes to something, too, but hardly to Chinese.
    if not has_han(text) or plausibility(text) < _SURE:
        return None
    name = name or codec
    return text, name, (f"的编码是 {name}，已转换，请抽查文字",)


def decode_mixed(data: bytes) -> Decoded | None:
    """Text with lines in UTF-8 and lines in another encoding; None where one encoding will do."""
    try:
        data.decode("utf-8")
        return None
    except UnicodeDecodeError:
        if not _UTF_8_RUN.search(data):
            return None
    decoded = [_decode_line(line) for line in data.split(b"\n")]
    whole = "\n".join(text for text, encoding in decoded if encoding.startswith("utf-8"))
    others = sum(encoding not in ("", "utf-8") for _, encoding in decoded)
    if not others or sum(map(has_han, whole)) < _FEWEST_HAN or plausibility(whole) < _SURE:
        return None
    used = sorted({name for _, names in decoded if names for name in names.split("、")})
    warning = f"混用了几种编码（{'、'.join(used)}），其中 {others} 行不是 UTF-8，已逐行转换，请核对"
    return "\n".join(text for text, _ in decoded), "utf-8", (warning,)


def _decode_line(line: bytes) -> tuple[str, str]:
    """A line and its encoding, "" where ASCII is all there is."""
    if line.isascii():
        return line.decode("ascii"), ""
    try:
        return line.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    readings = [
        (line.decode("utf-8", "replace"), "utf-8"),
        (line.decode("gb18030", "replace"), "gb18030"),
        (line.decode("big5hkscs", "replace"), "big5hkscs"),
    ]
    if _UTF_8_RUN.search(line):
        readings.append((_decode_pieces(line), "utf-8、gb18030"))
    return max(readings, key=lambda reading: plausibility(reading[0]))


def _decode_pieces(line: bytes) -> str:
    """A line in two encodings: what is surely UTF-8 as that, the rest as GB18030."""
    text, at = "", 0
    for run in _UTF_8_RUN.finditer(line):
        text += line[at : run.start()].decode("gb18030", "replace")
        text += run[0].decode("utf-8", "replace")
        at = run.end()
    return text + line[at:].decode("gb18030", "replace")


def repair_misread(text: str) -> tuple[str, list[str]]:
    """The text with lines that were decoded wrongly and saved again read rightly, and warnings.

    「å…³äºŽ」 is UTF-8 taken for Western text, 「¹ØÓÚ」 GBK taken for it, 「鍏充簬」 UTF-8 taken for
    GBK. A line is changed only as a whole, where its bytes decode without an error.
    """
    lines = text.split("\n")
    repaired = [_reread(line) for line in lines]
    changed = sum(a != b for a, b in zip(lines, repaired, strict=True))
    if not changed:
        return text, []
    return "\n".join(repaired), [f"有 {changed} 行曾按错误的编码另存，已还原，请核对"]


def _reread(line: str) -> str:
    if len(_NOT_ASCII.findall(line)) < _FEWEST_HAN:
        return line
    if has_han(line):
        try:
            reread = line.encode("gb18030").decode("utf-8")
        except UnicodeError:
            return line
        return reread if sum(map(has_han, reread)) >= _FEWEST_HAN else line
    western = [_WESTERN.get(ord(character), -1) for character in line]
    if min(western) < 0:
        return line
    for encoding in ("utf-8", "gb18030"):
        try:
            reread = bytes(western).decode(encoding)
        except UnicodeDecodeError:
            continue
        if sum(map(has_han, reread)) >= _FEWEST_HAN and plausibility(reread) >= _SURE:
            return reread
    return line
