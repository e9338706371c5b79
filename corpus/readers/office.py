"""doc, wps, rtf and odt files, by way of LibreOffice."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFileError
from corpus.raw import LineKind, RawDocument, RawLine
from corpus.readers.docx.document import read_docx
from corpus.readers.encoding import clean_characters, empty_file_error
from corpus.readers.limits import ReadLimits, refuse_too_long, too_large
from corpus.readers.package import encrypted

_PROGRAMS = (
    "/usr/bin/soffice",
    "/usr/local/bin/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
# Named, for LibreOffice takes a damaged file of any kind for plain text otherwise.
_FILTERS = {
    "doc": "MS Word 97",
    "wps": "MS Word 97",
    "rtf": "Rich Text Format",
    "odt": "writer8",
    "xml": "MS Word 2003 XML",
}
_MAX_SECONDS = 120.0
_MAX_MEMORY_KIB = 4 * 1024 * 1024
_MAX_OUTPUT_BLOCKS = 1024 * 1024  # of 512 bytes
# A fresh profile asks nothing; besides, no macro runs and no linked picture is fetched.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
_MAX_BYTES = 20_000_000
_HIGH = re.compile(rb"[\x80-\xff]")
# The second byte of a Chinese character may be a letter, which some programs write as it is.
_PAIR = re.compile(r"\\'([89a-fA-F][0-9a-fA-F])(?:\\'([0-9a-fA-F]{2})|([@-\[\]-z|~])|\\([\\{}]))")
_FONT = re.compile(r"\\f(\d{1,6})\b[^;{}]{0,200}?\\fcharset(\d{1,3})(?!\d)")
_BRACE = re.compile(r"[{}]")


def read_doc(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read an old Word or WPS file (OLE), which needs LibreOffice."""
    if _is_encrypted(data):
        raise encrypted(path, "文件")
    ending = "wps" if path.suffix.lower() == ".wps" else "doc"
    return _read_converted(path, data, ending, limits)


