"""The one error type that a person using policyqa can cause."""

from __future__ import annotations


class PolicyQAError(Exception):
    """An error a person can put right: shown as one line, never as a traceback.

    Args:
        got: what was found, e.g. ``"文件夹 /data 里没有文件"``.
        expected: what was needed instead, e.g. ``"至少一个 txt、docx 或 pdf 文件"``.
        next_step: what to do now, e.g. ``"换一个文件夹再试"``.
    """

    def __init__(self, got: str, expected: str, next_step: str) -> None:
        self.got = got
        self.expected = expected
        self.next_step = next_step
        line = f"{got}；应为：{expected}；请：{next_step}"
        super().__init__(" ".join(line.split()))


class UnreadableFileError(PolicyQAError):
    """One file cannot be read; the other files still are."""


class IndexStateError(PolicyQAError):
    """An index folder is missing, locked, damaged, or made by another model or version."""


class SettingsError(PolicyQAError):
    """A settings file or an option holds a value that cannot be used."""
