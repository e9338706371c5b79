"""``policyqa eval run`` and ``policyqa eval score``: measure how good the answers are."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from corpus.errors import SettingsError
from ui.cli import audit, compare
from ui.cli import benchmarks as bench
from ui.cli import question_sets as growing
from ui.cli.arguments import Parser, add_index, add_json
from ui.cli.console import Console
from ui.cli.opening import opened

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
    _add_file(scorer, "--golden", "题集（JSONL） / question set", required=False)
    _add_file(
        scorer, "--qrels", "相关性判断（TREC 或 BEIR） / relevance judgements", required=False
    )
    _add_file(
        scorer, "--run", "运行结果（JSONL；配 --qrels 时为 TREC） / run file", dest="run_file"
    )
    scorer.add_argument(
        "--measures",
        metavar="NAME",
        nargs="+",
        help="配 --qrels 的指标，如 nDCG@10 AP / measures by ir_measures' names",
    )
    add_json(scorer)
    scorer.set_defaults(run=score_eval)
    compare.register(actions)
    bench.register(actions)
    growing.register(actions)
    audit.register(actions)


def _add_file(
    parser: argparse.ArgumentParser,
    flag: str,
    text: str,
    dest: str | None = None,
    required: bool = True,
) -> None:
    parser.add_argument(flag, metavar="FILE", type=Path, required=required, help=text, dest=dest)


def run_eval(options: argparse.Namespace, console: Console) -> int:
    """Ask every question of a set and write the run file."""
    from eval.datasets.golden import load_golden
    from eval.systems.asking import run_questions

    items = load_golden(options.questions)
    with opened(options) as engine:
        count = run_questions(engine, items, options.out)
    console.line(f"{count} 题的结果写在 {options.out}")
    return 0


def score_eval(options: argparse.Namespace, console: Console) -> int:
    """Print the scores by type of question, or with judgements the measures of a ranking."""
    from eval.datasets.golden import load_golden
    from eval.datasets.runs import read_run
    from eval.metrics.score import score_run
    from eval.metrics.table import format_table, table_json

    if (options.golden is None) == (options.qrels is None):
        raise SettingsError(
            "--golden 和 --qrels 要给一个，只给一个", "题集或相关性判断", "选一个再试"
        )
    if options.qrels is not None:
        return _score_ranking(options, console)
    if options.measures:
        raise SettingsError("--measures 只用于 --qrels", "不带 --measures", "去掉它再试")
    table = score_run(load_golden(options.golden), read_run(options.run_file))
    console.line(table_json(table) if options.json else format_table(table))
    return 0


def _score_ranking(options: argparse.Namespace, console: Console) -> int:
    from eval.datasets.beir import read_qrels
    from eval.datasets.judgements import (
        DEFAULT_MEASURES,
        format_judged,
        judged_json,
        judged_measures,
    )
    from eval.datasets.trec import read_trec_run

    scores = judged_measures(
        read_qrels(options.qrels),
        read_trec_run(options.run_file),
        options.measures or DEFAULT_MEASURES,
    )
    console.line(judged_json(scores) if options.json else format_judged(scores))
    return 0
