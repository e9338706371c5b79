"""``policyqa eval run`` and ``policyqa eval score``: measure how good the answers are."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ui.arguments import Parser, add_index, add_json, index_options
from ui.commands.opening import opened
from ui.console import Console

HELP = "评测 / measure quality"
RUN_HELP = "逐题提问，写出运行结果 / ask every question, write a run file"
SCORE_HELP = "按题集给运行结果打分 / score a run file against a question set"


def register(commands: Any) -> None:
    """Add both commands to the parser."""
    evaluate = commands.add_parser("eval", help=HELP, description=HELP)
    actions = evaluate.add_subparsers(
        title="命令 commands", metavar="COMMAND", required=True, parser_class=Parser
    )
    runner = actions.add_parser("run", help=RUN_HELP, description=RUN_HELP)
    add_index(runner)
    _add_file(runner, "--questions", "题集（JSONL） / question set")
    _add_file(runner, "--out", "写到哪里 / run file to write")
    runner.set_defaults(run=run_eval)
    scorer = actions.add_parser("score", help=SCORE_HELP, description=SCORE_HELP)
    _add_file(scorer, "--golden", "题集（JSONL） / question set")
    _add_file(scorer, "--run", "运行结果 / run file", dest="run_file")
    add_json(scorer)
    scorer.set_defaults(run=score_eval)


def _add_file(
    parser: argparse.ArgumentParser, flag: str, text: str, dest: str | None = None
) -> None:
    parser.add_argument(flag, metavar="FILE", type=Path, required=True, help=text, dest=dest)


def run_eval(options: argparse.Namespace, console: Console) -> int:
    """Ask every question of a set and write the run file."""
    from eval.golden import load_golden
    from eval.run import run_questions

    items = load_golden(options.questions)
    with opened(index_options(options)) as engine:
        count = run_questions(engine, items, options.out)
    console.line(f"{count} 题的结果写在 {options.out}")
    return 0


def score_eval(options: argparse.Namespace, console: Console) -> int:
    """Print the scores by type of question."""
    from eval.golden import load_golden
    from eval.runfile import read_run
    from eval.score import score_run
    from eval.table import format_table, table_json

    table = score_run(load_golden(options.golden), read_run(options.run_file))
    console.line(table_json(table) if options.json else format_table(table))
    return 0
