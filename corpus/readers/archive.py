"""Zip archives, unpacked so that the files in them can be read one by one."""

from __future__ import annotations

import mmap
import re
import shutil
import stat
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from corpus.errors import UnreadableFileError
from corpus.readers.limits import Deadline, ReadLimits
from corpus.readers.package import ZIP_ERRORS, member_name
from corpus.readers.sniffing import Content, detect

ARCHIVE_SUFFIXES: frozenset[str] = frozenset((".zip",))
"""The file name endings of archives that ``unpack`` takes, in lower case with their dot."""

_MAX_FILES = 2000
_MAX_BYTES = 500_000_000
_MAX_RATIO = 100
_RATIO_FROM = 1_000_000  # smaller members do no harm, however dense
_MAX_DEPTH = 3
_MAX_LISTED = 200_000
_MAX_NAME_BYTES = 120
_BAD_IN_NAMES = re.compile(r'[\x00-\x1f<>:"|?*\\/]')


@dataclass(frozen=True)
class Unpacked:
    """What an archive gave.

    Attributes:
        files: (where the file lies now, its name inside the archive); names use ``/``, a nested
            archive counts as a folder: ``附件.zip/名单.docx``.
        skipped: (name inside the archive, why it was left out).
    """

    files: tuple[tuple[Path, str], ...]
    skipped: tuple[tuple[str, str], ...]


def unpack(path: Path, into: Path, limits: ReadLimits) -> Unpacked:
    """Unpack a zip archive and the archives in it, three deep.

    Each file is written to a numbered folder under ``into``, so that no name in the archive can
    lead elsewhere or meet another. At most 2,000 files and 500 MB are unpacked in all; what is
    over, packed denser than 100 to 1, encrypted, a link, or has a name that leads out, is skipped
    with a reason. Folders, hidden files and those of programs are passed over silently.

    ``into`` is an empty folder of the caller's, who deletes it after use; ``limits`` bounds one
    file's size, and time.

    Raises:
        UnreadableFileError: it is no zip archive, is damaged, wholly encrypted, or lists more
            than 200,000 members.
    """
    unpacker = _Unpacker(into, limits, Deadline(limits.max_seconds))
    try:
        with path.open("rb") as stream:
            _refuse_crowd(path, stream)
            unpacker.unpack(stream, "", 1)
    except ZIP_ERRORS as error:
        raise UnreadableFileError(
            f"{path.name} 已损坏或不是 zip 压缩包",
            "完好的 zip 压缩包",
            "重新压缩，或解压后给出文件夹",
        ) from error
    if not unpacker.files and unpacker.skipped and unpacker.locked == len(unpacker.skipped):
        raise UnreadableFileError(
            f"{path.name} 已加密", "没有密码的压缩包", "用密码解压，给出解压后的文件夹"
        )
    return Unpacked(tuple(unpacker.files), tuple(unpacker.skipped))


def _refuse_crowd(path: Path, stream: IO[bytes]) -> None:
    """Refuse a list of millions of members, of which zipfile would make objects at once."""
    if path.stat().st_size == 0:
        raise ValueError("empty")
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for count, _ in enumerate(re.finditer(b"PK\x01\x02", content)):
            if count >= _MAX_LISTED:
                raise UnreadableFileError(
                    f"{path.name} 里的文件过多", f"不超过 {_MAX_FILES} 个文件", "分成几个压缩包"
                )


