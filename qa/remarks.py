"""What must be said beside an answer: as of when its number is, and that another document differs."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answer import Citation
from qa.basis import basis_of
from qa.compose import Composed
from qa.conflict import conflict_of
from qa.evidence import Evidence
from retriever.hit import Span
from retriever.question import AnswerKind, Question

#: Before what another document says.
OTHERWISE = "另有不同说法"


def remarked(question: Question, evidence: Sequence[Evidence], composed: Composed) -> Composed:
    """The answer with its remarks, each with a citation of its own; as it is where none is due.

    「…建成12条[1]（截至2023年6月底[2]）」, and on a line of its own 「另有不同说法（《…》，2023年）：…[3]」.
    """
    place = _with_value(composed)
    if place < 0:
        return composed
    lines = composed.text.split("\n")
    citations = list(composed.citations)
    cited = citations[place]
    shown = cited.start, cited.end
    clause = _shown(lines[place], cited)
    if question.kind is AnswerKind.NUMBER and (span := basis_of(cited.passage, clause)):
        citations.append(Citation(len(citations) + 1, cited.passage, *span))
        lines[place] += f"（{citations[-1].quote}[{citations[-1].n}]）"
    other = conflict_of(question, composed.short_answer, cited.passage, shown, evidence)
    if other:
        passage = other[0].sentence.hit.passage
        citations.append(Citation(len(citations) + 1, passage, *other[1]))
        year = f"，{passage.metadata.year}年" if passage.metadata.year else ""
        quote = citations[-1].quote.strip()
        lines.append(f"{OTHERWISE}（《{passage.title}》{year}）：{quote}[{citations[-1].n}]")
    return Composed("\n".join(lines), composed.short_answer, tuple(citations))


def _shown(line: str, cited: Citation) -> Span:
    """Where the words of a line stand in the passage: all of the quotation, or clauses of it."""
    words = line.removesuffix(f"[{cited.n}]")
    flat = cited.passage.display.replace("\n", " ")
    at = flat.find(words, cited.start)
    return (at, at + len(words)) if at >= 0 else (cited.start, cited.end)


def _with_value(composed: Composed) -> int:
    """Index of the line whose quoted words hold the exact value, or -1."""
    if not composed.short_answer:
        return -1
    quotes = (c.quote for c in composed.citations)
    return next((n for n, quote in enumerate(quotes) if composed.short_answer in quote), -1)
