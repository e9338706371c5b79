"""Arguments that several commands share, and a parser that fails in one line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, NoReturn

from corpus.errors import PolicyQAError, SettingsError
from retriever.hit import Filters
from ui.cli.console import Console

FILTER_KEYS = tuple(field.name for field in fields(Filters))
MAX_K = 1000

#: argparse's own messages, as regular expressions, and what to say instead.
_MESSAGES = (
    (r"the following arguments are required: (.*)", r"缺少参数 \1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数 \1"),
    (r"argument (\S+): expected (?:one|at least one) argument", r"\1 后面没有写值"),
    (r"argument .*: invalid choice: '?([^' ]*)'? \(choose from (.*)\)", r"没有“\1”，可用的有 \2"),
    (r"argument (\S+): invalid (?:int|\w+) value: '?([^']*)'?", r"\1 的值“\2”不对"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 写得不全，可能是 \2"),
)


class OptionError(SettingsError):
    """A command that cannot be carried out as it is written; the program leaves with 2."""


class _HelpFormatter(argparse.RawTextHelpFormatter):
    """Keeps our line breaks: argparse cannot wrap Chinese, which has no spaces."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=100)


class Parser(argparse.ArgumentParser):
    """Raises ``OptionError`` instead of printing the usage and leaving."""

    def __init__(self, **options: object) -> None:
        options.setdefault("formatter_class", _HelpFormatter)
        super().__init__(allow_abbrev=False, add_help=False, **options)  # type: ignore[arg-type]
        self._positionals.title = "参数 arguments"
        self._optionals.title = "选项 options"
        self.add_argument("-h", "--help", action="help", help="显示这份帮助 / show this help")

    def error(self, message: str) -> NoReturn:
        """Raise what argparse found as one line in Chinese."""
        raise OptionError(_in_chinese(message), "一条完整的命令", f"运行 {self.prog} --help 看用法")

    def add_settings(self) -> None:
        """Add ``--settings``."""
        self.add_value("--settings", "FILE", "设置文件（TOML） / settings file (TOML)")

    def add_index(self, with_settings: bool = True) -> None:
        """Add ``--index``, and ``--settings`` where the command heeds them."""
        self.add_value("--index", "DIR", "索引文件夹 / index folder", required=True)
        if with_settings:
            self.add_settings()

    def add_json(self) -> None:
        """Add ``--json``."""
        self.add_argument(
            "--json", action="store_true", help="输出 JSON，供程序读取 / machine-readable output"
        )

    def add_questions(
        self, text: str = "题集（JSONL） / question set", required: bool = True, **more: Any
    ) -> None:
        """Add ``--questions``; its former name ``--golden`` goes on working and is not shown."""
        action = self.add_argument(
            "--questions", metavar="FILE", type=Path, required=required, help=text, **more
        )
        # A second name given to ``add_argument`` would stand in the help.
        self._option_string_actions["--golden"] = action

    def add_value(
        self, name: str, metavar: str, text: str, kind: Callable[[str], Any] = Path, **more: Any
    ) -> None:
        """Add an argument with a value, by default a path; ``more`` goes to argparse."""
        self.add_argument(name, metavar=metavar, type=kind, help=text, **more)

    def add_query(self, metavar: str, text_help: str, optional: bool = False) -> None:
        """Add what every command takes that searches an index."""
        self.add_argument("text", metavar=metavar, help=text_help, nargs="?" if optional else None)
        self.add_index()
        narrow = (
            "只查一部分文件，可重复，如 --filter region=朝阳 --filter year=2023\n"
            f"narrow the search, repeatable; keys: {', '.join(FILTER_KEYS)}"
        )
        self.add_value("--filter", "KEY=VALUE", narrow, str, action="append", default=[])
        limits = whole_number(1, MAX_K, "-k")
        self.add_value("-k", "N", "最多几段，默认 10 / passages, default 10", limits, default=10)
        self.add_json()


def _in_chinese(message: str) -> str:
    for pattern, replacement in _MESSAGES:
        if re.fullmatch(pattern, message, re.DOTALL):
            return re.sub(pattern, replacement, message, count=1, flags=re.DOTALL)
    return message


def add_command(
    commands: Any, name: str, text: str, run: Callable[[argparse.Namespace, Console], int]
) -> Parser:
    """Add a command that ``run`` carries out; ``text`` is its help."""
    parser: Parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    return parser


def add_group(commands: Any, name: str, text: str) -> Any:
    """Add a command that has commands of its own; what these are added to."""
    parser = commands.add_parser(name, help=text, description=text)
    return parser.add_subparsers(
        title="命令 commands", metavar="COMMAND", required=True, parser_class=Parser
    )


def whole_number(least: int, most: int, flag: str) -> Callable[[str], int]:
    """The type of an option that takes a whole number from ``least`` to ``most``."""

    def number(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise OptionError(f"{flag} {value}", f"{least} 到 {most} 之间的整数", "改一个数再试")
        return value

    return number


def existing_path(text: str) -> Path:
    """The type of an argument that names a file or folder; raises ``PolicyQAError`` without one."""
    path = Path(text)
    if not path.exists():
        raise PolicyQAError(f"没有 {path}", "已有的文件或文件夹", "检查路径后再试")
    return path


def key_and_value(text: str) -> tuple[str, str]:
    """``year=2023`` → ("year", "2023"); the value may be empty."""
    key, equals, value = (part.strip() for part in text.partition("="))
    if not key or not equals:
        raise OptionError(text, "写成 key=value，如 region=朝阳、year=2024", "改正后再试")
    return key, value


def parse_filters(pairs: Sequence[str]) -> Filters:
    """Turn ``["region=朝阳", "year=2023"]`` into ``Filters``."""
    values: dict[str, str] = {}
    allowed = "、".join(FILTER_KEYS)
    for pair in pairs:
        key, value = key_and_value(pair)
        if key not in FILTER_KEYS:
            raise OptionError(f"--filter 里没有“{key}”这个键", f"{allowed} 之一", "改正后再试")
        if not value:
            raise OptionError(f"--filter {pair}", "写成 key=value，如 region=朝阳", "写上值再试")
        if key in values:
            once = "只留一个；要查两处请分两次查"
            raise OptionError(f"--filter {key} 写了两次", "每个键只写一次", once)
        values[key] = value
    return Filters(**values)
