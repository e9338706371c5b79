"""What passages say in answer to a question: the seam for a reader, and today's rules as one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from corpus.language import question_words
from corpus.language.answer_values import SIGN_OFF
from corpus.language.function_words import CONTACT_LINE, LEAD_IN
from corpus.language.quantities import ENDS_WITH_AMOUNT
from indexer.passage import Passage
from indexer.tokens import tokenise
from qa.reading.rows import RowReading, read_rows
from qa.reading.values import fits, new_values
from retriever.hit import Hit, SentenceHit, Span, trimmed
from retriever.query.analysis import VALUED, AnswerKind, Question


@dataclass(frozen=True)
class AnswerSpan:
    """Words of a passage that may be the answer.

    Attributes:
        start: offset of their first character in ``passage.text``.
        end: offset behind the last one.
        probability: in [0, 1], that they are.
    """

    start: int
    end: int
    probability: float


@dataclass(frozen=True)
class PassageReading:
    """What a reader says of one passage.

    Attributes:
        passage: the passage.
        relevance: how much it is about the question; higher is better, comparable within a call.
        answers: in [0, 1], the probability that it answers.
        spans: what may be the answer, most probable first.
    """

    passage: Passage
    relevance: float
    answers: float
    spans: tuple[AnswerSpan, ...] = ()


@dataclass(frozen=True)
class Readings:
    """What a reader says of all passages.

    Attributes:
        passages: one a hit, in their order.
        evidence: every sentence of them weighed, best first: what is decided and composed from.
    """

    passages: tuple[PassageReading, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Reader(Protocol):
    """Reads a question together with each passage; called from several threads."""

    def read(self, question: Question, hits: Sequence[Hit]) -> Readings:
        """What the hits' passages say; the hits bring the search's own scores."""


class SentenceSearch(Protocol):
    """What ``RuleReader`` needs of the search (``HybridRetriever``)."""

    def sentences(self, query: str, hits: Sequence[Hit]) -> tuple[SentenceHit, ...]:
        """Every sentence of ``hits`` with its similarity to the query."""

    def idf(self, token: str) -> float:
        """How telling a search token is."""


class RuleReader:
    """Reads by rules: sentences weighed by words, similarity and the kind of value asked for.

    Its probabilities are shares, not calibrated: a passage answers as much as its best sentence is
    nearer the best of all, and the values of a sentence are as likely as each other.
    """

    def __init__(self, search: SentenceSearch) -> None:
        self._search = search

    def read(self, question: Question, hits: Sequence[Hit]) -> Readings:
        """Weigh every sentence of the hits."""
        evidence = weigh(question, self._search.sentences(question.text, hits), self._search.idf)
        best: dict[str, Evidence] = {}
        for one in evidence:
            best.setdefault(one.passage.id, one)
        highest = max((one.score for one in evidence), default=0.0)
        return Readings(
            tuple(_reading(hit.passage, best.get(hit.passage.id), highest) for hit in hits),
            tuple(evidence),
        )


def _reading(passage: Passage, best: Evidence | None, highest: float) -> PassageReading:
    if best is None:
        return PassageReading(passage, 0.0, 0.0)
    share = min(max(best.score / highest, 0.0), 1.0) if highest > 0 else 0.0
    start, values = best.sentence.start, best.values
    spans = tuple(AnswerSpan(start + a, start + b, share / len(values)) for a, b in values)
    return PassageReading(passage, best.score, share, spans)


#: A sentence whose score is further from the best one's speaks of something else.
_NEAR = 0.5
#: What it counts that a value has the unit, or a name the post, asked for.
_FITTING = {AnswerKind.NUMBER: 0.1, AnswerKind.PERSON: 0.4}
#: What it counts that a question names a row, and each of its words that the row repeats; that it
#: names another one.
_NAMED, _TOLD, _OTHER_ROW = 0.3, 0.02, -0.6
#: What the question's words in the sentence before count, against 0.9 for a sentence's own.
_CARRY = 0.2


#: What a sentence as similar as any counts, and each standard deviation more.
_CHANCE, _SIMILARITY = 0.61, 0.11


@dataclass(frozen=True)
class Evidence:
    """A sentence with what speaks for it.

    Attributes:
        sentence: where it stands and its similarity to the question.
        coverage: share in [0, 1] of the question's telling words (by idf) that it holds.
        context_coverage: the same for it with its passage, title and headings.
        has_value: it holds a value of the kind asked for that the question does not name itself.
        score: all of it weighed; comparable across questions.
        fits: such a value bears the unit or the post that the question names.
        values: where such values stand in the sentence.
        row: what it says as a row of a table; None where it is none.
    """

    sentence: SentenceHit
    coverage: float
    context_coverage: float
    has_value: bool
    score: float
    fits: bool = False
    values: tuple[Span, ...] = ()
    row: RowReading | None = None

    @property
    def passage(self) -> Passage:
        """The passage of the sentence."""
        return self.sentence.hit.passage

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return self.sentence.text


def telling_tokens(question: Question, idf: Callable[[str], float]) -> dict[str, float]:
    """Search tokens of a question with their weight, words of asking left out."""
    return {t: idf(t) for t in tokenise(question.text) if t not in question_words.ASKING_TOKENS}


def weigh(
    question: Question, sentences: Sequence[SentenceHit], idf: Callable[[str], float]
) -> list[Evidence]:
    """All sentences as evidence, best first."""
    tokens = telling_tokens(question, idf)
    # Other places' hits may all score 0.
    best_hit = max((s.hit.score for s in sentences), default=0.0) or 1.0
    rows = read_rows(question, [s.hit.passage for s in sentences if s.hit.passage.is_row])
    found = [_evidence(question, s, tokens, best_hit, rows) for s in sentences]
    if question.kind not in VALUED:
        found = _carried(found)
    return sorted(found, key=lambda e: -e.score)


def _carried(found: Sequence[Evidence]) -> list[Evidence]:
    """Each sentence credited with how much of the question the one right before it holds.

    What is to be done stands behind the sentence that names the occasion.
    """
    carried = list(found[:1])
    for before, one in pairwise(found):
        credit = _CARRY * before.coverage * (before.sentence.hit is one.sentence.hit)
        carried.append(replace(one, score=one.score + credit))
    return carried


def _evidence(
    question: Question,
    sentence: SentenceHit,
    tokens: dict[str, float],
    best_hit: float,
    rows: Mapping[str, RowReading],
) -> Evidence:
    passage, text = sentence.hit.passage, sentence.text
    if row := rows.get(passage.id):
        return _row_evidence(sentence, tokens, best_hit, row)
    coverage = _share(tokens, text)
    context = passage_coverage(tokens, passage)
    values = new_values(question, text)
    valued = bool(values)
    fitting = any(fits(question, text, value) for value in values)
    # A heading names a subject and says nothing about it; what it says is in every passage below it.
    filler = says_nothing(question, text, passage, valued)
    score = -0.6 * filler + (
        0.8 * sentence.hit.score / best_hit
        + _CHANCE
        + _SIMILARITY * sentence.similarity
        + 0.9 * coverage
        + 0.3 * context
        + 0.4 * valued
        + _FITTING.get(question.kind, 0.0) * fitting
    )
    return Evidence(sentence, coverage, context, valued, score, fitting, values)


def _row_evidence(
    sentence: SentenceHit, tokens: dict[str, float], best_hit: float, row: RowReading
) -> Evidence:
    """A row of a table: its cells are weighed in place of its words."""
    context = passage_coverage(tokens, sentence.hit.passage)
    has_value = row.has_column
    score = (
        0.8 * sentence.hit.score / best_hit
        + _CHANCE
        + _SIMILARITY * sentence.similarity
        + 1.2 * context
        + (_NAMED + _TOLD * row.told if row.answers else 0.0)
        + (_OTHER_ROW if row.is_other else 0.0)
        + 0.4 * has_value
    )
    values = (row.span,) if row.span else ()
    return Evidence(sentence, context, context, has_value, score, row.answers, values, row)


def says_nothing(question: Question, words: str, passage: Passage, valued: bool) -> bool:
    """Whether a sentence frames its passage and answers nothing.

    A heading may answer with its value (「（一）动员部署阶段（2024年2月）」); the date below a document
    only answers when it was issued.
    """
    if is_sign_off(words):
        return question_words.ASKS_ISSUE.search(question.text) is None
    if valued and question.kind in VALUED:
        return False
    return is_question(words) or is_boilerplate(question.kind, words, passage)


def like_best(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The first few sentences that speak of the same thing as the best one."""
    best = evidence[0]
    return [
        e
        for e in evidence[:4]
        if best.score - e.score < _NEAR and (e.fits or e.coverage * 2 >= best.coverage)
    ]


