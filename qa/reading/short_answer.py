"""The exact value asked for, out of the sentences that were chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.language.function_words import APART, JOINED, NEW_VALUE, OLD_VALUE, SIDE_BY_SIDE
from corpus.language.question_words import ASKS_OLD, HOW_MANY
from indexer.tokens import tokenise
from qa.reading.reader import Evidence
from qa.reading.slots import Source, answer_slot, best_span
from qa.reading.values import fits, new_values
from retriever.hit import Span
from retriever.query.analysis import VALUED, AnswerKind, Question

#: A sentence, and the part of its passage that is shown of it.
Part = tuple[Evidence, Span]
#: The answer slot is filled from so many sentences.
_FILLED_FROM = 3
#: So much nearer a value of a later sentence must stand.
_LATER = 0.4
#: Characters between two values that one question asks for.
_APART_AT_MOST = 16
_EDGE = " \n\t，,；;、"


@dataclass(frozen=True)
class Value:
    """The exact value asked for.

    Attributes:
        text: as the document writes it, or "".
        place: index of the sentence it is in, or -1.
        span: where it stands in that sentence's passage, None when it stands elsewhere.
        heading: the heading above the sentence in which it stands instead, or "".
        sure: in [0, 1], how sure it is among what may be the value.
    """

    text: str = ""
    place: int = -1
    span: Span | None = None
    heading: str = ""
    sure: float = 0.0


def exact_value(question: Question, found: Sequence[Part], shown: int, compared: int = 1) -> Value:
    """The value asked for: one with a shape of its own, else the words that fill the question's answer slot.

    Args:
        question: what is asked.
        found: sentences in which it may stand, best first.
        shown: the first so many of them are shown in the answer.
        compared: that many of them each give a value, where places or years are compared.
    """
    if found and (row := found[0][0].row) and compared < 2:
        return Value(row.short_answer, 0, row.span, sure=1.0) if row.short_answer else Value()
    # Words of a row say nothing but in their cells.
    shown_parts = ((e.passage, slice(*((0, 0) if e.row else span))) for e, span in found[:shown])
    texts = [(p.text[part], p.display[part]) for p, part in shown_parts]
    if compared > 1:
        values = [
            one.row.short_answer if one.row else short_answer(question, [text])
            for (one, _), text in zip(found[:compared], texts, strict=False)
        ]
        if any(values):
            return Value("；".join(v for v in values if v), sure=1.0)
    values_of = (_shaped(question, *text) for text in texts)
    shaped = [(place, value) for place, value in enumerate(values_of) if value.text]
    if shaped:
        # A later sentence is taken for its unit, or as its value stands much nearer to what is asked.
        place, best = max(shaped, key=lambda v: (v[1].fits, v[1].nearness - _LATER * v[0]))
        if question.kind in VALUED or best.text.startswith("《"):
            start = found[place][1][0]
            return Value(best.text, place, (start + best.span[0], start + best.span[1]), sure=1.0)
    return _filled(question, found, shown)


def _filled(question: Question, found: Sequence[Part], shown: int) -> Value:
    """The words that fill the answer slot of the question."""
    slot = answer_slot(question.text)
    if slot is None or question.kind is AnswerKind.CONTACT:
        return Value()
    best = found[0][0].score if found else 0.0
    sources = []
    for n, (one, (a, b)) in enumerate(found[:_FILLED_FROM]):
        passage, path = one.passage, one.passage.heading_path
        above = (*path[-1:], *path[:-1][:1], passage.title, passage.metadata.issuer)
        text = "" if one.row else passage.text[a:b]
        sources.append(Source(text, above, best - one.score, n < shown))
    candidate = best_span(slot, sources)
    if candidate is None:
        return Value()
    one, (start, _) = found[candidate.source]
    a, b = candidate.span
    if candidate.heading >= 0:
        heading = sources[candidate.source].headings[candidate.heading]
        # On one line, as the heading is shown.
        words, whole = (" ".join(text.split()) for text in (heading[a:b], heading))
        return Value(words, candidate.source, heading=whole, sure=candidate.sure)
    span = start + a, start + b
    words = one.passage.display[slice(*span)].replace("\n", " ").strip(_EDGE)
    return Value(words, candidate.source, span, sure=candidate.sure)


def short_answer(question: Question, texts: Sequence[tuple[str, str]]) -> str:
    """The value in the first sentence that has one of the kind asked for, or "".

    Args:
        question: what is asked.
        texts: (text, display) of the chosen sentences, best first.
    """
    values = (_shaped(question, text, display).text for text, display in texts)
    return next((value for value in values if value), "")


@dataclass(frozen=True)
class _Shaped:
    """A value of the kind asked for: whether its unit fits, how near it is to the question's words."""

    text: str = ""
    span: Span = (0, 0)
    fits: bool = False
    nearness: float = 0.0


