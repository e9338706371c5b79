"""``policyqa precedent``: wording to reuse for a heading, a sentence or a whole draft."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from retriever.precedent.draft import read_draft
from ui.cli.arguments import OptionError, add_command, parse_filters
from ui.cli.console import Console
from ui.cli.opening import opened
from ui.output.precedent_output import formula_json, formula_lines, report_json, report_lines

HELP = "查找可以参考的先例，比较各地措辞 / find wording to reuse and compare it"
_STDIN = "-"


def register(commands: Any) -> None:
    """Add the command to the parser."""
    parser = add_command(commands, "precedent", HELP, run)
    parser.add_query(
        "TEXT",
        "标题、一句话或一段草稿；- 表示从标准输入读\na heading, a sentence or a paragraph; - reads stdin",
        optional=True,
    )
    file_help = "草稿文件（txt、docx 等），逐句查 / a draft, looked up sentence by sentence"
    parser.add_value("--file", "DRAFT", file_help)
    formula_help = (
        "只查一个提法：谁在用，最早和最近哪一年 / one set phrase: who uses it, since when"
    )
    parser.add_value("--formula", "WORDS", formula_help, str)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print precedents, or the use of one set phrase."""
    given = [one for one in (options.text, options.file, options.formula) if one is not None]
    if len(given) != 1:
        raise OptionError(
            "没有要查的文字" if not given else "要查的文字给了不止一处",
            "TEXT、--file、--formula 三者之一",
            "运行 policyqa precedent --help 看用法",
        )
    filters = parse_filters(options.filter)
    text = "" if options.formula is not None else _text(options)
    with opened(options) as engine:
        if options.formula is not None:
            use = engine.formula(options.formula)
            console.show(formula_json(use) if options.json else formula_lines(use))
        else:
            report = engine.precedent(text, options.k, filters)
            console.show(report_json(report) if options.json else report_lines(report))
    return 0


def _text(options: argparse.Namespace) -> str:
    if options.file is not None and str(options.file) != _STDIN:
        return read_draft(options.file)
    if options.file is not None or options.text == _STDIN:
        # What is piped in may have any of the encodings that files have.
        from corpus.readers.encoding import decode_bytes

        return decode_bytes(Path("标准输入"), sys.stdin.buffer.read()).text
    return str(options.text)
