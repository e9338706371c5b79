"""``policyqa eval audit``: is anything shown that its citation does not hold?"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ui.cli.arguments import OptionError, add_command
from ui.cli.console import Console
from ui.cli.opening import opened

if TYPE_CHECKING:
    from eval.audit import Audit

AUDIT_HELP = "逐条核对回答有没有引文不支持的话，并换地方、年份、序号再问 / check what answers show"
_SHOWN = 120
_KINDS = {"place": "地方", "year": "年份", "number": "序号"}


def register(actions: Any) -> None:
    """Add the command to those of ``eval``."""
    parser = add_command(actions, "audit", AUDIT_HELP, audit_answers)
    parser.add_index()
    parser.add_questions()
    parser.add_value("--swaps", "N", "换问法再问多少题 / swapped questions", int, default=200)
    parser.add_value("--seed", "N", "随机数种子 / random seed", int, default=0)
    parser.add_json()


def audit_answers(options: argparse.Namespace, console: Console) -> int:
    """Ask the set and swapped questions, print what does not hold; exit 1 where anything does not."""
    from corpus.language.gazetteer import region_names
    from eval.audit import audit, audit_swapped, swapped_questions
    from eval.datasets.golden import load_golden

    if options.swaps < 0:
        raise OptionError(f"--swaps 是 {options.swaps}", "0 以上的整数", "改正 --swaps")
    items = load_golden(options.questions)
    with opened(options) as engine:
        regions = [region for region, _ in engine.facets().regions]
        known_places = frozenset(name for region in regions for name in region_names(region))

        @lru_cache(maxsize=64)
        def document_text(document_id: str) -> str:
            return "\n".join(block.text for block in engine.document(document_id).blocks)

        answerable = [item.question for item in items if item.answerable]
        swapped = swapped_questions(answerable, known_places, options.swaps, options.seed)
        found = {
            "golden": audit(engine, [item.question for item in items]),
            "swapped": audit_swapped(engine, swapped, document_text),
        }
    if options.json:
        console.show({name: asdict(one) for name, one in found.items()})
    else:
        _print("题集", found["golden"], console)
        _print("换问法", found["swapped"], console)
    return 1 if any(one.faults for one in found.values()) else 0


def _print(name: str, one: Audit, console: Console) -> None:
    console.line(
        f"{name}：问 {one.asked} 题，答 {one.answered} 题，拒 {one.asked - one.answered} 题；"
        f"核对 {one.pieces} 处，不成立 {len(one.faults)} 处"
    )
    for kind in one.kinds:
        console.line(f"  换{_KINDS[kind.name]}：问 {kind.asked} 题，答 {kind.answered} 题")
    for fault in one.faults:
        console.line(f"  {fault.what}：{fault.question}")
        if fault.shown != fault.answer:
            console.line(f"    所示：{_line(fault.shown)}")
        console.line(f"    回答：{_line(fault.answer)}")


def _line(text: str) -> str:
    return " ".join(text.split())[:_SHOWN]
