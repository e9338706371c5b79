"""Lists in answers: the one that answers, found around the best sentences and shown whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.language.answer_values import LISTED_IN_A_ROW
from corpus.language.question_words import ASKED_COUNT, ASKING_TOKENS, asked_count
from corpus.structure.lists import ItemList, find_lists
from corpus.structure.sentences import sentence_spans
from indexer.passage import Passage
from indexer.tokens import tokenise
from qa.reading.reader import Evidence, without_headings
from qa.reading.short_answer import Part
from retriever.hit import Span, trimmed
from retriever.query.analysis import Question

#: A passage with those before and behind it in its document, in order.
Around = Callable[[Passage], Sequence[Passage]]

#: Lists are looked for around so many of the best sentences, …
_LOOKED_AT = 10
#: … whose score is within this of the best one's.
_NEAR = 0.7
#: What it counts that a list has as many items as are asked for, or others; that its lead-in is the
#: sentence found; and the share of the question's words that the lead-in holds.
_COUNTED, _MISCOUNTED, _LED, _SAID = 0.5, -0.3, 0.15, 0.5
#: What a list counts over a sentence, and one with a lead-in or marks over clauses.
_IS_LIST, _IS_ROW = 0.2, 0.1
#: What counts the name in quotation marks that a question asks about (「“三委两局”指哪几家」).
_QUOTED = 0.4
#: What it costs a list of sections, which may be the document's outline: one too long to be shown whole,
#: or with items of more characters than this in the mean.
_OUTLINE, _USUAL_ITEM = -0.4, 120
#: An outline of as many sections as are asked for is one of things where its heading holds such a share
#: of the question's words.
_SAID_ENOUGH = 0.15
#: The head of an item of a list too long to be shown whole is no longer.
_LONGEST_HEAD = 80
#: The colon of an address is none.
_FIRST_CLAUSE = re.compile(r"[。；;]|[：:](?!//)")


@dataclass(frozen=True)
class Listing:
    """A list that answers, as it is shown.

    Attributes:
        parts: what is shown of which passage, in order.
        score: how well it answers, comparable with ``Evidence.score``.
        items: how many it has.
        promised: how many its lead-in says it has, 0 where it says nothing.
    """

    parts: tuple[Part, ...]
    score: float
    items: int
    promised: int = 0

    @property
    def notice(self) -> str:
        """What a person must know of a list of which not all was found, or ""."""
        if self.promised <= self.items:
            return ""
        return f"原文写明有{self.promised}项，这里只找到{self.items}项，请核对原文"


class _Window:
    """Passages of a document one behind the other, as one text."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.starts: list[int] = []
        text = ""
        for i, passage in enumerate(passages):
            text += _between(passages[i - 1], passage) if i else ""
            self.starts.append(len(text))
            text += passage.text
        self.text = text

    @cached_property
    def lists(self) -> tuple[ItemList, ...]:
        return find_lists(self.text)

    def place(self, one: Evidence) -> Span:
        """Where a sentence stands in the text."""
        at = self.starts[[p.id for p in self.passages].index(one.passage.id)]
        return at + one.sentence.start, at + one.sentence.end

    def parts(self, span: Span, found: Evidence) -> Iterator[Part]:
        """The words of a span, by the passage they stand in."""
        for start, passage in zip(self.starts, self.passages, strict=True):
            a, b = max(span[0] - start, 0), min(span[1] - start, len(passage.text))
            own = trimmed(passage.text, (a, b)) if a < b else (0, 0)
            if own[0] < own[1]:
                hit = replace(found.sentence.hit, passage=passage)
                sentence = replace(found.sentence, hit=hit, start=own[0], end=own[1])
                yield replace(found, sentence=sentence), own


def _between(one: Passage, other: Passage) -> str:
    """What parts two passages: nothing inside a paragraph."""
    torn = one.blocks and other.blocks and one.blocks[-1].block == other.blocks[0].block
    return "" if torn else "\n"


def best_listing(
    question: Question, evidence: Sequence[Evidence], around: Around, longest: int
) -> Listing | None:
    """The list or the sentence of things in a row that answers best; None where the first sentence does.

    Args:
        question: what is asked; a count in it (「哪四件事」) prefers lists of as many items.
        evidence: sentences, best first.
        around: gives the passages beside one.
        longest: characters up to which a list is shown whole; of a longer one the heads of its items.
    """
    wanted = asked_count(question.text)
    best: tuple[float, _Window, ItemList, Evidence] | None = None
    sentences: list[tuple[float, Evidence]] = []
    windows: dict[str, _Window] = {}
    for one in evidence[:_LOOKED_AT]:
        if evidence[0].score - one.score > _NEAR:
            break
        sentences.append((one.score + _of_row(question, one.text, wanted), one))
        window = windows.setdefault(one.passage.id, _Window(around(one.passage)))
        for listed, score in _around(question, window, one, wanted, longest):
            # A list of another length than asked for does not stand in for the best sentence.
            if (
                wanted
                and one is not evidence[0]
                and wanted not in (len(listed.items), listed.promised)
            ):
                continue
            if best is None or one.score + score > best[0]:
                best = one.score + score, window, listed, one
    score, row = max(sentences, key=lambda found: found[0])
    if best is None or best[0] <= score:
        span = without_headings(row.passage, (row.sentence.start, row.sentence.end))
        return Listing(((row, span),), score, 1) if row is not evidence[0] else None
    score, window, listed, one = best
    parts = tuple(_shown(window, listed, one, longest))
    return Listing(parts, score, len(listed.items), listed.promised)


