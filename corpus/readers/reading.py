"""The one door to the readers: a path in, a ``RawDocument`` or ``UnreadableFileError`` out."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import UnreadableFileError
from corpus.raw import RawDocument
from corpus.readers.docx import read_docx
from corpus.readers.encoding import empty_file_error
from corpus.readers.html import read_html
from corpus.readers.limits import ReadLimits
from corpus.readers.markdown import read_markdown
from corpus.readers.pdf import read_pdf
from corpus.readers.signature import refuse_wrong_content
from corpus.readers.text import read_text

_READERS = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
    ".pdf": read_pdf,
}
SUPPORTED_SUFFIXES: frozenset[str] = frozenset(_READERS)
"""The file name endings that can be read, in lower case with their dot."""

DEFAULT_LIMITS = ReadLimits()
"""The bounds used where none are given."""

_ADVICE = {
    ".doc": "用 Word 或 WPS 另存为 .docx",
    ".wps": "用 WPS 另存为 .docx",
    ".rtf": "用 Word 或 WPS 另存为 .docx",
    ".ofd": "用阅读器导出为 .pdf",
    ".ceb": "用阅读器打印为 .pdf",
    ".xls": "另存为 .pdf 或把文字存为 .txt",
    ".xlsx": "另存为 .pdf 或把文字存为 .txt",
    ".ppt": "另存为 .pdf",
    ".pptx": "另存为 .pdf",
}


def read_file(path: Path, limits: ReadLimits = DEFAULT_LIMITS) -> RawDocument:
    """Read one file, choosing the reader by the end of its name.

    Args:
        path: the file; symbolic links are followed.
        limits: the bounds on size, pages, text and recognition.

    Returns:
        The document with at least one line that is not blank.

    Raises:
        UnreadableFileError: anything is wrong with the file; no other error is ever raised.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        got = f"不支持的文件类型 {path.name}"
        advice = _ADVICE.get(path.suffix.lower(), "另存为其中一种格式")
        raise UnreadableFileError(got, " ".join(sorted(SUPPORTED_SUFFIXES)), advice)
    data = _read_bytes(path, limits)
    refuse_wrong_content(path, data)
    try:
        return reader(path, data, limits)
    except UnreadableFileError:
        raise
    except MemoryError as error:
        raise UnreadableFileError(
            f"{path.name} 太大，内存不足", "内存放得下的文件", "拆成几个文件再试"
        ) from error
    # The formats are parsed by other people's code, which fails on a damaged file with whatever
    # it stumbles over (KeyError, struct.error, RecursionError, …); the run must go on.
    except Exception as error:
        raise UnreadableFileError(
            f"{path.name} 无法解析（{type(error).__name__}）",
            "完好的文件",
            "用原来的程序打开检查，另存一份再试",
        ) from error


def _read_bytes(path: Path, limits: ReadLimits) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableFileError(f"{path.name} 是文件夹", "一个文件", "给出文件夹里的文件")
        if not path.exists():
            raise UnreadableFileError(f"文件 {path} 不存在", "已有的文件", "检查路径")
        if not path.is_file():
            raise UnreadableFileError(f"{path.name} 不是普通文件", "普通文件", "换一个文件")
        size = path.stat().st_size
        if size > limits.max_bytes:
            raise UnreadableFileError(
                f"{path.name} 有 {size} 字节", f"不超过 {limits.max_bytes} 字节", "拆成几个文件再试"
            )
        # One byte over the bound, should the file grow while it is read.
        with path.open("rb") as stream:
            data = stream.read(limits.max_bytes + 1)
    except PermissionError as error:
        raise UnreadableFileError(
            f"没有权限读取 {path.name}", "可读的文件", "检查文件权限"
        ) from error
    except (OSError, ValueError) as error:
        raise UnreadableFileError(
            f"读取 {path.name} 失败：{error}", "可读的文件", "检查路径和磁盘"
        ) from error
    if not data:
        raise empty_file_error(path)
    return data[: limits.max_bytes]
