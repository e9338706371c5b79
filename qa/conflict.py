"""Another document that tells another value for the very same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.passage import Passage
from indexer.tokens import tokenise
from qa.evidence import Evidence
from qa.scope import years_in
from qa.values import find_values
from qa.wording import words
from retriever.hit import Span
from retriever.question import VALUED, AnswerKind, Question

#: Share of the longer clause's character pairs, values left out, that the other has too, from which
#: on both say it of the same thing.
_ALIKE = 0.6
#: A clause of fewer pairs is alike too easily.
_FEWEST = 5
_LOOKED_AT = 15
_MASKED = re.compile(r"[*＊×xX]{2}|\d[xX×*]")
_CLAUSE = re.compile(r"[^，。；：！？\n]+")
_UNIT = re.compile(r"[^\d.,%％‰\s]+$|[%％‰]$")


def conflict_of(
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
        other = one.sentence.hit.passage
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
    """Two documents of one place, and of no two years that both are told."""
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
    if _forms(values[0]) == _forms(value) or _unit(values[0]) != _unit(value):
        return False
    mine, theirs = _pairs(own.replace(value, " ")), _pairs(other.replace(values[0], " "))
    more, fewer = max(len(mine), len(theirs)), min(len(mine), len(theirs))
    return fewer >= _FEWEST and len(mine & theirs) >= _ALIKE * more


def _forms(value: str) -> str:
    return " ".join(word.form for word in words(value))


def _unit(value: str) -> str:
    match = _UNIT.search(value)
    return match.group() if match else ""


def _pairs(text: str) -> set[str]:
    return {t for t in tokenise(text) if len(t) > 1}