def _around(
    question: Question, window: _Window, one: Evidence, wanted: int, longest: int
) -> Iterator[tuple[ItemList, float]]:
    """The lists that a sentence announces or is part of, with what speaks for each.

    Of an outline only heads and count speak.
    """
    start, end = window.place(one)
    for listed in window.lists:
        first, last = listed.span
        if not (first < end and start < last):
            continue
        lead = window.text[slice(*listed.lead)]
        said = _said(question, lead)
        score = _count_fit(len(listed.items), wanted) + _SAID * said
        score += _QUOTED * any(words in window.text[first:last] for words in question.quoted)
        if _is_outline(listed, longest) and (len(listed.items) != wanted or said < _SAID_ENOUGH):
            heads = (listed.lead, *(_head(window.text, item) for item in listed.items))
            if not any(a < end and start < b for a, b in heads):
                continue
            score += _OUTLINE
        led = start < listed.items[0][0]
        told = led or said > 0
        score += _LED * led + _IS_LIST * (told and (listed.kind != "none" or listed.announced))
        yield listed, score


def _is_outline(listed: ItemList, longest: int) -> bool:
    """Whether its items are sections rather than things: too long to be shown whole, or each is."""
    start, end = listed.span
    return end - start > min(longest, _USUAL_ITEM * len(listed.items))


def _of_row(question: Question, text: str, wanted: int) -> float:
    """What speaks for a sentence: things named in a row, as many as are asked for; words in quotes."""
    quoted = any(words in text for words in question.quoted)
    return _QUOTED * quoted + _named(text, wanted)


def _named(text: str, wanted: int) -> float:
    things = max((len(m[0].split("、")) for m in LISTED_IN_A_ROW.finditer(text)), default=0)
    # Two things side by side stand in any sentence.
    return _count_fit(things, wanted) + _IS_ROW if things > 2 else 0.0


def _count_fit(count: int, wanted: int) -> float:
    if not wanted:
        return 0.0
    return _COUNTED if count == wanted else _MISCOUNTED


def _said(question: Question, lead: str) -> float:
    """Share of the question's words that a lead-in holds."""
    asked = set(tokenise(ASKED_COUNT.sub("", question.text))) - ASKING_TOKENS
    return len(asked & set(tokenise(lead))) / (len(asked) or 1)


def _shown(window: _Window, listed: ItemList, one: Evidence, longest: int) -> Iterator[Part]:
    start, end = listed.span
    if end - start <= longest:
        yield from window.parts((start, end), one)
        return
    if listed.lead[0] < listed.lead[1]:
        yield from window.parts(listed.lead, one)
    for item in listed.items:
        yield from window.parts(_head(window.text, item), one)


def _head(text: str, item: Span) -> Span:
    """The first line of an item, of a long one its first sentence or clause."""
    start, end = item
    line = text.find("\n", start, end)
    end = line if line > start else end
    first = start + sentence_spans(text[start:end])[0][1]
    if first - start > _LONGEST_HEAD and (match := _FIRST_CLAUSE.search(text, start, first)):
        return start, match.end()
    return start, first


def announced_by(one: Evidence, span: Span, around: Around, longest: int, room: int) -> list[Part]:
    """A sentence that only announces something, and that: its list, else the sentences behind it.

    Args:
        one: the sentence.
        span: what is shown of it, in its passage.
        around: gives the passages beside one.
        longest: characters up to which a list is shown whole.
        room: characters of sentences that are no list; one is shown however long.
    """
    window = _Window(around(one.passage))
    start, end = window.place(
        replace(one, sentence=replace(one.sentence, start=span[0], end=span[1]))
    )
    for listed in window.lists:
        lead, first = listed.lead, listed.items[0][0]
        if lead[0] < end and start < lead[1] and end <= first + 1:
            return list(_shown(window, listed, one, longest))
    behind = window.text[end : end + longest]
    spans = [s for s in sentence_spans(behind) if behind[slice(*s)].strip()]
    stops = [b for n, (_, b) in enumerate(spans) if not n or b <= room]
    return list(window.parts((start, end + max(stops, default=0)), one))
