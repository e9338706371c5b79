"""Where commands write: results on stdout, everything else on stderr."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TextIO


@dataclass(frozen=True)
class Console:
    """The two streams of a command.

    Attributes:
        out: results, and nothing else, so that ``--json`` can be piped.
        err: errors, progress and notes.
    """

    out: TextIO
    err: TextIO

    def line(self, text: str = "") -> None:
        """Write one line of the result."""
        self.out.write(text + "\n")

    def show(self, result: Mapping[str, object] | Iterable[str]) -> None:
        """Write the result: lines for people, or JSON, readable without a decoder for Chinese."""
        if isinstance(result, Mapping):
            self.line(json.dumps(result, ensure_ascii=False, indent=2))
        else:
            for text in result:
                self.line(text)

    def error(self, text: str) -> None:
        """Write one line that begins with 错误."""
        self.err.write(f"错误：{' '.join(text.split())}\n")
        self.err.flush()

    def note(self, text: str) -> None:
        """Write a line that is not part of the result."""
        self.err.write(text + "\n")
        self.err.flush()


def standard_console() -> Console:
    """The process's streams, in UTF-8 whatever the machine's code page.

    A Chinese Windows pipes in GBK, which lacks characters that the documents hold, and a file
    name may hold bytes that no encoding can print; neither may end a command.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return Console(sys.stdout, sys.stderr)
