"""Is anything shown that its citation does not hold? Every answer looked at anew, by other means than qa's."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.matching import bare
from eval.run import AnsweringSystem
from eval.swaps import Swap, overlooks, swaps
from indexer.passage import Passage
from qa.answer import Answer, Citation
from qa.remarks import OTHERWISE

_MARK = re.compile(r"\[(\d{1,3})\]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PART = re.compile(r"^（\d）")
_HEADING = re.compile(r"^（([^（）]*(?:（[^（）]*）[^（）]*)*)）")
_ROW = re.compile(r"^([^：，。]{1,14})：")
_OTHER = re.compile(rf"^{OTHERWISE}（《.*?》(?:，\d{{4}}年)?）：")


@dataclass(frozen=True)
class Fault:
    """Something shown that does not hold.

    Attributes:
        question: what was asked.
        what: what is wrong, one line.
        shown: the words it is wrong with.
    """

    question: str
    what: str
    shown: str


@dataclass(frozen=True)
class Audit:
    """What came of asking questions.

    Attributes:
        asked: how many.
        answered: how many of them were answered.
        pieces: cited pieces that were looked at.
        faults: all that does not hold.
    """

    asked: int
    answered: int
    pieces: int
    faults: tuple[Fault, ...]


def audit(system: AnsweringSystem, questions: Sequence[str]) -> Audit:
    """Ask every question and look at every piece of its answer."""
    answers = [system.ask(question) for question in questions]
    return _summed(answers, [fault for answer in answers for fault in faults_of(answer)])


def audit_swapped(
    system: AnsweringSystem,
    swapped: Sequence[Swap],
    document_text: Callable[[str], str],
) -> Audit:
    """The same for swapped questions; one answered from what it does not ask about is a fault too."""
    answers, faults = [], []
    for swap in swapped:
        answer = system.ask(swap.question)
        answers.append(answer)
        faults += faults_of(answer)
        if overlooks(swap, answer, document_text):
            faults.append(Fault(swap.question, f"所引段落都不是“{swap.asked}”的", answer.text))
    return _summed(answers, faults)


def swapped_questions(
    questions: Sequence[str], familiar: frozenset[str], count: int, seed: int = 0
) -> list[Swap]:
    """At most ``count`` questions with their place, year or ordinal swapped, drawn at random.

    Args:
        questions: that the documents answer.
        familiar: short names of the places that the documents are of.
        count: how many.
        seed: of the random numbers.
    """
    rng = random.Random(seed)
    made = swaps(questions, familiar, rng)
    return rng.sample(made, min(count, len(made)))


def faults_of(answer: Answer) -> list[Fault]:
    """What an answer shows that its citations do not hold; a refusal and a reply show nothing."""
    if not answer.answered:
        return []
    cited = {citation.n: citation for citation in answer.citations}
    found = [(_piece_fault(words, cited[n], answer), words) for n, words in _pieces(answer)]
    found += [(_quote_fault(one), one.quote) for one in answer.citations]
    used = {n for n, _ in _pieces(answer)}
    found += [("没有标在回答里的引文", one.quote) for one in answer.citations if one.n not in used]
    if not answer.citations:
        found.append(("回答没有引文", answer.text))
    texts = [bare(_around(one.passage)) for one in answer.citations]
    for value in filter(None, answer.short_answer.split("；")):
        if not any(bare(value) in text for text in texts):
            found.append(("简答不在所引段落里", value))
    return [Fault(answer.question, what, shown) for what, shown in found if what]


def _pieces(answer: Answer) -> list[tuple[int, str]]:
    """Number and words of each cited piece; brackets that are no citation's belong to the words."""
    known = {citation.n for citation in answer.citations}
    pieces = []
    for line in answer.text.split("\n"):
        at = 0
        for mark in _MARK.finditer(line):
            if int(mark[1]) in known:
                pieces.append((int(mark[1]), line[at : mark.start()].lstrip("）")))
                at = mark.end()
    return pieces


def _piece_fault(words: str, citation: Citation, answer: Answer) -> str:
    passage = citation.passage
    text = bare(passage.text) + "\n" + bare(passage.display)
    quoted = _without_labels(words, passage, answer.question)
    if not bare(quoted):
        return "引文编号前没有文字"
    if bare(quoted) in text:
        return ""
    numbers = [n for n in _NUMBER.findall(quoted) if bare(n) not in text]
    return f"数字 {numbers[0]} 不在所引段落里" if numbers else "文字不在所引段落里"


def _without_labels(words: str, passage: Passage, question: str) -> str:
    """Without what says whose it is: 「（1）」, a heading of the passage, 「沈阳：」 of the question."""
    if bare(words) in bare(passage.text):
        return words
    words = _OTHER.sub("", _PART.sub("", words))
    row = _ROW.match(words)
    if row and bare(row[1]).removesuffix("年") in bare(question):
        words = words[row.end() :]
    heading = _HEADING.match(words)
    if heading and bare(heading[1]) in bare(_around(passage)):
        words = words[heading.end() :]
    # 「12条[1]（截至2023年6月底[2]）」: the second piece begins behind a bracket.
    return words.removeprefix("（") if words.count("（") > words.count("）") else words


def _quote_fault(citation: Citation) -> str:
    inside = 0 <= citation.start < citation.end <= len(citation.passage.display)
    return "" if inside and citation.quote.strip() else "引文不在所引段落的范围里"


def _around(passage: Passage) -> str:
    metadata = passage.metadata
    return "\n".join(
        (passage.title, *passage.heading_path, metadata.issuer, passage.text, passage.display)
    )


def _summed(answers: Sequence[Answer], faults: Sequence[Fault]) -> Audit:
    answered = [answer for answer in answers if answer.answered]
    return Audit(len(answers), len(answered), sum(len(_pieces(a)) for a in answered), tuple(faults))
