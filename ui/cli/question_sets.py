"""``policyqa eval collect``, ``accept`` and ``synthesize``: where golden questions come from."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import IndexStateError, SettingsError
from ui.cli.console import Console

if TYPE_CHECKING:
    from eval.datasets.golden import GoldenItem

COLLECT_HELP = "把网页上的评价变成候选题 / turn feedback from the chat into candidate questions"
ACCEPT_HELP = "把核对过的候选题收进题集 / append checked candidates to a question set"
SYNTHESIZE_HELP = "由资料起草合成题，不用语言模型 / draft synthetic questions from an index"
MOST = 100_000


def register(actions: Any) -> None:
    """Add the three commands to those of ``policyqa eval``."""
    collector = actions.add_parser("collect", help=COLLECT_HELP, description=COLLECT_HELP)
    _add_index(collector)
    _add_path(collector, "--out", "写到哪里，须是新文件 / new file to write")
    collector.add_argument(
        "--golden",
        metavar="FILE",
        type=Path,
        nargs="+",
        default=[],
        help="已有的题集，里面有的题不再列出 / sets whose questions are left out",
    )
    collector.set_defaults(run=run_collect)
    accepter = actions.add_parser("accept", help=ACCEPT_HELP, description=ACCEPT_HELP)
    accepter.add_argument(
        "candidates", metavar="FILE", type=Path, help="候选题文件 / file of candidates"
    )
    _add_path(accepter, "--golden", "收进哪个题集，没有就新建 / question set to append to")
    accepter.add_argument(
        "--id",
        metavar="ID",
        nargs="+",
        default=[],
        dest="ids",
        help='收哪些；status 为 "accepted" 的都收 / which ones, besides those with status accepted',
    )
    accepter.set_defaults(run=run_accept)
    synthesizer = actions.add_parser(
        "synthesize", help=SYNTHESIZE_HELP, description=SYNTHESIZE_HELP
    )
    _add_index(synthesizer)
    _add_path(synthesizer, "--out", "写到哪里 / file to write")
    synthesizer.add_argument(
        "--count", metavar="N", type=int, default=100, help="多少题，默认 100 / how many"
    )
    synthesizer.add_argument(
        "--seed", metavar="N", type=int, default=0, help="随机种子，默认 0 / random seed"
    )
    synthesizer.set_defaults(run=run_synthesize)


def _add_index(parser: argparse.ArgumentParser) -> None:
    _add_path(parser, "--index", "索引文件夹 / index folder", metavar="DIR")


def _add_path(parser: argparse.ArgumentParser, flag: str, text: str, metavar: str = "FILE") -> None:
    parser.add_argument(flag, metavar=metavar, type=Path, required=True, help=text)


def run_collect(options: argparse.Namespace, console: Console) -> int:
    """Write candidates for a person to check."""
    from eval.datasets.golden import load_golden
    from eval.question_sets.candidates import collect, write_candidates
    from eval.question_sets.feedback import read_feedback

    if not options.index.is_dir():
        raise IndexStateError(
            f"没有索引文件夹 {options.index}", "policyqa serve 用的索引文件夹", "检查 --index"
        )
    golden: list[GoldenItem] = [item for file in options.golden for item in load_golden(file)]
    collected = collect(read_feedback(options.index), golden)
    told = f"{collected.said} 条评价，其中 {collected.known} 条的问题题集里已有"
    if not collected.candidates:
        console.line(f"没有新的候选题：{told}")
        return 0
    count = write_candidates(collected.candidates, options.out)
    blank = sum(each.item.answerable and not each.item.evidence for each in collected.candidates)
    console.line(f"{count} 道候选题写在 {options.out}：{told}；{blank} 道还没有依据")
    console.note('逐题核对，要收的把 status 改成 "accepted"，再运行 policyqa eval accept')
    return 0


def run_accept(options: argparse.Namespace, console: Console) -> int:
    """Append what was accepted to a golden set."""
    from eval.question_sets.candidates import accept_candidates

    accepted = accept_candidates(options.candidates, options.golden, options.ids)
    told = f"，id {accepted.items[0].id} 至 {accepted.items[-1].id}" if accepted.items else ""
    console.line(f"{len(accepted.items)} 题收进 {options.golden}{told}")
    if accepted.known:
        console.note(
            f"题集里已有、没有再收的 {len(accepted.known)} 题：{'、'.join(accepted.known)}"
        )
    if accepted.odd_quotes:
        console.note(f"引文不在 15 至 120 字之间的：{'、'.join(accepted.odd_quotes)}")
    return 0


def run_synthesize(options: argparse.Namespace, console: Console) -> int:
    """Draft synthetic questions."""
    from eval.question_sets.synthesis import read_documents, synthesize, write_synthetic

    if not 1 <= options.count <= MOST:
        raise SettingsError(f"--count {options.count}", f"1 到 {MOST} 之间的整数", "改一个数再试")
    items = synthesize(read_documents(options.index), options.count, options.seed)
    write_synthetic(items, options.out)
    console.line(f"{len(items)} 道合成题写在 {options.out}")
    if len(items) < options.count:
        console.note(f"资料里只够起草 {len(items)} 题，要的是 {options.count} 题")
    return 0