def passage_coverage(tokens: dict[str, float], passage: Passage) -> float:
    """Share in [0, 1] of the weighted tokens that a passage with its title and headings holds."""
    return _share(tokens, passage.full_text)


def _share(tokens: dict[str, float], text: str) -> float:
    held, total = set(tokenise(text)), sum(tokens.values())
    if len(tokens) == 1 and len(only := next(iter(tokens))) == 1:
        return float(only in text or only in held)  # a question of one character: 「犬」
    return sum(w for t, w in tokens.items() if t in held) / total if total else 0.0


#: A sentence shorter than this is shown with the heading in front of it.
_TELLING = 25
#: Kinds to whose questions a line of contacts may be the answer.
_CONTACT_KINDS = (AnswerKind.CONTACT, AnswerKind.PERSON, AnswerKind.ORGANISATION)


def is_lead_in(words: str) -> bool:
    """Whether a sentence only announces what follows: 「应当同时具备下列条件：」."""
    return LEAD_IN.search(words.strip()) is not None


def is_boilerplate(kind: AnswerKind, words: str, passage: Passage) -> bool:
    """Whether a sentence of a passage frames it and cannot answer a question of that kind."""
    lines, frames = map(str.strip, words.split("\n")), _frames(passage)
    rest = "\n".join(line for line in lines if line and _bare(line) not in frames)
    if not rest or is_sign_off(rest):
        return True
    return kind not in _CONTACT_KINDS and CONTACT_LINE.match(rest) is not None


