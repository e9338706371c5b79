"""``policyqa eval run`` and ``policyqa eval score``: measure how good the answers are."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from ui.cli import audit, benchmarks, compare, question_sets
from ui.cli.arguments import OptionError, add_command, add_group
from ui.cli.console import Console
from ui.cli.opening import opened

RUN_HELP = "逐题提问，写出运行结果 / ask every question, write a run file"
SCORE_HELP = "按题集给运行结果打分 / score a run file against a question set"


def register(commands: Any) -> None:
    """Add ``eval`` and its commands to the parser."""
    actions = add_group(commands, "eval", "评测 / measure quality")
    runner = add_command(actions, "run", RUN_HELP, run_eval)
    runner.add_index()
    runner.add_questions()
    runner.add_value("--out", "FILE", "写到哪里 / run file to write", required=True)
    runner.add_json()
    scorer = add_command(actions, "score", SCORE_HELP, score_eval)
    scorer.add_questions(required=False)
    scorer.add_value("--qrels", "FILE", "相关性判断（TREC 或 BEIR） / relevance judgements")
    run_help = "运行结果（JSONL；配 --qrels 时为 TREC） / run file"
    scorer.add_value("--run", "FILE", run_help, required=True, dest="run_file")
    measures = "配 --qrels 的指标，如 nDCG@10 AP / measures by ir_measures' names"
    scorer.add_value("--measures", "NAME", measures, str, nargs="+")
    scorer.add_json()
    for module in (compare, benchmarks, question_sets, audit):
        module.register(actions)


def run_eval(options: argparse.Namespace, console: Console) -> int:
    """Ask every question of a set and write the run file."""
    from eval.datasets.golden import load_golden
    from eval.systems.asking import run_questions

    items = load_golden(options.questions)
    with opened(options) as engine:
        count = run_questions(engine, items, options.out)
    made = {"questions": count, "out": str(options.out)}
    console.show(made if options.json else [f"{count} 题的结果写在 {options.out}"])
    return 0


def score_eval(options: argparse.Namespace, console: Console) -> int:
    """Print the scores by type of question, or with judgements the measures of a ranking."""
    from eval.datasets.golden import load_golden
    from eval.datasets.runs import read_run
    from eval.metrics.score import format_table, score_run

    if (options.questions is None) == (options.qrels is None):
        got = "--questions 和 --qrels 要给一个，只给一个"
        raise OptionError(got, "题集或相关性判断", "选一个再试")
    if options.qrels is not None:
        return _score_ranking(options, console)
    if options.measures:
        raise OptionError("--measures 只用于 --qrels", "不带 --measures", "去掉它再试")
    table = score_run(load_golden(options.questions), read_run(options.run_file))
    console.show(asdict(table) if options.json else [format_table(table)])
    return 0


def _score_ranking(options: argparse.Namespace, console: Console) -> int:
    from eval.datasets.beir import read_qrels
    from eval.datasets.trec import read_trec_run
    from eval.metrics.judged import DEFAULT_MEASURES, format_judged, judged_measures

    run, measures = read_trec_run(options.run_file), options.measures or DEFAULT_MEASURES
    scores = judged_measures(read_qrels(options.qrels), run, measures)
    console.show(asdict(scores) if options.json else [format_judged(scores)])
    return 0
