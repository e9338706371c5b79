"""``policyqa search`` and ``policyqa precedent``: passages, without an answer."""

from __future__ import annotations

import argparse
from typing import Any

from ui import json_output, text_output
from ui.arguments import add_query, query_options
from ui.commands.opening import opened
from ui.console import Console

SEARCH_HELP = "查找相关段落 / find passages"
PRECEDENT_HELP = "查找可以参考的先例，重复的合并 / find wording to reuse, near-duplicates folded"


def register(commands: Any) -> None:
    """Add both commands to the parser."""
    search = commands.add_parser("search", help=SEARCH_HELP, description=SEARCH_HELP)
    add_query(search, "TEXT", "要查的话，如“放心消费创建” / what to look for")
    search.set_defaults(run=run_search)
    precedent = commands.add_parser("precedent", help=PRECEDENT_HELP, description=PRECEDENT_HELP)
    add_query(precedent, "TEXT", "标题或一句草稿 / a heading or a rough sentence")
    precedent.set_defaults(run=run_precedent)


def run_search(options: argparse.Namespace, console: Console) -> int:
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


def run_precedent(options: argparse.Namespace, console: Console) -> int:
    """Print passages worth copying, each with the places of its near-duplicates."""
    query = query_options(options)
    with opened(query.index) as engine:
        precedents = engine.precedent(query.text, query.k, query.filters)
    if query.as_json:
        console.json(json_output.precedent_json(query.text, precedents))
        return 0
    for line in text_output.precedent_lines(precedents):
        console.line(line)
    return 0
