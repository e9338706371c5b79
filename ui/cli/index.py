"""``policyqa index``: build or update an index."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from corpus.errors import PolicyQAError
from ui.cli.arguments import add_index, add_json, index_options
from ui.cli.console import Console
from ui.output import json_output, text_output

HELP = "建立或更新索引 / build or update an index"


def register(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("index", help=HELP, description=HELP)
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        type=Path,
        help="文件或文件夹，可以多个 / files or folders",
    )
    add_index(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Index the paths and print the summary; 1 when no document is in the index."""
    for path in options.paths:
        if not path.exists():
            raise PolicyQAError(f"没有 {path}", "已有的文件或文件夹", "检查路径后再试")
    from indexer.build import build_index
    from qa.settings import load_settings

    target = index_options(options)
    settings = load_settings(target.settings)
    report = build_index(options.paths, target.index, settings.index, progress=True)
    if options.json:
        console.json(json_output.build_json(report))
    else:
        for line in text_output.build_lines(report):
            console.line(line)
    if report.documents or report.unchanged:
        return 0
    reason = "文件都读不了" if report.skipped else "没有可以读的文件"
    console.error(f"什么都没有编入索引：{reason}；请换一个装有 txt、docx、pdf 等文件的文件夹再试")
    return 1
