"""What a language model is given."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from indexer.passage import Passage
from qa.answer import CANNOT_ANSWER


@cache
def prompt(name: str) -> str:
    """An instruction of this package: ``system``, ``follow_up`` or ``reminder``."""
    text = files("qa.generation").joinpath("assets", f"{name}.txt").read_text(encoding="utf-8")
    return text.rstrip("\n").replace("{cannot_answer}", CANNOT_ANSWER)


def user_message(question: str, passages: Sequence[Passage]) -> str:
    """The question below its numbered passages, each fenced so that it reads as a quotation."""
    parts = []
    for n, passage in enumerate(passages, start=1):
        place = _inert(" › ".join((passage.title, *passage.heading_path)).replace("\n", " "))
        lead = f"{_inert(passage.lead)}\n" if passage.lead else ""
        text = "\n".join(line for line in _inert(passage.text).split("\n") if line.strip())
        parts.append(f"<资料 编号={n}>\n出处：{place}\n{lead}{text}\n</资料>")
    parts.append(f"<问题>\n{_inert(question)}\n</问题>\n{prompt('reminder')}")
    return "\n\n".join(parts)


def follow_up_message(asked: Sequence[str], question: str) -> str:
    """The questions asked before, oldest first, and the one to rewrite, each fenced."""
    before = "\n".join(_inert(" ".join(one.split())) for one in asked)
    return f"<前面的问题>\n{before}\n</前面的问题>\n\n<追问>\n{_inert(question)}\n</追问>\n改写后的问题："


def _inert(words: str) -> str:
    """Words that can neither close the fence around them nor open another, nor hide anything."""
    seen = "".join(
        c for c in words if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs")
    )
    return seen.replace("<", "〈").replace(">", "〉")
