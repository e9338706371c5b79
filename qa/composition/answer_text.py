"""From evidence to an answer: the shortest sentences that suffice, each with its citation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.language.question_words import WHICH_BODY
from corpus.structure.sentences import sentence_spans
from indexer.passage import Passage
from indexer.tokens import tokenise
from qa.answer import Citation
from qa.answerability.scope import DocumentText, names_place
from qa.composition.listing import Around, Listing, announced_by, best_listing
from qa.composition.table_answers import row_frame
from qa.reading.reader import Evidence, is_lead_in, like_best, says_nothing, without_headings
from qa.reading.short_answer import Part, Value, exact_value
from qa.reading.values import new_values
from qa.verification.support import check_support
from retriever.hit import Span
from retriever.query.analysis import VALUED, AnswerKind, Question, Scope


@dataclass(frozen=True)
class ComposeSettings:
    """Sizes of an answer.

    Attributes:
        longest: characters of an answer to a question that asks for one thing.
        longest_list: characters of one that asks for an enumeration or a comparison.
        whole_list: characters up to which a list is shown whole; of a longer one the heads of its items.
        clause: a sentence longer than this is cut to the clauses that answer.
        margin: a second sentence is shown when its score is within this of the first's.
        sure: where the exact value is less sure than this, more is shown: …
        longest_unsure: … so many characters, …
        margin_unsure: … of sentences whose score is within this of the first's.
    """

    longest: int = 180
    longest_list: int = 420
    whole_list: int = 900
    clause: int = 110
    margin: float = 0.35
    sure: float = 0.8
    longest_unsure: int = 260
    margin_unsure: float = 0.5


@dataclass(frozen=True)
class Composed:
    """Text with ``[n]`` marks, the exact value, the citations, and what a person should know of it."""

    text: str
    short_answer: str
    citations: tuple[Citation, ...]
    notice: str = ""


_CLAUSE_END = re.compile(r"[，；：,;:]")
_EDGE = " \n\t，,；;、"
#: A longer heading is a sentence of its own and names no body.
_LONGEST_HEADING = 40
#: Beside a list of more items no further sentence is shown.
_FEW_ITEMS = 2
#: Further sentences are taken from this many of the best.
_LOOKED_AT = 8
#: The exact value is looked for in at least so many sentences.
_FEW = 3


def _alone(passage: Passage) -> Sequence[Passage]:
    return (passage,)


def compose(
    question: Question,
    scope: Scope,
    evidence: Sequence[Evidence],
    settings: ComposeSettings,
    around: Around = _alone,
) -> Composed:
    """Put the answer together; ``evidence`` is not empty, best first.

    ``around`` gives the passages beside one in its document: a list may go on there.
    """
    listing = None
    if question.kind is AnswerKind.LIST and len(_compared(scope)) < 2:
        listing = best_listing(question, evidence, around, settings.whole_list)
    chosen = _choose(question, scope, evidence, settings, listing)
    value = Value()
    if listing is None or listing.items < _FEW_ITEMS:
        chosen, value = _value_first(question, scope, evidence, chosen, settings)
    parts: list[str] = []
    citations: list[Citation] = []
    heading = ""
    for place, part in enumerate(chosen):
        is_value = place == value.place
        kept = value.span if is_value else None
        if listing and part in listing.parts:
            told = [(*part, part[1])]
        else:
            told = _told(question, part, settings, around, kept)
        for said, (start, end), shown in told:
            words = said.passage.display[slice(*shown)].strip(_EDGE).replace("\n", " ")
            citations.append(Citation(len(citations) + 1, said.passage, start, end))
            own = value.heading if is_value else ""
            before, heading = heading, f"（{own}）" if own else _heading(question, said)
            parts.append(f"{heading if heading != before else ''}{words}[{len(citations)}]")
    notice = listing.notice if listing else ""
    return Composed("\n".join(parts), value.text, tuple(citations), notice)


def _told(
    question: Question, part: Part, settings: ComposeSettings, around: Around, kept: Span | None
) -> list[tuple[Evidence, Span, Span]]:
    """(sentence, quote, what is shown of it), and what it announces where it ends with a colon."""
    one, span = part
    shown = _shown(question, one, span, settings, kept)
    said = one.passage.text[slice(*shown)]
    if question.kind is AnswerKind.CONTACT or not said.rstrip().endswith(("：", ":")):
        return [(one, span, shown)]
    room = settings.longest_list if question.kind is AnswerKind.LIST else settings.longest
    parts = announced_by(one, shown, around, settings.whole_list, room)
    return [(other, own, own) for other, own in parts] or [(one, span, shown)]


def _shown(
    question: Question, one: Evidence, span: Span, settings: ComposeSettings, kept: Span | None
) -> Span:
    """What is shown of a sentence: all of it, or the clauses that answer and hold the value."""
    text = one.passage.text
    shown = _answering_clauses(question, text, span, settings)
    if kept and not (shown[0] <= kept[0] and kept[1] <= shown[1]):
        return _answering_clauses(question, text, span, settings, kept)
    return shown


def _choose(
    question: Question,
    scope: Scope,
    evidence: Sequence[Evidence],
    settings: ComposeSettings,
    listing: Listing | None = None,
) -> list[Part]:
    """The best sentence or list, others nearly as good while there is room, one for each place asked."""
    compares = len(_compared(scope)) > 1
    enumerates = question.kind is AnswerKind.LIST
    room = settings.longest_list if compares or enumerates else settings.longest
    first = _one_each(scope, evidence) if compares else [_leading(question, evidence)]
    if listing and listing.items > _FEW_ITEMS:
        return list(listing.parts)
    chosen: list[Part] = list(listing.parts) if listing else []
    size = sum(end - start for _, (start, end) in chosen)
    for one in (*first, *evidence[:_LOOKED_AT]):
        is_first = one in first and not listing
        if chosen and not is_first and not _adds(question, one, first[0], settings):
            continue
        span = _span(question, one, room - size)
        length = span[1] - span[0] if enumerates else min(span[1] - span[0], settings.clause)
        if _repeats(one, span, chosen) or (not is_first and size + length > room):
            continue
        chosen.append((one, span))
        size += length
    return chosen


def _considered(
    question: Question, evidence: Sequence[Evidence], chosen: Sequence[Part]
) -> list[Part]:
    """The sentences chosen and, while they are few, the next best: the exact value is in one of them."""
    found = list(chosen)
    for one in evidence[:_LOOKED_AT]:
        span = _span(question, one, 0)
        if len(found) < _FEW and not _repeats(one, span, found):
            found.append((one, span))
    return found


def _value_first(
    question: Question,
    scope: Scope,
    evidence: Sequence[Evidence],
    chosen: Sequence[Part],
    settings: ComposeSettings,
) -> tuple[list[Part], Value]:
    """The sentences with the one that has the value in front, and the value.

    An enumeration or a comparison keeps its order, and its value is one of theirs.
    """
    compared = max(len(_compared(scope)), 1)
    ordered = compared > 1 or question.kind is AnswerKind.LIST
    found = list(chosen) if ordered else _considered(question, evidence, chosen)
    value = exact_value(question, found, len(chosen), compared)
    if not ordered and value.sure < settings.sure:
        # The less sure the value, the more is shown for a person to judge.
        wider = replace(settings, longest=settings.longest_unsure, margin=settings.margin_unsure)
        chosen = _choose(question, scope, evidence, wider)
    if ordered or value.place < 1:
        return list(chosen), value
    parts, room = [found[value.place]], settings.longest
    for part in chosen:
        room -= min(part[1][1] - part[1][0], settings.clause)
        if part is not parts[0] and (room > 0 or value.place < len(chosen)):
            parts.append(part)
    return parts, replace(value, place=0)


def _leading(question: Question, evidence: Sequence[Evidence]) -> Evidence:
    """The best sentence or, where a value is asked for that it lacks, a like good one that has it."""
    best = evidence[0]
    if question.kind not in VALUED or best.has_value:
        return best
    return next((e for e in like_best(evidence) if e.has_value), best)


def _compared(scope: Scope) -> tuple[str, ...]:
    """The places, else the years, that a question sets side by side."""
    return scope.places if len(scope.places) > 1 else scope.years


def _adds(question: Question, one: Evidence, lead: Evidence, settings: ComposeSettings) -> bool:
    """Whether a further sentence is worth its room: nearly as good as the first, and not empty."""
    if lead.score - one.score > settings.margin:
        return False
    if says_nothing(question, one.text, one.passage, one.has_value):
        return False
    if question.kind in VALUED and one.has_value:
        # Behind the head asked for, other people of the same body are of no interest.
        return one.fits or not lead.fits or question.kind is not AnswerKind.PERSON
    if is_lead_in(one.text) and question.kind is not AnswerKind.LIST:
        return False
    # Where the first sentence has the value, another without one only distracts from it.
    return question.kind not in VALUED or not lead.has_value


def _repeats(one: Evidence, span: Span, chosen: Sequence[Part]) -> bool:
    passage = one.passage
    words = passage.text[slice(*span)].strip(_EDGE + "。")
    return any(
        words in other.passage.text[start:end]
        or (other.passage.id == passage.id and span[0] < end and start < span[1])
        for other, (start, end) in chosen
    )


def _one_each(scope: Scope, evidence: Sequence[Evidence]) -> list[Evidence]:
    """For each place or year asked about the best sentence of a document or heading that names it."""
    chosen: list[Evidence] = []
    for name in _compared(scope):
        naming = (
            e for e in evidence if names_place(e.passage, name) or name in e.passage.metadata.year
        )
        chosen += [e for e in naming if e not in chosen][:1]
    return chosen or [evidence[0]]


def _span(question: Question, evidence: Evidence, room: int) -> Span:
    """The sentence without heading lines in front.

    Of a contact block also the lines beside it, as the number of 「…监督科」 stands on the line before
    or behind; of a sentence that only announces a list, what follows while there is room.
    """
    passage = evidence.passage
    text = passage.text
    start, end = evidence.sentence.start, evidence.sentence.end
    if question.kind is AnswerKind.CONTACT:
        if not evidence.has_value:
            lines = [m.span() for m in re.finditer(r"[^\n]+", text)]
            at = next((i for i, (a, b) in enumerate(lines) if a <= start < b), 0)
            start, end = lines[max(at - 1, 0)][0], lines[min(at + 1, len(lines) - 1)][1]
    elif is_lead_in(text[start:end]):
        following = [b for _, b in sentence_spans(text) if end < b <= start + room]
        end = max(following, default=end)
    return without_headings(passage, (start, end))


def _heading(question: Question, evidence: Evidence) -> str:
    """What frames a row of a table; else the nearest heading where it is asked which body or place."""
    if evidence.passage.is_row:
        return row_frame(evidence.passage)
    path = evidence.passage.heading_path
    if not path or not WHICH_BODY.search(question.text):
        return ""
    heading = " ".join((path[0] if len(path) < 2 else path[-1]).split())
    return f"（{heading}）" if 0 < len(heading) <= _LONGEST_HEADING else ""


def _answering_clauses(
    question: Question, text: str, span: Span, settings: ComposeSettings, kept: Span | None = None
) -> Span:
    """Of a long sentence the run of clauses with the value asked for and the question's words.

    What is ``kept`` stands in it whatever its length.
    """
    start, end = span
    if end - start <= settings.clause or question.kind is AnswerKind.LIST:
        return span
    bounds = [start, *(m.end() for m in _CLAUSE_END.finditer(text, start, end - 1)), end]
    values = [(a + start, b + start) for a, b in new_values(question, text[start:end])]
    wanted = set(tokenise(question.text))
    best, best_score = span, -1.0
    for i in range(len(bounds) - 1):
        for j in range(i + 1, len(bounds)):
            a, b = bounds[i], bounds[j]
            if b - a > settings.clause:
                break
            if kept and not (a <= kept[0] and kept[1] <= b):
                continue
            valued = any(a <= first and last <= b for first, last in values)
            # Fewer characters win between windows that say as much.
            score = len(wanted & set(tokenise(text[a:b]))) + 2.0 * valued - (b - a) / 1000
            if score > best_score:
                best, best_score = (a, b), score
    return best


def supported_only(
    composed: Composed, scope: Scope, document_text: DocumentText
) -> Composed | None:
    """The answer without the sentences that their passage does not support, or None.

    Sentences are taken from their passages word for word, so that none is lost; what cuts, cleans or
    joins them before may still go wrong one day, and then nothing wrong is shown.

    Args:
        composed: a line for each citation, in their order.
        scope: places and years asked about; passages of others hold nothing.
        document_text: the text of a document by its identifier.
    """
    lines: list[str] = []
    citations: list[Citation] = []
    short_answer = composed.short_answer
    for line, cited in zip(composed.text.split("\n"), composed.citations, strict=True):
        sentence, n = line.removesuffix(f"[{cited.n}]"), len(lines) + 1
        if check_support(sentence, [cited.passage], scope, document_text).is_supported:
            lines.append(f"{sentence}[{n}]")
            citations.append(replace(cited, n=n))
        elif short_answer in sentence:
            short_answer = ""
    if len(lines) == len(composed.citations):
        return composed
    if not lines:
        return None
    return replace(
        composed, text="\n".join(lines), short_answer=short_answer, citations=tuple(citations)
    )
