"""``policyqa eval bench``: benchmarks of quality, the scale series, cleaning speed and metadata."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ui.cli.arguments import OptionError, add_command
from ui.cli.console import Console

HELP = "跑公开数据集等评测，可中断再续 / run benchmarks, resumable"
NAMES_HELP = (
    "评测的名字：seeds-dev、ncp-dev、cmrc2018、stard、zhengwu_reply、cn_local_regs、gov_reports，\n"
    "不写就是这些全部；或 BEIR 格式的文件夹；或单独一个 scale（规模与代价）、cleaning（清洗速度）、\n"
    "metadata（元数据读得对不对）\n"
    "benchmarks, all of quality by default; or BEIR folders; or scale, cleaning or metadata alone"
)
_WORK = Path(".policyqa/bench")
_ALONE = ("scale", "cleaning", "metadata")


def register(actions: Any) -> None:
    """Add the command to those of ``policyqa eval``."""
    parser = add_command(actions, "bench", HELP, run)
    parser.add_argument("names", metavar="NAME", nargs="*", help=NAMES_HELP)
    parser.add_value("--data", "FOLDER", "数据集的文件夹 / folder of the data sets")
    parser.add_value("--work", "DIR", f"向量、索引和结果放哪里，默认 {_WORK} / work folder")
    parser.add_value("--out", "FILE", "把结果写成一个 JSON / write all results")
    parser.add_value("--system", "NAME", "系统名，如 hybrid bm25 dense / recipes", str, nargs="+")
    parser.add_value("--split", "NAME", "自己的 BEIR 文件夹用哪一部分，默认 test / split", str)
    parser.add_value("--limit", "N", "BEIR 语料只用 N 篇文档，试跑用 / a small part only", int)
    sentences = "正文超过 N 字的语料不做句子向量，默认 3000000 / no sentence vectors above"
    parser.add_value("--sentence-characters", "N", sentences, int)
    parser.add_value("--sizes", "N", "scale 的段落数 / passages of the series", int, nargs="+")
    parser.add_value("--embed-minutes", "M", "scale 每个规模编码几分钟，默认 10 / minutes", float)
    parser.add_argument("--again", action="store_true", help="做完的也重做 / also what is finished")
    parser.add_settings()
    parser.add_json()


def run(options: argparse.Namespace, console: Console) -> int:
    """Run what was named and print the tables."""
    alone = [name for name in _ALONE if name in options.names]
    if alone and len(options.names) > 1:
        name = alone[0]
        raise OptionError(f"{name} 和别的评测写在一起", f"单独的 eval bench {name}", "分两次运行")
    runs = {"scale": _scale, "cleaning": _cleaning, "metadata": _metadata}
    return runs[alone[0]](options, console) if alone else _quality(options, console)


def _given(options: argparse.Namespace, **names: str) -> dict[str, Any]:
    """Options that were given, under the names of a plan's fields; the plan knows the defaults."""
    found = ((field, getattr(options, option)) for field, option in names.items())
    given = ((field, value) for field, value in found if value is not None)
    return {field: tuple(value) if isinstance(value, list) else value for field, value in given}


def _quality(options: argparse.Namespace, console: Console) -> int:
    from eval.benchmarks.registry import NAMES, BenchPlan, run_bench
    from eval.benchmarks.result import result_value
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
        data=_data(options) if {*options.names} & {*NAMES} or not options.names else Path(),
        work=options.work or _WORK,
        again=options.again,
        **given,
    )
    results = run_bench(plan, load_settings(options.settings), console.note)
    values = [result_value(result) for result in results]
    return _show(values, bench_text(results), options, console)


def _scale(options: argparse.Namespace, console: Console) -> int:
    from eval.benchmarks.scale import ScalePlan, run_scale
    from eval.benchmarks.table import scale_text
    from eval.datasets.scale_points import write_scale
    from qa.settings import load_settings

    given = _given(options, systems="system", sizes="sizes")
    if options.embed_minutes is not None:
        given["embed_seconds"] = options.embed_minutes * 60
    work = options.work or _WORK
    plan = ScalePlan(data=_data(options), work=work, again=options.again, **given)
    results = run_scale(plan, load_settings(options.settings), console.note)
    for name in dict.fromkeys(each.system for result in results for each in result.systems):
        points = [point for result in results if (point := result.point(name))]
        write_scale(points, work / "results" / f"scale-points-{name}.json")
    console.note(f"报告用的点（eval compare --scale）写在 {work / 'results'}/scale-points-….json")
    return _show([asdict(result) for result in results], scale_text(results), options, console)


def _cleaning(options: argparse.Namespace, console: Console) -> int:
    from eval.benchmarks.cleaning import measure_cleaning
    from eval.benchmarks.table import cleaning_text

    speed = measure_cleaning(_data(options))
    value = {**asdict(speed), "megabytes_per_second": speed.megabytes_per_second}
    return _show(value, cleaning_text(speed), options, console)


def _metadata(options: argparse.Namespace, console: Console) -> int:
    from eval.benchmarks.metadata import DOCUMENTS, TRUTH, measure_metadata
    from eval.benchmarks.table import metadata_text

    data = _data(options)
    scores = measure_metadata(data / DOCUMENTS, data / TRUTH)
    value = {**asdict(scores), "shares": scores.shares()}
    return _show(value, metadata_text(scores), options, console)


def _data(options: argparse.Namespace) -> Path:
    if options.data is None:
        raise OptionError("没有写 --data", "数据集（清洗速度：资料）的文件夹", "加上 --data")
    data: Path = options.data
    return data


def _show(value: object, text: str, options: argparse.Namespace, console: Console) -> int:
    """Print results as text, or as JSON where that is asked for, and write them to ``--out``."""
    from eval.datasets.lines import json_text, write_json

    console.line(json_text(value) if options.json else text)
    if options.out:
        write_json(value, options.out)
    return 0
