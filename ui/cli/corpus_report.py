"""``policyqa corpus report``: the summary of an index, without reading its files again."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ui.cli.arguments import add_json
from ui.cli.console import Console
from ui.output import corpus_json, summary_text

HELP = "一个索引里读了、修复了、剔除了什么，什么需要人看 / what an index holds and what to check"


def register(actions: Any) -> None:
    """Add the command to those of ``policyqa corpus``."""
    parser = actions.add_parser("report", help=HELP, description=HELP)
    parser.add_argument(
        "--index", metavar="DIR", type=Path, required=True, help="索引文件夹 / index folder"
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print the summary."""
    from corpus.catalogue import Catalogue
    from corpus.summary import summarise_catalogue
    from indexer.local.generations import reading, require_current

    generation = require_current(options.index)
    generation.manifest()  # an index of another format is told as such
    with reading(options.index):
        catalogue = Catalogue(generation.catalogue)
        try:
            summary = summarise_catalogue(catalogue)
        finally:
            catalogue.close()
    if options.json:
        console.json(corpus_json.report_json(summary))
    else:
        for line in summary_text.summary_lines(summary):
            console.line(line)
    return 0
