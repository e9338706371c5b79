"""Files of lines, as evaluation exchanges them: read with line numbers, written whole or not at all."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.errors import PolicyQAError

_GZIP = b"\x1f\x8b"


def decoded(file: Path) -> str:
    """A file's text, UTF-8 (with or without a byte order mark) or GB18030, gzipped or not.

    Raises:
        PolicyQAError: the file cannot be read, unpacked or decoded.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise PolicyQAError(
            f"读不到文件 {file}（{error.strerror}）", "一个可读的文件", "检查路径和权限"
        ) from None
    if data.startswith(_GZIP):
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            raise PolicyQAError(
                f"文件 {file.name} 解压不了", "完整的 gzip 文件", "重新下载或重新生成这个文件"
            ) from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PolicyQAError(
        f"文件 {file.name} 的编码认不出", "UTF-8 或 GB18030 编码的文本", "另存为 UTF-8 再试"
    )


def numbered_lines(file: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are not blank, with their numbers from 1.

    Raises:
        PolicyQAError: see ``decoded``, or no line is left.
    """
    found = False
    for number, line in enumerate(decoded(file).split("\n"), start=1):
        if line.strip():
            found = True
            yield number, line.removesuffix("\r")
    if not found:
        raise PolicyQAError(f"文件 {file.name} 是空的", "至少一行", "检查路径或重新生成这个文件")


def write_lines(lines: Iterable[str], path: str | Path) -> int:
    """Write lines as UTF-8, each with a newline; returns how many.

    The file appears under its name only when complete: if ``lines`` raises midway, a file that
    was there before stays as it was.

    Raises:
        PolicyQAError: the place cannot be written to.
    """
    target = Path(path)
    # In the same folder, because a rename is atomic only within one file system.
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        stream = unfinished.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise _unwritable(target, error) from None
    count = 0
    try:
        with stream:
            for line in lines:
                stream.write(line + "\n")
                count += 1
        try:
            unfinished.replace(target)
        except OSError as error:
            raise _unwritable(target, error) from None
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _unwritable(target: Path, error: OSError) -> PolicyQAError:
    return PolicyQAError(
        f"写不了文件 {target}（{error.strerror}）", "一个可写的位置", "换一个位置再试"
    )
