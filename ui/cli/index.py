"""``policyqa index``: build or update an index."""

from __future__ import annotations

import argparse
from typing import Any

from ui.cli.arguments import add_command, existing_path
from ui.cli.console import Console
from ui.output.json_output import build_json
from ui.output.text_output import build_lines


def register(commands: Any) -> None:
    """Add the command to the parser."""
    parser = add_command(commands, "index", "建立或更新索引 / build or update an index", run)
    paths = "文件或文件夹，可以多个 / files or folders"
    parser.add_value("paths", "PATH", paths, existing_path, nargs="+")
    parser.add_index()
    parser.add_json()


def run(options: argparse.Namespace, console: Console) -> int:
    """Index the paths and print the summary; 1 when no document is in the index."""
    from indexer.build import build_index
    from qa.settings import load_settings

    settings = load_settings(options.settings)
    report = build_index(options.paths, options.index, settings.index, progress=True)
    console.show(build_json(report) if options.json else build_lines(report))
    if report.documents or report.unchanged:
        return 0
    reason = "文件都读不了" if report.skipped else "没有可以读的文件"
    console.error(f"什么都没有编入索引：{reason}；请换一个装有 txt、docx、pdf 等文件的文件夹再试")
    return 1
