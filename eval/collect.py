"""From what people said of answers to candidate golden questions, for a person to accept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import PolicyQAError
from corpus.simplify import to_simplified
from eval.feedback import Feedback
from eval.golden import Evidence, GoldenItem, golden_record
from eval.lines import write_lines
from eval.matching import bare, stands_in
from eval.quotes import LONGEST, SHORTEST, quote_around, quote_near
from eval.runfile import Extract
from indexer.tokens import tokenise
from retriever.hit import Filters
from retriever.question import AnswerKind, understand

#: What ``status`` says in a file of candidates; a person writes the second.
CANDIDATE, ACCEPTED = "candidate", "accepted"
#: Fewer two-character words in common with the evidence: asked in other words.
_FEWEST_SHARED = 2


@dataclass(frozen=True)
class Candidate:
    """A draft of a golden question.

    Attributes:
        item: the draft; its evidence is empty where a person has to look for it.
        said: how many answers to this question were rated.
    """

    item: GoldenItem
    said: int


@dataclass(frozen=True)
class Collected:
    """What became of the feedback.

    Attributes:
        candidates: in the order in which the questions were first asked.
        said: how many answers were rated.
        known: how many of them answer questions that a golden set has already.
    """

    candidates: tuple[Candidate, ...]
    said: int
    known: int


def collect(feedback: Sequence[Feedback], golden: Sequence[GoldenItem] = ()) -> Collected:
    """Draft a question of everything said about it; the same question, in bare form, counts once.

    What was asked with other filters is another question. The evidence is what people pointed at,
    else what a good answer cites. A refusal called good makes a ``noans`` candidate. Where nobody
    knows the evidence it stays empty.
    """
    known = {bare(item.question) for item in golden}
    groups: dict[tuple[object, ...], list[Feedback]] = {}
    for one in feedback:
        if bare(one.question) not in known:
            groups.setdefault((bare(one.question), one.filters), []).append(one)
    candidates = tuple(
        Candidate(_draft(f"c{number:03d}", group), len(group))
        for number, group in enumerate(groups.values(), start=1)
    )
    fresh = sum(candidate.said for candidate in candidates)
    return Collected(candidates, len(feedback), len(feedback) - fresh)


def write_candidates(candidates: Sequence[Candidate], path: Path) -> int:
    """Write candidates as golden lines with ``status`` and ``count``; returns how many.

    Raises:
        PolicyQAError: there is such a file already, in which somebody may have worked, or it cannot
            be written.
    """
    if path.exists():
        raise PolicyQAError(
            f"文件 {path} 已经有了，里面可能有人改过的候选题", "一个新的文件名", "换一个 --out"
        )
    lines = (
        golden_record(each.item) | {"status": CANDIDATE, "count": each.said} for each in candidates
    )
    return write_lines((json.dumps(line, ensure_ascii=False) for line in lines), path)


def _draft(identifier: str, group: Sequence[Feedback]) -> GoldenItem:
    """One question of all that was said about it."""
    question = group[0].question.strip()
    good = [one for one in group if one.rating == "good" and one.answered]
    answers: tuple[str, ...] = ()
    noans = False
    evidence = _distinct(_pointed_at(one, passage) for one in group for passage in one.chosen)
    if evidence:
        # A value is taken from a good answer only, and only where the words pointed at hold it.
        words = "\n".join(each.quote for each in evidence)
        answers = tuple(a for a in _short_answers(good) if stands_in(a, words))
    elif good:
        evidence = _distinct(_cited(one, each) for one in good for each in one.citations)
        answers = _short_answers(good)
    else:
        noans = any(one.rating == "good" for one in group)
    item = GoldenItem(
        id=identifier,
        type="noans" if noans else _type(question, group[0].filters, evidence, answers),
        question=question,
        answers=answers,
        evidence=evidence,
        filters=group[0].filters,
    )
    return replace(item, note="；".join((_origin(group), *_remarks(item, group))) + "。")


def _distinct(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    kept: dict[tuple[str, str], Evidence] = {}
    for one in evidence:
        if bare(one.quote):
            kept.setdefault((one.doc, bare(one.quote)), one)
    return tuple(kept.values())


def _short_answers(good: Sequence[Feedback]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.short_answer for one in good if bare(one.short_answer)))


def _cited(feedback: Feedback, cited: Evidence) -> Evidence:
    """What an answer cites, at most ``LONGEST`` characters of it."""
    words = to_simplified(cited.quote)
    if len(words) > LONGEST:
        words = quote_near(f"{feedback.question}{feedback.short_answer}", words)
    return Evidence(cited.doc, " ".join(words.split()))


def _pointed_at(feedback: Feedback, passage: Extract) -> Evidence:
    """Of a passage that somebody chose what was cited of it, else the sentence nearest the question."""
    text = to_simplified(passage.text)
    for cited in feedback.citations:
        words = to_simplified(cited.quote)
        at = text.find(words)
        if cited.doc == passage.doc and at >= 0 and len(words) <= LONGEST:
            return Evidence(passage.doc, quote_around(text, (at, at + len(words))))
    return Evidence(passage.doc, quote_near(feedback.question, text))


def _type(
    question: str, filters: Filters, evidence: Sequence[Evidence], answers: Sequence[str]
) -> str:
    """A guess at the type of a question that has an answer."""
    if to_simplified(question) != question:
        return "noisy"
    if filters != Filters():
        return "filter"
    if understand(question).kind is AnswerKind.LIST:
        return "list"
    if len({each.doc for each in evidence}) > 1 and not answers:
        return "multi"
    pairs = {token for token in tokenise(question) if len(token) > 1}
    held = {token for each in evidence for token in tokenise(each.quote)}
    return "semantic" if evidence and len(pairs & held) < _FEWEST_SHARED else "fact"


def _origin(group: Sequence[Feedback]) -> str:
    """Where a candidate comes from: how many said what, and when."""
    counts = (
        ("有用", sum(one.rating == "good" for one in group)),
        ("没用", sum(one.rating == "bad" for one in group)),
        ("指出段落", sum(bool(one.chosen) for one in group)),
    )
    days = sorted({one.time[:10] for one in group if one.time})
    when = " 至 ".join(dict.fromkeys((days[0], days[-1]))) if days else "时间不明"
    said = "、".join(f"{name} {count}" for name, count in counts if count)
    return f"来自网页评价（{said}；{when}）"


def _remarks(item: GoldenItem, group: Sequence[Feedback]) -> Iterator[str]:
    """What a person has to look at before accepting."""
    if item.answerable:
        yield "题型是猜的"
    if len({one.rating for one in group if one.rating}) > 1:
        yield "评价不一"
    if not item.answerable:
        yield "评价者认可拒答，请核对资料里确实没有"
    elif not item.evidence:
        yield "还没有依据：请补 evidence，资料里没有的改为 noans"
    if any(len(each.quote) < SHORTEST for each in item.evidence):
        yield f"有引文不足 {SHORTEST} 字，请补长"
    if item.type == "list":
        yield "must_include 待填"
    if item.filters != Filters():
        yield "提问时选了筛选，题面没有写出来的请补上"