def is_question(words: str) -> bool:
    """Whether a sentence only asks: 「企业何时能够复工？」; what answers it stands behind."""
    return words.strip().rstrip('”’"').endswith(("？", "?"))


def is_sign_off(words: str) -> bool:
    """Whether a sentence is the issuer and the date below a document."""
    return SIGN_OFF.match(words.strip()) is not None


def without_headings(passage: Passage, span: Span) -> Span:
    """A span of a passage without heading lines at its front and white space at its ends.

    A passage opens with its headings, and a short one is kept together with the sentence behind it.
    A span that is nothing but headings stays as it is.
    """
    text, frames = passage.text, _frames(passage)
    start, end = trimmed(text, span)
    at = start
    while (stop := text.find("\n", at, end)) >= 0 and _bare(text[at:stop]) in frames:
        at = stop + 1
    rest = text[at:end].strip()
    if len(rest) < _TELLING and _bare(rest) not in frames:
        # 「组长：李家军 副组长：范希征」 says little without the heading that names the body.
        at = max(text.rfind("\n", start, max(at - 1, start)) + 1, start)
    return trimmed(text, (at if rest else start, end))


def _frames(passage: Passage) -> frozenset[str]:
    # 「1.低保标准 1309元/人·月」 heads what follows and says something itself.
    telling = (h for h in passage.heading_path if not ENDS_WITH_AMOUNT.search(h.rstrip("：:")))
    return frozenset(map(_bare, (passage.title, *telling)))


def _bare(line: str) -> str:
    return line.strip().rstrip("。：:")
