"""``policyqa eval compare`` and ``policyqa eval report``: systems side by side."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import PolicyQAError, SettingsError
from ui.cli.arguments import OptionError, Parser, add_command
from ui.cli.console import Console

if TYPE_CHECKING:
    from eval.comparison.comparison import Comparison, ComparisonRun

COMPARE_HELP = "比较几个系统，有区间和显著性检验 / compare systems, with intervals and tests"
REPORT_HELP = "由运行结果做网页报告 / make a report from run files"
SYSTEMS_HELP = (
    "系统名（baseline、bm25、dense、hybrid、policyqa 等，或一组：main、ablation、external）\n"
    "或运行结果文件；第一个是比较的对象 / recipes, groups of them, or run files"
)


def register(actions: Any) -> None:
    """Add both commands to those of ``policyqa eval``."""
    comparer = add_command(actions, "compare", COMPARE_HELP, run_compare)
    comparer.add_argument("systems", metavar="SYSTEM", nargs="+", help=SYSTEMS_HELP)
    _add_sources(comparer)
    comparer.add_value("--index", "DIR", "索引文件夹 / index folder")
    comparer.add_value("--docs", "DIR", "先把这些资料编入索引 / index these documents first")
    comparer.add_value("--recipes", "FILE", "自己的系统清单（TOML） / own recipes")
    comparer.add_settings()
    comparer.add_value("--out", "DIR", "报告和运行结果写到哪里 / folder for report and runs")
    comparer.add_value("--expect", "FILE", "与预期分数相差太多就失败 / fail unless as expected")
    comparer.add_value("--write-expected", "FILE", "写预期分数的文件 / write such a file")
    bar = (
        "最后一个系统低于此值就失败，可重复，如 nDCG@10=0.8\n"
        "fail when the last system is below, repeatable"
    )
    comparer.add_value("--fail-under", "METRIC=VALUE", bar, str, action="append", default=[])
    comparer.add_json()
    reporter = add_command(actions, "report", REPORT_HELP, run_report)
    reporter.add_argument("systems", metavar="RUN", nargs="+", help="运行结果文件 / run files")
    _add_sources(reporter)
    reporter.add_value("--out", "DIR", "写到哪里 / folder to write to", required=True)
    reporter.add_json()


def _add_sources(parser: Parser) -> None:
    parser.add_questions(required=False)
    parser.add_value("--qrels", "FILE", "或：相关性判断（TREC、BEIR） / or judgements")
    parser.add_value("--scale", "FILE", "规模与代价（JSON），画进报告 / costs by corpus size")


def run_compare(options: argparse.Namespace, console: Console) -> int:
    """Compare systems; 1 when one is under its bar or not as expected."""
    gates = [_gate(text) for text in options.fail_under]
    from eval.comparison.comparison_run import ComparisonPlan, run_comparison
    from eval.comparison.expected import check_expected, write_expected
    from qa.settings import load_settings

    plan = ComparisonPlan(
        systems=tuple(options.systems),
        questions=options.questions,
        qrels=options.qrels,
        index=options.index,
        docs=options.docs,
        recipes=options.recipes,
        runs=options.out / "runs" if options.out else None,
        scale=options.scale,
    )
    report = run_comparison(plan, load_settings(options.settings))
    _show(report, options.json, console)
    if options.out:
        _write(report, options.out, console)
    if options.write_expected:
        write_expected(report.comparison, options.write_expected, _command(options))
    if options.expect:
        check_expected(report.comparison, options.expect)
    for measure, bar in gates:
        _check(report.comparison, measure, bar)
    return 0


def run_report(options: argparse.Namespace, console: Console) -> int:
    """Write the report of run files that are already there."""
    from eval.comparison.comparison_run import ComparisonPlan, run_comparison
    from eval.report.report import report_json
    from qa.settings import Settings

    plan = ComparisonPlan(
        systems=tuple(options.systems),
        questions=options.questions,
        qrels=options.qrels,
        scale=options.scale,
    )
    run = run_comparison(plan, Settings())
    if options.json:
        console.line(report_json(run))
    _write(run, options.out, console)
    return 0


def _show(report: ComparisonRun, as_json: bool, console: Console) -> None:
    from eval.metrics.score import SYNTHETIC_REMARK
    from eval.report.report import report_json
    from eval.report.tables import terminal_text

    console.line(report_json(report) if as_json else terminal_text(report.comparison))
    if any(item.synthetic for item in report.items):
        console.note(SYNTHETIC_REMARK)


def _write(report: ComparisonRun, folder: Path, console: Console) -> None:
    from eval.report.report import write_report

    console.note(f"报告写在 {write_report(report, folder)}")


def _gate(text: str) -> tuple[str, float]:
    measure, _, value = (part.strip() for part in text.partition("="))
    try:
        bar = float(value)
    except ValueError:
        bar = -1.0
    if not measure or not 0 <= bar <= 1:
        wanted = "写成 指标=0到1的数，如 nDCG@10=0.8"
        raise OptionError(f"--fail-under {text}", wanted, "改正后再试")
    return measure, bar


def _check(comparison: Comparison, name: str, bar: float) -> None:
    """Raise when the last system does not reach a bar."""
    measures = {measure.name: measure for measure in comparison.measures}
    system = comparison.systems[-1]
    mean = system.mean(name)
    if name not in measures or mean is None:
        known = "、".join(m for m in measures if system.mean(m) is not None)
        raise SettingsError(f"{system.label}没有指标 {name}", f"{known} 之一", "改正 --fail-under")
    higher = measures[name].higher
    if (mean < bar) if higher else (mean > bar):
        wanted = f"不{'低' if higher else '高'}于 {bar:g}"
        got = f"{system.label}的 {name} 是 {mean:.4f}"
        raise PolicyQAError(got, wanted, "看报告里输掉的题")


def _command(options: argparse.Namespace) -> str:
    """The command that makes the figures again."""
    words = ["policyqa", "eval", "compare", *options.systems]
    for flag in ("docs", "index", "questions", "qrels", "recipes", "settings", "write_expected"):
        value = getattr(options, flag)
        if value is not None:
            words += [f"--{flag.replace('_', '-')}", str(value)]
    return shlex.join(words)
