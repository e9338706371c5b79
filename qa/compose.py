"""From evidence to an answer: the shortest sentences that suffice, each with its citation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.tokens import tokenise
from qa.answer import Citation
from qa.evidence import Evidence, answers_kind
from qa.question import AnswerKind, Question
from qa.scope import Scope, names_place
from qa.values import find_values
from retriever.hit import Span


@dataclass(frozen=True)
class ComposeSettings:
    """Sizes of an answer.

    Attributes:
        longest: characters of an answer to a question that asks for one thing.
        longest_list: characters of one that asks for an enumeration or a comparison.
        clause: a sentence longer than this is cut to the clauses that answer.
        margin: a second sentence is shown when its score is within this of the first's.
    """

    longest: int = 180
    longest_list: int = 420
    clause: int = 110
    margin: float = 0.35


@dataclass(frozen=True)
class Composed:
    """Text with ``[n]`` marks, the exact value, and the citations."""

    text: str
    short_answer: str
    citations: tuple[Citation, ...]


_WHICH_BODY = re.compile(
    r"哪(?:个|家|座|位|一家|一个)?[\u4e00-\u9fff]{0,6}(?:市|县|区|局|厅|公司|银行|单位|企业|集团|党组|党委|部门|机构)"
)
_CLAUSE_END = re.compile(r"[，；：,;:]")
_EDGE = " \n\t，,；;、"


def compose(
    question: Question, scope: Scope, evidence: Sequence[Evidence], settings: ComposeSettings
) -> Composed:
    """Put the answer together; ``evidence`` is not empty, best first."""
    chosen = _choose(question, scope, evidence, settings)
    parts: list[str] = []
    citations: list[Citation] = []
    for n, one in enumerate(chosen, start=1):
        sentence = one.sentence
        passage = sentence.hit.passage
        start, end = _trimmed(passage.text, _span(question, one))
        shown = _answering_clauses(question, passage.text, (start, end), settings)
        words = passage.display[shown[0] : shown[1]].strip(_EDGE).replace("\n", " ")
        citations.append(Citation(n, passage, start, end))
        parts.append(f"{_heading(question, one)}{words}[{n}]")
    value = _short_answer(question, chosen)
    return Composed("\n".join(parts), value, tuple(citations))


def _choose(
    question: Question, scope: Scope, evidence: Sequence[Evidence], settings: ComposeSettings
) -> list[Evidence]:
    """The best sentence, others nearly as good while there is room, and one for each place asked."""
    compares = len(scope.places) > 1
    room = (
        settings.longest_list if compares or question.kind is AnswerKind.LIST else settings.longest
    )
    chosen = _one_a_place(scope, evidence) if compares else [evidence[0]]
    size = sum(_length(e, settings) for e in chosen)
    for one in evidence[:6]:
        if any(one.sentence == c.sentence for c in chosen):
            continue
        if evidence[0].score - one.score > settings.margin or size + _length(one, settings) > room:
            continue
        chosen.append(one)
        size += _length(one, settings)
    return chosen


def _one_a_place(scope: Scope, evidence: Sequence[Evidence]) -> list[Evidence]:
    """For each place asked about the best sentence of a document or heading that names it."""
    chosen: list[Evidence] = []
    for place in scope.places:
        for one in evidence:
            if one not in chosen and names_place(one.sentence.hit.passage, place):
                chosen.append(one)
                break
    return chosen or [evidence[0]]


def _length(evidence: Evidence, settings: ComposeSettings) -> int:
    return min(evidence.sentence.end - evidence.sentence.start, settings.clause)


def _span(question: Question, evidence: Evidence) -> Span:
    """The sentence; of a contact block also the lines beside it, as the number of 「…监督科」 stands
    on the line before or behind.
    """
    span = evidence.sentence.start, evidence.sentence.end
    if question.kind is not AnswerKind.CONTACT or evidence.has_value:
        return span
    text = evidence.sentence.hit.passage.text
    lines = [m.span() for m in re.finditer(r"[^\n]+", text)]
    at = next((i for i, (a, b) in enumerate(lines) if a <= span[0] < b), 0)
    return lines[max(at - 1, 0)][0], lines[min(at + 1, len(lines) - 1)][1]


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in " \n\t":
        start += 1
    while end > start and text[end - 1] in " \n\t":
        end -= 1
    return start, end


def _heading(question: Question, evidence: Evidence) -> str:
    """The nearest heading in front, where the question asks which body or place: it names it."""
    path = evidence.sentence.hit.passage.heading_path
    if not path or not _WHICH_BODY.search(question.text):
        return ""
    return f"（{path[0] if len(path) < 2 else path[-1]}）"


def _answering_clauses(
    question: Question, text: str, span: Span, settings: ComposeSettings
) -> Span:
    """Of a long sentence the run of clauses with the value asked for and the question's words."""
    start, end = span
    if end - start <= settings.clause or question.kind is AnswerKind.LIST:
        return span
    bounds = [start, *(m.end() for m in _CLAUSE_END.finditer(text, start, end - 1)), end]
    values = [(a + start, b + start) for a, b in find_values(question.kind, text[start:end])]
    wanted = set(tokenise(question.text))
    best, best_score = span, -1.0
    for i in range(len(bounds) - 1):
        for j in range(i + 1, len(bounds)):
            a, b = bounds[i], bounds[j]
            if b - a > settings.clause:
                break
            score = len(wanted & set(tokenise(text[a:b]))) + 2.0 * _holds_new_value(
                question, text, values, (a, b)
            )
            # Fewer characters win between windows that say as much.
            score -= (b - a) / 1000
            if score > best_score:
                best, best_score = (a, b), score
    return best


def _holds_new_value(question: Question, text: str, values: Sequence[Span], window: Span) -> bool:
    return any(
        window[0] <= a and b <= window[1] and answers_kind(question, text[a:b]) for a, b in values
    )


def _short_answer(question: Question, chosen: Sequence[Evidence]) -> str:
    """The exact value in the first sentence that has one of the kind asked for."""
    for one in chosen:
        passage = one.sentence.hit.passage
        start, end = _span(question, one)
        text = passage.text[start:end]
        spans = [
            s for s in find_values(question.kind, text) if answers_kind(question, text[s[0] : s[1]])
        ]
        if spans:
            a, b = max(spans, key=lambda s: _nearness(question, text, s))
            return passage.display[start + a : start + b].strip(_EDGE)
    return ""


def _nearness(question: Question, text: str, span: Span) -> float:
    """How closely a value stands by words of the question, and whether it bears the unit asked for."""
    score = 0.0
    for token in set(tokenise(question.text)):
        at = text.find(token)
        while at >= 0:
            distance = min(abs(span[0] - (at + len(token))), abs(at - span[1]))
            # What a value belongs to stands in front of it more often than behind.
            score += (1.0 if at < span[0] else 0.6) / (2 + distance)
            at = text.find(token, at + 1)
    unit = re.search(r"(?:多少|几)(?:个)?([\u4e00-\u9fff])", question.text)
    if unit and text[span[0] : span[1]].endswith(unit.group(1)):
        score += 1.0
    return score
