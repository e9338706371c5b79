"""``policyqa search``: passages, without an answer."""

from __future__ import annotations

import argparse
from typing import Any

from ui.cli.arguments import add_query, query_options
from ui.cli.console import Console
from ui.cli.opening import opened
from ui.output import json_output, text_output

HELP = "查找相关段落 / find passages"


def register(commands: Any) -> None:
    """Add the command to the parser."""
    search = commands.add_parser("search", help=HELP, description=HELP)
    add_query(search, "TEXT", "要查的话，如“放心消费创建” / what to look for")
    search.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print ranked passages."""
    query = query_options(options)
    with opened(query.index) as engine:
        hits = engine.search(query.text, query.k, query.filters)
    if query.as_json:
        console.json(json_output.search_json(query.text, hits))
        return 0
    for line in text_output.hits_lines(hits):
        console.line(line)
    return 0
