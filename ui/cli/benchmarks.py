"""``policyqa eval bench``: benchmarks of quality, the scale series and the speed of cleaning."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.errors import SettingsError
from ui.cli.arguments import add_settings
from ui.cli.console import Console

HELP = "跑公开数据集等评测，可中断再续 / run benchmarks, resumable"
NAMES_HELP = (
    "评测的名字：seeds-dev、ncp-dev、cmrc2018、stard、zhengwu_reply、cn_local_regs、gov_reports，\n"
    "不写就是这些全部；或 BEIR 格式的文件夹；或单独一个 scale（规模与代价）、cleaning（清洗速度）\n"
    "benchmarks, all of quality by default; or BEIR folders; or scale or cleaning alone"
)
_DATA, _SEEDS = Path("../shared/data"), Path("../shared/seeds")
_WORK = Path(".policyqa/bench")
_ALONE = ("scale", "cleaning")


def register(actions: Any) -> None:
    """Add the command to those of ``policyqa eval``."""
    parser = actions.add_parser("bench", help=HELP, description=HELP)
    parser.add_argument("names", metavar="NAME", nargs="*", help=NAMES_HELP)
    _add(parser, "--data", "FOLDER", Path, "数据集的文件夹，默认 ../shared/data / data sets")
    _add(parser, "--work", "DIR", Path, f"向量、索引和结果放哪里，默认 {_WORK} / work folder")
    _add(parser, "--out", "FILE", Path, "把结果写成一个 JSON / write all results")
    parser.add_argument(
        "--system", metavar="NAME", nargs="+", help="系统名，如 hybrid bm25 dense / recipes"
    )
    _add(parser, "--split", "NAME", str, "自己的 BEIR 文件夹用哪一部分，默认 test / split")
    _add(parser, "--limit", "N", int, "BEIR 语料只用 N 篇文档，试跑用 / a small part only")
    _add(
        parser,
        "--sentence-characters",
        "N",
        int,
        "正文超过 N 字的语料不做句子向量，默认 3000000 / no sentence vectors above",
    )
    parser.add_argument(
        "--sizes", metavar="N", nargs="+", type=int, help="scale 的段落数 / passages of the series"
    )
    _add(parser, "--embed-minutes", "M", float, "scale 每个规模编码几分钟，默认 10 / minutes")
    parser.add_argument("--again", action="store_true", help="做完的也重做 / also what is finished")
    add_settings(parser)
    parser.set_defaults(run=run)


def _add(parser: argparse.ArgumentParser, flag: str, metavar: str, kind: Any, text: str) -> None:
    parser.add_argument(flag, metavar=metavar, type=kind, help=text)


def run(options: argparse.Namespace, console: Console) -> int:
    """Run what was named and print the tables."""
    alone = [name for name in _ALONE if name in options.names]
    if alone and len(options.names) > 1:
        raise SettingsError(
            f"{alone[0]} 和别的评测写在一起", f"单独的 eval bench {alone[0]}", "分两次运行"
        )
    if alone == ["scale"]:
        return _scale(options, console)
    return _cleaning(options, console) if alone else _quality(options, console)


def _given(options: argparse.Namespace, **names: str) -> dict[str, Any]:
    """Options that were given, under the names of a plan's fields; the plan knows the defaults."""
    found = {field: getattr(options, option) for field, option in names.items()}
    return {
        field: tuple(value) if isinstance(value, list) else value
        for field, value in found.items()
        if value is not None
    }


def _quality(options: argparse.Namespace, console: Console) -> int:
    from eval.benchmarks.registry import BenchPlan, run_bench
    from eval.benchmarks.result import write_results
    from eval.benchmarks.table import bench_text
    from qa.settings import load_settings

    given = _given(
        options,
        systems="system",
        split="split",
        limit="limit",
        sentence_limit="sentence_characters",
    )
    plan = BenchPlan(
        names=tuple(options.names),
        data=options.data or _DATA,
        work=options.work or _WORK,
        again=options.again,
        **given,
    )
    results = run_bench(plan, load_settings(options.settings), console.note)
    console.line(bench_text(results))
    if options.out:
        write_results(results, options.out)
    return 0


def _scale(options: argparse.Namespace, console: Console) -> int:
    from eval.benchmarks.scale import ScalePlan, run_scale, write_scale, write_scale_results
    from eval.benchmarks.table import scale_text
    from qa.settings import load_settings

    given = _given(options, systems="system", sizes="sizes")
    if options.embed_minutes is not None:
        given["embed_seconds"] = options.embed_minutes * 60
    work = options.work or _WORK
    plan = ScalePlan(data=options.data or _DATA, work=work, again=options.again, **given)
    results = run_scale(plan, load_settings(options.settings), console.note)
    console.line(scale_text(results))
    for name in dict.fromkeys(each.system for result in results for each in result.systems):
        points = [point for result in results if (point := result.point(name))]
        write_scale(points, work / "results" / f"scale-points-{name}.json")
    console.note(f"报告用的点（eval compare --scale）写在 {work / 'results'}/scale-points-….json")
    if options.out:
        write_scale_results(results, options.out)
    return 0


def _cleaning(options: argparse.Namespace, console: Console) -> int:
    from eval.benchmarks.cleaning import measure_cleaning
    from eval.benchmarks.table import cleaning_text
    from eval.datasets.lines import write_lines

    speed = measure_cleaning(options.data or _SEEDS)
    console.line(cleaning_text(speed))
    if options.out:
        value = {**asdict(speed), "megabytes_per_second": speed.megabytes_per_second}
        write_lines([json.dumps(value, ensure_ascii=False, indent=2)], options.out)
    return 0
