"""Opening the engine that the commands ask."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from corpus.errors import IndexStateError
from ui.engine import Engine


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Engine]:
    """Open ``--index`` with ``--settings`` for the length of a command.

    The folder is looked for first because opening it takes seconds of imports, and a mistyped
    path should be reported at once.
    """
    if not options.index.is_dir():
        raise IndexStateError(
            f"没有索引文件夹 {options.index}",
            "由 policyqa index 建好的文件夹",
            f"先运行 policyqa index 资料文件夹 --index {options.index}",
        )
    from qa.facade import PolicyQA
    from qa.settings import load_settings

    with PolicyQA.open(options.index, load_settings(options.settings)) as engine:
        yield engine