def _shaped(question: Question, text: str, display: str) -> _Shaped:
    """The best value of the kind asked for in a sentence; an empty one when there is none."""
    spans = new_values(question, text)
    if not spans:
        return _Shaped()
    fitting = [s for s in spans if fits(question, text, s)]
    nearest = max(fitting or spans, key=lambda s: nearness(question, text, s))
    chosen = _respective(question, text, spans, nearest)
    if chosen == nearest:
        chosen = _joined(question, text, spans, nearest)
    words = display[slice(*chosen)].replace("\n", " ").strip(_EDGE)
    return _Shaped(words, chosen, bool(fitting), nearness(question, text, nearest))


def _joined(question: Question, text: str, spans: Sequence[Span], nearest: Span) -> Span:
    """Several numbers to call side by side, or the second number where two are asked for."""
    if question.kind is AnswerKind.CONTACT:
        beside = [text[one[1] : two[0]] in SIDE_BY_SIDE for one, two in pairwise(spans)]
        first = last = spans.index(nearest)
        while last < len(beside) and beside[last]:
            last += 1
        while first > 0 and beside[first - 1]:
            first -= 1
        return spans[first][0], spans[last][1]
    if question.kind is AnswerKind.NUMBER and len(HOW_MANY.findall(question.text)) > 1:
        behind = [s for s in spans if nearest[1] <= s[0] <= nearest[1] + _APART_AT_MOST]
        if behind and not re.search("[。；\n]", text[nearest[1] : behind[0][0]]):
            return nearest[0], behind[0][1]
    return nearest


def nearness(question: Question, text: str, span: Span) -> float:
    """How closely a value stands by words of the question, and whether it is the new or the old one."""
    score = 0.0
    for token in set(tokenise(question.text)):
        at = text.find(token)
        while at >= 0:
            distance = min(abs(span[0] - (at + len(token))), abs(at - span[1]))
            # What a value belongs to stands in front of it more often than behind.
            score += (1.0 if at < span[0] else 0.6) / (2 + distance)
            at = text.find(token, at + 1)
    # 「由50万增加到80万」: the new value is meant unless the old one is asked for.
    asks_old = ASKS_OLD.search(question.text) is not None
    before = text[max(0, span[0] - 12) : span[0]]
    if OLD_VALUE.search(before) and re.match(r"[^，。；]{0,8}(?:到|至|为)", text[span[1] :]):
        score += 1.0 if asks_old else -1.0
    elif NEW_VALUE.search(before) and not asks_old:
        score += 0.1
    return score


def _respective(question: Question, text: str, spans: Sequence[Span], nearest: Span) -> Span:
    """「轻度、中度、重度失能的，分别按照100元、250元、400元」: the value in the place of the item asked.

    All of them where the question names none of the items: any one alone would mislead.
    """
    marker = APART.search(text)
    if marker is None:
        return nearest
    behind: list[Span] = []
    for span in spans:
        if span[0] >= marker.end() and (not behind or span[0] - behind[-1][1] <= 3):
            behind.append(span)
    clause = text[: marker.start()].rstrip("，,的")
    clause = clause[max(clause.rfind(mark) for mark in "。；：\n") + 1 :]
    items = [i for i in JOINED.split(clause) if i]
    if nearest not in behind or len(items) < 2 or len(behind) != len(items):
        return nearest
    # Only the end of the first item and the beginning of the last are the item itself.
    names = [(items[0][-2:],), *((i[:2], i[-2:]) for i in items[1:-1]), (items[-1][:2],)]
    asked = [n for n, own in enumerate(names) if any(name in question.text for name in own)]
    return behind[asked[0]] if len(asked) == 1 else (behind[0][0], behind[-1][1])
