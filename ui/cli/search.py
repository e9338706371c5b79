"""``policyqa search``: passages, without an answer."""

from __future__ import annotations

import argparse
from typing import Any

from ui.cli.arguments import add_command, parse_filters
from ui.cli.console import Console
from ui.cli.opening import opened
from ui.output.json_output import search_json
from ui.output.text_output import hits_lines


def register(commands: Any) -> None:
    """Add the command to the parser."""
    parser = add_command(commands, "search", "查找相关段落 / find passages", run)
    parser.add_query("TEXT", "要查的话，如“放心消费创建” / what to look for")


def run(options: argparse.Namespace, console: Console) -> int:
    """Print ranked passages."""
    filters = parse_filters(options.filter)
    with opened(options) as engine:
        hits = engine.search(options.text, options.k, filters)
    console.show(search_json(options.text, hits) if options.json else hits_lines(hits))
    return 0
