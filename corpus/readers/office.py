"""doc, wps, rtf and odt files, by way of LibreOffice."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from corpus.errors import UnreadableFileError
from corpus.raw import RawDocument
from corpus.readers.docx.document import read_docx
from corpus.readers.limits import ReadLimits, too_large
from corpus.readers.nesting import ALONE, Nesting
from corpus.readers.package import encrypted
from corpus.readers.rtf import read_plain_rtf

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


def read_doc(path: Path, data: bytes, limits: ReadLimits, nesting: Nesting = ALONE) -> RawDocument:
    """Read an old Word or WPS file (OLE), which needs LibreOffice."""
    if _is_encrypted(data):
        raise encrypted(path, "文件")
    ending = "wps" if path.suffix.lower() == ".wps" else "doc"
    return _read_converted(path, data, ending, limits, nesting)


def read_odt(path: Path, data: bytes, limits: ReadLimits, nesting: Nesting = ALONE) -> RawDocument:
    """Read an OpenDocument text, which needs LibreOffice."""
    return _read_converted(path, data, "odt", limits, nesting)


def read_word_xml(
    path: Path, data: bytes, limits: ReadLimits, nesting: Nesting = ALONE
) -> RawDocument:
    """Read Word 2003 XML, which needs LibreOffice."""
    return replace(_read_converted(path, data, "xml", limits, nesting), format="doc")


def read_rtf(path: Path, data: bytes, limits: ReadLimits, nesting: Nesting = ALONE) -> RawDocument:
    """Read an RTF file; without LibreOffice its text alone, with a warning."""
    if find_soffice() is None:
        return read_plain_rtf(path, data, limits)
    return _read_converted(path, data, "rtf", limits, nesting)


def find_soffice() -> str | None:
    """The path of the LibreOffice program, or None where it is not installed."""
    on_path = shutil.which("soffice") or shutil.which("libreoffice")
    return on_path or next((program for program in _PROGRAMS if Path(program).is_file()), None)


def how_to_install() -> str:
    """How to get the program that reads old Word files."""
    return "Debian/Ubuntu：apt-get install libreoffice-writer；Windows：安装 LibreOffice"


def _read_converted(
    path: Path, data: bytes, ending: str, limits: ReadLimits, nesting: Nesting
) -> RawDocument:
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
    return replace(read_docx(path, converted, limits, nesting), format=ending)


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