def read_odt(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read an OpenDocument text, which needs LibreOffice."""
    return _read_converted(path, data, "odt", limits)


def read_word_xml(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read Word 2003 XML, which needs LibreOffice."""
    return replace(_read_converted(path, data, "xml", limits), format="doc")


def read_rtf(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read an RTF file; without LibreOffice its text alone, with a warning."""
    if find_soffice() is None:
        return read_plain_rtf(path, data, limits)
    return _read_converted(path, data, "rtf", limits)


def find_soffice() -> str | None:
    """The path of the LibreOffice program, or None where it is not installed."""
    on_path = shutil.which("soffice") or shutil.which("libreoffice")
    return on_path or next((program for program in _PROGRAMS if Path(program).is_file()), None)


def how_to_install() -> str:
    """How to get the program that reads old Word files."""
    return "Debian/Ubuntu：apt-get install libreoffice-writer；Windows：安装 LibreOffice"


def _read_converted(path: Path, data: bytes, ending: str, limits: ReadLimits) -> RawDocument:
    program = find_soffice()
    if program is None:
        raise UnreadableFileError(
            f"读取 {path.name} 需要 LibreOffice，而它没有安装",
            "已安装 LibreOffice",
            how_to_install(),
        )
    converted = _convert(path, data, ending, program, min(limits.max_seconds, _MAX_SECONDS))
    if len(converted) > limits.max_bytes:
        raise too_large(path, f"转换后有 {len(converted)} 字节", f"不超过 {limits.max_bytes} 字节")
    return replace(read_docx(path, converted, limits), format=ending)


def _convert(path: Path, data: bytes, ending: str, program: str, seconds: float) -> bytes:
    """The file as docx.

    A folder and a profile of its own let conversions run side by side and keep a person's open
    LibreOffice out of it.
    """
    with tempfile.TemporaryDirectory(prefix="policyqa-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"in.{ending}")
        source.write_bytes(data)
        profile = Path(folder, "profile")
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard",
            f"--infilter={_FILTERS[ending]}",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(Path(folder, "out")),
            str(source),
        ]  # fmt: skip
        _run(path, command, seconds, folder)
        made = Path(folder, "out", "in.docx")
        if not made.is_file():
            raise _unconverted(f"LibreOffice 打不开 {path.name}", "完好且没有密码的文件")
        return made.read_bytes()


def _unconverted(got: str, expected: str) -> UnreadableFileError:
    return UnreadableFileError(got, expected, "用 Word 或 WPS 打开，另存为 .docx")


def _run(path: Path, command: list[str], seconds: float, folder: str) -> None:
    """Run LibreOffice and everything it starts, at most ``seconds`` long."""
    if sys.platform != "win32":
        # A damaged file may make it ask for memory or write without end.
        bounds = f"ulimit -v {_MAX_MEMORY_KIB}; ulimit -f {_MAX_OUTPUT_BLOCKS}"
        script = f'({bounds}) 2>/dev/null && {bounds}; exec "$@"'
        command = ["/bin/sh", "-c", script, "sh", *command]
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            start_new_session=True,
        )
    except OSError as error:
        raise UnreadableFileError(
            f"LibreOffice 无法启动：{error.strerror}", "能运行的 LibreOffice", how_to_install()
        ) from error
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        got = f"LibreOffice 转换 {path.name} 超过 {seconds:.0f} 秒"
        raise _unconverted(got, "能在时限内转换的文件") from error
    finally:
        # Also after success: a helper left behind would hold the folder.
        _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False
            )
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _is_encrypted(data: bytes) -> bool:
    """Whether a Word document needs a password: bit 8 of the flags in its header ([MS-DOC] 2.5.1).

    The document's stream starts at a sector, nearly always the first.
    """
    sectors = (data[at : at + 12] for at in range(512, min(len(data), 1 << 20), 512))
    header = next((sector for sector in sectors if sector.startswith(b"\xec\xa5")), b"")
    return len(header) == 12 and bool(header[11] & 1)


def read_plain_rtf(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read the text of an RTF file, without headings; table rows become 「甲 | 乙」."""
    from striprtf import striprtf

    convert: Any = striprtf.rtf_to_text

    if len(data) > _MAX_BYTES:
        raise UnreadableFileError(
            f"{path.name} 有 {len(data)} 字节，没有 LibreOffice 时太大",
            f"不超过 {_MAX_BYTES} 字节的 rtf",
            "安装 LibreOffice，或用 Word 另存为 .docx",
        )
    source = _HIGH.sub(lambda byte: b"\\'%02x" % byte.group()[0], data).decode("ascii")
    if "ansicpg936" in source or "fcharset134" in source or "fcharset136" in source:
        source = _PAIR.sub(_as_hex, source)
    try:
        text = convert(_harmless(source), encoding="gb18030", errors="replace")
    except (ValueError, LookupError, OverflowError, IndexError, TypeError) as error:
        raise _unconverted(f"{path.name} 已损坏", "完好的 rtf 文件") from error
    text = clean_characters(_without_lone_halves(text))
    refuse_too_long(path, len(text), limits)
    lines = tuple(_line(line) for line in text.split("\n") if line.strip(" |"))
    if not lines:
        raise empty_file_error(path)
    warning = "没有安装 LibreOffice，只读出了 rtf 的文字，标题层级没有读出"
    return RawDocument(path, "rtf", lines, True, (warning,))


def _harmless(source: str) -> str:
    """The same file without what striprtf's patterns take hours for: links, odd font tables."""
    # A space after a control word means nothing, but keeps 「{\\field{」 from being found.
    source = source.replace("\\field{", "\\field {")
    start = source.find("{\\fonttbl")
    if start < 0:
        return source.replace("\\fonttbl", "\\fonttb ")
    depth, end = 0, len(source)
    for brace in _BRACE.finditer(source, start):
        depth += 1 if brace.group() == "{" else -1
        if depth == 0:
            end = brace.end()
            break
    fonts = dict(_FONT.findall(source[start:end]))
    table = "".join(f"{{\\f{font}\\fcharset{charset} x;}}" for font, charset in fonts.items())
    head = source[:start].replace("\\fonttbl", "\\fonttb ")
    return f"{head}{{\\fonttbl{table}}}{source[end:]}"


def _as_hex(pair: re.Match[str]) -> str:
    second = pair.group(3) or pair.group(4)
    return f"\\'{pair.group(1)}\\'{pair.group(2) or format(ord(second), '02x')}"


def _without_lone_halves(text: str) -> str:
    """Characters past U+FFFF, which RTF writes as two halves, put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _line(text: str) -> RawLine:
    cells = [cell.strip() for cell in text.split("|")]
    if text.endswith("|") and len(cells) > 2:
        return RawLine(" | ".join(filter(None, cells)), kind=LineKind.TABLE_ROW)
    return RawLine(text.rstrip())
