"""``policyqa corpus``: what was read from files, and a person's corrections of it."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFileError
from ui.cli.arguments import add_command, add_group, existing_path, key_and_value
from ui.cli.console import Console
from ui.output.corpus_output import inspect_json, report_json, summary_lines
from ui.output.text_output import outline_lines

INSPECT_HELP = (
    "读一个文件或文件夹，显示读出、修复、剔除的情况 / show what is read, repaired and dropped"
)
REPORT_HELP = (
    "一个索引里读了、修复了、剔除了什么，什么需要人看 / what an index holds and what to check"
)
CORRECT_HELP = (
    "改正文档的题目、地区、日期等，重建索引后仍保留 / correct metadata; survives re-indexing"
)


def register(commands: Any) -> None:
    """Add the commands to the parser."""
    actions = add_group(commands, "corpus", "查看文件读出了什么 / look at what is read from files")
    inspect = add_command(actions, "inspect", INSPECT_HELP, run_inspect)
    inspect.add_value("path", "PATH", "文件或文件夹 / file or folder", existing_path)
    outline = "文件夹也逐篇列出题目和标题 / list titles and headings of a folder's documents too"
    inspect.add_argument("--outline", action="store_true", help=outline)
    inspect.add_settings()
    report = add_command(actions, "report", REPORT_HELP, run_report)
    report.add_index(with_settings=False)
    correct = add_command(actions, "correct", CORRECT_HELP, run_correct)
    name = "文件名，合集里的第 n 篇写 文件名#n（从 0 起） / file name[#part]"
    correct.add_value("document", "DOC", name, str)
    values = "如 region=吉林省吉林市桦甸市 year=2024；KEY= 撤回改正 / KEY= takes it back"
    correct.add_value("values", "KEY=VALUE", values, key_and_value, nargs="+")
    correct.add_index()
    for parser in (inspect, report, correct):
        parser.add_json()


def run_inspect(options: argparse.Namespace, console: Console) -> int:
    """Print what was read; 1 when nothing could be."""
    from corpus.cleaning.pipeline import Switches
    from corpus.load import load_path
    from corpus.readers import ReadLimits
    from corpus.summary import summarise_results
    from qa.settings import load_settings

    path: Path = options.path
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
        console.show(inspect_json(results, summary))
    elif not unread or len(results) > 1:
        if options.outline or path.is_file():
            console.show((*outline_lines(results), ""))
        console.show(summary_lines(summary))
    if not unread:
        return 0
    if len(results) == 1:
        console.error(results[0].error)  # there is nothing to add to it
        return 1
    raise UnreadableFileError(
        f"{path} 里没有读出任何文档", "至少一个能读的 txt、docx、pdf 等文件", "换一个文件夹再试"
    )


def run_report(options: argparse.Namespace, console: Console) -> int:
    """Print the summary of an index, without reading its files again."""
    from corpus.catalogue import Catalogue
    from corpus.summary import summarise_catalogue
    from indexer.local.generations import reading, require_current

    generation = require_current(options.index)
    generation.manifest()  # an index of another format is reported as such
    with reading(options.index):
        catalogue = Catalogue(generation.catalogue)
        try:
            summary = summarise_catalogue(catalogue)
        finally:
            catalogue.close()
    console.show(report_json(summary) if options.json else summary_lines(summary))
    return 0


def run_correct(options: argparse.Namespace, console: Console) -> int:
    """Correct what was read of a document and print its metadata."""
    from indexer.build import correct_metadata
    from qa.settings import load_settings

    identifier = options.document if "#" in options.document else f"{options.document}#0"
    settings = load_settings(options.settings).index
    document = correct_metadata(options.index, identifier, dict(options.values), settings)
    metadata = asdict(document.metadata)
    lines = (f"已改正 {document.id}", *(f"  {key} = {value}" for key, value in metadata.items()))
    console.show({"document": document.id, "metadata": metadata} if options.json else lines)
    return 0
