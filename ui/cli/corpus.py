"""``policyqa corpus inspect``: what is read from a file before it is indexed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from corpus.errors import PolicyQAError, UnreadableFileError
from ui.cli import corpus_correct as correct
from ui.cli import corpus_report as report
from ui.cli.arguments import Parser, add_json, add_settings
from ui.cli.console import Console
from ui.output import corpus_json, summary_text, text_output

CORPUS_HELP = "查看文件读出了什么 / look at what is read from files"
HELP = "读一个文件或文件夹，显示读出、修复、剔除的情况 / show what is read, repaired and dropped"


def register(commands: Any) -> None:
    """Add the command to the parser."""
    corpus = commands.add_parser("corpus", help=CORPUS_HELP, description=CORPUS_HELP)
    actions = corpus.add_subparsers(
        title="命令 commands", metavar="COMMAND", required=True, parser_class=Parser
    )
    parser = actions.add_parser("inspect", help=HELP, description=HELP)
    parser.add_argument("path", metavar="PATH", type=Path, help="文件或文件夹 / file or folder")
    parser.add_argument(
        "--outline",
        action="store_true",
        help="文件夹也逐篇列出题目和标题 / list titles and headings of a folder's documents too",
    )
    add_settings(parser)
    add_json(parser)
    parser.set_defaults(run=run)
    report.register(actions)
    correct.register(actions)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print what was read; 1 when nothing could be."""
    from corpus.cleaning.pipeline import Switches
    from corpus.load import load_path
    from corpus.readers import ReadLimits
    from corpus.summary import summarise_results
    from qa.settings import load_settings

    path: Path = options.path
    if not path.exists():
        raise PolicyQAError(f"没有 {path}", "已有的文件或文件夹", "检查路径后再试")
    settings = load_settings(options.settings).index
    limits = ReadLimits(max_bytes=settings.max_file_mb * 1_000_000, ocr=settings.ocr)
    results = tuple(load_path(path, limits, Switches.without(settings.rules_off)))
    if not results:
        raise UnreadableFileError(
            f"{path} 里没有文件", "至少一个 txt、docx、pdf 等文件", "换一个文件夹再试"
        )
    unread = not any(result.documents for result in results)
    summary = summarise_results(results)
    if options.json:
        console.json(corpus_json.inspect_json(results, summary))
    elif not unread or len(results) > 1:
        if options.outline or path.is_file():
            for line in (*text_output.outline_lines(results), ""):
                console.line(line)
        for line in summary_text.summary_lines(summary):
            console.line(line)
    if not unread:
        return 0
    if len(results) == 1:
        console.error(results[0].error)  # says all that there is to say
        return 1
    raise UnreadableFileError(
        f"{path} 里没有读出任何文档", "至少一个能读的 txt、docx、pdf 等文件", "换一个文件夹再试"
    )
