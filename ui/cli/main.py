"""The ``policyqa`` command: parse, call, print; an error a person can correct is one line."""

from __future__ import annotations

import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import redirect_stdout

from corpus.errors import PolicyQAError
from ui import __version__
from ui.cli import ask, corpus, evaluate, index, precedent, search, serve
from ui.cli.arguments import OptionError, Parser
from ui.cli.console import Console, standard_console

DESCRIPTION = """\
把一个文件夹的政策文件变成可以提问的资料库：回答附原文出处，全程离线。
Ask a folder of Chinese policy documents; answers cite their sources, all offline.

  policyqa index 资料/ --index 索引/
  policyqa ask "巡视整改什么时候完成？" --index 索引/
  policyqa serve --index 索引/
"""
#: What commands leave with when they are written wrongly.
WRONG_USE = 2
INTERRUPTED = 130
#: What a shell reports for a program whose reader went away (128 + SIGPIPE).
PIPE_CLOSED = 141


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    console = standard_console()
    try:
        return _run(argv, console)
    except PolicyQAError as error:
        console.error(str(error))
        return WRONG_USE if isinstance(error, OptionError) else 1
    except KeyboardInterrupt:
        console.note("已停止。")
        return INTERRUPTED
    except BrokenPipeError:
        _silence_stdout()
        return PIPE_CLOSED
    except Exception as error:  # whatever it is, a person gets one line and a log to send
        name = type(error).__name__
        console.error(f"程序出了意外（{name}）；详情写在 {_write_log()}，请连同命令一起反馈")
        return 1


def _run(argv: list[str] | None, console: Console) -> int:
    parser = build_parser()
    options = parser.parse_args(argv)
    command: Callable[..., int] | None = getattr(options, "run", None)
    if command is None:
        console.line(parser.format_help().rstrip())
        console.out.flush()
        return 0
    # Libraries print progress and notes; only results may reach a pipe.
    with redirect_stdout(console.err):
        status = command(options, console)
    console.out.flush()
    return status


def build_parser() -> Parser:
    """The parser with every command."""
    parser = Parser(prog="policyqa", description=DESCRIPTION)
    parser.add_argument(
        "--version",
        action="version",
        version=f"policyqa {__version__}",
        help="显示版本 / show the version",
    )
    commands = parser.add_subparsers(title="命令 commands", metavar="COMMAND", parser_class=Parser)
    for module in (index, ask, search, precedent, corpus, serve, evaluate):
        module.register(commands)
    return parser


def _silence_stdout() -> None:
    """Keep Python from failing again when it flushes a closed pipe at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_log() -> str:
    """Write the current traceback to a file only its owner can read; return its path."""
    with tempfile.NamedTemporaryFile(
        mode="w", encoding="utf-8", prefix="policyqa-", suffix=".log", delete=False
    ) as log:
        log.write(time.strftime("%Y-%m-%d %H:%M:%S\n"))
        log.write(traceback.format_exc())
    return log.name
