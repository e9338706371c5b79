"""Whether a file's first bytes fit the end of its name."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import UnreadableFileError

_SIGNATURES = (
    (b"%PDF-", ".pdf", "PDF"),
    (b"PK\x03\x04", ".docx", "ZIP 压缩包（docx、xlsx、pptx 之类）"),
    (b"PK\x05\x06", ".docx", "空的 ZIP 压缩包"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc", "旧版 Office 文件（doc、xls、ppt）"),
    (b"{\\rtf", ".rtf", "RTF"),
    (b"\x89PNG\r\n\x1a\n", ".png", "PNG 图片"),
    (b"\xff\xd8\xff", ".jpg", "JPEG 图片"),
    (b"Rar!\x1a\x07", ".rar", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", ".7z", "7z 压缩包"),
    (b"\x1f\x8b\x08", ".gz", "gzip 压缩包"),
)
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def refuse_wrong_content(path: Path, data: bytes) -> None:
    """Refuse a file whose content is plainly of another type than its name says.

    Args:
        path: the file; its name's end says what it should be.
        data: its bytes.

    Raises:
        UnreadableFileError: e.g. an old ``.doc`` renamed ``.docx``, or a PDF named ``.txt``.
    """
    suffix = path.suffix.lower()
    for signature, belongs, name in _SIGNATURES:
        if not data.startswith(signature) or belongs == suffix:
            continue
        if belongs == ".doc" and suffix == ".docx" and _ENCRYPTED_PACKAGE in data:
            raise UnreadableFileError(
                f"{path.name} 已加密", "没有打开密码的 docx", "用 Word 或 WPS 去掉密码后另存"
            )
        if belongs == ".doc":
            advice = "用 Word 或 WPS 打开，另存为 .docx"
        elif belongs == ".pdf":
            advice = "把扩展名改为 .pdf"
        else:
            advice = "检查扩展名，或用原来的程序另存为 txt、docx 或 pdf"
        raise UnreadableFileError(f"{path.name} 的内容是 {name}", f"{suffix} 文件", advice)
