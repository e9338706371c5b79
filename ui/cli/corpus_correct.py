"""``policyqa corpus correct``: a person's word on what was read of a document."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from corpus.errors import SettingsError
from ui.cli.arguments import add_index, add_json, index_options
from ui.cli.console import Console

HELP = "改正文档的题目、地区、日期等，重建索引后仍保留 / correct metadata; survives re-indexing"


def register(actions: Any) -> None:
    """Add the command to those of ``policyqa corpus``."""
    parser = actions.add_parser("correct", help=HELP, description=HELP)
    parser.add_argument(
        "document",
        metavar="DOC",
        help="文件名，合集里的第 n 篇写 文件名#n（从 0 起） / file name[#part]",
    )
    parser.add_argument(
        "values",
        metavar="KEY=VALUE",
        nargs="+",
        help="如 region=吉林省吉林市桦甸市 year=2024；KEY= 撤回改正 / KEY= takes it back",
    )
    add_index(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Correct a document and print its metadata."""
    values = dict(_pair(text) for text in options.values)
    from indexer.build import correct_metadata
    from qa.settings import load_settings

    where = index_options(options)
    identifier = options.document if "#" in options.document else f"{options.document}#0"
    document = correct_metadata(
        where.index, identifier, values, load_settings(where.settings).index
    )
    metadata = asdict(document.metadata)
    if options.json:
        console.json({"document": document.id, "metadata": metadata})
    else:
        console.line(f"已改正 {document.id}")
        for name, value in metadata.items():
            console.line(f"  {name} = {value}")
    return 0


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = (part.strip() for part in text.partition("="))
    if not key or not equals:
        raise SettingsError(text, "写成 key=value，如 year=2024", "改正后再试")
    return key, value
