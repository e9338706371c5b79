"""``policyqa eval collect``, ``accept`` and ``synthesize``: where golden questions come from."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from corpus.errors import IndexStateError
from ui.cli.arguments import OptionError, Parser, add_command
from ui.cli.console import Console

if TYPE_CHECKING:
    from eval.datasets.golden import GoldenItem

COLLECT_HELP = "把网页上的评价变成候选题 / turn feedback from the chat into candidate questions"
ACCEPT_HELP = "把核对过的候选题收进题集 / append checked candidates to a question set"
SYNTHESIZE_HELP = "由资料起草合成题，不用语言模型 / draft synthetic questions from an index"
MOST = 100_000


def register(actions: Any) -> None:
    """Add the three commands to those of ``policyqa eval``."""
    collector = add_command(actions, "collect", COLLECT_HELP, run_collect)
    _add_index_and_out(collector, "写到哪里，须是新文件 / new file to write")
    known = "已有的题集，里面有的题不再列出 / sets whose questions are left out"
    collector.add_questions(known, required=False, nargs="+")
    accepter = add_command(actions, "accept", ACCEPT_HELP, run_accept)
    accepter.add_value("candidates", "FILE", "候选题文件 / file of candidates")
    accepter.add_questions("收进哪个题集，没有就新建 / question set to append to")
    ids = '收哪些；status 为 "accepted" 的都收 / which ones, besides those with status accepted'
    accepter.add_value("--id", "ID", ids, str, nargs="+", default=[], dest="ids")
    synthesizer = add_command(actions, "synthesize", SYNTHESIZE_HELP, run_synthesize)
    _add_index_and_out(synthesizer, "写到哪里 / file to write")
    synthesizer.add_value("--count", "N", "多少题，默认 100 / how many", int, default=100)
    synthesizer.add_value("--seed", "N", "随机种子，默认 0 / random seed", int, default=0)
    for parser in (collector, accepter, synthesizer):
        parser.add_json()


def _add_index_and_out(parser: Parser, text: str) -> None:
    parser.add_index(with_settings=False)
    parser.add_value("--out", "FILE", text, required=True)


def run_collect(options: argparse.Namespace, console: Console) -> int:
    """Write candidates for a person to check."""
    from eval.datasets.golden import load_golden
    from eval.question_sets.candidates import collect, write_candidates
    from eval.question_sets.feedback import read_feedback

    if not options.index.is_dir():
        raise IndexStateError(
            f"没有索引文件夹 {options.index}", "policyqa serve 用的索引文件夹", "检查 --index"
        )
    sets = options.questions or []
    golden: list[GoldenItem] = [item for file in sets for item in load_golden(file)]
    collected = collect(read_feedback(options.index), golden)
    found = collected.candidates
    blank = sum(each.item.answerable and not each.item.evidence for each in found)
    if found:
        write_candidates(found, options.out)
    about = f"{collected.ratings} 条评价，其中 {collected.known} 条的问题题集里已有"
    if options.json:
        counts = {"ratings": collected.ratings, "known": collected.known, "candidates": len(found)}
        console.show({**counts, "without_evidence": blank, "out": str(options.out)})
    elif found:
        console.line(f"{len(found)} 道候选题写在 {options.out}：{about}；{blank} 道还没有依据")
    else:
        console.line(f"没有新的候选题：{about}")
    if found:
        console.note('逐题核对，要收的把 status 改成 "accepted"，再运行 policyqa eval accept')
    return 0


def run_accept(options: argparse.Namespace, console: Console) -> int:
    """Append what was accepted to a golden set."""
    from eval.question_sets.candidates import accept_candidates

    accepted = accept_candidates(options.candidates, options.questions, options.ids)
    ids = [item.id for item in accepted.items]
    if options.json:
        others = {"known": accepted.known, "odd_quotes": accepted.odd_quotes}
        console.show({"accepted": ids, **others, "questions": str(options.questions)})
        return 0
    which = f"，id {ids[0]} 至 {ids[-1]}" if ids else ""
    console.line(f"{len(ids)} 题收进 {options.questions}{which}")
    if accepted.known:
        console.note(
            f"题集里已有、没有再收的 {len(accepted.known)} 题：{'、'.join(accepted.known)}"
        )
    if accepted.odd_quotes:
        console.note(f"引文不在 15 至 120 字之间的：{'、'.join(accepted.odd_quotes)}")
    return 0


def run_synthesize(options: argparse.Namespace, console: Console) -> int:
    """Draft synthetic questions."""
    from eval.datasets.golden import write_golden
    from eval.question_sets.synthesis import read_documents, synthesize

    if not 1 <= options.count <= MOST:
        raise OptionError(f"--count {options.count}", f"1 到 {MOST} 之间的整数", "改一个数再试")
    items = synthesize(read_documents(options.index), options.count, options.seed)
    write_golden(items, options.out)
    made = {"questions": len(items), "out": str(options.out)}
    console.show(made if options.json else [f"{len(items)} 道合成题写在 {options.out}"])
    if len(items) < options.count:
        console.note(f"资料里只够起草 {len(items)} 题，要的是 {options.count} 题")
    return 0
