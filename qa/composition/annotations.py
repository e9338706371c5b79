"""What must be said beside an answer: as of when its number is, and that another document differs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.language.answer_values import AS_OF
from corpus.language.quantities import find_quantities
from indexer.passage import Passage
from indexer.tokens import tokenise
from qa.answer import Citation
from qa.answerability.scope import years_in
from qa.composition.answer_text import Composed
from qa.reading.reader import Evidence
from qa.reading.values import find_values
from qa.verification.alignment import words
from retriever.hit import Span
from retriever.query.analysis import VALUED, AnswerKind, Question

#: Before what another document says.
OTHERWISE = "另有不同说法"


def annotated(question: Question, evidence: Sequence[Evidence], composed: Composed) -> Composed:
    """The answer with its annotations, each with a citation of its own; as it is where none is due.

    「…建成12条[1]（截至2023年6月底[2]）」, and on a line of its own 「另有不同说法（《…》，2023年）：…[3]」.
    """
    value = composed.short_answer
    holding = (n for n, c in enumerate(composed.citations) if value and value in c.quote)
    if (place := next(holding, -1)) < 0:
        return composed
    lines = composed.text.split("\n")
    citations = list(composed.citations)
    cited, shown = citations[place], citations[place].place[1]
    clause = _shown(lines[place], cited)
    if question.kind is AnswerKind.NUMBER and (span := as_of_date(cited.passage, clause)):
        citations.append(Citation(len(citations) + 1, cited.passage, *span))
        lines[place] += f"（{citations[-1].quote}[{citations[-1].n}]）"
    other = conflicting_value(question, value, cited.passage, shown, evidence)
    if other:
        passage = other[0].passage
        citations.append(Citation(len(citations) + 1, passage, *other[1]))
        year = f"，{passage.metadata.year}年" if passage.metadata.year else ""
        quote = citations[-1].quote.strip()
        lines.append(f"{OTHERWISE}（《{passage.title}》{year}）：{quote}[{citations[-1].n}]")
    return replace(composed, text="\n".join(lines), citations=tuple(citations))


def _shown(line: str, cited: Citation) -> Span:
    """Where the words of a line stand in the passage: all of the quotation, or clauses of it."""
    words = line.removesuffix(f"[{cited.n}]")
    flat = cited.passage.display.replace("\n", " ")
    at = flat.find(words, cited.start)
    return (at, at + len(words)) if at >= 0 else (cited.start, cited.end)


def as_of_date(passage: Passage, shown: Span) -> Span | None:
    """Where the cut-off date or period stands that governs a number; None where none is stated.

    It is the last one before what is shown, in its sentence or where its paragraph begins, with no
    other date between: 「截至2023年6月底，建成12条。引进小店86家。」 → 「截至2023年6月底」 for the second.

    Args:
        passage: where the number stands.
        shown: characters of the passage that are shown.
    """
    text = passage.text
    if AS_OF.search(text[slice(*shown)]) or find_values(AnswerKind.DATE, text[slice(*shown)]):
        return None
    paragraph = text.rfind("\n", 0, shown[0]) + 1
    before = text[paragraph : shown[0]]
    sentence = max(before.rfind(mark) for mark in "。；！？") + 1
    # What opens a paragraph governs all of it; what stands in an earlier sentence only that one.
    stated = [m.span() for m in AS_OF.finditer(before) if m.start() >= sentence or not m.start()]
    if not stated:
        return None
    start, end = stated[-1]
    if any(a >= end for a, _ in find_values(AnswerKind.DATE, before)):
        return None
    return paragraph + start, paragraph + end


#: Share of the longer clause's character pairs, values left out, that the other has too, from which
#: on both say it of the same thing.
_ALIKE = 0.6
#: A clause of fewer pairs is alike too easily.
_FEWEST = 5
_LOOKED_AT = 15
_MASKED = re.compile(r"[*＊×xX]{2}|\d[xX×*]")
_CLAUSE = re.compile(r"[^，。；：！？\n]+")
_UNIT = re.compile(r"[^\d.,%％‰\s]+$|[%％‰]$")


def conflicting_value(
    question: Question, value: str, passage: Passage, shown: Span, evidence: Sequence[Evidence]
) -> tuple[Evidence, Span] | None:
    """The best sentence of another document with another value, and its clause; None without one.

    A clause conflicts that is worded alike around a value of the same kind and unit, in a document
    of the same place and of no other year. A false conflict is worse than one unsaid.

    Args:
        question: what is asked.
        value: the exact value shown, as the document writes it.
        passage: where it stands.
        shown: characters of the passage around it.
        evidence: all sentences, best first.
    """
    if question.kind not in VALUED or question.kind is AnswerKind.CONTACT or not value:
        return None
    own = _clause_with(passage, shown, value)
    if own is None or _MASKED.search(passage.text[own[0] : own[1]]):
        return None
    for one in evidence[:_LOOKED_AT]:
        other = one.passage
        if not _same_matter(passage, other):
            continue
        for match in _CLAUSE.finditer(other.text, one.sentence.start, one.sentence.end):
            clause = match.span()
            if _contradicts(question, value, passage.text[own[0] : own[1]], match.group()):
                return one, clause
    return None


def _clause_with(passage: Passage, shown: Span, value: str) -> Span | None:
    clauses = (m.span() for m in _CLAUSE.finditer(passage.display, *shown))
    return next((c for c in clauses if value in passage.display[c[0] : c[1]]), None)


def _same_matter(one: Passage, two: Passage) -> bool:
    """Two documents of one place, and of no two years that both are known."""
    a, b = one.metadata, two.metadata
    if one.document_id == two.document_id or a.region != b.region:
        return False
    years = years_in(one.text) | {a.year}, years_in(two.text) | {b.year}
    known = [year - {""} for year in years]
    return not all(known) or known[0] == known[1]


def _contradicts(question: Question, value: str, own: str, other: str) -> bool:
    """Whether a clause says another value in the same words."""
    if _MASKED.search(other):
        return False
    values = [other[a:b] for a, b in find_values(question.kind, other)]
    if len(values) != 1 or len(find_values(question.kind, own)) != 1:
        return False
    if _is_same(values[0], value) or _unit(values[0]) != _unit(value):
        return False
    mine, theirs = _pairs(own.replace(value, " ")), _pairs(other.replace(values[0], " "))
    more, fewer = max(len(mine), len(theirs)), min(len(mine), len(theirs))
    return fewer >= _FEWEST and len(mine & theirs) >= _ALIKE * more


def _is_same(one: str, two: str) -> bool:
    """Whether two values are one amount or, where they are none, written in the same words."""
    amounts = find_quantities(one), find_quantities(two)
    if all(len(found) == 1 for found in amounts):
        return amounts[0][0].equals(amounts[1][0])
    return [word.form for word in words(one)] == [word.form for word in words(two)]


def _unit(value: str) -> str:
    match = _UNIT.search(value)
    return match.group() if match else ""


def _pairs(text: str) -> set[str]:
    return {t for t in tokenise(text) if len(t) > 1}