@dataclass
class _Unpacker:
    """Carries the bounds through nested archives."""

    into: Path
    limits: ReadLimits
    deadline: Deadline
    files: list[tuple[Path, str]] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    locked: int = 0
    written: int = 0
    taken: int = 0

    def unpack(self, stream: IO[bytes], prefix: str, depth: int) -> None:
        """Unpack one archive; names get ``prefix``."""
        with ZipFile(stream) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            for number, entry in enumerate(entries):
                name = member_name(entry)
                if _is_of_no_use(name):
                    continue
                if len(self.files) >= _MAX_FILES or self.deadline.passed():
                    reason = "解压超时" if self.deadline.passed() else f"超过 {_MAX_FILES} 个文件"
                    self._skip(f"{prefix}（其余 {len(entries) - number} 个文件）", reason)
                    return
                if reason := self._refusal(entry, name):
                    self.locked += bool(entry.flag_bits & 1)
                    self._skip(prefix + name, reason)
                else:
                    self._take(archive, entry, prefix + name, depth)

    def _skip(self, name: str, reason: str) -> None:
        if len(self.skipped) <= _MAX_FILES:
            self.skipped.append((name, reason))

    def _refusal(self, entry: ZipInfo, name: str) -> str:
        """Why a member is not unpacked, or an empty string."""
        mode = entry.external_attr >> 16
        parts = PurePosixPath(name).parts
        # Parts of drives and servers (C:, \\server) would lead out on Windows.
        if name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name):
            return "路径指向压缩包之外"
        if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            return "是链接或特殊文件"
        if entry.flag_bits & 1:
            return "已加密"
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2):
            return "压缩方法不支持"
        if entry.file_size > self.limits.max_bytes:
            return f"超过 {self.limits.max_bytes} 字节"
        if entry.file_size > _RATIO_FROM and entry.file_size > _MAX_RATIO * entry.compress_size:
            return f"压缩比超过 {_MAX_RATIO} 倍（疑似压缩炸弹）"
        if self.written + entry.file_size > _MAX_BYTES:
            return f"解压后合计超过 {_MAX_BYTES} 字节"
        return ""

    def _take(self, archive: ZipFile, entry: ZipInfo, name: str, depth: int) -> None:
        self.taken += 1
        folder = self.into / f"{self.taken:05d}"
        target = folder / _disk_name(name)
        self.written += entry.file_size
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # zipfile reads no more than the size that was checked above.
            with archive.open(entry) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy, 1 << 20)
            if _is_archive(target):
                self._open_nested(target, name, depth)
            else:
                self.files.append((target, name))
        except ZIP_ERRORS:
            shutil.rmtree(folder, ignore_errors=True)
            self._skip(name, "已损坏")

    def _open_nested(self, target: Path, name: str, depth: int) -> None:
        try:
            if depth >= _MAX_DEPTH:
                self._skip(name, f"压缩包套了超过 {_MAX_DEPTH} 层")
                return
            with target.open("rb") as stream:
                _refuse_crowd(target, stream)
                self.unpack(stream, f"{name}/", depth + 1)
        except UnreadableFileError as error:
            self._skip(name, error.got)
        finally:
            shutil.rmtree(target.parent, ignore_errors=True)


def _is_archive(target: Path) -> bool:
    """Whether a file is a zip archive and not a document (docx, ofd) that is packed as one."""
    with target.open("rb") as stream:
        if not stream.read(4).startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return False
    return detect(target.read_bytes()) is Content.ZIP


def _is_of_no_use(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not parts or "__MACOSX" in parts or parts[-1].startswith((".", "~$")) or (
        parts[-1].lower() in ("thumbs.db", "desktop.ini")
    )  # fmt: skip


def _disk_name(name: str) -> str:
    """The last part of a name, made fit for any file system, its ending kept."""
    last = PurePosixPath(name)
    stem = _BAD_IN_NAMES.sub("_", last.stem).encode("utf-8", "replace")[:_MAX_NAME_BYTES]
    suffix = _BAD_IN_NAMES.sub("_", last.suffix).encode("utf-8", "replace")[:20]
    # Names such as CON and NUL are devices on Windows, with any ending.
    text = stem.decode("utf-8", "ignore").rstrip(". ") or "_"
    device = re.fullmatch(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)", text.split(".")[0])
    return ("_" if device else "") + text + suffix.decode("utf-8", "ignore")
